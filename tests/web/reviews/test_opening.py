"""Opening a review by hand."""

from __future__ import annotations

import pytest

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.models import Incident
from afteraction.web.reviews.actions.decline_review import decline_review
from afteraction.web.reviews.models import Review

PAGE = "/incidents/INC-2041/review/"


@pytest.fixture
def unreviewed(person) -> Incident:
    """An incident for which no trigger fires, so that nothing opens its review by itself."""
    return open_incident("INC-2041", owner=person, title="Orders delayed", kind="bug", zone="Europe/Berlin")


def test_an_incident_without_a_review_offers_to_open_one(unreviewed, client) -> None:
    assert "No review was opened" in client.get(PAGE).content.decode()


def test_somebody_opens_one_with_a_line_that_says_why(unreviewed, client) -> None:
    answer = client.post(PAGE + "open", {"reason": "Second time this month", "depth": "light"}, follow=True)
    assert answer.status_code == 200 and "What set it off, and how did it reach users?" in answer.content.decode()
    review = Review.objects.get()
    assert (review.depth, review.triggers[0]["sentence"]) == ("light", "Asked for: Second time this month")
    assert AuditEntry.objects.get(verb="open_review").detail == {"depth": "light", "codes": ["TR9"]}


def test_without_a_reason_none_is_opened(unreviewed, client) -> None:
    answer = client.post(PAGE + "open", {"reason": "  "}, follow=True)
    assert "Say in one line why" in answer.content.decode() and not Review.objects.exists()


def test_opening_twice_is_one_review_and_the_deeper_depth_holds(unreviewed, client) -> None:
    client.post(PAGE + "open", {"reason": "Near a limit", "depth": "full"})
    client.post(PAGE + "open", {"reason": "Once more", "depth": "light"})
    assert Review.objects.get().depth == "full"


def test_facts_confirmed_before_are_its_first_step(incident, client, person) -> None:
    from afteraction.web.incidents.actions.confirm_facts import confirm_facts
    from afteraction.web.incidents.queries import latest_analysis

    analysis = latest_analysis(incident)
    assert analysis is not None
    decline_review(incident, "nothing new in it", actor=person)
    version = confirm_facts(incident, analysis_id=analysis.pk, actor=person)
    assert not Review.objects.exists()
    client.post(PAGE + "open", {"reason": "Near a limit"})
    review = Review.objects.get()
    assert (review.step, review.facts) == ("facts_confirmed", version)
    assert list(review.steps.values_list("step", flat=True)) == ["facts_confirmed", "opened"]

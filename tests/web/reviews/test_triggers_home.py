"""Reviews at home: how much is answered, the time left, and nothing while impact is open or of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client

from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.confirm_facts import confirm_facts
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.finding.needs import needs_of
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.record import Record
from afteraction.web.reviews.actions import PartWish, change_parts
from afteraction.web.reviews.actions.judge_incident import judge_incident
from afteraction.web.reviews.models import Review
from tests.web import documents


def test_home_shows_what_is_answered_and_the_time_left(incident: Incident, person: User, client: Client) -> None:
    review = Review.objects.get()
    answers = [PartWish("answer", "q1", {"text": "x", "state": "answered"}),
               PartWish("answer", "q2", {"text": "x", "state": "open"})]  # fmt: skip
    change_parts(review, answers, verb="answer", actor=person)
    page = client.get("/").content.decode()
    assert 'aria-label="1 of 5 questions answered"' in page and 'class="plot timer"' in page
    assert "past the 5 day mark" in page and 'href="/incidents/INC-2041/review/"' in page


def test_with_confirmed_facts_the_next_thing_is_the_first_open_question(incident: Incident, person: User) -> None:
    Incident.objects.update(figures={**Incident.objects.get().figures, "disputed": []})
    confirm_facts(incident, analysis_id=latest_analysis(incident).pk, actor=person)
    told = [step.told for need in needs_of(person) for step in need.steps]
    assert told[-1] == "what users felt and who noticed is not answered. (0 of 5 are)"


def test_a_silent_review_is_told_to_nobody(incident: Incident, client: Client) -> None:
    Review.objects.update(silent=True)
    page = client.get("/").content.decode()
    assert "INC-2041" in page and "questions answered" not in page and "plot timer" not in page


def test_while_impact_is_open_nobody_is_asked_and_the_review_says_so(
    keep_small_incident: Callable[..., Incident], client: Client, mailoutbox: list[object]
) -> None:
    """SPEC R118: whichever trigger fired, the first word of the review comes after mitigation."""
    going_on = documents.document()["milestones"] | {"t_mitigated": [], "t_resolved": [], "t_impact_end": []}
    incident = keep_small_incident(milestones=going_on, impact_windows=[documents.window("14:02", None, 1.0, 0)])
    Review.objects.all().delete()
    judge_incident(incident, now=datetime(2026, 5, 12, 14, 30, tzinfo=UTC))
    pages = [f"/incidents/INC-2041/review/{each}" for each in ("", "graph/", "gates/", "meeting/")]
    assert "questions answered" not in client.get("/").content.decode()
    for page in pages:
        told = client.get(page).content.decode()
        assert "told nobody" in told and "log what happens" in told
        assert "data-works" not in told and "Confirm facts" not in told
    keep_small_incident(id="later", milestones=documents.document()["milestones"])
    assert "questions answered" in client.get("/").content.decode()
    for page in pages:
        assert "told nobody" not in client.get(page).content.decode()
    assert "data-works" in client.get(pages[0]).content.decode()
    assert mailoutbox == []


def test_who_cannot_wait_begins_a_silent_review_with_a_reason(incident: Incident, client: Client) -> None:
    Review.objects.update(silent=True)
    page = client.get("/incidents/INC-2041/review/").content.decode()
    assert 'placeholder="Why it cannot wait"' in page
    asked = {"reason": "Customers ask for it today", "depth": "full"}
    page = client.post("/incidents/INC-2041/review/open", asked, follow=True).content.decode()
    assert "told nobody" not in page and "data-works" in page


def test_whose_clock_runs_out_first_comes_first(incident: Incident, person: User) -> None:
    create_incident(Record(title="Today", severity="SEV-1"), actor=person)
    assert [need.incident.key for need in needs_of(person)] == ["INC-2041", "INC-1"]


def test_an_outsider_gets_nothing_of_it(incident: Incident, make_person: Callable[..., User], client: Client) -> None:
    client.force_login(make_person("out@example.org"))
    page = client.get("/").content.decode()
    assert "INC-2041" not in page and "questions answered" not in page

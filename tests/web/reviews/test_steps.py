"""A review through its states: what stands before each, who took it, and what was open then."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents.actions import confirm_facts
from afteraction.web.incidents.models import FactsVersion, Incident, IncidentMember, Seat
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.models import Review, ReviewStep
from afteraction.web.reviews.standing import Standing
from afteraction.web.reviews.workspace import Workspace

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("either_database")]
PAGE = "/incidents/INC-2041/review/"
Move = Callable[..., HttpResponse]


@pytest.fixture
def move(client: Client) -> Move:
    """Asks for a step, as `by`."""

    def asked(to: str, by: Client = client, **said: str) -> HttpResponse:
        return by.post(PAGE + "move", {"to": to, **said}, content_type="application/json")

    return asked


@pytest.fixture
def confirmed(review, person) -> Review:
    """A review whose facts were confirmed."""
    analysis = latest_analysis(review.incident)
    assert analysis is not None
    confirm_facts(review.incident, analysis_id=analysis.pk, actor=person)
    return Review.objects.get()


@pytest.fixture
def override_all(save, person) -> Callable[[], None]:
    """Writes the sentence that cannot be overridden and sets everything else aside with a reason."""

    def done() -> None:
        from django.utils import timezone

        review = Review.objects.select_related("incident").get()
        save({"sort": "answer", "id": "q1", "body": {"degradation": "Buyers could not finish a checkout"}})
        standing = Standing(Workspace(review, person), timezone.now())
        for finding in standing.must:
            save({"sort": "dismissal", "id": finding.id, "body": {"reason": "agreed", "overridden": True}})

    return done


def decide_not_to_act(save) -> None:
    rev = save({"sort": "frame", "id": "review", "body": {
        "no_action_because": "The whole service is switched off in a week", "revisit": "2031-06-01",
    }})  # fmt: skip
    assert rev.status_code == 200


def test_confirming_the_facts_is_the_first_step(confirmed) -> None:
    assert confirmed.step == "facts_confirmed" and confirmed.facts == FactsVersion.objects.get()
    assert [each.step for each in ReviewStep.objects.all()] == ["opened", "facts_confirmed"]
    assert AuditEntry.objects.filter(verb="take_facts").count() == 1


def test_a_later_version_of_the_facts_waits_until_somebody_takes_it(confirmed, make_person, client, move) -> None:
    other = make_person("second@example.org")
    IncidentMember.objects.create(incident=confirmed.incident, person=other, seat=Seat.RESPONDER)
    analysis = latest_analysis(confirmed.incident)
    assert analysis is not None
    newer = confirm_facts(confirmed.incident, analysis_id=analysis.pk, actor=other)
    assert Review.objects.get().facts.number == 1 and newer.number == 2
    assert "Take version 2" in client.get(PAGE).content.decode()
    assert client.post(PAGE + "facts").json()["told"] == "The review rests on version 2 of the facts."
    assert Review.objects.get().facts == newer
    again = client.post(PAGE + "facts")
    assert again.status_code == 422 and "No newer version" in again.json()["detail"]


def test_before_the_facts_are_confirmed_nothing_goes_on(review, move) -> None:
    refused = move("reviewed")
    assert refused.status_code == 422 and "does not follow" in refused.json()["detail"]
    assert Review.objects.get().step == "opened" and ReviewStep.objects.count() == 1


def test_what_must_be_met_stands_before_reviewed(confirmed, move) -> None:
    refused = move("reviewed").json()
    assert refused["error"] == "blocked"
    assert "ST3:q1" in [each["id"] for each in refused["blocking"]]


def test_reviewed_is_taken_with_what_was_open_and_analysis_on_the_way(confirmed, move, override_all) -> None:
    override_all()
    assert move("reviewed").json()["step"] == "reviewed"
    steps = list(ReviewStep.objects.all())
    assert [each.step for each in steps] == ["opened", "facts_confirmed", "analysis", "reviewed"]
    assert steps[-1].by == confirmed.incident.created_by or steps[-1].by is not None
    assert all(each["severity"] == "may" for each in steps[-1].still_open)
    assert steps[-1].version == Review.objects.get().version > 0
    detail = AuditEntry.objects.get(verb="move_review").detail
    assert (detail["to"], detail["open"]) == ("reviewed", len(steps[-1].still_open))


def test_commitments_or_a_decision_not_to_act_come_before_committed(confirmed, move, save, override_all) -> None:
    override_all()
    move("reviewed")
    refused = move("committed")
    assert refused.status_code == 422 and "no commitment" in refused.json()["detail"]
    decide_not_to_act(save)
    override_all()
    assert move("committed").json()["step"] == "committed"


def test_publishing_opens_it_to_the_organisation_and_notes_one_perspective(
    confirmed, move, save, override_all, make_person
) -> None:
    stranger = Client()
    stranger.force_login(make_person("outside@example.org"))
    override_all()
    decide_not_to_act(save)
    override_all()
    assert [move(to).status_code for to in ("reviewed", "committed")] == [200, 200]
    assert stranger.get(PAGE).status_code == 404
    assert move("published").status_code == 200
    incident = Incident.objects.get()
    assert incident.published_at and incident.published_alone and not incident.narrowed_because
    assert stranger.get(PAGE).status_code == 200
    refused = move("verified")
    assert refused.status_code == 422 and refused.json()["detail"].startswith("Not yet")


def test_a_late_review_says_so_as_a_fact_and_shows_readers_no_banner(
    confirmed, move, save, override_all, make_person
) -> None:
    """The incident ended in May and is published now, so it is late."""
    reader = Client()
    reader.force_login(make_person("reader@example.org"))
    override_all()
    decide_not_to_act(save)
    override_all()
    assert [move(to).status_code for to in ("reviewed", "committed", "published")] == [200, 200, 200]
    report = reader.get("/incidents/INC-2041/report/").content.decode()
    assert re.search(r"\d+ \w+ past the [\w ]+ mark", report), "late is a fact with a length"
    for page in (report, reader.get(PAGE).content.decode(), reader.get("/incidents/INC-2041/").content.decode()):
        main = page[page.index("<main") : page.index("</main>")]
        for alarm in ('role="alert"', "banner", 'role="alertdialog"', "overdue"):
            assert alarm not in main.lower(), alarm
        for tag in re.findall(r"<[^>]+>[^<]*past the[^<]*", main):
            assert not re.search(r"m-harm|warn|harm|alarm", tag), tag


def test_publishing_for_members_only_takes_a_reason(confirmed, move, save, override_all, make_person) -> None:
    stranger = Client()
    stranger.force_login(make_person("outside@example.org"))
    override_all()
    decide_not_to_act(save)
    override_all()
    move("reviewed")
    move("committed")
    assert move("published", narrowed_because="names a customer").status_code == 200
    assert Incident.objects.get().narrowed_because == "names a customer"
    assert stranger.get(PAGE).status_code == 404


def test_going_back_needs_a_reason_and_keeps_the_steps(confirmed, move, override_all) -> None:
    override_all()
    move("reviewed")
    refused = move("analysis")
    assert refused.status_code == 422 and "needs a reason" in refused.json()["detail"]
    assert move("analysis", reason="A new log came in").json()["step"] == "analysis"
    last = ReviewStep.objects.last()
    assert last is not None and (last.step, last.reason) == ("analysis", "A new log came in")
    assert ReviewStep.objects.count() == 5


@pytest.mark.parametrize(("seat", "status"), [(Seat.FACILITATOR, 422), (Seat.RESPONDER, 403), (Seat.VIEWER, 403)])
def test_only_owner_and_facilitator_move_it(confirmed, make_person, move, seat: Seat, status: int) -> None:
    person = make_person(f"{seat}@example.org")
    IncidentMember.objects.create(incident=confirmed.incident, person=person, seat=seat)
    browser = Client()
    browser.force_login(person)
    assert move("reviewed", by=browser).status_code == status
    assert Review.objects.get().step == "facts_confirmed"


@pytest.mark.parametrize("to", ["", "done", "facts_confirmed", "followed_up"])
def test_no_state_and_the_same_state_are_refused_with_a_sentence(confirmed, move, to: str) -> None:
    refused = move(to)
    assert refused.status_code == 422 and refused.json()["detail"]
    assert ReviewStep.objects.count() == 2


def test_what_is_no_object_is_refused(confirmed, client) -> None:
    assert client.post(PAGE + "move", "[]", content_type="application/json").status_code == 400

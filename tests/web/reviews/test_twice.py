"""Every form of a review that is sent twice, as a double click does: done once, or the second is told why not."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents.models import IncidentMember, Seat
from afteraction.web.reviews.models import Review, ReviewChange
from afteraction.web.reviews.queries import document_of

ROOT = "/incidents/INC-2041/review/"
JSON = "application/json"
FAILED = {"sort": "node", "id": "N1", "body": {"kind": "outcome", "statement": "Checkout failed", "top": "happened"}}


@pytest.fixture
def running(review: Review, client: Client) -> Review:
    client.post(ROOT + "meeting/run", {"do": "begin", "override": "Everybody is here"})
    return review


def twice(client: Client, where: str, said: dict[str, Any]) -> list[Any]:
    return [client.post(ROOT + where, said) for _ in range(2)]


@pytest.mark.parametrize("what", ["park", "quote", "node", "gap", "action"])
def test_a_line_of_the_scribe_is_written_once(running, client, what) -> None:
    before = running.changes.count()
    said = {"what": what, "text": "All connections were in use", "ident": str(uuid.uuid4())}
    twice(client, "meeting/write", said)
    assert running.changes.count() == before + 1


def test_the_same_words_are_written_again_where_they_are_sent_as_another_line(running, client) -> None:
    for _ in range(2):
        client.post(ROOT + "meeting/write", {"what": "quote", "text": "Not again", "ident": str(uuid.uuid4())})
    assert len(document_of(running).meeting.quotes) == 2


def test_the_room_names_the_line_that_it_sends(running, client) -> None:
    first, second = (client.get(ROOT + "meeting/room").content.decode().split('name="ident" value="') for _ in range(2))
    assert len(first) == len(second) == 3 and first[1][:36] != second[1][:36]


def test_minutes_move_once(running, client) -> None:
    said = {"what": "vote", "during": "causes", "from": "close", "minutes": "3", "ident": str(uuid.uuid4())}
    twice(client, "meeting/write", said)
    assert len(document_of(running).meeting.votes) == 1


def test_a_meeting_that_runs_goes_on_and_one_that_was_ended_stays(running, client) -> None:
    began = document_of(running).meeting.began
    twice(client, "meeting/run", {"do": "begin", "override": "Everybody is here"})
    assert document_of(running).meeting.began == began
    client.post(ROOT + "meeting/run", {"do": "end"})
    ended = document_of(running).meeting.ended
    client.post(ROOT + "meeting/run", {"do": "end"})
    assert ended and document_of(running).meeting.ended == ended


def test_a_meeting_that_has_not_begun_is_not_ended(review, client) -> None:
    answer = client.post(ROOT + "meeting/run", {"do": "end"}, follow=True)
    assert "The meeting has not begun." in answer.content.decode()
    assert document_of(review).meeting.ended is None


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("meeting/plan", {"start": "2026-05-14T15:00", "zone": "Europe/Berlin", "objective": "What made it possible?"}),
        ("meeting/seats", {"do": "waive", "rule": "F1", "because": "a small team"}),
        ("meeting/guests", {"do": "without", "role": "QA lead", "why": "nobody is here"}),
        ("graph/begin", {"happened": "Checkout failed", "lasted": "For 40 minutes"}),
        ("gates/fill", {}),
    ],
)
def test_a_decision_is_saved_once(review, client, where, said) -> None:
    twice(client, where, said)
    assert ReviewChange.objects.filter(review=review).values("number").distinct().count() == 1


def test_a_seat_is_given_and_a_depth_chosen_once(review, client, make_person) -> None:
    noor = make_person("noor@example.org")
    twice(client, "meeting/seats", {"do": "seat", "seat": "scribe", "person": noor.pk})
    twice(client, "depth", {"depth": "light", "reason": "It is small"})
    assert IncidentMember.objects.filter(person=noor, seat=Seat.SCRIBE).count() == 1
    verbs = AuditEntry.objects.filter(verb__in=("add_member", "change_seat", "change_depth"), detail__has_key="after")
    assert AuditEntry.objects.filter(verb="change_depth").count() == 1
    assert verbs.filter(verb="change_seat").count() == 0


def test_following_and_asking_for_a_review_are_once(incident, client) -> None:
    twice(client, "open", {"reason": "The third this month"})
    twice(client, "meeting/follow", {"do": "begin"})
    assert [each["code"] for each in Review.objects.get().triggers].count("TR9") == 1
    asked = AuditEntry.objects.filter(verb__in=("open_review", "deepen_review"), via="page", actor__isnull=False)
    assert asked.count() == 1
    assert AuditEntry.objects.filter(verb="follow").count() == 1


def test_an_undo_is_an_undo_however_often_it_is_sent(review, client, save) -> None:
    number = save(FAILED).json()["number"]
    answers = twice(client, f"undo/{number}", {})
    assert [each.status_code for each in answers] == [200, 200]
    assert document_of(review).graph.nodes == {} and review.changes.count() == 2


def test_a_proposal_is_taken_once(review, client, save) -> None:
    save({"sort": "gate", "id": "canary", "body": {
        "title": "Canary", "seed": "canary", "reached": "yes", "could": "yes", "outcome": "passed",
    }})  # fmt: skip
    answers = [client.post(ROOT + "gates/candidates", {"gap": "canary", "at": 0}, content_type=JSON) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 422]
    assert len(document_of(review).changes) == 1

"""The meeting of a review over the API: the same people, agenda and refusals as on its pages."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from afteraction.web.accounts.models import ApiToken, AuditEntry, User
from afteraction.web.incidents.actions.members import add_member
from afteraction.web.incidents.models import IncidentMember, Seat
from afteraction.web.reviews.actions import open_review
from afteraction.web.reviews.models import AnonymousNote, NamedNote, PulseSheet, Review
from afteraction.web.reviews.queries import document_of
from tests.web.reviews.test_anonymous import dumped, fresh, lines

__all__ = ["lines"]
ROOT = "/api/v1/incidents/INC-2041/review/meeting"
IDENT = "5b0c1c1e-9a52-4d4e-8f0b-5f2f9a1d7c33"


@pytest.fixture
def review(incident, person) -> Review:
    return open_review(incident, actor=person)


@pytest.fixture
def api(program, person, review) -> Client:
    return program(person)


@pytest.fixture
def seated(review, person, program, make_person) -> Callable[..., tuple[User, Client]]:
    """Gives a seat to somebody new, and a program of theirs."""

    def make(name: str, seat: Seat) -> tuple[User, Client]:
        somebody = make_person(f"{name.split()[0].lower()}@example.org", name=name)
        add_member(review.incident, somebody.email, seat, actor=person)
        return somebody, program(somebody)

    return make


def send(api: Client, path: str, said: Any = None, method: str = "post") -> Any:
    return getattr(api, method)(f"{ROOT}{path}", said or {}, content_type="application/json")


def test_a_date_is_planned_and_told_in_utc_and_as_a_calendar_file(api, review) -> None:
    planned = send(api, "", {"start": "2026-05-14T15:00", "zone": "Europe/Berlin", "objective": "Why?"}, "put")
    assert planned.status_code == 200
    told = api.get(ROOT).json()
    assert (told["plan"]["start"], told["plan"]["objective"]) == ("2026-05-14T13:00:00Z", "Why?")
    assert told["agenda"]["objective"] == "Why?" and told["agenda"]["items"]
    assert "BEGIN:VCALENDAR" in api.get(f"{ROOT}/meeting.ics").content.decode()
    assert AuditEntry.objects.get(verb="plan_meeting").via == "api"


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        ("2026-05-14T15:00Z", "Europe/Berlin"), ("tomorrow", "UTC"), ("0001-01-01T00:00", "Asia/Tokyo"),
        ("9999-12-31T23:59", "America/New_York"), ("2026-03-29T02:30", "Europe/Berlin"),
        ("2026-05-14T15:00", "Nowhere"),
    ],
)  # fmt: skip
def test_a_time_that_is_none_there_is_refused(api, review, start, zone) -> None:
    refused = send(api, "", {"start": start, "zone": zone}, "put")
    assert refused.status_code == 422 and refused.json()["next_step"]
    assert review.changes.count() == 0


def test_without_a_date_there_is_no_calendar_file(api) -> None:
    assert api.get(f"{ROOT}/meeting.ics").status_code == 404


def test_a_seat_with_a_conflict_is_told_waived_and_let_hold_again(api, seated, review) -> None:
    kim, _ = seated("Kim Larsen", Seat.RESPONDER)
    given = send(api, "/seats/facilitator", {"person": kim.pk}, "put")
    assert given.json() == {"seat": "facilitator", "person": kim.pk, "name": "Kim Larsen"}
    seat = next(each for each in api.get(ROOT).json()["seats"] if each["seat"] == "facilitator")
    assert seat["holders"][0]["barred_by"] == ["F1"]
    assert send(api, "/waivers/F1", {"because": "We are three people"}, "put").status_code == 200
    told = api.get(ROOT).json()
    assert told["waivers"] == {"F1": "We are three people"}
    assert any("F1 waived" in each for each in told["printed"])
    send(api, "/waivers/F1", None, "delete")
    assert api.get(ROOT).json()["waivers"] == {}
    assert send(api, "/waivers/F1", {"because": " "}, "put").status_code == 422


@pytest.mark.parametrize(("seat", "number"), [("scribe", 2**40), ("scribe", 0), ("king", 1)])
def test_nobody_gets_no_seat(api, review, seat, number) -> None:
    assert send(api, f"/seats/{seat}", {"person": number}, "put").status_code == 422


def test_people_are_invited_described_stay_away_and_come_after_all(api, review, make_person) -> None:
    noor = make_person("noor@example.org", name="Noor Haddad")
    send(api, "/guests", {"person": noor.pk, "why": "knows the pool"})
    send(api, f"/guests/{noor.pk}", {"works_as": "qa", "executive": True, "consented": True}, "put")
    plan = document_of(review).meeting
    assert (plan.works_as, plan.executives) == ({str(noor.pk): "qa"}, {str(noor.pk): True})
    invited = {each["name"]: each["why"] for each in api.get(ROOT).json()["invited"]}
    assert "knows the pool" in invited["Noor Haddad"]
    send(api, f"/guests/{noor.pk}/decline", {"why": "on leave"})
    assert [each["why"] for each in api.get(ROOT).json()["away"]] == ["on leave"]
    send(api, f"/guests/{noor.pk}/return")
    assert api.get(ROOT).json()["away"] == []
    send(api, f"/guests/{noor.pk}", {"executive": None}, "put")
    assert document_of(review).meeting.executives == {}
    assert send(api, "/without", {"role": "QA lead", "why": " "}).status_code == 422


def test_a_meeting_begins_for_a_reason_is_written_down_and_ends(api, review) -> None:
    refused = send(api, "/begin")
    assert refused.status_code == 409 and refused.json()["detail"] == api.get(ROOT).json()["refusal"]
    assert send(api, "/end").status_code == 422
    assert send(api, "/begin", {"override": "Everybody is here"}).status_code == 200
    line = {"what": "quote", "text": "It was loud", "ident": IDENT}
    assert [send(api, "/lines", line).status_code for _ in range(2)] == [200, 200]
    assert [each.text for each in document_of(review).meeting.quotes] == ["It was loud"]
    assert "node:N1" in send(api, "/lines", {"what": "node", "text": "The pool ran full"}).json()["parts"]
    assert send(api, "/lines", {"what": "park", "text": " "}).status_code == 422
    assert send(api, "/end").status_code == 200
    assert api.get(ROOT).json()["plan"]["ended"]


def test_who_is_invited_is_for_those_who_work_on_it(seated, api) -> None:
    _, viewer = seated("Kim Larsen", Seat.VIEWER)
    assert api.get(ROOT).json()["invited"] and viewer.get(ROOT).json()["invited"] == []
    seats = viewer.get(ROOT).json()["seats"]
    assert all(each["candidates"] == [] for each in seats)


def test_following_is_ones_own(seated, api) -> None:
    _, viewer = seated("Kim Larsen", Seat.VIEWER)
    where = ROOT.replace("/meeting", "/following")
    assert viewer.put(where).json() == {"following": True, "document": None, "looked_at": None}
    assert (viewer.get(ROOT).json()["following"], api.get(ROOT).json()["following"]) == (True, False)
    assert viewer.delete(where).json() == {"following": False, "document": None, "looked_at": None}


def test_a_named_note_is_for_the_facilitator_and_its_author(seated, api) -> None:
    author, viewer = seated("Kim Larsen", Seat.VIEWER)
    _, facilitator = seated("Noor Haddad", Seat.FACILITATOR)
    assert send(viewer, "/notes", {"text": "I was alone", "ident": IDENT}).status_code == 204
    assert send(viewer, "/notes", {"text": "I was alone", "ident": IDENT}).status_code == 204
    assert NamedNote.objects.get().author == author
    read = {who: each.get(f"{ROOT}/notes").json()["notes"] for who, each in
            (("author", viewer), ("facilitator", facilitator), ("owner", api))}  # fmt: skip
    assert [each["is_mine"] for each in read["author"]] == [True]
    assert [(each["text"], each["author"]) for each in read["facilitator"]] == [("I was alone", "Kim Larsen")]
    assert read["owner"] == []


@pytest.mark.parametrize(
    ("where", "said", "model"),
    [
        ("/anonymous-notes", {"text": "The runbook was of last year", "ident": IDENT}, AnonymousNote),
        ("/pulse", {"learnt": True, "hard": False, "ident": IDENT}, PulseSheet),
    ],
)
def test_what_is_sent_as_nobody_leaves_the_same_rows_whoever_sent_it(seated, lines, where, said, model) -> None:
    """Also of the token: its last use would lay the moment beside the account."""
    left = []
    for name, seat in (("Zanzibar Quokkavich", Seat.RESPONDER), ("Marsupia Wombatova", Seat.VIEWER)):
        _, program = seated(name, seat)
        lines.clear()
        with transaction.atomic():
            before = dumped()
            assert send(program, where, said).status_code == 204
            left.append(fresh(before, dumped()))
            transaction.set_rollback(True)
    assert left[0] == left[1]
    assert set(left[0]) == {model._meta.db_table, "accounts_auditentry"}
    told = str(left[0]) + "".join(lines)
    assert not any(word in told for word in ("Quokkavich", "Wombatova", "zanzibar", "marsupia"))
    assert [each for each in lines if "afteraction.requests" in each] == [], "no line tells when"
    assert not ApiToken.objects.filter(last_used_at__isnull=False).exists()


def test_what_was_sent_as_nobody_is_told_as_nobodys(seated) -> None:
    _, viewer = seated("Kim Larsen", Seat.VIEWER)
    _, facilitator = seated("Noor Haddad", Seat.FACILITATOR)
    for _ in range(2):
        send(viewer, "/anonymous-notes", {"text": "The runbook was old", "ident": IDENT})
    (note,) = facilitator.get(f"{ROOT}/notes").json()["notes"]
    assert (note["text"], note["author"], note["is_mine"]) == ("The runbook was old", "", False)
    assert viewer.get(f"{ROOT}/notes").json()["notes"] == []
    entry = AuditEntry.objects.get(verb="contribute")
    assert (entry.actor, entry.request_id, entry.pk < 0) == (None, "", True)


@pytest.mark.parametrize(
    ("where", "said"),
    [("/anonymous-notes", {"text": " "}), ("/anonymous-notes", {"text": "x" * 4001}), ("/pulse", {}),
     ("/anonymous-notes", {"text": 5}), ("/pulse", {"learnt": "perhaps"})],
)  # fmt: skip
def test_what_cannot_be_kept_of_nobody_leaves_nothing(seated, lines, where, said) -> None:
    _, viewer = seated("Kim Larsen", Seat.VIEWER)
    before = dumped()
    lines.clear()
    assert send(viewer, where, said).status_code == 422
    assert fresh(before, dumped()) == {}
    assert [each for each in lines if "afteraction.requests" in each] == []


def test_seats_and_scopes_are_asked_for(seated, program, review, person, make_person) -> None:
    _, viewer = seated("Kim Larsen", Seat.VIEWER)
    for path, method in (("", "put"), ("/guests/1/return", "post"), ("/begin", "post"), ("/end", "post"),
                         ("/waivers/F1", "delete")):  # fmt: skip
        assert send(viewer, path, {}, method).status_code == 403, path
    reader = program(person, "read")
    assert reader.get(ROOT).status_code == 200 and send(reader, "/anonymous-notes", {"text": "x"}).status_code == 403
    outside = program(make_person("outsider@example.org"))
    for path in ("", "/notes", "/pack.md", "/sheet.md", "/meeting.ics"):
        assert outside.get(f"{ROOT}{path}").status_code == 404, path
    assert send(outside, "/anonymous-notes", {"text": str(uuid.uuid4())}).status_code == 404
    assert not AnonymousNote.objects.exists()
    assert IncidentMember.objects.filter(seat=Seat.OWNER).count() == 1

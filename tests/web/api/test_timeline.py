"""The timeline over the API."""

from __future__ import annotations

import pytest
from django.test import Client

from afteraction.web.incidents.actions.members import add_member
from afteraction.web.incidents.models import Seat

ROOT = "/api/v1/incidents/INC-2041"


@pytest.fixture
def api(program, person, incident) -> Client:
    return program(person)


def lay(api: Client, **said):
    return api.post(f"{ROOT}/edits", said, content_type="application/json")


def all_events(api: Client, **asked) -> list[dict]:
    found: list[dict] = []
    place = ""
    while True:
        page = api.get(f"{ROOT}/events", {**asked, "limit": 2, "after": place}).json()
        found += page["events"]
        place = page["next"] or ""
        if not place:
            assert len(found) == page["total"]
            return found


def test_every_event_is_on_one_page_and_in_order(api) -> None:
    times = [each["value"]["value"] for each in all_events(api)]
    assert times and times == sorted(times)
    assert len({each["id"] for each in all_events(api)}) == len(times)


def test_what_is_hidden_leaves_the_open_ones_and_comes_back_when_undone(api) -> None:
    first = all_events(api)[0]["id"]
    edit = lay(api, verb="hide", event_ids=[first], based_on={first: 0}).json()
    assert [each["id"] for each in all_events(api, triage="hidden")] == [first]
    assert first not in [each["id"] for each in all_events(api, triage="open")]
    assert api.post(f"{ROOT}/edits/{edit['edit_id']}/withdraw").json()["withdrawn_at"]
    assert all_events(api, triage="hidden") == []
    assert api.post(f"{ROOT}/edits/{edit['edit_id']}/restore").json()["withdrawn_at"] is None
    assert [each["id"] for each in all_events(api, triage="hidden")] == [first]


def test_what_is_hidden_is_listed_with_who_hid_it_and_why(api) -> None:
    first, second, shown = (each["id"] for each in all_events(api)[:3])
    lay(api, verb="hide", event_ids=[first], reason=" A drill of another team ")
    lay(api, verb="hide", event_ids=[second])
    told = {each["id"]: (each["hidden_by"], each["hidden_because"]) for each in all_events(api)}
    assert told[first] == ("owner", "A drill of another team") and told[second] == ("owner", "")
    assert told[shown] == (None, None)
    assert {each["id"] for each in all_events(api, triage="hidden")} == {first, second}
    assert lay(api, verb="hide", event_ids=[second], reason="x" * 8_001).status_code == 400
    lay(api, verb="hide", event_ids=[second], reason="Noise")
    assert {each["hidden_because"] for each in all_events(api, triage="hidden")} == {"A drill of another team", "Noise"}


def test_the_same_edit_sent_twice_is_laid_once(api) -> None:
    first = all_events(api)[0]["id"]
    sent = {"verb": "note", "event_ids": [first], "text": "seen on the wall screen", "edit_id": "note-1"}
    assert lay(api, **sent).json()["revision"] == lay(api, **sent).json()["revision"]
    assert len(api.get(f"{ROOT}/edits").json()["edits"]) == 1


def test_a_stale_edit_is_answered_with_theirs(api, program, make_person, incident, person) -> None:
    add_member(incident, make_person("second@example.org").email, Seat.SCRIBE, actor=person)
    second = program(make_person("second@example.org"))
    first = all_events(api)[0]["id"]
    assert lay(second, verb="edit", event_ids=[first], based_on={first: 0}, title="Rollout begins").status_code == 201
    stale = lay(api, verb="edit", event_ids=[first], based_on={first: 0}, title="Rollout initiated")
    assert stale.status_code == 409
    theirs = stale.json()["theirs"][0]
    assert (theirs["by"], theirs["value"]["title"]) == ("scribe", "Rollout begins")
    joined = lay(api, verb="edit", event_ids=[first], based_on=stale.json()["revisions"], title="Rollout initiated")
    assert joined.status_code == 201


def test_an_edit_of_what_is_not_there_says_so(api) -> None:
    refused = lay(api, verb="hide", event_ids=["nothing"])
    assert refused.status_code == 400
    assert "nothing" in refused.json()["detail"]
    assert refused.json()["next_step"]


def test_a_viewer_reads_and_does_not_edit(api, program, make_person, incident, person) -> None:
    add_member(incident, make_person("viewer@example.org").email, Seat.VIEWER, actor=person)
    viewer = program(make_person("viewer@example.org"))
    first = viewer.get(f"{ROOT}/events").json()["events"][0]["id"]
    refused = lay(viewer, verb="keep", event_ids=[first])
    assert refused.status_code == 403
    assert "responder" in refused.json()["detail"]


def test_a_moment_without_zone_is_refused(api) -> None:
    refused = api.get(f"{ROOT}/events", {"known_at": "2026-05-12T14:20:00"})
    assert refused.status_code == 400
    assert "2026-05-12T14:20:00Z" in refused.json()["next_step"]


def test_the_facts_come_without_the_events(api) -> None:
    facts = api.get(f"{ROOT}/analysis").json()
    assert facts["schema"] == "afteraction/analysis/1"
    assert "events" not in facts
    assert facts["milestones"]


def test_a_program_asks_for_a_kind_and_is_told_of_every_one(api) -> None:
    asked = api.get(f"{ROOT}/events", {"kind": "communication", "limit": 2}).json()
    assert ([each["id"] for each in asked["events"]], asked["total"]) == (["ev0005", "ev0006"], 3)
    assert asked["kinds"]["note"] == 120 and asked["kinds"]["trigger"] == 1
    rest = api.get(f"{ROOT}/events", {"kind": "communication", "limit": 2, "after": asked["next"]}).json()
    assert ([each["id"] for each in rest["events"]], rest["next"], rest["kinds"]) == (["ev0009"], None, None)
    assert "note" not in api.get(f"{ROOT}/events", {"only_key": True}).json()["kinds"]
    assert api.get(f"{ROOT}/events", {"kind": "blame"}).status_code in (400, 422)


def test_many_are_decided_over_the_api_and_withdrawn(api) -> None:
    asked = {"kind": "communication", "source": "status", "since": "2026-05-12T14:30:00Z"}
    seen = api.get(f"{ROOT}/proposals", asked).json()["count"]
    said = {**asked, "decision": "hide", "expected": seen, "reason": "Noise", "edit_id": "many"}
    stale = api.post(f"{ROOT}/proposals/decide", {**said, "expected": seen + 1}, content_type="application/json")
    assert (stale.status_code, stale.json()["count"]) == (409, seen)
    laid = api.post(f"{ROOT}/proposals/decide", said, content_type="application/json")
    assert laid.status_code == 201 and laid.json()["count"] == seen == 2
    assert api.get(f"{ROOT}/proposals", asked).json()["count"] == 0
    hidden = api.get(f"{ROOT}/events", {"triage": "hidden"}).json()["events"]
    assert {(each["id"], each["hidden_because"]) for each in hidden} == {("ev0006", "Noise"), ("ev0009", "Noise")}
    assert api.post(f"{ROOT}/edits/many/withdraw").json()["withdrawn_at"]
    assert api.get(f"{ROOT}/proposals", asked).json()["count"] == seen
    assert api.get(f"{ROOT}/proposals", {"kind": "gossip"}).status_code == 422

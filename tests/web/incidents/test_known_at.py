"""What was known at a moment: nothing that was learned later shows on any page or in any export (SPEC R029)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from afteraction.web.incidents import queries
from tests.web import documents

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
PAGE = "/incidents/INC-2041/"
AT = datetime(2026, 5, 12, 14, 20, tzinfo=UTC)
SECONDS = int(AT.timestamp())
SECRET = "heron"


@pytest.fixture
def told_late(keep_small_incident):
    """The small incident with a report that was written at 14:06 and seen at 14:40, and what rests on it."""
    place = {**documents.ref("chat/inc-2041.jsonl", line=77), "excerpt": f"{SECRET} excerpt"}
    late = documents.event(
        900, "14:06", "customers", "user_report", f"{SECRET} title", body=f"{SECRET} body", evidence=[place],
        known_at="2026-05-12T14:40:00Z", attributes={"note": f"{SECRET} attribute"}, service=f"{SECRET}-service",
    )  # fmt: skip
    document = documents.document()
    document["events"] = sorted([*document["events"], late], key=lambda each: (each["value"], each["id"]))
    rests = {"event_ids": [late["id"]], "evidence": [place]}
    document["milestones"]["t_first_user_report"].insert(
        0, {**documents.candidate("14:06", late["id"], f"{SECRET} source", f"{SECRET} reason"), **rests}
    )
    # A figure whose moments had passed, and whose evidence was not seen yet.
    document["metrics"]["M13"] = documents.metric(
        "User-versus-monitor gap", -337, note=f"{SECRET} note", evidence=[place], detail={"said": f"{SECRET} detail"},
        inputs=[{"name": "t_first_user_report", **documents.instant("14:06")}],
    )  # fmt: skip
    document["detections"].append(
        {**document["detections"][0], "at": documents.instant("14:06"), "seen_at": documents.instant("14:40"),
         "title": f"{SECRET} detection", **rests}
    )  # fmt: skip
    account = {"text": f"{SECRET} account", "source": "chat", "instant": documents.instant("14:06"), "amount": None,
               "evidence": place}  # fmt: skip
    document["conflicts"].append(
        {"subject": "t_first_user_report", "sentence": f"{SECRET} conflict", "flag": None, "accounts": [account]}
    )
    document["gaps"].append(
        {"kind": "triage", "audience": "", "start": documents.instant("14:06"), "end": documents.instant("14:40"),
         "sentence": f"{SECRET} waited", "evidence": [place]}
    )  # fmt: skip
    return keep_small_incident(**document)


def body(response) -> str:
    """Everything that was sent."""
    sent = b"".join(response.streaming_content) if response.streaming else response.content
    return sent.decode("utf-8", "replace")


PLACES = [
    f"?known={SECONDS}", f"?known={SECONDS}&show=all&range=all", f"board?known={SECONDS}",
    f"events/?show=all&known={SECONDS}", f"report/?known={SECONDS}", "report/?known_at=2026-05-12T14:20:00Z",
    "report.json?known_at=2026-05-12T14:20:00Z", "report.md?known_at=2026-05-12T14:20:00Z",
    "report.html?known_at=2026-05-12T14:20:00Z",
    "report.csv?known_at=2026-05-12T14:20:00Z", "report.json?known_at=2026-05-12T16:20:00%2B02:00",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_an_item_known_later_is_in_any_byte(client, told_late, place: str) -> None:
    now = place.replace(str(SECONDS), "").split("known_at")[0]
    assert SECRET in body(client.get(PAGE + now)), "it shows without the slider"
    response = client.get(PAGE + place)
    assert response.status_code == 200
    assert SECRET not in body(response)


def test_its_panel_is_not_there_yet(client, told_late) -> None:
    assert client.get(f"{PAGE}events/ev0900/").status_code == 200
    assert client.get(f"{PAGE}events/ev0900/?known={SECONDS}").status_code == 404


@pytest.mark.parametrize("known", ["yesterday", "2026-05-12T14:20:00", "2026-13-12T14:20:00Z", "1" * 400])
@pytest.mark.parametrize("form", ["/", ".json"])
def test_a_moment_that_is_none_is_refused_rather_than_ignored(client, told_late, known: str, form: str) -> None:
    assert client.get(f"{PAGE}report{form}", {"known_at": known}).status_code == 400


def test_the_list_and_the_counts_agree_at_every_moment(told_late) -> None:
    stored = queries.latest_analysis(told_late)
    assert stored is not None
    events = queries.whole_document(stored)["events"]
    for minute in range(0, 119, 7):
        at = datetime(2026, 5, 12, 13 + minute // 60, minute % 60, tzinfo=UTC)
        by = queries.microseconds(at)
        known = {e["id"] for e in events if (e.get("known_at") or e["value"]) <= at.isoformat().replace("+00:00", "Z")}
        page = queries.event_page(stored, only_key=False, after=None, size=500, known_by=by)
        assert {row.event_id for row in page.events} == known
        assert queries.counted(stored, known_by=by).events == len(known)
        key = queries.event_page(stored, only_key=True, after=None, size=500, known_by=by)
        assert queries.counted(stored, only_key=True, known_by=by).events == len(key.events)


def test_what_had_not_ended_has_no_end(told_late) -> None:
    """The alert fired at 14:11 and was over at 14:53."""
    stored = queries.latest_analysis(told_late)
    assert stored is not None
    by = queries.microseconds(AT)
    alert = queries.event_of(stored, "ev0003", by)
    assert alert is not None and alert.value["until"] is None
    start, end = datetime(2026, 5, 12, 14, tzinfo=UTC), datetime(2026, 5, 12, 15, tzinfo=UTC)
    assert [mark.until for mark in queries.marks_between(stored, ["alerts"], start, end, by)] == [None]
    assert queries.marks_between(stored, ["alerts"], start, end)[0].until is not None


def test_the_exported_document_is_a_document(client, told_late) -> None:
    document = json.loads(body(client.get(PAGE + "report.json?known_at=2026-05-12T14:20:00Z")))
    assert document["known_at"] == "2026-05-12T14:20:00Z"
    assert document["milestones"]["t_resolved"] == []
    assert document["milestones"]["t_detect"][0]["value"] == "2026-05-12T14:11:08Z"
    assert document["metrics"]["M01"]["state"] == "value"
    assert document["metrics"]["M07"]["state"] == "unknown"
    assert document["metrics"]["M07"]["note"] == "Not yet known at 14:20 UTC."
    assert [window["end"] for window in document["impact_windows"]][-1] is None
    whole = json.loads(body(client.get(PAGE + "report.json")))
    assert "known_at" not in whole
    assert len(whole["events"]) == len(documents.events()) + 1

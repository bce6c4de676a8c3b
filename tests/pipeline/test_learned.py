"""The document as it was known at a moment, a pure function (SPEC R029)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.pipeline.report.learned import Learned, as_known_at, event_known_at, head_as_known_at
from tests.web import documents

Json = dict[str, Any]
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/analysis-1.schema.json").read_text(encoding="utf-8"))
FIRST, LAST = datetime(2026, 5, 12, 13, 40, tzinfo=UTC), datetime(2026, 5, 12, 16, 0, tzinfo=UTC)
DOCUMENT = documents.document()
MOMENTS = st.integers(0, int((LAST - FIRST).total_seconds())).map(lambda seconds: FIRST + timedelta(seconds=seconds))


def findings(document: Json) -> list[tuple[str, Json]]:
    """Everything with a moment, by the name of its list."""
    found = [("milestones", each) for several in document["milestones"].values() for each in several]
    for name in ("detections", "updates", "gaps", "impact_windows", "events"):
        found += [(name, each) for each in document[name]]
    return found


def moments(finding: Json) -> list[datetime]:
    """Every moment that a finding states."""
    stated = [finding.get("value")]
    stated += [finding[name]["value"] for name in ("start", "end", "at", "seen_at", "until") if finding.get(name)]
    return [datetime.fromisoformat(each) for each in stated if each]


@settings(max_examples=60, deadline=None)
@given(at=MOMENTS)
def test_no_moment_of_what_is_left_is_later(at: datetime) -> None:
    known = as_known_at(DOCUMENT, at)
    late = [(name, each) for name, found in findings(known) for each in [found] if max(moments(found)) > at]
    assert late == []
    assert all(time <= at.timestamp() for series in known["series"] for time in series["times"])
    assert {event["id"] for event in known["events"]} == {
        event["id"] for event in DOCUMENT["events"] if event_known_at(event) <= at
    }


@settings(max_examples=30, deadline=None)
@given(at=MOMENTS, earlier=st.integers(0, 7200))
def test_knowing_less_and_less_is_knowing_least_at_once(at: datetime, earlier: int) -> None:
    before = at - timedelta(seconds=earlier)
    once, twice = as_known_at(DOCUMENT, before), as_known_at(as_known_at(DOCUMENT, at), before)
    assert [event["id"] for event in once["events"]] == [event["id"] for event in twice["events"]]
    assert once["milestones"] == twice["milestones"]
    assert once["detections"] == twice["detections"]


@settings(max_examples=30, deadline=None)
@given(at=MOMENTS)
def test_the_head_alone_says_the_same_as_the_whole(at: datetime) -> None:
    """Pages have the head and when its citations were known; the whole document is not read for them."""
    head = {name: value for name, value in DOCUMENT.items() if name not in ("events", "hidden")}
    packed = json.loads(json.dumps(Learned.of(DOCUMENT).packed(head)))
    alone, whole = head_as_known_at(head, Learned.unpacked(packed), at), as_known_at(DOCUMENT, at)
    for name in ("milestones", "metrics", "detections", "updates", "gaps", "conflicts", "impact_windows", "series"):
        assert alone[name] == whole[name], name


def test_in_the_end_everything_is_known_but_what_states_no_moment() -> None:
    known = as_known_at(DOCUMENT, LAST + timedelta(days=1))
    assert known["events"] == DOCUMENT["events"]
    assert known["milestones"] == DOCUMENT["milestones"]
    assert known["impact_windows"] == DOCUMENT["impact_windows"]
    assert known["metrics"]["M01"] == DOCUMENT["metrics"]["M01"]


def test_a_figure_that_rests_on_nothing_known_says_so_and_nothing_else() -> None:
    known = as_known_at(DOCUMENT, datetime(2026, 5, 12, 14, 5, tzinfo=UTC))
    figure = known["metrics"]["M01"]
    assert (figure["state"], figure["value"], figure["inputs"], figure["evidence"]) == ("unknown", None, [], [])
    assert figure["note"] == "Not yet known at 14:05 UTC."


def test_what_is_left_is_still_a_document() -> None:
    jsonschema.validate(DOCUMENT, SCHEMA)
    jsonschema.validate(as_known_at(DOCUMENT, datetime(2026, 5, 12, 14, 20, tzinfo=UTC)), SCHEMA)


def test_a_gate_says_nothing_before_its_evidence_was_known():
    reading = {"gate": "monitoring", "title": "Production monitoring", "reached": "yes", "outcome": "passed",
               "record": "first page 14:11", "event_ids": [DOCUMENT["events"][-1]["id"]], "evidence": []}  # fmt: skip
    began = {"value": "2026-05-11T14:10:12Z"}
    gates = {"change_triggered": True, "began_at": began, "began": "Pull request #1187", "readings": [reading]}
    head = {**DOCUMENT, "gates": gates}
    known = event_known_at(DOCUMENT["events"][-1])
    learned = Learned.of(DOCUMENT)
    assert head_as_known_at(head, learned, known)["gates"] == gates
    before = head_as_known_at(head, learned, known - timedelta(seconds=1))["gates"]
    assert before == {"change_triggered": None, "began_at": None, "began": "", "readings": []}

"""report.json says exactly what its schema promises, for an empty analysis as for a full one."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest

from afteraction.core.analysis import Analysis, FileReport, Incident, Series, Timeline
from afteraction.core.evidence import Evidence, EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.findings import (
    Account,
    Basis,
    Candidate,
    Conflict,
    Detection,
    DetectionMethod,
    Gap,
    GateReading,
    ImpactWindow,
    Metric,
    Milestone,
    ReleaseGates,
    ResponderQuestion,
    State,
    Update,
)
from afteraction.core.instant import Instant, Precision
from afteraction.core.records import Actor, Document, Event, EventKind, Lane
from afteraction.pipeline.report.document import to_json
from afteraction.pipeline.report.html import html
from afteraction.pipeline.report.markdown import markdown

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/analysis-1.schema.json").read_text(encoding="utf-8"))
NOON = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)


def at(minutes: float) -> Instant:
    return Instant(utc=NOON + timedelta(minutes=minutes), precision=Precision.MINUTE, original_text="12:00")


def cite(line: int) -> EvidenceRef:
    return EvidenceRef("a" * 64, Locator(line=line), "Mira Okafor wrote: password=hunter2swordfish")


@pytest.fixture
def full() -> Analysis:
    mira = Actor("slack:U1", "Mira Okafor")
    event = Event(
        instant=at(0),
        title="<script>alert(1)</script> Mira Okafor deploys",
        evidence=cite(1),
        lane=Lane.CHAT,
        kind=EventKind.ACTION,
        actor=mira,
        until=at(3),
    )
    hidden = Event(instant=at(4), title="Mira Okafor: lunch?", evidence=cite(9), lane=Lane.CHAT)
    chosen = Candidate(at(2), "the first alert that reached somebody", (cite(2),), (event.id,), "alert")
    figure = Metric(id="M01", name="Time to detect", state=State.VALUE, value=120, low=60, high=180,
                    evidence=(cite(2),), inputs=(("t_detect", at(2)),), detail={"ttd_signal_s": 12.0})  # fmt: skip
    disputed = Metric(id="M09", name="Time to resolve", state=State.CONFLICT, alternatives=(figure, figure))
    return Analysis(
        incident=Incident(title="Lookups slow", severity="SEV-2", services=("lookup",)),
        files=(
            FileReport(
                evidence=Evidence("a" * 64, "chat.json", 12, kind=EvidenceKind.COMMUNICATION),
                state="partial",
                reader="slack_export",
                rows={"events": 1},
                failures=(Failure("chat.json", "no time.", "Export again.", Locator(line=3)),),
                failures_total=1,
            ),
            FileReport(evidence=Evidence("b" * 64, "core.dmp", 9), state="unread", first_line="ELF"),
        ),
        timeline=Timeline(
            events=(event,),
            hidden=(hidden,),
            milestones={Milestone.DETECTED: (chosen,)},
            windows=(
                ImpactWindow(start=at(1), end=at(9), service="lookup", weight=0.4, basis=Basis.MEASURED,
                             degradation="Lookups failed: 40 % of requests.", evidence=(cite(4),)),
                ImpactWindow(start=at(11), end=None),
            ),
            detections=(Detection(method=DetectionMethod.MONITOR, at=at(2), evidence=(cite(2),)),),
            updates=(Update(at=at(5), audience="public", text="Investigating", promised_next=at(20)),),
            questions=(ResponderQuestion(at=at(6), text="Is it back?", asker=mira),),
            conflicts=(
                Conflict(
                    subject="t_resolved", sentence="Two accounts.", accounts=(Account(text="12:09", evidence=cite(9)),)
                ),
            ),
            gaps=(Gap(kind="silence", start=at(1), end=at(2), sentence="No event for 1 min."),),
        ),
        metrics={"M01": figure, "M09": disputed},
        documents=(Document(kind=EvidenceKind.PICTURE, title="panel.png", evidence=cite(1)),),
        series=(Series(name="errors", service="lookup", unit="", times=(0.0, 1.0), values=(None, 1.0)),),
        gates=ReleaseGates(
            change_triggered=True, began_at=at(-30), began="Pull request #7 by Mira Okafor opened",
            readings=(GateReading(gate="unit_tests", title="Unit tests", reached="yes", outcome="passed",
                                  record="214 passed, told Mira Okafor", event_ids=(event.id,), evidence=(cite(5),)),),
        ),
        roles={"slack:U1": "Responder 1"},
    )  # fmt: skip


def test_an_empty_analysis_fits_the_schema():
    empty = Analysis(incident=Incident(), files=(), timeline=Timeline(), metrics={})
    document = to_json(empty)
    jsonschema.validate(document, SCHEMA)
    assert document["milestones"]["t_resolved"] == []
    assert "unknown" in html(document)
    assert "unknown" in markdown(document)


def test_a_full_analysis_fits_the_schema(full):
    jsonschema.validate(json.loads(json.dumps(to_json(full))), SCHEMA)


def test_what_the_evidence_says_of_the_gates_is_in_the_document_with_its_citations(full):
    told = to_json(full)["gates"]
    assert told["change_triggered"] is True and told["began_at"]["value"] == "2026-05-12T11:30:00Z"
    (reading,) = told["readings"]
    assert (reading["reached"], reading["outcome"], reading["evidence"][0]["label"]) == ("yes", "passed", "E1")


def test_names_become_roles_everywhere_and_secrets_are_hidden(full):
    document = to_json(full)
    for told in (json.dumps(document), html(document), markdown(document)):
        assert "Mira" not in told
        assert "Okafor" not in told
        assert "hunter2" not in told
    assert "Responder 1" in html(document)


def test_names_are_kept_for_those_who_ask(full):
    assert "Mira Okafor" in json.dumps(to_json(full, with_names=True))


def test_what_people_hid_is_in_the_document_and_in_no_report(full):
    document = to_json(full)
    assert [each["title"].partition(": ")[2] for each in document["hidden"]] == ["lunch?"]
    assert "lunch?" not in html(document)
    assert "lunch?" not in markdown(document)


def test_evidence_cannot_become_markup(full):
    document = to_json(full)
    assert "<script>alert" not in html(document)
    assert "<script>" not in markdown(document)


def test_the_report_needs_nothing_from_elsewhere(full):
    page = html(to_json(full))
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "<script" not in page


def test_unknown_conflicting_and_open_are_said_in_words(full):
    page = html(to_json(full))
    assert "2 min ± 1 or 2 min ± 1" not in page
    assert "still open" in page
    assert "What made this possible, beyond what set it off?" in page


def test_an_analysis_is_named_by_evidence_code_and_parameters(full):
    from dataclasses import replace

    assert replace(full, code_version="2").id != full.id
    assert replace(full, parameters={"a": "b"}).id != full.id
    assert replace(full, files=tuple(reversed(full.files))).id == full.id

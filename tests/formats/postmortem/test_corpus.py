"""Real postmortems: their times, milestones and figures come out as they stand in the text."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from afteraction.core.evidence import Failure
from afteraction.core.records import Document, Event
from afteraction.formats import sniff
from afteraction.formats.postmortem.layout import split_lines
from afteraction.formats.postmortem.reader import READER
from tests.corpus import corpus
from tests.formats.postmortem.scores import documents, found, opened

POSTMORTEMS = "postmortems/open"


def read(path: str) -> list[Event]:
    return [record for record in found(corpus(f"{POSTMORTEMS}/{path}")) if isinstance(record, Event)]


def stated(path: str) -> dict[str, str]:
    document = next(record for record in found(corpus(f"{POSTMORTEMS}/{path}")) if isinstance(record, Document))
    return {name: value for name, value, _ in document.stated}


def golden(name: str) -> dict[str, object]:
    loaded = json.loads(corpus("timelines.json").read_text())[name]
    assert isinstance(loaded, dict)
    return loaded


def minutes(first: Event, last: Event) -> float:
    return (last.instant.utc - first.instant.utc).total_seconds() / 60


def test_every_document_is_read_and_every_time_stands_on_its_line() -> None:
    for path in documents():
        lines = split_lines(path.read_text(errors="replace").lstrip("\ufeff"))
        records = found(path)
        assert sum(isinstance(record, Document) for record in records) == 1
        for event in (record for record in records if isinstance(record, Event)):
            line = lines[(event.evidence.locator.line or 0) - 1]
            assert event.instant.original_text in line, path
            assert event.title, path


def test_most_lines_that_begin_with_a_clock_are_events() -> None:
    """An independent count: a line whose first word is a clock, outside code, is found in 97 of 100 cases."""
    begins = re.compile(r"^\s*(?:[-*•|#]+\s*)?[\[*_(~]*(?:\d{4}-\d\d-\d\d[T ])?\d{1,2}:\d\d(?![\d.])")
    seen = hit = 0
    for path in documents():
        text = path.read_text(errors="replace")
        coded, at = False, {record.evidence.locator.line for record in found(path) if isinstance(record, Event)}
        for number, line in enumerate(split_lines(text), start=1):
            coded ^= line.lstrip().startswith("```")
            if not coded and begins.match(line):
                seen += 1
                hit += number in at
    assert seen > 1000
    assert hit / seen >= 0.97


def test_documents_with_a_timeline_are_claimed_by_this_reader_alone() -> None:
    claimed = 0
    for path in documents():
        claims = sniff(opened(path))
        structured = sum(isinstance(record, Event) and record.attributes["style"] != "prose" for record in found(path))
        if structured >= 3:
            claimed += 1
            assert claims, path
            assert claims[0][1] is READER, path
    assert claimed > 130


@pytest.mark.parametrize("path", ["payloads", "ci", "datasets/open/root_cause_bench"])
def test_machine_evidence_is_not_claimed(path: str) -> None:
    files = [file for file in corpus(path).rglob("*") if file.is_file() and file.suffix not in (".md", ".zst", ".tar")]
    wrong = [file for file in files[:600] if READER.sniff(opened(file)) > 0.2]
    assert wrong == []


def test_four_flag_incidents() -> None:
    events = read("posthog/2025-10-21-feature-flags-recurring-outages.md")
    windows = [event for event in events if "group" in event.attributes]
    case = golden("G3")["incidents"]
    assert isinstance(case, list)
    for event, incident in zip(windows, case, strict=True):
        start, end = (datetime.fromisoformat(f"{text}+00:00") for text in incident["impact"])
        assert (event.instant.utc, event.until and event.until.utc) == (start, end)
        assert (end - start).total_seconds() / 60 == incident["expect"]["min"]
    at = {
        event.instant.utc.strftime("%d %H:%M"): event
        for event in reversed(events)
        if event.attributes["style"] == "list"
    }
    assert at["21 21:47"].kind.value == "detection"
    assert at["24 18:10"].kind.value == "user_report"
    assert at["24 19:02"].attributes["milestone"] == "t_diagnosed"
    assert at["28 19:23"].kind.value == "detection"
    assert stated("posthog/2025-10-21-feature-flags-recurring-outages.md")["stated_duration"] != ""


def test_the_hub_that_was_deleted() -> None:
    events = read("2i2c/2025-08-12-leap-outage.md")
    case = golden("G7")
    assert isinstance(case["t_declared"], str)
    assert isinstance(case["t_resolved"], str)
    milestones = {
        event.attributes["milestone"]: event.instant.utc for event in events if "milestone" in event.attributes
    }
    assert milestones["t_declared"] == datetime.fromisoformat(case["t_declared"])
    assert milestones["t_resolved"] == datetime.fromisoformat(case["t_resolved"])
    updates = [event for event in events if event.kind.value == "communication" and event.instant.utc.minute in (15, 8)]
    assert [event.instant.utc.isoformat() for event in updates] == [
        "2025-08-12T16:15:00+00:00",
        "2025-08-12T17:08:00+00:00",
    ]
    reports = [event.instant.utc.strftime("%H:%M") for event in events if event.kind.value == "user_report"]
    assert reports[:2] == ["16:37", "19:16"]


def test_key_events_of_a_platform_team() -> None:
    events = read("moj-cloud-platform/2021-05-10-apply-pipeline-downtime.md")
    assert [event.attributes["milestone"] for event in events] == ["t_detect", "t_mitigated", "t_resolved"]
    assert minutes(events[0], events[-1]) == 1305
    assert stated("moj-cloud-platform/2021-05-10-apply-pipeline-downtime.md")["stated_time_to_resolve"] == "4h 45m"
    assert stated("moj-cloud-platform/2023-11-01-prometheus-restarted.md")["stated_time_to_repair"] == "35h 36m"


@pytest.mark.parametrize(
    ("path", "detect", "recover"),
    [
        ("dfds/PM2022-002---Logs-not-shipped-to-CloudWatch.md", "53 minutes", "109 minutes"),
        ("dfds/PM2025-002---Traefik-rule-preventing-some-inbound-traffic.md", "371 minutes", "389 minutes"),
        ("dfds/PM2020-004---CoreDNS-upgrade-issue.md", "?", "31 minutes"),
    ],
)
def test_figures_of_a_table_report(path: str, detect: str, recover: str) -> None:
    figures = stated(path)
    assert (figures["stated_time_to_detect"], figures["stated_time_to_recover"]) == (detect, recover)


def test_an_index_of_incidents_states_means_and_no_events() -> None:
    records = found(corpus("datasets/open/moj/incident-log-index-mttr.md"))
    document = next(record for record in records if isinstance(record, Document))
    assert not any(isinstance(record, Event | Failure) for record in records)
    means = [value for name, value, _ in document.stated if name == "stated_mean_time_to_repair"]
    assert "35h 36m" in means
    assert len(means) >= 7


@pytest.mark.parametrize("folder", ["postmortems/templates"])
def test_templates_state_nothing(folder: str) -> None:
    for path in sorted(Path(corpus(folder)).rglob("*.md")):
        assert not any(isinstance(record, Event) for record in found(path)), path

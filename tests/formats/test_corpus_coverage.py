"""Every payload and CI artefact of the shared corpus: which reader takes it, and that nothing of it is lost silently.

The table below names an outcome for each file; a reader that changes what becomes of one changes its row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from afteraction import formats
from afteraction.core.analysis import FileReport
from afteraction.core.evidence import Evidence, Failure
from afteraction.core.reading import HEAD_BYTES, DocumentReader, ReadOptions, Source
from afteraction.pipeline.analyze import read_one
from afteraction.stores.evidence import EvidenceStore
from tests.corpus import corpus


@dataclass(frozen=True)
class Row:
    """What is expected of the files that match `files` (a glob below the corpus; the first row that matches counts).

    `reader` takes them; empty when nobody does, then `why` says the reason. `nothing` is the reason for which a reader
    gives no record. `failures` is how many failures are listed. `each` points at the array inside the document whose
    items each need a record or a failure of their own; `whole` says that the reader sums the file up instead."""

    files: str
    reader: str = ""
    why: str = ""
    nothing: str = ""
    failures: int = 0
    each: str | None = None
    whole: bool = False


TABLE = (
    # recorded for this project
    Row("payloads/generated/journald/journal.export", "journald_export", whole=True),
    Row("payloads/generated/journald/*.jsonl", "journald_json"),
    Row("payloads/generated/journald/*.log", "journald_short"),
    Row("payloads/generated/live_capture/alertmanager_api_v2_alert_groups.json", why="an empty answer: no groups"),
    Row("payloads/generated/live_capture/alertmanager_api_v2_*.json", "alertmanager_api"),
    Row("payloads/generated/live_capture/alertmanager_silence_created.json", "alertmanager_api"),
    Row("payloads/generated/live_capture/alertmanager_webhook_*.json", "alertmanager_webhook", each="/alerts"),
    Row("payloads/generated/live_capture/alertmanager_webhook_headers.txt", why="headers without their payloads"),
    Row("payloads/generated/live_capture/*.yml", "config_snapshot"),
    Row("payloads/generated/live_capture/app.jsonl", "json_lines"),
    Row("payloads/generated/live_capture/nginx.conf", why="the syntax of nginx itself is not read"),
    Row("payloads/generated/live_capture/nginx_access.jsonl", "access_log_json"),
    Row("payloads/generated/live_capture/nginx_access_combined.log", "access_log"),
    Row("payloads/generated/live_capture/nginx_error.log", "error_log"),
    Row("payloads/generated/live_capture/operator_actions.jsonl", "generic_json"),
    Row("payloads/generated/live_capture/prometheus_api_*.json", "prometheus_state"),
    Row("payloads/generated/live_capture/*_empty.json", "prometheus_query", nothing="holds no series"),
    Row("payloads/generated/live_capture/*_bad_data.json", "prometheus_query", nothing="bad_data", failures=1),
    Row("payloads/generated/live_capture/prometheus_query_range_*.json", "prometheus_query", each="/data/result"),
    Row("payloads/generated/live_capture/svc.py", why="the source code of the service that was recorded"),
    # alerts and incidents
    Row("payloads/open/alerta/prometheus_v3_alert.json", "alertmanager_webhook", each="/alerts"),
    Row("payloads/open/alerta/cloudwatch_subscription_confirmation.json", "cloudwatch_alarms"),
    Row("payloads/open/alerta/grafana_alert_alerting.json", "grafana", nothing="states no time", failures=1),
    Row("payloads/open/alerta/graylog_notification.json", "graylog", each="/check_result/matching_messages"),
    Row("payloads/open/alerta/pingdom_up.json", "pingdom"),
    Row("payloads/open/alerta/stackdriver_*.json", "gcp_monitoring"),
    Row("payloads/open/alerta/telegram_ack.json", why="a button pressed in a chat; it does not say when"),
    Row("payloads/open/keep/cloudwatch__alerts.json", "cloudwatch_alarms", nothing="states no time", failures=3),
    Row("payloads/open/keep/dash0__alerts.json", "dash0"),
    Row("payloads/open/keep/gcpmonitoring__alerts.json", "gcp_monitoring", nothing="states no time", failures=3),
    Row("payloads/open/keep/netbox__alerts.json", "netbox"),
    Row("payloads/open/keep/sentry__alerts.json", "sentry"),
    Row("payloads/open/keep/wazuh__alerts.json", why="fields of nobody's own, and a zone written +01.00"),
    Row("payloads/open/zulip_fixtures/opsgenie/*.json", "opsgenie"),
    Row("payloads/open/zulip_fixtures/pagerduty_v3/*.json", "pagerduty"),
    # changes
    Row("payloads/open/cloudtrail/*.json", "cloudtrail", each=""),
    Row("payloads/open/github/code_scanning_alert__*.json", why="a finding of code scanning is no change"),
    Row("payloads/open/github/issue*.json", why="issues and comments are no changes"),
    Row("payloads/open/github/*.json", "github_webhook"),
    # telemetry
    Row("payloads/open/jaeger/*.json", "otlp", each="/resourceSpans/0/scopeSpans/0/spans"),
    Row("payloads/open/kubernetes/*.events.yaml", "kubernetes_events"),
    Row("payloads/open/logs/kafka/*", "log4j"),
    Row("payloads/open/otlp/metrics.json", "otlp", each="/resourceMetrics/0/scopeMetrics/0/metrics"),
    Row("payloads/open/otlp/*.json", "otlp", each="/resourceLogs/0/scopeLogs/0/logRecords"),
    # shapes that a client library lists: values are placeholders, no times
    Row("payloads/open/slack_sdk_schema/*.json", why="a description of shapes: every value is empty"),
    # continuous integration
    Row("ci/generated/*_bandit.json", "code_findings", whole=True),
    Row("ci/generated/*.sarif", "code_findings", whole=True),
    Row("ci/generated/*junit*.xml", "test_report", whole=True),
    Row("ci/generated/*_coverage.json", "coverage_report", whole=True),
    Row("ci/generated/*_coverage.lcov", "coverage_report", whole=True),
    Row("ci/generated/*_coverage.xml", "coverage_report", whole=True),
    Row("ci/github_workflows/*", "ci_workflow"),
    Row("ci/other/*", "ci_workflow"),
    Row("ci/prometheus_rules/*.yml", "config_snapshot"),
    Row("ci/test_reports/*.trx", "test_report", whole=True),
    Row("ci/test_reports/*nunit*.xml", "test_report", whole=True),
    Row("ci/test_reports/*.xml", "test_report", whole=True),
    Row("ci/test_reports/*mocha*.json", "test_report", whole=True),
    Row("ci/test_reports/rspec-json.json", "test_report", whole=True),
    Row("ci/test_reports/external__flutter__*.json", "test_report", whole=True),
)
DECLARED = ReadOptions(zone="UTC", incident_start="2026-11-20T21:00:00Z")


@dataclass(frozen=True)
class Outcome:
    """One file of the corpus, the row it is expected by and what became of it."""

    source: Source
    row: Row
    report: FileReport


def row_of(name: str) -> Row:
    return next(row for row in TABLE if fnmatchcase(name, row.files))


def files() -> list[tuple[str, Path]]:
    """Every file with its name below the corpus; skips where the corpus is absent."""
    root = corpus("payloads").parent
    found = [path for top in ("payloads", "ci") for path in corpus(top).rglob("*") if path.is_file()]
    return sorted((path.relative_to(root).as_posix(), path) for path in found)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What the analysis makes of each file, read alone."""
    store = EvidenceStore(tmp_path_factory.mktemp("corpus"))
    found = {}
    for number, (name, path) in enumerate(files()):
        raw = path.read_bytes()
        ident = f"{number:064x}"
        source = Source(ident, name, len(raw), raw[:HEAD_BYTES], lambda path=path: path.open("rb"), options=DECLARED)
        report = read_one(Evidence(id=ident, name=name, size=len(raw)), source, store, {})
        found[name] = Outcome(source, row_of(name), report)
    return found


def told(report: FileReport) -> str:
    reasons = " ".join(str(failure) for failure in report.failures[:3])
    return (
        f"{report.state} by {report.reader or 'nobody'}, rows {report.rows}, failures {report.failures_total} {reasons}"
    )


def test_every_file_has_a_row_and_every_row_a_file():
    names = [name for name, _ in files()]
    assert not [name for name in names if not any(fnmatchcase(name, row.files) for row in TABLE)]
    used = {row_of(name).files for name in names}
    assert not [row.files for row in TABLE if row.files not in used]


def test_every_file_is_taken_by_the_reader_that_the_table_names(outcomes):
    wrong = [
        f"{name}: expected {one.row.reader or one.row.why!r}; it is {told(one.report)}"
        for name, one in outcomes.items()
        if one.report.reader != one.row.reader or bool(one.row.reader) is (one.report.state == "unread")
    ]
    assert not wrong, "exchange the rows of the table that are settled now:\n" + "\n".join(wrong)


def test_what_is_read_gives_rows_or_says_why_it_gives_none(outcomes):
    wrong = []
    for name, one in outcomes.items():
        rows, row = sum(one.report.rows.values()), one.row
        reasons = " ".join(str(failure) for failure in one.report.failures)
        if row.reader and (bool(rows) is bool(row.nothing) or row.nothing not in reasons):
            wrong.append(f"{name}: {told(one.report)}")
        if one.report.failures_total != row.failures:
            wrong.append(f"{name}: {row.failures} failures expected; {told(one.report)}")
    assert not wrong, "\n".join(wrong)


def test_what_nobody_reads_is_listed_with_its_first_line(outcomes):
    unread = [one for one in outcomes.values() if one.report.state == "unread"]
    assert all(one.row.why and one.report.first_line for one in unread)


def test_every_element_of_a_list_is_cited_by_a_record_or_a_failure(outcomes):
    lost = []
    for name, one in outcomes.items():
        reader = formats.reader_named(one.row.reader) if one.row.reader and not one.row.nothing else None
        if reader is None or one.row.whole:
            continue
        if isinstance(reader, DocumentReader):
            lost += [f"{name}{place}" for place in uncited(reader, one.source, one.row.each)]
            continue
        lines = sum(not isinstance(line, Failure) and bool(line[1].strip()) for line in one.source.lines())
        if name.endswith(("l", "access_combined.log")) and sum(one.report.rows.values()) != lines - one.row.failures:
            lost.append(f"{name}: {lines} lines, {told(one.report)}")
    assert not lost, "\n".join(lost)


def uncited(reader: DocumentReader, source: Source, each: str | None) -> Iterator[str]:
    """The places of elements of which nothing is said: items of the root array or of the one at `each`, or lines."""
    found = list(reader.read(source))
    places = [one.locator if isinstance(one, Failure) else one.evidence.locator for one in found]
    text = source.read_text()
    try:
        document = json.loads(text)
    except ValueError:
        if source.name.endswith(".jsonl"):
            lines = {number for number, line in enumerate(text.splitlines(), 1) if line.strip()}
            yield from (f": line {line}" for line in sorted(lines - {place.line for place in places}))
        return
    for key in (each or "").split("/")[1:]:
        document = document[int(key) if isinstance(document, list) else key]
    if isinstance(document, list):
        for index in range(len(document)):
            own = f"{each or ''}/{index}"
            if not any(place.pointer == own or (place.pointer or "").startswith(own + "/") for place in places):
                yield f", {own}"

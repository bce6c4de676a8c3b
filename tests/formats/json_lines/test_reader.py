"""JSON-lines logs: every logger's names, times and levels; files that are no logs are left alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.formats.json_lines.reader import READER
from afteraction.stores.evidence import EvidenceStore
from tests.corpus import corpus
from tests.formats.originals import file, original, winner

AT = datetime(2026, 5, 12, 14, 2, 11, 250000, tzinfo=UTC)
MS = 1778594531250

LOGGERS = {
    "structlog": ({"timestamp": "2026-05-12T14:02:11.250Z", "level": "warning", "event": "slow", "logger": "cart.db"},
                  "warning", "slow", "", "cart.db"),
    "zap": ({"ts": 1778594531.25, "level": "dpanic", "msg": "slow", "logger": "db", "caller": "db/x.go:7"},
            "critical", "slow", "", "db"),
    "zerolog": ({"time": "2026-05-12T14:02:11.25Z", "level": "warn", "message": "slow", "service": "cart"},
                "warning", "slow", "cart", ""),
    "logback": ({"@timestamp": "2026-05-12T16:02:11.250+02:00", "@version": "1", "message": "slow", "level": "ERROR",
                 "logger_name": "shop.Cart", "thread_name": "main"}, "error", "slow", "", "shop.Cart"),
    "log4j": ({"timeMillis": MS, "level": "FATAL", "message": "slow", "loggerName": "shop.Cart"},
              "critical", "slow", "", "shop.Cart"),
    "pino": ({"level": 50, "time": MS, "pid": 7, "hostname": "web-1", "name": "cart", "msg": "slow"},
             "error", "slow", "cart", ""),
    "bunyan": ({"name": "cart", "hostname": "web-1", "pid": 7, "level": 40, "msg": "slow",
                "time": "2026-05-12T14:02:11.250Z", "v": 0}, "warning", "slow", "cart", ""),
    "ecs": ({"@timestamp": "2026-05-12T14:02:11.250Z", "log.level": "info", "message": "slow",
             "service": {"name": "cart"}, "log": {"logger": "db"}}, "info", "slow", "cart", "db"),
    "opentelemetry": ({"Timestamp": MS * 10**6, "SeverityNumber": 17, "Body": "slow",
                       "Resource": {"service.name": "cart"}}, "error", "slow", "cart", ""),
    "serilog": ({"@t": "2026-05-12T14:02:11.250Z", "@l": "Fatal", "@m": "slow", "SourceContext": "Cart"},
                "critical", "slow", "", "Cart"),
    "python": ({"asctime": "2026-05-12 14:02:11,250+0000", "levelname": "ERROR", "name": "cart.db", "message": "slow"},
               "error", "slow", "", "cart.db"),
    "gelf": ({"version": "1.1", "host": "web-1", "short_message": "slow", "timestamp": 1778594531.25, "level": 3},
             "error", "slow", "", ""),
}  # fmt: skip


def lines_of(tmp_path, source):
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(source, READER.plan(source))
    return store.log_lines(limit=10_000), outcome


def of(*entries: object, **options: object):
    return original("\n".join(json.dumps(entry) for entry in entries) + "\n", "app.jsonl", **options)


@pytest.mark.parametrize("logger", LOGGERS)
def test_every_logger_gives_time_level_message_service_and_logger(tmp_path, logger):
    entry, level, message, service, name = LOGGERS[logger]
    source = of(entry, entry)
    assert winner(source) == "json_lines"
    (line, _), outcome = lines_of(tmp_path, source)
    assert outcome.failures == ()
    assert line.instant.utc == AT
    assert (line.level, line.message, line.service, line.logger) == (level, message, service, name)


def test_status_duration_trace_and_the_rest_stay_with_the_line(tmp_path):
    entry = {
        "time": "2026-05-12T14:02:11Z", "msg": "done", "http": {"response": {"status_code": 502}, "method": "GET"},
        "elapsed_seconds": 1.5, "traceId": "abc", "order": {"id": 7}, "tags": ["a"],
    }  # fmt: skip
    (line,), _ = lines_of(tmp_path, of(entry))
    assert (line.status, line.duration_ms, line.trace_id) == (502, 1500.0, "abc")
    kept = {name: json.loads(text) for name, text in line.attributes.items()}
    assert kept == {"http": {"response": {}, "method": "GET"}, "order": {"id": 7}, "tags": ["a"]}


def test_a_status_that_is_a_word_and_a_duration_without_unit_are_not_guessed(tmp_path):
    entry = {"time": "2026-05-12T14:02:11Z", "msg": "done", "status": "ok", "duration": 3}
    (line,), _ = lines_of(tmp_path, of(entry))
    assert (line.status, line.duration_ms, dict(line.attributes)) == (None, None, {"status": "ok", "duration": "3"})


def test_a_line_without_a_message_keeps_its_whole_text(tmp_path):
    (line,), _ = lines_of(tmp_path, of({"time": "2026-05-12T14:02:11Z", "orders": 4}))
    assert json.loads(line.message) == {"time": "2026-05-12T14:02:11Z", "orders": 4}


def test_times_without_a_zone_need_one_declared(tmp_path):
    entry = {"time": "2026-05-12 14:02:11", "msg": "naive"}
    found, outcome = lines_of(tmp_path / "a", of(entry))
    assert (found, outcome.failures_total) == ([], 1)
    assert "--zone" in outcome.failures[0].next_step
    (line,), _ = lines_of(tmp_path / "b", of(entry, zone="Europe/Berlin"))
    assert (line.instant.utc.hour, line.instant.tz_known, line.instant.flags) == (12, False, ("zone_assumed",))


def test_other_ways_to_write_a_time_are_found(tmp_path):
    for place, text in enumerate(("12/May/2026:16:02:11 +0200", "Tue, 12 May 2026 14:02:11 +0000")):
        (line,), _ = lines_of(tmp_path / str(place), of({"time": text, "msg": "m"}))
        assert line.instant.utc == AT.replace(microsecond=0)


def test_a_saved_mapping_goes_before_all_names(tmp_path):
    entry = {"time": "2020-01-01T00:00:00Z", "seen": "2026-05-12T14:02:11.250Z", "what": "slow", "message": "no"}
    (line,), _ = lines_of(tmp_path, of(entry, mapping={"time": "seen", "message": "what"}))
    assert (line.instant.utc, line.message) == (AT, "slow")


@pytest.mark.parametrize(
    "content",
    ['{\n  "time": "2026-05-12T14:02:11Z",\n  "msg": "pretty"\n}\n', "[1, 2]\n", "plain text\n", "",
     '{"a": 1}\n{"a": 2}\n', b"\x00\x01\x02" * 99, '{"status":"success","data":{}}'],
)  # fmt: skip
def test_other_files_are_left_alone(content):
    assert READER.sniff(original(content, "x.json")) == 0.0


def test_a_file_without_a_time_says_what_to_do():
    with pytest.raises(AfteractionError, match="mapping"):
        READER.plan(of({"a": 1}))


def test_a_recorded_log_is_read_whole(tmp_path):
    path = corpus("payloads/generated/live_capture/app.jsonl")
    found, outcome = lines_of(tmp_path, file(path))
    assert (len(found), outcome.failures_total) == (len(path.read_bytes().splitlines()), 0)
    assert {line.service for line in found} == {"checkout"}
    assert {"info", "error"} <= {line.level for line in found}


def test_logs_of_every_benchmark_scenario_are_read_whole(tmp_path):
    for path in sorted(corpus("datasets/open/root_cause_bench").glob("*/data/logs.ndjson")):
        source = file(path)
        assert winner(source) == "json_lines"
        found, outcome = lines_of(tmp_path / path.parent.parent.name, source)
        assert (len(found), outcome.failures_total) == (len(path.read_bytes().splitlines()), 0)
        assert all(line.service and line.level and line.message for line in found)

"""What line readers plan, carried out by the store: the same rows as plain Python makes of the plan, line by line."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from afteraction import formats
from afteraction.core.reading import Source
from afteraction.stores.evidence import EvidenceStore, Imported
from tests.corpus import corpus
from tests.formats.originals import file, original
from tests.formats.plans import carry_out

COMPARED = ("message", "level", "service", "host", "logger", "status", "duration_ms", "trace_id")
DECLARED: dict[str, Any] = {"zone": "Europe/Berlin", "year": 2026, "incident_start": "2026-11-20T21:00:00Z"}
OURS = ("access_log", "access_log_json", "error_log", "journald_json", "journald_short", "log4j", "syslog")
RECORDED = (
    ("access_log", "live_capture/nginx_access_combined.log"),
    ("access_log_json", "live_capture/nginx_access.jsonl"),
    ("error_log", "live_capture/nginx_error.log"),
    ("journald_json", "journald/journalctl_o_json.jsonl"),
    ("journald_short", "journald/journalctl_short.log"),
    ("journald_short", "journald/journalctl_short_iso_precise.log"),
)
NEW = '<131>1 2026-11-20T21:02:11Z web-7 cart - ID7 [a@1 k="v"] \ufeffcannot reach stock'
MIXED = (
    ("syslog", f"{NEW}\n\tat stock.get\n\n<14>1 2026-11-20T21:02:12Z - - - - -\n<14>1 - web-7 cart - - - no time\n"),
    ("syslog", "<131>Nov 20 22:02:11 web-7 cart[41]: old\n<131>Oct 25 02:30:00 web-7 cart[41]: twice\n"),
    ("syslog", f"{NEW}\n<131>Nov 20 22:02:11.5 web-7 cart[41]: old\n{NEW}\n<131>Nov 20 22:02:11 web-7 cart: old\n"),
    ("syslog", "stray\nNov 20 22:02:11.5 web-7 cart[41]: precise\n"),
    ("journald_short", "Dec 31 23:59:59 web-7 cart[41]: before\nJan  1 00:00:01 web-7 cart[41]: after\n"),
    ("journald_short", "1778594531.768000 web-7 cart[41]: unix\n"),
    ("error_log", "[Tue May 12 14:02:11.123456 2026] [proxy:error] [pid 9:tid 140] AH00957: no\nmore of it\n"),
    ("error_log", "[Tue May 12 14:02:11 2026] [crit] [client 10.0.0.7] no\n"),
    ("access_log", '10.0.0.7 - - [12/May/2026:14:02:11 +0200] "-" 408 - "-" "-"\nbroken\n10.0.0.7 - - [12/May/'),
    ("access_log", 'shop:443 10.0.0.7 - - [12/May/2026:14:02:11 +0200] "GET /\\"a\\" HTTP/1.1" 200 9 "-" "x" 0.304\n'),
    ("access_log_json", '{"msec":"1778594531.7","status":"502","uri":"/","request_time":"-","remote_addr":"a"}\n{no\n'),
    ("journald_json", '{"__REALTIME_TIMESTAMP":"1778594531768000","MESSAGE":[195,156,98,101,114]}\n'),
)  # fmt: skip


def imported(name: str, source: Source, folder: Path) -> tuple[Imported, list[dict[str, Any]]]:
    """The outcome of an import and its rows by line."""
    reader = importlib.import_module(f"afteraction.formats.{name}.reader").READER
    outcome = EvidenceStore(folder).import_plan(source, reader.plan(source))
    tables = [path for path in folder.rglob("*.parquet") if path.parent.name == "logs"]
    rows = [row for path in tables for row in pq.read_table(path).to_pylist()]
    return outcome, sorted(rows, key=lambda row: row["line"])


def agree(name: str, source: Source, folder: Path) -> list[dict[str, Any]]:
    reader = importlib.import_module(f"afteraction.formats.{name}.reader").READER
    outcome, rows = imported(name, source, folder)
    expected = carry_out(reader.plan(source), source)
    assert [row["line"] for row in rows] == [row["line"] for row in expected.rows]
    assert [failure.locator.line for failure in outcome.failures] == expected.rejected
    assert outcome.failures_total == len(expected.rejected)
    for row, other in zip(rows, expected.rows, strict=True):
        assert row["instant"] == other["instant"]
        for column in COMPARED:
            if column == "message" and other[column] is None:
                continue  # the store then shows the whole line
            assert (row.get(column) or None) == (pytest.approx(other[column]) if other.get(column) else None), column
    return rows


@pytest.mark.parametrize("name", OURS)
def test_a_sample_becomes_the_rows_that_its_plan_says(name, tmp_path):
    (path,) = (Path(formats.__file__).parent / name).glob("sample*")
    assert agree(name, file(path, **DECLARED), tmp_path)


@pytest.mark.parametrize(("name", "text"), MIXED)
def test_odd_lines_become_the_rows_that_their_plan_says(name, text, tmp_path):
    agree(name, original(text, "odd.log", **DECLARED), tmp_path)


@pytest.mark.parametrize(("name", "path"), RECORDED)
def test_recorded_logs_become_the_rows_that_their_plan_says(name, path, tmp_path):
    source = file(corpus(f"payloads/generated/{path}"), **DECLARED)
    assert len(agree(name, source, tmp_path)) == source.read_text().count("\n")


def test_structured_data_of_syslog_is_kept_as_attributes(tmp_path):
    _, (row,) = imported("syslog", original(NEW + "\n"), tmp_path)
    assert row["attributes"] == '{"message_id":"ID7","structured_data":"[a@1 k=\\"v\\"]"}'


def test_a_time_that_happened_twice_is_flagged(tmp_path):
    source = original("<131>Oct 25 02:30:00 web-7 cart[41]: twice\n", "a.log", **DECLARED)
    _, (row,) = imported("syslog", source, tmp_path)
    assert set(row["flags"]) == {"ambiguous_local_time", "zone_assumed", "year_inferred"}
    assert not row["tz_known"]


def test_remarks_of_the_writing_program_are_counted_and_left_out(tmp_path):
    line = "Nov 20 22:02:11 web-7 cart[41]: up"
    text = f"-- Journal begins at Mon 2026-04-06 UTC. --\n{line}\n    more\n-- Boot {'3f' * 16} --\n{line}\n"
    outcome, rows = imported("journald_short", original(text, "journal.log", **DECLARED), tmp_path)
    assert [(row["line"], row["message"]) for row in rows] == [(2, "up\n    more"), (5, "up")]
    assert (outcome.failures, outcome.failures_total) == ((), 0)
    assert any("2 lines are remarks" in said for said in outcome.assumptions)

"""Application logs: layouts, levels, loggers, stack traces, and the zone that most of them leave out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.errors import NaiveTime
from afteraction.core.reading import Source
from afteraction.formats.log4j.reader import READER, subject_of
from afteraction.stores.evidence import EvidenceStore
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, winner
from tests.formats.plans import carry_out

SAMPLE = (Path(formats.__file__).parent / "log4j" / "sample.log").read_text()
NO_DATE = "2026-13-45 25:00:00,1 [a] INFO b.c - x"
AT = datetime(2026, 5, 12, 14, 2, 11, tzinfo=UTC)
WRITTEN = (
    (
        "[2026-05-12 14:02:11,123] ERROR [Broker id=1] no leader (kafka.server.ReplicaManager)",
        "error",
        "kafka.server.ReplicaManager",
        "[Broker id=1] no leader",
    ),
    ("2026-05-12 14:02:11,123 ERROR [main] org.example.App: no leader", "error", "org.example.App", "no leader"),
    (
        "2026-05-12 14:02:11.123  WARN 1234 --- [nio-8080-1] c.e.App                  : no leader",
        "warning",
        "c.e.App",
        "no leader",
    ),
    ("2026-05-12T14:02:11.123Z ERROR 1 --- [shop] [main] c.e.App : no leader", "error", "c.e.App", "no leader"),
    (
        "2026-05-12 14:02:11,123 - WARN  [QuorumPeer[myid=1]/0:0:0:0:2181:FastLeaderElection@774] - no leader",
        "warning",
        "QuorumPeer[myid=1]/0:0:0:0:2181:FastLeaderElection@774",
        "no leader",
    ),
    ("[2026-05-12T14:02:11,123][WARN ][o.e.c.Cluster] [node-1] no leader", "warning", "o.e.c.Cluster", "no leader"),
    ("ERROR [main] 2026-05-12 14:02:11,123 Server.java:44 - no leader", "error", "Server.java", "no leader"),
    (
        "12-May-2026 14:02:11.123 SEVERE [main] org.apache.Catalina no leader",
        "error",
        "org.apache.Catalina",
        "no leader",
    ),
    ("26/05/12 14:02:11 ERROR executor.Backend: no leader", "error", "executor.Backend", "no leader"),
    ("260512 140211 148 FATAL dfs.DataNode$X: no leader", "critical", "dfs.DataNode$X", "no leader"),
    ("2026-05-12 14:02:11,123 - app.pool - CRITICAL - no leader", "critical", "app.pool", "no leader"),
    ("2026-05-12 14:02:11.123 2931 ERROR nova.compute no leader", "error", "nova.compute", "no leader"),
    ("2026-05-12 14:02:11 [ERROR] no leader", "error", None, "no leader"),
)


def stored(source: Source, folder: Path) -> list[dict[str, object]]:
    outcome = EvidenceStore(folder).import_plan(source, READER.plan(source))
    assert outcome.failures_total == 0, outcome.failures[:3]
    rows = [row for path in folder.rglob("*.parquet") for row in pq.read_table(path).to_pylist()]
    return sorted(rows, key=lambda row: row["line"])


@pytest.mark.parametrize(("line", "level", "logger", "message"), WRITTEN)
def test_each_layout_gives_time_level_logger_and_message(line, level, logger, message):
    source = original(f"{line}\n", "evidence.log", zone="UTC")
    assert winner(source) == "log4j"
    (row,) = carry_out(READER.plan(source), source).rows
    assert row["instant"].replace(microsecond=0) == AT
    assert (row["level"].lower(), row["logger"], row["message"]) == (level, logger, message)


def test_a_stack_trace_belongs_to_the_line_above_it(tmp_path):
    rows = stored(original(SAMPLE, "payments-api.log", zone="Europe/Berlin"), tmp_path)
    assert [(row["line"], row["level"]) for row in rows] == [(1, "info"), (2, "error"), (8, "warning")]
    assert rows[1]["message"].splitlines()[0] == "could not get a connection"
    assert rows[1]["message"].endswith("... 12 more")
    assert rows[1]["instant"] == datetime(2026, 5, 12, 12, 2, 11, 123000, tzinfo=UTC)
    assert {row["service"] for row in rows} == {"payments-api"}


def test_a_log_without_a_zone_is_refused_with_the_next_step_and_one_with_offsets_is_not():
    with pytest.raises(NaiveTime, match="--zone"):
        READER.plan(original(SAMPLE, "payments-api.log"))
    line = "2026-05-12T16:02:11.123+02:00 ERROR 1 --- [main] c.e.App : no leader\n"
    source = original(line, "x.log")
    (row,) = carry_out(READER.plan(source), source).rows
    assert row["instant"].replace(microsecond=0) == AT


def test_springs_application_and_sleuths_trace_are_read(tmp_path):
    trace = "5b8efff798038103d269b633813fc60c"
    line = f"2026-05-12T14:02:11.123Z ERROR [shop,{trace},eee19b7ec3c1b174] 1 --- [main] c.e.A : x\n"
    (row,) = stored(original(line, "x.log"), tmp_path)
    assert row["trace_id"] == trace
    named = "2026-05-12T14:02:11.123Z ERROR 1 --- [shop] [main] c.e.A : x\n"
    source = original(named, "x.log")
    assert carry_out(READER.plan(source), source).column("service") == ["shop"]


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("logs/kafka0-server.log.2016-12-19-18", "kafka0"), ("payments-api.log", "payments-api"), ("app.log", ""),
        ("kafka0-state-change.log.2016-12-19-16", "kafka0"), ("ledger_2026-05-12.log", "ledger"),
        ("x.zip!shop-application.log", "shop"),
    ],
)  # fmt: skip
def test_a_file_name_tells_the_process(name, subject):
    assert subject_of(name) == subject


def test_what_only_begins_with_a_time_is_left_to_others():
    for text in ("2026-05-12 14:02:11 we had an error\n", "time,level\n2026-05-12 14:02:11,ERROR\n", "ERROR: no\n"):
        assert READER.sniff(original(text, "x.log")) == 0.0


def test_every_line_of_the_corpus_is_in_a_row(tmp_path):
    telling = (
        "kafka0-server.log.2016-12-19-20",
        "kafka0-state-change.log.2016-12-19-16",
        "kafka1-server.log.2016-12-19-19",
    )
    for path in (corpus("payloads/open/logs/kafka") / name for name in telling):
        source = file(path, zone="UTC")
        assert winner(source) == "log4j"
        rows = stored(source, tmp_path / path.name)
        lines = [line for line in path.read_text().splitlines() if line.strip()]
        assert (
            sum(len([line for line in row["message"].splitlines() if line.strip()]) for row in rows) >= len(lines) - 1
        )
        assert {row["service"] for row in rows} == {path.name[:6]}
        assert all(row["level"] in ("trace", "debug", "info", "warning", "error", "critical") for row in rows)


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.sampled_from([*SAMPLE.splitlines(), "", "\tat a.b", "half a li", NO_DATE]), max_size=12))
def test_every_line_is_in_a_row_or_rejected(lines):
    text = "\n".join([SAMPLE.splitlines()[0], *lines])
    source = original(text, "payments-api.log", zone="UTC")
    done = carry_out(READER.plan(source), source)
    told = sum(1 + str(row["message"]).count("\n") for row in done.rows) + len(done.rejected)
    assert told == sum(bool(line.strip()) for line in text.split("\n"))

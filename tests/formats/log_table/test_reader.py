"""Logs in tables become log lines."""

from __future__ import annotations

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.formats.log_table.reader import READER
from afteraction.stores.evidence import EvidenceStore
from tests.formats.originals import original, winner

TEXT = """Timestamp,PodName,severity,TraceID,status_code,Log
2026-05-12T14:02:11.250Z,cart-7,WARN,abc,503,"slow, very
  at stock()"
2026-05-12T14:02:12Z,cart-7,INFO,,200,fine
"""


def test_rows_become_lines_with_everything_beside_them(tmp_path):
    source = original(TEXT, "log.csv")
    assert winner(source) == "log_table"
    store = EvidenceStore(tmp_path)
    assert store.import_plan(source, READER.plan(source)).failures == ()
    first, second = store.log_lines()
    assert (first.level, first.host, first.trace_id, first.status) == ("warning", "cart-7", "abc", 503)
    assert (first.message, first.evidence.locator.line) == ("slow, very\n  at stock()", 2)
    assert (second.message, second.evidence.locator.line, second.instant.utc.second) == ("fine", 4, 12)


def test_a_mapping_names_time_and_message(tmp_path):
    source = original("seen\twords\textra\n2026-05-12T14:02:11Z\tboom\t7\n", "x.tsv", mapping={"message": "words"})
    store = EvidenceStore(tmp_path)
    store.import_plan(source, READER.plan(source))
    (line,) = store.log_lines()
    assert (line.message, dict(line.attributes)) == ("boom", {"extra": "7"})


def test_a_table_without_messages_says_what_to_do():
    with pytest.raises(AfteractionError, match="message"):
        READER.plan(original("time,word\n2026-05-12T14:02:00Z,x\n", "x.csv"))


@pytest.mark.parametrize("text", ["time,value\n2026-05-12T14:02:00Z,4\n", "message,level\nboom,error\n", "plain\n"])
def test_other_tables_are_left_alone(text):
    assert READER.sniff(original(text, "x.csv")) == 0.0

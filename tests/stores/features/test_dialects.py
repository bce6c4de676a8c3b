"""The one expression reads in both dialects, and means the same in the parts where they differ."""

from __future__ import annotations

import re

import duckdb
import pytest
import sqlglot

from afteraction.stores.features import on_spark
from afteraction.stores.features.expression import RESULTS, STEPS
from afteraction.stores.features.inputs import Templates, lines_sql, spans_sql

ALL = {step.name: step.sql for step in (*STEPS, *RESULTS)} | {
    "spans": spans_sql("rows", "at"),
    "lines": lines_sql("rows", "at", Templates()),
    "named": lines_sql("rows", "at", Templates(named=list)),
    "texts": Templates().distinct("rows"),
    "no spans": spans_sql(None, ""),
    "no lines": lines_sql(None, "", Templates()),
}


@pytest.mark.parametrize("name", ALL)
def test_a_step_is_put_into_sparks_dialect_and_reads_there(name):
    text = on_spark.in_spark(ALL[name])
    assert sqlglot.parse_one(text, read="spark").sql("spark") == text
    assert "//" not in text and "::" not in text


def test_steps_ask_only_for_those_before_them():
    known = {"spans", "lines"}
    for step in (*STEPS, *RESULTS):
        asked = {table.name for table in sqlglot.parse_one(step.sql, read="duckdb").find_all(sqlglot.exp.Table)}
        assert asked <= known, step.name
        known.add(step.name)


@pytest.mark.parametrize("moment", [-1, 0, 1, 59_999_999, 60_000_000, -60_000_000, -60_000_001, 253402300799999999])
def test_minutes_are_rounded_down_in_whole_numbers(moment):
    from afteraction.stores.features.expression import _minute

    found = duckdb.execute(f"SELECT {_minute('at_us')} FROM (SELECT {moment}::BIGINT AS at_us)").fetchall()
    assert found == [(moment // 60_000_000,)]


@pytest.mark.parametrize(
    "text", ["ab12", "é12", "12é", "_12", "x 12 y", "it's 'a b' x", "日本'a'", "0xff", "a-b 10.0.0.7"]
)
def test_word_edges_are_those_of_ascii_in_both_engines(text):
    pattern = r"\b[0-9]+\b|\B'[^']*'"
    (ours,) = duckdb.execute("SELECT regexp_replace(?, ?, '<*>', 'g')", [text, pattern]).fetchone()
    assert re.sub(on_spark.java_pattern(pattern), "<*>", text) == ours

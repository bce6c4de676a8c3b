"""Metrics in long and wide tables become series."""

from __future__ import annotations

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.formats.metric_table.reader import READER
from afteraction.stores.evidence import EvidenceStore
from tests.corpus import corpus
from tests.formats.originals import file, original, winner

LONG = """timestamp,service,metric,value,region
2026-05-12T14:02:00Z,cart,errors,0.2,eu
2026-05-12T14:02:00Z,cart,errors,0.3,us
2026-05-12T14:03:00Z,cart,errors,,eu
"""
WIDE = """Time,TimeStamp,PodName,CpuUsage(m),Memory(Mi)
2026-05-12 14:02:00.1 +0000 UTC m=+0.1,1778594520,cart-7,12.5,NaN
2026-05-12 14:03:00.1 +0000 UTC m=+60.1,1778594580,cart-7,80,440
"""


def series_of(tmp_path, source):
    store = EvidenceStore(tmp_path)
    outcome = store.import_plan(source, READER.plan(source))
    return {(one.metric, one.service, *one.labels.values()): one for one in store.series()}, outcome


def test_a_long_table_gives_a_series_per_metric_and_labels(tmp_path):
    source = original(LONG, "metrics.csv")
    assert winner(source) == "metric_table"
    series, outcome = series_of(tmp_path, source)
    assert outcome.failures == ()
    assert set(series) == {("errors", "cart", "eu"), ("errors", "cart", "us")}
    eu = series[("errors", "cart", "eu")]
    assert [str(value) for value in eu.values] == ["0.2", "nan"]
    assert eu.times.tolist() == [1778594520.0, 1778594580.0]
    assert eu.evidence.locator.line == 2


def test_a_wide_table_gives_a_series_per_column_of_numbers(tmp_path):
    source = original(WIDE, "pod.csv")
    assert winner(source) == "metric_table"
    series, _ = series_of(tmp_path, source)
    assert set(series) == {("CpuUsage(m)", "", "cart-7"), ("Memory(Mi)", "", "cart-7")}
    assert series[("CpuUsage(m)", "", "cart-7")].values.tolist() == [12.5, 80.0]


def test_a_table_of_time_and_value_is_named_after_its_file(tmp_path):
    source = original("date;value\n2026-05-12T14:02:00Z;4\n", "archive.zip!cpu-load.csv")
    series, _ = series_of(tmp_path, source)
    assert list(series) == [("cpu-load", "")]


def test_a_mapping_goes_before_all_names(tmp_path):
    text = "t0,what,n,value\n2026-05-12T14:02:00Z,errors,5,9\n"
    mapping = {"time": "t0", "metric": "what", "value": "n"}
    series, _ = series_of(tmp_path, original(text, "m.csv", mapping=mapping))
    assert [(key[0], one.values.tolist()) for key, one in series.items()] == [("errors", [5.0])]


def test_times_without_a_zone_need_one(tmp_path):
    text = "time,value\n2026-05-12 14:02:00,4\n"
    series, outcome = series_of(tmp_path / "a", original(text, "m.csv"))
    assert (series, outcome.failures_total) == ({}, 1)
    assert "--zone" in outcome.failures[0].next_step
    series, _ = series_of(tmp_path / "b", original(text, "m.csv", zone="Europe/Berlin"))
    assert series[("m", "")].times.tolist() == [1778587320.0]


@pytest.mark.parametrize(
    "text",
    ["name,count\na,1\n", "time,message\n2026-05-12T14:02:00Z,boom\n", "a,b\nc,d\n",
     "time,trace_id,duration\n2026-05-12T14:02:00Z,ab,5\n",
     "time,status,text\n2026-05-12T14:02:00Z,500,the shop could not be reached by anybody\n"],
)  # fmt: skip
def test_tables_of_other_things_are_left_alone(text):
    assert READER.sniff(original(text, "x.csv")) == 0.0


def test_a_table_without_numbers_says_what_to_do():
    with pytest.raises(AfteractionError, match="mapping"):
        READER.plan(original("time,word\n2026-05-12T14:02:00Z,x\n", "x.csv"))


def test_metrics_of_every_benchmark_scenario_are_read_whole(tmp_path):
    for path in sorted(corpus("datasets/open/root_cause_bench").glob("*/data/metrics.csv")):
        source = file(path)
        assert winner(source) == "metric_table"
        store = EvidenceStore(tmp_path / path.parent.parent.name)
        outcome = store.import_plan(source, READER.plan(source))
        assert outcome.rows == {"samples": len(path.read_bytes().splitlines()) - 1}
        assert outcome.failures == ()

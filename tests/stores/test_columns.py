"""Whole columns of records say the same as the records one by one."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, Document, Event
from afteraction.stores.columns import Unusual, records_of, table_of
from afteraction.stores.schemas import nested_row, nested_schema
from tests.effort import examples
from tests.stores.test_records import event, every_field


@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data(), st.sampled_from([Event, Change, Document]))
def test_columns_hold_what_rows_hold(data, kind):
    records = data.draw(st.lists(every_field(kind), max_size=4))
    rows = pa.Table.from_pylist([nested_row(record) for record in records], nested_schema(kind))
    assert table_of(kind, records).equals(rows)
    assert records_of(kind, rows) == records


def test_records_of_several_batches_come_back_in_order():
    events = [event(number, f"/{number}") for number in range(7)]
    table = pa.concat_tables([table_of(Event, events[:3]), table_of(Event, events[3:]).slice(0, 4)])
    assert records_of(Event, table) == events
    assert records_of(Event, table.slice(2, 3)) == events[2:5]


def test_a_mapping_without_a_text_is_left_to_the_way_of_one_record():
    odd = Event(
        instant=event(1, "/a").instant, title="t", evidence=event(1, "/a").evidence, lane=event(1, "/a").lane,
        attributes={"number": None},
    )  # fmt: skip
    with pytest.raises(Unusual):
        table_of(Event, [odd])

"""A field's time is read, or the reason is said with the next step."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.core.evidence import Failure, Locator
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.reading import ReadOptions, Source

PLACE = Locator(line=7, pointer="/at")


def source(**options: str) -> Source:
    return Source("e" * 64, "alerts.json", 0, b"", lambda: io.BytesIO(b""), options=ReadOptions(**options))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, '"at" is missing'),
        (True, "not a time"),
        ([1], "not a time"),
        (float("nan"), "not a time"),
        (float("inf"), "not a time"),
        ("2026-13-05T00:00:00Z", "is not a date"),
        ("22025-05-12T00:00:00Z", "year of 5 digits"),
        ("2026-05-12T14:00:00", "--zone"),
        (10**17 * 5000, "not a"),
    ],
)
def test_what_is_no_time_is_said_with_its_place(value, said):
    found = read_field_time(source(), value, "at", PLACE)
    assert isinstance(found, Failure) and said in str(found) and "line 7, /at" in str(found) and found.next_step


def test_a_declared_zone_and_a_stated_unit_are_used():
    naive = read_field_time(source(zone="Europe/Berlin"), "2026-05-12T14:00:00", "at", PLACE)
    assert isinstance(naive, Instant) and naive.utc.hour == 12 and not naive.tz_known
    counted = read_field_time(source(), 1778594400000, "at", PLACE, unit="ms")
    assert isinstance(counted, Instant) and counted.flags == () and counted.utc.year == 2026


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers())))
def test_nothing_makes_it_raise(value):
    assert isinstance(read_field_time(source(), value, "at", PLACE), Instant | Failure)


def test_the_ways_machines_write_never():
    assert all(map(is_never, (None, "", "0001-01-01T00:00:00Z"))) and not is_never("2026-05-12T14:00:00Z")

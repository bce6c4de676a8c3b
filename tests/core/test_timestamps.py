"""Written times are read as they stand, and a time without a zone is refused unless somebody declares one."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.core.errors import NaiveTime, UnreadableTime
from afteraction.core.flags import Flag
from afteraction.core.instant import Precision
from afteraction.core.timestamps import from_epoch, read_timestamp


@pytest.mark.parametrize(
    ("text", "utc", "zone"),
    [
        ("2026-11-20T21:41:06.768Z", "2026-11-20T21:41:06.768", "Z"),
        ("2026-05-12 14:02:00 CEST", "2026-05-12T12:02:00", "CEST"),
        ("20/Nov/2026:21:41:06 +0100", "2026-11-20T20:41:06", "+0100"),
        ("Tue, 12 May 2026 14:02:11 +0200", "2026-05-12T12:02:11", "+0200"),
        ("2026-05-12 14:02:03 Europe/Berlin", "2026-05-12T12:02:03", "Europe/Berlin"),
        ("2026-05-12T14:02:03,5+02:00", "2026-05-12T12:02:03.5", "+02:00"),
    ],
)
def test_a_stated_zone_is_kept_as_written(text, utc, zone):
    instant = read_timestamp(text)
    assert instant.utc == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert (instant.source_tz, instant.original_text, instant.tz_known) == (zone, text, True)


def test_a_naive_time_is_refused_with_the_way_out():
    with pytest.raises(NaiveTime, match="--zone"):
        read_timestamp("2026-05-12 14:02:03")


def test_a_declared_zone_is_marked_as_assumed():
    instant = read_timestamp("2026-05-12 14:02", zone="Europe/Berlin")
    assert instant.utc == datetime(2026, 5, 12, 12, 2, tzinfo=UTC)
    assert (instant.tz_known, instant.precision) == (False, Precision.MINUTE)
    assert Flag.ZONE_ASSUMED in instant.flags


def test_an_hour_that_happened_twice_keeps_both_candidates():
    instant = read_timestamp("2026-10-25 02:30:00 Europe/Berlin")
    assert [instant.utc, *instant.alternatives] == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ]
    assert Flag.FOLD in instant.flags


def test_an_hour_that_never_happened_is_flagged():
    assert Flag.GAP in read_timestamp("2026-03-29 02:30:00 Europe/Berlin").flags


@pytest.mark.parametrize("text", ["22025-03-18T09:36:00Z", "2026-13-05T00:00:00Z", "soon", "", "2026-02-30T10:00Z"])
def test_what_is_not_a_time_is_refused(text):
    with pytest.raises(UnreadableTime):
        read_timestamp(text)


@pytest.mark.parametrize(("unit", "scale"), [("s", 1), ("ms", 1e3), ("us", 1e6), ("ns", 1e9)])
def test_the_size_of_a_bare_number_tells_its_unit(unit, scale):
    assert from_epoch(int(1_795_210_874 * scale)).utc == from_epoch(int(1_795_210_874 * scale), unit).utc


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    with contextlib.suppress(UnreadableTime):
        assert read_timestamp(text, zone="UTC").utc.tzinfo is UTC


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))
def test_every_iso_time_survives_a_round_trip(moment):
    assert read_timestamp(moment.isoformat() + "Z").utc == moment.replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["9" * 5000, "1e999", "9999-12-31T24:00Z"])
def test_a_time_beyond_all_years_is_refused_and_not_an_accident(text):
    with pytest.raises(UnreadableTime):
        read_timestamp(text)
    with pytest.raises(UnreadableTime):
        from_epoch(text)

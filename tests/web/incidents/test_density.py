"""Counts per stretch of time: exact for every range, from few blocks, against counting one by one."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.web.incidents import density, queries
from afteraction.web.incidents.actions import open_incident, store_analysis
from afteraction.web.incidents.density import SECOND, WIDTHS, bars, blocks_of, covering, level_for
from afteraction.web.incidents.timeline.picture import look
from afteraction.web.ui.drawing.scale import Scale
from tests.web import documents

YEAR = 365 * 86_400
_TIMES = st.one_of(st.integers(0, 600), st.integers(0, YEAR)).map(lambda second: 1_778_000_000 + second)
_EVENTS = st.lists(st.tuples(_TIMES, st.integers(0, 999_999), st.sampled_from(["logs", "chat"])), max_size=40)
_ENDS = st.tuples(st.integers(-100, YEAR), st.integers(1, YEAR))


@settings(max_examples=60, deadline=None)
@given(said=_EVENTS, ends=_ENDS)
def test_any_range_is_counted_exactly(said: list[tuple[int, int, str]], ends: tuple[int, int]) -> None:
    events = [(second * SECOND + micro, lane, lane == "logs") for second, micro, lane in said]
    stored = {(level, block): counts for level, block, counts in blocks_of(events)}
    low = (1_778_000_000 + ends[0]) * SECOND
    high = low + ends[1] * SECOND
    level = level_for(low, high)
    parts = list(covering(low, high, level))
    found = bars(low, high, level, parts, stored)
    for lane in ("logs", "chat"):
        inside = [at for at, where, _ in events if where == lane and low <= at < high]
        assert sum(bar.count for bar in found.get(lane, [])) == len(inside)
        for bar in found.get(lane, []):
            assert bar.count == sum(bar.start_us <= at < bar.end_us for at in inside)
    assert found.get(density.KEY, []) == found.get("logs", [])
    assert len(found.get("logs", [])) <= density.MOST_BINS + 2
    assert sum(len(part.blocks()) for part in parts) <= 3 * len(WIDTHS)


def test_each_level_fills_the_next_exactly() -> None:
    for fine, coarse in pairwise(WIDTHS):
        assert coarse % fine == 0


@pytest.mark.django_db
def test_at_most_two_thousand_marks_are_drawn_whatever_there_is() -> None:
    """Every lane is crowded with events that last for hours, so that each touches every stretch."""
    lanes = ("changes", "alerts", "logs", "metrics", "chat", "customers", "status", "document")
    until = documents.instant("18:00")
    events = [
        documents.event(n, f"14:{n // 60 % 60:02d}:{n % 60:02d}", lanes[n % 8], "note", "e", until=until)
        for n in range(3_000)
    ]
    events.sort(key=lambda each: (each["value"], each["id"]))
    stored = store_analysis(open_incident("INC-1", title="x"), documents.document(events=events), "f1")
    begin = queries.moment_at(stored.first_us or 0)
    for start, length in ((0, 60), (0, 3600), (600, 60), (1800, 5), (3500, 3600), (-9000, 90_000)):
        scale = Scale(begin + timedelta(seconds=start), begin + timedelta(seconds=start + length))
        seen = look(stored, scale)
        drawn = sum(map(len, seen.marks.values())) + sum(map(len, seen.counted.values()))
        assert 0 < drawn <= 2_000

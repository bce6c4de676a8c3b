"""Plots say what they are given: places in per cent, labels that touch nothing, text that is escaped."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.web.ui.drawing.board import Board, Strip, draw
from afteraction.web.ui.drawing.flags import Flag, Placed, place
from afteraction.web.ui.drawing.impact import Step, draw_steps
from afteraction.web.ui.drawing.lanes import Bar, Lane, Mark, Silence, draw_lane
from afteraction.web.ui.drawing.scale import Scale, spanning
from afteraction.web.ui.drawing.strips import MOST_POINTS, Line, draw_line
from afteraction.web.ui.drawing.svg import element, group
from tests.effort import examples

START = datetime(2026, 5, 12, 13, 40, tzinfo=UTC)
SCALE = Scale(START, START + timedelta(hours=2))
moments = st.floats(0, 100)


def parsed(svg: str) -> ElementTree.Element:
    """A piece of SVG as a tree; fails when it is not well-formed."""
    return ElementTree.fromstring(f"<svg>{svg}</svg>")


def test_text_and_attributes_are_escaped() -> None:
    drawn = element("text", '<b>"&', x=1, aria_label='"<&')
    assert parsed(drawn)[0].text == '<b>"&'
    assert parsed(drawn)[0].get("aria-label") == '"<&'
    assert "<b>" not in drawn


def test_safe_children_are_not_escaped_twice() -> None:
    assert parsed(group(element("g", "&")))[0][0].text == "&"


@given(st.integers(1, 400 * 24 * 3600))
def test_a_scale_has_few_round_ticks_inside(seconds: int) -> None:
    scale = Scale(START, START + timedelta(seconds=seconds))
    ticks = list(scale.ticks())
    assert len(ticks) <= 9
    assert all(scale.start <= tick <= scale.end for tick in ticks)
    assert all(0 <= scale.x(tick) <= 100 for tick in ticks)


def test_ticks_are_round_on_the_clock_of_the_zone() -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    scale = Scale(START, START + timedelta(hours=8))
    assert {tick.astimezone(india).minute for tick in scale.ticks(india)} == {0}


def test_a_span_of_one_moment_has_room_on_both_sides() -> None:
    scale = spanning([START])
    assert scale.start < START < scale.end


def test_moments_outside_stay_at_the_edge() -> None:
    assert 0 <= SCALE.x(START - timedelta(days=9)) < SCALE.x(START)
    assert SCALE.x(START + timedelta(hours=2)) < SCALE.x(START + timedelta(days=9)) <= 100


flags = st.builds(
    Flag, x=moments, at=st.just("14:02"), title=st.text("abc ", min_size=1, max_size=18), meaning=st.just("ink"),
    weight=st.floats(0.5, 3),
)  # fmt: skip


def overlap(one: Placed, other: Placed) -> bool:
    """True when two labels share a row and a place in it."""
    rows = set(one.rows) & set(other.rows)
    return bool(rows) and one.box[0] < other.box[1] and other.box[0] < one.box[1]


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(flags, max_size=16))
def test_no_milestone_label_touches_another_or_leaves_the_plot(given_flags: list[Flag]) -> None:
    placed = place(given_flags)
    assert len(placed) == len(given_flags)
    shown = [each for each in placed if each.row is not None]
    for number, one in enumerate(shown):
        assert one.box[0] >= 0
        assert one.box[1] <= 100
        assert not any(overlap(one, other) for other in shown[number + 1 :])


def test_a_lonely_milestone_always_has_its_label() -> None:
    for x in (0.0, 3.0, 50.0, 97.0, 100.0):
        assert place([Flag(x, "14:02", "Impact starts", "harm")])[0].row is not None


def test_a_disputed_milestone_is_a_band_with_both_times() -> None:
    flag = Flag(60, "15:22 or 15:30", "Resolved", "signal", to=70, second_line="Resolved, 2 accounts")
    drawn = draw(Board(SCALE, flags=[flag])).plot
    assert 'class="disputed"' in drawn
    assert "15:22 or 15:30" in drawn


marks = st.builds(
    Mark, x=moments, label=st.text("abcdefgh ", min_size=1, max_size=40), spoken=st.just("x"),
    shape=st.sampled_from(["change", "alert"]), to=st.none() | moments,
)  # fmt: skip


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(marks, max_size=40))
def test_every_mark_of_a_lane_is_drawn(given_marks: list[Mark]) -> None:
    tree = parsed(draw_lane(Lane("n", "s", given_marks), 100))
    assert len(list(tree.iter("use"))) == len(given_marks)


def test_a_counted_lane_says_how_many_and_draws_the_most_the_highest() -> None:
    tree = parsed(draw_lane(Lane("Chat", "", counted=[Bar(1.2, 2.0, 1), Bar(98.0, 98.8, 2_000)], height=40), 100))
    assert [title.text for title in tree.iter("title")] == ["1 event", "2,000 events"]
    low, high = tree.iter("rect")
    assert float(high.get("height") or 0) == 24
    assert float(low.get("height") or 0) == 2


def test_a_silence_has_its_length_in_words_above_it() -> None:
    drawn = draw_lane(Lane("Status", "", silences=[Silence(20, 60, "38 min without an update")]), 0)
    texts = [text.text for text in parsed(drawn).iter("text")]
    assert texts == ["38 min without an update"]


def test_steps_are_as_high_as_their_weight_and_unknown_is_said() -> None:
    tree = parsed(group(*draw_steps([Step(10, 30, 0.5), Step(40, 60, None)], 100, 80)))
    boxes = [rect for rect in tree.iter("rect") if rect.get("class") == "impact"]
    assert boxes[0].get("height") == "40"
    assert [text.text for text in tree.iter("text")] == ["0.50", "weight unknown"]


def test_two_windows_are_two_shapes() -> None:
    tree = parsed(group(*draw_steps([Step(10, 30, 0.5, group=1), Step(50, 60, 0.5, group=2)], 100, 80)))
    assert len([rect for rect in tree.iter("rect") if rect.get("class") == "impact"]) == 2


def points(line: Line) -> list[str]:
    """The polylines of a series."""
    return [str(run.get("points")) for run in parsed(draw_line(line, SCALE, 0, 50)).iter("polyline")]


def test_a_hole_interrupts_the_line() -> None:
    times = [START.timestamp() + 60 * n for n in range(6)]
    assert len(points(Line(times, [1, 2, None, None, 3, 4]))) == 2


def test_a_long_series_keeps_its_peak() -> None:
    times = [START.timestamp() + n / 2 for n in range(14_000)]
    values = [0.0] * 14_000
    values[9_001] = 7.0
    drawn = points(Line(times, values))
    places = " ".join(drawn).split()
    assert len(places) <= MOST_POINTS + 2
    assert any(place.endswith(",0.8") for place in places), "the peak stands at the top"


def test_a_board_draws_everything_below_one_another() -> None:
    times = [START.timestamp() + 60 * n for n in range(60)]
    strip = Strip("Connections", "ledger-db", Line(times, [1.0] * 60, threshold=2, threshold_label="limit 2"))
    board = Board(
        SCALE,
        lanes=[Lane("Changes", "", [Mark(10, "v2", "v2", "change")])],
        steps=[Step(20, 40, 0.9)],
        strips=[strip],
        zone=timezone(timedelta(hours=2)),
        zone_name="Berlin",
        sentence="Lanes",
    )
    drawn = draw(board)
    tree = ElementTree.fromstring(drawn.plot)
    assert tree.get("viewBox") is None
    assert int(tree.get("height") or 0) == drawn.height
    names = [text.text for text in ElementTree.fromstring(drawn.names).iter("text")]
    assert names == ["UTC", "Berlin", "Changes", "Impact", "Connections", "ledger-db"]
    assert "limit 2" in drawn.plot
    assert "style" not in drawn.plot

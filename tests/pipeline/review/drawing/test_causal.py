"""The causal drawing: its axis of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from tests.pipeline.review.drawing.graphs import DAY, node, small_graph
from tests.pipeline.review.drawing.pictures import SVG, lines, parsed, words_of

from afteraction.core.instant import Instant
from afteraction.engine.causes.graph import CauseGraph, TopEvent
from afteraction.pipeline.review.drawing.causal import LATENT, draw_causal
from afteraction.pipeline.review.drawing.scene import Scene
from afteraction.pipeline.review.drawing.sheet import Sheet


def timed(*moments: tuple[int, ...], **last: object) -> CauseGraph:
    """A top event at 14:02 and a node for each moment."""
    nodes = [node("N1", "outcome", "Checkout failed", (2026, 5, 12, 14, 2), top=TopEvent.HAPPENED)]
    nodes += [node(f"N{at}", "event", f"Event {at}", moment, **last) for at, moment in enumerate(moments, 2)]
    return CauseGraph(nodes={each.id: each for each in nodes})


def marks(sheet: Sheet) -> dict[str, float]:
    """Where the mark of each node that has one stands, from the left."""
    found = {}
    for group in parsed(sheet).iter(f"{SVG}g"):
        for mark in group.findall(f"{SVG}path"):
            if "kg" in str(mark.get("class")).split():
                x = str(mark.get("d")).removeprefix("M").split()[0]
                found[str(group.get("data-part")).removeprefix("node:")] = float(x)
    return found


def test_minutes_of_the_incident_stand_in_their_order_and_in_proportion() -> None:
    found = marks(draw_causal(Scene(timed((2026, 5, 12, 13, 2), (2026, 5, 12, 13, 32), (2026, 5, 12, 14, 2)), day=DAY)))
    assert LATENT < found["N2"] < found["N3"] < found["N4"]
    assert found["N3"] - found["N2"] == pytest.approx(found["N4"] - found["N3"], abs=0.3)


def test_what_was_there_long_before_is_drawn_by_its_age_left_of_the_day() -> None:
    sheet = draw_causal(Scene(timed((2023, 5, 1), (2026, 5, 12, 13, 50)), day=DAY))
    assert "N2" not in marks(sheet) and "N3" in marks(sheet)
    bars = [each for each in parsed(sheet).iter(f"{SVG}rect") if "lat" in str(each.get("class")).split()]
    assert len(bars) == 1 and float(str(bars[0].get("x"))) < float(str(bars[0].get("width"))) <= LATENT
    assert "May 2023" in words_of(sheet, "meta-t")


def test_the_zone_and_the_day_of_the_axis_are_said() -> None:
    graph = timed((2026, 5, 12, 23, 30))
    graph = replace(graph, nodes={**graph.nodes, "N1": replace(
        graph.nodes["N1"], valid_from=Instant(utc=datetime(2026, 5, 12, 23, 40, tzinfo=UTC)))})  # fmt: skip
    late = datetime(2026, 5, 12, 23, 40, tzinfo=UTC)
    assert words_of(draw_causal(Scene(graph, day=late)), "zone-t") == ["Before, by age", "12 May, minutes, UTC"]
    berlin = draw_causal(Scene(graph, day=late, zone=ZoneInfo("Europe/Berlin")))
    assert words_of(berlin, "zone-t")[1] == "13 May, minutes, Europe/Berlin"
    assert "01:30" in words_of(berlin, "meta-t") and "23:30" not in words_of(berlin, "meta-t")


def test_words_of_the_axis_do_not_cover_each_other() -> None:
    minutes = [(2026, 5, 12, 13, at) for at in range(0, 60, 3)]
    sheet = draw_causal(Scene(timed((2023, 5, 1), (2023, 6, 1), *minutes), day=DAY))
    ticks = sorted((each for each in lines(parsed(sheet)) if each.bottom < 42 and "meta-t" in each.classes),
                   key=lambda each: each.left)  # fmt: skip
    assert len(ticks) > 4 and all(one.right < two.left for one, two in pairwise(ticks))


def test_what_has_no_time_says_so_and_gets_no_place_on_the_axis() -> None:
    sheet = draw_causal(Scene(small_graph(), day=DAY))
    assert words_of(sheet, "meta-t").count("time unknown") == 4
    assert not {"N5", "N7", "N8", "N9"} & marks(sheet).keys()


def test_without_any_time_there_is_no_axis_and_it_says_so() -> None:
    graph = CauseGraph(nodes={"N1": node("N1", "outcome", "Checkout failed", top=TopEvent.HAPPENED)})
    sheet = draw_causal(Scene(graph))
    assert "No node has a time yet, so there is no axis." in words_of(sheet, "meta-t")
    assert words_of(sheet, "zone-t") == []


def test_what_still_holds_reaches_to_the_end_of_the_axis() -> None:
    def bar(**last: object) -> list[float]:
        sheet = draw_causal(Scene(timed((2026, 5, 12, 13, 50), **last), day=DAY))
        return [float(str(each.get("x"))) + float(str(each.get("width"))) for each in parsed(sheet).iter(f"{SVG}rect")
                if "span" in str(each.get("class")).split()]  # fmt: skip

    assert bar() == [] and bar(still_holds=True)[0] == pytest.approx(1080, abs=0.2)

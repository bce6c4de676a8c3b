"""The 5-Whys drawing."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.pipeline.review.drawing.graphs import DAY, small_graph

from afteraction.engine.causes.graph import CauseGraph, TopEvent
from afteraction.pipeline.review.drawing.scene import Scene
from afteraction.pipeline.review.drawing.whys import draw_whys

SVG = "{http://www.w3.org/2000/svg}"


def drawn(graph: CauseGraph, **said: object) -> ElementTree.Element:
    sheet = draw_whys(Scene(graph, day=DAY, **said))  # type: ignore[arg-type]
    return ElementTree.fromstring(sheet.file())


def boxes(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    groups = [each for each in root.iter(f"{SVG}g") if each.get("data-part")]
    assert len({each.get("data-part") for each in groups}) == len(groups), "one box a node"
    return {str(each.get("data-part")).removeprefix("node:"): each for each in groups}


def test_every_node_is_drawn_once_and_what_is_shared_is_named_again() -> None:
    root = drawn(small_graph())
    assert set(boxes(root)) == {f"N{number}" for number in range(1, 10)}
    stubs = ["".join(each.itertext()) for each in root.iter(f"{SVG}g") if "stub" in str(each.get("class"))]
    assert len(stubs) == 1 and stubs[0].startswith("See above: 200")


def test_a_node_says_aloud_what_it_says_to_the_eye() -> None:
    found = boxes(drawn(small_graph()))
    assert found["N2"].get("aria-label") == "All 200 connections were in use. Event, supported, evidence E9, E15, E20"
    assert found["N5"].get("aria-label") == ("The card provider answered slowly. External, hypothesis, no evidence yet")
    assert "hyp" in str(found["N5"].get("class")) and "ref" in str(found["N9"].get("class"))


def test_text_of_people_cannot_break_out_of_the_drawing() -> None:
    found = boxes(drawn(small_graph()))
    assert found["N6"].get("aria-label", "").startswith("Release driver chose the <fast> track.")


def test_no_two_boxes_cover_each_other() -> None:
    rects = [
        tuple(float(group.find(f"{SVG}rect").get(name)) for name in ("x", "y", "width", "height"))  # type: ignore[union-attr,arg-type]
        for group in boxes(drawn(small_graph())).values()
    ]
    for at, (x, y, w, h) in enumerate(rects):
        for other in rects[at + 1 :]:
            apart = x + w <= other[0] or other[0] + other[2] <= x or y + h <= other[1] or other[1] + other[3] <= y
            assert apart, f"{(x, y, w, h)} covers {other}"


def test_a_saved_place_wins() -> None:
    rect = boxes(drawn(small_graph(), places={"N3": (400.0, 900.0)}))["N3"].find(f"{SVG}rect")
    assert rect is not None and (rect.get("x"), rect.get("y")) == ("400", "900")


def test_one_top_event_can_be_looked_at_alone() -> None:
    sheet = draw_whys(Scene(small_graph(), day=DAY), TopEvent.LASTED)
    assert "It lasted" in sheet.body and "It happened" not in sheet.body


def test_a_graph_without_anything_is_an_empty_sheet() -> None:
    sheet = draw_whys(Scene(CauseGraph()))
    ElementTree.fromstring(sheet.file())
    assert sheet.body == ""

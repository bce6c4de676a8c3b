"""Payloads are found however a file packs them, each with its place, and nothing in a payload's place is dropped."""

from __future__ import annotations

import json

import pytest

from afteraction.core.evidence import Failure
from afteraction.core.json_payloads import Payload, payloads, sketches, there
from tests.formats.originals import original

MINE = {"mine": {"at": "2026-05-12T14:00:00Z", "items": [{"n": 1}, 5, {"n": 2}]}}


def found(content: object) -> tuple[list[Payload], list[Failure]]:
    items = list(payloads(original(content), lambda one: "mine" in one, "a thing of mine", ("things",)))
    return [one for one in items if isinstance(one, Payload)], [one for one in items if isinstance(one, Failure)]


@pytest.mark.parametrize(
    ("packed", "pointer"),
    [
        (MINE, "/mine/at"),
        ([MINE], "/0/mine/at"),
        ({"things": [MINE], "more": False}, "/things/0/mine/at"),
        ({"headers": {}, "body": MINE}, "/body/mine/at"),
        ({"headers": {}, "body": json.dumps(MINE)}, "/body/mine/at"),
        ({"request": {"payload": MINE}}, "/request/payload/mine/at"),
        ({"first": {"payload": MINE, "parameters": {}}}, "/first/payload/mine/at"),
        ({"first": MINE}, "/first/mine/at"),
    ],
)
def test_a_payload_is_found_in_every_packing_and_knows_its_place(packed, pointer):
    inside, failures = found(packed)
    assert failures == [] and len(inside) == 1
    assert inside[0].place("mine", "at").pointer == pointer
    assert inside[0].text("mine", "at") == "2026-05-12T14:00:00Z"
    assert any("mine" in one for one in sketches(original(packed), ("things",)))


def test_lines_and_values_one_after_another_are_each_found():
    for text in (
        f"{json.dumps(MINE)}\n{json.dumps(MINE)}",
        f"{json.dumps(MINE, indent=1)}\n{json.dumps(MINE, indent=1)}",
    ):
        inside, failures = found(text)
        assert len(inside) == 2 and failures == []
        assert inside[1].place("mine", "at").line > inside[0].place("mine", "at").line


@pytest.mark.parametrize("other", [5, None, "x", {}, [], {"other": 1}, [[[[[MINE]]]]]])
def test_what_is_no_payload_is_listed(other):
    inside, failures = found([MINE, other])
    assert (
        len(inside) == 1 and len(failures) == 1 and "/1" in str(failures[0]) and "a thing of mine" in str(failures[0])
    )


def test_names_beside_a_payload_that_hold_none_are_listed():
    inside, failures = found({"a": MINE, "b": {"c": 1}})
    assert len(inside) == 1 and [failure.locator.pointer for failure in failures] == ["/b"]


def test_a_list_that_is_cut_off_keeps_what_stands_before_the_cut():
    text = json.dumps({"things": [MINE, MINE, MINE]}, indent=1)
    inside, failures = found(text[: text.rindex('"mine"') + 12])
    assert len(inside) == 2 and len(failures) == 1 and "cut short" in str(failures[0])


def test_an_empty_list_is_named_and_costs_nothing():
    inside, failures = found({"things": []})
    assert inside == [] and failures[0].lost == 0 and '"things"' in str(failures[0])


def test_objects_of_an_array_are_payloads_with_their_index():
    (payload,), _ = found(MINE)
    assert [one.place("n").pointer for one in payload.each("mine", "items")] == ["/mine/items/0/n", "/mine/items/2/n"]
    assert payload.below("mine", "nowhere").value == {} and payload.at("mine", "items", "7") is None


def test_attributes_hold_texts_that_are_there():
    assert there(a=" x ", b=None, c="", d=0, e=True, f=["x"]) == {"a": "x", "d": "0"}


def test_items_of_an_array_inside_an_object_stand_for_themselves_and_are_walked_once():
    rows = [{"n": number} for number in range(3000)] + [5, 6]
    (payload,), _ = found(json.dumps({"mine": {"items": rows}}, indent=1))
    each = list(payload.each("mine", "items"))
    assert [one.node.pointer for one in each] == [f"/mine/items/{number}" for number in range(3000)]
    assert (each[-1].place("n").pointer, each[-1].place("n").line) == ("/mine/items/2999/n", 9002)
    (stranger,) = payload.strangers("an item", "mine", "items")
    assert stranger.lost == 2 and stranger.locator.pointer == "/mine/items/3000"

"""JSON text keeps the places of its values, and damage costs no more than what it hit."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core import json_nodes, json_text
from afteraction.core.evidence import Failure
from afteraction.core.json_text import JsonText, Node, documents, outline
from afteraction.core.reading import HEAD_BYTES, Source
from tests.effort import examples
from tests.formats.test_every_reader import LONGEST_TIME

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
CONTAINERS = st.lists(VALUES, max_size=4) | st.dictionaries(st.text(max_size=4), VALUES, max_size=4)


def source_of(content: bytes | str) -> Source:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return Source("e" * 64, "file.json", len(raw), raw[:HEAD_BYTES], lambda: io.BytesIO(raw))


def taken(content: bytes | str) -> tuple[list[object], list[Failure]]:
    """The values of all documents, containers rebuilt from their children, and the failures."""
    values: list[object] = []
    failures: list[Failure] = []
    for found in documents(source_of(content)):
        if isinstance(found, Failure):
            failures.append(found)
        else:
            values.append(rebuilt(found))
    return values, failures


def rebuilt(node: Node) -> object:
    if node.opener == "[":
        return [value for child in node.children() if (value := rebuilt(child)) is not None or not child.damaged]
    if node.opener == "{":
        pairs = [(child.key, rebuilt(child), child) for child in node.children()]
        return {key: value for key, value, child in pairs if value is not None or not child.damaged}
    return node.value()


@settings(max_examples=examples(100), deadline=None)
@given(CONTAINERS, st.sampled_from([None, 0, 2]), st.booleans())
def test_whole_json_comes_back_as_it_was(value, indent, ascii_only):
    values, failures = taken(json.dumps(value, indent=indent, ensure_ascii=ascii_only))
    assert failures == [] and values == [value]


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.dictionaries(st.text(max_size=4), VALUES, min_size=1, max_size=3), min_size=1, max_size=4))
def test_values_a_line_and_values_one_after_another_come_back(values):
    for indent in (None, 1):
        found, failures = taken("\n".join(json.dumps(value, indent=indent) for value in values))
        assert failures == [] and found == values


@settings(max_examples=examples(100), deadline=None)
@given(CONTAINERS, st.sampled_from([None, 2]))
def test_every_place_names_the_line_on_which_its_value_begins(value, indent):
    text = json.dumps(value, indent=indent)
    lines = text.split("\n")

    def check(node: Node) -> None:
        place = node.locator()
        beginning = json.dumps(node.value())[:1] if node.opener not in "{[" else node.opener
        assert beginning in lines[place.line - 1]
        assert dug(value, place.pointer) == node.value()
        for child in node.children():
            check(child)

    for root in JsonText(text).roots():
        check(root)


def dug(value: object, pointer: str) -> object:
    """The value at a pointer, by RFC 6901."""
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def test_a_field_is_found_on_its_line_even_where_its_name_stands_elsewhere_too():
    text = '{\n "a": {"at": 1},\n "b": "\\"at\\": 2",\n "at": 3\n}'
    (root,) = JsonText(text).roots()
    root.finish()
    assert root.locator("at").line == 4 and root.locator("a", "at").line == 2


@settings(max_examples=examples(150), deadline=None)
@given(CONTAINERS, st.data())
def test_damage_is_never_raised_and_never_silent(value, data):
    text = json.dumps(value, indent=data.draw(st.sampled_from([None, 1])))
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    _, failures = taken(cut)
    assert failures, "a text that was cut short was read without a word"


@settings(max_examples=examples(150), deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60))
def test_no_bytes_at_all_make_it_raise(content):
    taken(content)
    outline(source_of(content))


def test_items_before_and_after_a_broken_one_are_kept():
    values, failures = taken('[1, {"a": oops, "b": [2]}, 3]')
    assert values == [[1, {"b": [2]}, 3]]
    assert [str(failure.locator) for failure in failures] == ["line 1, /1/a"] and "column 11" in failures[0].reason


def test_a_broken_line_costs_that_line():
    values, failures = taken('{"a":1}\n{"a":\n\n{"a":3}\n')
    assert values == [{"a": 1}, {}, {"a": 3}] and [failure.locator.line for failure in failures] == [2]


@pytest.mark.parametrize("inside", ["", '"\\ud800"'])
@pytest.mark.parametrize("depth", [400, 900, 10_000, 200_000])
def test_nesting_of_any_depth_costs_only_itself(depth, inside):
    text = "[1, " + "[" * depth + inside + "]" * depth + ", 2]"
    found = list(documents(source_of(text)))
    (root,) = (one for one in found if isinstance(one, Node))
    values = [child.value() for child in root.children() if child.key != "1"]
    failures = [one for one in found if isinstance(one, Failure)]
    assert values == [1, 2]
    assert all("nested too deeply" in str(failure) for failure in failures)
    assert len(failures) == 1 or (not failures and depth < 1_000)


def test_half_a_surrogate_pair_becomes_a_replacement_character():
    values, _ = taken('{"a": "x\\ud800y", "\\udfff": 1}')
    assert values == [{"a": "x\ufffdy", "\ufffd": 1}]
    json.dumps(values, ensure_ascii=False).encode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_other_encodings_are_read(encoding):
    values, failures = taken('{"name": "Zürich", "more": [1, 2, 3]}'.encode(encoding))
    assert values == [{"name": "Zürich", "more": [1, 2, 3]}] and failures == []


def test_invalid_utf_8_is_read_and_named():
    values, failures = taken(b'{"a": 1}\n{"a": "\xff"}')
    assert values == [{"a": 1}, {"a": "\ufffd"}]
    assert failures[0].lost == 0 and failures[0].locator.line == 2


@pytest.mark.parametrize("content", [b"", b" \n", b"\0\1\2\3binary"])
def test_empty_and_binary_files_are_named(content):
    values, failures = taken(content)
    assert values == [] and len(failures) == 1


def test_a_file_beyond_the_limit_is_read_up_to_it(monkeypatch):
    monkeypatch.setattr(json_text, "LONGEST_TEXT", 100)
    values, failures = taken(json.dumps([{"n": n} for n in range(50)]))
    assert values[0][:5] == [{"n": n} for n in range(5)]
    assert "larger than" in str(failures[0]) and "breaks off" in str(failures[1])


def test_hopeless_text_is_given_up_after_a_while_and_that_is_said():
    _, failures = taken("[" + ", ".join(["{x}"] * 5_000) + "]")
    assert len(failures) == json_nodes.MOST_DAMAGE + 1 and "the rest was not read" in str(failures[-1])


def test_values_that_share_a_line_have_places_of_their_own():
    places = [found.locator() for found in documents(source_of('{"ä":1} {"ä":1}')) if isinstance(found, Node)]
    assert places[0] != places[1] and places[1].byte_start == 9


def test_an_outline_keeps_what_is_whole_in_the_first_bytes():
    items = [{"kind": "alert", "at": n, "more": "x" * 3000} for n in range(60)]
    found = outline(source_of(json.dumps({"version": "4", "alerts": items})))
    assert found["version"] == "4" and found["alerts"][0]["at"] == 0 and len(found["alerts"]) == 20
    assert outline(source_of("plain text")) is None


def test_a_chain_of_broken_values_is_read_once_and_not_once_more_for_each_level():
    # Each link closes too early, so that the values around it once read all that follows again: twelve took minutes.
    link = '"tags": [], "params": {"a": 1}, "state": "UP", "probe": {"ip": ], '
    text = JsonText("{" + link * 60 + '"last": {}}')
    began = time.process_time()
    walked = [sum(1 for _ in _walk(root, 6)) for root in text.roots()]
    assert time.process_time() - began < LONGEST_TIME
    assert sum(walked) > 20
    assert list(text.failures("chain.json"))


def _walk(node, depth):
    yield node
    for child in node.children() if depth else ():
        yield from _walk(child, depth - 1)

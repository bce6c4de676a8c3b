"""The short way through plain YAML says what the parser of the whole language says, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.formats.config_snapshot import syntax
from afteraction.formats.config_snapshot.block_yaml import read_block

SERVICE = """\
# cart
---
name: cart   # the shop's
image: registry.example.test:5000/cart:1.4.2
ports:
- 80
- 8080
env:
  - name: DB_HOST
    value: "db.example.test: primary"
  - name: RETRIES
    value: '3'
limits: {}
hosts: []
empty:
nested:
  deeper:
      odd: -1

    # between
  flag: yes
"""
PIECES = (
    "a: 1", "b:", "  c: x y", "  - d", "- e: f", "-   g: h", "    i: j # k", "  l: 'm'", '  n: "o"', "p: {}", "", "# q",
    "  - r:", "    - s", "t: u: v", "w: |", "  x: &y z", "*y : a", "---", "...", "\tb: c", "d : e", "f: g  ", "a: 2",
    "  h:i", "<<: {a: b}", "k: - l", "m: #n", "o: p#q", "r: http://s:1/t", "é: û", "u: ünï", "v: \x07", "- ", "-",
    "? a", "w: [a, b]", "x: 'it''s'", 'y: "\\n"', "z: !!int 3", "%a", "a:  b", " b: c", "'q': r",
)  # fmt: skip


def whole(text: str) -> object:
    """What the parser of the whole language makes of one document; None where it refuses or finds several."""
    try:
        trees = list(syntax._yaml(text))
    except syntax.Unparsable:
        return None
    return trees[0].value if len(trees) == 1 else None


def ordered(value: object) -> object:
    """A tree with the order of its keys."""
    if isinstance(value, dict):
        return [(key, ordered(below)) for key, below in value.items()]
    return [ordered(below) for below in value] if isinstance(value, list) else value


def test_settings_as_people_write_them_go_the_short_way() -> None:
    found = read_block(SERVICE)
    assert found is not None
    assert ordered(found) == ordered(whole(SERVICE))
    assert found["env"][1] == {"name": "RETRIES", "value": "3"}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "text",
    ["a: &x 1\nb: *x\n", "a: |\n  b\n", "a: [b, c]\n", "a: !!str 1\n", 'a: "\\x41"\n', "a: 1\n--- \nb: 2\n",
     "a: b: c\n", "a: 1\n  b: 2\n", "\ta: 1\n", "a: b\n  c\n", "a\n", "", "a: \x85b\n"],
)  # fmt: skip
def test_what_only_the_whole_language_knows_is_left_to_it(text: str) -> None:
    assert read_block(text) is None


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_the_short_way_says_the_same_or_nothing(text: str) -> None:
    found = read_block(text)
    assert found is None or ordered(found) == ordered(whole(text))

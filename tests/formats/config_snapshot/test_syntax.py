"""YAML is built from the stream of its events exactly as the library's own loader builds it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.formats.config_snapshot.syntax import LOADER, Unparsable, parse
from tests.effort import examples

leaves = (
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12) | st.integers() | st.none()
)
trees = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_-", min_size=1), inner, max_size=4)
)


@settings(max_examples=examples(60))
@given(st.lists(trees, min_size=1, max_size=3), st.sampled_from([True, False, None]))
def test_documents_are_those_of_the_librarys_loader(documents: list[object], style: bool | None) -> None:
    text = yaml.safe_dump_all(documents, default_flow_style=style, allow_unicode=True)
    assert [tree.value for tree in parse(text, "yaml")] == list(yaml.load_all(text, Loader=LOADER))


@pytest.mark.parametrize(
    "text",
    [
        "a: &x {b: 1}\nc: *x\nd: [*x, *x]\n",
        "a: &x 1\nb: *x\n---\na: 2\n...\n---\n",
        "base: &b {k: v}\nmine:\n  <<: *b\n  z: 1\n",
        "a: !!int 3\nb: !custom {c: d}\n? e\n: f\n",
        "text: |\n  two\n  lines\nfolded: >\n  one\n  line\nempty:\n",
        "",
        "# nothing\n",
        "just a text\n",
        "a: 1\na: 2\n",
    ],
)
def test_anchors_tags_and_blocks_are_read_as_the_library_reads_them(text: str) -> None:
    assert [tree.value for tree in parse(text, "yaml")] == list(yaml.load_all(text, Loader=LOADER))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: *nothing\n", 1, "cannot be parsed"),
        ("a: &x 1\nb: &x 2\nc: 3\n", None, None),
        ("ok: 1\n? [a, b]\n: 2\n", 2, "cannot be parsed"),
        ("a: &x [*x]\n", 1, "refer to themselves"),
        ("[" * 100 + "]" * 100, 1, "100 levels deep"),
        ("a: [1, 2\nb: 3\n", 2, "broken here"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, line: int | None, reason: str | None) -> None:
    if reason is None:
        with pytest.raises(yaml.MarkedYAMLError):
            list(yaml.load_all(text, Loader=LOADER))
        with pytest.raises(Unparsable):
            parse(text, "yaml")
        return
    with pytest.raises(Unparsable, match=reason) as error:
        parse(text, "yaml")
    assert error.value.line == line

"""Fragments of HTML as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.html_text import plain_text
from tests.effort import examples


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>It is <b>down</b>.</p><p>We look&nbsp;into it.</p>", "It is down.\nWe look into it."),
        ("a<br>b<br/>c", "a\nb\nc"), ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("1 &lt; 2 &amp; 3 > 2", "1 < 2 & 3 > 2"), ("x < y", "x < y"), ("<script>alert(1)</script>hi", "hi"),
        ("<!-- no -->yes", "yes"), ("", ""),
    ],
)  # fmt: skip
def test_markup_becomes_what_is_seen(markup, text):
    assert plain_text(markup) == text


@settings(max_examples=examples(60), deadline=None)
@given(st.text(alphabet="<>/p br&;!-=\"'\n", max_size=200))
def test_any_text_is_taken(markup):
    assert "\n\n" not in plain_text(markup)

"""Cues never hide a match: whatever a pattern fits holds one of its cues."""

from __future__ import annotations

import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.formats.postmortem import cues, labels

PAIRS = [
    (pattern.pattern, words)
    for patterns, known in (
        (labels._KINDS, cues.KINDS),
        (labels._PHRASES, cues.PHRASES),
        (labels._BEFORE_TIME, cues.BEFORE_TIME),
    )
    for (_, pattern), words in zip(patterns, known, strict=True)
] + [(labels._MACHINE_ALERT.pattern, labels._OF_MACHINES)]


def covered(parsed, words):
    """Whether every text that a parsed pattern fits holds one of the words, as far as its literals show."""
    run = ""
    for code, value in parsed:
        if code is codes.LITERAL:
            run += chr(value).lower()
            if any(word in run for word in words):
                return True
            continue
        run = ""
        if code is codes.BRANCH and all(covered(branch, words) for branch in value[1]):
            return True
        if code is codes.SUBPATTERN and covered(value[3], words):
            return True
        if code is codes.MAX_REPEAT and value[0] >= 1 and covered(value[2], words):
            return True
    return False


@pytest.mark.parametrize(("pattern", "words"), PAIRS)
def test_whatever_a_pattern_fits_holds_one_of_its_cues(pattern, words):
    assert covered(parser.parse(pattern, re.IGNORECASE), words)


def test_a_missing_cue_is_noticed():
    assert not covered(parser.parse(r"\b(?:alert|alarm)s?\b", re.IGNORECASE), ("alert",))


@pytest.mark.parametrize("text", ["REſOLVED", "ıncident declared", "İncident declared"])
def test_letters_that_patterns_take_for_others_fold_alike(text):
    pattern = re.compile("resolved|incident declared", re.IGNORECASE)
    assert bool(pattern.search(text)) == cues.holds(cues.folded(text), ("resolved", "incident declared"))


WORDS = [
    *sorted({word.strip() for words in (*cues.KINDS, *cues.PHRASES) for word in words}),
    "users", "customer", "OUTAGE", "the", "to", "is", "was", "by", "of", "PROBLEM", "CRITICAL", "first", "out",
    "[FIRING", "status page", "back to normal", "to recover", "been notified", "checkout", "rollback", "fix", "on-call",
    ".", ",",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_patterns_for_lower_case_find_the_same_places(text):
    for _, pattern in (*labels._KINDS, *labels._PHRASES):
        expected = [found.start() for found in [pattern.search(text)] if found]
        for rewritten in (cues.for_lower(pattern), cues.for_words(pattern)):
            assert [found.start() for found in [rewritten.search(text.lower())] if found] == expected


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), max_size=4))
@settings(max_examples=100, deadline=None)
def test_what_a_text_is_does_not_depend_on_the_others_of_its_document(texts):
    among = labels.kinds_among(texts)
    for text in texts:
        assert labels.kind_of(text, among=among) is labels.kind_of(text)

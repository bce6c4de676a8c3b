"""A family of rules is asked only where its words stand, and that loses nothing.

Whoever adds a rule that finds something without a word of its family's needs sees it here: add the word in `triggers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.language import findings
from afteraction.engine.language.findings import FIELDS, LanguageFinding, check_text, forget_texts
from afteraction.engine.language.human import lapses
from afteraction.engine.language.packs import english
from afteraction.engine.language.triggers import ABOUT_PEOPLE, ACCUSING, EXPLAINING, MISSING, triggers_of
from benchmarks.language import sentences

_EVERY = (1 << 12) - 1


def _written() -> list[str]:
    return sorted({each.text for name in ("own.tsv", "later.tsv") for each in sentences.own(name)})


@lru_cache(maxsize=1)
def _words() -> list[str]:
    return sorted({word for text in _written() for word in text.split()})


def _asked_everything(text: str, field: str) -> tuple[LanguageFinding, ...]:
    """What every family says of a text, whatever its words."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(findings, "_families", lambda *_: _EVERY)
        forget_texts()
        found = check_text(text, field=field)
    forget_texts()
    return found


def _sample() -> Iterator[str]:
    yield from Random(7).sample(_written(), 700)


def test_no_sentence_loses_a_finding() -> None:
    lost = [text for text in _sample() if check_text(text) != _asked_everything(text, "prose")]
    assert not lost, f"Add words of these to the needs of a family in triggers.py: {lost[:5]}"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_row_of_words_loses_a_finding(data: st.DataObject) -> None:
    kept = data.draw(st.sampled_from(_written())).split()
    at = data.draw(st.integers(0, len(kept)))
    kept[at:at] = data.draw(st.lists(st.sampled_from(_words()), max_size=5))
    field = data.draw(st.sampled_from(FIELDS))
    text = " ".join(kept)
    assert check_text(text, field=field) == _asked_everything(text, field)


_AROUND = ("the", "a", "by", "of", "in", "on", "part", "'", "was", "finger", "between", "enough")


class _Everything(frozenset[str]):
    def __contains__(self, word: object) -> bool:
        return True


def test_no_row_of_words_loses_a_lapse(monkeypatch: pytest.MonkeyPatch) -> None:
    pack, random = english(), Random(3)
    work = pack["manual work"] | pack["heeding"] | pack["done by hand"] | pack["humans"] | pack["human doers"]
    words = [*sorted(lapses._beginning(pack) | work), *_AROUND]
    rows = [random.choices(words, k=random.randint(1, 12)) for _ in range(3_000)]
    found = [list(lapses.lapses_in(row, pack)) for row in rows]
    monkeypatch.setattr(lapses, "_beginning", lambda _: _Everything())
    lost = [row for row, told in zip(rows, found, strict=True) if told != list(lapses.lapses_in(row, pack))]
    assert any(found)
    assert not lost, f"Add the word at which a lapse is found to _beginning: {lost[:3]}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The disk was full.", 0),
        ("It was human error.", EXPLAINING),
        ("Paul forgot the flag.", ACCUSING),
        ("We should have waited.", MISSING),
        ("The cluster need not have been rebuilt.", MISSING),
    ],
)
def test_families_are_told_by_their_words(text: str, expected: int) -> None:
    said = set(text.lower().strip(".").split())
    assert triggers_of(english()).families(text, said) & ABOUT_PEOPLE & (expected or ABOUT_PEOPLE) == expected

"""Patterns that are looked for only where their words stand find what the patterns alone find."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from random import Random

import pytest

from afteraction.engine import language
from afteraction.engine.language.packs import english
from afteraction.engine.language.sought import Sought, words_of
from afteraction.engine.language.telling.judging import Judging

_WORDS = re.compile(r"(?<![\\\w])[A-Za-z'-]+|(?<=\\b)[A-Za-z'-]+|\d")
_BETWEEN = (" ", " ", " ", ", ", "-", "’", ". ", "\n", "")


def _all() -> Iterator[tuple[str, Sought]]:
    for module in pkgutil.walk_packages(language.__path__, f"{language.__name__}."):
        held, short = vars(importlib.import_module(module.name)), module.name.rpartition(".")[2]
        yield from ((f"{short}.{name}", each) for name, each in held.items() if isinstance(each, Sought))
    yield from ((f"judging.{name}", each) for name, each in vars(Judging(english())).items())


@pytest.mark.parametrize(("name", "sought"), [pytest.param(*each, id=each[0]) for each in _all()])
def test_it_finds_what_the_whole_pattern_finds(name: str, sought: Sought) -> None:
    random = Random(name)
    words = [*_WORDS.findall(sought.whole.pattern), "it", "The", "naïve", "database", "WAS", "1"]
    for _ in range(300):
        said = "".join(random.choice(words) + random.choice(_BETWEEN) for _ in range(random.randint(1, 14)))
        expected = [(each.span(), each.groupdict()) for each in sought.whole.finditer(said)]
        assert [(each.span(), each.groupdict()) for each in sought.finditer(said)] == expected, said
        found = sought.search(said)
        assert (found.span() if found else None) == (expected[0][0] if expected else None), said


def test_alternatives_keep_their_order_and_their_names() -> None:
    sought = Sought(r"\b(?P<one>red) fox\b|\bred (?P<two>fox jumps)\b|[(|] ?x", re.IGNORECASE)
    found = sought.search("A Red fox jumps (x")
    assert found is not None and found.groupdict() == {"one": "Red", "two": None}
    assert [each[0] for each in sought.finditer("| x and red fox, red fox (x")] == ["| x", "red fox", "red fox", "(x"]


def test_a_text_without_its_words_is_not_searched() -> None:
    sought = Sought(r"\bin (?:hindsight|retrospect)\b|\bobvious(?:ly)?\b")
    assert sought._places("The disk was full.") == []
    assert len(sought._places("Obviously.")) == 1


@pytest.mark.parametrize("said", ["ſhort", "İt", "ımpact", "Kelvin"])
def test_letters_that_stand_for_others_are_found(said: str) -> None:
    sought = Sought(r"\b(?:short|it|impact|kelvin)\b", re.IGNORECASE)
    assert (sought.search(said) is None) == (sought.whole.search(said) is None)


def test_words_are_runs_of_letters() -> None:
    assert words_of("Don't re-run 3x: naïve") == {"don", "t", "re", "run", "x", "na", "ve"}

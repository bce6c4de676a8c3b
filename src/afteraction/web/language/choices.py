"""What a team chose of the rules of the language, as a value: read from a document and written as one.

Knows what may be chosen. Refuses a rule that nobody knows, and a gate that may not be one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from afteraction.core.errors import AfteractionError
from afteraction.engine.language.packs import LANGUAGES, shipped
from afteraction.engine.language.rules import CATALOGUE, MAY_GATE, Rule, Rules, Severity
from afteraction.engine.language.words import Pack

OFF = "off"
# What no rule found and the weights of words tell: a note, or off.
BY_WEIGHT = "LW"
LEVELS = (Severity.GATE.value, Severity.NUDGE.value, Severity.NOTE.value, OFF)
BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in CATALOGUE}
# Lists to which a team adds words of its own, and what the form calls each.
LISTS: Mapping[str, str] = {
    "people": "What people are called here", "faults": "Verbs that find fault, as in the past (“hotfixed”)",
    "bad adjectives": "Adjectives that judge", "careless adverbs": "Adverbs that judge",
}  # fmt: skip
MOST_WORDS, LONGEST_WORD = 500, 60


class ChoicesUnusable(AfteractionError):
    """A choice that cannot be: `where` names it (`loudness.L9`)."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where


@dataclass(frozen=True)
class Choices:
    """`loudness` by code: gate, nudge, note or off where it is not as it comes; `words` are added to the list of that
    name and `removed` taken out of it; `left_alone` are words that a suggestion never rests on; `languages` are read
    beside English; `kept` are rules that are never lowered by themselves."""

    loudness: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    removed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_alone: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def level(self, code: str) -> str:
        """How loud a rule is at its loudest: gate, nudge, note or off."""
        return self.loudness.get(code, BY_CODE[code].loudness.value)

    @property
    def rules(self) -> Rules:
        """For the engine."""
        loud = {code: Severity(level) for code, level in self.loudness.items() if level != OFF}
        own = _own_pack(self.words, self.removed)
        return Rules(
            off=frozenset(code for code, level in self.loudness.items() if level == OFF), loudness=loud,
            packs=(*((own,) if own else ()), *(shipped(each) for each in self.languages)),
        )  # fmt: skip

    def lowered(self, code: str) -> Choices:
        """With this rule one level quieter."""
        quieter = LEVELS[min(LEVELS.index(self.level(code)) + 1, len(LEVELS) - 1)]
        return replace(self, loudness={**self.loudness, code: quieter})


def read_choices(body: Mapping[str, Any]) -> Choices:
    """Choices from a document; fields that it does not name are as they come. Raises ChoicesUnusable."""
    if strange := sorted(set(body) - {"loudness", "words", "removed", "left_alone", "languages", "kept"}):
        raise ChoicesUnusable(
            str(strange[0]), "is no field. Use loudness, words, removed, left_alone, languages, kept."
        )
    return Choices(
        loudness=dict(sorted(_loudness(_mapping(body, "loudness")).items())),
        words=_lists("words", _mapping(body, "words")), removed=_lists("removed", _mapping(body, "removed")),
        left_alone=_words("left_alone", body.get("left_alone", [])),
        languages=_languages(body.get("languages", [])), kept=_codes("kept", body.get("kept", [])),
    )  # fmt: skip


def write_choices(choices: Choices) -> dict[str, Any]:
    """The document of choices; `read_choices` reads the same from it."""
    return {
        "loudness": dict(sorted(choices.loudness.items())),
        "words": {name: list(words) for name, words in sorted(choices.words.items())},
        "removed": {name: list(words) for name, words in sorted(choices.removed.items())},
        "left_alone": list(choices.left_alone), "languages": list(choices.languages), "kept": list(choices.kept),
    }  # fmt: skip


def _own_pack(added: Mapping[str, tuple[str, ...]], removed: Mapping[str, tuple[str, ...]]) -> Pack | None:
    lists = {name: frozenset(words) for name, words in added.items() if words}
    gone = {name: frozenset(words) for name, words in removed.items() if words}
    return Pack("en", lists, removed=gone) if lists or gone else None


def _lists(where: str, said: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    if strange := sorted(set(said) - set(LISTS)):
        raise ChoicesUnusable(f"{where}.{strange[0]}", f"is no list. Use {', '.join(LISTS)}.")
    return {name: _words(f"{where}.{name}", words) for name, words in sorted(said.items()) if words}


def _mapping(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    said = body.get(name, {})
    if not isinstance(said, Mapping):
        raise ChoicesUnusable(name, "is no object.")
    return said


def _loudness(said: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, level in said.items():
        if code not in BY_CODE:
            raise ChoicesUnusable(f"loudness.{code}", "is no rule.")
        if level not in LEVELS:
            raise ChoicesUnusable(f"loudness.{code}", f"is none of {', '.join(LEVELS)}.")
        if level == Severity.GATE and code not in MAY_GATE:
            raise ChoicesUnusable(f"loudness.{code}", f"cannot be a gate. Only {' and '.join(sorted(MAY_GATE))} can.")
        if code == BY_WEIGHT and level not in (Severity.NOTE, OFF):
            raise ChoicesUnusable(f"loudness.{code}", "cannot be louder than a note: no rule found what it tells.")
        if level != BY_CODE[code].loudness:
            found[code] = level
    return found


def _words(where: str, said: Any) -> tuple[str, ...]:
    if not isinstance(said, list | tuple) or not all(isinstance(each, str) for each in said):
        raise ChoicesUnusable(where, "is no list of words.")
    words = sorted({" ".join(each.casefold().split()) for each in said} - {""})
    if len(words) > MOST_WORDS:
        raise ChoicesUnusable(where, f"has more than {MOST_WORDS} words.")
    if long := [each for each in words if len(each) > LONGEST_WORD]:
        raise ChoicesUnusable(where, f"“{long[0][:20]}…” is longer than {LONGEST_WORD} characters.")
    return tuple(words)


def _languages(said: Any) -> tuple[str, ...]:
    if not isinstance(said, list | tuple) or not all(each in LANGUAGES for each in said):
        raise ChoicesUnusable("languages", f"is no list of languages. There are {', '.join(LANGUAGES)}.")
    return tuple(sorted(set(said) - {"en"}))


def _codes(where: str, said: Any) -> tuple[str, ...]:
    if not isinstance(said, list | tuple) or not all(each in BY_CODE for each in said):
        raise ChoicesUnusable(where, "is no list of codes of rules.")
    return tuple(sorted(set(said)))

"""The rules that hold, and what they say of a text: what every page, the API and the publish gate read with.

Knows versions by number. Refuses to invent one: without rows every rule is as it comes, as version 0.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from afteraction.engine.language.actions.checking import check_action
from afteraction.engine.language.findings import LanguageFinding, check_text, unread_in
from afteraction.engine.language.packs import LANGUAGES
from afteraction.engine.language.rules import Rules
from afteraction.web.language.choices import BY_CODE, LISTS, Choices, read_choices
from afteraction.web.language.models import TeamRules


@dataclass(frozen=True)
class Current:
    """Choices with the number of their version."""

    number: int
    choices: Choices


def rules_now() -> Current:
    """The newest version."""
    row = TeamRules.objects.order_by("-number").first()
    return Current(row.number, read_stored(row.body)) if row else Current(0, Choices())


def choices_of(number: int) -> Choices:
    """The choices of that version; everything as it comes for 0 and for a number that was never given."""
    row = TeamRules.objects.filter(number=number).first() if number else None
    return read_stored(row.body) if row else Choices()


def read_stored(body: Mapping[str, Any]) -> Choices:
    """Choices that were saved once, without rules and lists that are there no more."""
    known = {
        **body,
        "loudness": {code: level for code, level in body.get("loudness", {}).items() if code in BY_CODE},
        "words": {name: words for name, words in body.get("words", {}).items() if name in LISTS},
        "removed": {name: words for name, words in body.get("removed", {}).items() if name in LISTS},
        "languages": [each for each in body.get("languages", []) if each in LANGUAGES],
        "kept": [code for code in body.get("kept", []) if code in BY_CODE],
    }
    return read_choices(known)


class Checker:
    """Reads texts by the rules that held when it was made; one for all texts of a request. `several_contributors`:
    they are of an incident whose graph has two or more. `always` are rules that are on and as loud as they come
    whatever the team chose, for what no choice may switch off; the words of the team hold for those too. `likeness`:
    words are weighed where no rule finds anybody, for who reads notes."""

    def __init__(
        self, *, several_contributors: bool = False, always: Collection[str] = (), likeness: bool = False
    ) -> None:
        body = TeamRules.objects.order_by("-number").values_list("body", flat=True).first()
        rules, self._left_alone = _prepared(json.dumps(body or {}, sort_keys=True))
        if several_contributors or always or likeness:
            rules = replace(
                rules, several_contributors=several_contributors, likeness=likeness, off=rules.off - set(always),
                loudness={code: loud for code, loud in rules.loudness.items() if code not in always},
            )  # fmt: skip
        self._rules = rules

    def __call__(
        self, text: str, *, field: str = "prose", known_people: Iterable[str] = ()
    ) -> tuple[LanguageFinding, ...]:
        """What `check_text` finds, without what rests on a word that the team leaves alone."""
        return self._without_left_alone(
            text, check_text(text, field=field, known_people=known_people, rules=self._rules)
        )

    def action(self, text: str, **facts: Any) -> tuple[LanguageFinding, ...]:
        """What `check_action` finds, by the same choices; `facts` are what it takes beside the text."""
        found = check_action(text, **facts)
        return self._without_left_alone(text, tuple(
            replace(each, severity=self._rules.severity_of(each.rule, each.severity))
            for each in found if self._rules.is_on(each.rule, each.category)
        ))  # fmt: skip

    def _without_left_alone(self, text: str, found: tuple[LanguageFinding, ...]) -> tuple[LanguageFinding, ...]:
        if not self._left_alone:
            return found
        return tuple(each for each in found if not self._is_left_alone(text[each.start : each.end]))

    def unread(self, text: str) -> dict[str, int]:
        """How many sentences are in a language that is not read, by its tag."""
        return dict(unread_in(text, rules=self._rules))

    def _is_left_alone(self, marked: str) -> bool:
        said = f" {' '.join(marked.casefold().replace('’', chr(39)).split())} "
        return any(f" {word} " in said for word in self._left_alone)


@lru_cache(maxsize=8)
def _prepared(body: str) -> tuple[Rules, tuple[str, ...]]:
    choices = read_stored(json.loads(body))
    return choices.rules, choices.left_alone

"""A pack of words: named lists of one language.

Knows how lists are written down and how regular English verbs bend. Refuses to know what a list is for.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way of saying that a pack finds: the pattern, under which rule, and what is said of it. Where `unless` is found in
    the same sentence the phrase means nothing. "" stands for the words of the rule."""

    rule: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    message: str = ""
    question: str = ""
    suggestion: str = ""
    severity: str = "nudge"


@dataclass(frozen=True, eq=False)
class Pack:
    """Lists of words in small letters, by name; `language` is the tag of BCP 47. `removed` takes words out of the lists
    that it is laid over, `phrases` are found beside the rules, `off` holds codes or categories. `state` says how far a
    language is: "measured", "started" or "own"."""

    language: str
    lists: Mapping[str, frozenset[str]]
    removed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    off: frozenset[str] = frozenset()
    name: str = ""
    state: str = "own"

    def __getitem__(self, name: str) -> frozenset[str]:
        """The list of that name; KeyError where no pack has it."""
        return self.lists[name]


def listed(text: str) -> frozenset[str]:
    """Words from a block of text, parted by white space."""
    return frozenset(text.split())


_DOUBLED = listed("""
    skip omit drop ship step plan stop ban forget slip commit submit permit run cut hit put set get let unplug plug pin
    tag map wrap swap zip chop trim unpin scan begin
""")
_IRREGULAR = {
    "forget": "forgot forgotten", "misread": "misread", "misunderstand": "misunderstood", "mistake": "mistook mistaken",
    "overlook": "overlooked", "break": "broke broken", "run": "ran run", "send": "sent", "write": "wrote written",
    "set": "set", "put": "put", "make": "made", "choose": "chose chosen", "take": "took taken", "bring": "brought",
    "give": "gave given", "shut": "shut", "cut": "cut", "do": "did done", "leave": "left", "let": "let",
    "mis-set": "mis-set", "hit": "hit", "get": "got gotten", "misspell": "misspelled misspelt", "oversleep": "overslept",
    "undo": "undid undone", "think": "thought", "catch": "caught", "begin": "began begun", "overwrite": "overwrote overwritten",
    "build": "built", "read": "read", "pay": "paid", "foresee": "foresaw foreseen", "understand": "understood", "hold": "held", "know": "knew known", "see": "saw seen", "tell": "told", "mistype": "mistyped",
}  # fmt: skip


def past(verb: str) -> frozenset[str]:
    """Past tense and participle of an English verb in its base form."""
    if verb in _IRREGULAR:
        return frozenset(_IRREGULAR[verb].split())
    if verb.endswith("e"):
        return frozenset({verb + "d"})
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return frozenset({verb[:-1] + "ied"})
    if verb in _DOUBLED:
        return frozenset({verb + verb[-1] + "ed"})
    return frozenset({verb + "ed"})


def gerund(verb: str) -> str:
    """The -ing form of an English verb in its base form."""
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ing"


def present(verb: str) -> str:
    """The third person of an English verb in its base form."""
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def pasts(verbs: frozenset[str]) -> frozenset[str]:
    """Past forms of all of them."""
    return frozenset(form for verb in verbs for form in past(verb))


def gerunds(verbs: frozenset[str]) -> frozenset[str]:
    """The -ing forms of all of them."""
    return frozenset(gerund(verb) for verb in verbs)

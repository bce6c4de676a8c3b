"""The eight properties of a process change (SPEC §5.5), proposed from the words of one sentence.

Knows which words show a property. Refuses to take a promise for an enforcement: what the words leave open is unknown.
"""

# Conditions are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass

from afteraction.engine.language.words import actions as words

NAMES = {
    "P1": "enforced by a mechanism", "P2": "covers a class of changes", "P3": "fires without anyone remembering",
    "P4": "explicit condition or threshold", "P5": "effect on failure", "P6": "auditable",
    "P7": "has an owner after completion", "P8": "bypass is impossible or logged",
}  # fmt: skip


# A limit that is moved once is no limit for all.
_MOVED = re.compile(r"(?:increas|rais|lower|decreas|chang|adjust|doubl|bump|halv|reduc)(?:e|ed|es|s)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a sentence shows of one property: True, False or None (unknown), and in which words."""

    value: bool | None
    because: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What kind of thing an action speaks of; each is the words that show it, "" where none do."""

    enforced: str = ""
    permission: str = ""
    guard: str = ""
    signal: str = ""
    practice: str = ""
    practice_first: bool = False
    repair: str = ""
    instance: str = ""
    covers: str = ""

    @property
    def mechanism(self) -> str:
        """The words that name a mechanism, unless the action only writes about it."""
        if self.enforced or self.permission:
            return self.enforced or self.permission
        if self.practice_first or (self.practice and not self.guard):
            return ""
        return self.guard or self.signal


def signs_in(text: str) -> Signs:
    """What an action speaks of."""
    plain = words.NOT_PRACTICE.sub(" ", text)
    return Signs(
        enforced=_shown(words.ENFORCED, text), permission=_shown(words.PERMISSION, text), guard=_shown(words.GUARD, text),
        signal=_shown(words.SIGNAL, text), practice=_shown(words.PRACTICE, plain),
        practice_first=bool(words.PRACTICE_HEAD.search(plain)), repair=_shown(words.REPAIR, text),
        instance=_shown(words.ONE_INSTANCE, text), covers=_shown(words.CLASS, text),
    )  # fmt: skip


def propose(text: str) -> dict[str, Proposal]:
    """P1 to P8 as the sentence shows them."""
    signs = signs_in(text)
    mechanism = signs.mechanism
    tests_only = (
        not signs.enforced and not signs.permission and bool(re.search(r"\btests?\b", text)) and not signs.guard
    )
    weakened = _shown(words.BYPASS, text)
    return {
        "P1": _yes(mechanism) if mechanism and not tests_only else _no(signs.practice, "rests on people"),
        "P2": _class(text, signs, mechanism),
        "P3": _no(weakened, "is optional") if weakened else _yes(mechanism) if mechanism else _no(signs.practice, "needs somebody to remember"),
        "P4": _yes(_shown(words.THRESHOLD, text) or (_shown(words.CONDITION, text) if mechanism else "")),
        "P5": _yes(_shown(words.EFFECT, text) or signs.enforced or signs.permission) if mechanism else _unknown(),
        "P6": _yes(_shown(words.AUDITED, text) or mechanism),
        "P7": _yes(_shown(words.OWNED, text)),
        "P8": _no(weakened, "leaves a way round") if weakened else _yes(_shown(words.NO_BYPASS, text)),
    }  # fmt: skip


def _class(text: str, signs: Signs, mechanism: str) -> Proposal:
    if not signs.covers and not signs.enforced and _MOVED.match(text):
        return _no(signs.repair or text.split(" ", 1)[0], "is about one")
    if signs.covers and not (signs.instance and not mechanism):
        return _yes(signs.covers)
    if signs.instance and not signs.enforced:
        return _no(signs.instance, "is about one")
    if signs.practice and (signs.practice_first or not signs.repair):
        return _yes(signs.practice)
    threshold = words.THRESHOLD.search(text)
    if mechanism and (mechanism != signs.signal or threshold or re.search(r"\b(?:alerts|alarms)\b", text)):
        return Proposal(True, "names no single instance")
    if re.match(r"automat\w+\b.*\w{3}s\b", text, re.IGNORECASE):
        # Automated is not enforced, but it is for all of them.
        return Proposal(True, "names no single instance")
    if signs.repair or mechanism:
        return _no(signs.repair or mechanism, "is about one")
    return _unknown()


def _shown(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0].strip() if found else ""


def _yes(shown: str) -> Proposal:
    return Proposal(True, f"“{shown}”") if shown else _unknown()


def _no(shown: str, why: str) -> Proposal:
    return Proposal(False, f"“{shown}” {why}") if shown else _unknown()


def _unknown() -> Proposal:
    return Proposal(None, "the sentence does not say")


__all__ = ("NAMES", "Proposal", "Signs", "propose", "signs_in")

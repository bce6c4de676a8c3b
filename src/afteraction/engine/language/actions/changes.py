"""Which kind of change an action is: process change, assisted practice, one-off task or intention (SPEC §5.5, §5.6).

Knows the definition and how strong each kind of remedy is. Refuses to decide: it proposes with reasons, people confirm,
and only a check shows that something is enforced.
"""

# Conditions are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from afteraction.engine.language.actions.advice import is_advice
from afteraction.engine.language.actions.kinds import Kind, kind_of
from afteraction.engine.language.actions.properties import NAMES, Proposal, Signs, propose, signs_in
from afteraction.engine.language.actions.vague import is_vague
from afteraction.engine.language.actions.written import is_link, read_action, without_markup
from afteraction.engine.language.words import actions as words
from afteraction.engine.prevention.changes import ChangeClass, Power

NEEDED = ("P1", "P2", "P3", "P6")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A proposal. `properties` are P1 to P8 with True, False or None (unknown), people's own before those of the words;
    `because` says for each in which words it shows. `reasons` are sentences for the class itself. `question` asks what
    would make more of it."""

    change_class: ChangeClass
    power: Power
    properties: Mapping[str, bool | None]
    reasons: tuple[str, ...]
    question: str
    because: Mapping[str, str] = field(default_factory=dict)


def classify(text: str, properties: Mapping[str, bool | None] | None = None) -> Verdict:
    """What an action in one sentence is. `properties` are those that people set; None among them means that they leave
    it to the words. ValueError for a property that is none of P1 to P8."""
    decided = {name: value for name, value in (properties or {}).items() if value is not None}
    unknown = sorted(set(properties or {}) - set(NAMES))
    if unknown:
        raise ValueError(f"There is no property {unknown[0]!r}. Use P1 to P8.")
    return _classified(without_markup(text)[:2_000], tuple(sorted(decided.items())))


# The changes of a review are judged again for each of its pages, and seldom changed in between.
@lru_cache(maxsize=2048)
def _classified(sentence: str, set_by_people: tuple[tuple[str, bool], ...]) -> Verdict:
    decided = dict(set_by_people)
    signs = signs_in(sentence)
    wish = _wish(sentence, signs)
    proposed = {name: Proposal(None, wish) for name in NAMES} if wish else propose(sentence)
    for name, value in decided.items():
        proposed[name] = Proposal(value, "set by people")
    values = {name: proposed[name].value for name in NAMES}
    change_class, reasons = _class_of(values, signs, wish, proposed, bool(decided))
    because = {name: proposed[name].because for name in NAMES}
    return Verdict(
        change_class, _power(change_class, sentence, signs), MappingProxyType(values), reasons,
        _question(change_class, proposed, wish), MappingProxyType(because),
    )  # fmt: skip


def is_process_change(values: Mapping[str, bool | None]) -> bool:
    """P1 ∧ P2 ∧ P3 ∧ P6 ∧ (P4 ∨ P5), all of them known (SPEC §5.5)."""
    return all(values.get(name) for name in NEEDED) and bool(values.get("P4") or values.get("P5"))


def _wish(sentence: str, signs: Signs) -> str:
    """Why a sentence is only an intention, "" where it is more."""
    if not re.search(r"[^\W\d_]{2}", sentence):
        return "there is nothing to do in it"
    if is_link(sentence):
        return "it is only a link"
    first = read_action(sentence).first
    kind = kind_of(first, sentence)
    if kind.what is Kind.QUESTION:
        return "it asks, and says nothing to do"
    if kind.what is Kind.STATEMENT and not kind.is_need and not signs.mechanism and not signs.practice:
        return "it says how something is, and nothing to do"
    advice = is_advice(first)
    if advice:
        return f"“{advice}” asks people to do better"
    vague = is_vague(first)
    if vague:
        return f"“{vague}” has no measure and no edge"
    dreamt = words.DREAMING_VERBS.search(first)
    if dreamt and not words.BOUNDED.search(sentence):
        return f"“{dreamt[0]}” never ends"
    weak = words.OPEN_VERBS.match(first)
    if (
        weak
        and not words.BOUNDED.search(sentence)
        and not (words.ENFORCED.search(first) or words.PERMISSION.search(first))
    ):
        return f"“{weak['weak']}” never ends"
    return ""


def _class_of(
    values: Mapping[str, bool | None], signs: Signs, wish: str, proposed: Mapping[str, Proposal], decided: bool
) -> tuple[ChangeClass, tuple[str, ...]]:
    if is_process_change(values):
        shown = [name for name in (*NEEDED, "P4", "P5") if values[name]]
        return ChangeClass.PROCESS_CHANGE, tuple(f"{name}: {NAMES[name]} ({proposed[name].because})." for name in shown)
    if wish and not any(proposed[name].value for name in NAMES):
        return ChangeClass.INTENTION, (f"This is an intention: {wish}.",)
    missing = tuple(
        f"{name}: {NAMES[name]} – {'no' if values[name] is False else 'unknown'} ({proposed[name].because})."
        for name in NEEDED
        if not values[name]
    )
    if not (values["P4"] or values["P5"]) and all(values[name] for name in NEEDED):
        missing = ("P4, P5: what passes, and what happens when it fails, is not said.",)
    if values["P2"]:
        return ChangeClass.ASSISTED_PRACTICE, missing
    if values["P2"] is None and (signs.practice or (not signs.repair and decided)):
        return ChangeClass.ASSISTED_PRACTICE, missing
    return ChangeClass.ONE_OFF, missing


def _question(change_class: ChangeClass, proposed: Mapping[str, Proposal], wish: str) -> str:
    if change_class is ChangeClass.INTENTION:
        if "asks people" in wish:
            return "What in the system would make that care unnecessary?"
        return "What exactly will be different, where, and how would one see it?"
    if change_class is ChangeClass.ONE_OFF:
        return "This reads like a one-off task; what would make it happen every time?"
    if change_class is ChangeClass.ASSISTED_PRACTICE:
        if proposed["P1"].value and not (proposed["P4"].value or proposed["P5"].value):
            return "What happens when it fails: does it block, page or roll back?"
        if proposed["P1"].value is None:
            return "Which mechanism holds it in place, so that nobody has to remember it?"
        return "This rests on somebody remembering; what would make it happen without that?"
    if proposed["P2"].because == "names no single instance":
        return "Does this hold for every change of the kind, or only where this incident was?"
    if proposed["P5"].value is None:
        return "What happens when it fails: does it block, page or roll back?"
    if proposed["P7"].value is None:
        return "Who keeps it working after it is done?"
    if proposed["P8"].value is None:
        return "Can it be bypassed, and would that be logged?"
    return "Which check shows that it still holds?"


def _power(change_class: ChangeClass, sentence: str, signs: Signs) -> Power:
    """RCA² action hierarchy, adapted (SPEC §5.6)."""
    if change_class is ChangeClass.INTENTION:
        return Power.WEAK
    forced = signs.enforced or signs.permission or words.STRONG.search(sentence)
    if change_class is ChangeClass.PROCESS_CHANGE:
        return (
            Power.STRONG if forced or re.search(r"\b(?:gate|presubmit|pre-submit)\b", sentence) else Power.INTERMEDIATE
        )
    if change_class is ChangeClass.ASSISTED_PRACTICE:
        middle = re.search(r"\b(?:drill|game ?day|simulat\w+|two[- ]person|specific review|codeowners|smoke tests|canar\w+)\b", sentence, re.IGNORECASE)  # fmt: skip
        return Power.INTERMEDIATE if middle or signs.mechanism else Power.WEAK
    if signs.practice_first:
        return Power.WEAK
    return Power.STRONG if words.STRONG.search(sentence) else Power.INTERMEDIATE

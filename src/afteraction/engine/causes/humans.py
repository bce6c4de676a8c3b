"""Kinds of human actions, and what helps with each (SPEC §7.7, after Reason and HSE).

Knows the five types, what usually shapes them, which remedies fit and which do not. Refuses to know who it was: a
record belongs to an action by a role, and says how it made sense at the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from afteraction.engine.causes.graph import CauseGraph, HumanAction, HumanType, Node, natural
from afteraction.engine.prevention.changes import Change, ChangeKind, ChangeState
from afteraction.engine.review.findings import ReviewFinding, Severity

SENSE_QUESTION = "How did it make sense at the time?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What helps with one type. `test` asks whether it is this type, `refusals` are remedies that are not offered, and
    why."""

    type: HumanType
    title: str
    test: str
    factors: tuple[str, ...]
    remedies: tuple[str, ...]
    refusals: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing of the situation to ask for on every action (R108)."""

    name: str
    question: str


SITUATION: tuple[Prompt, ...] = (
    Prompt("interface", "What did the screen or the command show, and what did it leave out?"),
    Prompt("information", "What was known at that minute, and what could not be seen yet?"),
    Prompt("time pressure", "What had to be ready by when, and what was waiting for it?"),
    Prompt("defaults", "What happens when nobody chooses anything?"),
    Prompt("permissions", "What did the tool allow, and how far does that reach?"),
    Prompt("monitoring", "What would have shown the effect, and how soon?"),
)

_ADVICE = {
    HumanType.SLIP: Advice(
        type=HumanType.SLIP,
        title="Slip",
        test="Did the role do what it meant to do? No: the intention was right, the key or the target was another.",
        factors=("similar prompts", "no sign of the context", "defaults", "interruption"),
        remedies=(
            "a forcing function",
            "the context in sight",
            "typing the target to confirm",
            "undo",
            "permissions split",
        ),
        refusals=("training",),
        because="training does not make slips rarer: the intention was right already",
    ),
    HumanType.LAPSE: Advice(
        type=HumanType.LAPSE,
        title="Lapse",
        test="Was a step left out that the role knew of and meant to do?",
        factors=("long lists by hand", "a hand-over", "a delay", "alarms switched off"),
        remedies=(
            "the step automated",
            "a gate on the precondition",
            "a reminder at the point of use",
        ),
        refusals=("be careful",),
        because="memory does not hold better for being asked to",
    ),
    HumanType.RULE_MISTAKE: Advice(
        type=HumanType.RULE_MISTAKE,
        title="Rule mistake",
        test="Was a good rule used in another situation than it is for, or was the rule itself unfit?",
        factors=("a runbook older than the system", "an alert that points elsewhere"),
        remedies=("the rule or the alert mended", "a signal that tells the situations apart"),
    ),
    HumanType.KNOWLEDGE_MISTAKE: Advice(
        type=HumanType.KNOWLEDGE_MISTAKE,
        title="Knowledge mistake",
        test="Was there no rule that fits, so that the role worked from a picture of the system that differed from it?",
        factors=("no documentation", "hidden coupling", "a rare state"),
        remedies=("the state made observable", "a simulation", "a simpler architecture"),
        refusals=("blame for not knowing",),
        because="nobody knows a state that the system does not show",
    ),
    HumanType.VIOLATION: Advice(
        type=HumanType.VIOLATION,
        title="Violation, routine or situational",
        test="Was a rule known and not followed?",
        factors=("a rule that does not fit the work", "pressure", "usual practice"),
        remedies=("the rule changed", "the system changed so that the right way is the easy way"),
        refusals=("discipline",),
        because="measures against people have no place in a review",
    ),
}

# How the refused remedies are recognised in the words of a change or of a chosen remedy.
_REFUSED_WORDS = {
    HumanType.SLIP: re.compile(r"\b(?:re-?)?train(?:s|ed|ing)?\b|\bcourses?\b|\bworkshops?\b|\bawareness\b", re.I),
    HumanType.LAPSE: re.compile(
        r"\bcareful(?:ly)?\b|\bcare\b|\battenti(?:on|ve)\b|\bremember\b|\bmindful\b|\bvigilan\w+", re.I
    ),
    HumanType.KNOWLEDGE_MISTAKE: re.compile(r"\bblam\w+|\bshould (?:have )?know\w*\b|\breprimand\w*", re.I),
    HumanType.VIOLATION: re.compile(
        r"\bdisciplin\w+|\bsanction\w*|\bwarning letter\b|\breprimand\w*|\bpunish\w*|\bconsequences for\b", re.I
    ),
}
# "mandatory training data set" is a thing, and so is a training job.
_TRAINING_THINGS = re.compile(
    r"\btraining\s+(?:data|set|sets|job|jobs|run|runs|pipeline|cluster|model|dataset)\b", re.I
)


def advice(human_type: HumanType) -> Advice:
    """What helps with one type of human action."""
    return _ADVICE[human_type]


def refused_because(human_type: HumanType | None, text: str, kind: ChangeKind | None = None) -> str:
    """Why a remedy in these words (or a change of that kind) is not offered for the type; "" where it may be."""
    if human_type is None or human_type not in _REFUSED_WORDS:
        return ""
    plain = _TRAINING_THINGS.sub(" ", text)
    is_training = human_type is HumanType.SLIP and kind is ChangeKind.TRAINING
    return _ADVICE[human_type].because if is_training or _REFUSED_WORDS[human_type].search(plain) else ""


def unfit_remedies(graph: CauseGraph, changes: Mapping[str, Change]) -> tuple[ReviewFinding, ...]:
    """Changes aimed at an action whose type they do not help with, and chosen remedies alike; code `H01`, subject the
    change or the node of the record."""
    found = []
    for human in sorted(graph.humans.values(), key=lambda each: natural(each.id)):
        node = graph.nodes.get(human.id)
        if node is None:
            continue
        for remedy in human.remedies:
            if because := refused_because(human.type, remedy):
                found.append(_unfit(human, node, human.id, remedy, because))
                break
        for change in _aimed_at(human.id, changes.values()):
            if because := refused_because(human.type, change.text, change.kind):
                found.append(_unfit(human, node, change.id, change.text, because))
    once = {each.id: each for each in reversed(found)}
    return tuple(sorted(once.values(), key=lambda each: natural(each.subject)))


def _aimed_at(node: str, changes: Iterable[Change]) -> list[Change]:
    aimed = [each for each in changes if node in each.targets and each.state is not ChangeState.CANCELLED]
    return sorted(aimed, key=lambda each: natural(each.id))


def _unfit(human: HumanAction, node: Node, subject: str, remedy: str, because: str) -> ReviewFinding:
    assert human.type is not None
    known = _ADVICE[human.type]
    return ReviewFinding(
        code="H01",
        severity=Severity.MAY,
        subject=subject,
        sentence=f"“{remedy}” does not help with a {known.title.lower()} such as “{node.statement}”: {because}.",
        question=f"Would {', '.join(known.remedies[:-1])} or {known.remedies[-1]} do it?",
        next_step="Choose a remedy that fits",
    )

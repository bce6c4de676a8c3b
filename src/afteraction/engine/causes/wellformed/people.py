"""Rules about people in the graph: no person as a cause, and every action with what made it sensible (W01 to W04, W25).

Knows where a node stands for a person and where an action stands alone. Refuses to know rules of language: those come
from the language rooms through `check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import partial

from afteraction.engine.causes.graph import CauseGraph, HumanAction, Node, NodeKind, Relation, natural
from afteraction.engine.causes.humans import SITUATION
from afteraction.engine.causes.paths import BY_PEOPLE, is_live
from afteraction.engine.causes.verbs import has_verb
from afteraction.engine.causes.wellformed.case import Case, Check, is_confirmed, may, must
from afteraction.engine.causes.wording import question_for, quoted
from afteraction.engine.language.findings import LanguageFinding, check_text
from afteraction.engine.language.people.people import recognise_people, stands_for_person
from afteraction.engine.review.findings import ReviewFinding

PERSON_RULE, ERROR_RULE = "L1", "L4"
_TEAM = (
    r"(?:(?:the|a|an|our|their|another)\s+)?(?:[a-z][\w-]*\s+){0,3}?"
    r"(?:team|squad|department|management|crew|dev(?:elopment)?|operations|ops|devops|sre|qa|leadership)"
)
# The language rooms judge what is said of a person; a team as the culprit is a matter of the graph.
_TEAM_ALONE = re.compile(rf"^{_TEAM}$", re.I)
_TEAM_AT_FAULT = re.compile(
    rf"^{_TEAM}\s+(?:(?:was|were|is|are)\s+(?:to blame|at fault|careless|negligent|inattentive|the culprit)|"
    r"(?:caused|broke)\s+(?:this|it|the|production|prod)\b|(?:messed|screwed)\b|made (?:a|the|this) mistakes?\b|"
    r"(?:forgot|neglected|ignored|overlooked)\b|(?:failed|refused)\s+to\b|(?:did not|didn't) (?:care|bother|think)\b)",
    re.I,
)


def check_people(case: Case) -> Iterator[ReviewFinding]:
    """W01 and W25: no cause is a person, a team or "human error", and no node says so in other words. W02 and W03: an
    action rests on a condition, and no path ends at it."""
    said = {
        node.id: tuple(each for each in case.check(node.statement) if each.rule in (PERSON_RULE, ERROR_RULE))
        for node in case.nodes()
        if is_live(node) and node.statement.strip()
    }
    named = _named_people(case)
    culprits = {
        node.id: who
        for node in case.paths.contributors
        if node.id in said and (who := _culprit(node, named, said[node.id]))
    }
    for ident in said:
        node = case.graph.nodes[ident]
        if ident in culprits:
            yield _person_as_cause(node, culprits[ident])
        elif said[ident]:
            yield _accusing(node, said[ident][0])
    yield from _check_actions(case, culprits.keys())


def supported_people(graph: CauseGraph, *, check: Check | None = None) -> tuple[ReviewFinding, ...]:
    """W01 of the nodes that are called supported (SPEC R032), in the order of their ids: a draft may say so for now,
    a settled cause may not. `check` is that of `check_graph`."""
    case = Case(graph=graph, check=check or partial(check_text, field="cause"))
    return tuple(each for each in check_people(case) if each.code == "W01" and is_confirmed(graph.nodes[each.subject]))


def _check_actions(case: Case, culprits: AbstractSet[str]) -> Iterator[ReviewFinding]:
    leaves = {node.id for node in case.paths.leaves}
    for node in case.paths.contributors:
        if node.kind not in BY_PEOPLE:
            continue
        if not _enabling(case, node, culprits):
            yield (must if is_confirmed(node) else may)(
                "W02",
                node.id,
                f"{quoted(node)} stands alone: no condition says what made it possible.",
                _situational(),
                "Add a condition",
            )
        if node.id in leaves:
            yield may(
                "W03",
                node.id,
                f"This path ends at what somebody did: {quoted(node)}.",
                question_for(node),
                "Go on from here",
            )


def check_accounts(case: Case) -> Iterator[ReviewFinding]:
    """W04: a record of a human action says what shaped it and how it made sense."""
    for human in sorted(case.graph.humans.values(), key=lambda each: natural(each.id)):
        node = case.graph.nodes.get(human.id)
        if node is None or not is_live(node):
            continue
        shaped = any(each.strip() for each in human.factors)
        lacks_factor = human.type is not None and not shaped
        lacks_sense = not human.sense.strip() and _was_begun(human)
        if not (lacks_factor or lacks_sense):
            continue
        missing = [
            *(["names nothing that shaped it"] if lacks_factor else []),
            *(["has no account of how it made sense"] if lacks_sense else []),
        ]
        yield must(
            "W04",
            human.id,
            f"{quoted(node)} {' and '.join(missing)}. An action keeps its place once the view from that minute "
            "is written down.",
            question_for(node),
            "Ask the role" if lacks_sense else "Name a factor",
        )


def _was_begun(human: HumanAction) -> bool:
    return human.type is not None or bool(human.factors or human.remedies or human.asked_of)


def _enabling(case: Case, node: Node, culprits: AbstractSet[str]) -> bool:
    """Whether a live condition or barrier bears on it; a person or a team is no condition."""
    for edge in case.paths.edges_into.get(node.id, ()):
        source = case.graph.nodes[edge.source]
        is_condition = source.kind in (NodeKind.CONDITION, NodeKind.BARRIER) and edge.relation is not Relation.MITIGATED
        if is_condition and source.id not in culprits:
            return True
    return False


def _culprit(node: Node, named: tuple[str, ...], said: tuple[LanguageFinding, ...]) -> str:
    """Whom the node makes the cause, in words that repeat no name; "" for nobody."""
    text = " ".join(node.statement.split()).strip(" .!?")
    if any(each.rule == ERROR_RULE for each in said):
        return "human error"
    if _TEAM_ALONE.match(text) or _TEAM_AT_FAULT.match(text):
        return "a team"
    if said and not has_verb(text):
        return "a person"
    for name in named:
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", node.statement):
            if stands_for_person(node.statement, found.start(), found.end()):
                return "a person"
    return ""


def _named_people(case: Case) -> tuple[str, ...]:
    """Names of people in the statements, read as one document; services are nobody."""
    texts = [node.statement for node in case.nodes() if is_live(node)]
    things = {service for node in case.nodes() for service in node.services}
    return tuple(spelling for person in recognise_people(texts, things) for spelling in person.spellings)


def _person_as_cause(node: Node, who: str) -> ReviewFinding:
    return must(
        "W01",
        node.id,
        f"{quoted(node)} makes {who} the cause. A cause is something that the next person would meet too.",
        "What made that the sensible thing to do, and what let it take effect?",
        "Say what the system allowed",
    )


def _accusing(node: Node, said: LanguageFinding) -> ReviewFinding:
    return must("W25", node.id, f"In {quoted(node)}: {said.message}", said.question, "Reword it")


def _situational() -> str:
    names = [prompt.name for prompt in SITUATION]
    return f"Which of these made it possible: {', '.join(names[:-1])} or {names[-1]}?"

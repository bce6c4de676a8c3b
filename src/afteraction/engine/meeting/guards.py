"""Guards against the known biases of a review (SPEC §9.4), as data for pages: what to hide, whom to hear first, what
is still missing.

Knows the rules. Refuses to guess how junior somebody is, and to measure who spoke how long.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from afteraction.engine.causes.graph import CauseGraph, NodeKind, Status
from afteraction.engine.meeting.people import Person, reporting_up
from afteraction.engine.review.findings import ReviewFinding, Severity

if TYPE_CHECKING:
    from afteraction.engine.prevention.changes import Change

# SPEC §9.4: a cause of a SEV-1 stands only beside so many alternatives.
ALTERNATIVES_ASKED = 2
SILENT_MINUTES = 2
# A box must have time left for talking after the writing.
_ENOUGH_FOR_SILENCE = 6


def silent_minutes(minutes: int) -> int:
    """Minutes of silent writing at the start of a question of so many minutes: two, one where it is short, none where
    there would be no time to talk."""
    if minutes >= _ENOUGH_FOR_SILENCE:
        return SILENT_MINUTES
    return 1 if minutes >= _ENOUGH_FOR_SILENCE // 2 else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakingOrder:
    """Ids from the most junior to the most senior, executives last. `unknown` are those whose place is not known; they
    come before executives, and the facilitator may place them."""

    order: tuple[str, ...]
    unknown: frozenset[str] = frozenset()


def speaking_order(room: Collection[str], people: Mapping[str, Person]) -> SpeakingOrder:
    """Whom to hear first, so that nobody repeats what somebody senior said (authority, anchoring; SPEC F8): of the ids
    in the `room` first those to whom the fewest of `people` report, so that nobody speaks before whoever reports to
    them."""
    below = reporting_up(people)
    unknown = {one for one in room if below.get(one) is None and not _is_executive(one, people)}

    def place(one: str) -> tuple[int, int, int, str]:
        group = 2 if _is_executive(one, people) else 1 if one in unknown else 0
        return group, below.get(one) or 0, len(one), one

    return SpeakingOrder(order=tuple(sorted(room, key=place)), unknown=frozenset(unknown))


def _is_executive(one: str, people: Mapping[str, Person]) -> bool:
    return one in people and bool(people[one].executive)


def alternatives_considered(graph: CauseGraph, node: str) -> tuple[str, ...]:
    """Ids of other explanations that were looked at for what `node` leads to: causes of the same effects that are
    ruled out, or hypotheses beside it."""
    effects = {edge.target for edge in graph.out_of.get(node, ())}
    found = {
        edge.source
        for effect in effects
        for edge in graph.into.get(effect, ())
        if edge.source != node
        and (graph.nodes[edge.source].status is not Status.CONFIRMED or edge.status is Status.REFUTED)
    }
    return tuple(sorted(found, key=lambda each: (len(each), each)))


def check_alternatives(graph: CauseGraph, severity: int | None) -> tuple[ReviewFinding, ...]:
    """Causes of a SEV-1 that are supported with fewer than two alternatives looked at (first plausible answer). An
    outcome is no cause, and what has no effect in the graph explains nothing yet."""
    if severity != 1:
        return ()
    found = []
    for node in sorted(graph.nodes.values(), key=lambda each: (len(each.id), each.id)):
        explains = node.kind not in (NodeKind.OUTCOME, NodeKind.MITIGATOR) and graph.out_of.get(node.id)
        count = len(alternatives_considered(graph, node.id))
        if explains and node.status is Status.CONFIRMED and count < ALTERNATIVES_ASKED:
            found.append(
                ReviewFinding(
                    code="ALT",
                    severity=Severity.MAY,
                    subject=node.id,
                    sentence=f"Supported with {count} of {ALTERNATIVES_ASKED} alternatives considered.",
                    question="What else would explain the same evidence?",
                    next_step="Add another explanation, and what speaks against it.",
                )
            )
    return tuple(found)


def owner_may_be_shown(change: Change) -> bool:
    """Priority is set before anybody in the room sees who would own it: by people, and both halves of it."""
    return change.impact is not None and change.urgency is not None

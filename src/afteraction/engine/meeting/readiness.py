"""Whether a review is ready for its meeting (SPEC §9.2, R151).

Knows what has to be there before people meet. Refuses an empty string as an answer, and a start without locked facts
unless somebody says why.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from afteraction.engine.causes.graph import CauseGraph, Edge, Stance, Status
from afteraction.engine.gates.matrix import SEED_GATES, GateRow, Reached
from afteraction.engine.review.document import Profile
from afteraction.engine.review.findings import ReviewFinding, Severity


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """What is there. `facts_confirmed_by` is the role that confirmed the facts, `locked_version` the version of the
    timeline that was locked (None: none). `impact` and `detection` are what the review says of them."""

    facts_confirmed_by: str = ""
    locked_version: int | None = None
    impact: str = ""
    detection: str = ""
    graph: CauseGraph = field(default_factory=CauseGraph)
    gates: Mapping[str, GateRow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that has to be there. `missing` says in a sentence what is not, "" when it is."""

    code: str
    title: str
    missing: str = ""
    next_step: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether it is there."""
        return not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """All points in their order."""

    points: tuple[Point, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return all(each.is_ready for each in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Whether a meeting may start. `refusal` says why not; `printed` is what the record of the meeting says of it."""

    allowed: bool
    refusal: str = ""
    printed: str = ""


_RESIDUE = frozenset({"tbd", "todo", "tba", "n/a", "unknown", "xxx"})


def says_something(text: str) -> bool:
    """Whether a text has words. Blanks of any kind, signs without a letter or digit, and left-over placeholders do not
    count."""
    words = "".join(each for each in text if unicodedata.category(each) not in ("Cf", "Cc", "Zs", "Zl", "Zp", "Mn"))
    return any(each.isalnum() for each in words) and words.strip(" .:-…").casefold() not in _RESIDUE


def check_readiness(preparation: Preparation) -> Readiness:
    """What is there and what is missing."""
    return Readiness(
        points=(
            _facts(preparation),
            _lock(preparation),
            _text("impact", "Impact", preparation.impact, "Say who was affected, how and for how long."),
            _text("detection", "Detection", preparation.detection, "Say what noticed it, and when."),
            _graph(preparation.graph),
            _gates(preparation.gates),
        )
    )


def may_start(readiness: Readiness, profile: Profile, override: str = "") -> Start:
    """Whether the meeting may start. In the default profile every point has to be there, or somebody says why it
    starts all the same, which is printed. A debrief walks the timeline itself: nothing has to be locked or answered
    before, and what is missing is printed."""
    missing = [each for each in readiness.points if not each.is_ready]
    if not missing:
        return Start(allowed=True)
    names = ", ".join(each.title.lower() for each in missing)
    if profile is Profile.DEBRIEF:
        return Start(allowed=True, printed=f"Open when the debrief started: {names}.")
    if says_something(override):
        return Start(allowed=True, printed=f"Started without {names}: {override.strip()}")
    return Start(
        allowed=False, refusal=f"Not ready: {names}. {missing[0].next_step} Or say why it starts all the same."
    )


def readiness_findings(readiness: Readiness) -> tuple[ReviewFinding, ...]:
    """Open points in the shape of all rules."""
    return tuple(
        ReviewFinding(
            code="READY",
            severity=Severity.MAY,
            subject=each.code,
            sentence=each.missing,
            question=f"What is missing for {each.title.lower()}?",
            next_step=each.next_step,
        )
        for each in readiness.points
        if not each.is_ready
    )


def _facts(preparation: Preparation) -> Point:
    missing = "" if says_something(preparation.facts_confirmed_by) else "Nobody confirmed the facts."
    return Point(code="facts", title="Facts confirmed", missing=missing, next_step="Confirm the facts.")


def _lock(preparation: Preparation) -> Point:
    locked = preparation.locked_version is not None and preparation.locked_version > 0
    missing = "" if locked else "No version of the timeline is locked."
    return Point(code="lock", title="Locked timeline", missing=missing, next_step="Lock a version of the timeline.")


def _text(code: str, title: str, text: str, next_step: str) -> Point:
    missing = "" if says_something(text) else f"{title} is not described."
    return Point(code=code, title=title, missing=missing, next_step=next_step)


def _graph(graph: CauseGraph) -> Point:
    """A hypothesis on why it happened, and at least one question that the meeting can answer."""
    tops = {node.id for node in graph.outcomes() if says_something(node.statement)}
    explained = any(
        edge.target in tops and says_something(graph.nodes[edge.source].statement)
        for edges in graph.into.values()
        for edge in edges
    )
    if not explained:
        missing, next_step = "No hypothesis says why it happened.", "Add a cause to the graph."
    elif not _open_questions(graph) and not _is_settled(graph):
        missing, next_step = "The graph asks nothing.", "Write down what is still open about it."
    else:
        missing = next_step = ""
    return Point(code="graph", title="Hypotheses with open questions", missing=missing, next_step=next_step)


def _open_questions(graph: CauseGraph) -> bool:
    asked = any(not each.answer and says_something(each.text) for each in graph.asks.values())
    bare = any(edge.status is Status.HYPOTHESIS and not _has_evidence(graph, edge) for edge in graph.edges.values())
    return asked or bare


def _is_settled(graph: CauseGraph) -> bool:
    """Everything is decided on evidence: then there is no question left to ask for."""
    return all(
        edge.status is Status.REFUTED or (edge.status is Status.CONFIRMED and _has_evidence(graph, edge))
        for edge in graph.edges.values()
    )


def _has_evidence(graph: CauseGraph, edge: Edge) -> bool:
    return any(each.stance is Stance.SUPPORTS for each in graph.supports_of.get(edge.id, ()))


def _gates(gates: Mapping[str, GateRow]) -> Point:
    seeds = {row.seed or row.id: row for row in gates.values()}
    bare = [title for slug, title in SEED_GATES if slug not in seeds or not _is_prefilled(seeds[slug])]
    missing = f"No record for: {', '.join(bare)}." if bare else ""
    next_step = "Add evidence of the change's way, or say which gates do not apply."
    return Point(code="gates", title="Gate records", missing=missing, next_step=next_step if bare else "")


def _is_prefilled(row: GateRow) -> bool:
    """Whether evidence or people said what this gate did: a record with its place, or why it does not apply."""
    if row.reached is Reached.NOT_APPLICABLE:
        return says_something(row.not_applicable_because)
    linked = any(says_something(each) for each in row.labels)
    return row.reached is not Reached.UNKNOWN and (linked or says_something(row.record))

"""What the fourth question shows: each gap with the changes that answer it, and what the plan is as a whole.

Knows how a change reads in a row. Refuses to judge one: class, strength, gaps and coverage come from the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from afteraction.engine.causes.ways import coverage_in_words, statements
from afteraction.engine.gates.chances import GateGap, gate_gaps
from afteraction.engine.prevention.changes import Change, ChangeClass, ChangeState
from afteraction.engine.prevention.cooloff import CoolOff, comes_back, is_cooling, waiting_line
from afteraction.engine.prevention.plan import (
    TriadPart,
    class_line,
    class_of,
    live_changes,
    shortened,
    strength_line,
    strength_mix,
    triad,
)
from afteraction.web.reviews.standing import Standing

CLASS_WORDS = {
    ChangeClass.PROCESS_CHANGE: ("process change", 4), ChangeClass.ASSISTED_PRACTICE: ("assisted practice", 3),
    ChangeClass.ONE_OFF: ("one-off", 2), ChangeClass.INTENTION: ("intention", 1),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the table: what it closes, and the change; None where nothing closes it yet."""

    gap: str
    change: Change | None = None
    kind: str = ""
    bars: tuple[bool, ...] = ()
    waiting: str = ""

    @property
    def check(self) -> tuple[str, str]:
        """What shows that it is in force: state and word. No check has run, so nothing passes."""
        if self.change is not None and self.change.state is ChangeState.CLAIMED:
            return "claim", "Claim only"
        return "later", "Not yet"


@dataclass(frozen=True)
class Plan:
    """The fourth question before anybody writes."""

    rows: tuple[Row, ...]
    answered: int
    gaps: int
    nudges: tuple[str, ...]
    triad: tuple[TriadPart, ...]
    mix: str
    classes: str
    coverage: tuple[str, ...]
    cooling: str
    returning: int


def plan_of(standing: Standing, now: datetime) -> Plan:
    """From the parts of the review and what the engine says of them."""
    document = standing.work.document
    gaps = gate_gaps(document.gates, document.changes, document.frame.waivers)
    rows = tuple(_rows(standing, gaps, now))
    open_gaps = {each.subject for each in standing.plan if each.code == "R147"}
    return Plan(
        rows=rows, answered=sum(gap.row not in open_gaps for gap in gaps), gaps=len(gaps),
        nudges=tuple(f"{each.sentence} {each.question}" for each in standing.open if each.code in ("R147", "R140"))[:2],
        triad=triad(document.changes, document.frame.waivers),
        mix=strength_line(strength_mix(document.changes, standing.judged)),
        classes=class_line(document.changes, standing.judged), coverage=tuple(_coverage(standing)),
        cooling=_cooling(standing.window, now, any(row.change for row in rows)),
        returning=len(comes_back(document.changes.values(), standing.window, now)),
    )  # fmt: skip


def _rows(standing: Standing, gaps: tuple[GateGap, ...], now: datetime) -> Iterator[Row]:
    document = standing.work.document
    shown: set[str] = set()
    for gap in gaps:
        title = document.gates[gap.row].title
        for ident in gap.changes:
            shown.add(ident)
            yield _row(standing, title, document.changes[ident], now)
        if not gap.changes:
            yield Row(title)
    for change in live_changes(document.changes):
        if change.id not in shown:
            yield _row(standing, _aim(standing, change), change, now)


def _row(standing: Standing, gap: str, change: Change, now: datetime) -> Row:
    kind = class_of(change, standing.judged)
    words, count = CLASS_WORDS[kind] if kind else ("not judged", 0)
    waiting = waiting_line(change, standing.window, now)
    return Row(gap, change, words, tuple(at < count for at in range(4)), waiting)


def _aim(standing: Standing, change: Change) -> str:
    """What a change works on where it closes no gap: a cause, or nothing yet."""
    nodes = standing.work.document.graph.nodes
    aimed = next((nodes[each].statement for each in change.targets if each in nodes), "")
    return shortened(aimed, 40) if aimed else "Linked to nothing yet"


def _coverage(standing: Standing) -> Iterator[str]:
    names = statements(standing.work.document.graph)
    for lasting, found in standing.coverages:
        if found.ways:
            yield coverage_in_words(found, names, lasting=lasting)


def _cooling(window: CoolOff | None, now: datetime, has_changes: bool) -> str:
    if not has_changes:
        return ""
    if window is None:
        return "Nobody called the incident resolved or mitigated yet, so every commit is provisional."
    if is_cooling(window, now):
        return f"Commits made before {window.opens:%-d %b %H:%M} UTC are provisional: they are confirmed again then."
    return ""

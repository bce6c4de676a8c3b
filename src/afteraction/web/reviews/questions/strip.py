"""The gates in a row: what each said, and whether it could have caught it.

Knows words and marks of outcomes. Refuses to order gates and to count chances: the engine does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached

_OUTCOMES = {
    Outcome.PASSED: ("Passed", "m-people", "pass"), Outcome.CAUGHT: ("Caught it", "m-hold", "check"),
    Outcome.ABSENT: ("Absent", "m-signal", "none"), Outcome.SKIPPED: ("Skipped", "m-signal", "skip"),
    Outcome.BYPASSED: ("Bypassed", "m-signal", "skip"), Outcome.IGNORED: ("Spoke, not heard", "m-signal", "flag"),
    Outcome.FLAKY_IGNORED: ("Taken for flaky", "m-signal", "flag"), Outcome.UNKNOWN: ("Unknown", "m-people", "ask"),
}  # fmt: skip
_COULD = {
    Could.YES: "could catch: yes", Could.PLAUSIBLY: "could catch: plausibly", Could.NO: "could not catch it",
    Could.UNKNOWN: "not answered yet",
}  # fmt: skip


@dataclass(frozen=True)
class Gate:
    """One gate of the strip; `off` marks those that did not stand in the way."""

    row: GateRow
    outcome: str
    tone: str
    icon: str
    could: str
    off: bool


def strip_of(rows: Iterable[GateRow]) -> list[Gate]:
    """Each row as it is shown; one that does not apply says why."""
    found = []
    for row in rows:
        word, tone, icon = _OUTCOMES[row.outcome]
        could = _COULD[row.could]
        if row.reached is Reached.NOT_APPLICABLE:
            word, tone, icon, could = (
                "Does not apply",
                "m-people",
                "none",
                row.not_applicable_because or "no reason yet",
            )
        off = row.reached is Reached.NO or row.outcome in (Outcome.ABSENT, Outcome.SKIPPED, Outcome.BYPASSED)
        found.append(Gate(row, word, tone, icon, could, off))
    return found

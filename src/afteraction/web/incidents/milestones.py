"""The milestones of an analysis as rows: known, conflicting or unknown.

Knows their order, short names and what each means to a reader. Refuses to pick between accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from afteraction.core.findings import MILESTONE_TITLES, Milestone
from afteraction.web.ui.preferences import moment

Json = dict[str, Any]

# meaning (colour and shape), short name, weight when labels have to give way
_LOOK = {
    Milestone.LATENT: ("people", "Introduced", 1.0),
    Milestone.TRIGGER: ("change", "Trigger", 3.0),
    Milestone.FIRST_SIGNAL: ("people", "First signal", 2.0),
    Milestone.POTENTIAL: ("harm", "Potential", 1.0),
    Milestone.IMPACT_START: ("harm", "Impact starts", 3.0),
    Milestone.FIRST_USER_REPORT: ("customer", "User report", 2.5),
    Milestone.FIRST_MONITOR: ("signal", "Monitor", 1.0),
    Milestone.DETECTED: ("signal", "Detected", 3.0),
    Milestone.FLAG: ("signal", "Flagged", 0.8),
    Milestone.ACKNOWLEDGED: ("ink", "Acknowledged", 2.0),
    Milestone.FIRST_ACTION: ("ink", "First action", 1.2),
    Milestone.DECLARED: ("ink", "Declared", 1.8),
    Milestone.DIAGNOSED: ("ink", "Diagnosed", 2.2),
    Milestone.MITIGATED: ("hold", "Mitigated", 2.6),
    Milestone.IMPACT_END: ("hold", "Impact ends", 2.6),
    Milestone.RESOLVED: ("hold", "Resolved", 2.8),
}
# Reviewing and closing come after this page, and potential impact belongs to near misses alone.
_LATER = {Milestone.REVIEWED, Milestone.CLOSED}


@dataclass(frozen=True)
class MilestoneRow:
    """One milestone with its candidates, the chosen one first."""

    name: str
    title: str
    short: str
    meaning: str
    weight: float
    candidates: tuple[Json, ...]
    is_disputed: bool

    @property
    def chosen(self) -> Json | None:
        """The candidate that metrics use; None when the milestone is unknown."""
        return self.candidates[0] if self.candidates else None

    @property
    def lacks_evidence(self) -> bool:
        """True when its moment is known and nothing that can be opened says so: somebody typed it."""
        return self.chosen is not None and not self.chosen["evidence"]

    @property
    def distinct_times(self) -> list[datetime]:
        """The different moments that accounts give, to the minute, earliest first."""
        by_minute = {candidate["value"][:16]: moment(candidate["value"]) for candidate in reversed(self.candidates)}
        return sorted(by_minute.values())

    @property
    def state(self) -> str:
        """known, conflicting or unknown."""
        if not self.candidates:
            return "unknown"
        return "conflicting" if self.is_disputed else "known"


def milestone_rows(head: Json) -> list[MilestoneRow]:
    """Every milestone that can be known by now, in the order they usually come."""
    disputed = {conflict["subject"] for conflict in head["conflicts"] if not conflict["flag"]}
    near_miss = head["incident"]["kind"] == "near_miss"
    rows = []
    for milestone in Milestone:
        if milestone in _LATER or (milestone is Milestone.POTENTIAL and not near_miss):
            continue
        meaning, short, weight = _LOOK[milestone]
        found = tuple(head["milestones"].get(milestone.value, ()))
        row = MilestoneRow(milestone.value, MILESTONE_TITLES[milestone], short, meaning, weight, found, False)
        several = milestone.value in disputed and len(row.distinct_times) > 1
        rows.append(MilestoneRow(milestone.value, row.title, short, meaning, weight, found, several))
    return rows


@dataclass(frozen=True)
class Evidenced:
    """How many milestones are known, and those of them whose moment cites no evidence, as title and account. Events
    that are no milestones do not count."""

    known: int
    without: tuple[tuple[str, Json], ...]

    @property
    def cited(self) -> int:
        """How many known milestones cite evidence."""
        return self.known - len(self.without)


def evidenced(head: Json) -> Evidenced:
    """What `coverage.share` of the analysis counts, with the milestones that keep it below one."""
    chosen = [(name, found[0]) for name, found in head["milestones"].items() if found]
    bare = [(MILESTONE_TITLES[Milestone(name)], each) for name, each in chosen if not each["evidence"]]
    return Evidenced(len(chosen), tuple(sorted(bare, key=lambda pair: str(pair[1]["value"]))))

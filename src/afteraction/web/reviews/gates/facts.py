"""What the gates page needs to know of the incident: its moments, the cool-off, and what the evidence says of gates.

Knows where each stands in the head of the analysis. Refuses to guess: what is not known is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from afteraction.core.instant import Instant, Precision
from afteraction.engine.gates.chances import reads_as_performance
from afteraction.engine.gates.matrix import Outcome, Reached
from afteraction.engine.gates.prefill import Prefill
from afteraction.engine.prevention.cooloff import CoolOff, cool_off, is_cooling
from afteraction.engine.review.known_facts import ending_known
from afteraction.engine.review.timers import Start, clock_start
from afteraction.web.ui.preferences import moment

Json = dict[str, Any]
NO_GATES: Json = {"change_triggered": None, "began_at": None, "began": "", "readings": []}


@dataclass(frozen=True)
class Reading:
    """What the evidence says of one gate: the engine's proposal, its title and the labels of its citations."""

    proposal: Prefill
    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """The facts of one incident at one moment (`now`, aware). `head` is that of its newest analysis, empty without.
    `has_impact` is False for a near miss and a milestone: nothing had to end there, so their pause is the first day of
    the review, which was `opened` then."""

    head: Json
    title: str
    opened: datetime
    now: datetime
    has_impact: bool = True

    def instant(self, name: str) -> Instant | None:
        """A milestone with its precision; None where nobody knows it."""
        found = self.head.get("milestones", {}).get(name) or ()
        return read_instant(found[0]) if found else None

    def at(self, name: str) -> datetime | None:
        """A milestone as a moment."""
        found = self.instant(name)
        return found.utc if found else None

    @cached_property
    def start(self) -> Start:
        """What starts the clocks of the review: resolution, or a day after mitigation."""
        return clock_start(ending_known(self.head))

    @cached_property
    def window(self) -> CoolOff | None:
        """When the first day's ideas come back; None while no clock runs."""
        return cool_off(self.start.at or (None if self.has_impact else self.opened))

    @property
    def is_cooling(self) -> bool:
        """Whether everything is still provisional."""
        return is_cooling(self.window, self.now)

    @property
    def created(self) -> date:
        """The day from which dates are counted: that of the resolution, else that on which the review was opened."""
        return (self.start.at or self.opened).astimezone(UTC).date()

    @property
    def today(self) -> date:
        """The day of `now`, in UTC."""
        return self.now.astimezone(UTC).date()

    @property
    def gates(self) -> Json:
        """What the evidence says of the gates."""
        found: Json = self.head.get("gates") or NO_GATES
        return found

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """What the evidence says, by gate."""
        return {each["gate"]: _reading(each) for each in self.gates["readings"]}

    @property
    def degraded_under_load(self) -> bool:
        """Whether what is said of it names slowness, saturation or load."""
        told = [str(each.get("degradation") or "") for each in self.head.get("impact_windows") or ()]
        saturated = [each["name"] for each in self.head.get("series") or () if each.get("role") == "saturation"]
        return reads_as_performance(self.title, *told, *(each.replace("_", " ") for each in saturated))


def _reading(told: Json) -> Reading:
    proposal = Prefill(
        row=told["gate"], reached=Reached(told["reached"]), outcome=Outcome(told["outcome"]), record=told["record"],
        event_ids=tuple(told["event_ids"]),
    )  # fmt: skip
    labels = tuple(dict.fromkeys(each["label"] for each in told["evidence"] if each["label"]))
    return Reading(proposal, told["title"], labels)


def read_instant(told: Json) -> Instant:
    """An instant of the document with its precision; an approximate one with the spread that it states."""
    at, precision = moment(told["value"]), Precision(told["precision"])
    if precision is Precision.APPROXIMATE and told.get("low"):
        return Instant(utc=at, precision=precision, spread=at - moment(told["low"]))
    return Instant(utc=at, precision=precision)

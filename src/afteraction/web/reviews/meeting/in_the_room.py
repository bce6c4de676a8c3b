"""What guards the judgement of a room: priorities before owners, and a step seen from the minute in which it was taken.

Knows what stays hidden until when. Refuses to write.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from afteraction.core.instant import Precision
from afteraction.engine.causes.graph import NodeKind, natural
from afteraction.engine.meeting.guards import owner_may_be_shown
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.web.incidents import queries
from afteraction.web.incidents.milestones import MilestoneRow, milestone_rows
from afteraction.web.reviews.gates.plan_rows import owner_word
from afteraction.web.reviews.meeting.occasion import Occasion
from afteraction.web.ui.preferences import moment

_STEPS = (NodeKind.ACTION, NodeKind.DECISION)
_SHARP = (Precision.SECOND, Precision.MINUTE)


@dataclass(frozen=True)
class Priority:
    """A change as its priority is judged: `owner` is "" while `is_hidden`, and where nobody owns it."""

    change: Change
    owner: str
    is_hidden: bool


@dataclass(frozen=True)
class Step:
    """Something that was done or reached at `at`; `known` are whole seconds since 1970, as addresses have them."""

    at: datetime
    title: str

    @property
    def known(self) -> int:
        """The second by which it was known."""
        return math.ceil(self.at.timestamp())


@dataclass(frozen=True)
class KnownThen:
    """What was known `at` a moment, and how many milestones are hidden because they came or were learned later."""

    at: datetime
    reached: tuple[Step, ...]
    hidden: int

    @property
    def known(self) -> int:
        """The moment as addresses have it."""
        return int(self.at.timestamp())


def priorities_of(occasion: Occasion) -> list[Priority]:
    """Every change that stands, in order."""
    live = [each for each in occasion.document.changes.values() if each.state is not ChangeState.CANCELLED]
    return [_priority(each, occasion) for each in sorted(live, key=lambda each: natural(each.id))]


def _priority(change: Change, occasion: Occasion) -> Priority:
    is_shown = owner_may_be_shown(change)
    return Priority(change, owner_word(occasion.standing.sheet, change) if is_shown else "", not is_shown)


def steps_to_judge(occasion: Occasion) -> list[Step]:
    """Moments that a room may look from: milestones, and actions and decisions of the graph that have a minute."""
    nodes = occasion.document.graph.nodes.values()
    taken = [
        Step(each.valid_from.utc, each.statement) for each in nodes
        if each.kind in _STEPS and each.valid_from and each.valid_from.precision in _SHARP
    ]  # fmt: skip
    return sorted([*taken, *_reached(occasion.standing.milestones)], key=lambda each: each.at)


def known_then(occasion: Occasion, known_by: int | None) -> KnownThen | None:
    """What was known by `known_by` (UTC microseconds); None where nothing is to be hidden, or nothing is known yet."""
    analysis = occasion.work.analysis
    if known_by is None or analysis is None:
        return None
    reached = _reached(milestone_rows(queries.known_head(analysis, known_by)))
    at = datetime.fromtimestamp(known_by / 1_000_000, UTC)
    return KnownThen(at, tuple(reached), len(_reached(occasion.standing.milestones)) - len(reached))


def _reached(rows: list[MilestoneRow]) -> list[Step]:
    found = [Step(moment(each.chosen["value"]), each.title) for each in rows if each.chosen]
    return sorted(found, key=lambda each: each.at)

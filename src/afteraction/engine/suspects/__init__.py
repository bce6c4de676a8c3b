"""Ranks what most likely started an incident: services, components and changes, each with its terms.

Start at `rank.rank`. Knows a `Case` (everything that was read, as columns and values). Refuses to read anything and
to say more than the evidence does: "no change explains this" and abstaining are answers.
"""

from afteraction.engine.suspects.case import Alert, Case
from afteraction.engine.suspects.rank import rank

__all__ = ["Alert", "Case", "rank"]

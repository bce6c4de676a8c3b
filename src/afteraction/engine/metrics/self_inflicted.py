"""How many incidents a change of one's own set off: M23.

Knows counts, and both ways to count unknown triggers. Refuses to print a share of fewer than five, and to let an
unknown trigger enter a denominator silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from afteraction.engine.metrics.detection import wilson

LEAST = 5


@dataclass(frozen=True, slots=True)
class SelfInflicted:
    """M23: incidents set off by a change, by something else, and by nobody knows what."""

    by_change: int
    otherwise: int
    unknown: int

    @property
    def known(self) -> int:
        """Incidents with a known trigger: the denominator."""
        return self.by_change + self.otherwise

    @property
    def share(self) -> tuple[float, float, float] | None:
        """(share of known triggers, low, high) with the 95 % Wilson interval; None of fewer than five."""
        return wilson(self.by_change, self.known) if self.known >= LEAST else None

    @property
    def with_unknown(self) -> tuple[float, float] | None:
        """The least and the most the share could be were every unknown trigger known; None of fewer than five."""
        whole = self.known + self.unknown
        if self.known < LEAST:
            return None
        return self.by_change / whole, (self.by_change + self.unknown) / whole

    @property
    def sentence(self) -> str:
        """`11 of 17 incidents with a known trigger were set off by a change (65 %, 95 % interval 41 to 83 %); …`"""
        told = f"{self.by_change} of {self.known} incident{'' if self.known == 1 else 's'} with a known trigger "
        told += f"{'was' if self.known == 1 else 'were'} set off by a change"
        if self.share is not None:
            share, low, high = self.share
            told += f" ({share:.0%}, 95 % interval {low:.0%} to {high:.0%})".replace("%", " %").replace("95  %", "95 %")
        if self.unknown:
            told += f"; of {self.unknown} the trigger is unknown"
        if self.with_unknown is not None and self.unknown:
            least, most = self.with_unknown
            told += f", so among all it is between {least:.0%} and {most:.0%}".replace("%", " %")
        return f"{told}."


def self_inflicted(set_off: Iterable[bool | None]) -> SelfInflicted:
    """M23 of incidents, each by whether a change set it off (None: nobody knows)."""
    found = list(set_off)
    return SelfInflicted(found.count(True), found.count(False), found.count(None))

"""The lanes of a stretch of time: which stretch an address means, and what is drawn of it.

Knows the parts of an address that place the lanes. Refuses to draw by itself and to write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from afteraction.core.records import EventKind
from afteraction.web.incidents import queries
from afteraction.web.incidents.milestones import milestone_rows
from afteraction.web.incidents.models import StoredAnalysis
from afteraction.web.incidents.timeline.picture import LANES, Seen, board_of, look, range_of
from afteraction.web.ui.drawing.board import Drawn, draw
from afteraction.web.ui.drawing.scale import Scale
from afteraction.web.ui.numbers import whole_number
from afteraction.web.ui.preferences import Clock

Json = dict[str, Any]


@dataclass(frozen=True)
class BoardPart:
    """The lanes as drawn. Times are seconds since 1970: the stretch that is drawn, the whole incident, everything,
    and the moment that the page knows of."""

    span: str
    drawn: Drawn | None
    start: int = 0
    end: int = 0
    whole_start: int = 0
    whole_end: int = 0
    first: int = 0
    last: int = 0
    known: int = 0
    step: int = 60

    @property
    def slides_from(self) -> int:
        """Where the slider begins, so that it stops at the moment that the page knows of."""
        return self.whole_start + (self.known - self.whole_start) % self.step


# What the address of the page may say.
PLACES = ("range", "from", "to", "known", "show", "kind", "event")


def board_places(asked: Mapping[str, str]) -> dict[str, str]:
    """What of an address places the lanes."""
    return {name: asked[name] for name in PLACES if asked.get(name)}


def read_known(asked: Mapping[str, str]) -> int | None:
    """The moment that the address wants to know of, in UTC microseconds; None for everything known."""
    return queries.read_seconds(asked.get("known", ""))


def read_stretch(here: Mapping[str, str]) -> tuple[datetime, datetime] | None:
    """The stretch between `from` and `to` of an address, at least a minute long; None when it names none."""
    ends = [whole_number(here.get(name, ""), 11) for name in ("from", "to")]
    if None in ends:
        return None
    start, end = sorted(end for end in ends if end is not None)
    return datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(max(end, start + 60), UTC)


def without(here: Mapping[str, str], *names: str) -> dict[str, str]:
    """The parts of an address without some of them."""
    return {name: value for name, value in here.items() if name not in names}


def slide_of(analysis: StoredAnalysis) -> tuple[datetime, datetime] | None:
    """From when to when the slider of what was known can stop: in the incident, and before all of it."""
    whole = range_of(analysis.head, queries.extent(analysis), "incident")
    return None if whole is None else (whole.start, whole.end - timedelta(seconds=_step_of(whole)))


def _step_of(whole: Scale) -> int:
    return max(60, int(whole.end.timestamp() - int(whole.start.timestamp())) // 120 // 60 * 60)


def board_part(analysis: StoredAnalysis, clock: Clock, here: Mapping[str, str]) -> BoardPart:
    """The lanes in the stretch that the address asks for (`from` and `to`, or a named `range`)."""
    known_by = read_known(here)
    extent = queries.extent(analysis)
    whole = range_of(analysis.head, extent, here.get("range", "incident"))
    if whole is None:
        return BoardPart("", None)
    stretch = read_stretch(here)
    scale = Scale(*stretch) if stretch else whole
    head = queries.known_head(analysis, known_by)
    kind = here["kind"] if here.get("kind") in set(EventKind) else ""
    seen = look(analysis, scale, known_by, kind)
    kept = without(here, "event")
    link = "?" + (urlencode(kept) + "&" if kept else "") + "event="
    board = board_of(head, seen, milestone_rows(head), scale, clock, link)
    first, last = extent or (whole.start, whole.end)
    end = int(whole.end.timestamp())
    return BoardPart(
        span=_span(scale, seen.events) + _of_kind(kind, seen),
        drawn=draw(board),
        start=int(scale.start.timestamp()),
        end=int(scale.end.timestamp()),
        whole_start=int(whole.start.timestamp()),
        whole_end=end,
        first=int(min(first, whole.start).timestamp()),
        last=int(max(last, whole.end).timestamp()),
        known=known_by // 1_000_000 if known_by is not None else end,
        step=_step_of(whole),
    )


def _of_kind(kind: str, seen: Seen) -> str:
    """What a kind does to the picture: single marks are of it alone, lanes with many events count them all."""
    if not kind:
        return ""
    crowded = ", ".join(LANES[lane][0].lower() for lane in seen.counted)
    also = f"; {crowded} counted over every kind" if crowded else ""
    return f"; marks of {kind.replace('_', ' ')} only{also}"


def _span(scale: Scale, count: int) -> str:
    events = "1 event" if count == 1 else f"{count:,} events"
    same_day = scale.start.date() == scale.end.date()
    form = "%H:%M:%S" if scale.seconds < 600 else "%H:%M"
    if not same_day:
        form = f"%-d %b {form}"
    return f"{scale.start:{form}} to {scale.end:{form}} UTC, {events}"

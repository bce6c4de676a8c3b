"""Choosing many proposals at once: what the form says, as a choice and back.

Knows the fields, their words and zones. Refuses to decide anything, and to guess a time that does not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from afteraction.core.records import EventKind, Lane
from afteraction.core.timestamps import zone_named
from afteraction.web.incidents import queries
from afteraction.web.incidents.actions.laying import Unusable
from afteraction.web.incidents.models import StoredAnalysis
from afteraction.web.incidents.timeline.picture import LANES
from afteraction.web.incidents.timeline.stretch import read_stretch
from afteraction.web.ui.preferences import Clock

_PARTS = {"signals": (Lane.LOGS, Lane.METRICS)}
SOURCES = tuple((name, said[0]) for name, said in LANES.items())


@dataclass(frozen=True)
class SweepForm:
    """The form as it stands, and how many proposals it means. `problem` says why it means none."""

    name: str = "sweep"
    kind: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    zone: str = "UTC"
    only_key: bool = True
    hides: bool = False
    reason: str = ""
    count: int = 0
    problem: str = ""
    event: None = None
    based_on: Sequence[str] = ()
    kinds: Sequence[tuple[str, str]] = field(
        default_factory=lambda: [(each.value, each.value.replace("_", " ")) for each in EventKind]
    )
    sources: Sequence[tuple[str, str]] = SOURCES

    @property
    def counted(self) -> str:
        """The count as it is written."""
        return f"{self.count:,}"


def chosen_by(asked: Mapping[str, str]) -> queries.Chosen:
    """The proposals that the fields choose: `choose_kind`, `source` (a lane of the picture), `since` and `until` in
    `zone`, and `scope` key or all. Raises Unusable for a field that does not read."""
    kind, source = asked.get("choose_kind", ""), asked.get("source", "")
    if kind and kind not in set(EventKind):
        raise Unusable(f'There is no kind "{kind[:40]}".', next_step=f"Use one of: {', '.join(EventKind)}.")
    if source and source not in LANES:
        raise Unusable(f'There is no source "{source[:40]}".', next_step=f"Use one of: {', '.join(LANES)}.")
    scope = asked.get("scope", "key")
    if scope not in ("key", "all"):
        raise Unusable(f'There is no scope "{scope[:40]}".', next_step="Use key or all.")
    zone = zone_named(asked.get("choose_zone") or "UTC")
    low, high = (_moment(asked.get(name, ""), zone) for name in ("since", "until"))
    if low is not None and high is not None and low > high:
        raise Unusable("The time ends before it begins.", next_step="Exchange the two.")
    lanes = (_PARTS.get(source) or (Lane(source),)) if source else ()
    return queries.Chosen(kind, tuple(lane.value for lane in lanes), low, high, scope == "key")


def _moment(text: str, zone: tzinfo) -> int | None:
    """A moment as the field writes it, to the second at most, or with a zone of its own."""
    if not text.strip():
        return None
    try:
        at = datetime.fromisoformat(text.strip())
        return queries.microseconds(at if at.tzinfo else at.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        raise Unusable(f'"{text[:40]}" is no moment.', next_step="Write it like 2026-05-12T14:20:00.") from None


def sweep_form(analysis: StoredAnalysis, asked: Mapping[str, str], clock: Clock) -> SweepForm:
    """The form: as it was filled in, else with the kind, the stretch and the filter that the page shows."""
    asked = asked if "scope" in asked else _as_shown(asked, clock)
    problem, count = "", 0
    try:
        count = queries.count_proposed(analysis, chosen_by(asked))
    except Unusable as error:
        problem = str(error)
    return SweepForm(
        kind=asked.get("choose_kind", ""), source=asked.get("source", ""), since=asked.get("since", ""),
        until=asked.get("until", ""), zone=asked.get("choose_zone") or "UTC", only_key=asked.get("scope") != "all",
        hides=asked.get("decision") == "hide", reason=asked.get("reason", ""), count=count, problem=problem,
    )  # fmt: skip


def _as_shown(asked: Mapping[str, str], clock: Clock) -> dict[str, str]:
    zone, name = (clock.local_zone(), clock.local) if clock.mode == "local" and clock.has_local else (UTC, "UTC")
    stretch = read_stretch(asked)
    ends = [f"{each.astimezone(zone):%Y-%m-%dT%H:%M:%S}" for each in stretch] if stretch else ["", ""]
    kind = asked.get("kind", "")
    return {
        "choose_kind": kind if kind in set(EventKind) else "", "source": "", "since": ends[0], "until": ends[1],
        "choose_zone": name, "scope": "all" if asked.get("show") == "all" else "key",
    }  # fmt: skip

"""What belongs to the release that set an incident off: everything that names its version, commits or pull requests.

Knows how releases, commits, checks and reviews name each other. Refuses to take a record for the release's own because
it lies near in time: what names something else, or nothing, stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from afteraction.core.analysis import Timeline
from afteraction.core.findings import Milestone
from afteraction.core.records import Event, Lane

# Longer ago than this, a version or a number may have been used for something else.
_LOOKBACK = timedelta(days=90)
_HASH = re.compile(r"[0-9a-f]{12,64}")
_PULL = re.compile(r"(?<![\w/])#(\d{1,7})\b")
_NAMING = ("version", "commit", "merge_commit", "reviewed_commit")
_TELLING = frozenset({"release", "commit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePath:
    """The change that set it off, and every single reading that names the same release up to `until` (UTC), by time.
    `event_ids` maps the own id of a reading to that of its event on the timeline."""

    change: Event
    readings: tuple[Event, ...]
    until: datetime
    event_ids: Mapping[str, str]

    def event_id(self, reading: Event) -> str:
        """The id under which a reading stands on the timeline."""
        return self.event_ids.get(reading.own_id, reading.id)


def triggering_change(timeline: Timeline) -> Event | None:
    """The change that the chosen trigger is; None where the trigger is something else, or unknown."""
    chosen = timeline.milestones.get(Milestone.TRIGGER, ())
    named = set(chosen[0].event_ids) if chosen else set()
    return next((each for each in timeline.events if each.id in named and each.lane is Lane.CHANGES), None)


def is_change_triggered(timeline: Timeline) -> bool | None:
    """Whether a change set it off; None while nobody knows a trigger."""
    if not timeline.milestones.get(Milestone.TRIGGER, ()):
        return None
    return triggering_change(timeline) is not None


def release_path(timeline: Timeline) -> ReleasePath | None:
    """Everything that names the release behind the trigger; None where no change set it off."""
    change = triggering_change(timeline)
    if change is None:
        return None
    ids = {one: event.id for event in timeline.events for one in (event.members or (event.own_id,))}
    impact = timeline.milestones.get(Milestone.IMPACT_START, ())
    ends = [
        change.instant.hi,
        *([change.until.hi] if change.until else []),
        *([impact[0].instant.hi] if impact else []),
    ]
    until = max(ends)
    hidden = {one for event in timeline.hidden for one in (event.members or (event.own_id,))}
    singles = [event for event in timeline.events if not event.members]
    near = {
        each.own_id: each for each in (*timeline.readings, *singles)
        if each.lane is Lane.CHANGES and each.own_id not in hidden
        and change.instant.utc - _LOOKBACK <= each.instant.utc <= until
    }  # fmt: skip
    linked = _linked(change, near.values())
    ordered = sorted(linked, key=lambda each: (each.instant.utc, each.own_id))
    return ReleasePath(change=change, readings=tuple(ordered), until=until, event_ids=ids)


def _linked(change: Event, readings: Iterable[Event]) -> list[Event]:
    """Readings that share a name with the change, or with one that does."""
    left = list(readings)
    names = _names(change)
    found: list[Event] = []
    while True:
        more = [each for each in left if _same_place(change, each) and _shares(each, names)]
        if not more:
            return found
        found += more
        left = [each for each in left if each not in more]
        for each in more:
            names |= _names(each)


def _same_place(change: Event, other: Event) -> bool:
    """Versions and numbers mean something inside one repository only."""
    return not change.service or not other.service or change.service == other.service


def _names(event: Event) -> set[str]:
    """What an event is called by others: commits, versions with a digit, pull requests."""
    stated = (event.attributes.get(key, "").lower() for key in _NAMING)
    names = {each for each in stated if _HASH.fullmatch(each) or _is_version(each)}
    if event.title.startswith("Pull request #"):
        names.add(f"#{event.attributes.get('number', '')}")
    if event.attributes.get("change") in _TELLING:
        names |= {f"#{number}" for number in _PULL.findall(f"{event.title} {event.attributes.get('message', '')}")}
    return names


def _is_version(text: str) -> bool:
    # A branch is the name of many releases.
    return any(letter.isdigit() for letter in text) and not _HASH.fullmatch(text)


def _shares(event: Event, names: set[str]) -> bool:
    if _names(event) & names:
        return True
    if event.attributes.get("branch", "").lower() in names:
        return True
    if event.attributes.get("change") not in _TELLING:
        return False
    told = event.title.lower()
    return any(_mentions(told, name) for name in names if not _HASH.fullmatch(name))


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}(?!\w|\.\d)", text) is not None

"""Readings of the same moment become one event that keeps all its sources.

Knows when two readings are one happening: the same place in the same bytes, one fingerprint within the window, the
states of one deployment, or a machine's message that names an alert or a change. Refuses to merge what two people
wrote, and to drop a source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from afteraction.core.digests import Settings
from afteraction.core.instant import Instant
from afteraction.core.records import Change, ChangeKind, Event, EventKind, Lane
from afteraction.engine.timeline.sameness import base_of, pair_operations, same_alerts

# Whose words stand for a merged event: the system that acted before the ones that told of it.
_LEADS = (Lane.CHANGES, Lane.ALERTS, Lane.STATUS, Lane.CUSTOMERS, Lane.METRICS, Lane.LOGS, Lane.CHAT, Lane.DOCUMENT)
_RANK = {lane: rank for rank, lane in enumerate(_LEADS)}
_LONGEST_CHANGE = timedelta(hours=24)
ROLLBACK = re.compile(r"\b(?:roll(?:ed|ing)?[ -]?back|revert(?:ed|ing)?|back to v?\d)", re.IGNORECASE)
_ENDED = re.compile(
    r"\b(?:resolved|recovered|cleared|succeeded|success|complete[d]?|finished|failed|ok)\b", re.IGNORECASE
)
_STATUS_PAGE = re.compile(r"\bstatus ?page\b", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/\-]*[A-Za-z0-9]")
_COMMIT = re.compile(r"[0-9a-f]{12,40}")
_CAMEL = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2,}[a-z]")


@dataclass(frozen=True, slots=True)
class Merged:
    """Events by time; `groups` holds for each event that several readings saw those readings, in their order."""

    events: tuple[Event, ...]
    groups: tuple[tuple[Event, ...], ...]


def in_time_order(events: Iterable[Event]) -> list[Event]:
    """Events by moment, then by id, so that the order of input never shows."""
    return sorted(events, key=lambda event: (event.instant.utc, event.id))


def merge(events: Iterable[Event], changes: Iterable[Change], settings: Settings) -> Merged:
    """All readings as events, one per happening."""
    readings = _once([*events, *(as_event(change) for change in changes)])
    window = timedelta(seconds=settings.dedupe_window_s)
    groups = _by_fingerprint(readings, window)
    groups = _with_messages(groups, window)
    merged = in_time_order(combine(group) for group in groups)
    return Merged(tuple(merged), tuple(sorted((tuple(g) for g in groups if len(g) > 1), key=lambda g: _order(g[0]))))


def as_event(change: Change) -> Event:
    """A change as an event of its lane; a rollback is read as an action that may have reduced impact."""
    # A commit changes what may run later; "add runbook for rollback" takes nothing back.
    back = change.kind is ChangeKind.ROLLBACK or (
        change.kind is not ChangeKind.COMMIT and bool(ROLLBACK.search(change.title))
    )
    # A reader that states a version knows it better than the reference, which may be a commit.
    stated = {"version": change.reference, **change.attributes, "change": change.kind.value, "state": change.state}
    return Event(
        instant=change.instant,
        until=change.until,
        title=change.title,
        evidence=change.evidence,
        lane=Lane.CHANGES,
        kind=EventKind.MITIGATION if back else EventKind.ACTION,
        service=change.service,
        environment=change.environment,
        actor=change.actor,
        fingerprint=change.fingerprint,
        attributes={key: value for key, value in stated.items() if value},
    )


def combine(parts: Sequence[Event]) -> Event:
    """Several readings of one happening as one event: the words of the leading lane, every source and member.

    A change lasts from its earliest to its latest moment; other events start when their leading source says.
    """
    if len(parts) == 1:
        return parts[0]
    ordered = sorted(parts, key=lambda part: (_RANK[part.lane], part.instant.utc, part.id))
    lead = ordered[0]
    same = [part for part in ordered if part.lane is lead.lane]
    start = min((part.instant for part in same), key=lambda i: i.utc) if lead.lane is Lane.CHANGES else lead.instant
    sources = dict.fromkeys(ref for part in ordered for ref in part.all_sources)
    members = sorted({one for part in ordered for one in (part.members or (part.own_id,))})
    attributes = {key: value for part in reversed(ordered) for key, value in part.attributes.items()}
    if lead.lane is Lane.CHANGES and (last := _last_state(same)):
        attributes["state"] = last
    kinds = [part.kind for part in same]
    return replace(
        lead,
        instant=start,
        until=_end(same, start),
        kind=EventKind.MITIGATION if EventKind.MITIGATION in kinds and lead.lane is Lane.CHANGES else lead.kind,
        body=_first(part.body for part in ordered),
        service=_first(part.service for part in ordered),
        environment=_first(part.environment for part in ordered),
        actor=lead.actor or next((part.actor for part in same if part.actor), None),
        fingerprint=_first(part.fingerprint for part in ordered),
        attributes=attributes,
        sources=tuple(sources),
        members=tuple(members),
    )


def is_human(event: Event) -> bool:
    """True when a person said or did this, as far as the evidence tells."""
    return event.actor is not None and not event.actor.is_bot


def phase(event: Event) -> str:
    """ "end" for the end of an alert or a change, "start" otherwise: an end is never merged with a start."""
    status = event.attributes.get("status", "").lower()
    return "end" if status in ("resolved", "ok", "recovered") and event.kind is EventKind.RECOVERY else "start"


def _once(readings: Iterable[Event]) -> list[Event]:
    """Each reading once, by time: the same bytes imported twice say nothing new."""
    seen: dict[str, Event] = {}
    for reading in readings:
        known = seen.get(reading.own_id)
        if known is None or repr(reading) < repr(known):
            seen[reading.own_id] = reading
    return sorted(seen.values(), key=_order)


def _order(reading: Event) -> tuple[datetime, str]:
    return reading.instant.utc, reading.own_id


def _by_fingerprint(readings: Sequence[Event], window: timedelta) -> list[list[Event]]:
    """Readings by time, grouped where they carry one fingerprint: within the window of the first, or for changes as
    long as a change may last."""
    groups: list[list[Event]] = []
    # By whom as well: another person's reading between two of one happening keeps them no further apart.
    open_groups: dict[tuple[str, str, bool, str], list[Event]] = {}
    alerts, operations = same_alerts(readings), pair_operations(readings)
    for reading in readings:
        print_ = reading.fingerprint or operations.get(reading.own_id, "")
        if not print_:
            groups.append([reading])
            continue
        is_change = reading.lane is Lane.CHANGES
        if reading.lane is Lane.ALERTS and (base := base_of(print_)) in alerts:
            print_ = alerts[base] + print_[len(base) :]
        happening = (print_, "" if is_change else phase(reading), is_change)
        keys = [(*happening, who) for who in dict.fromkeys((_writer(reading), ""))]
        reach = _LONGEST_CHANGE if is_change else window
        near = (open_groups[key] for key in keys if key in open_groups)
        group = next(
            (g for g in near if reading.instant.utc - g[0].instant.utc <= reach and _may_join(g, reading)), None
        )
        if group is None:
            group = []
            groups.append(group)
        group.append(reading)
        open_groups.update(dict.fromkeys(keys, group))
    return groups


def _writer(reading: Event) -> str:
    return reading.actor.key if reading.actor is not None and is_human(reading) else ""


def _may_join(group: Sequence[Event], reading: Event) -> bool:
    """Two people's words stay apart; one person's message exported twice is one message."""
    if not is_human(reading) or reading.lane is Lane.CHANGES:
        return True
    return all(
        not is_human(part)
        or part.lane is Lane.CHANGES
        or (part.actor == reading.actor and part.title == reading.title and _is_one_doing(part, reading))
        for part in group
    )


def _is_one_doing(part: Event, reading: Event) -> bool:
    """True for one moment; two ways out of a pager tell one acknowledgement with clocks of their own."""
    return part.instant.utc == reading.instant.utc or part.lane is reading.lane is Lane.ALERTS


def _with_messages(groups: list[list[Event]], window: timedelta) -> list[list[Event]]:
    """Groups with machines' messages joined to the alert or change that they name, nearest in time."""
    if not any(len(group) == 1 and _tells_of_others(group[0]) for group in groups):
        return groups
    named = [
        g for g in groups if g[0].lane in (Lane.CHANGES, Lane.STATUS) or (g[0].lane is Lane.ALERTS and g[0].fingerprint)
    ]
    index: dict[str, list[tuple[datetime, int]]] = {}
    for number, group in enumerate(named):
        for name in sorted({name for part in group for name in _names(part)}):
            for moment in sorted({part.instant.utc for part in group}):
                index.setdefault(name, []).append((moment, number))
    for places in index.values():
        places.sort()
    left: list[list[Event]] = []
    for group in groups:
        message = group[0]
        tells = len(group) == 1 and _tells_of_others(message)
        target = _nearest(message, index, named, window) if tells else None
        if target is None:
            left.append(group)
        else:
            named[target].append(message)
    return left


def _tells_of_others(event: Event) -> bool:
    if event.lane is Lane.CHAT:
        return event.actor is not None and event.actor.is_bot
    return event.lane is Lane.ALERTS and not event.fingerprint and not is_human(event)


def _nearest(
    message: Event, index: dict[str, list[tuple[datetime, int]]], named: list[list[Event]], window: timedelta
) -> int | None:
    """The alert or change that a machine's message names within the window, or None."""
    text = f"{message.title}\n{message.body}"
    words = {word.lower() for word in _TOKEN.findall(text)}
    words |= {part for word in words for part in re.split(r"[/:]", word)}
    if _STATUS_PAGE.search(text):
        words |= {f"status page {word}" for word in words}
    ended = bool(_ENDED.search(text)) or phase(message) == "end"
    best: tuple[bool, float, str, int] | None = None
    for word in words & index.keys():
        places = index[word]
        at = bisect_left(places, (message.instant.utc - window, -1))
        for moment, number in places[at : at + 50]:
            away = abs((message.instant.utc - moment).total_seconds())
            if moment > message.instant.utc + window:
                break
            first = named[number][0]
            if first.lane is Lane.CHANGES and first.service and first.service.lower() not in text.lower():
                continue
            if first.lane is Lane.ALERTS and (phase(first) == "end") != ended:
                continue
            choice = (first.lane is not Lane.ALERTS, away, first.own_id, number)
            best = min(best, choice) if best else choice
    return best[3] if best else None


def _names(event: Event) -> set[str]:
    """Lower-case words by which a machine would name this alert or change: its fingerprint, its version or number,
    and words of its title that no prose contains by chance."""
    if event.lane is Lane.STATUS:
        status = event.attributes.get("status", "")
        return {f"status page {status.lower()}"} if status else set()
    version = event.attributes.get("version", "")
    stated = [event.fingerprint, version, event.attributes.get("alertname", "")]
    stated += [version[:7]] if _COMMIT.fullmatch(version) else []
    words = [word for word in _TOKEN.findall(event.title) if event.lane is Lane.ALERTS and _CAMEL.search(word)]
    return {name.lower() for name in (*stated, *words) if len(name) >= 3}


def _end(parts: Sequence[Event], start: Instant) -> Instant | None:
    """The latest end that the readings state; for a change also its last moment."""
    ends = [part.until for part in parts if part.until is not None]
    if parts[0].lane is Lane.CHANGES:
        ends += [part.instant for part in parts if part.instant.utc > start.utc]
    return max(ends, key=lambda end: end.utc, default=None)


def _last_state(parts: Sequence[Event]) -> str:
    known = [part for part in parts if part.attributes.get("state")]
    # Of two states of one second the ending one is the later.
    return (
        max(
            known,
            key=lambda p: (p.until.utc if p.until else p.instant.utc, p.attributes["state"] != "started", p.own_id),
        ).attributes["state"]
        if known
        else ""
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")

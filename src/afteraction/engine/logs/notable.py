"""The few lines of a log that belong on a timeline, each quoting its line.

Knows onsets, errors that were not there before, and lifecycle lines. Refuses to give more than a page of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from afteraction.core.digests import LogMinute, LogTemplate
from afteraction.core.instant import Instant, Precision
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine.logs.lifecycle import read_lifecycle
from afteraction.engine.logs.onsets import ErrorOnset, find_error_onsets

MOST_PER_SERVICE = 50
_MOST_NEW_ERRORS = 20
_RARE_LINES = 20
_RARE_SHARE = 0.01
_SEVERE = {"error", "err", "critical", "crit", "fatal", "alert", "emerg", "emergency", "panic", "severe"}
_JUST_BEFORE_S = 300.0
# A line of an access log is a request; how many of them failed is counted elsewhere.
_REQUEST = re.compile(r"^\W*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+/")
_MOST_SEVERE = _SEVERE - {"error", "err"}


def log_events(templates: Sequence[LogTemplate], minutes: Sequence[LogMinute]) -> list[Event]:
    """Notable moments of all services by time, at most 50 per service: the onset of errors (SIGNAL), error messages
    that first appear after the log's calm beginning (SIGNAL), and lines in which a process starts, stops, is deployed
    or dies (NOTE, ACTION, SIGNAL). A log that begins with errors gives a NOTE: their onset was not seen."""
    by_service: dict[str, tuple[list[LogTemplate], list[LogMinute]]] = defaultdict(lambda: ([], []))
    for template in templates:
        by_service[template.service][0].append(template)
    for minute in minutes:
        by_service[minute.service][1].append(minute)
    found: list[Event] = []
    for service, (own_templates, own_minutes) in by_service.items():
        found.extend(_of_service(service, own_templates, sorted(own_minutes, key=lambda minute: minute.minute)))
    return sorted(found, key=lambda event: (event.instant.utc, event.service, event.title))


def _of_service(service: str, templates: list[LogTemplate], minutes: list[LogMinute]) -> list[Event]:
    found = find_error_onsets(minutes)
    onsets = [_onset_event(service, onset, templates) for onset in found]
    lines = sum(template.lines for template in templates)
    lifecycle = [event for template in templates if (event := _lifecycle_event(template, lines)) is not None]
    errors = _new_errors(templates, minutes, found)
    # The same line may be all three; it is told once, by what says most.
    told: dict[str, Event] = {}
    for event in (*onsets, *sorted(lifecycle, key=_weight), *errors):
        told.setdefault(event.own_id, event)
    return list(told.values())[:MOST_PER_SERVICE]


def _weight(event: Event) -> tuple[bool, bool, datetime]:
    return event.kind is not EventKind.SIGNAL, event.kind is not EventKind.ACTION, event.instant.utc


def _second(epoch_s: float) -> Instant:
    return Instant(utc=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=epoch_s))


def _minute(epoch_s: float) -> Instant:
    return Instant(utc=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=epoch_s), precision=Precision.MINUTE)


def _onset_event(service: str, onset: ErrorOnset, templates: list[LogTemplate]) -> Event:
    """The onset, told to the second where an error message first appears in its minute."""
    start = onset.first.minute
    inside = [t for t in templates if t.level.lower() in _SEVERE and start <= t.first < start + 60]
    line = min(inside, key=lambda template: template.first) if inside and onset.seen_calm else None
    name = service or "The log"
    usual = f"{onset.usual:.0f}" if onset.usual >= 1 else "next to none"
    title = (
        f"{name}: {onset.counts} rise to {onset.peak} a minute"
        if onset.seen_calm
        else f"{name}: {onset.counts} from its first minute on"
    )
    return Event(
        instant=_second(line.first) if line else _minute(start),
        until=_minute(onset.until) if onset.until is not None else None,
        title=title,
        body=f"Usually {usual} a minute; {onset.total} until they end, at most {onset.peak} a minute."
        + (f" First: {line.example[:300]}" if line else ""),
        evidence=line.evidence if line else onset.first.evidence,
        lane=Lane.LOGS,
        kind=EventKind.SIGNAL if onset.seen_calm else EventKind.NOTE,
        service=service,
        attributes={"onset": "errors"},
    )


def _new_errors(templates: list[LogTemplate], minutes: list[LogMinute], onsets: list[ErrorOnset]) -> list[Event]:
    """Error messages first seen after the calm beginning, and no earlier than minutes before the first onset: the
    weightiest twenty. What failed now and then before is nothing new."""
    if not templates:
        return []
    begin = min([template.first for template in templates] + [minute.minute for minute in minutes])
    end = max([template.last for template in templates] + [minute.minute for minute in minutes])
    calm_until = begin + max((end - begin) * 0.05, min(60.0, (end - begin) / 4))
    seen = [onset.first.minute for onset in onsets if onset.seen_calm]
    if seen:
        calm_until = max(calm_until, min(seen) - _JUST_BEFORE_S)
    new = [
        template
        for template in templates
        if template.level.lower() in _SEVERE
        and template.first > calm_until
        and not _REQUEST.match(template.example)
        and (template.lines > 1 or template.level.lower() in _MOST_SEVERE or len(templates) <= 200)
    ]
    new.sort(key=lambda template: (template.level.lower() not in _MOST_SEVERE, -template.lines, template.first))
    return [
        Event(
            instant=_second(template.first),
            title=f"{template.service + ': ' if template.service else ''}{_shortened(template.example)}",
            body=f"New {template.level.lower()} message, {_times(template.lines)} until "
            f"{datetime.fromtimestamp(template.last, tz=UTC):%H:%M:%S}.",
            evidence=template.evidence,
            lane=Lane.LOGS,
            kind=EventKind.SIGNAL,
            service=template.service,
            attributes={"severity": template.level.lower(), "lines": str(template.lines)},
        )
        for template in new[:_MOST_NEW_ERRORS]
    ]


def _lifecycle_event(template: LogTemplate, lines: int) -> Event | None:
    if template.lines > max(_RARE_LINES, lines * _RARE_SHARE):
        return None
    meaning = read_lifecycle(template.example)
    if meaning is None:
        return None
    again = f" {_times(template.lines).capitalize()}, last at {datetime.fromtimestamp(template.last, tz=UTC):%H:%M:%S}."
    return Event(
        instant=_second(template.first),
        title=f"{template.service + ': ' if template.service else ''}{_shortened(template.example)}",
        body=f"Log line about a {meaning.word}.{again if template.lines > 1 else ''}",
        evidence=template.evidence,
        lane=Lane.LOGS,
        kind=meaning.kind,
        service=template.service,
        attributes={"lifecycle": meaning.word, "lines": str(template.lines)},
    )


def _shortened(message: str, most: int = 140) -> str:
    line = " ".join(message.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _times(lines: int) -> str:
    return "once" if lines == 1 else f"{lines:,} times"

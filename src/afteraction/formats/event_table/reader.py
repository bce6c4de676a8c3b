"""Timelines that people kept in CSV or TSV tables: when, what, and perhaps who.

Knows the column names of hand-kept logs of an incident. Refuses tables of measurements, of tickets and of log lines:
those have readers of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.field_times import is_never, read_field_time
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.records import Actor, Event, EventKind, Lane, Record
from afteraction.core.tables import Table, plain, read_rows, table_with

_WHEN = ("time", "timestamp", "when", "at", "date", "datetime", "date_time", "time_utc", "utc", "start", "started_at")
_WHAT = ("event", "what", "what_happened", "happened", "action", "entry", "activity", "step", "update")
_WHO = ("who", "by", "person", "actor", "owner", "responder", "author", "reporter")
_UNTIL = ("end", "until", "ended_at", "finished_at", "end_time")
_KIND = ("kind", "type", "event_type", "category")
_SERVICE = ("service", "component", "system")
# A column of these belongs to logs, metrics or tickets.
_OTHERS = frozenset((
    "level", "severity_text", "logger", "value", "metric", "ticket_id", "ticket", "requester", "customer", "trace_id",
    "status_code", "duration_ms",
))  # fmt: skip
_KINDS = {kind.value: kind for kind in EventKind}
_MACHINES = ("bot", "alertmanager", "pagerduty", "automation", "system", "prometheus", "monitoring")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a timeline by their meaning; empty names are absent."""

    when: str
    what: str
    who: str
    until: str
    kind: str
    service: str


class EventTable:
    """A timeline as a table."""

    name = "event_table"
    title = "A timeline kept as CSV or TSV"
    kind = EvidenceKind.DOCUMENT
    example = "time,event,who\n2026-05-12T14:43:00Z,Rolled back lookup to v3.1,on-call"

    def sniff(self, source: Source) -> float:
        """A time and a column that says what happened."""
        found = table_with(source, _columns)
        if found is None:
            return 0.0
        if "event" in source.options.mapping:
            return 0.9
        return 0.0 if {plain(name) for name in found[0].header} & _OTHERS else 0.7

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One event per row."""
        found = table_with(source, _columns)
        if found is None:
            step = 'Name them in a mapping, e.g. {"time": "when", "event": "what"}.'
            yield Failure(source.name, "no columns for the time and the event of a timeline were found.", step)
            return
        yield from read_rows(source, found[0], partial(_event, source, *found))


def _columns(table: Table, source: Source) -> Columns | None:
    pick = partial(table.pick, source.options.mapping)
    when, what = pick("time", _WHEN), pick("event", _WHAT)
    if not when or not what or when == what or not table.time_formats(when) or table.is_numeric(what):
        return None
    return Columns(
        when=when,
        what=what,
        who=pick("who", _WHO),
        until=pick("until", _UNTIL),
        kind=pick("kind", _KIND),
        service=pick("service", _SERVICE),
    )


def _event(
    source: Source, table: Table, columns: Columns, line: int, cells: dict[str, str]
) -> Iterator[Record | Failure]:
    place = Locator(line=line)
    when = read_field_time(source, cells[columns.when], columns.when, place)
    if isinstance(when, Failure):
        yield when
        return
    until: Instant | Failure | None = None
    if columns.until and not is_never(cells[columns.until]):
        until = read_field_time(source, cells[columns.until], columns.until, place)
    if isinstance(until, Failure):
        yield until
    if not cells[columns.what].strip():
        yield Failure(source.name, f'the column "{columns.what}" says nothing.', "Write what happened.", place)
        return
    who = cells.get(columns.who, "").strip()
    yield Event(
        instant=when,
        until=until if isinstance(until, Instant) else None,
        title=cells[columns.what].strip(),
        kind=_KINDS.get(plain(cells.get(columns.kind, "")), EventKind.NOTE),
        lane=Lane.DOCUMENT,
        service=cells.get(columns.service, ""),
        actor=Actor(key=f"person:{who}", name=who, is_bot=_is_machine(who)) if who else None,
        evidence=EvidenceRef(source.evidence_id, place, table.delimiter.join(cells.values())[:300]),
    )


def _is_machine(who: str) -> bool:
    return any(word in who.casefold() for word in _MACHINES)


READER = EventTable()

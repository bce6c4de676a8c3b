"""Support tickets in CSV or TSV tables: what customers reported, when they wrote it and when somebody saw it.

Knows the column names of help desks. Refuses tables that show no sign of customers: issue trackers export the same
three columns.
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

_CREATED = (
    "created_at", "created", "created_on", "created_time", "created_date", "date_created", "opened_at", "opened",
    "submitted_at", "submitted", "reported_at", "reported", "received_at", "received", "requested_at", "date", "time",
    "timestamp",
)  # fmt: skip
_SUBJECT = ("subject", "title", "summary", "topic", "headline", "complaint", "description")
_BODY = ("body", "description", "details", "text", "content", "comment", "message")
_NUMBER = ("ticket_id", "ticket", "ticket_number", "case_number", "case_id", "case", "number", "id", "key", "ticket_no")
_SEEN = ("seen_at", "first_seen", "seen", "first_response_at", "first_reply_at", "first_response", "first_reply",
         "first_touched_at", "acknowledged_at", "assigned_at", "picked_up_at")  # fmt: skip
_SERVICE = ("service", "product", "component", "area", "feature")
_REQUESTER = ("requester", "customer", "requester_name", "customer_name", "reporter", "contact", "from", "email")
_SIGNS = frozenset((
    "ticket_id", "ticket", "ticket_number", "ticket_no", "case_number", "case_id", "requester", "requester_name",
    "requester_email", "customer", "customer_id", "customer_name", "customer_email", "channel", "via", "desk",
    "satisfaction", "csat", "complaint", "contact",
))  # fmt: skip
_KEPT = {
    "channel": ("channel", "via", "source"), "status": ("status", "state"), "desk": ("desk", "group", "queue", "team"),
    "severity": ("severity", "priority", "urgency"), "url": ("url", "link"), "country": ("country", "region"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a ticket table by their meaning; empty names are absent."""

    created: str
    subject: str
    number: str
    seen: str
    body: str
    service: str
    requester: str
    kept: tuple[tuple[str, str], ...]


class TicketTable:
    """Tickets as a table."""

    name = "ticket_table"
    title = "Support tickets as CSV or TSV"
    kind = EvidenceKind.TICKET
    example = "ticket_id,created_at,channel,subject"

    def sniff(self, source: Source) -> float:
        """A creation time, a subject, and a sign of customers."""
        found = table_with(source, _columns)
        if found is None:
            return 0.0
        table, columns = found
        signs = {plain(name) for name in table.header} & _SIGNS
        if "subject" in source.options.mapping:
            return 0.9
        return 0.0 if not signs else 0.85 if columns.number else 0.65

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One report per row, at the moment it was written."""
        found = table_with(source, _columns)
        if found is None:
            step = 'Name them in a mapping, e.g. {"time": "opened", "subject": "what"}.'
            yield Failure(source.name, "no columns for the time and the subject of a ticket were found.", step)
            return
        yield from read_rows(source, found[0], partial(_report, source, *found))


def _columns(table: Table, source: Source) -> Columns | None:
    pick = partial(table.pick, source.options.mapping)
    times = tuple(plain(name) for name in table.header if table.time_formats(name))
    created = pick("time", tuple(name for name in _CREATED if name in times))
    subject = pick("subject", _SUBJECT)
    if not created or not subject or table.is_numeric(subject):
        return None
    return Columns(
        created=created,
        subject=subject,
        number=pick("number", _NUMBER),
        seen=pick("seen", _SEEN),
        body=pick("body", _BODY, subject),
        service=pick("service", _SERVICE),
        requester=pick("requester", _REQUESTER),
        kept=tuple((name, found[0]) for name, wanted in _KEPT.items() if (found := table.named(*wanted))),
    )


def _report(
    source: Source, table: Table, columns: Columns, line: int, cells: dict[str, str]
) -> Iterator[Record | Failure]:
    place = Locator(line=line)
    created = read_field_time(source, cells[columns.created], columns.created, place)
    if isinstance(created, Failure):
        yield created
        return
    seen: Instant | Failure | None = None
    if columns.seen and not is_never(cells[columns.seen]):
        seen = read_field_time(source, cells[columns.seen], columns.seen, place)
    if isinstance(seen, Failure):
        yield seen
    number = cells.get(columns.number, "")
    kept = {name: cells[column] for name, column in columns.kept}
    kept |= {"number": number, "created": created.utc.isoformat()}
    if isinstance(seen, Instant):
        kept["seen"] = seen.utc.isoformat()
    requester = cells.get(columns.requester, "")
    yield Event(
        instant=created,
        title=cells[columns.subject] or f"Ticket {number}".strip(),
        body=cells.get(columns.body, ""),
        kind=EventKind.USER_REPORT,
        lane=Lane.CUSTOMERS,
        service=cells.get(columns.service, ""),
        actor=Actor(key=f"customer:{requester}", name=requester, role="customer") if requester else None,
        fingerprint=f"ticket:{number}" if number else "",
        evidence=EvidenceRef(source.evidence_id, place, table.delimiter.join(cells.values())[:300]),
        attributes={name: text for name, text in kept.items() if text},
    )


READER = TicketTable()

"""Reads log lines out of CloudWatch Logs: results of Logs Insights, log events, and what a subscription delivers.

Knows that Insights answers in UTC without saying so, that counted rows are samples, and that log events count
milliseconds. Refuses rows that state no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, opened, sketches, text_of
from afteraction.core.json_text import Node, documents
from afteraction.core.reading import Source
from afteraction.core.readplan import LEVEL_WORDS
from afteraction.core.records import LogLine, Record, Sample

_NAIVE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?")
_BIN = re.compile(r"(?:bin|datefloor|dateceil)\s*\(.*", re.IGNORECASE)
_LEVELS = dict(LEVEL_WORDS)
_WORD = re.compile(r"\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b")
_EVENTS = ("events", "logEvents")


@dataclass(frozen=True)
class CloudWatchLogs:
    """The reader of this folder."""

    name: str = "cloudwatch_logs"
    title: str = "CloudWatch Logs (Insights results, log events)"
    kind: EvidenceKind = EvidenceKind.LOG
    example: str = (
        '{"results":[[{"field":"@timestamp","value":"2026-05-12 14:11:08.250"},{"field":"@message","value":"no '
        'connection"}]],"status":"Complete"}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when rows or events are written the way CloudWatch Logs writes them."""
        return 0.95 if any(_is_answer(one) or _is_exported(one) for one in sketches(source)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Every row and every event."""
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener == "[":
                for child in root.children():
                    yield from _read_value(source, child)
            else:
                yield from _read_value(source, root)


def _is_answer(one: Mapping[str, Any]) -> bool:
    rows = one.get("results")
    if isinstance(rows, list) and (rows or "statistics" in one):
        first = rows[0] if rows else []
        cell = first[0] if isinstance(first, list) and first else {"field": ""} if not rows else None
        return isinstance(cell, dict) and "field" in cell
    for key in _EVENTS:
        events = one.get(key)
        first = events[0] if isinstance(events, list) and events else None
        if isinstance(first, dict) and {"timestamp", "message"} <= first.keys():
            return bool({"ingestionTime", "eventId", "logStreamName"} & first.keys()) or "logGroup" in one
    return False


def _is_exported(one: Mapping[str, Any]) -> bool:
    return "@timestamp" in one and "@message" in one and bool({"@ptr", "@logStream", "@log"} & one.keys())


def _read_value(source: Source, node: Node) -> Iterator[Record | Failure]:
    """One answer, or one exported row; of an answer that is cut off, what stands before the cut."""
    value = node.value()
    if isinstance(value, dict) and _is_exported(value):
        yield from _read_row(Payload(source, node, value), {}, is_utc=False)
        return
    if node.opener != "{" or (isinstance(value, dict) and not _is_answer(value)):
        if not node.damaged:
            yield Failure(source.name, "this holds no rows of CloudWatch Logs.", "Leave it out.", node.locator())
        return
    known = value if isinstance(value, dict) else {}
    around = {"log": text_of(known.get("logGroup")), "stream": text_of(known.get("logStream"))}
    for member in node.children():
        if member.key == "results":
            for row in member.children():
                yield from _read_cells(source, row)
        elif member.key in _EVENTS:
            for event in member.children():
                yield from _read_event(source, event, around)
    if text_of(known.get("status")) not in ("", "Complete"):
        reason = f'the query was "{known["status"]}" when its results were taken; more may have followed.'
        yield Failure(source.name, reason, "Fetch them again once it is complete.", node.locator("status"), lost=0)


def _read_cells(source: Source, row: Node) -> Iterator[Record | Failure]:
    """A row of Insights: a list of fields with their values."""
    cells = row.value()
    if row.damaged:
        return
    fields: dict[str, Any] = {}
    places: dict[str, int] = {}
    for index, cell in enumerate(cells if isinstance(cells, list) else ()):
        if isinstance(cell, dict) and isinstance(cell.get("field"), str):
            fields[cell["field"]] = cell.get("value")
            places[cell["field"]] = index
    if not fields:
        yield Failure(source.name, "a row is a list of fields; this is none.", "Leave it out.", row.locator())
        return
    yield from _read_row(Payload(source, row, fields), places, is_utc=True)


def _read_row(row: Payload, places: Mapping[str, int], *, is_utc: bool) -> Iterator[Record | Failure]:
    fields = row.value
    when = "@timestamp" if "@timestamp" in fields else next((key for key in fields if _BIN.fullmatch(key)), "")
    if not when:
        step = "Add @timestamp to the query's fields, or bin() to what it counts by."
        yield row.failure("a row without @timestamp and without a bin states no time.", step)
        return
    where = (str(places[when]), "value") if when in places else (when,)
    at = _utc_time(row, fields[when], when, where, is_utc)
    if isinstance(at, Failure):
        yield at
    elif when == "@timestamp" and "@message" in fields:
        yield _line(row, at, where)
    else:
        yield from _samples(row, at, when, places)


def _utc_time(row: Payload, value: object, field: str, where: tuple[str, ...], is_utc: bool) -> Instant | Failure:
    """The time of a row. The API answers in UTC without a zone; what the console exports may be in any."""
    if is_utc and isinstance(value, str) and _NAIVE.fullmatch(value.strip()):
        at = read_field_time(row.source, f"{value.strip()}Z", field, row.place(*where))
        return at if isinstance(at, Failure) else replace(at, original_text=value.strip(), source_tz="UTC")
    return read_field_time(row.source, value, field, row.place(*where))


def _line(row: Payload, at: Instant, where: tuple[str, ...]) -> LogLine:
    message = text_of(row.at("@message"))
    rest = {key: text_of(value) for key, value in row.value.items() if key not in ("@timestamp", "@message", "@ptr")}
    return _log_line(row, at, where, message, rest, rest.get("@log", ""), rest.get("@logStream", ""))


def _log_line(
    row: Payload, at: Instant, where: tuple[str, ...], message: str, rest: Mapping[str, str], log: str, stream: str
) -> LogLine:
    """A line; where the application wrote JSON, its own level, message, service and trace."""
    said = Payload(row.source, row.node, opened(message) or {})
    level = next(
        (text for key in ("level", "severity", "log_level") if (text := said.text(key))), rest.get("level", "")
    )
    if not level and (word := _WORD.search(message[:200])):
        level = word[1]
    return LogLine(
        instant=at,
        message=said.text("message") or said.text("msg") or message,
        evidence=row.cite(*where),
        level=_LEVELS.get(level.lower(), level.lower()),
        service=said.text("service") or log.rsplit("/", 1)[-1].rsplit(":", 1)[-1],
        host=said.text("host") or stream,
        trace_id=said.text("trace_id") or said.text("xRayTraceId"),
        attributes={key: value for key, value in rest.items() if value},
    )


def _samples(row: Payload, at: Instant, when: str, places: Mapping[str, int]) -> Iterator[Record | Failure]:
    """A counted row: each of its numbers is a sample, its other fields are labels."""
    numbers: dict[str, float] = {}
    labels: dict[str, str] = {}
    for key, value in row.value.items():
        if key in (when, "@ptr"):
            continue
        text = text_of(value)
        try:
            numbers[key] = float(text)
        except ValueError:
            labels[key] = text
    if not numbers:
        yield row.failure("a row with a time but neither a message nor a number says nothing.", "Add @message.")
    for key, number in numbers.items():
        where = (str(places[key]), "value") if key in places else (key,)
        yield Sample(
            instant=at, metric=key, value=number if number == number else None, labels=labels, evidence=row.cite(*where)
        )


def _read_event(source: Source, node: Node, around: Mapping[str, str]) -> Iterator[Record | Failure]:
    """A log event of the API or of a subscription; its time counts milliseconds."""
    value = node.value()
    if node.damaged:
        return
    if not isinstance(value, dict):
        yield Failure(source.name, "a log event is an object; this is none.", "Leave it out.", node.locator())
        return
    event = Payload(source, node, value)
    at = event.instant("timestamp", unit="ms")
    if isinstance(at, Failure):
        yield at
        return
    stream = event.text("logStreamName") or around["stream"]
    facts = {
        "event": event.text("eventId") or event.text("id"),
        "log": around["log"],
        "ingested": event.text("ingestionTime"),
    }
    yield _log_line(event, at, ("timestamp",), event.text("message"), facts, around["log"], stream)


READER = CloudWatchLogs()

"""Reads what Loki answers: log streams and matrices, and what its command line and Grafana save of them.

Knows `query_range`, `query`, pushed and tailed streams, lines of `logcli --output=jsonl` and Grafana's download.
Refuses to know whether an answer is complete: one with exactly as many entries as a usual limit is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.file_names import stem_of
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, outline, streamed_documents
from afteraction.core.labels import as_labels, first_of, service_of
from afteraction.core.reading import Source
from afteraction.core.records import LogLine, Record, Sample
from afteraction.formats.loki.lines import HOST_LABELS, TRACE_LABELS, fields_of, level_in

# Nothing that counts in nanoseconds lies before 1973.
_FIRST_NANO = 10**17
# Loki's own limit, Grafana's, and the largest a Loki allows unless told otherwise.
LIMITS = (100, 1000, 5000)
_SAVED = ({"line", "timestamp", "labels"}, {"line", "timestamp", "fields"})
_STATS = {"summary", "querier", "ingester", "ingesters", "store"}


@dataclass(frozen=True)
class Loki:
    """The reader of this folder."""

    name: str = "loki"
    title: str = "Loki answers (query_range, query, push, logcli)"
    kind: EvidenceKind = EvidenceKind.LOG
    example: str = (
        '{"status":"success","data":{"resultType":"streams","result":[{"stream":{"app":"cart"},"values":'
        '[["1778594531000000000","level=error msg=\\"cannot reach stock\\""]]}]}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when there are streams with values; of a matrix only Loki's own statistics tell that it is Loki's."""
        found = outline(source)
        first = found[0] if isinstance(found, list) and found else found
        if not isinstance(first, dict):
            return 0.0
        data = first.get("data")
        if isinstance(data, dict):
            if data.get("resultType") == "streams":
                return 0.97
            stats = data.get("stats")
            return 0.97 if isinstance(stats, dict) and len(_STATS & stats.keys()) > 1 and "result" in data else 0.0
        if _are_streams(first.get("streams")):
            return 0.95
        return 0.9 if any(_is_saved(first, keys) for keys in _SAVED) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Log lines of every stream, samples of every series."""
        for root in streamed_documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener == "[":
                for node in root.children():
                    yield from _read_object(source, node)
            else:
                yield from _read_object(source, root)


def _are_streams(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and {"stream", "values"} <= first.keys()


def _is_saved(value: Mapping[str, Any], keys: set[str]) -> bool:
    labels = value.get("labels", value.get("fields"))
    return keys <= value.keys() <= keys | {"date"} and isinstance(labels, dict) and isinstance(value["line"], str)


def _odd(source: Source, node: Node, rule: str) -> Iterator[Failure]:
    if not node.damaged:
        yield Failure(source.name, f"{rule}; this is none.", "Export it again.", node.locator())


def _read_object(source: Source, node: Node) -> Iterator[Record | Failure]:
    if node.opener != "{":
        node.finish()
        yield from _odd(source, node, "an answer or an entry is an object")
        return
    fields = node.fields()
    if "data" in fields:
        yield from _read_data(source, fields["data"])
    elif "streams" in fields:
        yield from _read_result(source, fields["streams"])
        if "dropped_entries" in fields:
            yield from _dropped(source, fields["dropped_entries"])
    elif "line" in fields and "timestamp" in fields:
        labels = fields.get("labels") or fields.get("fields")
        held = as_labels(labels.value()) if labels else {}
        yield from _read_entry(source, node, [fields["timestamp"].value(), fields["line"].value()], held, "timestamp")
    elif not node.damaged:
        step = "Export the answer of query_range again."
        yield Failure(source.name, "this is no answer of Loki.", step, node.locator())
    if "warnings" in fields and (warnings := fields["warnings"].value()):
        yield Failure(source.name, f"Loki warns: {warnings}.", "Check the query.", fields["warnings"].locator(), lost=0)


def _read_data(source: Source, data: Node) -> Iterator[Record | Failure]:
    fields = data.fields()
    if "result" in fields:
        yield from _read_result(source, fields["result"])
    elif not data.damaged:
        yield from _odd(source, data, "an answer has a result")


def _read_result(source: Source, result: Node) -> Iterator[Record | Failure]:
    if result.opener != "[":
        result.finish()
        yield from _odd(source, result, "a result is an array")
        return
    entries, series = 0, 0
    for node in result.children():
        if node.opener != "{":
            node.finish()
            yield from _odd(source, node, "a stream is an object")
            continue
        fields = node.fields()
        stream = fields.get("stream")
        labels = as_labels((stream or fields.get("metric") or node).value())
        series += 1
        for name in ("values", "value"):
            if name in fields and stream is not None:
                for entry in fields[name].children():
                    entries += 1
                    yield from _read_entry(source, entry, entry.value(), labels)
            elif name in fields:
                yield from _read_points(source, fields[name], labels, is_one=name == "value")
        if not {"values", "value"} & fields.keys():
            yield from _odd(source, node, "a stream has values")
    if entries in LIMITS:
        reason = f"the answer holds exactly {entries} entries, a usual limit of Loki: more may have happened."
        step = "Ask for a shorter period or a higher limit."
        yield Failure(source.name, reason, step, result.locator(), lost=0)
    if not series and not result.damaged:
        reason = "the answer holds nothing: the query matched nothing in its period."
        yield Failure(source.name, reason, "Check the query if something was expected.", result.locator(), lost=0)


def _read_entry(
    source: Source, node: Node, entry: Any, labels: Mapping[str, str], *path: str
) -> Iterator[Record | Failure]:
    """One entry [nanoseconds, line, further labels]; `path` leads to its time where it is no array."""
    if not isinstance(entry, list) or len(entry) < 2 or not isinstance(entry[1], str):
        yield from _odd(source, node, "an entry is a time and a line")
        return
    path = path or ("0",)
    at = _moment(source, entry[0], node, *path)
    if isinstance(at, Failure):
        yield at
        return
    more = _further(entry[2]) if len(entry) > 2 else {}
    message, own = fields_of(entry[1])
    known = {**labels, **more}
    yield LogLine(
        instant=at,
        message=message,
        level=level_in(known, own, message),
        service=service_of(known),
        host=first_of(known, HOST_LABELS),
        logger=first_of(own, ("logger", "logger_name", "caller")),
        trace_id=first_of({**known, **own}, TRACE_LABELS),
        evidence=node.cite(source.evidence_id, *path),
        attributes={**known, **own},
    )


def _moment(source: Source, value: Any, node: Node, *path: str) -> Instant | Failure:
    whole = (
        int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 21 else value
    )
    is_nano = isinstance(whole, int) and whole >= _FIRST_NANO
    return read_field_time(source, whole, "time", node.locator(*path), unit="ns" if is_nano else "")


def _further(stated: Any) -> dict[str, str]:
    """Structured metadata and parsed labels, in one object or, with categorised labels, in one each."""
    if not isinstance(stated, dict):
        return {}
    sorts = [stated[name] for name in ("structuredMetadata", "parsed") if isinstance(stated.get(name), dict)]
    return {key: text for sort in sorts or [stated] for key, text in as_labels(sort).items()}


def _read_points(source: Source, node: Node, labels: Mapping[str, str], is_one: bool) -> Iterator[Record | Failure]:
    metric = labels.get("__name__") or stem_of(source.name) or "value"
    kept = {key: text for key, text in labels.items() if key != "__name__"}
    for point in (node,) if is_one else node.children():
        pair = point.value()
        if not isinstance(pair, list) or len(pair) != 2:
            yield from _odd(source, point, "a point is a time and a value")
            continue
        at = read_field_time(source, pair[0], "time", point.locator("0"))
        value = _number(pair[1])
        if isinstance(at, Failure):
            yield at
        elif value is None:
            reason = f"the value {str(pair[1])[:40]!r} is not a number."
            yield Failure(source.name, reason, "Export it again.", point.locator("1"))
        else:
            yield Sample(
                instant=at,
                metric=metric,
                value=value if value - value == 0 else None,
                labels=kept,
                service=service_of(kept),
                evidence=point.cite(source.evidence_id, "0"),
            )


def _number(stated: Any) -> float | None:
    """A number as Prometheus and Loki write it, NaN and infinities included; None for what is none."""
    if isinstance(stated, bool) or not isinstance(stated, str | int | float) or "_" in str(stated):
        return None
    try:
        return float(stated)
    except (ValueError, OverflowError):
        return None


def _dropped(source: Source, node: Node) -> Iterator[Failure]:
    for child in node.children():
        entry = child.value()
        if isinstance(entry, dict):
            labels = as_labels(entry.get("labels"))
            reason = f"Loki dropped an entry of {labels} at {entry.get('timestamp')}: the reader was too slow."
            yield Failure(source.name, reason, "Ask for the period with query_range.", child.locator())
        else:
            yield from _odd(source, child, "a dropped entry is an object")


READER = Loki()

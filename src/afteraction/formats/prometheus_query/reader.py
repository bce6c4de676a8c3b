"""Reads answers of the Prometheus query API: ranges, instants and scalars, and what went wrong with a query.

Knows matrix, vector and scalar results and the series `ALERTS`, whose samples are alerts at work. Refuses to hold an
answer as a whole: series are decoded one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.labels import as_labels, service_of
from afteraction.core.reading import Source
from afteraction.core.records import Record, Sample
from afteraction.formats.prometheus_query.firing import AlertSeries, alert_events

_UNITS = {
    "seconds": "s", "milliseconds": "ms", "ms": "ms", "bytes": "bytes", "ratio": "ratio", "percent": "%",
}  # fmt: skip
_SAVED_AS = re.compile(r"^(prometheus[_-])?(api[_-])?(query([_-]range)?[_-])?")
# More than one series of the longest answer Prometheus gives (11,000 samples) has.
MOST_MOMENTS = 50_000
_RESULTS = {"matrix", "vector", "scalar", "string"}


@dataclass(frozen=True)
class PrometheusQuery:
    """The reader of this folder."""

    name: str = "prometheus_query"
    title: str = "Prometheus query answers (query_range, query)"
    kind: EvidenceKind = EvidenceKind.METRIC
    example: str = (
        '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up","job":"checkout"},'
        '"values":[[1778594400,"1"],[1778594415,"0"]]}]}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when the answer states its result type, or its error and the error's type."""
        found = outline(source)
        if not isinstance(found, dict) or found.get("status") not in ("success", "error"):
            return 0.0
        data = found.get("data")
        if isinstance(data, dict) and "result" in data:
            return 0.95 if data.get("resultType") in _RESULTS else 0.3 if "resultType" not in data else 0.0
        if found.get("status") == "error" and isinstance(found.get("errorType"), str) and "error" in found:
            return 0.9
        return 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Samples of every series; alerts of the series `ALERTS`."""
        for root in documents(source):
            if isinstance(root, Failure):
                yield root
            elif root.opener != "{":
                yield _odd(source, root, "an answer is an object; this is none")
            else:
                yield from _Answer(source).read(root)


def _odd(source: Source, node: Node, what: str) -> Failure:
    return Failure(source.name, f"{what}.", "Correct it or leave it out.", node.locator())


@dataclass
class _Answer:
    """One answer while it is read. `moments` are shared by its series; `last` is the latest sample of all."""

    source: Source
    query: str = ""
    series: int = 0
    moments: dict[object, Instant] = field(default_factory=dict)
    alerts: list[AlertSeries] = field(default_factory=list)
    last: Instant | None = None

    def read(self, root: Node) -> Iterator[Record | Failure]:
        said: dict[str, str] = {}
        for node in root.children():
            if node.key in ("error", "errorType", "query", "expr"):
                said[node.key] = str(node.value())
                self.query = said.get("query") or said.get("expr") or ""
            elif node.key in ("warnings", "infos"):
                yield Failure(
                    self.source.name, f"Prometheus says: {node.value()}.", "Check the query.", node.locator(), lost=0
                )
            elif node.key == "data":
                yield from self._read_data(node)
        if "error" in said:
            yield Failure(
                self.source.name,
                f"Prometheus answered with an error ({said.get('errorType', 'no type')}): {said['error']}.",
                "Correct the query and export its answer again.",
                Locator(line=root.line, pointer="/error"),
            )
        yield from alert_events(self.source, self.alerts, self.last)

    def _read_data(self, data: Node) -> Iterator[Record | Failure]:
        for node in data.children():
            if node.key != "result":
                continue
            if node.opener != "[":
                yield _odd(self.source, node, "a result is an array; this is none")
                continue
            for item in node.children():
                if item.opener == "{":
                    self.series += 1
                    yield from self._read_series(item)
                elif item.key == "0":
                    # A scalar: the result itself is the pair.
                    self.series += 1
                    pair = [one.value() for one in (item, *_rest(node))][:2]
                    yield from self._samples(node, {}, [(0, pair, node.line)], whole=True)
                    break
                else:
                    yield _odd(self.source, item, "a series is an object; this is none")
            if not self.series and not node.damaged:
                yield Failure(
                    self.source.name,
                    "the answer holds no series: the query matched nothing in its period.",
                    "Check the query if something was expected.",
                    node.locator(),
                    lost=0,
                )

    def _read_series(self, node: Node) -> Iterator[Record | Failure]:
        labels: dict[str, str] = {}
        for part in node.children():
            if part.key == "metric":
                labels = as_labels(part.value())
            elif part.key == "values" and part.opener == "[":
                yield from self._samples(part, labels, _pairs(part))
            elif part.key == "value" and part.opener == "[":
                yield from self._samples(part, labels, [(0, part.value(), part.line)], whole=True)
            elif part.key in ("histogram", "histograms"):
                yield _odd(self.source, part, "native histograms are not read; query a quantile of them")

    def _samples(
        self, node: Node, labels: dict[str, str], pairs: Iterable[tuple[int, object, int]], whole: bool = False
    ) -> Iterator[Record | Failure]:
        name = labels.pop("__name__", "") or self.query or _saved_as(self.source.name)
        alert = AlertSeries(labels, node) if name == "ALERTS" and "alertstate" in labels else None
        service, unit = service_of(labels), _UNITS.get(name.removesuffix("_total").rpartition("_")[2], "")
        for index, pair, line in pairs:
            place = Locator(line=line, pointer=node.pointer if whole else f"{node.pointer}/{index}")
            if not isinstance(pair, list) or len(pair) != 2:
                yield Failure(self.source.name, "a sample is a time and a value; this is none.", "", place)
                continue
            at = self._moment(pair[0], place)
            value = _number(pair[1])
            if isinstance(at, Failure):
                yield at
            elif isinstance(value, str):
                yield Failure(self.source.name, f'the value "{value[:60]}" is not a number.', "", place)
            elif alert is not None:
                alert.seen.append((at, place))
            else:
                yield Sample(
                    instant=at, metric=name, value=value, labels=labels, service=service, unit=unit,
                    evidence=EvidenceRef(self.source.evidence_id, place),
                )  # fmt: skip
        if alert is not None:
            self.alerts.append(alert)

    def _moment(self, stated: object, place: Locator) -> Instant | Failure:
        known = self.moments.get(stated) if isinstance(stated, int | float) else None
        if known is not None:
            return known
        at = read_field_time(self.source, stated, "time", place)
        if isinstance(at, Instant):
            if len(self.moments) >= MOST_MOMENTS:
                self.moments.clear()
            self.moments[stated] = at
            if self.last is None or at.utc > self.last.utc:
                self.last = at
        return at


def _rest(node: Node) -> list[Node]:
    return [child for child in node.children() if child.key != "0"]


def _pairs(values: Node) -> Iterator[tuple[int, object, int]]:
    """(index, pair, physical line) of every sample that is whole."""
    found = values.value()
    line = values.line
    if isinstance(found, list) and values.text.line_at(values.finish()) == line:
        yield from ((index, pair, line) for index, pair in enumerate(found))
        return
    for child in values.children():
        pair = child.value()
        if not child.damaged:
            yield int(child.key), pair, child.line


def _number(value: object) -> float | str | None:
    """The value as Prometheus writes it: NaN and infinities are nothing; a text that is no number comes back."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return repr(value)
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return str(value)
    return number if -1.8e308 < number < 1.8e308 else None


def _saved_as(name: str) -> str:
    """What a nameless series is called: the file's name without what only says that Prometheus answered."""
    stem = PurePosixPath(name.rpartition("!")[2]).name.split(".")[0]
    return _SAVED_AS.sub("", stem) or stem or "value"


READER = PrometheusQuery()

"""Reads answers of the Prometheus query API: ranges, instants and scalars, and what went wrong with a query.

Knows matrix, vector and scalar results and the series `ALERTS`, whose samples are alerts at work. Refuses to hold an
answer as a whole: series are decoded one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from afteraction.core.evidence import EvidenceKind, Failure, Locator
from afteraction.core.json_text import Node, documents, outline
from afteraction.core.labels import as_labels
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.prometheus_query.firing import AlertSeries, alert_events
from afteraction.formats.prometheus_query.series import Series, pairs_of

_SAVED_AS = re.compile(r"^(prometheus[_-])?(api[_-])?(query([_-]range)?[_-])?")
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
            return 0.95 if str(data.get("resultType")) in _RESULTS else 0.3 if "resultType" not in data else 0.0
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
    """One answer while it is read. `last` is the latest sample of all its series, in UTC epoch seconds."""

    source: Source
    query: str = ""
    series: int = 0
    alerts: list[AlertSeries] = field(default_factory=list)
    last: float = 0.0

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
                yield from self._samples(part, labels, pairs_of(part))
            elif part.key == "value" and part.opener == "[":
                yield from self._samples(part, labels, [(0, part.value(), part.line)], whole=True)
            elif part.key in ("histogram", "histograms"):
                yield _odd(self.source, part, "native histograms are not read; query a quantile of them")

    def _samples(
        self, node: Node, stated: dict[str, str], pairs: Iterable[tuple[int, object, int]], whole: bool = False
    ) -> Iterator[Record | Failure]:
        name = stated.get("__name__") or self.query or _saved_as(self.source.name)
        labels = {key: value for key, value in stated.items() if key != "__name__"}
        series = Series(self.source, node, name, labels, whole=whole)
        if name == "ALERTS" and "alertstate" in labels:
            alert = AlertSeries(labels, node)
            for at in series.singles(pairs):
                if isinstance(at, Failure):
                    yield at
                else:
                    alert.seen.append((at.instant, at.evidence.locator))
            self.alerts.append(alert)
        else:
            yield from series.singles(pairs) if whole else series.blocks(pairs)
        self.last = max(self.last, series.last)


def _rest(node: Node) -> list[Node]:
    return [child for child in node.children() if child.key != "0"]


def _saved_as(name: str) -> str:
    """What a nameless series is called: the file's name without what only says that Prometheus answered."""
    stem = PurePosixPath(name.rpartition("!")[2]).name.split(".")[0]
    return _SAVED_AS.sub("", stem) or stem or "value"


READER = PrometheusQuery()

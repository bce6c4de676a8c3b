"""Reads what New Relic sends and answers: webhooks of issues and incidents, results of NRQL queries.

Knows where an answer keeps its rows. Refuses to know what rows and webhooks mean: see `rows` and `issues`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import Payload, payloads, sketches, there, value_at
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.newrelic.issues import read_incident, read_issue, shape_of
from afteraction.formats.newrelic.rows import read_row

_NERDGRAPH = (("data", "actor", "account", "nrql", "results"), ("data", "actor", "nrql", "results"))


def rows_of(value: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Where an answer keeps lists of rows; empty when it is none."""
    for path in _NERDGRAPH:
        if isinstance(value_at(value, *path), list):
            return (path,)
    metadata = value.get("metadata")
    if not isinstance(metadata, dict) or not ({"eventTypes", "rawSince", "contents", "guid"} & metadata.keys()):
        return ()
    found = []
    results = value.get("results")
    for index in range(len(results) if isinstance(results, list) else 0):
        if isinstance(value_at(value, "results", str(index), "events"), list):
            found.append(("results", str(index), "events"))
    return tuple(found)


def is_own(value: Mapping[str, Any]) -> bool:
    """Whether an object is a webhook or an answer of New Relic."""
    return bool(shape_of(value) or rows_of(value))


@dataclass(frozen=True)
class NewRelic:
    """The reader of this folder."""

    name: str = "newrelic"
    title: str = "New Relic (issue webhooks, NRQL results)"
    kind: EvidenceKind = EvidenceKind.ALERT
    example: str = (
        '{"id":"7","issueUrl":"https://radar-api.service.newrelic.com/7","title":"Pool full","priority":"CRITICAL",'
        '"state":"ACTIVATED","totalIncidents":"1","createdAt":1778595068250}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is New Relic's."""
        return 0.92 if any(is_own(one) for one in sketches(source)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Everything that each object states."""
        for payload in payloads(source, is_own, "a webhook or an answer of New Relic"):
            if isinstance(payload, Failure):
                yield payload
            elif shape := shape_of(payload.value):
                yield from (read_issue if shape == "issue" else read_incident)(payload)
            else:
                yield from _rows(payload)


def _rows(payload: Payload) -> Iterator[Record | Failure]:
    for path in rows_of(payload.value):
        if not payload.at(*path):
            yield payload.failure("the query found nothing.", "Check its period.", *path, lost=0)
        yield from payload.strangers("a row", *path)
        for row in payload.each(*path):
            yield from read_row(row, there(facet=row.text("facet")))


READER = NewRelic()

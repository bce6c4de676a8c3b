"""Turns the data points of metrics into samples.

Knows gauges, sums, both kinds of histogram and summaries; histograms become the series that Prometheus would show
(`_count`, `_sum`, `_bucket` with cumulative counts up to `le`), so that one name serves both. Refuses to turn deltas
into totals: the label `aggregation_temporality` says which they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.records import Record, Sample
from afteraction.formats.otlp.elements import (
    Element,
    attributes_of,
    enum_of,
    get,
    is_number,
    read_time,
    real_of,
    whole_of,
)

SHAPES = ("gauge", "sum", "histogram", "exponentialHistogram", "summary")
_TEMPORALITIES = ("", "delta", "cumulative")
_NO_VALUE = 1  # DataPointFlags.NO_RECORDED_VALUE_MASK
MOST_BUCKETS = 4096


@dataclass(frozen=True)
class Point:
    """One data point: where it stands, its moment and the labels of its series."""

    source: Source
    element: Element
    path: tuple[str, ...]
    value: Mapping[str, Any]
    at: Instant
    labels: Mapping[str, str]

    def sample(self, value: Any, *path: str, suffix: str = "", unit: str | None = None, **labels: str) -> Sample:
        """One sample of this point's series, or of one beside it (`suffix`, further labels)."""
        metric = str(self.element.value.get("name") or "metric")
        stated = str(self.element.value.get("unit") or "") if unit is None else unit
        return Sample(
            instant=self.at,
            metric=metric + suffix,
            value=None if self.is_empty else real_of(value),
            labels={**self.labels, **labels},
            service=self.element.service,
            unit="" if stated == "1" else stated,
            evidence=self.element.place.cite(self.source.evidence_id, *self.path, *path),
        )

    @property
    def is_empty(self) -> bool:
        """Whether the point says that nothing was recorded."""
        return bool((whole_of(self.value.get("flags")) or 0) & _NO_VALUE)


def read_metric(source: Source, element: Element) -> Iterator[Record | Failure]:
    """Every data point of one metric."""
    shapes = [(shape, found) for shape in SHAPES if isinstance(found := get(element.value, shape), dict)]
    if not shapes:
        yield Failure(
            source.name,
            f'the metric "{str(element.value.get("name"))[:80]}" has no data that OTLP knows.',
            "Export it as a gauge, a sum, a histogram or a summary.",
            element.place.locator(),
        )
    for shape, found in shapes:
        points = get(found, "dataPoints")
        if points is not None and not isinstance(points, list):
            place = element.place.locator(shape, "dataPoints")
            yield Failure(source.name, '"dataPoints" is an array; this is none.', "Export it again.", place)
        for number, point in enumerate(points if isinstance(points, list) else ()):
            yield from _read_point(source, element, shape, found, number, point)


def _read_point(
    source: Source, element: Element, shape: str, around: Mapping[str, Any], number: int, value: Any
) -> Iterator[Record | Failure]:
    path = (shape, "dataPoints", str(number))
    if not isinstance(value, dict):
        place = element.place.locator(*path)
        yield Failure(source.name, "a data point is an object; this is none.", "Leave it out.", place)
        return
    stated = get(value, "timeUnixNano")
    at = read_time(source, element, "timeUnixNano", *path, value=0 if stated is None else stated)
    if isinstance(at, Failure):
        yield at
        return
    labels = {**element.resource, **attributes_of(value.get("attributes"))}
    if temporality := enum_of(get(around, "aggregationTemporality"), "AGGREGATION_TEMPORALITY_", _TEMPORALITIES):
        labels["aggregation_temporality"] = temporality
    yield from _BUILDERS[shape](Point(source, element, path, value, at, labels))


def _numbers(point: Point) -> Iterator[Record | Failure]:
    name = next((name for name in ("asDouble", "asInt") if get(point.value, name) is not None), "")
    stated = get(point.value, name) if name else None
    if not point.is_empty and not is_number(stated):
        place = point.element.place.locator(*point.path)
        reason = f"the value {str(stated)[:40]!r} is not a number." if name else "the data point has no value."
        yield Failure(point.source.name, reason, "Export it again.", place)
        return
    yield point.sample(stated, *([name] if name else []))


def _totals(point: Point) -> Iterator[Record | Failure]:
    yield point.sample(point.value.get("count"), "count", suffix="_count", unit="")
    for name in ("sum", "min", "max"):
        if point.value.get(name) is not None:
            yield point.sample(point.value[name], name, suffix=f"_{name}")


def _histogram(point: Point) -> Iterator[Record | Failure]:
    yield from _totals(point)
    counts, bounds = get(point.value, "bucketCounts") or [], get(point.value, "explicitBounds") or []
    if not isinstance(counts, list) or not isinstance(bounds, list) or (counts and len(counts) != len(bounds) + 1):
        place = point.element.place.locator(*point.path)
        reason = "buckets and bounds do not fit each other; count and sum were read, the buckets were not."
        yield Failure(point.source.name, reason, "Export it again.", place)
        return
    below = 0
    for number, count in enumerate(counts[:MOST_BUCKETS]):
        below += whole_of(count) or 0
        le = str(bounds[number]) if number < len(bounds) else "+Inf"
        yield point.sample(below, "bucketCounts", str(number), suffix="_bucket", unit="", le=le)


def _exponential(point: Point) -> Iterator[Record | Failure]:
    """Buckets by the bounds that scale and offset give: base = 2^(2^-scale), the i-th ends at base^(offset+i+1)
    (OpenTelemetry metrics data model, "ExponentialHistogram")."""
    yield from _totals(point)
    scale = whole_of(point.value.get("scale")) or 0
    below = 0
    for side in ("negative", "positive"):
        found = point.value.get(side)
        buckets = found if isinstance(found, dict) else {}
        counts = get(buckets, "bucketCounts")
        listed = [whole_of(count) or 0 for count in counts[:MOST_BUCKETS]] if isinstance(counts, list) else []
        offset = whole_of(buckets.get("offset")) or 0
        numbers = range(len(listed)) if side == "positive" else reversed(range(len(listed)))
        if side == "positive" and (zeros := whole_of(get(point.value, "zeroCount"))) is not None:
            below += zeros
            le = str(real_of(get(point.value, "zeroThreshold")) or 0.0)
            yield point.sample(below, "zeroCount", suffix="_bucket", unit="", le=le)
        for number in numbers:
            below += listed[number]
            bound = _bound(scale, offset + number + (1 if side == "positive" else 0))
            path = (side, "bucketCounts", str(number))
            if bound is not None:
                le = str(bound if side == "positive" else -bound)
                yield point.sample(below, *path, suffix="_bucket", unit="", le=le)


def _bound(scale: int, index: int) -> float | None:
    """base^index, None where a double cannot hold it."""
    try:
        return float(2.0 ** (index * 2.0**-scale))
    except OverflowError:
        return None


def _summary(point: Point) -> Iterator[Record | Failure]:
    yield from _totals(point)
    quantiles = get(point.value, "quantileValues")
    for number, one in enumerate(quantiles if isinstance(quantiles, list) else ()):
        if isinstance(one, dict):
            path = ("quantileValues", str(number))
            yield point.sample(one.get("value", 0), *path, quantile=str(one.get("quantile", 0)))


_BUILDERS = {
    "gauge": _numbers, "sum": _numbers, "histogram": _histogram, "exponentialHistogram": _exponential,
    "summary": _summary,
}  # fmt: skip

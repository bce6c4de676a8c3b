"""Turns the samples of one series into columns, and those that are odd into single samples or failures.

Knows pairs of a time and a value as Prometheus writes them. Refuses to make an object of every sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.field_times import read_field_time
from afteraction.core.json_text import Node
from afteraction.core.labels import service_of
from afteraction.core.reading import Source
from afteraction.core.records import Sample, SampleBlock

# Four series of the longest answer Prometheus gives (11,000 samples).
LONGEST_BLOCK = 50_000
_UNITS = {"seconds": "s", "milliseconds": "ms", "ms": "ms", "bytes": "bytes", "ratio": "ratio", "percent": "%"}
# Larger counts are no seconds: they are told from their size and flagged, one by one.
_LAST_SECOND = 1e11

Pair = tuple[int, object, int]


def pairs_of(values: Node) -> Iterator[Pair]:
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


@dataclass
class Series:
    """One series while it is read. `whole` says that its node is itself the pair; `last` is its latest sample in UTC
    epoch seconds."""

    source: Source
    node: Node
    metric: str
    labels: dict[str, str]
    whole: bool = False
    last: float = field(default=0.0, init=False)

    def blocks(self, pairs: Iterable[Pair]) -> Iterator[SampleBlock | Sample | Failure]:
        """The samples as columns, in blocks; what is unusual about one makes it a single sample or a failure."""
        times: list[int] = []
        values: list[float | None] = []
        indexes: list[int] = []
        lines: list[int] = []
        for index, pair, line in pairs:
            number = _plain(pair)
            if number is None:
                yield from self.singles([(index, pair, line)])
                continue
            times.append(number[0])
            values.append(number[1])
            indexes.append(index)
            lines.append(line)
            if len(times) >= LONGEST_BLOCK:
                yield self._block(times, values, indexes, lines)
                times, values, indexes, lines = [], [], [], []
        if times:
            yield self._block(times, values, indexes, lines)

    def _block(self, times: list[int], values: list[float | None], indexes: list[int], lines: list[int]) -> SampleBlock:
        self.last = max(self.last, max(times) / 1e6)
        return SampleBlock(
            metric=self.metric,
            times=times,
            values=values,
            indexes=indexes,
            lines=None if lines[0] == lines[-1] else lines,
            labels=self.labels,
            service=service_of(self.labels),
            unit=_unit_of(self.metric),
            evidence=EvidenceRef(self.source.evidence_id, self._place(lines[0], self.node.pointer)),
        )

    def _place(self, line: int, pointer: str) -> Locator:
        """A place in this series; below a key that stands twice it needs more than line and pointer."""
        start = self.node.byte_start
        return Locator(line, pointer, start, None if start is None else start + 1)

    def singles(self, pairs: Iterable[Pair]) -> Iterator[Sample | Failure]:
        """The samples one by one, each with its time as it was written."""
        for index, pair, line in pairs:
            place = self._place(line, self.node.pointer if self.whole else f"{self.node.pointer}/{index}")
            if not isinstance(pair, list) or len(pair) != 2:
                step = "Export the answer again."
                yield Failure(self.source.name, "a sample is a time and a value; this is none.", step, place)
                continue
            at = read_field_time(self.source, pair[0], "time", place)
            value = _number(pair[1])
            if isinstance(at, Failure):
                yield at
            elif isinstance(value, str):
                step = "Correct the value or export the answer again."
                yield Failure(self.source.name, f'the value "{value[:60]}" is not a number.', step, place)
            else:
                self.last = max(self.last, at.utc.timestamp())
                yield Sample(
                    instant=at,
                    metric=self.metric,
                    value=value,
                    labels=self.labels,
                    service=service_of(self.labels),
                    unit=_unit_of(self.metric),
                    evidence=EvidenceRef(self.source.evidence_id, place),
                )


def _unit_of(metric: str) -> str:
    """The unit that a metric's name ends with, by Prometheus' own convention; empty when it names none."""
    return _UNITS.get(metric.removesuffix("_total").rpartition("_")[2], "")


def _plain(pair: object) -> tuple[int, float | None] | None:
    """(UTC epoch microseconds, value) of a pair as Prometheus writes it; None when anything about it is unusual."""
    if type(pair) is not list or len(pair) != 2:
        return None
    at, stated = pair
    if type(stated) is not str or "_" in stated:
        return None
    try:
        number = float(stated)
    except ValueError:
        return None
    value = number if number - number == 0 else None
    if type(at) is int and 0 <= at < _LAST_SECOND:
        return at * 1_000_000, value
    if type(at) is float and 0 <= at < _LAST_SECOND:
        return round(at * 1e6), value
    return None


def _number(value: object) -> float | str | None:
    """The value as Prometheus writes it: NaN and infinities are nothing; a text that is no number comes back."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or "_" in str(value):
        return str(value)
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return str(value)
    return number if number - number == 0 else None

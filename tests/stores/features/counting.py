"""The features of a few spans and lines worked out in plain Python, from their description: a second opinion."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

LONGEST = 100_000_000_000


@dataclass(frozen=True)
class S:
    """A span: `at` in seconds since 1970, `ms` None when unknown."""

    trace: str
    id: str
    parent: str
    service: str
    name: str
    at: float
    ms: float | None = 1.0
    failed: bool = False
    kind: str = ""

    @property
    def at_us(self) -> int:
        return round(self.at * 1_000_000)

    @property
    def us(self) -> int | None:
        if self.ms is None or math.isnan(self.ms):
            return None
        return -1 if self.ms < 0 else min(LONGEST, math.floor(self.ms * 1000 + 0.5)) if self.ms < 1e9 else LONGEST

    @property
    def above(self) -> str:
        return "" if self.parent == self.id else self.parent


@dataclass(frozen=True)
class L:
    """A log line."""

    trace: str
    service: str
    level: str
    template: str
    at: float


def bucket(us: int | None) -> int:
    if us is None:
        return -2
    if us < 1:
        return min(us, 0)
    n = 1
    while Fraction(us) ** 4 >= 2**n:
        n += 1
    return n


def minute(at: float) -> int:
    return math.floor(at / 60)


def entries(spans: list[S]) -> dict[str, tuple[str, int]]:
    found = {}
    for trace in {span.trace for span in spans if span.trace}:
        mine = [span for span in spans if span.trace == trace]
        roots = [span for span in mine if not span.above]
        first = min(roots or mine, key=lambda s: (s.at_us, s.service.encode(), s.name.encode()))
        found[trace] = (f"{'' if roots else '~ '}{first.service} {first.name}", minute(first.at_us / 1e6))
    return found


def count(spans: list[S], lines: list[L]) -> dict[tuple[str, int, str, str, str, int], int]:
    """(service, minute, feature, part, peer, bucket) → count."""
    found: Counter[tuple[str, int, str, str, str, int]] = Counter()
    entry = entries(spans)
    children: dict[tuple[str, str], list[S]] = defaultdict(list)
    own: dict[tuple[str, str], list[S]] = defaultdict(list)
    once: set[tuple[str, ...]] = set()
    for span in spans:
        if span.trace and span.above:
            children[span.trace, span.above].append(span)
        own[span.trace, span.id].append(span)
    for span in spans:
        at = minute(span.at_us / 1e6)
        found[span.service, at, "spans", span.name, "", 0] += 1
        found[span.service, at, "errors", span.name, "", 0] += span.failed
        found[span.service, at, "duration", span.name, "", bucket(span.us)] += 1
        if span.us is not None and span.us >= 0:
            below = sum(max(0, child.us or 0) for child in children.get((span.trace, span.id), []))
            found[span.service, at, "self", span.name, "", bucket(max(0, span.us - below))] += 1
        if span.trace:
            once.add(("traces", span.trace, span.service, ""))
            if span.failed:
                once.add(("failed", span.trace, span.service, ""))
    for (trace, above), below in children.items():
        twins = own.get((trace, above), [])
        if not twins:
            continue
        parent = min(
            twins, key=lambda s: (s.kind == "client", -s.at_us, s.service.encode(), s.name.encode(),
                                  minute(s.at_us / 1e6), -2 if s.us is None else s.us),
        )  # fmt: skip
        for child in below:
            once.add(("call", trace, parent.service, f"{child.service} {child.name}"))
        services = {child.service for child in below}
        known = parent.us is not None and parent.us >= 0 and all(child.us is not None for child in below)
        if (
            services - {parent.service}
            and len(services) == 1
            and known
            and (len(below) == 1 or parent.kind == "client")
        ):
            waited = max(0, (parent.us or 0) - sum(max(0, child.us or 0) for child in below))
            found[parent.service, minute(parent.at_us / 1e6), "gap", parent.name, below[0].service, bucket(waited)] += 1
    for line in lines:
        at = minute(line.at)
        found[line.service, at, "lines", line.level, "", 0] += 1
        if line.template and line.trace in entry:
            once.add(("template", line.trace, line.service, line.template))
        elif line.template:
            found[line.service, at, "template", "", line.template, 0] += 1
    for feature, trace, service, peer in once:
        part, at = entry[trace]
        found[service, at, feature, part, peer, 0] += 1
    return {key: n for key, n in found.items() if n}

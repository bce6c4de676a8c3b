"""Blind spots: services that were impaired while no signal of theirs spoke (SPEC R126).

Knows spans of time by service. Refuses to say that nothing watched a service: only that nothing of it is in the
evidence, and a signal that names no service may be anybody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When a service was impaired, or when a signal of it spoke (aware; `end` None: not known to have ended)."""

    service: str
    start: datetime
    end: datetime | None = None


def blind_spots(impaired: Iterable[Span], signals: Iterable[Span]) -> tuple[Span, ...]:
    """Impaired spans during which no signal of that service spoke, by start. A signal without an end is a moment; one
    that names no service counts for all. Names are told apart without regard to case."""
    heard: dict[str, list[Span]] = {}
    for signal in signals:
        heard.setdefault(signal.service.casefold(), []).append(signal)
    anybodys = heard.get("", [])
    found = [
        span
        for span in impaired
        if not any(_meet(span, signal) for signal in (*heard.get(span.service.casefold(), ()), *anybodys))
    ]
    return tuple(sorted(found, key=lambda span: (span.start, span.service)))


def _meet(span: Span, signal: Span) -> bool:
    ended = signal.end or signal.start
    return ended >= span.start and (span.end is None or signal.start <= span.end)

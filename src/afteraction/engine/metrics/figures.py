"""How a figure is made of two moments: one value, two accounts side by side, or one of the words for no value.

Knows candidates, intervals and the five states. Refuses to choose between accounts that cannot both be right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from afteraction.core.evidence import EvidenceRef
from afteraction.core.findings import Candidate, Metric, State
from afteraction.core.instant import Duration, Instant, between

# A second account counts as a rival when it is about as well founded as the first.
RIVAL_CONFIDENCE = 0.25
_MOST_RIVALS = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """A named instant as its candidates, the chosen one first; empty is unknown."""

    name: str
    candidates: tuple[Candidate, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.candidates)

    @property
    def first(self) -> Candidate:
        """The chosen candidate; IndexError when the moment is unknown."""
        return self.candidates[0]

    @property
    def instant(self) -> Instant:
        """The chosen candidate's instant."""
        return self.first.instant


def overlap(a: Instant, b: Instant) -> bool:
    """Whether two statements may be about the same moment."""
    return a.lo < b.hi and b.lo < a.hi


def rivals(moment: Moment) -> tuple[Candidate, ...]:
    """The accounts of a moment that cannot both be right: the first candidate and those about as well founded that do
    not overlap it. Alone once somebody picked one, with a reason (SPEC T-3)."""
    if not moment.candidates or any(candidate.chosen_by for candidate in moment.candidates):
        pinned = [candidate for candidate in moment.candidates if candidate.chosen_by]
        return tuple(pinned[:1])
    kept = [moment.first]
    for candidate in moment.candidates[1:]:
        founded = candidate.confidence >= moment.first.confidence - RIVAL_CONFIDENCE
        if founded and not any(overlap(candidate.instant, other.instant) for other in kept):
            kept.append(candidate)
    return tuple(kept[:_MOST_RIVALS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a metric is called, its unit and its formula in words."""

    id: str
    name: str
    formula: str
    unit: str = "s"
    clock: str = "wall"


def elapsed(
    definition: Definition, start: Moment, end: Moment, *, note: str = "", detail: Mapping[str, object] | None = None
) -> Metric:
    """`end` minus `start` in seconds. Unknown when either is; a conflict with one figure per pair of accounts when
    several cannot all be right (value None, low and high spanning them)."""
    missing = [moment.name for moment in (start, end) if not moment]
    if missing:
        return unknown(definition, missing_sentence(missing), detail, start, end)
    figures = [_difference(definition, start.name, a, end.name, b) for a in rivals(start) for b in rivals(end)]
    figures = list({(figure.low, figure.high): figure for figure in figures}.values())
    if len(figures) == 1:
        only = figures[0]
        if only.low is not None and only.high is not None and only.low < 0 < only.high and only.high - only.low > 2:
            note = " ".join(part for part in (note, "Which came first is unknown at this precision.") if part)
        return replace(only, note=note or only.note, detail=dict(detail or {}))
    return replace(
        figures[0],
        state=State.CONFLICT,
        value=None,
        low=min(figure.low for figure in figures if figure.low is not None),
        high=max(figure.high for figure in figures if figure.high is not None),
        alternatives=tuple(figures),
        evidence=distinct(ref for figure in figures for ref in figure.evidence),
        inputs=tuple(dict.fromkeys(item for figure in figures for item in figure.inputs)),
        note=" ".join(part for part in (note, "Sources disagree; both figures stand until one is picked.") if part),
        detail=dict(detail or {}),
    )


def _difference(definition: Definition, a_name: str, a: Candidate, b_name: str, b: Candidate) -> Metric:
    span = between(a.instant, b.instant)
    accounts = [candidate.source for candidate in (a, b) if candidate.source]
    return Metric(
        id=definition.id,
        name=definition.name,
        state=State.VALUE,
        value=span.value,
        low=span.low,
        high=span.high,
        unit=definition.unit,
        clock=definition.clock,
        formula=definition.formula,
        evidence=distinct((*a.evidence, *b.evidence)),
        inputs=((a_name, a.instant), (b_name, b.instant)),
        detail={"accounts": tuple(dict.fromkeys(accounts))} if accounts else {},
    )


def missing_sentence(names: Iterable[str]) -> str:
    """`Impact start and first action are unknown.`"""
    named = list(names)
    text = " and ".join(named)
    return f"{text[:1].upper()}{text[1:]} {'is' if len(named) == 1 else 'are'} unknown."


def unknown(definition: Definition, note: str, detail: Mapping[str, object] | None = None, *known: Moment) -> Metric:
    """The figure is unknown; `note` says what is missing, `known` what was there all the same."""
    return Metric(
        id=definition.id,
        name=definition.name,
        state=State.UNKNOWN,
        unit=definition.unit,
        clock=definition.clock,
        formula=definition.formula,
        note=note,
        inputs=tuple((moment.name, moment.instant) for moment in known if moment),
        evidence=distinct(ref for moment in known if moment for ref in moment.first.evidence),
        detail=dict(detail or {}),
    )


def not_applicable(definition: Definition, reason: str) -> Metric:
    """The figure has no meaning for this kind of incident; `reason` says why."""
    return Metric(
        id=definition.id,
        name=definition.name,
        state=State.NOT_APPLICABLE,
        unit=definition.unit,
        clock=definition.clock,
        formula=definition.formula,
        note=reason,
    )


def at_least(
    definition: Definition,
    bound: float,
    note: str,
    *known: Moment,
    high: float | None = None,
    detail: Mapping[str, object] | None = None,
) -> Metric:
    """The figure is censored: at least `bound`, in the definition's unit."""
    empty = unknown(definition, note, detail, *known)
    return replace(empty, state=State.AT_LEAST, value=bound, low=bound, high=high)


def parts(span: Duration) -> dict[str, float]:
    """A sub-figure for `detail`: value, low and high in seconds."""
    return {"value": span.value, "low": span.low, "high": span.high}


def distinct(refs: Iterable[EvidenceRef]) -> tuple[EvidenceRef, ...]:
    """Citations in order, each once."""
    return tuple(dict.fromkeys(refs))


def spoken(seconds: float) -> str:
    """A length in words: `1 min 36 s`, `45 min`, `2 h 3 min`, `3 d 4 h`."""
    whole = round(abs(seconds))
    if whole < 60:
        return f"{whole} s"
    days, rest = divmod(whole, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, left = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min {left} s" if left else f"{minutes} min"


def joined(*texts: str) -> str:
    """Sentences as one note, each once."""
    return " ".join(dict.fromkeys(text for text in texts if text))

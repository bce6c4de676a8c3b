"""Accounts that cannot all be right, side by side (SPEC T-3): of one milestone, and of a duration against its times.

Knows intervals and how durations are written. Refuses to pick a side.
"""

# ruff: noqa: E501 (a pattern reads better in one piece)
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from afteraction.core.evidence import EvidenceRef
from afteraction.core.findings import (
    MILESTONE_TITLES,
    Account,
    Candidate,
    Conflict,
    Detection,
    DetectionMethod,
    ImpactWindow,
    Milestone,
)
from afteraction.core.instant import Duration, Instant, between
from afteraction.core.records import Document, Lane
from afteraction.engine.timeline.accounts import HINT, SOURCE_NAMES, STATED, overlap
from afteraction.engine.timeline.support_hours import fitting_clock

# Changes before an incident are candidates, not accounts of one fact (SPEC R030).
_NO_ACCOUNTS = (Milestone.TRIGGER,)
_TOLERANCE_S = 60.0
_ROUGH_SHARE = 0.1
_ROUGH = re.compile(
    r"\b(?:about|around|approx\w*|roughly|over|nearly|almost|more than|less than|under|some)\b|[~≈]", re.IGNORECASE
)
_PART = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*-?\s*(weeks?|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])", re.IGNORECASE
)
_COMPACT = re.compile(r"\b(\d{1,3})\s*h\s*(\d{1,2})\b", re.IGNORECASE)
_SECONDS = {"w": 604_800.0, "d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0}
_WORDS = {"half an hour": 1_800.0, "an hour": 3_600.0, "a day": 86_400.0, "a minute": 60.0}
_BEGINNINGS = (
    Milestone.IMPACT_START,
    Milestone.DETECTED,
    Milestone.DECLARED,
    Milestone.ACKNOWLEDGED,
    Milestone.FIRST_MONITOR,
)
_REPAIRED = (Milestone.MITIGATED, Milestone.IMPACT_END)
# What each stated figure is the difference of: any of the beginnings to any of the ends.
_MEANS: tuple[tuple[str, tuple[Milestone, ...], tuple[Milestone, ...]], ...] = (
    ("time_to_detect", (Milestone.IMPACT_START, Milestone.TRIGGER), (Milestone.DETECTED, Milestone.FIRST_MONITOR)),
    ("time_to_acknowledge", (Milestone.FLAG, Milestone.DETECTED, Milestone.IMPACT_START), (Milestone.ACKNOWLEDGED,)),
    ("time_to_mitigate", _BEGINNINGS, _REPAIRED),
    ("time_to_repair", _BEGINNINGS, _REPAIRED),
    ("time_to_recover", _BEGINNINGS, (*_REPAIRED, Milestone.RESOLVED)),
    ("time_to_resolve", _BEGINNINGS, (Milestone.RESOLVED,)),
    ("duration", (Milestone.IMPACT_START, Milestone.DETECTED), (Milestone.IMPACT_END, Milestone.MITIGATED, Milestone.RESOLVED)),
)  # fmt: skip


def compare_accounts(milestones: Mapping[Milestone, Sequence[Candidate]]) -> Iterator[Conflict]:
    """A conflict for each milestone whose accounts do not overlap within their precision."""
    for milestone, candidates in milestones.items():
        if milestone in _NO_ACCOUNTS or len(candidates) < 2:
            continue
        if all(overlap(candidates[0].instant, other.instant) for other in candidates[1:]):
            continue
        told = [f"{c.source or 'an account'} says {_clock(c)}" for c in candidates]
        yield Conflict(
            subject=milestone.value,
            sentence=f"{MILESTONE_TITLES[milestone]}: {', '.join(told)}. All are kept.",
            accounts=tuple(
                Account(text=c.reason, evidence=_first(c), instant=c.instant, source=c.source) for c in candidates
            ),
        )


def compare_durations(
    documents: Sequence[Document],
    milestones: Mapping[Milestone, Sequence[Candidate]],
    windows: Sequence[ImpactWindow],
) -> Iterator[Conflict]:
    """A conflict for each stated duration that none of the stated times gives, within a minute and the times' own
    precision (a tenth where the text says "about")."""
    for document in sorted(documents, key=lambda d: d.evidence.evidence_id):
        for name, text, ref in document.stated:
            amount = read_duration(text)
            if amount is None or "mean" in name:
                continue
            computed = _computed(name.removeprefix("stated_"), document, milestones, windows)
            slack = max(_TOLERANCE_S, _roughness(text, amount) if _ROUGH.search(text) else 0.0)
            if not computed or any(d.low - slack <= amount <= d.high + slack for d, _, _ in computed):
                continue
            pairs = [(start.instant, end.instant) for _, start, end in computed if start and end]
            if fits := fitting_clock(amount, pairs, (text, document.text), slack):
                yield _by_its_own_clock(name, text, ref, amount, *fits)
                continue
            nearest, start, end = min(computed, key=lambda found: (abs(found[0].value - amount), found[0].value))
            yield _mismatch(name, text, ref, amount, nearest, start, end)


def compare_late_reports(
    milestones: Mapping[Milestone, Sequence[Candidate]], detections: Sequence[Detection]
) -> Iterator[Conflict]:
    """A conflict where users still reported after the last account of the end: it may have to be opened again."""
    ends = milestones.get(Milestone.RESOLVED, ())
    if not ends:
        return
    last = max(ends, key=lambda one: one.instant.utc)
    late = [d for d in detections if d.method is DetectionMethod.CUSTOMER and d.at.utc > last.instant.hi]
    if not late:
        return
    after = print_duration((late[0].at.utc - last.instant.utc).total_seconds())
    text = f"“{late[0].title}”, written {late[0].at.utc:%Y-%m-%d %H:%M}"
    evidence = late[0].evidence[0] if late[0].evidence else EvidenceRef("")
    yield Conflict(
        subject="reopened",
        sentence=f"A user reported {after} after it was called resolved ({len(late)} such in all): it may not be over.",
        accounts=(
            Account(text=last.reason, evidence=_first(last), instant=last.instant, source=last.source),
            Account(text=text, evidence=evidence, instant=late[0].at, source="user report"),
        ),
    )


def read_duration(text: str) -> float | None:
    """A written duration in seconds ("1h 50m", "4h45", "103 min", "half an hour"), or None."""
    if match := _COMPACT.search(text):
        return int(match[1]) * 3_600.0 + int(match[2]) * 60.0
    parts = _PART.findall(text)
    if parts:
        return sum(float(number.replace(",", ".")) * _SECONDS[unit[0].lower()] for number, unit in parts)
    return next((seconds for words, seconds in _WORDS.items() if words in text.lower()), None)


def _roughness(text: str, amount: float) -> float:
    """How far a rough duration may be off: a tenth, or half of the smallest unit that it is told in ("~1 hr")."""
    units = [_SECONDS[unit[0].lower()] for _, unit in _PART.findall(text)]
    return max(amount * _ROUGH_SHARE, min(units, default=0.0) / 2)


def print_duration(seconds: float) -> str:
    """Seconds as people write them: 64 min, 1 h 50 min, 104 s."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


def _computed(
    name: str, document: Document, milestones: Mapping[Milestone, Sequence[Candidate]], windows: Sequence[ImpactWindow]
) -> list[tuple[Duration, Candidate | None, Candidate | None]]:
    """Every difference of the document's own times that the figure may mean."""
    found: list[tuple[Duration, Candidate | None, Candidate | None]] = []
    for meant, starts, ends in _MEANS:
        if meant != name:
            continue
        for start in _told(document, milestones, starts):
            for end in _told(document, milestones, ends):
                if end.instant.utc > start.instant.utc:
                    found.append((between(start.instant, end.instant), start, end))
    closed = [between(w.start, w.end) for w in windows if w.end is not None]
    if name == "duration" and found and len(closed) == len(windows) and len(closed) > 1:
        union = closed[0]
        for more in closed[1:]:
            union = union + more
        found += [(length, None, None) for length in (union, *closed)]
    return found


def _told(
    document: Document, milestones: Mapping[Milestone, Sequence[Candidate]], wanted: Sequence[Milestone]
) -> list[Candidate]:
    own = document.evidence.evidence_id
    candidates = [c for milestone in wanted for c in milestones.get(milestone, ()) if _is_its_own_time(milestone, c)]
    return [c for c in candidates if any(ref.evidence_id == own for ref in c.evidence)]


def _is_its_own_time(milestone: Milestone, one: Candidate) -> bool:
    """True for times that the text states as this milestone; an end that only words suggest, and any mere estimate,
    proves no mismatch."""
    if one.confidence <= HINT and one.source == SOURCE_NAMES[Lane.DOCUMENT]:
        return False
    return one.confidence >= STATED or milestone in (*_BEGINNINGS, Milestone.IMPACT_END)


def _by_its_own_clock(
    name: str, text: str, ref: EvidenceRef, amount: float, clock: str, start: Instant, end: Instant
) -> Conflict:
    figure = name.removeprefix("stated_").replace("_", " ")
    wall = print_duration(between(start, end).value)
    told = f"{wall} by wall clock ({_moment(start)} to {_moment(end)})"
    return Conflict(
        subject="business_clock",
        sentence=f"The text states a {figure} of “{text.strip()}”. It fits a {clock} clock; the same times are {told}.",
        accounts=(
            Account(text=f"stated: {text.strip()}", evidence=ref, amount=amount, source="document"),
            Account(text=told, evidence=ref, amount=between(start, end).value, source="computed"),
        ),
    )


def _mismatch(
    name: str,
    text: str,
    ref: EvidenceRef,
    amount: float,
    nearest: Duration,
    start: Candidate | None,
    end: Candidate | None,
) -> Conflict:
    figure = name.removeprefix("stated_").replace("_", " ")
    times = f" ({_clock(start)} to {_clock(end)})" if start and end else ""
    computed = f"its own times give {print_duration(nearest.value)}{times}"
    evidence = _first(end) if end else ref
    return Conflict(
        subject="stated_duration",
        sentence=f"The text states a {figure} of “{text.strip()}”; {computed}.",
        accounts=(
            Account(text=f"stated: {text.strip()}", evidence=ref, amount=amount, source="document"),
            Account(text=computed, evidence=evidence, amount=nearest.value, source="computed"),
        ),
    )


def _clock(one: Candidate) -> str:
    return _moment(one.instant)


def _moment(instant: Instant) -> str:
    return instant.utc.strftime("%Y-%m-%d %H:%M:%S" if instant.utc.second else "%Y-%m-%d %H:%M")


def _first(one: Candidate) -> EvidenceRef:
    return one.evidence[0] if one.evidence else EvidenceRef("")

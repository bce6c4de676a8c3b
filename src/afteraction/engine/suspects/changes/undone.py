"""Changes that were taken back, and whether what went wrong ended then.

Knows rollbacks, reverts and flags turned again. Refuses to call an end without one of them a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from afteraction.core.records import Change, ChangeKind
from afteraction.core.suspects import Term
from afteraction.engine.suspects.changes.symptoms.kinds import Kind
from afteraction.engine.suspects.changes.symptoms.picture import Departure, Picture
from afteraction.engine.suspects.tables import Floats, LineTable

_BACK = re.compile(r"\b(?:roll(?:ed|ing)?[ -]?back|revert(?:ed|ing)?|back to v?\d)", re.I)
_REVERTS = re.compile(r"^\s*revert:?\s+[\"“']?(?P<title>[^\"”']+)", re.I)
_GOES_OUT = (ChangeKind.DEPLOYMENT, ChangeKind.RELEASE, ChangeKind.CONFIG, ChangeKind.INFRASTRUCTURE)
# What was under way may take a minute to end; later ends have other reasons.
_SOON_S, _SETTLES_S = 900.0, 60.0
_LEAST_LINES = 5
_ENDED_BELOW, _WENT_ON_ABOVE = 0.4, 0.8
# Natural log odds. An incident may end for many reasons; that it ends just then has few.
ENDED, WENT_ON = 3.0, -2.5


def find_undone(changes: Sequence[Change]) -> Mapping[int, Change]:
    """For each change (by place in the list) that was taken back: what took it back."""
    ordered = sorted(enumerate(changes), key=lambda pair: pair[1].instant.utc)
    found: dict[int, Change] = {}
    live: dict[str, list[int]] = {}
    turned: dict[tuple[str, str], int] = {}
    titled: dict[str, int] = {}
    for place, one in ordered:
        if is_back(one):
            if live.get(one.service):
                found.setdefault(live[one.service].pop(), one)
        elif one.kind in _GOES_OUT:
            live.setdefault(one.service, []).append(place)
        if one.kind is ChangeKind.FLAG:
            key = (one.service, one.attributes.get("flag") or one.reference)
            if key in turned:
                found.setdefault(turned[key], one)
            turned[key] = place
        if one.kind is ChangeKind.COMMIT:
            said = _REVERTS.match(one.title)
            if said and said["title"].strip().lower() in titled:
                found.setdefault(titled[said["title"].strip().lower()], one)
            titled[one.title.strip().lower()] = place
    return found


def is_back(one: Change) -> bool:
    """True where a change only brings back what ran before."""
    return one.kind is ChangeKind.ROLLBACK or (one.kind in _GOES_OUT and bool(_BACK.search(one.title)))


def weigh_undoing(back: Change, picture: Picture, lines: LineTable | None) -> Term | None:
    """What the time after a rollback says of what was taken back: None where nothing was measured then."""
    began = back.instant.utc.timestamp()
    done = back.until.utc.timestamp() if back.until else began
    courses = [*_metrics(picture, began, done), *_errors(lines, picture.onset, began, done)]
    total = sum(weight for weight, _ in courses)
    if not total:
        return None
    left = sum(weight * share for weight, share in courses) / total
    when = _clock(began) if done <= began + 60 else f"{_clock(began)} to {_clock(done)}"
    if left <= _ENDED_BELOW:
        what = "what was wrong" if left < 0.05 else f"{1 - left:.0%} of what was wrong"
        shown = max(picture.departures, key=lambda one: (Kind.ERRORS in one.kinds, one.height), default=None)
        return Term(name="rolled back, and it ended", log_odds=ENDED,
                    evidence=(back.evidence, *([shown.evidence] if shown else [])),
                    says=f"It was taken back ({when} UTC), and {what} ended with that.")  # fmt: skip
    if left >= _WENT_ON_ABOVE:
        return Term(name="rolled back, and it went on", log_odds=WENT_ON, evidence=(back.evidence,),
                    says=f"It was taken back ({when} UTC), and what was wrong went on.")  # fmt: skip
    return None


def _metrics(picture: Picture, began: float, done: float) -> Iterator[tuple[float, float]]:
    """(weight, share that is left afterwards) of every metric that was outside its quiet level right before."""
    for one in picture.departures:
        if Kind.LOAD in one.kinds or one.at >= began:
            continue
        before, after = _median(one, began - _SOON_S, began), _median(one, done + _SETTLES_S, done + _SOON_S)
        if before is not None and after is not None and before > 0:
            # Failures are what people noticed; what they hold up may empty slowly.
            weight = min(one.height, 30.0) / 30 * (1.0 if Kind.ERRORS in one.kinds else 0.4)
            yield weight, min(1.0, max(after, 0.0) / before)


def _median(one: Departure, since: float, until: float) -> float | None:
    part = one.values[(one.times >= since) & (one.times < until)]
    return float(np.median(part) - one.level) * (1 if one.rising else -1) if part.size else None


def _errors(lines: LineTable | None, onset: float | None, began: float, done: float) -> Iterator[tuple[float, float]]:
    if lines is None or onset is None:
        return
    at = lines.at[lines.bad]
    if not at.size or float(lines.at.max()) < done + _SETTLES_S:
        return
    end = min(done + _SOON_S, float(lines.at.max()))
    before = _rate(at, max(onset, began - _SOON_S), began)
    normal = _rate(at, onset - 4 * _SOON_S, onset)
    after = _rate(at, done + _SETTLES_S, end)
    if before - normal > 0 and np.count_nonzero((at >= onset) & (at < began)) >= _LEAST_LINES:
        yield 1.0, min(1.0, max(after - normal, 0.0) / (before - normal))


def _rate(at: Floats, since: float, until: float) -> float:
    return float(np.count_nonzero((at >= since) & (at < until))) / max(until - since, 1.0)


def _clock(at: float) -> str:
    hours, minutes = divmod(int(at) // 60 % 1440, 60)
    return f"{hours:02d}:{minutes:02d}"

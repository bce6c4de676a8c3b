"""A proposed alert, replayed on the samples that an incident left behind (SPEC R149).

Knows thresholds, how long they must hold, and what that would have told earlier. Refuses to say how much impact an
earlier page would have spared, and to replay what was never stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from afteraction.core.instant import Duration, Instant, Precision, between
from afteraction.engine.metrics.figures import spoken
from afteraction.engine.signals.arrays import seen_instant, spacing
from afteraction.engine.signals.firings import Firing, Rule, Samples, Stretch, find_firings, micros_of
from afteraction.engine.signals.meaning import print_value


class BeforeImpact(StrEnum):
    """Whether it would have told before users were hit."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Replay(StrEnum):
    """What the replay found: it fires, it never does, it was firing already, or there is nothing to replay on."""

    FIRES = "fires"
    NEVER = "never"
    ALREADY = "already"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One row of the table of thresholds. `earlier` is the lead over the page that came; `false_pages` counts on the
    healthy stretches, None without any."""

    threshold: float
    fires_at: Instant | None
    earlier: Duration | None
    before_impact: BeforeImpact
    false_pages: int | None
    is_proposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    """What the replay says. `earlier` is the page that came minus `fires_at`, `before` the impact start minus
    `fires_at`, in seconds with their bounds (negative: later). `healthy_s` is how much healthy data was replayed.
    `sentence` says it in words; `reason` says why it cannot be replayed."""

    state: Replay
    rule: Rule | None = None
    fires_at: Instant | None = None
    since: Instant | None = None
    at_latest: bool = False
    earlier: Duration | None = None
    before: Duration | None = None
    before_impact: BeforeImpact = BeforeImpact.UNKNOWN
    false_pages: int | None = None
    healthy_s: float = 0.0
    table: tuple[Alternative, ...] = ()
    sentence: str = ""
    reason: str = ""


def back_test(
    samples: Sequence[Samples],
    rule: Rule | None,
    *,
    paged: Instant | None = None,
    impact_start: Instant | None = None,
    begin: datetime | None = None,
    end: datetime | None = None,
    healthy: Sequence[Stretch] = (),
    thresholds: Sequence[float] = (),
    name: str = "",
) -> BackTest:
    """Replays `rule` on all `samples` (an alert over several series fires when the first of them does) between `begin`
    and `end` (UTC; the whole recording where None). `paged` is the page that really came. `healthy` are stretches in
    epoch microseconds in which nothing was wrong: every firing there is a false page. `thresholds` are further ones
    for the table; without any, half and twice the proposed one."""
    usable = [each for each in samples if each.times_us.size and np.isfinite(each.values).any()]
    if not usable:
        told = name or "this signal"
        return _cannot(f"No samples of {told} are stored. Add its series to the evidence, or propose to record it.")
    if rule is None:
        return _cannot("The proposal has no threshold yet.")
    replay = _Replay(usable, paged, impact_start, begin, end, tuple(healthy))
    shown = thresholds or ([rule.threshold / 2, rule.threshold * 2] if rule.threshold else [])
    table = sorted({rule.threshold, *shown}, reverse=not rule.above)
    rows = tuple(
        replay.row(Rule(threshold=each, above=rule.above, for_s=rule.for_s), each == rule.threshold) for each in table
    )
    return replay.told(rule, rows)


def comes_before(fires: Instant, impact: Instant) -> BeforeImpact:
    """Whether `fires` is before `impact`: yes when its last possible moment is before the first possible impact, no
    when its first possible moment is at or after the last one, otherwise nobody can say. Times to the second are
    taken as moments, so one second before is yes and the same second is no."""
    if _latest(fires) < impact.lo or (_is_open(fires) and _latest(fires) <= impact.lo):
        return BeforeImpact.YES
    return BeforeImpact.NO if fires.lo >= _latest(impact) else BeforeImpact.UNKNOWN


def _is_open(instant: Instant) -> bool:
    return instant.precision not in (Precision.SECOND, Precision.APPROXIMATE)


def _latest(instant: Instant) -> datetime:
    return instant.utc if instant.precision is Precision.SECOND else instant.hi


@dataclass(frozen=True)
class _Replay:
    """One incident's data, asked again for each threshold."""

    samples: Sequence[Samples]
    paged: Instant | None
    impact_start: Instant | None
    begin: datetime | None
    end: datetime | None
    healthy: tuple[Stretch, ...]

    def row(self, rule: Rule, is_proposed: bool) -> Alternative:
        state, fires_at, firing = self.first(rule)
        earlier = between(fires_at, self.paged) if fires_at and self.paged else None
        return Alternative(
            threshold=rule.threshold,
            fires_at=fires_at,
            earlier=earlier,
            before_impact=self.verdict(state, fires_at, firing),
            false_pages=self.false_pages(rule),
            is_proposed=is_proposed,
        )

    def first(self, rule: Rule) -> tuple[Replay, Instant | None, Firing | None]:
        """The first firing of any series inside the incident, with how precisely its samples know it."""
        begin = micros_of(self.begin) if self.begin else None
        end = micros_of(self.end) if self.end else None
        found: list[tuple[bool, int, Firing, Samples]] = []
        for each in self.samples:
            for firing in find_firings(each, rule):
                if self._is_elsewhere(firing, begin, end):
                    continue
                already = self._in_healthy(firing.fires_us) or (begin is not None and firing.fires_us < begin)
                found.append((already, firing.fires_us, firing, each))
        if not found:
            return Replay.NEVER, None, None
        # A series that always fires hides no other one: it paged long ago.
        already, _, firing, series = min(found, key=lambda one: one[:2])
        return (Replay.ALREADY if already else Replay.FIRES), _seen(firing.fires_us, series), firing

    def _is_elsewhere(self, firing: Firing, begin: int | None, end: int | None) -> bool:
        is_over = begin is not None and firing.until_us < begin
        is_later = end is not None and firing.fires_us > end
        return is_over or is_later or self._in_healthy(firing.fires_us, firing.until_us)

    def _in_healthy(self, *moments: int) -> bool:
        return any(all(first <= at < last for at in moments) for first, last in self.healthy)

    def verdict(self, state: Replay, fires_at: Instant | None, firing: Firing | None) -> BeforeImpact:
        if state is Replay.NEVER:
            return BeforeImpact.NO if self._covers_impact() else BeforeImpact.UNKNOWN
        if state is Replay.ALREADY or fires_at is None or firing is None or self.impact_start is None:
            return BeforeImpact.UNKNOWN
        verdict = comes_before(fires_at, self.impact_start)
        # The recording begins inside: it may have fired earlier than can be seen.
        return BeforeImpact.UNKNOWN if firing.from_start and verdict is BeforeImpact.NO else verdict

    def _covers_impact(self) -> bool:
        if self.impact_start is None:
            return False
        at = micros_of(self.impact_start.lo)
        return any(int(each.times_us[0]) < at <= int(each.times_us[-1]) for each in self.samples)

    def false_pages(self, rule: Rule) -> int | None:
        """Firings of any series inside the healthy stretches; None when no sample lies in one."""
        if not self.healthy_s():
            return None
        return sum(self._in_healthy(firing.fires_us) for each in self.samples for firing in find_firings(each, rule))

    def healthy_s(self) -> float:
        """How many seconds of the healthy stretches the longest series covers."""
        covered = [
            sum(max(0, min(last, int(each.times_us[-1])) - max(first, int(each.times_us[0])))
                for first, last in self.healthy)
            for each in self.samples
        ]  # fmt: skip
        return max(covered) / 1e6

    def told(self, rule: Rule, rows: tuple[Alternative, ...]) -> BackTest:
        mine = next(row for row in rows if row.is_proposed)
        state, _, firing = self.first(rule)
        before = between(mine.fires_at, self.impact_start) if mine.fires_at and self.impact_start else None
        at_latest = bool(firing and firing.from_start)
        return BackTest(
            state=state,
            rule=rule,
            fires_at=mine.fires_at,
            since=_seen(firing.since_us, self.samples[0]) if firing else None,
            at_latest=at_latest,
            earlier=mine.earlier,
            before=before,
            before_impact=mine.before_impact,
            false_pages=mine.false_pages,
            healthy_s=self.healthy_s(),
            table=rows,
            sentence=_sentence(state, rule, mine, at_latest, self.samples[0]),
        )


def written(found: BackTest) -> dict[str, object]:
    """The back-test as JSON, as a signal keeps it: times as ISO 8601 in UTC, durations in seconds."""
    return {
        "state": found.state.value,
        "sentence": found.sentence or found.reason,
        "fires_at": _iso(found.fires_at),
        "since": _iso(found.since),
        "at_latest": found.at_latest,
        "earlier_s": _seconds(found.earlier),
        "before_s": _seconds(found.before),
        "before_impact": found.before_impact.value,
        "false_pages": found.false_pages,
        "healthy_s": found.healthy_s,
        "table": [_row(row) for row in found.table],
    }


def _row(row: Alternative) -> Mapping[str, object]:
    return {
        "threshold": row.threshold,
        "fires_at": _iso(row.fires_at),
        "earlier_s": _seconds(row.earlier),
        "before_impact": row.before_impact.value,
        "false_pages": row.false_pages,
        "proposed": row.is_proposed,
    }


def _sentence(state: Replay, rule: Rule, row: Alternative, at_latest: bool, series: Samples) -> str:
    side = "above" if rule.above else "below"
    condition = f"{side} {print_value(rule.threshold * series.factor, series.unit)} for {spoken(rule.for_s)}"
    if state is Replay.NEVER:
        return f"This alert would not have fired: the stored samples are never {condition}."
    if state is Replay.ALREADY:
        return f"This alert would have been firing before the incident began: {condition} is too close to usual."
    late = " at the latest" if at_latest else ""
    lead = "This alert would have fired"
    if row.earlier is not None:
        lead = f"{lead} {_lead(row.earlier)}"
    return f"{lead}{late}, before impact: {row.before_impact.value}."


def _lead(earlier: Duration) -> str:
    if earlier.order_unknown:
        return "about when the page came"
    return f"{spoken(abs(earlier.value))} {'earlier' if earlier.value > 0 else 'later'}"


def _cannot(reason: str) -> BackTest:
    return BackTest(state=Replay.CANNOT, reason=f"Cannot back-test. {reason}", sentence=f"Cannot back-test. {reason}")


def _seen(at_us: int, samples: Samples) -> Instant:
    return seen_instant(at_us / 1e6, spacing(samples.times_us / 1e6))


def _iso(instant: Instant | None) -> str | None:
    return instant.utc.isoformat().replace("+00:00", "Z") if instant else None


def _seconds(span: Duration | None) -> list[float] | None:
    return [span.low, span.high] if span else None

"""When a review is due (SPEC §2.0 timers, R039, R100, M25): which moment starts the clock, and how far each mark is.

Knows the start, the terms of a policy and two clocks. Refuses to read the time (`now` is given) and to scold: late is a
fact with a length.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from afteraction.engine.metrics.business import BusinessClock, Calendar
from afteraction.engine.review.policy import Days, Term, Timing

_PAUSE = timedelta(hours=24)
_SUBSTANTIVE_ENTRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """When an incident was over (aware; None: not, or not known). `reopened_at` is the last time that it was not."""

    mitigated_at: datetime | None = None
    resolved_at: datetime | None = None
    reopened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """What starts the clock: `at`, None while nothing does, and why."""

    at: datetime | None
    because: str


def clock_start(ending: Ending) -> Start:
    """Resolution, else 24 h after mitigation. A reopened incident has neither until it is over once more."""
    since = ending.reopened_at
    resolved = _if_after(ending.resolved_at, since)
    mitigated = _if_after(ending.mitigated_at, since)
    again = ", after it was reopened" if since else ""
    if resolved:
        return Start(resolved, f"resolution{again}")
    if mitigated:
        return Start(mitigated + _PAUSE, f"24 h after mitigation{again}, for nobody called it resolved")
    if since:
        return Start(None, "it was reopened and is not over")
    return Start(None, "resolution and mitigation are unknown")


def _if_after(moment: datetime | None, since: datetime | None) -> datetime | None:
    # In UTC: with one local zone on both sides Python counts hours that a clock change took away or gave twice.
    return moment.astimezone(UTC) if moment is not None and (since is None or moment > since) else None


class Standing(StrEnum):
    """How a mark stands. WAITING: the clock has no start. EARLY holds for commitments before the pause is over."""

    WAITING = "waiting"
    AHEAD = "ahead"
    PASSED = "passed"
    IN_TIME = "in_time"
    LATE = "late"
    EARLY = "early"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark of a review. `lag_s` is the time from the start of the clock to when it was done, in elapsed seconds and
    never below 0; None until it is done. `words` say how far it is, or by how much it was missed."""

    name: str
    term: Term
    due: datetime | None
    standing: Standing
    words: str
    done_at: datetime | None = None
    lag_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """When things were done (aware): `drafted_at` is the first substantive draft."""

    drafted_at: datetime | None = None
    published_at: datetime | None = None
    committed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timers:
    """All marks of one review. `nudges` are the moments at which the owner is reminded of the draft, once each."""

    start: Start
    draft: Mark
    publish: Mark
    commit: Mark
    look_back: tuple[Mark, ...]
    nudges: tuple[datetime, ...]


def timers(timing: Timing, ending: Ending, done: Done, now: datetime, calendar: Calendar | None = None) -> Timers:
    """The marks of a review at `now` (aware). `calendar` is needed for terms in business days; without one they count
    Monday to Friday, 9 to 17 UTC. Looking back counts from publication, else from when that is due."""
    start = clock_start(ending)
    publish = _mark("publish", timing.publish, start.at, done.published_at, now, calendar)
    nudges: tuple[datetime, ...] = ()
    if start.at is not None and done.drafted_at is None:
        nudges = tuple(due_after(term, start.at, calendar) for term in timing.nudges)
    since = publish.done_at or publish.due
    return Timers(
        start=start,
        draft=_mark("draft", timing.draft, start.at, done.drafted_at, now, calendar),
        publish=publish,
        commit=_commitments(timing.commit_from, start.at, done.committed_at, now, calendar),
        look_back=tuple(_mark("look back", term, since, None, now, calendar) for term in timing.look_back),
        nudges=nudges,
    )


def due_after(term: Term, start: datetime, calendar: Calendar | None = None) -> datetime:
    """When a term is over. By the calendar 48 h are 48 hours also when clocks are changed; business days are counted
    in working hours: five of them from Friday after closing end on the next Friday at closing."""
    if term.clock is Days.CALENDAR:
        return start.astimezone(UTC) + term.length
    hours = calendar or _OFFICE
    return BusinessClock(hours).after(start, term.business_days * _day_s(hours))


def is_substantive(entries: int, *, has_impact: bool, has_detection: bool) -> bool:
    """Whether a draft counts as one (R039): three entries of a timeline, impact and detection; filled in by the program
    counts."""
    return entries >= _SUBSTANTIVE_ENTRIES and has_impact and has_detection


def _mark(
    name: str, term: Term, start: datetime | None, done: datetime | None, now: datetime, calendar: Calendar | None
) -> Mark:
    if start is None:
        words = "done" if done else "the clock has not started"
        lag = 0.0 if done else None
        return Mark(name=name, term=term, due=None, standing=Standing.WAITING, words=words, done_at=done, lag_s=lag)
    due = due_after(term, start, calendar)
    now, done = now.astimezone(UTC), done.astimezone(UTC) if done else None
    lag = max(0.0, (done - start).total_seconds()) if done else None
    if done is not None:
        standing = Standing.IN_TIME if done <= due else Standing.LATE
        words = "in time" if done <= due else f"{rough(done - due)} past the {term.words} mark"
    else:
        standing = Standing.AHEAD if now <= due else Standing.PASSED
        words = distance(due, now, term)
    return Mark(name=name, term=term, due=due, standing=standing, words=words, done_at=done, lag_s=lag)


def _commitments(
    term: Term, start: datetime | None, done: datetime | None, now: datetime, calendar: Calendar | None
) -> Mark:
    """The window of commitments opens at its mark and does not close."""
    mark = _mark("commit", term, start, done, now, calendar)
    if mark.due is None:
        return mark
    now, done = now.astimezone(UTC), mark.done_at
    if done is not None:
        early = done < mark.due
        standing = Standing.EARLY if early else Standing.IN_TIME
        words = f"{rough(mark.due - done)} before the pause was over" if early else "after the pause"
    else:
        standing = Standing.AHEAD if now < mark.due else Standing.PASSED
        words = f"opens in {rough(mark.due - now)}" if now < mark.due else "open"
    return Mark(name=mark.name, term=term, due=mark.due, standing=standing, words=words, done_at=done, lag_s=mark.lag_s)


def distance(due: datetime, now: datetime, term: Term) -> str:
    """How far a mark is: `in 29 h`, `now`, `6 h past the 5 day mark`."""
    if abs((due - now).total_seconds()) < 60:
        return "now"
    return f"in {rough(due - now)}" if due > now else f"{rough(now - due)} past the {term.words} mark"


def rough(span: timedelta) -> str:
    """A length in one unit, rounded down, so that nobody is told more time than there is: `40 min`, `29 h`, `4 d`."""
    seconds = abs(span.total_seconds())
    if seconds < 3600:
        return f"{int(seconds // 60)} min"
    if seconds < 72 * 3600:
        return f"{int(seconds // 3600)} h"
    return f"{int(seconds // 86400)} d"


def _day_s(calendar: Calendar) -> float:
    opens, closes = calendar.opens, calendar.closes
    return (closes.hour - opens.hour) * 3600.0 + (closes.minute - opens.minute) * 60 + closes.second - opens.second


_OFFICE = Calendar(time(9), time(17))

"""Which times cannot be as they were written (SPEC T-2): flagged and shown with a proposal, never corrected.

Knows typing mistakes in years, months and days, times from the future and times far from everything else. Refuses to
move an event, and to doubt an old change or a condition that is said to have been there for years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from afteraction.core.digests import Settings
from afteraction.core.findings import Account, Conflict
from afteraction.core.flags import SENTENCES, Flag
from afteraction.core.instant import Instant, TimeSource
from afteraction.core.records import Event, EventKind, Lane

_FAR = timedelta(days=30)
_NEAR = timedelta(days=2)
# A chat export or a metric store may reach back for months; a machine does not mistype, but it may have no clock.
_FAR_FOR_MACHINES = timedelta(days=366)
_BEFORE_TRIGGER = timedelta(hours=24)
_MAY_BE_FAR = ("t_latent", "t_reviewed", "t_closed")
_WRITTEN = (Lane.DOCUMENT, Lane.CUSTOMERS, Lane.STATUS)
_ENDS = ("t_mitigated", "t_impact_end", "t_resolved")
# A declaration is no start: it may come after the repair (T-4).
_STARTS = ("t_impact_start", "t_detect", "t_first_monitor", "t_first_user_report", "t_flag")
# What a reader may have found odd already; the others say only how a time was completed.
_READERS_DOUBTS = (Flag.GAP, Flag.FIVE_DIGIT_YEAR, Flag.IMPLAUSIBLE_YEAR, Flag.IMPLAUSIBLE_MONTH,
                   Flag.IMPLAUSIBLE_DAY, Flag.BEFORE_START,
                   Flag.IN_FUTURE, Flag.FAR_FROM_NEIGHBOURS)  # fmt: skip
# A time with one of these is not where it says: nothing is computed from it.
_MISPLACED = frozenset(_READERS_DOUBTS) - {Flag.GAP, Flag.FIVE_DIGIT_YEAR}


@dataclass(frozen=True, slots=True)
class Judged:
    """Events with their flags; `doubtful` are ids of those whose time nothing may be computed from."""

    events: tuple[Event, ...]
    doubtful: frozenset[str]
    conflicts: tuple[Conflict, ...]


def judge_times(events: Sequence[Event], settings: Settings) -> Judged:
    """The events with what is odd about their times, measured against the incident's middle."""
    middle = reference_moment(events, settings)
    if middle is None:
        return Judged(tuple(events), frozenset(), ())
    collected = datetime.fromisoformat(settings.collected_at) if settings.collected_at else None
    if collected is not None and collected.tzinfo is None:
        collected = collected.replace(tzinfo=UTC)
    first, trigger = _first(events, middle, _STARTS), _first(events, middle, ("t_trigger",))
    judged: list[Event] = []
    doubtful: set[str] = set()
    conflicts: list[Conflict] = []
    for event in events:
        flags, proposal = _doubts(event, middle, first, trigger, collected)
        known = [Flag(code) for code in event.instant.flags if code in _READERS_DOUBTS]
        if flags:
            event = replace(event, instant=event.instant.flagged(*flags))
        if flags or (_MISPLACED & set(known) and not _may_be_far(event)):
            doubtful.add(event.id)
        proposal = proposal or _reader_proposal(event, known)
        for flag in dict.fromkeys((*flags, *known)):
            conflicts.append(_conflict(event, flag, proposal))
        judged.append(event)
    return Judged(tuple(judged), frozenset(doubtful), tuple(conflicts))


def reference_moment(events: Sequence[Event], settings: Settings) -> datetime | None:
    """The moment that the evidence gathers around: the declared start, else the median of what people and monitors
    wrote, else of everything."""
    if settings.incident_start:
        declared = datetime.fromisoformat(settings.incident_start)
        return declared if declared.tzinfo else declared.replace(tzinfo=UTC)
    telling = [e for e in events if e.lane not in (Lane.CHANGES, Lane.LOGS) and not _may_be_far(e)]
    moments = sorted(e.instant.utc for e in telling or events)
    return moments[len(moments) // 2] if moments else None


def _reader_proposal(event: Event, known: Sequence[Flag]) -> datetime | None:
    """What the reader thinks was meant, where it flagged the time."""
    return event.instant.alternatives[-1] if _MISPLACED & set(known) and event.instant.alternatives else None


def _may_be_far(event: Event) -> bool:
    return event.kind is EventKind.LATENT or event.attributes.get("milestone", "") in _MAY_BE_FAR


def _first(events: Sequence[Event], middle: datetime, milestones: Sequence[str]) -> datetime | None:
    """The first of these stated milestones near the incident's middle."""
    moments = [
        e.instant.utc
        for e in events
        if e.attributes.get("milestone", "") in milestones and abs(e.instant.utc - middle) <= _FAR
    ]
    return min(moments, default=None)


def _doubts(
    event: Event, middle: datetime, first: datetime | None, trigger: datetime | None, collected: datetime | None
) -> tuple[list[Flag], datetime | None]:
    """(flags, what the time may have been meant to be)."""
    moment = event.instant.utc
    flags: list[Flag] = []
    if collected is not None and event.instant.lo > collected:
        flags.append(Flag.IN_FUTURE)
    written = event.lane in _WRITTEN or event.instant.source is TimeSource.HUMAN
    if event.lane is Lane.CHANGES or _may_be_far(event):
        return flags, None
    away = abs(moment - middle)
    if not written:
        return ([*flags, Flag.FAR_FROM_NEIGHBOURS] if away > _FAR_FOR_MACHINES else flags), None
    proposal: datetime | None = None
    if away > _FAR and (proposal := _in_year_of(moment, middle)):
        flags.append(Flag.IMPLAUSIBLE_YEAR)
    elif away > _NEAR and (proposal := _swapped(moment, middle)):
        flags.append(Flag.DAY_MONTH_SWAP)
    elif away > _FAR / 2 and event.lane is Lane.DOCUMENT and (proposal := _in_month_of(moment, middle)):
        flags.append(Flag.IMPLAUSIBLE_MONTH)
    elif away > _FAR:
        flags.append(Flag.FAR_FROM_NEIGHBOURS)
    milestone = event.attributes.get("milestone", "")
    # Only physical order is certain: harm cannot end before it began. Other ends get a day.
    slack = timedelta() if milestone == "t_impact_end" else _BEFORE_TRIGGER
    ends_early = milestone in _ENDS and first is not None and event.instant.hi < first - slack
    too_early = trigger is not None and event.lane is Lane.DOCUMENT and moment < trigger - _BEFORE_TRIGGER
    if ends_early or (too_early and not flags):
        flags.append(Flag.BEFORE_START)
    return flags, proposal


def _in_year_of(moment: datetime, middle: datetime) -> datetime | None:
    """The same date in the year of the incident, when that is near it."""
    if abs(moment - middle) < timedelta(days=180):
        return None
    for year in (middle.year, middle.year - 1, middle.year + 1):
        other = _with(moment, year=year)
        if other is not None and year != moment.year and abs(other - middle) <= _FAR:
            return other
    return None


def _in_month_of(moment: datetime, middle: datetime) -> datetime | None:
    other = _with(moment, year=middle.year, month=middle.month)
    return other if other is not None and abs(other - middle) <= _NEAR and moment.month != middle.month else None


def _swapped(moment: datetime, middle: datetime) -> datetime | None:
    if moment.day == moment.month:
        return None
    other = _with(moment, month=moment.day, day=moment.month) if moment.day <= 12 else None
    return other if other is not None and abs(other - middle) <= _NEAR else None


def _with(moment: datetime, **parts: int) -> datetime | None:
    try:
        return moment.replace(**parts)  # type: ignore[arg-type]
    except ValueError:
        return None


def _conflict(event: Event, flag: Flag, proposal: datetime | None) -> Conflict:
    written = event.instant.original_text or event.instant.utc.isoformat()
    sentence = f'The time "{written}" of "{event.title}": {SENTENCES[flag]}. It is kept as written'
    accounts = [_account(f"as written: {written}", event, event.instant)]
    if proposal is not None:
        meant = f"{proposal:%Y-%m-%d %H:%M} UTC"
        sentence += f"; {meant} may be meant"
        accounts.append(_account(f"may be meant: {meant}", event, replace(event.instant, utc=proposal, flags=())))
    elif flag is Flag.GAP:
        for other in event.instant.alternatives:
            accounts.append(_account(f"or {other:%Y-%m-%d %H:%M} UTC", event, replace(event.instant, utc=other)))
    subject = event.attributes.get("milestone", "") or "time"
    return Conflict(subject=subject, sentence=sentence + ".", accounts=tuple(accounts), flag=flag.value)


def _account(text: str, event: Event, instant: Instant) -> Account:
    return Account(text=text, evidence=event.evidence, instant=instant, source=event.lane.value)

"""What the metrics of services say about where an incident began.

Knows which metrics are symptoms (slower, failing), which are resources and which only say how much was asked, and
that callers suffer with those that they call. Refuses to look at traces and logs.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from afteraction.core.digests import MetricSeries
from afteraction.core.suspects import Term
from afteraction.engine.signals.arrays import counter_rate, present
from afteraction.engine.signals.meaning import Role, print_value, read_meaning
from afteraction.engine.suspects.case import Case
from afteraction.engine.suspects.origins.columns import Owned, owned
from afteraction.engine.suspects.origins.departures import Departure, Window, depart_all, window_of
from afteraction.engine.suspects.origins.flow import Series, Share, find_shares
from afteraction.engine.suspects.tables import Floats

# From so many spreads on a departure begins to speak; log odds grow with the logarithm beyond.
SPEAKS = 4.0
# Fewer spreads are as good as none: counted, but no sentence for people.
WORTH_SAYING = 2.0
# No share is smaller than this: sums of averages are never exact. What is not called from where it was noticed.
LEAST_SHARE = 0.03
UNREACHED = -4.0
# What began it accounts for all of it: how much a part that is missing counts.
WHOLE = 2.0
# Where the calls tell who accounts for what, a departure says no more than this about the place.
ENOUGH = 6.0

# The name of the term that says what a service uses up.
USES = "uses up something"


class Family(Enum):
    """What a metric can say: how a service suffers, what it uses up, and how much is asked of it."""

    LATENCY = "latency"
    FAILURES = "failures"
    RESOURCE = "resource"
    TRAFFIC = "traffic"


# How much a departure of each family speaks for the service itself, upwards and downwards.
WEIGHT = {
    Family.LATENCY: (1.0, 0.2),
    Family.FAILURES: (1.0, 0.1),
    Family.RESOURCE: (1.0, 0.4),
    Family.TRAFFIC: (0.2, 0.3),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One departed series."""

    of: Owned
    family: Family
    departure: Departure
    log_odds: float


@dataclass(slots=True)
class Told:
    """What is known about one service."""

    seen: list[Seen] = field(default_factory=list)

    def best(self, *families: Family) -> Seen | None:
        """The strongest departure of these families."""
        return max((one for one in self.seen if one.family in families), key=lambda one: one.log_odds, default=None)


def terms(case: Case) -> list[tuple[str, Term, float | None]]:
    """(service, term, onset) of what the metrics say."""
    every = owned(case.material.series, _known(case))
    if not every:
        return []
    window = window_of(_moments(every), case.alert.fired_at if case.alert else None)
    if window is None:
        return []
    told = _departed(every, window)
    shares = _shares(case, told, window)
    found: list[tuple[str, Term, float | None]] = []
    for service, one in told.items():
        found += _said(service, one, ENOUGH if shares else np.inf)
        found += _accounted(service, one, shares)
    return found


def _shares(case: Case, told: Mapping[str, Told], window: Window) -> Mapping[str, Share]:
    """What each service accounts for of the kind of symptom that was noticed; nothing where no calls are known."""
    calls = {*case.edges} | {
        (seen.of.caller, name) for name, one in told.items() for seen in one.seen if seen.of.caller
    }
    if not calls:
        return {}
    family = _noticed_family(case, told)
    traffic = {}
    for name, one in told.items():
        counted = [seen for seen in one.seen if seen.family is Family.TRAFFIC]
        if counted:
            traffic[name] = _as_series(counted[0])
    symptoms = [_as_series(seen) for one in told.values() for seen in one.seen if seen.family is family]
    return find_shares(symptoms, traffic, calls, window, case.alert.service if case.alert else "")


def _as_series(seen: Seen) -> Series:
    times, values = _values(seen.of.series)
    return Series(
        service=seen.of.service, metric=seen.of.metric, times=times, values=values, usual=seen.departure.usual
    )


def _noticed_family(case: Case, told: Mapping[str, Told]) -> Family:
    """Latency or failures: what the alert says, else what departed farther where it was noticed, else anywhere."""
    if case.alert and case.alert.metric:
        stated = family_named(case.alert.metric)
        if stated in (Family.LATENCY, Family.FAILURES):
            return stated
    place = told.get(case.alert.service) if case.alert else None
    where = [place] if place is not None and place.best(Family.LATENCY, Family.FAILURES) else list(told.values())
    sums = {
        family: sum(seen.log_odds for one in where if (seen := one.best(family)))
        for family in (Family.LATENCY, Family.FAILURES)
    }
    return max(sums, key=lambda family: sums[family])


def _accounted(service: str, told: Told, shares: Mapping[str, Share]) -> list[tuple[str, Term, float | None]]:
    """How a service's part in what was noticed bends its odds. Resources need a way to the symptom."""
    share = shares.get(service)
    suffers = told.best(Family.LATENCY, Family.FAILURES)
    if not shares or (suffers is None and told.best(Family.RESOURCE) is None):
        return []
    evidence = (suffers or told.seen[0]).of.series.evidence
    if share is None or not share.reached:
        term = Term(
            name="no calls lead there", log_odds=UNREACHED, says="No known calls lead to it from where it was noticed.",
            evidence=(evidence,),
        )  # fmt: skip
        return [(service, term, None)]
    odds = float(np.log(share.own + LEAST_SHARE) + WHOLE * np.log(share.whole + LEAST_SHARE))
    said = (
        f"{share.own:.0%} of what {service} suffers is its own and not that of what it calls;"
        f" it accounts for {share.whole:.0%} of what was noticed."
    )
    return [(service, Term(name="accounts for it", log_odds=odds, says=said, evidence=(evidence,)), None)]


def _known(case: Case) -> Collection[str]:
    names = {name for edge in case.edges for name in edge}
    names |= {change.service for change in case.material.changes if change.service}
    names |= {case.alert.service} if case.alert and case.alert.service else set()
    for table in (case.spans, case.log_columns):
        names |= set(table.services) if table is not None else set()
    return names - {""}


def _moments(every: Sequence[Owned]) -> Floats:
    """Moments of all series, thinned out: enough to see the recordings by."""
    kept = [np.asarray(one.series.times, np.float64) for one in every]
    longest = max(kept, key=lambda times: times.size)
    ends = np.array([edge for times in kept if times.size for edge in (times[0], times[-1])])
    return np.concatenate((longest, ends))


def _departed(every: Sequence[Owned], window: Window) -> Mapping[str, Told]:
    told: dict[str, Told] = defaultdict(Told)
    shared = _shared(every)
    known: list[tuple[Owned, Family, Floats, Floats]] = []
    for one in every:
        told[one.service]
        if one.caller:
            told[one.caller]
        family = family_of(one)
        if family is not None and not (id(one) in shared and family is Family.RESOURCE):
            known.append((one, family, *_values(one.series)))
    departures = _departures([(times, values) for _, _, times, values in known], window)
    for (one, family, _, _), departure in zip(known, departures, strict=True):
        if departure is not None:
            weight = WEIGHT[family][0 if departure.rising else 1]
            odds = weight * math.log1p((departure.far / SPEAKS) ** 2)
            told[one.service].seen.append(Seen(of=one, family=family, departure=departure, log_odds=odds))
    return told


def _departures(series: Sequence[tuple[Floats, Floats]], window: Window) -> list[Departure | None]:
    """The departure of each series. Those that were sampled at the same moments are judged together."""
    together: dict[bytes, list[int]] = defaultdict(list)
    for place, (times, _) in enumerate(series):
        together[times.tobytes()].append(place)
    found: list[Departure | None] = [None] * len(series)
    for places in together.values():
        rows = np.stack([series[place][1] for place in places])
        for place, departure in zip(places, depart_all(series[places[0]][0], rows, window), strict=True):
            found[place] = departure
    return found


def _values(series: MetricSeries) -> tuple[Floats, Floats]:
    """(times, values): counters as rates, shares of success as shares of failure."""
    times, values = present(series)
    rate = counter_rate(series.metric, times, values)
    if rate is not None:
        times, values = rate
    if _SUCCEEDED.search(series.metric) and values.size and values.min() >= 0 and values.max() <= 100:
        values = (100.0 if values.max() > 1.5 else 1.0) - values
    return times, values


def _shared(every: Sequence[Owned]) -> set[int]:
    """Series that several services have value by value: they measure what is below all of them."""
    groups: dict[tuple[bytes, str], list[Owned]] = defaultdict(list)
    for one in every:
        _, values = present(one.series)
        if values.size > 2 and values.min() < values.max():
            groups[(values.tobytes(), one.metric)].append(one)
    return {id(one) for group in groups.values() if len({one.service for one in group}) > 1 for one in group}


_LOADED = re.compile(r"^(?:work)?load$|workload|requests?$|req[-_]?(?:s|rate|count)?$", re.I)
_TIMED = re.compile(r"latenc|duration|response[-_ ]?time|(?:^|[-_])(?:rt|lat)(?:$|[-_\d])", re.I)
_FAILED = re.compile(r"err|fail|5xx|exception|timeout|availab|success", re.I)
_SUCCEEDED = re.compile(r"availab|success", re.I)


def family_named(metric: str) -> Family | None:
    """The family that a metric's name alone tells."""
    if _LOADED.search(metric):
        return Family.TRAFFIC
    if _FAILED.search(metric):
        return Family.FAILURES
    return Family.LATENCY if _TIMED.search(metric) else None


def family_of(one: Owned) -> Family | None:
    """The family of a metric, from its name; None where it says nothing about a service's health."""
    named = family_named(one.metric)
    if named is not None:
        return named
    role = read_meaning(one.series).role
    if role in (Role.ERROR_SHARE, Role.SUCCESS_SHARE, Role.ERROR_COUNT, Role.AVAILABILITY):
        return Family.FAILURES
    if role is Role.LATENCY:
        return Family.LATENCY
    if role is Role.TRAFFIC:
        return Family.TRAFFIC
    return None if role is Role.STATE else Family.RESOURCE


def _said(service: str, told: Told, most: float) -> list[tuple[str, Term, float | None]]:
    found: list[tuple[str, Term, float | None]] = [(service, Term(name="in metrics", log_odds=0.0), None)]
    for name, families in (
        ("suffers", (Family.LATENCY, Family.FAILURES)),
        (USES, (Family.RESOURCE,)),
        ("is asked otherwise", (Family.TRAFFIC,)),
    ):
        one = told.best(*families)
        if one is None or one.log_odds <= 0:
            continue
        odds = min(one.log_odds, most)
        if one.departure.far < WORTH_SAYING:
            found.append((service, Term(name=name, log_odds=odds), one.departure.onset))
            continue
        unit = read_meaning(one.of.series).unit
        way = "rose" if one.departure.rising else "fell"
        said = (
            f"{one.of.metric} of {service} {way} from {print_value(one.departure.usual, unit)} to"
            f" {print_value(one.departure.held, unit)}, {one.departure.far:.0f} times its usual spread beyond all that"
            " is normal."
        )
        term = Term(name=name, log_odds=odds, says=said, evidence=(one.of.series.evidence,))
        found.append((service, term, one.departure.onset))
    return found

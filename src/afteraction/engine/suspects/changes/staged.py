"""New instances against old ones: who got a change, and who shows the incident.

Knows instances that a release names and versions that log lines name. Refuses to compare where only one side is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from afteraction.core.digests import MetricSeries
from afteraction.core.evidence import EvidenceRef
from afteraction.core.records import Change
from afteraction.core.suspects import Term
from afteraction.engine.suspects.changes.symptoms.kinds import Kind
from afteraction.engine.suspects.changes.symptoms.picture import Departure, Picture, instance_of, kinds_of_metric
from afteraction.engine.suspects.tables import Codes, Flags, LineTable

# Natural log odds: both ran at one time, under one load, on one input; the change is what differs.
ONLY_NEW, OLD_AS_WELL = 3.5, -1.5
_MOST_OLD, _LEAST_NEW = 0.1, 0.5
_TIMES = 5.0
_LEAST_BAD, _LEAST_LINES = 5, 20
_EARLY_S = 60.0


@dataclass(frozen=True, slots=True)
class Instances:
    """Which instances of which service are measured, and which of them left normal. Built once per case."""

    lines: LineTable | None
    measured: Mapping[str, frozenset[str]] = field(default_factory=dict)
    departed: Mapping[str, Sequence[Departure]] = field(default_factory=dict)

    def weigh(self, release: Change, service: str, at: float) -> Term | None:
        """What instances with the release show that others of the service do not; None where nothing tells. `at` is
        when it began to go out, UTC epoch seconds."""
        named = _named(release)
        terms = [self._of_metrics(named, service, at), self._of_lines(release, named, service, at)]
        found = [term for term in terms if term is not None]
        return max(found, key=lambda term: abs(term.log_odds)) if found else None

    def _of_metrics(self, new: frozenset[str], service: str, at: float) -> Term | None:
        known = self.measured.get(service, frozenset())
        got, others = known & new, known - new
        if not got or not others:
            return None
        gone = {one.instance: one for one in self.departed.get(service, ()) if one.at >= at - _EARLY_S}
        showing, beside = sorted(got & gone.keys()), sorted(others & gone.keys())
        cited = tuple(gone[name].evidence for name in [*showing, *beside][:3])
        if len(showing) >= _LEAST_NEW * len(got) and len(beside) <= _MOST_OLD * len(others):
            says = (
                f"{_several(showing)} got it and {'shows' if len(showing) == 1 else 'show'} it;"
                f" {len(others) - len(beside)} of {len(others)} without it {'does' if len(others) == 1 else 'do'} not."
            )
            return Term(name="only where it went", log_odds=ONLY_NEW, says=says, evidence=cited)
        if len(beside) >= _LEAST_NEW * len(others):
            says = f"{_several(beside)} did not get it and {'shows' if len(beside) == 1 else 'show'} it as well."
            return Term(name="also where it did not go", log_odds=OLD_AS_WELL, says=says, evidence=cited)
        return None

    def _of_lines(self, release: Change, new: frozenset[str], service: str, at: float) -> Term | None:
        table = self.lines
        if table is None or service not in table.services:
            return None
        of = (table.service == list(table.services).index(service)) & (table.at >= at)
        if new and table.instance is not None:
            got, others = _marked(table.instances, table.instance, new)
            name = _several(sorted(new))
        else:
            versions = _versions(release, table.versions)
            if not versions or table.version is None:
                return None
            got, others = _marked(table.versions, table.version, versions)
            name = sorted(versions)[0]
        return _compare(table, of & got, of & others, name)


def read_instances(series: Iterable[MetricSeries], picture: Picture, lines: LineTable | None) -> Instances:
    """The instances of a case."""
    measured: dict[str, set[str]] = {}
    departed: dict[str, list[Departure]] = {}
    for one in series:
        instance = instance_of(one.labels)
        if instance and Kind.LOAD not in kinds_of_metric(one.metric, rising=True)[:1]:
            measured.setdefault(one.service, set()).add(instance)
    for departure in picture.departures:
        if departure.instance and Kind.LOAD not in departure.kinds:
            departed.setdefault(departure.service, []).append(departure)
    return Instances(lines, {name: frozenset(those) for name, those in measured.items()}, departed)


def _compare(table: LineTable, got: Flags, others: Flags, name: str) -> Term | None:
    counts = [int(np.count_nonzero(rows)) for rows in (got, got & table.bad, others, others & table.bad)]
    new, bad_new, old, bad_old = counts
    if min(new, old) < _LEAST_LINES or bad_new + bad_old < _LEAST_BAD:
        return None
    share, beside = bad_new / new, bad_old / old
    if (bad_new + 0.5) / (new + 1) >= _TIMES * (bad_old + 0.5) / (old + 1):
        says = f"{share:.0%} of the lines of {name} are errors, {beside:.1%} of those without it."
        return Term(name="only where it went", log_odds=ONLY_NEW, says=says, evidence=_first(table, got & table.bad))
    if bad_old >= _LEAST_BAD and beside >= _LEAST_NEW * share:
        says = f"Instances without it log errors as well ({beside:.0%} of their lines)."
        return Term(name="also where it did not go", log_odds=OLD_AS_WELL, says=says,
                    evidence=_first(table, others & table.bad))  # fmt: skip
    return None


def _first(table: LineTable, rows: Flags) -> tuple[EvidenceRef, ...]:
    where = np.flatnonzero(rows)
    return (table.places.cite(int(where[np.argmin(table.at[where])])),) if where.size else ()


def _marked(names: Sequence[str], codes: Codes, wanted: frozenset[str]) -> tuple[Flags, Flags]:
    """(rows of the wanted names, rows of any other name)."""
    ours = np.array([name in wanted for name in names], dtype=np.bool_)
    told = np.array([bool(name) for name in names], dtype=np.bool_)
    return ours[codes], (told & ~ours)[codes]


def _named(release: Change) -> frozenset[str]:
    stated = release.attributes.get("instances", "") or release.attributes.get("pods", "")
    return frozenset(name for name in re.split(r"[,\s]+", stated) if name and not name.isdigit())


def _versions(release: Change, known: Sequence[str]) -> frozenset[str]:
    """The versions of log lines that are the release's: v2.14 is 2.14.0 as well."""
    stated = {release.attributes.get("version", ""), release.reference} - {""}
    bare = {re.sub(r"^v(?=\d)", "", one) for one in stated}
    return frozenset(
        name for name in known if name and any(
            own == one or own.startswith(f"{one}.") for one in bare for own in (re.sub(r"^v(?=\d)", "", name),))
    )  # fmt: skip


def _several(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= 2 else f"{names[0]} and {len(names) - 1} others"

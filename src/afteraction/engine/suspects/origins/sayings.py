"""What log lines say about where an incident began, where no request was traced.

Knows the share that each form of line has of what a service writes, normally and since the incident began, and that a
line may complain about another service. Refuses to count lines as such: a service that is asked more writes more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from afteraction.core.evidence import EvidenceRef
from afteraction.engine.suspects.origins.odds import change_odds
from afteraction.engine.suspects.origins.timeline import lay_out
from afteraction.engine.suspects.tables import Codes, Flags, Floats, LineTable

# What one form of line can say at most, and how much of it counts where no error is told: work changes, too.
MOST, NO_ERROR = 12.0, 0.4
# Of an error about another service: what is left of it for who wrote it, and what goes to the one that is named, less
# where that one in turn complains about another.
COMPLAINS, NAMED, PASSED_ON = 0.2, 0.7, 0.3
# Fewer lines of a form are chance; more forms than these are not looked at, the rarest left out.
LEAST_LINES, MOST_FORMS = 3, 20_000
# A name this short is a word of any sentence.
LEAST_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one form of line tells about `service`: log odds, when it began (UTC epoch seconds), its text, whether it
    is an error, its shares of what `by` writes, and one line. `by` is another service where that one complains."""

    service: str
    by: str
    log_odds: float
    onset: float
    text: str
    bad: bool
    before: float
    since: float
    evidence: EvidenceRef


def find_said(lines: LineTable, fired_at: float | None) -> Sequence[Said]:
    """What speaks for each service, at most one form of its own and one of another about it."""
    timeline = lay_out(lines.at, fired_at)
    if timeline is None:
        return []
    slices = timeline.slices(lines.at)
    rows = np.flatnonzero((slices >= 0) & _named(lines))
    forms, form, number = np.unique(
        lines.service[rows] * len(lines.templates) + lines.template[rows], return_inverse=True, return_counts=True
    )
    chosen = np.argsort(-number, kind="stable")[:MOST_FORMS]
    chosen = chosen[number[chosen] >= LEAST_LINES]
    if not chosen.size:
        return []
    width = timeline.count
    units = _table(lines.service[rows] * width + slices[rows], len(lines.services), width)
    seen = _table(form * width + slices[rows], forms.size, width)[chosen]
    service = forms[chosen] // len(lines.templates)
    odds, best = change_odds(seen, units[service], timeline.log_prior, timeline.most_long)
    since = np.arange(width) > best[:, None]
    after, before = _share(seen, units[service], since), _share(seen, units[service], ~since)
    bad = np.bincount(form, lines.bad[rows])[chosen] * 2 > number[chosen]
    odds = _weighed(odds, service, bad, rising=after > before)
    found = []
    for place in np.flatnonzero(odds > 0):
        mine = rows[form == chosen[place]]
        shown = mine[np.argmax(slices[mine] > best[place])] if after[place] > before[place] else mine[-1]
        found.append(
            Said(
                service=lines.services[int(service[place])],
                by=lines.services[int(service[place])],
                log_odds=float(odds[place]),
                onset=float(timeline.begins[int(best[place])]),
                text=lines.templates[int(forms[chosen[place]] % len(lines.templates))],
                bad=bool(bad[place]),
                before=float(before[place]),
                since=float(after[place]),
                evidence=lines.places.cite(int(shown)),
            )
        )
    return _attributed(found, lines.services)


def _named(lines: LineTable) -> Flags:
    return np.array([bool(name) for name in lines.services], np.bool_)[lines.service]


def _table(places: Codes, height: int, width: int) -> Floats:
    return np.bincount(places, minlength=height * width).reshape(height, width).astype(np.float64)


def _share(seen: Floats, units: Floats, chosen: Flags) -> Floats:
    return np.asarray((seen * chosen).sum(axis=1) / np.maximum((units * chosen).sum(axis=1), 1))


def _weighed(odds: Floats, service: Codes, bad: Flags, *, rising: Flags) -> Floats:
    """Log odds by what a form can say: of many forms one changes by chance, fewer errors are no fault, and other work
    is none either as a rule."""
    forms = np.bincount(service)[service]
    told = np.minimum(odds - np.log(forms), MOST)
    return np.where(bad, np.where(rising, told, 0.0), NO_ERROR * told)


def _attributed(found: Sequence[Said], services: Sequence[str]) -> list[Said]:
    """The strongest of each service's own, and the strongest complaint about it."""
    names = {name: re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.I)
             for name in services if len(name) >= LEAST_NAME}  # fmt: skip
    about: dict[str, list[tuple[Said, str]]] = defaultdict(list)
    own: dict[str, Said] = {}
    for one in sorted(found, key=lambda said: (-said.log_odds, said.text)):
        others = [name for name, pattern in names.items() if name != one.service and pattern.search(one.text)]
        if one.bad and others:
            about[one.service] += [(one, name) for name in others]
        else:
            own.setdefault(one.service, one)
    for service, complaints in about.items():
        left = _of(complaints[0][0], service, COMPLAINS)
        if service not in own or own[service].log_odds < left.log_odds:
            own[service] = left
    told: dict[str, Said] = {}
    for one, name in (each for complaints in about.values() for each in complaints):
        given = _of(one, name, PASSED_ON if name in about else NAMED)
        if name not in told or told[name].log_odds < given.log_odds:
            told[name] = given
    return [*own.values(), *told.values()]


def _of(one: Said, service: str, weight: float) -> Said:
    return Said(
        service=service, by=one.by, log_odds=weight * one.log_odds, onset=one.onset, text=one.text, bad=one.bad,
        before=one.before, since=one.since, evidence=one.evidence,
    )  # fmt: skip

"""One ranked list out of what speaks for services, for changes and for "no change".

Knows how hypotheses share one. Refuses to weigh evidence itself: `origins` and `changes` do.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from afteraction.core.suspects import Suspect, SuspectKind, Suspects, Term
from afteraction.engine.suspects.case import Case
from afteraction.engine.suspects.changes import Weighed, weigh_changes, weigh_outside_alone
from afteraction.engine.suspects.origins import Origin, find_origins
from afteraction.engine.suspects.recorded import believe, lacks_normal, recorded

TOP = 10
# All services together, beside changes: "it began here, and no recorded change of it explains it".
_SERVICES_BESIDE_CHANGES = -1.0
# What began it may stand in no record at all: nothing is surer than this.
RECORDED = 0.97
# Without a reason of its own, "no change" stays this far behind a change that nothing rules out.
_BEHIND, _RULED_OUT = 0.7, -2.5
# Fitted by likelihood on one half of the scenarios that others wrote, as the rules were before they had seen them.
TEMPERATURE = 0.9
# Where no change is recorded, services answer, unless more than one sign outside or a sure one speaks.
_ALONE = 4.0
# The first must be this many times as probable as chance among all for the list to weigh anything.
_LEAST_LIFT = 1.5
# What speaks less for a service (natural log odds) shows nothing yet.
_LEAST_ODDS = 1.0
_BLIND = "No metric left its normal level and no error is new: add metrics or logs from before the incident on."
_NO_NORMAL = "Nothing was recorded before the incident: add what was measured an hour earlier, to tell what is normal."
_EVEN = "What was read speaks for none of them more than for the others."
_NO_CHANGE = "no change explains this"


def rank(case: Case, top: int = TOP) -> Suspects:
    """The `top` suspects of a case, with probabilities over all hypotheses."""
    stretch = recorded(case)
    case, doubt = believe(case, stretch)
    origins = find_origins(case)
    weighed, outside, picture = weigh_changes(case) if case.material.changes else ([], weigh_outside_alone(case), None)
    if not origins and not weighed:
        return Suspects(why="Nothing that was read measures a service: add metrics, traces or logs.")
    told = _services(origins, beside_changes=bool(weighed)) + [_change(one) for one in weighed]
    if weighed:
        told.append(_none(outside, [one.log_odds for one in weighed]))
        told = [(odds / TEMPERATURE, suspect) for odds, suspect in told]
    elif outside:
        odds, suspect = _none(outside, [])
        told.append((odds - _ALONE, suspect))
    shares = [RECORDED * share for share in _shares([odds for odds, _ in told])]
    whole = [replace(suspect, probability=share) for share, (_, suspect) in zip(shares, told, strict=True)]
    whole.sort(key=lambda one: (-one.probability, one.kind.value, one.name, one.change))
    listed = tuple(whole[:top])
    most = max((one.log_odds for one in origins.values()), default=0.0)
    shown = most > _LEAST_ODDS or (picture is not None and (picture.departures or picture.sayings))
    blind = picture is not None and not shown and len(outside) < 2
    alone = len(whole) == 1 and most <= _LEAST_ODDS
    weak = blind or alone or (whole[0].probability < _LEAST_LIFT / len(whole) and len(whole) > 1)
    why = _NO_NORMAL if weak and lacks_normal(case, stretch) else _BLIND if blind else _EVEN if weak else ""
    onset = picture.onset if picture else None
    return Suspects(
        listed=listed, remaining=max(0.0, 1.0 - sum(one.probability for one in listed)), abstained=weak, onset=onset,
        why=f"{why} {doubt}".strip(),
    )  # fmt: skip


def _services(origins: Mapping[str, Origin], *, beside_changes: bool) -> list[tuple[float, Suspect]]:
    names = sorted(origins)
    shares = _shares([origins[name].log_odds for name in names])
    ground = _SERVICES_BESIDE_CHANGES if beside_changes else 0.0
    return [
        (
            ground + math.log(max(share, 1e-12)),
            Suspect(
                kind=SuspectKind.SERVICE, name=name, probability=0.0, onset=origins[name].onset,
                terms=origins[name].terms,
            ),
        )
        for name, share in zip(names, shares, strict=True)
    ]  # fmt: skip


def _change(one: Weighed) -> tuple[float, Suspect]:
    known = one.change.attributes.get("id") or one.change.reference
    suspect = Suspect(
        kind=SuspectKind.CHANGE, name=one.change.title, probability=0.0, service=one.service, change=known,
        at=one.live_at, onset=one.showed_at, terms=one.terms, settles=one.settles,
    )  # fmt: skip
    return one.log_odds, suspect


def _none(outside: Sequence[Term], changes: Sequence[float]) -> tuple[float, Suspect]:
    suspect = Suspect(
        kind=SuspectKind.NONE, name=_NO_CHANGE, probability=0.0, terms=tuple(outside),
        settles="Look whether what is named outside still lasts, and whether it ends without a rollback.",
    )  # fmt: skip
    odds = sum(term.log_odds for term in outside)
    best = max(changes, default=-math.inf)
    if all(term.log_odds <= 0 for term in outside) and best > _RULED_OUT:
        odds = min(odds, best - _BEHIND)
    return odds, suspect


def _shares(log_odds: Sequence[float]) -> list[float]:
    if not log_odds:
        return []
    most = max(log_odds)
    values = [math.exp(one - most) for one in log_odds]
    total = sum(values)
    return [value / total for value in values]

"""How much speaks for each service as the place where an incident began.

Knows how the evidence of traces, log lines and metrics about services adds up. Refuses to look at changes: `changes`
does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from afteraction.core.suspects import Term
from afteraction.engine.suspects.case import Case
from afteraction.engine.suspects.origins import measured
from afteraction.engine.suspects.origins.mechanism import Changed, find_changed
from afteraction.engine.suspects.origins.slowness import Slower, find_slower
from afteraction.engine.suspects.origins.timeline import lay_out
from afteraction.engine.suspects.origins.visits import arrange

# One kind of evidence says no more than this, however many requests show it: they share one system and one cause.
MOST_OF_A_KIND = 30.0
# What metrics say of a service whose own requests show nothing counts this much.
WITHOUT_SYMPTOM = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What speaks for one service: the sum of its terms' log odds, and when it first left its normal behaviour (UTC
    epoch seconds)."""

    log_odds: float
    onset: float | None = None
    terms: tuple[Term, ...] = ()


def find_origins(case: Case) -> Mapping[str, Origin]:
    """Every service of the case with what speaks for it."""
    terms: dict[str, list[tuple[Term, float | None]]] = {}
    traced = _traced(case)
    suspect = {name for name, term, _ in traced if term.log_odds > 0}
    for name, term, onset in measured.terms(case):
        # Where requests were traced, what a service suffers is seen there; a resource alone needs a way to it.
        weight = 1.0 if not traced or name in suspect else WITHOUT_SYMPTOM
        terms.setdefault(name, []).append((replace(term, log_odds=weight * term.log_odds), onset))
    for name, term, onset in traced:
        terms.setdefault(name, []).append((term, onset))
    return {name: _summed(found) for name, found in terms.items()}


def _summed(found: Sequence[tuple[Term, float | None]]) -> Origin:
    told = [term for term, _ in found if term.says]
    strongest = max(found, key=lambda one: one[0].log_odds)
    return Origin(
        log_odds=sum(term.log_odds for term, _ in found),
        onset=strongest[1] if strongest[0].log_odds > 0 else None,
        terms=tuple(sorted(told, key=lambda term: -term.log_odds)),
    )


def _traced(case: Case) -> list[tuple[str, Term, float | None]]:
    spans, lines = case.spans, case.log_columns
    if spans is None or not len(spans):
        return []
    visits = arrange(spans, lines)
    timeline = lay_out(visits.unit_start, case.alert.fired_at if case.alert else None)
    if timeline is None:
        return []
    changed = find_changed(spans, lines, visits, timeline)
    slower = find_slower(spans, visits, timeline)
    silent = Term(name="in traces", log_odds=0.0)
    found: list[tuple[str, Term, float | None]] = [(name, silent, None) for name in spans.services]
    found += [(name, _does_otherwise(name, one), one.onset) for name, one in changed.items()]
    found += [(name, _is_slower(one), one.onset) for name, one in slower.items() if one.log_odds > 0]
    return found


def _does_otherwise(name: str, one: Changed) -> Term:
    said = (
        f'For "{one.operation}", {name} {one.what} in {one.since:.0%} of requests ({one.before:.0%} before), where'
        " nothing that it calls behaves differently."
    )
    odds = min(one.log_odds, MOST_OF_A_KIND)
    return Term(name="does something else for the same requests", log_odds=odds, says=said, evidence=(one.evidence,))


def _is_slower(one: Slower) -> Term:
    said = f"It got {one.times:.1f} times slower in itself, apart from what it waits for."
    odds = min(one.log_odds, MOST_OF_A_KIND)
    return Term(name="got slower in itself", log_odds=odds, says=said, evidence=(one.evidence,))

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
from afteraction.engine.suspects.origins.sayings import Said, find_said
from afteraction.engine.suspects.origins.slowness import Slower, find_slower
from afteraction.engine.suspects.origins.timeline import lay_out
from afteraction.engine.suspects.origins.visits import arrange
from afteraction.engine.suspects.origins.ways import Delayed, calls_at_both_ends, find_delayed

# One kind of evidence says no more than this, however many requests show it: they share one system and one cause.
MOST_OF_A_KIND = 30.0
# Where requests are traced, metrics count this much: what traces show already, what services without spans suffer, and
# what a service uses up whose own work takes no longer. Own work takes longer from so many times on.
SYMPTOM_TWICE, UNTRACED, RESOURCE_ALONE = 0.0, 0.0, 0.3
SLOWER = 1.5
# What counts for less than this is no reason to show to people.
WORTH_SAYING = 0.05
# So many characters of a line are quoted.
LONGEST_QUOTE = 120


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
    traced, slower = _traced(case)
    seen = {name for name, _, _ in traced}
    for name, term, onset in measured.terms(case):
        weight = _beside_traces(term.name, name in seen, name in slower) if traced else 1.0
        terms.setdefault(name, []).append((replace(term, log_odds=weight * term.log_odds), onset))
    for name, term, onset in traced or _written(case):
        terms.setdefault(name, []).append((term, onset))
    return {name: _summed(found) for name, found in terms.items()}


def _summed(found: Sequence[tuple[Term, float | None]]) -> Origin:
    told = [term for term, _ in found if term.says and abs(term.log_odds) >= WORTH_SAYING]
    strongest = max(found, key=lambda one: one[0].log_odds)
    return Origin(
        log_odds=sum(term.log_odds for term, _ in found),
        onset=strongest[1] if strongest[0].log_odds > 0 else None,
        terms=tuple(sorted(told, key=lambda term: -term.log_odds)),
    )


def _beside_traces(kind: str, traced: bool, slower: bool) -> float:
    """How much a term of metrics counts where requests are traced: what a service suffers is seen there, and what it
    uses up matters where its own work takes longer."""
    if kind == measured.USES:
        return 1.0 if slower else RESOURCE_ALONE
    return SYMPTOM_TWICE if traced else UNTRACED


def _traced(case: Case) -> tuple[list[tuple[str, Term, float | None]], set[str]]:
    """(what traces say, the services whose own work takes longer)."""
    spans, lines = case.spans, case.log_columns
    if spans is None or not len(spans):
        return [], set()
    visits = arrange(spans, lines)
    timeline = lay_out(visits.unit_start, case.alert.fired_at if case.alert else None)
    if timeline is None:
        return [], set()
    changed = find_changed(spans, lines, visits, timeline)
    waiting = visits.span_parent[calls_at_both_ends(spans, visits)]
    slower = find_slower(spans, visits, timeline, waiting)
    delayed = find_delayed(spans, visits, timeline)
    silent = Term(name="in traces", log_odds=0.0)
    found: list[tuple[str, Term, float | None]] = [(name, silent, None) for name in spans.services]
    found += [(name, _does_otherwise(name, one), one.onset) for name, one in changed.items()]
    found += [(name, _is_slower(one), one.onset) for name, one in slower.items() if one.log_odds > 0]
    found += [(name, _is_delayed(name, one), one.onset) for name, one in delayed.items() if one.log_odds > 0]
    return found, {name for name, one in slower.items() if one.times >= SLOWER}


def _written(case: Case) -> list[tuple[str, Term, float | None]]:
    """What log lines say of services where no request was traced."""
    lines = case.log_columns
    if lines is None or not len(lines):
        return []
    silent = Term(name="in logs", log_odds=0.0)
    found: list[tuple[str, Term, float | None]] = [(name, silent, None) for name in lines.services if name]
    fired_at = case.alert.fired_at if case.alert else None
    return found + [(one.service, _is_said(one), one.onset) for one in find_said(lines, fired_at)]


def _is_said(one: Said) -> Term:
    text = one.text if len(one.text) <= LONGEST_QUOTE else f"{one.text[: LONGEST_QUOTE - 1]}…"
    shares = f"{one.since:.0%} of its lines ({one.before:.0%} before)"
    if one.by != one.service:
        said, name = f"{one.by} complains about it in {shares}: “{text}”.", "others complain about it"
    elif one.bad:
        said, name = f"It writes an error in {shares}: “{text}”.", "writes errors"
    else:
        said, name = f"It writes “{text}” in {shares}.", "writes otherwise"
    return Term(name=name, log_odds=one.log_odds, says=said, evidence=(one.evidence,))


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


def _is_delayed(name: str, one: Delayed) -> Term:
    said = (
        f"Calls between {name} and {one.slow} of the {one.pairs} services it talks with take longer on the way:"
        f" {one.since:.0%} take twice as long as usual ({one.before:.0%} before), and neither end works longer."
    )
    odds = min(one.log_odds, MOST_OF_A_KIND)
    return Term(name="calls are held up on the way", log_odds=odds, says=said, evidence=(one.evidence,))

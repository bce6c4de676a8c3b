"""Which incidents get a review and which do not (SPEC R047, R098, R110): gaps, declines, the sample of declined ones,
and what a metric rule would have opened.

Knows incidents as rows. Refuses to hide a SEV-1: declined or not, it stays in the list until it is reviewed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from afteraction.engine.review.policy import MetricRule, Policy
from afteraction.engine.review.triggers import Fired, Posted, TriggerFacts, fired, first_crossing


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One incident as it stands: its facts, whether it has a review, and the reason where one was declined."""

    key: str
    facts: TriggerFacts
    has_review: bool = False
    declined_because: str = ""


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """An incident that should have a review and has none. `declined_because` is set for a SEV-1 only."""

    key: str
    fired: tuple[Fired, ...]
    declined_because: str = ""


def is_sev1(policy: Policy, facts: TriggerFacts) -> bool:
    """Whether it was ever a SEV-1 (or graver)."""
    ranks = [policy.rank(each.severity) for each in facts.severities]
    return facts.kind != "milestone" and any(rank is not None and rank <= 1 for rank in ranks)


def unreviewed(policy: Policy, incidents: Iterable[Candidate]) -> tuple[Unreviewed, ...]:
    """Incidents for which a trigger fired and that have no review, in the order of their keys. A declined one is left
    out, but never a SEV-1."""
    found = []
    for each in incidents:
        declined = each.declined_because.strip()
        if each.has_review or (declined and not is_sev1(policy, each.facts)):
            continue
        if triggers := fired(policy, each.facts):
            found.append(Unreviewed(each.key, triggers, declined))
    return tuple(sorted(found, key=lambda gap: gap.key))


def decline_problem(policy: Policy, facts: TriggerFacts, reason: str) -> str:
    """Why a review cannot be declined so; empty when it can (R047: a reason is asked for, a SEV-1 is reviewed)."""
    if is_sev1(policy, facts):
        return "A SEV-1 always gets a review. Choose a shorter depth with a reason instead."
    return "" if reason.strip() else "Say in a few words why it needs no review."


def is_sampled(policy: Policy, key: str) -> bool:
    """Whether a declined incident is offered for a light look: the same answer for the same key every time."""
    digest = hashlib.sha256(f"declined:{key}".encode()).digest()
    return int.from_bytes(digest[:8]) < policy.sample * 2**64


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    """What a metric rule would have done. `fired` are (incident, moment, value); `unknown` are incidents for which the
    metric was not posted."""

    fired: tuple[tuple[str, datetime, float], ...]
    quiet: int
    unknown: tuple[str, ...]
    sentence: str


def back_test(rule: MetricRule, history: Mapping[str, tuple[Posted, ...]], now: datetime, days: int = 90) -> BackTest:
    """The rule replayed over the values posted by incident key in the `days` before `now` (aware). It is the same
    judgement that opens reviews. An incident of which nothing was posted is unknown, not quiet."""
    since = now - timedelta(days=days)
    found, unknown, quiet = [], [], 0
    for key, posted in sorted(history.items()):
        recent = [each for each in posted if since <= each.at <= now]
        if posted and not recent:
            continue
        crossing = first_crossing(rule, recent)
        if crossing is not None:
            found.append((key, crossing.at, crossing.value or 0.0))
        elif any(each.metric == rule.metric and each.value is not None for each in recent):
            quiet += 1
        else:
            unknown.append(key)
    times = "once" if len(found) == 1 else f"{len(found)} times"
    sentence = f"Would have fired {times} in {days} days."
    if unknown:
        sentence += f" For {len(unknown)} {'incident' if len(unknown) == 1 else 'incidents'} {rule.metric} is unknown."
    return BackTest(
        fired=tuple(sorted(found, key=lambda each: (each[1], each[0]))), quiet=quiet, unknown=tuple(unknown),
        sentence=sentence,
    )  # fmt: skip

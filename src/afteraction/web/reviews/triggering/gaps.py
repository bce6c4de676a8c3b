"""Incidents that met a trigger and have no review (R098), declined ones, and those offered for a light look (R047).

Knows what the policy said of each when it was judged last, and judges anew where the policy changed since. Refuses to
list what its reader may not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from afteraction.engine.review.choosing import BackTest, Candidate, back_test, is_sampled, unreviewed
from afteraction.engine.review.policy import MetricRule
from afteraction.engine.review.triggers import Fired, Posted
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, PostedMetric
from afteraction.web.incidents.permissions import visible_to
from afteraction.web.reviews.models import DeclinedReview
from afteraction.web.reviews.triggering.current import Current, policy_now
from afteraction.web.reviews.triggering.known import facts_of

MOST_JUDGED = 300
MOST_DECLINED = 200
BACK_DAYS = 90


@dataclass(frozen=True)
class Gap:
    """An incident that should have a review and has none; `declined_because` is set for a SEV-1 only."""

    incident: Incident
    fired: tuple[Fired, ...]
    declined_because: str = ""

    @property
    def is_offered(self) -> bool:
        """Nothing but a failed deployment fired, for which a review is offered and not opened."""
        return all(each.offered for each in self.fired)


@dataclass(frozen=True)
class Declined:
    """A declined review; `is_sampled` offers its incident for a light look."""

    row: DeclinedReview
    is_sampled: bool


@dataclass(frozen=True)
class Gaps:
    """What is without a review, newest first. `not_looked_at` counts incidents beyond what one page judges."""

    current: Current
    gaps: tuple[Gap, ...]
    declined: tuple[Declined, ...]
    not_looked_at: int = 0


def gaps_for(reader: User, now: datetime) -> Gaps:
    """What its reader may see of it."""
    current = policy_now()
    # What was judged quiet by this very policy stays out without being read again.
    quiet = Q(judged__policy_version=current.number, judged__has_fired=False)
    open_ones = visible_to(reader).filter(review=None).exclude(quiet).order_by("-listed_at", "-pk")
    rows = list(open_ones[: MOST_JUDGED + 1])
    beyond = open_ones.count() - MOST_JUDGED if len(rows) > MOST_JUDGED else 0
    declined = _declined(reader)
    because = {each.incident_id: each.reason for each in declined}
    by_key = {each.key: each for each in rows[:MOST_JUDGED]}
    candidates = [
        Candidate(key=each.key, facts=facts_of(each, now), declined_because=because.get(each.pk, ""))
        for each in by_key.values()
    ]
    found = [Gap(by_key[each.key], each.fired, each.declined_because)
             for each in unreviewed(current.policy, candidates)]  # fmt: skip
    found.sort(key=lambda gap: (gap.incident.listed_at, gap.incident.pk), reverse=True)
    sampled = tuple(Declined(each, is_sampled(current.policy, each.incident.key)) for each in declined)
    return Gaps(current, tuple(found), sampled, beyond)


def _declined(reader: User) -> list[DeclinedReview]:
    rows = DeclinedReview.objects.filter(ended_at=None, incident__in=visible_to(reader))
    return list(rows.select_related("incident", "by").order_by("-at", "-id")[:MOST_DECLINED])


def try_rules(rules: tuple[MetricRule, ...], reader: User, now: datetime) -> list[tuple[MetricRule, BackTest]]:
    """Each rule replayed over the incidents of the last 90 days that its reader may see."""
    since = now - timedelta(days=BACK_DAYS)
    recent = visible_to(reader).filter(Q(listed_at__gte=since) | Q(posted__at__gte=since)).distinct()
    history: dict[str, list[Posted]] = {key: [] for key in recent.values_list("key", flat=True)}
    values = PostedMetric.objects.filter(incident__in=visible_to(reader), incident__key__in=history)
    for key, metric, value, at in values.values_list("incident__key", "metric", "value", "at"):
        history[key].append(Posted(metric=metric, value=value, at=at))
    replayed = {key: tuple(posted) for key, posted in history.items()}
    return [(rule, back_test(rule, replayed, now, BACK_DAYS)) for rule in rules]

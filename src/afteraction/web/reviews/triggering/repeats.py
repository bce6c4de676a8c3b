"""Which earlier incidents one repeats, as people said it, and what of that a reader may be told.

Knows that a repeat of a repeat repeats both, and that only what was reviewed counts for the policy. Refuses to name an
incident to who does not see it: a trigger's sentence is read by everybody who sees the later one.
"""

from __future__ import annotations

from afteraction.engine.prevention.changes import ChangeState
from afteraction.engine.review.choosing import is_sev1
from afteraction.engine.review.policy import Policy
from afteraction.engine.review.triggers import Repeat, SeverityAt, TriggerFacts
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, SeverityReached
from afteraction.web.incidents.permissions import visible_to
from afteraction.web.reviews.models import Review, ReviewPart, SaidRepeat
from afteraction.web.reviews.models.review import Step

REVIEWED = (Step.REVIEWED, Step.COMMITTED, Step.PUBLISHED)
# Further back a chain is read no more.
MOST = 100


def earlier_of(incident: Incident) -> set[int]:
    """Numbers of all incidents that this one repeats, also by way of others."""
    found: set[int] = set()
    fresh = {incident.pk}
    while fresh and len(found) < MOST:
        rows = SaidRepeat.objects.filter(incident__in=fresh, withdrawn_at=None, earlier__deleted_at=None)
        fresh = set(rows.values_list("earlier", flat=True)) - found - {incident.pk}
        found |= fresh
    return found


def later_of(incident: Incident) -> list[Incident]:
    """Incidents that repeat this one, also by way of others: what becomes of its review bears on them."""
    found: dict[int, Incident] = {}
    fresh = {incident.pk}
    while fresh and len(found) < MOST:
        rows = SaidRepeat.objects.filter(earlier__in=fresh, withdrawn_at=None, incident__deleted_at=None)
        later = {each.incident_id: each.incident for each in rows.select_related("incident")}
        fresh = set(later) - set(found) - {incident.pk}
        found |= {number: later[number] for number in fresh}
    return list(found.values())


def repeats_of(incident: Incident, policy: Policy) -> tuple[Repeat, ...]:
    """Reviewed incidents that it repeats, none of them named, with checks behind the fix of a SEV-1 that drifted."""
    reviews = Review.objects.filter(incident__in=earlier_of(incident), step__in=REVIEWED).select_related("incident")
    found = []
    for review in reviews.order_by("incident__key"):
        drifted = _drifted(review)
        grave = bool(drifted) and is_sev1(policy, _facts(review))
        found.append(Repeat(incident=review.incident.key, named=False, drifted=drifted, behind_sev1=grave))
    return tuple(found)


def was_taken_back(incident: Incident) -> bool:
    """Whether somebody said that it repeats another and took that back."""
    return SaidRepeat.objects.filter(incident=incident, withdrawn_at__isnull=False).exists()


def _drifted(review: Review) -> str:
    rows = ReviewPart.objects.filter(review=review, sort="change", removed=False, body__state=ChangeState.DRIFTED)
    return next((str(each.body.get("text", "")) for each in rows.order_by("id")), "")


def _facts(review: Review) -> TriggerFacts:
    said = SeverityReached.objects.filter(incident=review.incident).values_list("severity", flat=True)
    severities = {*said, review.incident.severity} - {""}
    return TriggerFacts(
        now=review.opened_at, kind=review.incident.kind,
        severities=tuple(SeverityAt(severity=each) for each in sorted(severities)),
    )  # fmt: skip


def repeats_shown(incident: Incident, reader: User) -> tuple[SaidRepeat, ...]:
    """What pages and programs tell of them: those whose earlier incident the reader sees, and no count of others."""
    rows = SaidRepeat.objects.filter(incident=incident, withdrawn_at=None, earlier__in=visible_to(reader))
    return tuple(rows.select_related("earlier"))

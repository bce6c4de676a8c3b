"""The policy of reviews over the API: what holds, its versions, presets, trying one, and what is without a review.

Knows addresses. Refuses to decide: the page's own verbs do, and the engine reads what is sent.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router

from afteraction.engine.review.known_facts import write_fired
from afteraction.engine.review.policy import PRESETS, Policy
from afteraction.engine.review.policy_document import read_policy, write_policy
from afteraction.web.accounts.access import need_admin
from afteraction.web.api import policy_shapes as shapes
from afteraction.web.api.callers import ADMIN, READ, caller, scope
from afteraction.web.api.problems import InvalidFields
from afteraction.web.reviews.actions.change_policy import change_policy, restore_policy
from afteraction.web.reviews.models import TriggerPolicy
from afteraction.web.reviews.triggering.current import policy_now, policy_of
from afteraction.web.reviews.triggering.gaps import gaps_for, try_rules
from afteraction.web.reviews.triggering.policy_form import MOST_RULES, differences
from afteraction.web.reviews.triggering.versions import versions_of

router = Router(tags=["policy"])


def _told(number: int, policy: Policy) -> dict[str, Any]:
    return {"number": number, "policy": write_policy(policy)}


def _now() -> dict[str, Any]:
    current = policy_now()
    return _told(current.number, current.policy)


def _read(document: dict[str, Any]) -> Policy:
    policy = read_policy(document)
    # More would be lost when somebody saves the page.
    if len(policy.metric_rules) > MOST_RULES:
        raise InvalidFields({"metric_rules": f"Are more than {MOST_RULES}."})
    return policy


@router.get("", response=shapes.PolicyOut, auth=scope(READ), summary="The policy of reviews")
def show(request: HttpRequest) -> dict[str, Any]:
    """What opens a review, how deep, and when it is due."""
    return _now()


@router.put("", response=shapes.PolicyOut, auth=scope(ADMIN), summary="Save the next version")
def change(request: HttpRequest, said: shapes.PolicyChange) -> dict[str, Any]:
    """For admins. 409 with what holds where somebody saved after the version that you read; 422 names the field that
    does not fit."""
    need_admin(caller(request))
    change_policy(_read(said.policy), said.reason, based_on=said.based_on, actor=caller(request), via="api")
    return _now()


@router.get("/versions", response=shapes.Versions, auth=scope(READ), summary="Versions of the policy")
def versions(request: HttpRequest) -> dict[str, Any]:
    """Who saved each, why, and what it changed."""
    return {
        "versions": [
            {"number": each.row.number, "at": each.row.at, "by": str(each.row.by or "Afteraction"),
             "reason": each.row.reason, "restores": each.row.restores, "changed": each.changed}
            for each in versions_of()
        ]
    }  # fmt: skip


@router.get("/versions/{number}", response=shapes.PolicyOut, auth=scope(READ), summary="One version")
def version(request: HttpRequest, number: int) -> dict[str, Any]:
    """0 is the seed."""
    if not 0 <= number < 2**31 or (number and not TriggerPolicy.objects.filter(number=number).exists()):
        raise Http404
    return _told(number, policy_of(number))


@router.post("/versions/{number}/restore", response=shapes.PolicyOut, auth=scope(ADMIN), summary="Bring a version back")
def restore(request: HttpRequest, number: int, said: shapes.Restoring) -> dict[str, Any]:
    """As the next version. For admins."""
    need_admin(caller(request))
    version(request, number)
    restore_policy(number, said.reason, based_on=said.based_on, actor=caller(request), via="api")
    return _now()


@router.get("/presets", response=shapes.Presets, auth=scope(READ), summary="Policies to begin with")
def presets(request: HttpRequest) -> dict[str, Any]:
    """The seed, and what is published of others."""
    return {"presets": {name: write_policy(each) for name, each in PRESETS.items()}}


@router.post("/preview", response=shapes.Preview, auth=scope(ADMIN), summary="Try a policy")
def preview(request: HttpRequest, said: shapes.PolicyIn) -> dict[str, Any]:
    """What it changes, and its metric rules replayed over the incidents that you may see. For admins; nothing is
    saved."""
    need_admin(caller(request))
    policy = _read(said.policy)
    return {
        "changed": differences(policy_now().policy, policy),
        "trials": [
            {"rule": rule.id, "words": rule.words, "sentence": found.sentence, "quiet": found.quiet,
             "unknown": found.unknown,
             "fired": [{"incident": key, "at": at, "value": value} for key, at, value in found.fired]}
            for rule, found in try_rules(policy.metric_rules, caller(request), timezone.now())
        ],
    }  # fmt: skip


@router.get("/without-review", response=shapes.Gaps, auth=scope(READ), summary="Incidents without a review")
def without_review(request: HttpRequest) -> dict[str, Any]:
    """Those that met a trigger and have none, and those for which one was declined, newest first."""
    found = gaps_for(caller(request), timezone.now())
    return {
        "policy": found.current.number, "not_looked_at": found.not_looked_at,
        "gaps": [
            {"key": each.incident.key, "title": each.incident.title, "fired": write_fired(each.fired),
             "declined_because": each.declined_because, "offered": each.is_offered}
            for each in found.gaps
        ],
        "declined": [
            {"key": each.row.incident.key, "title": each.row.incident.title, "reason": each.row.reason,
             "at": each.row.at, "triggers": each.row.triggers, "sampled": each.is_sampled}
            for each in found.declined
        ],
    }  # fmt: skip

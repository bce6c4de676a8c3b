"""The policy of reviews: what opens one, how deep, when it is due; its versions, and what a metric rule would do.

Knows what the page shows. Refuses to decide: the verbs do, and the engine reads.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from afteraction.engine.review.policy import PRESETS, Depth, Policy, PolicyUnusable
from afteraction.web.accounts.access import CannotDo, need_admin, person_of
from afteraction.web.accounts.versions import based_on_of, bring_back
from afteraction.web.reviews.actions.change_policy import StalePolicy, change_policy, restore_policy
from afteraction.web.reviews.triggering import policy_form
from afteraction.web.reviews.triggering.current import policy_now
from afteraction.web.reviews.triggering.gaps import try_rules
from afteraction.web.reviews.triggering.versions import versions_of

Json = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def policy_page(request: HttpRequest) -> HttpResponse:
    """The policy for everybody to read and for admins to change; `preset` fills the form with one of them."""
    current = policy_now()
    if request.method == "POST":
        return _saved(request)
    preset = request.GET.get("preset", "")
    shown = PRESETS.get(preset, current.policy)
    return _page(request, policy_form.flat_of(shown), shown, preset=preset if preset in PRESETS else "")


def _saved(request: HttpRequest) -> HttpResponse:
    actor = person_of(request)
    need_admin(actor)
    flat = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    based_on = based_on_of(flat.get("based_on", ""))
    try:
        policy = policy_form.policy_from(flat, policy_now().policy)
    except PolicyUnusable as problem:
        return _page(request, flat, None, problem=str(problem), bad=problem.where, status=400)
    if flat.get("do") == "try":
        return _page(request, flat, policy, tried=True)
    try:
        row = change_policy(policy, flat.get("reason", ""), based_on=based_on, actor=actor)
    except StalePolicy as stale:
        clash = policy_form.differences(policy, stale.current.policy)
        return _page(request, flat, policy, problem=str(stale), clash=clash, status=409)
    except CannotDo as problem:
        return _page(request, flat, policy, problem=str(problem), status=400)
    messages.success(request, f"Version {row.number} of the policy holds from now on.")
    return HttpResponseRedirect(reverse("reviews:policy"))


def _page(
    request: HttpRequest, flat: Json, policy: Policy | None, *, preset: str = "", problem: str = "", bad: str = "",
    clash: list[Json] | None = None, tried: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    person, current = person_of(request), policy_now()
    versions = versions_of()
    rules = policy.metric_rules if policy else ()
    context = {
        "current": current, "newest": versions[0].row if versions else None, "may_edit": person.is_admin,
        "rules": policy_form.rule_rows(flat, bad), "depths": [each.value for each in Depth],
        "metrics": policy_form.metric_rows(flat, spare=policy_form.SPARE_RULES if person.is_admin else 0),
        "timing": policy_form.timing_fields(flat, bad), "by_severity": policy_form.severity_fields(flat, bad),
        "severity_titles": policy_form.severity_titles(), "flat": flat, "bad": bad, "preset": preset,
        "presets": list(PRESETS), "problem": problem, "clash": clash, "tried": tried,
        "tests": try_rules(rules, person, timezone.now()), "versions": versions, "place": "policy",
        "unsaved": bool(preset) or status != 200 or tried, "reason": flat.get("reason", ""),
    }  # fmt: skip
    return render(request, "reviews/policy.html", context, status=status)


@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Brings a version back, as the next one."""
    bring_back(request, number, restore_policy)
    return HttpResponseRedirect(reverse("reviews:policy"))

"""How long evidence is kept: the policy, what is said of one incident or original, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.evidence.actions import Refused
from afteraction.web.evidence.actions.retain import change_retention, say_retention, take_back_retention
from afteraction.web.evidence.models import EvidenceFile, RetentionPolicy, RetentionRule
from afteraction.web.evidence.retention import keeping_now
from afteraction.web.evidence.views.answers import done, telling
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.ui.numbers import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest) -> HttpResponse:
    """The policy for everybody to read and for admins to change."""
    problem, status = "", 200
    if request.method == "POST":
        need_admin(person_of(request))
        try:
            change_retention(
                _days(request.POST.get("keep_days", "")), _days(request.POST.get("warn_days", "")) or 0,
                request.POST.get("reason", ""), based_on=_days(request.POST.get("based_on", "")) or 0,
                actor=person_of(request),
            )  # fmt: skip
        except (CannotDo, Refused) as error:
            problem, status = str(error), 400
        else:
            messages.success(request, "It holds from now on. Nothing goes before its members were warned.")
            return HttpResponseRedirect(reverse("evidence:retention"))
    context = {
        "now": keeping_now(), "versions": RetentionPolicy.objects.select_related("by")[:20], "problem": problem,
        "may_edit": person_of(request).is_admin, "said": request.POST, "place": "retention",
    }  # fmt: skip
    return render(request, "evidence/retention.html", context, status=status)


@require_POST
@telling
def say(request: HttpRequest, key: str) -> HttpResponseBase:
    """Says something else of an incident, or of one original."""
    incident = access_incident(request, key, LEAD)
    sha256 = request.POST.get("file", "")
    file = None
    if sha256:
        rows = EvidenceFile.objects.filter(incident=incident, sha256=sha256).order_by("-is_given", "id")
        file = rows.first()
        if file is None:
            raise Refused("This original is not there.")
    how = request.POST.get("how", "")
    if how not in ("hold", "ever", "days"):
        raise Refused("It is not said how long.", next_step="Choose hold, for ever, or a number of days.")
    days = _days(request.POST.get("keep_days", "")) if how == "days" else None
    if how == "days" and days is None:
        raise Refused("It is not said how many days.", next_step="Give a number.")
    say_retention(
        incident, file=file, keep_days=days, is_hold=how == "hold", reason=request.POST.get("reason", ""),
        actor=person_of(request),
    )  # fmt: skip
    return done(request, incident, "It holds from now on.")


@require_POST
@telling
def take_back(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """Ends what was said."""
    incident = access_incident(request, key, LEAD)
    rule = get_object_or_404(RetentionRule.objects.select_related("incident").filter(incident=incident), pk=number)
    take_back_retention(rule, actor=person_of(request))
    return done(request, incident, "Taken back: what held before holds again.")


def _days(text: str) -> int | None:
    if not text.strip():
        return None
    if (days := whole_number(text.strip(), 7)) is None:
        raise Refused(f'"{text[:20]}" is no number of days.', next_step="Write digits.")
    return days

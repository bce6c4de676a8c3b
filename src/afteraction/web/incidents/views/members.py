"""Who works on an incident, and who it is open to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.models import AuditEntry, Team
from afteraction.web.accounts.trail import entries_about
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.actions.members import add_member, add_team, change_seat, remove_member, remove_team
from afteraction.web.incidents.actions.say_part import say_actor, say_everybody, say_part, say_rest
from afteraction.web.incidents.actions.visibility import (
    delete_incident,
    lift_restriction,
    narrow,
    perspectives,
    publish,
    restore_incident,
    restrict,
    widen,
)
from afteraction.web.incidents.forms import MemberForm, TeamForm
from afteraction.web.incidents.models import FactsVersion, Incident, IncidentMember, Seat, StoredAnalysis
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import LEAD, may
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.reports.openings import VERBS as OPENINGS
from afteraction.web.incidents.taking_part import taking_part
from afteraction.web.ui.numbers import whole_number


@require_safe
def members(request: HttpRequest, key: str) -> HttpResponse:
    """Members, teams, and how open the incident is."""
    incident = access_incident(request, key)
    person = person_of(request)
    leads = may(person, LEAD, incident)
    analysis = latest_analysis(incident)
    context = {
        **page_context(incident, analysis, "members"),
        **(_part_in_it(incident, analysis) if leads else {}),
        "members": IncidentMember.objects.filter(incident=incident).select_related("person").order_by("since", "id"),
        "teams": incident.teams.prefetch_related("people"),
        "seats": Seat.choices,
        "member_form": MemberForm(auto_id="member_%s"),
        "team_form": TeamForm(auto_id="team_%s") if Team.objects.exclude(incidents=incident).exists() else None,
        "may_lead": leads,
        "facts": FactsVersion.objects.filter(incident=incident).first(),
        "alone": perspectives(incident) <= {person.pk},
        "trail": _told(list(entries_about(incident.subject).exclude(verb__in=OPENINGS)[:200])) if leads else (),
    }
    return render(request, "incidents/members.html", context)


def _part_in_it(incident: Incident, analysis: StoredAnalysis | None) -> dict[str, object]:
    """Who had which part, for those who lead: accounts by what the evidence shows and people said."""
    told = taking_part(incident, analysis)
    by_pk = {str(each.pk): each for each in told.accounts}
    parts = [
        {
            "part": part, "told": each, "denied": [by_pk[one] for one in each.denied],
            "people": [(by_pk[one], seen, one in each.said) for one, seen in each.people.items()],
        }
        for part, each in told.parts.items()
    ]  # fmt: skip
    return {"part_in_it": parts, "unknown_actors": told.unknown, "part_accounts": told.accounts}


def _told(entries: Sequence[AuditEntry]) -> list[tuple[AuditEntry, int]]:
    """Entries, newest first, those in a row of the same person and verb as one with how many there were."""
    runs = groupby(entries, key=lambda entry: (entry.verb, entry.actor_id))
    return [(run[0], len(run)) for _key, group in runs if (run := list(group))][:40]


@require_POST
def change_members(request: HttpRequest, key: str) -> HttpResponse:
    """Adds, changes or removes one seat or one team; `do` names which."""
    person = person_of(request)
    incident = access_incident(request, key)
    given, wanted = request.POST, request.POST.get("do", "")

    def member() -> IncidentMember:
        number = whole_number(given.get("member", ""), 17)
        if number is None:
            raise Http404("There is no such member here.")
        return get_object_or_404(IncidentMember, incident=incident, pk=number)

    verbs: dict[str, Callable[[], tuple[object, str]]] = {
        "add": lambda: (
            add_member(incident, given.get("email", ""), given.get("seat", ""), actor=person),
            f"{given.get('email', '')} has a seat now.",
        ),
        "seat": lambda: (change_seat(incident, member(), given.get("seat", ""), actor=person), "The seat is changed."),
        "remove": lambda: (remove_member(incident, member(), actor=person), "The seat is free again."),
        "add_team": lambda: (add_team(incident, given.get("team", ""), actor=person), "The team is here now."),
        "remove_team": lambda: (
            remove_team(incident, get_object_or_404(Team, slug=given.get("team", "")), actor=person),
            "The team has no place here any more.",
        ),
    }
    return _done(request, incident, verbs.get(wanted))


@require_POST
def change_parts(request: HttpRequest, key: str) -> HttpResponse:
    """Says who had which part, or which account somebody in the timeline is; `do` names which."""
    actor = person_of(request)
    incident = access_incident(request, key, LEAD)
    part, email, role = (request.POST.get(name, "")[:320] for name in ("part", "email", "role"))
    verbs: dict[str, Callable[[], tuple[object, str]]] = {
        "had": lambda: (say_part(incident, part, email, True, actor=actor), f"{email} is written down."),
        "had_not": lambda: (say_part(incident, part, email, False, actor=actor), f"{email} is taken out."),
        "take_back": lambda: (say_part(incident, part, email, None, actor=actor), "That is taken back."),
        "everybody": lambda: (say_everybody(incident, part, True, actor=actor), "That is everybody."),
        "not_everybody": lambda: (say_everybody(incident, part, False, actor=actor), "There may be others."),
        "actor": lambda: (say_actor(incident, role, email, actor=actor), f"{role} is known now."),
        "rest": lambda: (say_rest(incident, actor=actor), "Nobody else of the timeline has an account here."),
    }
    return _done(request, incident, verbs.get(request.POST.get("do", "")), "#part")


@require_POST
def change_visibility(request: HttpRequest, key: str) -> HttpResponse:
    """Publishes, narrows, widens, restricts or lifts; `do` names which."""
    person = person_of(request)
    incident = access_incident(request, key)
    reason = request.POST.get("reason", "")
    verbs: dict[str, Callable[[], tuple[object, str]]] = {
        "publish": lambda: (
            publish(incident, narrowed_because=_narrowing(request), actor=person), f"{incident.key} is published."
        ),
        "narrow": lambda: (narrow(incident, reason, actor=person), "Only members see it now."),
        "widen": lambda: (widen(incident, actor=person), "Everyone in the organisation sees it now."),
        "restrict": lambda: (restrict(incident, reason, actor=person), "It is restricted to its members now."),
        "lift": lambda: (lift_restriction(incident, reason, actor=person), "The restriction is lifted."),
    }  # fmt: skip
    return _done(request, incident, verbs.get(request.POST.get("do", "")))


def _narrowing(request: HttpRequest) -> str:
    if request.POST.get("open_to") != "members":
        return ""
    reason = " ".join(request.POST.get("reason", "").split())
    if not reason:
        raise CannotDo("Say why only members may read it: the reason stands on the report.")
    return reason


def _done(
    request: HttpRequest, incident: Incident, verb: Callable[[], tuple[object, str]] | None, at: str = ""
) -> HttpResponse:
    if verb is None:
        raise Http404("There is nothing to do by that name.")
    try:
        _result, told = verb()
    except CannotDo as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    # Who left a draft does not see it any more.
    sees_it = access_or_none(request, incident.key)
    return HttpResponseRedirect(
        reverse("incidents:members", args=[incident.key]) + at if sees_it else reverse("incidents:list")
    )


def access_or_none(request: HttpRequest, key: str) -> Incident | None:
    """The incident if the request may see it."""
    try:
        return access_incident(request, key)
    except Http404:
        return None


@require_POST
def delete(request: HttpRequest, key: str) -> HttpResponse:
    """Hides an incident, and offers it back."""
    incident = access_incident(request, key, LEAD)
    delete_incident(incident, actor=person_of(request))
    request.session["undelete"] = incident.key
    return HttpResponseRedirect(reverse("incidents:list"))


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Brings a deleted incident back, for those who led it."""
    person = person_of(request)
    mine = IncidentMember.objects.filter(person=person).values("incident")
    incident = Incident.objects.filter(key=key, pk__in=mine).first()
    if incident is None:
        raise Http404("There is nothing here for you.")
    restore_incident(incident, actor=person)
    request.session.pop("undelete", None)
    if "json" in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    messages.success(request, f"{incident.key} is back.")
    return HttpResponseRedirect(reverse("incidents:timeline", args=[key]))

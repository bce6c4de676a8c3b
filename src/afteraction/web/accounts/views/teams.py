"""Teams: who is in which and who leads it, and for admins choosing that."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afteraction.web.accounts.access import CannotDo, need_admin, person_of
from afteraction.web.accounts.actions import teams
from afteraction.web.accounts.forms import TeamForm
from afteraction.web.accounts.models import Team, User
from afteraction.web.accounts.views.people import attempt, by_name, person_asked


@require_http_methods(["GET", "HEAD", "POST"])
def team_list(request: HttpRequest) -> HttpResponse:
    """Every team with its people; an admin makes a new one here."""
    form = TeamForm(request.POST or None)
    if request.method == "POST":
        actor = person_of(request)
        need_admin(actor)
        if form.is_valid():
            try:
                return _to(teams.make_team(form.cleaned_data["name"], actor=actor))
            except CannotDo as error:
                form.add_error("name", str(error))
    context = {"teams": Team.objects.prefetch_related("people"), "form": form, "place": "teams"}
    return render(request, "accounts/teams.html", context, status=422 if form.errors else 200)


def _to(team: Team) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("accounts:team", args=[team.slug]))


@require_safe
def team_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One team."""
    team = get_object_or_404(Team, slug=slug)
    inside = by_name().filter(teams=team)
    context = {
        "team": team,
        "people": inside,
        "others": by_name().filter(is_active=True).exclude(teams=team),
        "leads": by_name().filter(teams_led=team),
        "could_lead": (
            inside.filter(is_active=True).exclude(teams_led=team),
            by_name().filter(is_active=True).exclude(teams=team).exclude(teams_led=team),
        ),
        "form": TeamForm(initial={"name": team.name}),
        "place": "teams",
    }
    return render(request, "accounts/team.html", context)


@require_POST
def rename_team(request: HttpRequest, slug: str) -> HttpResponse:
    """Gives a team another name."""
    actor = person_of(request)
    need_admin(actor)
    team = get_object_or_404(Team, slug=slug)
    name = request.POST.get("name", "")[:128]
    attempt(request, lambda: teams.rename_team(team, name, actor=actor), f"The team is called {name} now.")
    return _to(team)


@require_POST
def add_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts somebody into a team."""
    actor = person_of(request)
    need_admin(actor)
    team = get_object_or_404(Team, slug=slug)
    person = person_asked(request.POST.get("person", ""))
    attempt(request, lambda: teams.add_to_team(team, person, actor=actor), f"{person} is in {team} now.")
    return _to(team)


@require_POST
def name_lead(request: HttpRequest, slug: str) -> HttpResponse:
    """Writes down who leads a team; `person` is "nobody" where it has no lead, "" where nobody said."""
    actor = person_of(request)
    need_admin(actor)
    team = get_object_or_404(Team, slug=slug)
    asked = request.POST.get("person", "")
    if asked in ("", "nobody"):
        done = f"{team} has no lead." if asked else f"Who leads {team} is not recorded any more."
        attempt(request, lambda: teams.say_nobody_leads(team, asked == "nobody", actor=actor), done)
        return _to(team)
    person = person_asked(asked)
    attempt(request, lambda: teams.name_lead(team, person, actor=actor), f"{person} leads {team}.")
    return _to(team)


@require_POST
def withdraw_lead(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody does not lead a team any more."""
    actor = person_of(request)
    need_admin(actor)
    team = get_object_or_404(Team, slug=slug)
    person = get_object_or_404(User, pk=pk)
    attempt(request, lambda: teams.withdraw_lead(team, person, actor=actor), f"{person} does not lead {team}.")
    return _to(team)


@require_POST
def remove_person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes somebody out of a team."""
    actor = person_of(request)
    need_admin(actor)
    team = get_object_or_404(Team, slug=slug)
    person = get_object_or_404(User, pk=pk)
    attempt(request, lambda: teams.remove_from_team(team, person, actor=actor), f"{person} is not in {team} any more.")
    return _to(team)

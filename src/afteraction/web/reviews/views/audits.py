"""What the next sprint audits, and saying when sprints begin.

Knows the page and its form. Refuses to decide who may say it: the verb does.
"""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.models import Team
from afteraction.web.incidents.access import person_of
from afteraction.web.reviews.actions.say_sprints import say_sprints
from afteraction.web.reviews.audits import audits_for, rhythms_now
from afteraction.web.ui.numbers import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
def audits(request: HttpRequest) -> HttpResponse:
    """Every line that is audited, by its day; and whoever may, says when sprints begin."""
    person, problem = person_of(request), ""
    if request.method == "POST":
        try:
            begins, days, team = _asked(request)
            say_sprints(begins, days, team=team, actor=person)
        except CannotDo as refused:
            problem = str(refused)
        else:
            messages.success(request, "It holds from now on.")
            return HttpResponseRedirect(reverse("reviews:audits"))
    led = Team.objects.all() if person.is_admin else Team.objects.filter(leads=person)
    context = {
        "days": audits_for(person, timezone.now().date()), "problem": problem, "said": request.POST, "teams": led,
        "rhythms": sorted(rhythms_now().of_team.values(), key=lambda each: (each.team is not None, str(each.team))),
        "may_say": person.is_admin or led.exists(), "place": "commitments",
    }  # fmt: skip
    return render(request, "reviews/audits.html", context, status=400 if problem else 200)


def _asked(request: HttpRequest) -> tuple[date, int, Team | None]:
    begins, days, slug = (request.POST.get(name, "").strip() for name in ("begins", "days", "team"))
    try:
        day = date.fromisoformat(begins)
    except ValueError:
        raise CannotDo("Give the day on which a sprint begins, like 2026-11-23.") from None
    if (count := whole_number(days, 4)) is None:
        raise CannotDo("Give how many days a sprint has, in digits.")
    team = Team.objects.filter(slug=slug).first() if slug else None
    if slug and team is None:
        raise CannotDo("There is no such team any more. Choose another.")
    return day, count, team

"""Choices about looking, and the pages for what is not there or went wrong.

Knows no incident.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from afteraction.web.ui.preferences import THEMES, is_local_path, remember


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keeps the theme for browsers without script, and goes back to the page it was chosen on."""
    back = request.POST.get("back", "/")
    response = HttpResponseRedirect(back if is_local_path(back) else "/")
    wanted = request.POST.get("theme", "")
    if wanted not in THEMES:
        wanted = "light" if request.COOKIES.get("theme") == "dark" else "dark"
    remember(response, "theme", wanted)
    return response


@login_not_required
@require_safe
def healthy(request: HttpRequest) -> HttpResponse:
    """Answers when the application does."""
    return HttpResponse("ok", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: what is not here, and where to go."""
    told = str(exception) if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "ui/404.html", {"told": told}, status=404)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500: nothing is lost, and what to do."""
    return render(request, "ui/500.html", status=500)

"""Choices about looking, and the sign of life. Knows no incident."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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

"""What somebody gets who is not signed in.

Knows that a page can lead to the sign-in and that a script cannot: it is told so in words a program reads, keeps what
was typed and goes on after the sign-in. Refuses to redirect a script to a page it would take for its answer.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.utils.cache import patch_vary_headers

from afteraction.web.ui.preferences import is_local_path


class SignInMiddleware(LoginRequiredMiddleware):
    """Guards every view that does not say otherwise: pages lead to the sign-in, scripts get 401."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """A redirect that comes back here, or for a script 401 with where to sign in."""
        address = f"{settings.LOGIN_URL}?{urlencode({'next': _page_of(request)})}"
        response: HttpResponseBase
        if _is_script(request):
            told = "Your sign-in has ended. Sign in and send it again: nothing was changed."
            response = JsonResponse({"error": "signed_out", "detail": told, "sign_in": address}, status=401)
        else:
            response = HttpResponseRedirect(address)
        patch_vary_headers(response, ("Cookie", "Accept", "HX-Request", "Sec-Fetch-Mode"))
        response["Cache-Control"] = "no-store"
        return response


def _is_script(request: HttpRequest) -> bool:
    said = request.headers
    if said.get("HX-Request") or said.get("X-Requested-With") or said.get("X-CSRFToken"):
        return True
    mode = said.get("Sec-Fetch-Mode", "")
    if mode:
        return mode != "navigate"
    return "application/json" in said.get("Accept", "") or request.content_type == "application/json"


def _page_of(request: HttpRequest) -> str:
    """The page somebody was on: this one, or where its form or script was."""
    if request.method in ("GET", "HEAD") and not _is_script(request):
        return request.get_full_path()
    try:
        page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    except ValueError:
        return "/"
    path = f"{page.path}?{page.query}" if page.query else page.path
    return path if page.netloc in ("", request.get_host()) and is_local_path(path) else "/"

"""What is answered when something cannot be done: the page for people, the sentence for scripts.

Knows each kind of refusal, its words and its next step. Refuses to tell what is missing from what may not be seen, and
asks no database: these pages also come when it is away. A script gets `{"error": code, "detail": sentence}` and, where
somebody who runs the server can look it up, `"reference"`.
"""

from __future__ import annotations

import errno
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from afteraction.web.ui.characters import BadField
from afteraction.web.ui.preferences import is_local_path

NOTHING_HERE = "This address leads nowhere, or to something that is not open to you. Both look the same on purpose."
BUSY = "The database is busy or away. Nothing was changed by this request; try it again in a moment."
FULL = "The disk of this server is full. Nothing was changed by this request. Whoever runs the server has to make room."
BROKEN = "Nothing was lost: the request was not finished, and what it would have changed was not changed."
TOO_LARGE = "This is larger than the server takes in one request. Send large files on the evidence page, one by one."
UNREADABLE = "The request could not be read. Load the page again and send it once more."
NOT_OURS = "This did not come from a page of ours, or from one that is too old. Nothing was changed."
SECRET_FIELDS = ("csrfmiddlewaretoken", "password", "secret", "token", "credential", "code")
# What forms carry that nobody typed.
CARRIED_FIELDS = ("form", "back", "next", "edit_id", "based_on", "revision")
LONGEST_TYPED = 20_000


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what is not there and for what may not be seen."""
    return _answer(request, 404, "not_found", NOTHING_HERE, page="ui/404.html")


def not_yours(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the sentence of the refusal, which says what it would take; with an incident, whom to ask."""
    told = str(exception) or "This is not open to your account."
    return _answer(request, 403, "forbidden", told, page="ui/403.html", incident=getattr(exception, "incident", None))


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500 with the reference to look up; 503 when the database is busy or away, 507 when the disk is full."""
    error = sys.exception()
    if _is_full(error):
        return _answer(request, 507, "disk_full", FULL, page="ui/503.html", title="There is no room left")
    if isinstance(error, OperationalError | InterfaceError):
        response = _answer(request, 503, "busy", BUSY, page="ui/503.html", title="One moment")
        response["Retry-After"] = "2"
        return response
    return _answer(request, 500, "broken", BROKEN, page="ui/500.html")


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, with the field where it is about one; 413 for what is too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _answer(request, 413, "too_large", TOO_LARGE, page="ui/413.html", title="That is too large")
    if isinstance(exception, BadField):
        told = {"page": "ui/413.html", "title": "This could not be kept", "field": exception.field}
        return _answer(request, 400, "unreadable", str(exception), **told)
    return _answer(request, 400, "unreadable", UNREADABLE, page="ui/413.html", title="This could not be read")


@login_not_required
def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that carries no valid proof of our page. What was typed on a page of ours is shown for copying."""
    typed = _typed(request) if _is_from_here(request) else []
    return _answer(request, 403, "forged", NOT_OURS, page="ui/forged.html", typed=typed, back=_page_before(request))


def is_script(request: HttpRequest) -> bool:
    """True when a script asks and would take a page for its answer."""
    said = request.headers
    asks_json = "application/json" in said.get("Accept", "") or request.content_type == "application/json"
    return bool(said.get("HX-Request") or said.get("X-Requested-With") or asks_json)


def _answer(
    request: HttpRequest, status: int, code: str, detail: str, *, page: str, title: str = "", **more: Any
) -> HttpResponse:
    reference = import_string(settings.CURRENT_REFERENCE)() if status >= 500 else ""
    response: HttpResponse
    if is_script(request):
        said = {"error": code, "detail": detail} | ({"reference": reference} if reference else {})
        said |= {"field": more["field"]} if "field" in more else {}
        response = JsonResponse(said, status=status)
    else:
        context = {"detail": detail, "title": title, "reference": reference, "refused": True, **more}
        if status >= 500:
            context["user"] = None
        response = render(request, page, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _is_full(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if isinstance(error, OperationalError) and ("is full" in str(error) or "No space left" in str(error)):
            return True
        error = error.__cause__
    return False


def _is_from_here(request: HttpRequest) -> bool:
    came_from = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(came_from).netloc == request.get_host()


def _page_before(request: HttpRequest) -> str:
    page = urlsplit(request.headers.get("Referer", ""))
    path = f"{page.path}?{page.query}" if page.query else page.path
    return path if page.netloc == request.get_host() and is_local_path(path) else "/"


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The texts of the form, by field, without secrets."""
    return [
        (name.replace("_", " "), text[:LONGEST_TYPED])
        for name, texts in request.POST.lists()
        if name not in CARRIED_FIELDS and not any(secret in name.lower() for secret in SECRET_FIELDS)
        for text in texts
        if isinstance(text, str) and text.strip()
    ]

"""How a verb about evidence is answered.

Knows scripts (JSON) and forms (back to the page with a sentence). Refuses to decide anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from afteraction.core.errors import AfteractionError
from afteraction.web.evidence.actions import Refused, WrongOffset
from afteraction.web.incidents.models import Incident
from afteraction.web.ui.preferences import is_local_path

Json = dict[str, Any]
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def by_script(request: HttpRequest) -> bool:
    """True when a script asks and wants JSON: it says so, or sends what no form sends."""
    if request.headers.get("X-Requested-With") == "fetch":
        return True
    is_form = request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")
    return request.method not in ("GET", "HEAD") and not is_form


def telling(view: Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]) -> Any:
    """Answers refusals of a view: 4xx with JSON for scripts, the page with the sentence for forms."""

    @wraps(view)
    def told(request: HttpRequest, key: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, key, *args, **kwargs)
        except (AfteractionError, PermissionDenied) as error:
            status = error.status if isinstance(error, Refused) else 403 if isinstance(error, PermissionDenied) else 422
            if by_script(request):
                more = {"received": error.received} if isinstance(error, WrongOffset) else {}
                return JsonResponse({"error": "refused", "detail": str(error), **more}, status=status)
            if isinstance(error, PermissionDenied):
                raise
            messages.error(request, str(error))
            return HttpResponseRedirect(back_of(request, reverse("evidence:list", args=[key])))

    return told


def done(request: HttpRequest, incident: Incident, sentence: str, *, status: int = 200, **data: Any) -> HttpResponse:
    """What is answered when a verb was done."""
    if by_script(request):
        return JsonResponse({"said": sentence, **data}, status=status)
    messages.success(request, sentence)
    return HttpResponseRedirect(back_of(request, reverse("evidence:list", args=[incident.key])))


def back_of(request: HttpRequest, default: str) -> str:
    """Where a form came from, when that is a page of ours."""
    wanted = request.POST.get("back", "")
    return wanted if is_local_path(wanted) else default

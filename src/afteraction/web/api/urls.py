"""Addresses of the API: /api/v1/…"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from afteraction.web.api.application import api, described


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API. It names no incident, so everybody may read it."""
    return JsonResponse(described())


_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    # Operations check who calls by token or session themselves, and answer 401 instead of leading to a page.
    _pattern.callback.login_required = False  # type: ignore[union-attr]

urlpatterns = [
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", (_patterns, _app, _namespace)),
]

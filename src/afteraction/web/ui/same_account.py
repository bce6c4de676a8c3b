"""Whom a page was made for is who its scripts act as.

Knows the header `X-Account`, in which every script says the account of its page. Refuses the request when somebody else
signed in meanwhile in the same browser: an edit must never go out under another name than the one above it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.deprecation import MiddlewareMixin

OTHER = "Somebody else has signed in in this browser since this page was made. Nothing was changed."


class SameAccountMiddleware(MiddlewareMixin):
    """401 for a script whose page belongs to another account. Comes after the sign-in is checked."""

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None lets the request pass."""
        said = request.headers.get("X-Account", "")
        user = getattr(request, "user", None)
        if not said or user is None or not user.is_authenticated or said == str(user.pk):
            return None
        return JsonResponse({"error": "other_account", "detail": OTHER}, status=401)

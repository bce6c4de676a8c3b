"""Asking an address as somebody, without anything staying changed."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from afteraction.web.accounts.models import AuditEntry
from tests.web.access.routes import Route

LOGIN = "/accounts/login/?next="


def ask(browser: Client, route: Route, world: dict[str, Any], *, token: str = "", path: str = "") -> HttpResponseBase:
    """The answer to one request; what it wrote is taken back, so that the order of requests says nothing."""
    asking = Client(raise_request_exception=False)
    asking.cookies.update(browser.cookies)
    data = route.data(world)
    said: dict[str, Any] = {"headers": {"Authorization": f"Bearer {token}"}} if token else {}
    if route.takes_json and data is not None:
        said["content_type"] = "application/json"
    cache.clear()
    with transaction.atomic():
        before = AuditEntry.objects.count()
        answer = getattr(asking, route.method.lower())(path or route.path(world), data or {}, **said)
        answer.wrote = AuditEntry.objects.count() - before
        if getattr(answer, "streaming", False):
            answer.content_read = b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def outcome(answer: HttpResponseBase) -> str:
    """What an answer means: in, sign in, 403, 404, or what should never be."""
    is_json = "json" in answer.headers.get("Content-Type", "")
    if (answer.status_code == 401 and is_json) or (
        answer.status_code == 302 and str(answer["Location"]).startswith(LOGIN)
    ):
        return "sign in"
    if answer.status_code in (403, 404, 405) or answer.status_code >= 500:
        return str(answer.status_code)
    return "in"


def body(answer: HttpResponseBase) -> bytes:
    """The bytes of an answer, streamed or not."""
    return answer.content_read if hasattr(answer, "content_read") else answer.content

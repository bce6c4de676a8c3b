"""Around every request: an id that its answer, its log lines and its audit entries share, and how long it took.

Knows routes. Refuses to log addresses: which incident somebody looked at is in the audit trail, not in a log.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from afteraction.web.config.metrics import observe
from afteraction.web.jobs.reference import under

HEADER = "X-Request-ID"
log = logging.getLogger("afteraction.requests")


class RequestMiddleware:
    """The outermost one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers under the id that the request brought if it is a sane one, else under a new one."""
        begin = time.perf_counter()
        with under(request.headers.get(HEADER, "")) as reference:
            response = self._get_response(request)
            response[HEADER] = reference
            seconds = time.perf_counter() - begin
            if getattr(response, "leaves_no_line", False) or getattr(request, "leaves_no_line", False):
                # What nobody is to be linked with has neither a line with its time nor a count that goes up just then.
                return response
            route = _route_of(request)
            observe(request.method or "", route, response.status_code, seconds)
            if route != "static":
                said = {
                    "method": request.method,
                    "route": route,
                    "status": response.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                }
                log.info("request", extra=said)
        return response


def _route_of(request: HttpRequest) -> str:
    """The pattern of the address, which names no incident."""
    if request.resolver_match is not None:
        return request.resolver_match.route or "/"
    return "static" if request.path_info.startswith(f"/{(settings.STATIC_URL or '').strip('/')}/") else "none"

"""Incidents side by side: the page with its picker, and the table as a file.

Knows addresses. Refuses to compare by itself; an incident that its reader may not see is as one that is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from afteraction.web.incidents.access import person_of
from afteraction.web.reviews.comparing.axis import draw_axis, legend
from afteraction.web.reviews.comparing.columns import LONGEST_SEARCH, MOST, offered_to, read_keys, seen_of
from afteraction.web.reviews.comparing.files import MEDIA, written
from afteraction.web.reviews.comparing.table import Beside


@require_http_methods(["GET", "HEAD", "POST"])
def compare_page(request: HttpRequest) -> HttpResponse:
    """The comparison of the incidents that the address names; a form that selected some leads there."""
    if request.method == "POST":
        return HttpResponseRedirect(_address(read_keys(request.POST.getlist("key"))))
    person, asked = person_of(request), _asked(request)
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    incidents = seen_of(person, asked)
    keys = [each.key for each in incidents]
    beside = Beside(incidents) if len(incidents) > 1 else None
    chosen = [(each, _address([key for key in keys if key != each.key])) for each in incidents]
    offered = [(each, _address([*keys, each.key])) for each in offered_to(person, text, keys)]
    context = {
        "place": "incidents", "beside": beside, "keys": ",".join(keys), "chosen": chosen, "offered": offered,
        "text": text, "is_full": len(incidents) >= MOST, "most": MOST, "is_short": len(incidents) < len(asked),
        "drawing": mark_safe(draw_axis(beside.columns)) if beside else "",  # noqa: S308 - it escapes every text
        "legend": [(meaning, title, mark_safe(shape)) for meaning, title, shape in legend()],  # noqa: S308 - constants
        "files": [(form, reverse("reviews:compare_file", args=[form]) + query_of(keys)) for form in MEDIA],
    }  # fmt: skip
    return render(request, "reviews/compare.html", context)


@require_safe
def compare_file(request: HttpRequest, form: str) -> HttpResponse:
    """The table as a file; with fewer than two incidents the page that asks for more."""
    incidents = seen_of(person_of(request), _asked(request))
    if len(incidents) < 2:
        return HttpResponseRedirect(_address([each.key for each in incidents]))
    response = HttpResponse(written(Beside(incidents), form), content_type=MEDIA[form])
    response["Content-Disposition"] = f'attachment; filename="comparison.{form}"'
    return response


def _asked(request: HttpRequest) -> tuple[str, ...]:
    return read_keys([*request.GET.getlist("keys"), *request.GET.getlist("key")])


def _address(keys: Sequence[str]) -> str:
    return reverse("reviews:compare") + query_of(keys)


def query_of(keys: Sequence[str]) -> str:
    """The query of an address that names these incidents, "" for none."""
    return f"?{urlencode({'keys': ','.join(keys)}, safe=',')}" if keys else ""

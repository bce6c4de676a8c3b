"""The audit trail, for admins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from afteraction.web.accounts.access import need_admin, person_of
from afteraction.web.accounts.trail import readable_by

PAGE = 100


@never_cache
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """What was done, by whom and how; by subject or verb where asked."""
    reader = person_of(request)
    need_admin(reader)
    readable = readable_by(reader)
    verbs = sorted(readable.order_by().values_list("verb", flat=True).distinct())
    subject, verb = request.GET.get("subject", "").strip()[:64], request.GET.get("verb", "")[:64]
    if subject:
        readable = readable.filter(subject=subject)
    if verb:
        readable = readable.filter(verb=verb)
    # Counting a long trail takes longer than reading a page of it; the next page is known from one entry more.
    asked = request.GET.get("before", "")
    if asked.removeprefix("-").isdigit() and len(asked) < 18:
        readable = readable.filter(pk__lt=int(asked))
    entries = list(readable[: PAGE + 1])
    context = {
        "entries": entries[:PAGE],
        "before": entries[PAGE - 1].pk if len(entries) > PAGE else None,
        "verbs": verbs,
        "subject": subject,
        "verb": verb,
        "place": "trail",
    }
    return render(request, "accounts/trail.html", context)

"""The search page and what is suggested while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from afteraction.web.incidents.access import person_of
from afteraction.web.incidents.finding.narrowing import facets, read_asked
from afteraction.web.incidents.finding.search import Hit, explained_in, search, suggest


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Incidents that have the words, each with the sentence that says so."""
    person, asked = person_of(request), read_asked(request.GET)
    found = search(person, asked)
    context = {
        "asked": asked,
        "found": found,
        "facets": facets(person, asked)[0] if found.total else [],
        "place": "search",
    }
    return render(request, "incidents/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`groups` of titles with addresses for what is being typed."""
    text = request.GET.get("q", "")[:200]
    hits = suggest(person_of(request), text)
    groups = [{"title": "Incidents", "items": [_item(hit) for hit in hits]}] if hits else []
    explained = [{"title": word.term, "detail": word.meaning, "url": f"{reverse('incidents:search')}?q={word.term}"}
                 for word in explained_in(text)]  # fmt: skip
    if explained:
        groups.append({"title": "Words", "items": explained})
    return JsonResponse({"groups": groups})


def _item(hit: Hit) -> dict[str, str]:
    entry, pieces = hit.sentences[0]
    told = "".join(piece.text for piece in pieces)
    address = reverse("incidents:timeline", args=[hit.incident.key])
    if entry.kind == "event":
        address += f"?event={entry.ref}"
    title = f"{hit.incident.key} {hit.incident.title}".strip()
    return {"title": title, "detail": "" if entry.kind == "record" else told, "url": address, "icon": "list"}

"""What people say about evidence: confirm, correct, take back, map columns, purge.

Knows forms. Refuses to decide anything: the verbs do.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from afteraction import formats
from afteraction.web.evidence.access import access_original
from afteraction.web.evidence.actions import (
    Refused,
    declare,
    forget_mapping,
    map_columns,
    purge_evidence,
    use_mapping,
    withdraw_declaration,
)
from afteraction.web.evidence.actions.apply_saved import header_of, mappings_for
from afteraction.web.evidence.models import About, EvidenceFile, SavedMapping
from afteraction.web.evidence.views.answers import done, telling
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.permissions import PURGE, WORK

# What a column may mean. Readers of tables and JSON look for these.
MEANINGS = {
    "time": "Time", "event": "What happened", "text": "Text", "subject": "Subject of a ticket",
    "message": "Message of a log line", "level": "Level of a log line", "service": "Service", "host": "Host",
    "status": "State", "number": "Number or id", "author": "Author", "severity": "Severity", "end": "End",
    "metric": "Name of a metric", "value": "Value of a metric", "version": "Version", "environment": "Environment",
}  # fmt: skip
MAPPED_READERS = ("ticket_table", "metric_table", "event_table", "log_table", "generic_json", "json_lines")


@require_POST
@telling
def say(request: HttpRequest, key: str) -> HttpResponseBase:
    """Declares one thing: `about`, `value`, and `file` (its hash) or `thing`."""
    incident = access_incident(request, key, WORK)
    about, sha256 = request.POST.get("about", ""), request.POST.get("file", "")
    file = access_original(request, key, sha256) if sha256 else None
    said = request.POST.get("other", "").strip() or request.POST.get("value", "").strip()
    value: Any = said
    if about == About.CLOCK and said == "":
        value = None
    if about == About.CAPTURED_AT:
        value = {
            "at": said, "zone": request.POST.get("zone", ""), "precision": request.POST.get("precision", "min"),
        }  # fmt: skip
    row = declare(incident, about, value, file=file, thing=request.POST.get("thing", ""), actor=person_of(request))
    told = "Noted." if about == About.UNAVAILABLE else "Noted. The evidence is read again."
    return done(request, incident, told, declaration=row.pk)


@require_POST
@telling
def take_back(request: HttpRequest, key: str, declaration: int) -> HttpResponseBase:
    """Withdraws a declaration."""
    incident = access_incident(request, key, WORK)
    withdraw_declaration(incident, declaration, actor=person_of(request))
    return done(request, incident, "Taken back.")


@require_http_methods(["GET", "HEAD", "POST"])
@telling
def columns(request: HttpRequest, key: str, sha256: str) -> HttpResponseBase:
    """Says what each column means, and saves that under a name."""
    file = access_original(request, key, sha256)
    access_incident(request, key, WORK)
    header = header_of(file)
    if request.method == "POST":
        if request.POST.get("saved", ""):
            saved = use_mapping(file, _number(request.POST["saved"]), actor=person_of(request))
            return done(request, file.incident, f"{file.name} is read again, as “{saved.name}” says.")
        meant = {
            meaning: column
            for number, column in enumerate(header)
            if (meaning := request.POST.get(f"column-{number}", "")) in MEANINGS
        }
        team = person_of(request).teams.filter(pk=_number(request.POST.get("team", "") or "0")).first()
        map_columns(
            file, meant, reader=request.POST.get("reader", ""), name=request.POST.get("name", ""), team=team,
            actor=person_of(request),
        )  # fmt: skip
        return done(request, file.incident, f"{file.name} is read again with these columns.")
    readers = [reader for name in MAPPED_READERS if (reader := formats.reader_named(name)) is not None]
    context = {
        "incident": file.incident, "file": file, "header": list(enumerate(header)), "meanings": MEANINGS,
        "readers": [(reader.name, reader.title) for reader in readers], "saved": mappings_for(file),
        "teams": person_of(request).teams.all(), "place": "incidents",
        "back": reverse("evidence:list", args=[key]),
    }  # fmt: skip
    return render(request, "evidence/columns.html", context)


@require_POST
@telling
def forget(request: HttpRequest, key: str, saved: int) -> HttpResponseBase:
    """Takes a saved mapping off the list."""
    incident = access_incident(request, key, WORK)
    row = next((each for each in SavedMapping.objects.filter(pk=saved) if is_open_to(each, incident)), None)
    if row is None:
        raise Refused("This mapping is not there.")
    forget_mapping(row, actor=person_of(request))
    return done(request, incident, "The mapping is removed; what was read with it stays.")


def is_open_to(saved: SavedMapping, incident: Any) -> bool:
    """Whether people of that incident may use a saved mapping."""
    return saved.team_id is None or incident.teams.filter(pk=saved.team_id).exists()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


@require_http_methods(["GET", "HEAD", "POST"])
@telling
def purge(request: HttpRequest, key: str, sha256: str) -> HttpResponseBase:
    """Asks for the reason, then removes an original for good."""
    incident = access_incident(request, key, PURGE)
    file = get_object_or_404(EvidenceFile.objects.filter(incident=incident), sha256=sha256)
    if request.method == "POST":
        if request.POST.get("sure", "") != "yes":
            raise Refused("Purging cannot be undone.", next_step="Say that you are sure.")
        stones = purge_evidence(file, request.POST.get("reason", ""), actor=person_of(request))
        counted = "1 original is" if len(stones) == 1 else f"{len(stones)} originals are"
        return done(request, incident, f"{counted} purged. The timeline is made anew without.")
    context = {"incident": incident, "file": file, "place": "incidents", "back": reverse("evidence:list", args=[key])}
    return render(request, "evidence/purge.html", context)

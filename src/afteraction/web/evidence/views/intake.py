"""Where evidence comes in: uploads in pieces, files of a plain form, pasted text, logged lines.

Knows requests. Refuses to hold a file in memory.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from afteraction.web.evidence.actions import (
    Refused,
    Taken,
    abandon_upload,
    add_piece,
    begin_upload,
    finish_upload,
    log_entry,
    paste_text,
)
from afteraction.web.evidence.actions.upload import PIECE
from afteraction.web.evidence.models import Upload
from afteraction.web.evidence.views.answers import done, telling
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK
from afteraction.web.ui.characters import NoJson, Unheld, sent_json, takes_any_text

Json = dict[str, Any]


def told_of(taken: Taken) -> str:
    """What happened, in a sentence."""
    if taken.is_new:
        return f"{taken.file.name} is here and will be read."
    return f"{taken.file.name} is already here{f' as {taken.file.label}' if taken.file.label else ''}. Nothing changed."


def _json(request: HttpRequest) -> Json:
    try:
        found = sent_json(request)
    except (NoJson, Unheld) as error:
        raise Refused(str(error)) from None
    if not isinstance(found, dict):
        raise Refused("The request is no JSON object.")
    return cast(Json, found)


@require_POST
@telling
def begin(request: HttpRequest, key: str) -> HttpResponseBase:
    """A place for one file: `{"path", "size", "mark", "batch"}`; the answer says where to go on."""
    incident = access_incident(request, key, WORK)
    asked = _json(request)
    size = asked.get("size")
    if not isinstance(size, int) or isinstance(size, bool):
        raise Refused("The size of the file is missing.")
    upload = begin_upload(
        incident, str(asked.get("path", "")), size, mark=str(asked.get("mark", "")), batch=str(asked.get("batch", "")),
        actor=person_of(request),
    )  # fmt: skip
    told = {"token": upload.token, "received": upload.received, "size": upload.size, "piece": PIECE}
    return JsonResponse(told, status=201)


@require_http_methods(["PUT", "DELETE"])
@telling
def piece(request: HttpRequest, key: str, token: str) -> HttpResponseBase:
    """The bytes at `offset`; 409 says where the next piece begins. DELETE gives the upload up."""
    upload = _upload(request, key, token)
    if request.method == "DELETE":
        abandon_upload(upload, actor=person_of(request))
        return HttpResponse(status=204)
    offset = request.GET.get("offset", "")
    if not offset.isdecimal() or len(offset) > 15:
        raise Refused("The offset of the piece is missing.")
    received = add_piece(upload, int(offset), cast(Any, request), actor=person_of(request))
    return JsonResponse({"received": received})


@require_POST
@telling
def finish(request: HttpRequest, key: str, token: str) -> HttpResponseBase:
    """Freezes the file."""
    upload = _upload(request, key, token)
    taken = finish_upload(upload, actor=person_of(request))
    return JsonResponse(_told(taken), status=201 if taken.is_new else 200)


def _upload(request: HttpRequest, key: str, token: str) -> Upload:
    """An upload of the asker's own; anybody else's is not there."""
    incident = access_incident(request, key, WORK)
    found = Upload.objects.filter(incident=incident, person=person_of(request), token=token).first()
    if found is None:
        raise Http404("There is no such upload.")
    return found


def _told(taken: Taken) -> Json:
    return {
        "said": told_of(taken), "is_new": taken.is_new, "name": taken.file.name, "sha256": taken.file.sha256,
        "label": taken.file.label, "size": taken.file.size,
    }  # fmt: skip


@require_POST
@telling
def files(request: HttpRequest, key: str) -> HttpResponseBase:
    """Files of a plain form, one after the other, for browsers without our script."""
    incident = access_incident(request, key, WORK)
    given = request.FILES.getlist("files")
    if not given:
        raise Refused("No file was chosen.", next_step="Choose one or more.")
    taken = [_whole(request, incident, each) for each in given]
    sentence = told_of(taken[0]) if len(taken) == 1 else f"{len(taken)} files are here and will be read."
    return done(request, incident, sentence)


def _whole(request: HttpRequest, incident: Incident, given: Any) -> Taken:
    actor = person_of(request)
    upload = begin_upload(incident, given.name or "", given.size, actor=actor)
    offset = 0
    for chunk in given.chunks(PIECE):
        from io import BytesIO

        offset = add_piece(upload, offset, BytesIO(chunk), actor=actor)
    return finish_upload(upload, actor=actor)


@takes_any_text("text")
@require_POST
@telling
def paste(request: HttpRequest, key: str) -> HttpResponseBase:
    """Pasted text."""
    incident = access_incident(request, key, WORK)
    taken = paste_text(
        incident, request.POST.get("text", ""), name=request.POST.get("name", ""), actor=person_of(request)
    )
    return done(request, incident, told_of(taken), **_told(taken))


def _written_at(told: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(told).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


@require_POST
@telling
def log(request: HttpRequest, key: str) -> HttpResponseBase:
    """One line of what is happening: a form field, or `{"line", "edit_id"}`."""
    incident = access_incident(request, key, WORK)
    asked = _json(request) if request.content_type == "application/json" else request.POST.dict()
    taken = log_entry(
        incident, str(asked.get("line", "")), entry_id=str(asked.get("edit_id") or asked.get("id") or ""),
        written_at=_written_at(asked.get("written_at")),
        actor=person_of(request),
    )  # fmt: skip
    entry = taken.file.report.get("entry", {})
    return done(request, incident, "Logged", status=201 if taken.is_new else 200, sha256=taken.file.sha256, entry=entry)

"""Evidence over the API: originals, uploads, text, lines, links, webhooks, declarations, purging.

Knows addresses. Refuses to decide: the pages' own actions do.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Router, Status
from ninja.params.functions import Query

from afteraction.web.api import evidence_shapes as shapes
from afteraction.web.api.callers import ADMIN, EVIDENCE, READ, caller, scope
from afteraction.web.api.shapes import Reason
from afteraction.web.evidence import actions
from afteraction.web.evidence.actions.upload import PIECE
from afteraction.web.evidence.models import Declaration, EvidenceFile, Link, Upload, Webhook
from afteraction.web.incidents.access import incident_for, need
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.ui.numbers import whole_number

router = Router(tags=["evidence"])
PAGE = 200
_FILE = tuple(shapes.FileOut.model_fields)
_BYTES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def file_out(file: EvidenceFile) -> dict[str, Any]:
    """An original as programs see it."""
    return {name: getattr(file, name) for name in _FILE}


def _taken(taken: actions.Taken) -> dict[str, Any]:
    return {"file": file_out(taken.file), "is_new": taken.is_new}


def _one(rows: Any, number: int) -> Any:
    found = rows.filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise Http404
    return found


@router.get("/{key}/log-templates", response=shapes.LogTemplates, auth=scope(READ), summary="What the logs said")
def log_templates(request: HttpRequest, key: str) -> dict[str, Any]:
    """Lines that differ in values only, as one, with their counts before, during and after the incident; the surest
    change first. Empty where the newest analysis has nothing to compare."""
    analysis = latest_analysis(incident_for(caller(request), key))
    head = analysis.head if analysis else {}
    windows = head.get("log_windows") or {"seen": 0, "before": None, "during": None, "after": None}
    return {"templates": head.get("log_templates") or [], **windows}


@router.get("/{key}/evidence", response=shapes.Files, auth=scope(READ), summary="Originals")
def files(request: HttpRequest, key: str, after: int | None = Query(None, ge=1, le=2**62)) -> dict[str, Any]:
    """With what became of each."""
    incident = incident_for(caller(request), key)
    rows = EvidenceFile.objects.filter(incident=incident).order_by("id")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows[: PAGE + 1])
    following = found[PAGE - 1].pk if len(found) > PAGE else None
    return {"files": [file_out(each) for each in found[:PAGE]], "next": following}


@router.post(
    "/{key}/evidence", response={201: shapes.TakenOut, 200: shapes.TakenOut}, auth=scope(EVIDENCE),
    summary="Send a file", openapi_extra=_BYTES,
)  # fmt: skip
def send(request: HttpRequest, key: str, name: str = Query("upload", min_length=1, max_length=500)) -> Any:
    """The body is the file, up to 16 MiB; larger ones go in pieces. 200 when the same bytes were here before."""
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    size = whole_number(request.headers.get("Content-Length", ""), 15) or 0
    if size > PIECE:
        raise actions.TooLarge("More than 16 MiB at once.", next_step="Send it in pieces: POST …/uploads.")
    # Never more than was announced, so that a body without an end cannot fill the memory.
    body = BytesIO(request.read(size))
    upload = actions.begin_upload(incident, name, len(body.getbuffer()), actor=caller(request), via="api")
    actions.add_piece(upload, 0, body, actor=caller(request))
    taken = actions.finish_upload(upload, actor=caller(request), via="api")
    return Status(201 if taken.is_new else 200, _taken(taken))


@router.post("/{key}/uploads", response={201: shapes.UploadOut}, auth=scope(EVIDENCE), summary="Begin an upload")
def begin(request: HttpRequest, key: str, said: shapes.Begin) -> Any:
    """The same `mark`, path and size goes on where it was broken off."""
    incident = incident_for(caller(request), key)
    upload = actions.begin_upload(incident, said.path, said.size, mark=said.mark, actor=caller(request), via="api")
    return Status(201, upload)


def _upload(request: HttpRequest, key: str, token: str) -> Upload:
    incident = incident_for(caller(request), key)
    rows = Upload.objects.select_related("incident").filter(incident=incident, person=caller(request))
    found: Upload | None = rows.filter(token=token[:64]).first()
    if found is None:
        raise Http404
    return found


@router.get("/{key}/uploads/{token}", response=shapes.UploadOut, auth=scope(EVIDENCE), summary="Where it stands")
def upload_state(request: HttpRequest, key: str, token: str) -> Upload:
    """The next piece begins at `received`."""
    return _upload(request, key, token)


@router.put(
    "/{key}/uploads/{token}", response=shapes.UploadOut, auth=scope(EVIDENCE), summary="Send a piece",
    openapi_extra=_BYTES,
)  # fmt: skip
def piece(request: HttpRequest, key: str, token: str, offset: int = Query(..., ge=0, le=2**62)) -> Upload:
    """Up to 16 MiB at `offset`; 409 with where it goes on when that is elsewhere."""
    upload = _upload(request, key, token)
    actions.add_piece(upload, offset, request, actor=caller(request))  # type: ignore[arg-type]
    upload.refresh_from_db()
    return upload


@router.post(
    "/{key}/uploads/{token}/finish", response=shapes.TakenOut, auth=scope(EVIDENCE), summary="Finish an upload"
)
def finish(request: HttpRequest, key: str, token: str) -> dict[str, Any]:
    """Freezes the file; asked twice it gives the same."""
    return _taken(actions.finish_upload(_upload(request, key, token), actor=caller(request), via="api"))


@router.delete("/{key}/uploads/{token}", response={204: None}, auth=scope(EVIDENCE), summary="Give an upload up")
def abandon(request: HttpRequest, key: str, token: str) -> Any:
    """Nothing of it stays."""
    actions.abandon_upload(_upload(request, key, token), actor=caller(request))
    return Status(204, None)


@router.post("/{key}/text", response={201: shapes.TakenOut}, auth=scope(EVIDENCE), summary="Paste text")
def paste(request: HttpRequest, key: str, said: shapes.Pasted) -> Any:
    """Frozen as it is, in UTF-8."""
    incident = incident_for(caller(request), key)
    return Status(
        201, _taken(actions.paste_text(incident, said.text, name=said.name, actor=caller(request), via="api"))
    )


@router.post("/{key}/log", response={201: shapes.TakenOut}, auth=scope(EVIDENCE), summary="Log a line")
def log(request: HttpRequest, key: str, said: shapes.Logged) -> Any:
    """While it runs: one line, one entry of the timeline."""
    incident = incident_for(caller(request), key)
    taken = actions.log_entry(incident, said.line, entry_id=said.entry_id, actor=caller(request), via="api")
    return Status(201, _taken(taken))


@router.get("/{key}/links", response=shapes.Links, auth=scope(READ), summary="Links")
def links(request: HttpRequest, key: str) -> dict[str, Any]:
    """Tickets, dashboards, log searches, recordings."""
    incident = incident_for(caller(request), key)
    return {"links": list(Link.objects.filter(incident=incident, removed_at=None))}


@router.post("/{key}/links", response={201: shapes.LinkOut}, auth=scope(EVIDENCE), summary="Add a link")
def add_link(request: HttpRequest, key: str, said: shapes.LinkIn) -> Any:
    """A copy is fetched where this site may fetch from that host."""
    incident = incident_for(caller(request), key)
    link = actions.add_link(incident, actions.Described(**said.dict()), actor=caller(request), via="api")
    return Status(201, link)


@router.post("/{key}/links/{number}/check", response=shapes.LinkOut, auth=scope(EVIDENCE), summary="Check a link")
def check_link(request: HttpRequest, key: str, number: int) -> Link:
    """A job looks whether it still leads somewhere."""
    link = _link(request, key, number)
    actions.ask_for_check(link, actor=caller(request), via="api")
    return link


@router.delete("/{key}/links/{number}", response={204: None}, auth=scope(EVIDENCE), summary="Remove a link")
def remove_link(request: HttpRequest, key: str, number: int) -> Any:
    """A copy stays evidence."""
    actions.remove_link(_link(request, key, number), actor=caller(request), via="api")
    return Status(204, None)


def _link(request: HttpRequest, key: str, number: int) -> Link:
    incident = incident_for(caller(request), key)
    found: Link = _one(Link.objects.select_related("incident").filter(incident=incident), number)
    return found


def _hook_out(hook: Webhook, secret: str = "") -> dict[str, Any]:
    shown = {name: getattr(hook, name) for name in ("id", "label", "style", "created_at", "revoked_at")}
    return {**shown, "path": reverse("evidence:receive", args=[hook.address]), "secret": secret}


def _hook(request: HttpRequest, key: str, number: int) -> Webhook:
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    found: Webhook = _one(Webhook.objects.select_related("incident").filter(incident=incident), number)
    return found


@router.get("/{key}/webhooks", response=shapes.Webhooks, auth=scope(EVIDENCE), summary="Webhooks")
def webhooks(request: HttpRequest, key: str) -> dict[str, Any]:
    """For those who may add evidence."""
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    return {"webhooks": [_hook_out(hook) for hook in Webhook.objects.filter(incident=incident)]}


@router.post("/{key}/webhooks", response={201: shapes.WebhookOut}, auth=scope(EVIDENCE), summary="Open a webhook")
def open_webhook(request: HttpRequest, key: str, said: shapes.WebhookIn) -> Any:
    """Its secret is told this once."""
    incident = incident_for(caller(request), key)
    hook, secret = actions.open_webhook(
        incident, said.label, said.style, secret=said.secret, actor=caller(request), via="api"
    )
    return Status(201, _hook_out(hook, secret))


@router.post("/{key}/webhooks/{number}/rotate", response=shapes.WebhookOut, auth=scope(EVIDENCE), summary="New secret")
def rotate_webhook(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """Signatures of the old one are refused from now on."""
    hook = _hook(request, key, number)
    return _hook_out(hook, actions.rotate_webhook(hook, actor=caller(request), via="api"))


@router.delete("/{key}/webhooks/{number}", response={204: None}, auth=scope(EVIDENCE), summary="Revoke a webhook")
def revoke_webhook(request: HttpRequest, key: str, number: int) -> Any:
    """What it delivered stays."""
    actions.revoke_webhook(_hook(request, key, number), actor=caller(request), via="api")
    return Status(204, None)


def _declared(row: Declaration) -> dict[str, Any]:
    shown = {name: getattr(row, name) for name in ("id", "about", "value", "thing", "at", "withdrawn_at")}
    return {**shown, "file": row.file_id}


@router.get("/{key}/declarations", response=shapes.Declarations, auth=scope(READ), summary="What people declared")
def declarations(request: HttpRequest, key: str) -> dict[str, Any]:
    """Zones, readers, meanings of columns, clock shifts; withdrawn ones too."""
    incident = incident_for(caller(request), key)
    return {"declarations": [_declared(row) for row in Declaration.objects.filter(incident=incident)]}


@router.post("/{key}/declarations", response={201: shapes.DeclarationOut}, auth=scope(EVIDENCE), summary="Declare")
def declare(request: HttpRequest, key: str, said: shapes.DeclarationIn) -> Any:
    """Nothing moves before; a job analyses again after."""
    incident = incident_for(caller(request), key)
    row = actions.declare(
        incident, said.about, said.value, file=_file(incident, said.file), thing=said.thing, actor=caller(request),
        via="api",
    )  # fmt: skip
    return Status(201, _declared(row))


def _file(incident: Incident, number: int | None) -> EvidenceFile | None:
    return None if number is None else _one(EvidenceFile.objects.filter(incident=incident), number)


@router.delete(
    "/{key}/declarations/{number}", response=shapes.DeclarationOut, auth=scope(EVIDENCE), summary="Take one back"
)
def withdraw(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """What held before holds again."""
    incident = incident_for(caller(request), key)
    found = _one(Declaration.objects.filter(incident=incident), number)
    return _declared(actions.withdraw_declaration(incident, found.pk, actor=caller(request), via="api"))


@router.post("/{key}/evidence/{number}/purge", response=shapes.Tombstones, auth=scope(ADMIN), summary="Purge")
def purge(request: HttpRequest, key: str, number: int, said: Reason) -> dict[str, Any]:
    """Removes an original for good, for an admin with a seat here. Hash and size stay as a tombstone."""
    incident = incident_for(caller(request), key)
    file: EvidenceFile = _one(EvidenceFile.objects.select_related("incident").filter(incident=incident), number)
    stones = actions.purge_evidence(file, said.reason, actor=caller(request), via="api")
    return {"purged": [stone.sha256 for stone in stones]}

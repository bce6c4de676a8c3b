"""Pages of evidence: the list with hashes and failures, and originals as they came.

Knows how to show bytes safely: as text, secrets hidden, or as a download that no browser runs.
"""

from __future__ import annotations

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afteraction import formats
from afteraction.core.errors import AfteractionError
from afteraction.core.secrets import HIDDEN
from afteraction.web.accounts.audit import record
from afteraction.web.evidence.access import access_original
from afteraction.web.evidence.declared import holding
from afteraction.web.evidence.models import EvidenceFile
from afteraction.web.evidence.page import rows_of
from afteraction.web.evidence.pulled import pulled_from
from afteraction.web.evidence.retention import due_in, keeping_now, rules_of
from afteraction.web.evidence.views.listing import ZONES
from afteraction.web.incidents.access import need, person_of
from afteraction.web.incidents.citations import Excerpt, page_of_lines, store_of
from afteraction.web.incidents.permissions import LEAD, PURGE, WORK, may

LINES = 200
# Only what the bytes themselves say is shown as a picture; nothing that can carry script.
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@require_safe
def original(request: HttpRequest, key: str, sha256: str) -> HttpResponse:
    """The lines of one original, a page at a time; `line` is the one that was cited."""
    file = access_original(request, key, sha256)
    asked = request.GET.get("line", "")
    hit = int(asked) if asked.isdigit() and len(asked) < 12 else None
    first = request.GET.get("from", "")
    start = int(first) if first.isdigit() and len(first) < 12 else max(1, (hit or 1) - 20)
    try:
        excerpt = page_of_lines(file.incident, sha256, max(1, start), LINES, hit=hit)
    except AfteractionError as error:
        raise Http404(str(error)) from None
    context = {
        "incident": file.incident,
        "file": file,
        "is_picture": bool(_picture_type(file)),
        "excerpt": excerpt,
        "previous": max(1, excerpt.first - LINES) if excerpt.first > 1 else 0,
        "following": excerpt.last + 1 if len(excerpt.lines) == LINES else 0,
        "place": "incidents",
        "row": rows_of([file], holding(file.incident))[0],
        "readers": [(reader.name, reader.title) for reader in formats.readers()],
        "zones": dict.fromkeys((file.incident.zone, *ZONES)),
        "asked": pulled_from(file),
        "may_work": may(person_of(request), WORK, file.incident),
        "keeping": keeping_now(),
        "kept_rules": [rule for rule in rules_of(file.incident) if rule.file_id in (None, file.pk)],
        "dues": [due for due in due_in(file.incident) if due.file_id == file.pk],
        "may_lead": file.is_given and may(person_of(request), LEAD, file.incident),
        "redaction": _redaction(excerpt),
        "may_purge": may(person_of(request), PURGE, file.incident),
    }
    return render(request, "evidence/original.html", context)


def _redaction(excerpt: Excerpt) -> str:
    """What is hidden of the lines that are shown."""
    hidden = sum(line.text.count(HIDDEN) for line in excerpt.lines)
    if not hidden:
        return "nothing was hidden in the lines shown"
    return f"{hidden:,} secret{'s' if hidden > 1 else ''} hidden in the lines shown, the original is unchanged"


def _picture_type(file: EvidenceFile) -> str:
    """The media type that an original's first bytes prove, empty when it is no picture."""
    with store_of(file.incident).open_original(file.sha256) as stream:
        head: bytes = stream.read(16)
    return next((media_type for begin, media_type in PICTURES.items() if head.startswith(begin)), "")


@require_safe
def picture(request: HttpRequest, key: str, sha256: str) -> HttpResponseBase:
    """A picture as it came."""
    file = access_original(request, key, sha256)
    try:
        media_type = _picture_type(file)
        if not media_type:
            raise Http404("This original is not a picture.")
        stream = store_of(file.incident).open_original(sha256)
    except AfteractionError as error:
        raise Http404(str(error)) from None
    return FileResponse(stream, content_type=media_type)


@require_safe
def download(request: HttpRequest, key: str, sha256: str) -> HttpResponseBase:
    """The bytes as they came, always as a download, and written down. They hold names and may hold secrets, so only
    who works on the incident gets them; everybody else reads the lines as they are shown."""
    file = access_original(request, key, sha256)
    need(person_of(request), WORK, file.incident)
    with transaction.atomic():
        record(person_of(request), "download", file.incident.subject, sha256=sha256, name=file.name)
    try:
        stream = store_of(file.incident).open_original(sha256)
    except AfteractionError as error:
        raise Http404(str(error)) from None
    name = file.name.replace("!", "/").rsplit("/", 1)[-1] or "evidence"
    return FileResponse(stream, as_attachment=True, filename=name, content_type="application/octet-stream")

"""How a view gets a piece of evidence that it may show.

Knows that evidence belongs to an incident. Refuses an original of another incident, even under its right hash.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from afteraction.web.evidence.models import EvidenceFile, FileState
from afteraction.web.incidents.access import access_incident


def access_original(request: HttpRequest, key: str, sha256: str) -> EvidenceFile:
    """The original of that hash in that incident, or Http404."""
    incident = access_incident(request, key)
    rows = EvidenceFile.objects.select_related("incident").filter(incident=incident, sha256=sha256)
    found = rows.exclude(state=FileState.PURGED).order_by("-is_given", "id").first()
    if found is None:
        raise Http404("This incident has no such evidence.")
    return found

"""The pictures that a report may carry.

Knows which originals are pictures and may be shown. Refuses to hand out their metadata.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from afteraction.core.errors import AfteractionError
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import Incident

Json = dict[str, Any]


def pictures_inside(incident: Incident, document: Json) -> dict[str, str]:
    """Data URIs of the pictures by hash, without their metadata; none where an original is gone."""
    from afteraction.pipeline.report.thumbnails import thumbnails

    try:
        return dict(thumbnails(document, store_of(incident).open_original))
    except AfteractionError:
        return {}


def pictures_beside(incident: Incident, document: Json) -> dict[str, str]:
    """The addresses of the same pictures, for a page."""
    shown = pictures_inside(incident, document)
    return {sha256: reverse("evidence:picture", args=[incident.key, sha256]) for sha256 in shown}

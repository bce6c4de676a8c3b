"""Pulls over the API: sources, what was pulled, pulling.

Knows addresses. Refuses to decide: the pages' own actions do.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Status

from afteraction.web.api import evidence_shapes as shapes
from afteraction.web.api.callers import EVIDENCE, caller, scope
from afteraction.web.evidence import actions
from afteraction.web.evidence.models import Pull
from afteraction.web.evidence.pulled import sources_shown
from afteraction.web.incidents.access import incident_for, need
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK

router = Router(tags=["evidence"])
MOST = 200


def _incident(request: HttpRequest, key: str) -> Incident:
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    return incident


@router.get("/{key}/pulls", response=shapes.Pulls, auth=scope(EVIDENCE), summary="Sources and pulls")
def pulls(request: HttpRequest, key: str) -> dict[str, Any]:
    """For those who may add evidence: what may be pulled from, and the newest 200 pulls, newest first."""
    incident = _incident(request, key)
    sources = [
        {"name": each.name, "kind": each.puller.name, "ask_word": each.puller.ask_word, "asks": list(each.asks),
         "takes_any": each.takes_any}
        for each in sources_shown()[0]
    ]  # fmt: skip
    return {"sources": sources, "pulls": list(incident.pulls.order_by("-id")[:MOST])}


@router.post("/{key}/pulls", response={201: shapes.PullOut, 200: shapes.PullOut}, auth=scope(EVIDENCE), summary="Pull")
def ask(request: HttpRequest, key: str, said: shapes.PullIn) -> Any:
    """A job asks step by step. The same pull again goes on where it stopped (200) and adds nothing that is here."""
    incident = incident_for(caller(request), key)
    found, is_new = actions.ask_for_pull(incident, actions.Wish(**said.dict()), actor=caller(request), via="api")
    return Status(201 if is_new else 200, found)


@router.post("/{key}/pulls/{number}/again", response=shapes.PullOut, auth=scope(EVIDENCE), summary="Go on pulling")
def go_on(request: HttpRequest, key: str, number: int) -> Pull:
    """Asks for what has no answer yet."""
    found = _incident(request, key).pulls.filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise Http404
    actions.go_on_pulling(found, actor=caller(request), via="api")
    return found

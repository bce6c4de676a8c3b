"""What columns mean, over the API: of one original, and saved under a name for later ones.

Knows addresses. Refuses to decide: the page's own verbs do.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from afteraction.web.api.callers import EVIDENCE, READ, caller, scope
from afteraction.web.api.problems import InvalidFields
from afteraction.web.evidence.actions import forget_mapping, map_columns, use_mapping
from afteraction.web.evidence.actions.apply_saved import MOST_COLUMNS, header_of, mappings_for
from afteraction.web.evidence.models import EvidenceFile, SavedMapping
from afteraction.web.evidence.views.said import MAPPED_READERS, MEANINGS, is_open_to
from afteraction.web.incidents.access import incident_for, need
from afteraction.web.incidents.permissions import WORK

router = Router(tags=["evidence"])
Name = Annotated[str, Field(max_length=128)]


class MappingOut(Schema):
    """A mapping that was saved: the column of each meaning, and the reader that it takes."""

    id: int
    name: str
    reader: str
    columns: dict[str, Any]


class ColumnsOut(Schema):
    """The columns of an original, what a column may mean, and what was saved that may be used."""

    columns: list[str]
    meanings: dict[str, str]
    saved: list[MappingOut]


class ColumnsIn(Schema):
    """The column of each meaning. With a `name` it is saved, for your team `team` (a slug) or for everybody."""

    columns: Annotated[dict[str, Name], Field(max_length=MOST_COLUMNS)]
    reader: Annotated[str, Field(max_length=64)] = ""
    name: Name = ""
    team: Annotated[str, Field(max_length=64)] = ""


class Using(Schema):
    """The number of a saved mapping."""

    saved: Annotated[int, Field(ge=1, le=2**53)]


class SavedName(Schema):
    """Under which number and name it was saved; null where it was not."""

    id: int | None
    name: str


def _original(request: HttpRequest, key: str, number: int) -> EvidenceFile:
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    rows = EvidenceFile.objects.select_related("incident").filter(incident=incident)
    found = rows.filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise Http404
    return found


@router.get("/{key}/evidence/{number}/columns", response=ColumnsOut, auth=scope(READ), summary="Columns of an original")
def columns(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """Empty where it has none."""
    file = _original(request, key, number)
    return {"columns": header_of(file), "meanings": MEANINGS, "saved": mappings_for(file)}


@router.put(
    "/{key}/evidence/{number}/columns", response=SavedName, auth=scope(EVIDENCE), summary="Say what columns mean"
)
def say(request: HttpRequest, key: str, number: int, said: ColumnsIn) -> dict[str, Any]:
    """The original is read again."""
    file = _original(request, key, number)
    wrong = sorted(set(said.columns) - set(MEANINGS))
    if wrong:
        raise InvalidFields({"columns": f'"{wrong[0][:40]}" is none of {", ".join(MEANINGS)}.'})
    if said.reader and said.reader not in MAPPED_READERS:
        raise InvalidFields({"reader": f"Is none of {', '.join(MAPPED_READERS)}."})
    team = caller(request).teams.filter(slug=said.team).first() if said.team else None
    if said.team and team is None:
        raise InvalidFields({"team": "You are in no such team."})
    saved = map_columns(
        file, dict(said.columns), reader=said.reader, name=said.name, team=team, actor=caller(request), via="api"
    )
    return {"id": saved.pk if saved else None, "name": saved.name if saved else ""}


@router.put(
    "/{key}/evidence/{number}/mapping", response=SavedName, auth=scope(EVIDENCE), summary="Read as a mapping says"
)
def use(request: HttpRequest, key: str, number: int, said: Using) -> dict[str, Any]:
    """One that was saved and is open to this incident."""
    saved = use_mapping(_original(request, key, number), said.saved, actor=caller(request), via="api")
    return {"id": saved.pk, "name": saved.name}


@router.delete("/{key}/mappings/{number}", response={204: None}, auth=scope(EVIDENCE), summary="Remove a saved mapping")
def forget(request: HttpRequest, key: str, number: int) -> Any:
    """What was read with it stays."""
    incident = incident_for(caller(request), key)
    need(caller(request), WORK, incident)
    found = SavedMapping.objects.filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None or not is_open_to(found, incident):
        raise Http404
    forget_mapping(found, actor=caller(request), via="api")
    return Status(204, None)

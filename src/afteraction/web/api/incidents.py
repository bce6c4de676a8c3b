"""Incidents over the API: list, create, record, members, visibility.

Knows addresses. Refuses to decide: the pages' own actions do.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import Router, Status
from ninja.params.functions import Query

from afteraction.web.accounts.models import Team, User
from afteraction.web.api import shapes
from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.api.problems import InvalidFields
from afteraction.web.incidents.access import incident_for, need
from afteraction.web.incidents.actions import change_record as changing
from afteraction.web.incidents.actions import members as seats
from afteraction.web.incidents.actions import say_part as saying
from afteraction.web.incidents.actions import visibility
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.models import Incident, IncidentMember
from afteraction.web.incidents.permissions import LEAD, visible_to
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.record import Record, read_record
from afteraction.web.incidents.taking_part import taking_part

router = Router(tags=["incidents"])
PAGE = 50
_OUTLINE = tuple(shapes.Outline.model_fields)


def outline(incident: Incident) -> dict[str, Any]:
    """An incident as lists show it."""
    return {name: getattr(incident, name) for name in _OUTLINE} | {"restricted": incident.is_restricted}


def _record(given: shapes.RecordIn) -> Record:
    read = read_record(given.dict())
    if read.wrong:
        raise InvalidFields(read.wrong)
    return read.record


@router.get("", response=shapes.Outlines, auth=scope(READ), summary="Incidents that you may see")
def list_incidents(request: HttpRequest, after: int | None = Query(None, ge=1, le=2**62)) -> dict[str, Any]:
    """Newest first. `after` is the `next` of the page before."""
    rows = visible_to(caller(request)).order_by("-id")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: PAGE + 1])
    following = str(found[PAGE - 1].pk) if len(found) > PAGE else None
    return {"incidents": [outline(each) for each in found[:PAGE]], "next": following}


@router.post("", response={201: shapes.Outline}, auth=scope(WRITE), summary="Create an incident")
def create(request: HttpRequest, said: shapes.NewIncident) -> Any:
    """You become its owner. A security incident is restricted from birth."""
    incident = create_incident(_record(said), actor=caller(request), opened_with=said.opened_with, via="api")
    return Status(201, outline(incident))


@router.get("/{key}", response=shapes.Outline, auth=scope(READ), summary="One incident")
def show(request: HttpRequest, key: str) -> dict[str, Any]:
    """404 for one that is not there and for one that you may not see."""
    return outline(incident_for(caller(request), key))


@router.put("/{key}", response=shapes.Outline, auth=scope(WRITE), summary="Change the record")
def change(request: HttpRequest, key: str, said: shapes.ChangedRecord) -> dict[str, Any]:
    """409 with the record as it stands when somebody saved after the version that you read."""
    incident = incident_for(caller(request), key)
    changed = changing.change_record(incident, _record(said), based_on=said.version, actor=caller(request), via="api")
    return outline(changed)


@router.delete("/{key}", response={204: None}, auth=scope(WRITE), summary="Delete an incident")
def delete(request: HttpRequest, key: str) -> Any:
    """It is hidden everywhere and can be restored; nothing is lost."""
    visibility.delete_incident(incident_for(caller(request), key), actor=caller(request), via="api")
    return Status(204, None)


@router.post("/{key}/restore", response=shapes.Outline, auth=scope(WRITE), summary="Restore a deleted incident")
def restore(request: HttpRequest, key: str) -> dict[str, Any]:
    """For those who could delete it."""
    actor = caller(request)
    incident = Incident.objects.filter(key=key, deleted_at__isnull=False, members__person=actor).first()
    if incident is None:
        raise Http404
    return outline(visibility.restore_incident(incident, actor=actor, via="api"))


@router.post("/{key}/publish", response=shapes.Outline, auth=scope(WRITE), summary="Publish")
def publish(request: HttpRequest, key: str, said: shapes.Publishing) -> dict[str, Any]:
    """Opens the report to everybody who signs in here, unless it is restricted or narrowed."""
    actor = caller(request)
    incident = incident_for(actor, key)
    return outline(visibility.publish(incident, narrowed_because=said.narrowed_because, actor=actor, via="api"))


_BY_REASON = {
    "narrow": visibility.narrow,
    "restrict": visibility.restrict,
    "lift-restriction": visibility.lift_restriction,
}


def _closing(name: str, summary: str) -> None:
    action = _BY_REASON[name]

    @router.post(
        f"/{{key}}/{name}", response=shapes.Outline, auth=scope(WRITE), summary=summary,
        operation_id=name.replace("-", "_"),
    )  # fmt: skip
    def close(request: HttpRequest, key: str, said: shapes.Reason) -> dict[str, Any]:
        incident = incident_for(caller(request), key)
        return outline(action(incident, said.reason, actor=caller(request), via="api"))


_closing("narrow", "Keep a published report to its members")
_closing("restrict", "Keep an incident to its members whatever is published")
_closing("lift-restriction", "Lift the restriction")


@router.post("/{key}/widen", response=shapes.Outline, auth=scope(WRITE), summary="Open a narrowed report again")
def widen(request: HttpRequest, key: str) -> dict[str, Any]:
    """Opens it to everybody who signs in here."""
    return outline(visibility.widen(incident_for(caller(request), key), actor=caller(request), via="api"))


def _members(incident: Incident) -> dict[str, Any]:
    rows = IncidentMember.objects.filter(incident=incident).select_related("person").order_by("id")
    return {
        "members": [
            {"id": row.pk, "name": row.person.name, "email": row.person.email, "seat": row.seat, "since": row.since}
            for row in rows
        ],
        "teams": list(incident.teams.values_list("slug", flat=True)),
    }


@router.get("/{key}/members", response=shapes.Members, auth=scope(READ), summary="Who works on it")
def members(request: HttpRequest, key: str) -> dict[str, Any]:
    """Seats and teams."""
    return _members(incident_for(caller(request), key))


@router.post("/{key}/members", response={201: shapes.Members}, auth=scope(WRITE), summary="Give somebody a seat")
def add_member(request: HttpRequest, key: str, said: shapes.MemberIn) -> Any:
    """Who has a seat already gets the other."""
    incident = incident_for(caller(request), key)
    seats.add_member(incident, said.email, said.seat, actor=caller(request), via="api")
    return Status(201, _members(incident))


@router.delete("/{key}/members/{member}", response=shapes.Members, auth=scope(WRITE), summary="Take a seat away")
def remove_member(request: HttpRequest, key: str, member: int) -> Any:
    """The last owner stays."""
    incident = incident_for(caller(request), key)
    found = _row(IncidentMember, incident=incident, pk=member)
    seats.remove_member(incident, found, actor=caller(request), via="api")
    return _members(incident) if visible_to(caller(request)).filter(pk=incident.pk).exists() else _members_gone()


def _members_gone() -> dict[str, Any]:
    return {"members": [], "teams": []}


@router.put("/{key}/teams/{slug}", response=shapes.Members, auth=scope(WRITE), summary="Add a team")
def add_team(request: HttpRequest, key: str, slug: str) -> dict[str, Any]:
    """Everybody of the team becomes a responder."""
    incident = incident_for(caller(request), key)
    seats.add_team(incident, slug, actor=caller(request), via="api")
    return _members(incident)


@router.delete("/{key}/teams/{slug}", response=shapes.Members, auth=scope(WRITE), summary="Remove a team")
def remove_team(request: HttpRequest, key: str, slug: str) -> dict[str, Any]:
    """Its people keep the seats that they have by themselves."""
    incident = incident_for(caller(request), key)
    seats.remove_team(incident, _row(Team, slug=slug), actor=caller(request), via="api")
    return _members(incident)


def _parts(incident: Incident, actor: User) -> dict[str, Any]:
    need(actor, LEAD, incident)
    told = taking_part(incident, latest_analysis(incident))
    known = {str(each.pk): each for each in told.accounts}
    return {
        "parts": [
            {
                "part": part.value, "is_everybody": each.is_everybody,
                "people": [{"id": int(one), "email": known[one].email, "seen": seen} for one, seen in
                           each.people.items()],
                "denied": [known[one].email for one in each.denied],
            }
            for part, each in told.parts.items()
        ],
        "unknown": list(told.unknown),
    }  # fmt: skip


@router.get("/{key}/parts", response=shapes.Parts, auth=scope(READ), summary="Who had which part in it")
def parts(request: HttpRequest, key: str) -> dict[str, Any]:
    """For those who lead it: whom the evidence shows and people named on call, as author or reviewer of the change."""
    return _parts(incident_for(caller(request), key), caller(request))


@router.put("/{key}/parts/{part}", response=shapes.Parts, auth=scope(WRITE), summary="Say who had a part")
def say_part(request: HttpRequest, key: str, part: shapes.PartName, said: shapes.HavingPart) -> dict[str, Any]:
    """Corrects and completes what the evidence shows."""
    incident, actor = incident_for(caller(request), key), caller(request)
    with transaction.atomic():
        if said.email:
            saying.say_part(incident, part, said.email, said.holds, actor=actor, via="api")
        if said.everybody is not None:
            saying.say_everybody(incident, part, said.everybody, actor=actor, via="api")
    return _parts(incident, actor)


@router.put(
    "/{key}/who-is-who", response=shapes.Parts, auth=scope(WRITE), summary="Say who somebody in the timeline is"
)
def say_actor(request: HttpRequest, key: str, said: shapes.ActorIn) -> dict[str, Any]:
    """By the role they have there; it makes conflicts of the seats of the review known."""
    incident, actor = incident_for(caller(request), key), caller(request)
    if not said.role:
        saying.say_rest(incident, actor=actor, via="api")
        return _parts(incident, actor)
    saying.say_actor(incident, said.role, said.email, actor=actor, via="api")
    return _parts(incident, actor)


def _row(model: Any, **named: Any) -> Any:
    if any(isinstance(value, int) and not -(2**63) <= value < 2**63 for value in named.values()):
        raise Http404
    found = model.objects.filter(**named).first()
    if found is None:
        raise Http404
    return found

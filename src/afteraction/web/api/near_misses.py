"""Near misses over the API: file one, and read and take up what nobody signed.

Knows addresses. Refuses to take a report of nobody: a token is somebody's, and its last use is kept.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from afteraction.engine.causes.graph import MitigatorKind
from afteraction.engine.gates.matrix import SEED_GATES
from afteraction.web.api import review_shapes, shapes
from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.api.problems import InvalidFields
from afteraction.web.api.reviews import told_review
from afteraction.web.incidents.finding.near_miss_reports import reports_seen_by
from afteraction.web.reviews.actions.file_near_miss import (
    LONGEST,
    NearMissUnusable,
    file_near_miss,
    read_near_miss,
    set_aside,
    take_up,
)
from afteraction.web.reviews.near_misses import waiting_for

router = Router(tags=["near misses"])
Told = Annotated[str, Field(max_length=LONGEST)]


class NearMissIn(Schema):
    """What nearly happened and what stopped it. `stopped_how` is designed, process or luck; luck asks for a
    `follow_up`, of which "accepted" is one. `gate_held` says whether the named gate held. `opened_with` names this
    request: the same one again is the near miss that is there."""

    nearly: Annotated[str, Field(max_length=300)]
    stopped_by: Told
    stopped_how: Annotated[str, Field(max_length=16, json_schema_extra={"enum": ["", *MitigatorKind]})] = ""
    would_have: Told = ""
    gate: Annotated[str, Field(max_length=32, json_schema_extra={"enum": ["", *dict(SEED_GATES)]})] = ""
    gate_held: bool | None = None
    follow_up: Told = ""
    services: list[Annotated[str, Field(max_length=100)]] = []
    environment: Annotated[str, Field(max_length=32)] = "production"
    opened_with: Annotated[str, Field(max_length=40)] = ""


class Report(Schema):
    """What nobody signed: the form as it was given, the slug of the team that reads it ("" for the admins), the day."""

    ident: UUID
    said: dict[str, str]
    team: str
    day: date


class Reports(Schema):
    """Reports that wait for whoever asks."""

    reports: list[Report]


@router.post("", response={201: review_shapes.ReviewOut}, auth=scope(WRITE), summary="File a near miss")
def file(request: HttpRequest, said: NearMissIn) -> Any:
    """Opens an incident of that kind with its light review; you become its owner. Reports of nobody are sent from the
    page alone: the last use of a token is kept."""
    try:
        filed = read_near_miss(said.dict())
    except NearMissUnusable as refused:
        raise InvalidFields(refused.wrong) from refused
    opened_with = f"near-miss:{said.opened_with}" if said.opened_with else ""
    return Status(201, told_review(file_near_miss(filed, opened_with=opened_with, actor=caller(request), via="api")))


class ReportedMonthOut(Schema):
    """A month by its first day, and what was filed in it."""

    month: date
    near_misses: int
    incidents: int


class NearMissReportsOut(Schema):
    """Months, oldest first, the last one still going on. `ratio`: near misses to incidents, null without incidents."""

    months: list[ReportedMonthOut]
    near_misses: int
    incidents: int
    ratio: float | None


@router.get("/reports", response=NearMissReportsOut, auth=scope(READ), summary="Near-miss reports per month")
def reports(request: HttpRequest) -> Any:
    """Of what you may see, in the last twelve months; milestones are in neither count. More reports are good news."""
    return reports_seen_by(caller(request))


@router.get("/waiting", response=Reports, auth=scope(READ), summary="Near misses that nobody signed")
def waiting(request: HttpRequest) -> dict[str, Any]:
    """Those that wait for you: of your teams, for an admin also those of the admins."""
    rows = waiting_for(caller(request)).select_related("team")
    return {
        "reports": [
            {"ident": each.ident, "said": each.said, "team": each.team.slug if each.team else "", "day": each.day}
            for each in rows
        ]
    }


@router.post(
    "/waiting/{ident}/take-up", response={201: review_shapes.ReviewOut}, auth=scope(WRITE), summary="Take one up"
)
def taken_up(request: HttpRequest, ident: UUID) -> Any:
    """Opens its incident with its light review; you become its owner. 409 where it does not wait for you."""
    return Status(201, told_review(take_up(ident, actor=caller(request), via="api")))


@router.post("/waiting/{ident}/set-aside", response={204: None}, auth=scope(WRITE), summary="Set one aside")
def put_aside(request: HttpRequest, ident: UUID, said: shapes.Reason) -> Any:
    """The reason stays in the trail."""
    set_aside(ident, said.reason, actor=caller(request), via="api")
    return Status(204, None)

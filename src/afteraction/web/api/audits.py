"""What the next sprint audits, and when sprints begin: over the API.

Knows addresses. Refuses to say that something holds: whoever audits sees.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from afteraction.web.accounts.models import Team
from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.reviews.actions.say_sprints import say_sprints
from afteraction.web.reviews.audits import audits_for, rhythms_now

router = Router(tags=["commitments"])


class AuditOut(Schema):
    """One line to audit: of which commit, by which check or by whom."""

    incident: str
    id: str
    text: str
    line: str
    by: str
    due: date | None


class AuditDayOut(Schema):
    """What is audited on one day; null while nobody said when sprints begin. `next`: the next sprint begins then."""

    day: date | None
    next: bool
    audits: list[AuditOut]


class SprintsOut(Schema):
    """When sprints begin: of a team, or (null) of everybody who has none of their own."""

    team: str | None
    begins: date
    days: int


class AuditsOut(Schema):
    """The earliest day first; what has no day is last."""

    days: list[AuditDayOut]
    sprints: list[SprintsOut]


class SprintsIn(Schema):
    """A day on which a sprint begins, and how many days it has; of a team by its slug, else of everybody."""

    begins: date
    days: Annotated[int, Field(ge=1, le=366)]
    team: Annotated[str, Field(max_length=64)] = ""


@router.get("/audit", response=AuditsOut, auth=scope(READ), summary="What the next sprint audits")
def audit(request: HttpRequest) -> dict[str, Any]:
    """Every line of a commit that a check or somebody looks at, by its day: the first day of the sprint after it is
    due."""
    return {
        "days": [
            {"day": day.day, "next": day.is_next, "audits": [
                {"incident": each.incident.key, "id": each.ident, "text": each.text, "line": each.line, "by": each.by,
                 "due": each.due}
                for each in day.audits
            ]}
            for day in audits_for(caller(request), timezone.now().date())
        ],
        "sprints": [
            {"team": each.team.slug if each.team else None, "begins": each.begins, "days": each.days}
            for each in rhythms_now().of_team.values()
        ],
    }  # fmt: skip


@router.put("/sprints", response=SprintsOut, auth=scope(WRITE), summary="Say when sprints begin")
def sprints(request: HttpRequest, said: SprintsIn) -> dict[str, Any]:
    """Of a team for those who lead it, of everybody for admins."""
    team = Team.objects.filter(slug=said.team).first() if said.team else None
    if said.team and team is None:
        raise Http404
    row = say_sprints(said.begins, said.days, team=team, actor=caller(request), via="api")
    return {"team": team.slug if team else None, "begins": row.begins, "days": row.days}

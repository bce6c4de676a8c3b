"""How long evidence is kept, over the API.

Knows addresses. Refuses to decide: the pages' own verbs do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from afteraction.web.accounts.access import need_admin
from afteraction.web.api.callers import ADMIN, READ, WRITE, caller, scope
from afteraction.web.evidence.actions.retain import change_retention, say_retention, take_back_retention
from afteraction.web.evidence.models import EvidenceFile, RetentionRule
from afteraction.web.evidence.retention import due_in, keeping_now, rules_of
from afteraction.web.incidents.access import incident_for

router = Router(tags=["evidence"])
of_incidents = Router(tags=["evidence"])
Days = Annotated[int, Field(ge=1, le=36_500)]
Because = Annotated[str, Field(min_length=1, max_length=1000)]


class KeepingOut(Schema):
    """The policy: days after resolution (null: for ever), and how many days before members are warned."""

    number: int
    keep_days: int | None
    warn_days: int


class KeepingIn(Schema):
    """The next version. `based_on` is the number you read; `keep_days` null keeps for ever."""

    keep_days: Days | None
    warn_days: Annotated[int, Field(ge=1, le=365)] = 14
    based_on: Annotated[int, Field(ge=0, le=2**31 - 1)]
    reason: Because


class RuleIn(Schema):
    """Of one original by its number (`file`), or of all: held, for ever (`keep_days` null), or another time."""

    file: Annotated[int, Field(ge=1, le=2**62)] | None = None
    keep_days: Days | None = None
    hold: bool = False
    reason: Because


class RetentionRuleOut(Schema):
    """What was said and stands."""

    id: int
    file: int | None
    keep_days: int | None
    hold: bool
    reason: str
    at: datetime


class DueOut(Schema):
    """An original that goes at `due_at`, of which members were warned at `warned_at`."""

    file: int
    sha256: str
    due_at: datetime
    warned_at: datetime


class KeptOut(Schema):
    """How long the evidence of an incident is kept: the policy, what was said otherwise, and what is due to go."""

    policy: KeepingOut
    rules: list[RetentionRuleOut]
    due: list[DueOut]


def _policy() -> dict[str, Any]:
    now = keeping_now()
    return {"number": now.number, "keep_days": now.keep_days, "warn_days": now.warn_days}


def _rule(rule: RetentionRule) -> dict[str, Any]:
    return {"id": rule.pk, "file": rule.file_id, "keep_days": rule.keep_days, "hold": rule.is_hold,
            "reason": rule.reason, "at": rule.at}  # fmt: skip


@router.get("", response=KeepingOut, auth=scope(READ), summary="How long evidence is kept")
def show(request: HttpRequest) -> dict[str, Any]:
    """Number 0 is before anybody said anything: for ever."""
    return _policy()


@router.put("", response=KeepingOut, auth=scope(ADMIN), summary="Say how long evidence is kept")
def change(request: HttpRequest, said: KeepingIn) -> dict[str, Any]:
    """For admins. 409 where somebody saved after the version that you read."""
    need_admin(caller(request))
    change_retention(
        said.keep_days, said.warn_days, said.reason, based_on=said.based_on, actor=caller(request), via="api"
    )
    return _policy()


@of_incidents.get("/{key}/retention", response=KeptOut, auth=scope(READ), summary="How long its evidence is kept")
def kept(request: HttpRequest, key: str) -> dict[str, Any]:
    """What is due goes by itself once its date and its warning are over."""
    incident = incident_for(caller(request), key)
    return {
        "policy": _policy(),
        "rules": [_rule(rule) for rule in rules_of(incident)],
        "due": [
            {"file": due.file_id, "sha256": due.file.sha256, "due_at": due.due_at, "warned_at": due.warned_at}
            for due in due_in(incident)
        ],
    }


@of_incidents.post("/{key}/retention", response={201: RetentionRuleOut}, auth=scope(WRITE), summary="Keep it otherwise")
def say(request: HttpRequest, key: str, said: RuleIn) -> Any:
    """For those who lead the incident. A hold stops everything else."""
    incident = incident_for(caller(request), key)
    file = None
    if said.file is not None:
        file = EvidenceFile.objects.filter(incident=incident, pk=said.file).first()
        if file is None:
            raise Http404
    rule = say_retention(
        incident, file=file, keep_days=said.keep_days, is_hold=said.hold, reason=said.reason, actor=caller(request),
        via="api",
    )  # fmt: skip
    return Status(201, _rule(rule))


@of_incidents.delete("/{key}/retention/{number}", response={204: None}, auth=scope(WRITE), summary="Take it back")
def take_back(request: HttpRequest, key: str, number: int) -> Any:
    """What held before holds again."""
    incident = incident_for(caller(request), key)
    rows = RetentionRule.objects.select_related("incident").filter(incident=incident)
    rule = rows.filter(pk=number).first() if 0 < number < 2**62 else None
    if rule is None:
        raise Http404
    take_back_retention(rule, actor=caller(request), via="api")
    return Status(204, None)

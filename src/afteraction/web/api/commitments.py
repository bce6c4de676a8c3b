"""What somebody took on, over the API; and handing a review on.

Knows addresses. Refuses to give causes, and to count or order people.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from ninja.params.functions import Query

from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.incidents.access import incident_for
from afteraction.web.reviews.actions.hand_on import hand_on
from afteraction.web.reviews.commitments import people_named, taken_on

router = Router(tags=["commitments"])
out_of_scope = Router(tags=["reviews"])


class CommitmentOut(Schema):
    """One thing somebody took on. `due` null has no date; `audit` is the day on which it is audited (null: it is over,
    or nobody said when sprints begin); `told` says the state in words."""

    incident: str
    id: str
    text: str
    due: date | None
    audit: date | None
    state: str
    told: str


class HeldOut(Schema):
    """One seat."""

    incident: str
    seat: str


class TakenOnOut(Schema):
    """What the caller may see of what one person took on: open ones first, the earliest date first."""

    account: int
    name: str
    commitments: list[CommitmentOut]
    seats: list[HeldOut]


class EverybodyCalledSo(Schema):
    """Everybody who is called so, by name."""

    people: list[TakenOnOut]


@router.get("", response=EverybodyCalledSo, auth=scope(READ), summary="What somebody took on")
def commitments(
    request: HttpRequest, who: str = Query("", max_length=200, description="Words of a name, or a full address")
) -> dict[str, Any]:
    """Commitments with state, and seats; never causes. Your own without a name."""
    reader, today = caller(request), timezone.now().date()
    people = people_named(who) if who.strip() else [reader]
    return {
        "people": [
            {
                "account": each.pk, "name": str(each),
                "commitments": [
                    {"incident": row.incident.key, "id": row.ident, "text": row.text, "due": row.due,
                     "audit": row.audit, "state": row.state, "told": row.told}
                    for row in found.commitments
                ],
                "seats": [{"incident": row.incident.key, "seat": row.seat} for row in found.seats],
            }
            for each in people
            for found in [taken_on(each, reader, today)]
        ]
    }  # fmt: skip


@out_of_scope.post("/{key}/review/hand-on", response={204: None}, auth=scope(WRITE), summary="Hand a review on")
def hand(request: HttpRequest, key: str) -> Any:
    """For who leads it: restricts the review to its members, and keeps nothing else. It takes no text."""
    hand_on(incident_for(caller(request), key), actor=caller(request), via="api")
    return Status(204, None)

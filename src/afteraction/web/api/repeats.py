"""Which earlier incidents one repeats, over the API.

Knows addresses. Refuses to decide: the page's own actions do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.incidents.access import incident_for
from afteraction.web.incidents.models import Incident
from afteraction.web.reviews.actions.say_repeat import say_repeat, take_back_repeat
from afteraction.web.reviews.triggering.repeats import repeats_shown

router = Router(tags=["reviews"])


class RepeatIn(Schema):
    """The key of the earlier incident, and what is the same."""

    earlier: Annotated[str, Field(min_length=1, max_length=64)]
    because: Annotated[str, Field(min_length=1, max_length=1000)]


class RepeatOut(RepeatIn):
    """One repeat, and since when somebody says so."""

    at: datetime


class RepeatsOut(Schema):
    """Repeats of incidents that you see."""

    repeats: list[RepeatOut]


def _told(request: HttpRequest, incident: Incident) -> dict[str, Any]:
    shown = repeats_shown(incident, caller(request))
    return {"repeats": [{"earlier": each.earlier.key, "because": each.because, "at": each.at} for each in shown]}


@router.get("/{key}/repeats", response=RepeatsOut, auth=scope(READ), summary="What an incident repeats")
def repeats(request: HttpRequest, key: str) -> dict[str, Any]:
    """As people said it; likeness alone is no repeat."""
    return _told(request, incident_for(caller(request), key))


@router.post("/{key}/repeats", response=RepeatsOut, auth=scope(WRITE), summary="Say that it repeats another")
def say(request: HttpRequest, key: str, said: RepeatIn) -> dict[str, Any]:
    """Once the earlier one is reviewed, trigger TR11 opens a review, or deepens it. 409 for one that you do not see."""
    incident = incident_for(caller(request), key)
    say_repeat(incident, said.earlier, said.because, actor=caller(request), via="api")
    return _told(request, incident)


@router.delete("/{key}/repeats/{earlier}", response=RepeatsOut, auth=scope(WRITE), summary="Take a repeat back")
def take_back(request: HttpRequest, key: str, earlier: str) -> dict[str, Any]:
    """The trigger closes, and what it opened stays."""
    incident = incident_for(caller(request), key)
    take_back_repeat(incident, earlier, actor=caller(request), via="api")
    return _told(request, incident)

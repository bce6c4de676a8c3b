"""Saying when sprints begin.

Knows that a team's leads say it of their team, and admins of everybody. Refuses sprints that no calendar has.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import Team, User
from afteraction.web.reviews.models import SprintRhythm

LONGEST = 366
SUBJECT = "site:sprints"


@transaction.atomic
def say_sprints(
    begins: date, days: int, *, team: Team | None = None, actor: User, via: str = "page"
) -> SprintRhythm:  # fmt: skip
    """When a sprint begins and how many days it has. Raises NotAdmin for whoever neither leads the team nor is an
    admin, CannotDo for days that cannot be."""
    if team is None or not (actor.is_active and team.leads.filter(pk=actor.pk).exists()):
        need_admin(actor)
    if not 1 <= days <= LONGEST:
        raise CannotDo(f"A sprint has 1 to {LONGEST} days. Give a number between.")
    if not 2000 <= begins.year <= 2200:
        raise CannotDo("Give a day on which a sprint began or begins, from 2000 to 2200.")
    row = SprintRhythm.objects.create(team=team, begins=begins, days=days, by=actor)
    subject = team.subject if team else SUBJECT
    record(actor, "say_sprints", subject, via=via, begins=begins.isoformat(), days=days)
    return row

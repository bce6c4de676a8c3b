"""When sprints begin: everybody's, or those of one team.

Knows rows. Refuses to know which day it is, and what a sprint is for.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from afteraction.web.accounts.models import Team


class SprintRhythm(models.Model):
    """That sprints of `days` begin with `begins`: of a team, or of everybody (`team` None) who has none of their own.
    Rows are added and never changed; the newest of each team holds."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="sprints")
    begins = models.DateField()
    days = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.team_id or 'everybody'}: {self.days} days from {self.begins}"

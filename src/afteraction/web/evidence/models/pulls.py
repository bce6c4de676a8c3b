"""Pulls of an incident: what was asked of a source, and how far its answers are here.

Knows the plan as it was written down last. Refuses to hold tokens, and answers: those are originals like any other.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from afteraction.web.incidents.models import Incident


class PullState(models.TextChoices):
    """How far a pull is."""

    GOING = "going", "Going on"
    DONE = "done", "Complete"
    SHORT = "short", "Some questions were refused"
    STOPPED = "stopped", "Stopped"


class Pull(models.Model):
    """One pull. `source` is its name in the site's file; `plan_key` names exactly this pull, so that the same one is
    never there twice; `plan` is the plan as JSON. `because` says why it stopped; `rounds` counts how often it was put
    off without an answer."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="pulls")
    source = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    asks = models.JSONField(default=list)
    start = models.DateTimeField()
    end = models.DateTimeField()
    plan_key = models.CharField(max_length=12)
    plan = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=PullState.choices, default=PullState.GOING)
    because = models.TextField(blank=True)
    rounds = models.IntegerField(default=0)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["incident", "plan_key"], name="one_row_per_pull")]

    def __str__(self) -> str:
        return f"{self.source} {self.start:%Y-%m-%d %H:%M}"

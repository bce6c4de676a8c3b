"""What people said of who had which part in an incident, where its evidence does not say it or says it wrongly.

Knows rows that correct or complete what the evidence shows. Refuses to keep a name from the evidence: an actor is kept
as a digest.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from afteraction.web.incidents.models.incident import Incident


class Part(models.TextChoices):
    """A part in the incident that the seats of its review ask for."""

    ON_CALL = "on_call", "On call"
    AUTHOR = "author", "Wrote the change"
    REVIEWER = "reviewer", "Reviewed the change"


class PartSaid(models.Model):
    """Somebody had that part, or had it not whatever the evidence shows (`holds` False). A row without a person says
    that nobody else had it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="parts_said")
    part = models.CharField(max_length=16, choices=Part.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    holds = models.BooleanField(default=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "part", "person"], name="one_word_per_part"),
            models.UniqueConstraint(
                fields=["incident", "part"], condition=Q(person__isnull=True), name="everybody_once_per_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.part} {self.person_id} {self.holds}"


class ActorSaid(models.Model):
    """Which account an actor of the evidence is; none where they have no account here. `actor` is the SHA-256 of the
    incident and the actor's key."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="actors_said")
    actor = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "actor"], name="one_account_per_actor")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.actor[:8]} {self.person_id}"

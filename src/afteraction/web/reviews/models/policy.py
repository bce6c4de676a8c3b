"""The policy of reviews in its versions, and what it said of each incident.

Knows rows. Refuses to judge: the engine does. The seed policy is version 0 and has no row.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from afteraction.web.accounts.versions import Version
from afteraction.web.incidents.models import Incident


class TriggerPolicy(Version):
    """One version of the policy. `body` is what `policy_document` writes; `restores` is the
    version that it brought back, if it did."""

    body = models.JSONField()
    restores = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"Policy {self.number}"


class JudgedIncident(models.Model):
    """What the policy said of an incident when it was last held against it: what `fired`, what is `not_judged` since
    nobody knows it, and what `closed`, as the engine tells each."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="judged")
    policy_version = models.PositiveIntegerField()
    fired = models.JSONField(default=list)
    not_judged = models.JSONField(default=list)
    closed = models.JSONField(default=list)
    has_fired = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["policy_version", "has_fired"], name="judged_by_policy")]

    def __str__(self) -> str:
        return f"{self.incident_id} by policy {self.policy_version}"


class DeclinedReview(models.Model):
    """That somebody wanted no review of an incident for which triggers fired, and why. A review that is opened later
    ends it (`ended_at`); the row stays."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="declines")
    reason = models.TextField()
    triggers = models.JSONField(default=list)
    policy_version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident"], condition=models.Q(ended_at__isnull=True), name="one_standing_decline"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} declined"


class OfferedDeploy(models.Model):
    """A failed deployment and the incident for which a review of it was offered: it is offered once."""

    deploy = models.CharField(max_length=300, unique=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.deploy

"""What people and machines said of an incident over time: how grave it was, whether data was lost, what was measured.

Knows rows that are added and never changed. Refuses to say which one holds: the newest does, and the gravest opens
reviews.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from afteraction.web.incidents.models.incident import DataLoss, Incident


class SeverityReached(models.Model):
    """A severity that an incident was given. `at` is when that was said here; None where nobody knows: evidence stated
    it, or it was kept before this history was. `by` is None where no person said it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="severities")
    severity = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.severity}"


class DataLossSaid(models.Model):
    """What was said of data loss, and why; the reason is asked for where a suspicion is given up."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="data_loss_said")
    state = models.CharField(max_length=16, choices=DataLoss.choices)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.state}"


class PostedMetric(models.Model):
    """One value that a machine posted. `value` is None where it could not be had; `at` is the moment it holds for,
    `posted_at` when it came, `source` who measured it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="posted")
    metric = models.CharField(max_length=64)
    value = models.FloatField(null=True)
    at = models.DateTimeField()
    source = models.CharField(max_length=200, blank=True)
    posted_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "metric", "at", "source"], name="one_value_per_moment")
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.metric} {self.value}"

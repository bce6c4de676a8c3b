"""Every analysis ever made, and its events.

Knows tables. Refuses to compute: an analysis comes from `pipeline`, and what pages read goes through `queries`.
"""

from __future__ import annotations

from django.db import models

from afteraction.web.incidents.models.incident import Incident


class Triage(models.TextChoices):
    """What people decided about an event, laid over the analysis: undecided, kept or hidden."""

    OPEN = "", "To triage"
    KEPT = "kept", "Kept"
    HIDDEN = "hidden", "Hidden"


class StoredAnalysis(models.Model):
    """One run of the engine, never changed after it was written.

    `name` is the analysis's own id (evidence, code and parameters). `fingerprint` names what went in before anything
    was read, so that a start with the same evidence and code need not analyse again. `head` is everything but the
    events, which are rows of their own. `identities` maps actors to roles and to names: it serves to hide names in
    originals that are shown, and no page, export or query gives it away.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="analyses")
    name = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    code_version = models.CharField(max_length=128, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    evidence_hashes = models.JSONField(default=list, blank=True)
    event_count = models.PositiveIntegerField(default=0)
    head = models.JSONField()
    identities = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "name", "fingerprint"], name="one_row_per_analysis"),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}/{self.name}"


class AnalysedEvent(models.Model):
    """One event of one analysis; pages are keyed by (`at_us`, `event_id`). `at_us` is UTC in microseconds."""

    analysis = models.ForeignKey(StoredAnalysis, on_delete=models.CASCADE, related_name="events")
    event_id = models.CharField(max_length=64)
    at_us = models.BigIntegerField()
    kind = models.CharField(max_length=32)
    lane = models.CharField(max_length=32)
    title = models.TextField()
    until_us = models.BigIntegerField(null=True)
    is_key = models.BooleanField(default=False)
    triage = models.CharField(max_length=8, choices=Triage.choices, default=Triage.OPEN, blank=True)
    value = models.JSONField()

    class Meta:
        ordering = ["at_us", "event_id"]
        constraints = [models.UniqueConstraint(fields=["analysis", "event_id"], name="one_row_per_event")]
        indexes = [
            models.Index(fields=["analysis", "at_us", "event_id"], name="events_by_time"),
            models.Index(fields=["analysis", "is_key", "at_us", "event_id"], name="key_events_by_time"),
        ]

    def __str__(self) -> str:
        return self.title

"""An incident as people name it, and who works on it.

Knows people's record. Refuses to know what happened: that is in the analyses.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from afteraction.web.accounts.models import Team


class Seat(models.TextChoices):
    """What somebody is in one incident. The last four are seats of its review."""

    VIEWER = "viewer", "Viewer"
    RESPONDER = "responder", "Responder"
    OWNER = "owner", "Owner"
    FACILITATOR = "facilitator", "Facilitator"
    SCRIBE = "scribe", "Scribe"
    DEVILS_ADVOCATE = "devils_advocate", "Devil's advocate"


class State(models.TextChoices):
    """How far an incident has come, as lists say it. It follows from facts and is never chosen."""

    EMPTY = "empty", "No evidence yet"
    UNKNOWN = "unknown", "State unknown"
    OPEN = "open", "Impact open"
    MITIGATED = "mitigated", "Mitigated"
    RESOLVED = "resolved", "Resolved"
    CONFIRMED = "confirmed", "Facts confirmed"
    PUBLISHED = "published", "Published"


class DataLoss(models.TextChoices):
    """Whether data was lost."""

    NONE = "none", "No"
    SUSPECTED = "suspected", "Suspected"
    CONFIRMED = "confirmed", "Confirmed"


class Incident(models.Model):
    """One incident. A draft is for its members; `published_at` opens it to everybody who signs in, unless it is
    `restricted` or `narrowed_because` says why not. `version` counts saves, so that a stale one is noticed.
    `kind` is one of `core.analysis.KINDS`; `deleted_at` hides it everywhere and loses nothing.

    `state`, `listed_at` (when it happened, until that is known when it was opened) and `figures` (what one line of a
    list says) are derived from the newest analysis, so that lists need not read one. `opened_with` names the form it
    came from, so that a double click opens one incident. `has_data_loss` says that a loss is confirmed. `learning` is
    what is to be learned from it, 0 to 3 (None: nobody said), `surprised` what surprised people. `embargo_until` ends a
    restriction by itself (None: somebody has to lift it)."""

    key = models.SlugField(max_length=64, unique=True)
    title = models.CharField(max_length=300)
    severity = models.CharField(max_length=32, blank=True)
    environment = models.CharField(max_length=32, default="production")
    kind = models.CharField(max_length=32, default="outage")
    services = models.JSONField(default=list, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    has_data_loss = models.BooleanField(default=False)
    data_loss = models.CharField(max_length=16, choices=DataLoss.choices, default=DataLoss.NONE)
    data_loss_because = models.TextField(blank=True)
    learning = models.PositiveSmallIntegerField(null=True, blank=True)
    surprised = models.TextField(blank=True)
    is_security = models.BooleanField(default=False)
    is_near_miss = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    embargo_until = models.DateTimeField(null=True)
    narrowed_because = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_alone = models.BooleanField(default=False)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, through="IncidentMember", related_name="incidents")
    teams = models.ManyToManyField(Team, related_name="incidents", blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    deleted_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.EMPTY)
    listed_at = models.DateTimeField(default=timezone.now)
    figures = models.JSONField(default=dict, blank=True)
    opened_with = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["-listed_at", "-id"], name="incidents_by_time")]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    @property
    def is_restricted(self) -> bool:
        """Whether only members see it, whatever is published: until the restriction is lifted or its embargo ends."""
        return self.restricted and (self.embargo_until is None or self.embargo_until > timezone.now())

    @property
    def opens_widely(self) -> bool:
        """Whether publishing lets the whole organisation read it, now or when its embargo ends."""
        stays = self.is_restricted and self.embargo_until is None
        return not stays and not self.narrowed_because

    @property
    def subject(self) -> str:
        """Its name in the audit trail and among jobs."""
        return f"incident:{self.pk}"


class IncidentMember(models.Model):
    """One person's seat in one incident."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats")
    seat = models.CharField(max_length=16, choices=Seat.choices, default=Seat.RESPONDER)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "person"], name="one_seat_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.seat} of {self.incident_id}"

"""Links to what lies elsewhere: dashboards, searches, tickets, recordings.

Knows addresses and what became of a copy. Refuses to fetch.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from afteraction.web.evidence.models.files import EvidenceFile
from afteraction.web.incidents.models import Incident


class LinkKind(models.TextChoices):
    """What is behind a link."""

    DASHBOARD = "dashboard", "Dashboard"
    LOG_SEARCH = "log_search", "Log search"
    TICKET = "ticket", "Ticket"
    RECORDING = "recording", "Recording"
    OTHER = "other", "Other"


class CopyState(models.TextChoices):
    """What is kept of what a link shows."""

    NONE = "none", "No copy"
    WAITING = "waiting", "Copy is being fetched"
    KEPT = "kept", "Copy kept"


class Link(models.Model):
    """One link of an incident. `at` (UTC, with the text and zone as typed) is the moment that it shows, for a
    recording the moment of offset 0. `consent` says who agreed to a recording and is required for one."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=2000)
    kind = models.CharField(max_length=16, choices=LinkKind.choices, default=LinkKind.OTHER)
    at = models.DateTimeField(null=True)
    at_text = models.CharField(max_length=64, blank=True)
    at_zone = models.CharField(max_length=64, blank=True)
    at_precision = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=200, blank=True)
    consent = models.TextField(blank=True)
    copy_state = models.CharField(max_length=16, choices=CopyState.choices, default=CopyState.NONE)
    copy_because = models.TextField(blank=True)
    copy = models.ForeignKey(EvidenceFile, on_delete=models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    is_dead = models.BooleanField(default=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.title

"""A review, the steps it took, and who is in it just now.

Knows that a review belongs to one incident and is seen by whoever sees that. Refuses to hold what people wrote: those
are its parts.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from afteraction.web.incidents.models import FactsVersion, Incident


class Depth(models.TextChoices):
    """How deep a review goes."""

    NOTE = "note", "Note"
    LIGHT = "light", "Light"
    FULL = "full", "Full"


class Step(models.TextChoices):
    """Where a review stands, in order. What comes after PUBLISHED needs checks, and is not here yet."""

    OPENED = "opened", "Opened"
    FACTS_CONFIRMED = "facts_confirmed", "Facts confirmed"
    ANALYSIS = "analysis", "Analysis"
    REVIEWED = "reviewed", "Reviewed"
    COMMITTED = "committed", "Committed"
    PUBLISHED = "published", "Published"


class Review(models.Model):
    """The review of one incident. `version` is the number of its newest change. `triggers` says what opened it, as
    the engine told it (`code`, `sentence`, `depth`); `opened_by` is None where that happened by itself. `facts` is the
    version of the facts that the meeting rests on. `silent` keeps it from everybody's home while impact is open.
    `drafted_at` is when it first told enough to count as a draft."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="review")
    depth = models.CharField(max_length=8, choices=Depth.choices, default=Depth.FULL)
    step = models.CharField(max_length=16, choices=Step.choices, default=Step.OPENED)
    triggers = models.JSONField(default=list, blank=True)
    silent = models.BooleanField(default=False)
    drafted_at = models.DateTimeField(null=True)
    policy_version = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    facts = models.ForeignKey(FactsVersion, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Review of {self.incident.key}"

    @property
    def subject(self) -> str:
        """Its name in the audit trail: that of its incident."""
        return self.incident.subject


class ReviewStep(models.Model):
    """One step that a review took: who, when, and what was still open. Steps are added, never changed."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=16, choices=Step.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    still_open = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.review_id} {self.step}"


class Presence(models.Model):
    """Who has a review open, and where in it. It goes stale by itself; nothing is kept of it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="present")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=64, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="one_presence_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.review_id}"

"""What people say to a meeting in private, how they found it, and who follows it.

Knows that a named note has an author and that an anonymous one has none: its table has no column for one. Refuses
anything by which rows of an anonymous table could be laid beside what somebody did: no order, no time of day.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from afteraction.web.reviews.models.review import Review


class NamedNote(models.Model):
    """A private note under a name, which only the facilitator and its author see."""

    ident = models.UUIDField(primary_key=True, default=uuid.uuid4)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="named_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "ident"]

    def __str__(self) -> str:
        return f"note for {self.review_id}"


class AnonymousNote(models.Model):
    """A private note of nobody: a random id, the text, and the day (UTC) on which it came."""

    ident = models.UUIDField(primary_key=True, default=uuid.uuid4)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="anonymous_notes")
    text = models.TextField()
    day = models.DateField()

    class Meta:
        # A random order, for a random id.
        ordering = ["ident"]

    def __str__(self) -> str:
        return f"anonymous note for {self.review_id}"


class PulseSheet(models.Model):
    """One sheet of the pulse, of nobody; None where a question was left open."""

    ident = models.UUIDField(primary_key=True, default=uuid.uuid4)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="pulse_sheets")
    learnt = models.BooleanField(null=True)
    again = models.BooleanField(null=True)
    hard = models.BooleanField(null=True)

    class Meta:
        ordering = ["ident"]

    def __str__(self) -> str:
        return f"pulse of {self.review_id}"


class Following(models.Model):
    """Somebody who reads or watches instead of attending. `looked_at` is when they last opened the published report:
    until then their home links it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="followers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="one_following_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.review_id}"

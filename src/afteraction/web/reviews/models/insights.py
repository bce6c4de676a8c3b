"""Who says that they surfaced an insight, and who thanked for it (SPEC R024).

Knows rows about an insight: a cause, or a review as a whole (of a near miss too). Refuses to hold a score, and to be
about a person: thanks lie on the insight, whoever surfaced it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from afteraction.web.reviews.models.review import Review


class InsightSort(models.TextChoices):
    """What an insight is."""

    CAUSE = "node", "Cause"
    REVIEW = "review", "Review"


class _OfInsight(models.Model):
    """Somebody's word on an insight: `ident` is the cause's, or `review`."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="+")
    sort = models.CharField(max_length=8, choices=InsightSort.choices)
    ident = models.CharField(max_length=80)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Credit(_OfInsight):
    """That `person` says of themselves: I surfaced this. Nobody else can say it of them, and it goes without a rest."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "sort", "ident", "person"], name="one_credit_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.ident} surfaced"


class Thanks(_OfInsight):
    """That `person`, who leads, thanked for an insight."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "sort", "ident", "person"], name="one_thanks_per_person")
        ]
        indexes = [models.Index(fields=["-at"], name="thanks_by_time")]

    def __str__(self) -> str:
        return f"{self.sort} {self.ident} thanked"

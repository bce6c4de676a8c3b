"""The parts of a review as rows, and every change of them.

Knows sort, id and body. Refuses to know what a body means: the engine's dataclasses do.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from afteraction.web.reviews.models.review import Review


class ReviewPart(models.Model):
    """One part as it stands. `rev` is the number of the change that made it so: a save that was based on an older one
    is stale. A removed part keeps its last body, so that it can come back."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="parts")
    sort = models.CharField(max_length=16)
    ident = models.CharField(max_length=80)
    body = models.JSONField(default=dict)
    rev = models.PositiveIntegerField()
    removed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "sort", "ident"], name="one_row_per_part")]

    def __str__(self) -> str:
        return f"{self.sort} {self.ident}"


class ReviewChange(models.Model):
    """What one save did to one part: never changed afterwards. `before` and `after` are bodies, None where the part
    was not there. All rows of one save share `number`, and `batch`, the sender's own name for it, so that it is done
    once. `undo_of` is the number of the save that this one took back."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    sort = models.CharField(max_length=16)
    ident = models.CharField(max_length=80)
    verb = models.CharField(max_length=32)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.CharField(max_length=64)
    undo_of = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number", "sort", "ident"], name="one_row_per_changed_part")
        ]
        indexes = [
            models.Index(fields=["review", "sort", "ident", "-number"], name="changes_of_a_part"),
            models.Index(fields=["review", "batch"], name="changes_of_a_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.sort} {self.ident}"

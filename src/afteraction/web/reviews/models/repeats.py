"""That an incident repeats an earlier one, as people said it.

Knows two incidents and who confirmed that they are the same. Refuses to guess: likeness alone is no repeat.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from afteraction.web.incidents.models import Incident


class SaidRepeat(models.Model):
    """That `incident` came about in the same way as `earlier`, by what let both through, and why somebody says so. Rows
    are added and withdrawn, never changed."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="repeats")
    earlier = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="repeated_by")
    because = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "earlier"], condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_repeat",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.incident_id} repeats {self.earlier_id}"

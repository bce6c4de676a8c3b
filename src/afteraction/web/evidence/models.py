"""The evidence of an incident as a list: one row per original, with what became of it.

Knows names, hashes and states. Refuses to hold bytes: the evidence store keeps those under their hash.
"""

from __future__ import annotations

from django.db import models

from afteraction.web.incidents.models import Incident


class EvidenceFile(models.Model):
    """One original of one incident, as the newest analysis found it. `label` is its citation (E1, E2 …) there."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="files")
    label = models.CharField(max_length=16, blank=True)
    sha256 = models.CharField(max_length=64)
    name = models.TextField()
    size = models.BigIntegerField()
    kind = models.CharField(max_length=32, blank=True)
    importer = models.CharField(max_length=128, blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    reader = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "sha256", "name"], name="one_row_per_original"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"

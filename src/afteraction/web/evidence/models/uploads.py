"""Uploads that are on their way.

Knows how much of a file has come. Refuses to be evidence: what was not finished was never there.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from afteraction.web.incidents.models import Incident


class Upload(models.Model):
    """One file on its way, whose first `received` bytes lie in the staging folder under `token`.

    `path` is its place below what was dropped. `mark` tells the same file on the same machine apart from others (name,
    size, time of change), so that a broken-off upload is found again. `file` is what it became.
    """

    token = models.CharField(max_length=64, unique=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="uploads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.TextField()
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    mark = models.CharField(max_length=64, blank=True)
    batch = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey("evidence.EvidenceFile", on_delete=models.CASCADE, null=True, related_name="+")
    began_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.path} {self.received}/{self.size}"

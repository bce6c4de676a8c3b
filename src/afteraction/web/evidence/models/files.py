"""The evidence of an incident as a list: one row per original, with what became of it.

Knows names, hashes and states. Refuses to hold bytes: the evidence store keeps those under their hash.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from afteraction.web.incidents.models import Incident


class Origin(models.TextChoices):
    """How an original came in."""

    UPLOAD = "upload", "Uploaded"
    PASTE = "paste", "Pasted"
    WEBHOOK = "webhook", "Posted to the webhook"
    LOG = "log", "Logged while it ran"
    LINK = "link", "Copied from a link"
    PULL = "pull", "Pulled from a source"
    COMMAND = "command", "Given on the command line"


class FileState(models.TextChoices):
    """What became of an original. The first word is before the first reading."""

    WAITING = "waiting", "Waiting"
    READ = "read", "Read"
    PARTIAL = "partial", "Read in part"
    UNREAD = "unread", "Not read"
    FAILED = "failed", "Not read"
    EMPTY = "empty", "Empty"
    DUPLICATE = "duplicate", "Duplicate"
    UNPACKED = "unpacked", "Unpacked"
    LEFT_OUT = "left_out", "Left out"
    PURGED = "purged", "Purged"


class EvidenceFile(models.Model):
    """One original of one incident. `label` is its citation (E1, E2 …) in the newest analysis.

    What people gave has `is_given`; members of an archive do not, and name it in `container`. `report` is what the
    newest analysis says of the original (rows, failures, assumptions). `batch` groups what came together. A purged
    row is a tombstone: its hash and size stay, its name does not.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="files")
    label = models.CharField(max_length=16, blank=True)
    sha256 = models.CharField(max_length=64)
    name = models.TextField()
    size = models.BigIntegerField()
    kind = models.CharField(max_length=32, blank=True)
    importer = models.CharField(max_length=128, blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    reader = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, choices=FileState.choices, default=FileState.WAITING)
    origin = models.CharField(max_length=16, choices=Origin.choices, default=Origin.COMMAND)
    is_given = models.BooleanField(default=True)
    container = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    batch = models.CharField(max_length=64, blank=True)
    report = models.JSONField(default=dict, blank=True)
    purged_at = models.DateTimeField(null=True)
    purged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    purged_because = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "sha256", "name"], name="one_row_per_original"),
        ]
        indexes = [models.Index(fields=["incident", "is_given", "id"], name="given_evidence")]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"


class Tombstone(models.Model):
    """Bytes that nobody may bring in again: what is left of purged evidence, for the whole site."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField()

    def __str__(self) -> str:
        return self.sha256

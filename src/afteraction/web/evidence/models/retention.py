"""How long evidence is kept: the organisation's policy, what somebody said otherwise, and what is due to go.

Knows rows. Refuses to remove anything: the action does, after its warning.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from afteraction.web.accounts.versions import Version
from afteraction.web.evidence.models.files import EvidenceFile
from afteraction.web.incidents.models import Incident


class RetentionPolicy(Version):
    """One version of the policy. `keep_days` after resolution evidence goes (None: it is kept for
    ever), `warn_days` before that members are warned."""

    keep_days = models.PositiveIntegerField(null=True)
    warn_days = models.PositiveIntegerField(default=14)

    def __str__(self) -> str:
        return f"{self.number}: {self.keep_days}"


class RetentionRule(models.Model):
    """What somebody said of one incident, or of one original (`file`): another time (`keep_days`, None: for ever), or
    that nothing of it goes while this stands (`is_hold`). Taken back, never changed."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="retention_rules")
    file = models.ForeignKey(EvidenceFile, on_delete=models.CASCADE, null=True, related_name="+")
    keep_days = models.PositiveIntegerField(null=True)
    is_hold = models.BooleanField(default=False)
    reason = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.incident_id} {'hold' if self.is_hold else self.keep_days}"

    @property
    def told(self) -> str:
        """What it says, in words."""
        if self.is_hold:
            return "held: nothing goes while this stands"
        return "kept for ever" if self.keep_days is None else f"kept for {self.keep_days:,} days after resolution"


class EvidenceDue(models.Model):
    """An original that is due to go at `due_at`, of which members were warned at `warned_at`."""

    file = models.OneToOneField(EvidenceFile, on_delete=models.CASCADE, related_name="due")
    due_at = models.DateTimeField()
    warned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due_at", "id"]

    def __str__(self) -> str:
        return f"{self.file_id} {self.due_at}"


class ResolvedOnce(models.Model):
    """When an incident was resolved, as it was known before evidence of it went: what says so may go with it."""

    incident = models.OneToOneField(Incident, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.incident_id} {self.at}"

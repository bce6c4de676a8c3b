"""Addresses that machines post evidence to, and what they delivered.

Knows secrets and ids of deliveries. Refuses to hold what was delivered: that is an original like any other.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from afteraction.web.evidence.models.files import EvidenceFile
from afteraction.web.incidents.models import Incident


class WebhookStyle(models.TextChoices):
    """How a sender signs."""

    STANDARD = "standard", "Standard Webhooks"
    GITHUB = "github", "HMAC header (GitHub and others)"
    SLACK = "slack", "Slack"


class Webhook(models.Model):
    """An address of one incident. `address` cannot be guessed; `secret` is sealed, since signatures are made with
    it. A new secret ends the old one; a revoked address answers as one that never was."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="webhooks")
    label = models.CharField(max_length=64)
    style = models.CharField(max_length=16, choices=WebhookStyle.choices, default=WebhookStyle.STANDARD)
    address = models.CharField(max_length=64, unique=True)
    secret = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    rotated_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label


class Delivery(models.Model):
    """One delivery that was accepted. `message` is the sender's id for it; the same id again is a replay."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    message = models.CharField(max_length=200)
    file = models.ForeignKey(EvidenceFile, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["webhook", "message"], name="one_row_per_delivery")]

    def __str__(self) -> str:
        return self.message

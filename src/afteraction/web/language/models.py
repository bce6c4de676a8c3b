"""The rules of the language as a team chose them, in versions, and how often each suggestion was taken.

Knows rows. Refuses to know who took or dismissed anything: there is one row per rule.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class TeamRules(models.Model):
    """One version of the choices, never changed afterwards. `body` is what `write_choices` writes; the newest holds.
    `by` is None where the product lowered a rule by itself; `restores` is the version that it brought back."""

    number = models.PositiveIntegerField(unique=True)
    body = models.JSONField()
    reason = models.TextField()
    restores = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Rules {self.number}"


class RuleUse(models.Model):
    """How often suggestions of one rule were opened, taken and dismissed since its loudness last changed."""

    rule = models.CharField(max_length=8, unique=True)
    shown = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    dismissed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["rule"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.taken} of {self.shown}"

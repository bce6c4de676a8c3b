"""The rules of the language as a team chose them, in versions, and how often each suggestion was taken.

Knows rows. Refuses to know who took or dismissed anything: there is one row per rule.
"""

from __future__ import annotations

from django.db import models

from afteraction.web.accounts.versions import Version


class TeamRules(Version):
    """One version of the choices. `body` is what `write_choices` writes; `by` is None
    where the product lowered a rule by itself; `restores` is the version that it brought back."""

    body = models.JSONField()
    restores = models.PositiveIntegerField(null=True)

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

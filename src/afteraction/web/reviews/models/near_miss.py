"""Near misses that somebody told of as nobody, until somebody takes them up.

Knows that such a report has no author: its table has no column for one. Refuses anything by which its rows could be
laid beside what somebody did: no order, no time of day.
"""

from __future__ import annotations

import uuid

from django.db import models

from afteraction.web.accounts.models import Team
from afteraction.web.incidents.models import Incident


class AnonymousNearMiss(models.Model):
    """A report of nobody: a random id, what the form said (`said`), the team that reads it (None: the admins) and the
    day (UTC) on which it came. `incident` is what it became when somebody took it up, `set_aside` why nobody did."""

    ident = models.UUIDField(primary_key=True, default=uuid.uuid4)
    said = models.JSONField()
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    day = models.DateField()
    incident = models.OneToOneField(Incident, on_delete=models.SET_NULL, null=True, related_name="+")
    set_aside = models.TextField(blank=True)

    class Meta:
        # A random order, for a random id.
        ordering = ["ident"]

    def __str__(self) -> str:
        return "anonymous near miss"

    @property
    def subject(self) -> str:
        """How the audit trail names it."""
        return f"near-miss:{self.ident}"

"""People's edits of a timeline, and the versions of the facts that they confirmed.

Knows edits as rows that are added and withdrawn, never changed. Refuses to apply them: the engine lays them over a run.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from afteraction.web.incidents.models.analysis import StoredAnalysis
from afteraction.web.incidents.models.incident import Incident


class TimelineEdit(models.Model):
    """One edit of the overlay (`core.overlay.Edit`). It names event ids, not rows, so it survives every run.

    `author` is the opaque id that the engine sees, `person` the account. An edit is undone by being withdrawn and comes
    back when that is taken back; both stand in the audit trail.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="edits")
    edit_id = models.CharField(max_length=64)
    verb = models.CharField(max_length=16)
    event_ids = models.JSONField(default=list)
    at = models.DateTimeField()
    author = models.CharField(max_length=128, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    value = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["incident", "edit_id"], name="one_row_per_edit")]

    def __str__(self) -> str:
        return f"{self.verb} {self.edit_id}"

    @property
    def is_sweep(self) -> bool:
        """True for a decision over many events that a filter chose: `targets` names them, `event_ids` does not."""
        return "swept" in self.value

    @property
    def count(self) -> int:
        """How many events it is about."""
        return int(self.value["swept"]["count"]) if self.is_sweep else len(self.event_ids)

    @property
    def named(self) -> list[str]:
        """The ids of all events that it names by now."""
        if not self.is_sweep:
            return list(self.event_ids)
        return list(self.targets.order_by("pk").values_list("event_id", flat=True))


class EditedEvent(models.Model):
    """Which events an edit names, so that the edits of one event are found by index. The newest edit's id is the
    event's revision: a save that was based on an older one is stale."""

    edit = models.ForeignKey(TimelineEdit, on_delete=models.CASCADE, related_name="targets")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    event_id = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edit", "event_id"], name="one_row_per_edited_event")]
        indexes = [models.Index(fields=["incident", "event_id", "-edit"], name="edits_of_an_event")]

    def __str__(self) -> str:
        return f"{self.edit_id} of {self.event_id}"


class FactsVersion(models.Model):
    """The facts as somebody confirmed them: one analysis with the edits of that moment, never changed afterwards."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="facts_versions")
    number = models.PositiveIntegerField()
    analysis = models.ForeignKey(StoredAnalysis, on_delete=models.PROTECT, related_name="+")
    edit_ids = models.JSONField(default=list)
    note = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="one_row_per_facts_version")]

    def __str__(self) -> str:
        return f"{self.incident_id} v{self.number}"

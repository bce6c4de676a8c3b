"""What people declared about evidence, and column mappings that they saved.

Knows declarations as rows that are added and withdrawn, never changed. Refuses to apply them: a run does.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from afteraction.web.accounts.models import Team
from afteraction.web.evidence.models.files import EvidenceFile
from afteraction.web.incidents.models import Incident


class About(models.TextChoices):
    """What a declaration is about. The first seven are about one original."""

    ZONE = "zone", "Zone of times that state none"
    YEAR = "year", "Year of times that state none"
    READER = "reader", "Reader"
    MAPPING = "mapping", "Meaning of columns"
    LEFT_OUT = "left_out", "Left out"
    CAPTURED_AT = "captured_at", "When it was captured"
    PLACE = "place", "What it shows"
    CLOCK = "clock", "Offset of a clock"
    UNAVAILABLE = "unavailable", "Not available"


class Declaration(models.Model):
    """One thing that somebody declared; the newest of its subject that was not withdrawn holds.

    `file` is the original that it is about; otherwise `thing` names a clock or a kind of evidence. `value` is text, a
    number, or what a column means to the column's name. For a clock it is seconds, or null for "do not shift".
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="declarations")
    about = models.CharField(max_length=16, choices=About.choices)
    file = models.ForeignKey(EvidenceFile, on_delete=models.CASCADE, null=True, related_name="declarations")
    thing = models.CharField(max_length=200, blank=True)
    value = models.JSONField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["incident", "about"], name="declared_of_incident")]

    def __str__(self) -> str:
        return f"{self.about} {self.thing or self.file_id}"


class SavedMapping(models.Model):
    """What the columns of a kind of file mean, under a name; for a team, or for everybody where there is none.

    `columns` maps a meaning (time, title, value …) to a column's name. `header` are all columns of the file that it
    was made for: a later file with just these is read the same way.
    """

    name = models.CharField(max_length=128)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="mappings")
    reader = models.CharField(max_length=64)
    columns = models.JSONField()
    header = models.JSONField(default=list)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "team"], nulls_distinct=False, name="one_mapping_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

"""What lists and search read: services by name, the counter of keys, and searchable text.

Knows rows that are derived from an incident and kept beside it. Refuses to be the truth about anything: each can be
made again from the record and its newest analysis.
"""

from __future__ import annotations

from django.db import models

from afteraction.web.incidents.models.incident import Incident


class IncidentService(models.Model):
    """One service of one incident, so that lists can filter by it and count it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="service_rows")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["incident", "name"], name="one_row_per_service")]
        indexes = [models.Index(fields=["name", "incident"], name="incidents_by_service")]

    def __str__(self) -> str:
        return self.name


class KeyCounter(models.Model):
    """The last number that was given to an incident under a prefix. Whoever takes the next one locks the row."""

    prefix = models.CharField(max_length=16, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last}"


class SearchEntry(models.Model):
    """One piece of text that search finds an incident by.

    `kind` is record, event or report; `ref` says where it stands: an event's id, or the part of the report. `position`
    keeps the order in which they tell. The database indexes `title` and `text` by itself (a trigger on SQLite, a
    generated column on PostgreSQL).
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="search_entries")
    kind = models.CharField(max_length=16)
    ref = models.CharField(max_length=64, blank=True)
    position = models.PositiveIntegerField(default=0)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["incident_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["incident", "kind", "ref"], name="one_row_per_searched_text")]

    def __str__(self) -> str:
        return self.title or self.text[:60]

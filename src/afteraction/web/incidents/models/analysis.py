"""Every analysis ever made, and its events.

Knows tables. Refuses to compute: an analysis comes from `pipeline`, and what pages read goes through `queries`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from afteraction.web.incidents.models.incident import Incident

# The end of a row that still stands: no run has this number.
STANDING = 2**31 - 1


class Triage(models.TextChoices):
    """What people decided about an event, laid over the analysis: undecided, kept or hidden."""

    OPEN = "", "To triage"
    KEPT = "kept", "Kept"
    HIDDEN = "hidden", "Hidden"


class PublishedRuns(models.Manager["StoredAnalysis"]):
    """Runs that were written to their end."""

    def get_queryset(self) -> models.QuerySet[StoredAnalysis]:
        """Without runs that are being written, or whose writer died."""
        return super().get_queryset().filter(published_at__isnull=False)


class StoredAnalysis(models.Model):
    """One run of the engine, never changed after it was published.

    `name` is the analysis's own id (evidence, code and parameters). `fingerprint` names what went in before anything
    was read, so that a start with the same evidence and code need not analyse again. `number` counts the runs of the
    incident. While a run is written nobody sees it (`published_at` is empty) and `claim` names its writer: whoever
    takes an unfinished run over puts another name there, and the first writer stops.

    `head` is everything but the events, which are rows of their own; long lists are cut, `totals` has their lengths,
    and `AnalysisDocument` then the whole. `story` says which events the report tells, `learned` when what the head
    cites was known (`pipeline.report.learned`). The counts are of events: all, key, kept and hidden ones.
    `identities` maps actors to roles and to names: it serves to hide names in originals that are shown, and no page,
    export or query gives it away.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="analyses")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    claim = models.CharField(max_length=32, blank=True, default="")
    published_at = models.DateTimeField(null=True)
    code_version = models.CharField(max_length=128, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    evidence_hashes = models.JSONField(default=list, blank=True)
    event_count = models.PositiveIntegerField(default=0)
    key_count = models.PositiveIntegerField(default=0)
    kept_count = models.PositiveIntegerField(default=0)
    hidden_count = models.PositiveIntegerField(default=0)
    key_kept_count = models.PositiveIntegerField(default=0)
    key_hidden_count = models.PositiveIntegerField(default=0)
    first_us = models.BigIntegerField(null=True)
    last_us = models.BigIntegerField(null=True)
    head = models.JSONField()
    totals = models.JSONField(default=dict, blank=True)
    story = models.JSONField(default=dict, blank=True)
    learned = models.JSONField(default=dict, blank=True)
    identities = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PublishedRuns()
    every = models.Manager["StoredAnalysis"]()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="one_row_per_run")]
        indexes = [models.Index(fields=["incident", "fingerprint"], name="runs_by_fingerprint")]

    def __str__(self) -> str:
        return f"{self.incident_id}/{self.number} {self.name}"


class AnalysisDocument(models.Model):
    """What the head of an analysis was before its long lists were cut, as compressed JSON."""

    analysis = models.OneToOneField(StoredAnalysis, on_delete=models.CASCADE, related_name="document")
    body = models.BinaryField()


class AnalysedEvent(models.Model):
    """One event as the runs `first_run` to before `last_run` of an incident have it.

    A run that finds an event as it was shares the row; one that finds it changed ends it (`last_run`) and begins
    another. Pages are keyed by (`at_us`, `event_id`); times are UTC in microseconds. `known_us` is when the event was
    known, never before it happened. `lasting` is 1, 2 or 3 for events that last up to an hour, up to a day or longer.
    `is_left_out`: the run was computed without it, since people had hidden it. `triage` is what people decided by
    now. `digest` is over everything but that.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="events", db_index=False)
    event_id = models.CharField(max_length=64)
    first_run = models.IntegerField()
    last_run = models.IntegerField(default=STANDING)
    at_us = models.BigIntegerField()
    until_us = models.BigIntegerField(null=True)
    known_us = models.BigIntegerField()
    lasting = models.SmallIntegerField(null=True)
    kind = models.CharField(max_length=32)
    lane = models.CharField(max_length=32)
    title = models.TextField()
    is_key = models.BooleanField(default=False)
    is_left_out = models.BooleanField(default=False)
    triage = models.CharField(max_length=8, choices=Triage.choices, default=Triage.OPEN, blank=True)
    digest = models.BigIntegerField()
    value = models.JSONField()

    class Meta:
        ordering = ["at_us", "event_id"]
        constraints = [models.UniqueConstraint(fields=["incident", "event_id", "first_run"], name="one_row_per_event")]
        # The run's two numbers stand in each, so that rows of other runs are passed over without being read.
        indexes = [
            models.Index(
                fields=["incident", "at_us", "event_id", "first_run", "last_run", "triage"], name="events_by_time"
            ),
            models.Index(
                fields=["incident", "at_us", "event_id", "first_run", "last_run", "triage"],
                condition=Q(is_key=True),
                name="key_events_by_time",
            ),
            models.Index(fields=["incident", "lane", "at_us", "first_run", "last_run"], name="events_by_lane"),
            # Each event stands in one of the two: a page of key events passes no other over, a page of all reads both.
            models.Index(
                fields=["incident", "kind", "at_us", "event_id", "first_run", "last_run", "triage"],
                condition=Q(is_key=True),
                name="key_events_by_kind",
            ),
            models.Index(
                fields=["incident", "kind", "at_us", "event_id", "first_run", "last_run", "triage"],
                condition=Q(is_key=False),
                name="other_events_by_kind",
            ),
            models.Index(
                fields=["incident", "triage", "at_us", "event_id"], condition=~Q(triage=""), name="decided_events"
            ),
            models.Index(
                fields=["incident", "lasting", "at_us"], condition=Q(lasting__isnull=False), name="lasting_events"
            ),
            models.Index(
                fields=["incident", "known_us"], condition=Q(known_us__gt=F("at_us")), name="events_known_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CountedBlock(models.Model):
    """How many events begin in each bin of one stretch of time, shared between runs as events are.

    `level` is an index of `density.WIDTHS`, `block` the number of the stretch since 1970; `counts` has, by lane (and
    under `density.KEY` for key events), pairs of bin and count; `kinds` has the same by kind (`density.kind_name`), and
    is empty where the run was stored before kinds were counted.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+", db_index=False)
    level = models.SmallIntegerField()
    block = models.BigIntegerField()
    first_run = models.IntegerField()
    last_run = models.IntegerField(default=STANDING)
    digest = models.BigIntegerField()
    counts = models.JSONField()
    kinds = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "level", "block", "first_run"], name="one_row_per_block")
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} level {self.level} block {self.block}"

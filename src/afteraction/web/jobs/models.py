"""A job as a row, and the workers that were seen lately.

Knows what is to be done, who does it until when, and how far it is. Refuses to know what a job is about: `subject`
("incident:12") is a name here, whose meaning and visibility belong to the floor above.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q


class JobState(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Stopped"


class Job(models.Model):
    """One call of a task, done at least once.

    Whoever runs it holds a lease until `lease_until` under the number `fence`, which grows with every claim: a write
    under an older number is refused. `parts` are what the job works through, each `{"name", "done", "total", "state",
    "note"}`; `folded` counts finished ones that are no longer listed. `reason` says to people why it failed and what
    to do next; `reference` finds the traceback in the log.
    """

    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    subject = models.CharField(max_length=64, blank=True)
    dedupe = models.CharField(max_length=128, blank=True)
    title = models.CharField(max_length=300, blank=True)
    actor_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=64, blank=True)
    priority = models.SmallIntegerField(default=0)

    state = models.CharField(max_length=16, choices=JobState.choices, default=JobState.QUEUED)
    queued_at = models.DateTimeField(auto_now_add=True)
    run_after = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)

    attempts = models.PositiveIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=128, blank=True)
    lease_until = models.DateTimeField(null=True)

    step = models.CharField(max_length=200, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    parts = models.JSONField(default=list)
    folded = models.PositiveIntegerField(default=0)
    checkpoint = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    reference = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe"], condition=Q(state=JobState.QUEUED) & ~Q(dedupe=""), name="one_queued_per_dedupe"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="jobs_to_claim"),
            models.Index(fields=["subject", "-id"], name="jobs_by_subject"),
            models.Index(fields=["dedupe", "state"], name="jobs_by_dedupe"),
        ]

    def __str__(self) -> str:
        return f"job {self.pk} ({self.state})"

    @property
    def is_over(self) -> bool:
        """True when nothing more happens to it unless somebody asks."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

    @property
    def percent(self) -> int | None:
        """How much of its step is done, 0 to 100; None when it is not known how much there is."""
        return min(100, 100 * self.done // self.total) if self.total > 0 else None

    @property
    def arguments(self) -> tuple[list[Any], dict[str, Any]]:
        """What the task is called with."""
        return list(self.args), dict(self.kwargs)


class Worker(models.Model):
    """A process that takes jobs, as it last reported itself."""

    name = models.CharField(max_length=128, unique=True)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.name

"""One worker's hold on one job: what it may still write, and what it has to say.

Knows the fence number and the latest progress. Refuses to write under a number that is no longer the job's.
"""

from __future__ import annotations

import threading
import time
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.db.models.functions import Now

from afteraction.web.jobs.models import Job, JobState

# A worker renews every 5 s; one that died is replaced when 12 s are over and somebody looks (twice a second).
RENEW_SECONDS = 5.0
LEASE = timedelta(seconds=12)
FLUSH_SECONDS = 0.5
GRACE_SECONDS = 3.0
PARTS_LISTED = 300


class Cancelled(Exception):
    """Somebody stopped this job. Let it pass: what was committed stays, the rest is not begun."""


class LeaseLost(Exception):
    """Another worker has this job now. Let it pass: nothing more may be written for it here."""


class Handed(Exception):
    """The worker is to end; the job goes back at a place where it can be taken up again."""


class Lease:
    """The hold on one claimed job. Methods may be called from several threads."""

    def __init__(self, job: Job, *, flushes_itself: bool = False, ends: threading.Event | None = None) -> None:
        self.job_id: int = job.pk
        self.fence = job.fence
        self.checkpoint: dict[str, Any] = dict(job.checkpoint)
        self._ends = ends or threading.Event()
        self._told_to_end_at: float | None = None
        self._flushes_itself = flushes_itself
        self._lock = threading.Lock()
        self._lost = self._stopped = self._is_at_checkpoint = False
        self._said: dict[str, Any] = {}
        self._parts: dict[str, dict[str, Any]] = {part["name"]: part for part in job.parts}
        self._folded = job.folded
        self._flushed_at = 0.0

    def write(self, **values: Any) -> None:
        """Changes the job's row under this lease, or raises LeaseLost."""
        if not Job.objects.filter(pk=self.job_id, fence=self.fence, state=JobState.RUNNING).update(**values):
            self._lost = True
            raise LeaseLost

    def note_checkpoint(self, data: dict[str, Any]) -> None:
        """Remembers what the next attempt would go on from."""
        self.checkpoint, self._is_at_checkpoint = dict(data), True

    def took_checkpoint(self) -> bool:
        """Whether there was a checkpoint since this was asked last."""
        taken, self._is_at_checkpoint = self._is_at_checkpoint, False
        return taken

    def say(self, **values: Any) -> None:
        """Takes progress to be written at the next flush, and raises when this worker is to stop."""
        with self._lock:
            self._said.update(values)
        self._after_saying()

    def say_part(self, name: str, **values: Any) -> None:
        """The same for one part, which is added when it is new."""
        with self._lock:
            self._parts[name] = {**self._parts.get(name, {"name": name, "done": 0, "total": 0, "note": ""}), **values}
            self._fold()
            self._said.update(parts=list(self._parts.values()), folded=self._folded)
        self._after_saying()

    def _after_saying(self) -> None:
        if self._flushes_itself and time.monotonic() - self._flushed_at >= FLUSH_SECONDS:
            self.flush()
        self.check()

    def _fold(self) -> None:
        """Finished parts leave the list, the oldest first, when it grows too long to send."""
        over = len(self._parts) - PARTS_LISTED
        if over <= 0:
            return
        finished = [name for name, part in self._parts.items() if part.get("state") == "done"]
        for name in finished[:over]:
            del self._parts[name]
            self._folded += 1

    def check(self, *, is_resumable: bool = False) -> None:
        """Raises LeaseLost, Cancelled or Handed when there is a reason to stop; `is_resumable` right at a checkpoint.

        A worker that is to end has GRACE_SECONDS for the chunk in hand; then any report ends it.
        """
        if self._lost:
            raise LeaseLost
        if self._stopped:
            raise Cancelled
        if self._ends.is_set():
            self._told_to_end_at = self._told_to_end_at or time.monotonic()
            if is_resumable or time.monotonic() - self._told_to_end_at > GRACE_SECONDS:
                raise Handed

    def flush(self, *, renew: bool = False) -> None:
        """Writes what was said; with `renew` also holds the job for longer. Learns whether somebody stopped it."""
        with self._lock:
            said, self._said = self._said, {}
        self._flushed_at = time.monotonic()
        if renew:
            said["lease_until"] = Now() + LEASE
        try:
            if said:
                self.write(**said)
        except LeaseLost:
            return
        except Exception:
            with self._lock:
                self._said = {**said, **self._said}
            raise
        asked = Job.objects.filter(pk=self.job_id, fence=self.fence).values_list("cancel_asked", flat=True).first()
        self._lost, self._stopped = asked is None, bool(asked)


current_lease: ContextVar[Lease | None] = ContextVar("lease", default=None)

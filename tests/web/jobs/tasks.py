"""Tasks for the tests. What they did is in LEDGER, and in the database where they say so."""

from __future__ import annotations

import errno
import time
from typing import Any

from django.db import OperationalError
from django.utils import timezone
from django_tasks import task

from afteraction.core.errors import AfteractionError
from afteraction.web.jobs.lease import current_lease
from afteraction.web.jobs.models import Worker
from afteraction.web.jobs.progress import checkpoint, committing, part, report, resume_point
from afteraction.web.jobs.queue import cancel

LEDGER: list[Any] = []


@task
def note(word: str) -> str:
    LEDGER.append(word)
    return word.upper()


@task
def count_in_chunks(up_to: int, die_at: int = -1) -> int:
    """Writes one row per chunk together with its checkpoint; dies once at `die_at`."""
    for chunk in range(resume_point().get("next", 0), up_to):
        report("Counting", chunk, up_to)
        with committing():
            Worker.objects.create(name=f"chunk-{chunk}", seen_at="2026-01-01T00:00:00Z")
            checkpoint({"next": chunk + 1})
        if chunk == die_at:
            LEDGER.append("died")
            raise SystemExit
    return up_to


@task
def refuse() -> None:
    raise AfteractionError("alerts.json, line 3: not a date. Give the date, then try again.")


@task
def break_down() -> None:
    raise KeyError("secret-of-INC-2041")


@task
def fill_the_disk() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@task
def meet_a_lock(times: int) -> str:
    """The database is locked that often."""
    LEDGER.append("try")
    if LEDGER.count("try") <= times:
        raise OperationalError("database is locked")
    return "through"


@task
def read_two_files() -> None:
    part("alerts.json", total=214)
    part("alerts.json", done=213, total=214, state="warn", note="line 214 is not a date")
    part("deploys.csv", done=61, total=61, state="done")
    report("Reading 2 files", 2, 2)


@task
def be_stopped() -> None:
    """Somebody stops this job while it runs."""
    lease = current_lease.get()
    assert lease is not None
    report("Working", 1, 10)
    cancel(lease.job_id)
    lease.flush()
    report("Working", 2, 10)
    LEDGER.append("went on")


@task
def count_slowly(up_to: int, seconds: float, name: str) -> int:
    """Like count_in_chunks, each chunk taking that long; its rows begin with `name`."""
    for chunk in range(resume_point().get("next", 0), up_to):
        report("Counting slowly", chunk, up_to)
        time.sleep(seconds)
        with committing():
            Worker.objects.create(name=f"{name}-{chunk}", seen_at=timezone.now())
            checkpoint({"next": chunk + 1})
    return up_to


@task
def look_busy(seconds: int) -> None:
    """Seven files in every state, for looking at."""
    part("chat-inc-2043.json", done=1204, total=1204, state="done", note="1,204 read")
    part("deploys.csv", done=61, total=61, state="done", note="61 read")
    part("alerts.json", done=213, total=214, state="warn", note="213 read, 1 not")
    part("traces.jsonl.gz", state="failed", note="the file ends in the middle of a block")
    part("mailer-2026-05-13.log.zst")
    part("prometheus-range.json", state="waiting")
    for step in range(seconds * 10):
        report("Reading mailer-2026-05-13.log.zst", step, seconds * 10)
        time.sleep(0.1)


@task
def meet_nobody() -> None:
    """A chore with nothing to do."""

"""What a task says while it runs: how far it is, where it could be taken up again, and that it is about to commit.

Knows the job of the current task. Outside of a job, as in a command, all of it is allowed and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from afteraction.web.jobs.lease import Cancelled, LeaseLost, current_lease

__all__ = ["Cancelled", "LeaseLost", "checkpoint", "committing", "part", "report", "resume_point"]


def report(step: str, done: int = 0, total: int = 0) -> None:
    """Says which step this is and how much of it is done (`total` 0: not known). Call it as often as you like.

    Raises Cancelled when somebody stopped the job and LeaseLost when another worker has it; let both pass.
    """
    lease = current_lease.get()
    if lease is not None:
        lease.say(step=step[:200], done=done, total=total)


def part(name: str, *, done: int = 0, total: int = 0, state: str = "running", note: str = "") -> None:
    """Says how far one file is: state is waiting, running, done, warn or failed; `note` is shown beside it."""
    lease = current_lease.get()
    if lease is not None:
        lease.say_part(name, done=done, total=total, state=state, note=note[:500])


def resume_point() -> dict[str, Any]:
    """What was handed to `checkpoint` last, by this attempt or one before; empty at the first."""
    lease = current_lease.get()
    return dict(lease.checkpoint) if lease is not None else {}


def checkpoint(data: dict[str, Any]) -> None:
    """Keeps JSON from which the next attempt goes on. Inside `committing()` it is kept with that transaction.

    Raises LeaseLost, Cancelled, and at the end of this worker the signal to hand the job back; let all pass.
    """
    lease = current_lease.get()
    if lease is None:
        return
    lease.write(checkpoint=data)
    lease.note_checkpoint(data)
    if not transaction.get_connection().in_atomic_block:
        lease.check(is_resumable=True)


@contextmanager
def committing() -> Iterator[None]:
    """A transaction that commits only under the lease: nobody else can take the job before it ends.

    Keep it under a second, since on SQLite everybody's writes wait for it. Raises LeaseLost instead of beginning.
    """
    lease = current_lease.get()
    with transaction.atomic():
        if lease is not None:
            lease.write(fence=lease.fence)
        yield
    if lease is not None and not transaction.get_connection().in_atomic_block:
        lease.check(is_resumable=lease.took_checkpoint())

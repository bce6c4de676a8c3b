"""`python -m afteraction.web.jobs.worker`: one process that takes jobs, one at a time.

Knows how to hold on: a thread with its own connection renews the lease and says that the worker lives, whatever the
task does meanwhile, and a locked or absent database is waited for. Refuses to begin a job once it was told to end.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import sys
import threading
import time
from datetime import timedelta
from types import FrameType

log = logging.getLogger("afteraction.jobs")

POLL_SECONDS = 0.25
# A worker says every 5 s that it lives; one that was not seen for this long is not there.
SEEN_LATELY = timedelta(seconds=30)
# Rows of workers that were not seen for this long say nothing any more.
FORGET = timedelta(days=1)


class Beat(threading.Thread):
    """Renews the lease in hand every 5 s, writes progress twice a second, and says that this worker lives."""

    def __init__(self, name: str) -> None:
        super().__init__(name="beat", daemon=True)
        from afteraction.web.jobs.lease import FLUSH_SECONDS, RENEW_SECONDS, Lease

        self.worker = name
        self.lease: Lease | None = None
        self._every, self._renew_every = FLUSH_SECONDS, RENEW_SECONDS
        self._over = threading.Event()
        self._is_down = False
        self._renewed_at = 0.0

    def run(self) -> None:
        """Beats until `stop`."""
        from django.db import DatabaseError, InterfaceError, connection

        while not self._over.wait(self._every):
            try:
                self.beat()
                self._is_down = False
            except (DatabaseError, InterfaceError) as error:
                if not self._is_down:
                    log.warning("the database does not answer, beating goes on", extra={"error": type(error).__name__})
                self._is_down = True
                connection.close()
        connection.close()

    def beat(self) -> None:
        """One beat."""
        is_time = time.monotonic() - self._renewed_at >= self._renew_every
        lease = self.lease
        if lease is not None:
            lease.flush(renew=is_time)
        if is_time:
            see(self.worker)
            self._renewed_at = time.monotonic()

    def stop(self) -> None:
        """Ends the thread after its beat."""
        self._over.set()


def see(name: str) -> None:
    """Notes that the worker of that name lives."""
    from django.db.models.functions import Now

    from afteraction.web.jobs.models import Worker

    if not Worker.objects.filter(name=name).update(seen_at=Now()):
        Worker.objects.create(name=name, seen_at=Now())


def forget(name: str) -> None:
    """Ends the leases of dead workers by name or beginning of names; drops rows of those that nobody saw for a day."""
    from django.db.models import Q
    from django.db.models.functions import Now

    from afteraction.web.jobs.claims import release
    from afteraction.web.jobs.models import Worker

    if name and (freed := release(name)):
        log.warning("a dead worker's jobs are taken over", extra={"jobs": freed})
    gone = Q(name=name) | Q(name__startswith=f"{name}/")
    Worker.objects.filter(gone | Q(seen_at__lt=Now() - FORGET)).delete()


def work(name: str, ends: threading.Event) -> None:
    """Takes jobs until `ends` is set. Returns when the one in hand is done or handed back."""
    from django.db import DatabaseError, InterfaceError, close_old_connections, connection

    from afteraction.web.jobs.chores import LOOK_SECONDS, ask_for_chores
    from afteraction.web.jobs.claims import claim
    from afteraction.web.jobs.lease import Lease
    from afteraction.web.jobs.running import perform

    beat = Beat(name)
    beat.start()
    waiting, chores_at = POLL_SECONDS, 0.0
    while not ends.is_set():
        try:
            if time.monotonic() >= chores_at:
                ask_for_chores()
                chores_at = time.monotonic() + LOOK_SECONDS
            job = claim(name)
        except (DatabaseError, InterfaceError) as error:
            log.warning("the database does not answer, asking again", extra={"error": type(error).__name__})
            connection.close()
            waiting = min(waiting * 2, 5.0)
            ends.wait(waiting)
            continue
        waiting = POLL_SECONDS
        if job is None:
            ends.wait(POLL_SECONDS)
            continue
        beat.lease = Lease(job, ends=ends)
        try:
            perform(job, beat.lease)
        finally:
            beat.lease = None
            close_old_connections()
    beat.stop()
    beat.join(2)


def main() -> None:
    """Runs one worker. AFTERACTION_WORKER is its name, AFTERACTION_INSTEAD_OF that of dead ones it follows."""
    from afteraction.web.jobs.parent import end_with_parent

    end_with_parent()
    ends = threading.Event()

    def told_to_end(_signal: int, _frame: FrameType | None) -> None:
        ends.set()

    signal.signal(signal.SIGTERM, told_to_end)
    signal.signal(signal.SIGINT, told_to_end)
    import django

    django.setup()
    name = os.environ.get("AFTERACTION_WORKER") or f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
    _first_contact(name, ends)
    log.info("worker is ready", extra={"worker": name})
    work(name, ends)
    log.info("worker ended", extra={"worker": name})


def _first_contact(name: str, ends: threading.Event) -> None:
    """Says that this worker lives, once the database answers."""
    from django.db import DatabaseError, InterfaceError, connection

    waiting = POLL_SECONDS
    while not ends.is_set():
        try:
            forget(os.environ.get("AFTERACTION_INSTEAD_OF", ""))
            see(name)
        except (DatabaseError, InterfaceError) as error:
            log.warning("the database does not answer yet", extra={"error": type(error).__name__})
            connection.close()
            waiting = min(waiting * 2, 5.0)
            ends.wait(waiting)
        else:
            return


if __name__ == "__main__":
    main()
    sys.exit(0)

"""`python -m afteraction.web.config.web_process HOST PORT`: the process that answers requests.

Knows Granian's numbers. Refuses to start workers again by itself: the parent of `serve` does.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from afteraction.web.config.starting import data_folder
from afteraction.web.config.supervisor import HELD
from afteraction.web.jobs.parent import end_with_parent

# A request holds a thread while it waits for the database. Edits of one incident take turns there: with fewer threads
# than this they would keep those waiting who only read.
THREADS = 8
WAITING = 64
# Python computes on one core at a time, so each core gets a process, up to two unless the environment says otherwise.
PROCESSES = "AFTERACTION_WEB_PROCESSES"
# Where the processes keep what they count together: requests for /metrics, and attempts to sign in.
TOGETHER = "AFTERACTION_TOGETHER"


def main(host: str, port: int) -> None:
    """Loads the application, waits if its parent holds it, and listens until it is told to end."""
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afteraction.web.config.settings")
    _count_together(data_folder() / f"web-{port}")
    _load()
    if os.environ.get(HELD) and sys.stdin.readline() != "go\n":
        return
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from afteraction.web.config.logs import logging_settings

    logged = logging_settings()
    logged["loggers"] = {"_granian": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}}

    Granian(
        "afteraction.web.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes(),
        blocking_threads=THREADS,
        backpressure=WAITING,
        workers_kill_timeout=5,
        log_level=LogLevels.error,
        log_dictconfig=logged,
    ).serve()


def processes() -> int:
    """How many processes answer requests: AFTERACTION_WEB_PROCESSES, else one for each core, at most two."""
    wanted = os.environ.get(PROCESSES, "")
    if not wanted:
        return min(os.cpu_count() or 1, 2)
    if not wanted.isdecimal() or not 1 <= int(wanted) <= 64:
        sys.exit(f'{PROCESSES} is "{wanted}". Set a number from 1 to 64, or leave it out.')
    return int(wanted)


def _count_together(folder: Path) -> None:
    """An empty folder for the counts, told before anything that counts is imported."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "metrics").mkdir(parents=True)
    os.environ[TOGETHER] = str(folder)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder / "metrics")


def _load() -> None:
    """Imports everything once. Granian forks the processes that answer, which then have it already.

    What is made from it per process (middleware, static files, connections) is made there.
    """
    import django
    from django.urls import get_resolver

    django.setup()
    get_resolver().url_patterns  # noqa: B018 - reading it imports them


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

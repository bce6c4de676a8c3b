"""`python -m afteraction.web.config.web_process HOST PORT`: the process that answers requests.

Knows Granian's numbers. Refuses to start workers again by itself: the parent of `serve` does.
"""

from __future__ import annotations

import os
import sys

from afteraction.web.config.supervisor import HELD
from afteraction.web.jobs.parent import end_with_parent

# A request holds a thread while it waits for the database; more threads than this only wait for each other.
THREADS = 4
WAITING = 64


def main(host: str, port: int) -> None:
    """Loads the application, waits if its parent holds it, and listens until it is told to end."""
    end_with_parent()
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
        blocking_threads=THREADS,
        backpressure=WAITING,
        workers_kill_timeout=5,
        log_level=LogLevels.error,
        log_dictconfig=logged,
    ).serve()


def _load() -> None:
    """Imports everything once. Granian forks the process that answers, which then has it already.

    What is made from it per process (middleware, static files, connections) is made there.
    """
    import django
    from django.urls import get_resolver

    django.setup()
    get_resolver().url_patterns  # noqa: B018 - reading it imports them


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

"""`python -m afteraction.web.config.web_process HOST PORT`: the process that answers requests.

Knows Granian's numbers. Refuses to start workers again by itself: the parent of `serve` does.
"""

from __future__ import annotations

import sys

from afteraction.web.jobs.parent import end_with_parent

# A request holds a thread while it waits for the database; more threads than this only wait for each other.
THREADS = 4
WAITING = 64


def main(host: str, port: int) -> None:
    """Listens until it is told to end."""
    end_with_parent()
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


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

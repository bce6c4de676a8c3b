"""What is logged, and in which form: lines for people at a terminal, JSON with a request id otherwise.

Knows the current reference. Refuses names, titles, keys and queries: an address is logged as its pattern, an error with
its frames and its kind, and whatever a message quotes is left out.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from afteraction.web.jobs.reference import current_reference

_Error = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
# What a message quotes, values that a database repeats, addresses of people, keys as in INC-2041.
_PRIVATE = re.compile(r"'[^']*'|\"[^\"]*\"|\(([^()]*)\)=\([^()]*\)|\S+@\S+|\b[A-Z][A-Z0-9]*-\d+\b|\?\S+")


def masked(text: str) -> str:
    """The text without what it quotes."""
    return _PRIVATE.sub("…", text)


def told(error: BaseException) -> str:
    """The frames and kinds of an error and of those that led to it, messages masked."""
    return "\n".join(
        "".join(traceback.format_tb(each.__traceback__)) + f"{type(each).__qualname__}: {masked(str(each))}"
        for each in reversed(list(_chain(error)))
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


class Discreet(logging.Filter):
    """Adds the reference, and takes from a record of Django's the request with its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Changes the record; lets all pass."""
        if not getattr(record, "request_id", ""):
            record.request_id = current_reference()
        request = record.__dict__.pop("request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            record.route = match.route if match else ""
        if record.name.startswith("django."):
            record.msg, record.args = _OF_DJANGO.get(record.name) or masked(record.getMessage()), ()
        return True


_OF_DJANGO = {
    "django.request": "a request failed",
    "django.security.csrf": "a form was refused that did not come from our page",
    "django.security.DisallowedHost": "a request named a host that AFTERACTION_HOSTS does not list",
}


class AsJson(JsonFormatter):
    """One object per line."""

    def __init__(self) -> None:
        super().__init__(
            "{levelname}{name}{message}",
            style="{",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "error"},
            timestamp="time",
        )

    def formatException(self, ei: _Error) -> str:  # noqa: N802 - logging's name
        """The error without what it quotes."""
        return told(ei[1]) if ei[1] is not None else ""


class AsLines(logging.Formatter):
    """Short lines for people."""

    def formatException(self, ei: _Error) -> str:  # noqa: N802 - logging's name
        """The error without what it quotes."""
        return told(ei[1]) if ei[1] is not None else ""


def logging_settings() -> dict[str, Any]:
    """Django's LOGGING. `AFTERACTION_LOG` (json or lines) chooses the form, `AFTERACTION_LOG_LEVEL` the least level.

    At a terminal only what needs attention is shown, since requests would hide it.
    """
    form = os.environ.get("AFTERACTION_LOG") or ("lines" if sys.stderr.isatty() else "json")
    level = os.environ.get("AFTERACTION_LOG_LEVEL", "").upper() or ("WARNING" if form == "lines" else "INFO")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discreet": {"()": Discreet}},
        "formatters": {
            "json": {"()": AsJson},
            "lines": {"()": AsLines, "fmt": "{levelname:7} {message} [{request_id}]", "style": "{"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if form == "json" else "lines",
                "filters": ["discreet"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "afteraction": {"level": level},
            # Refusals are in the line of their request already.
            "django.request": {"level": "ERROR"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }

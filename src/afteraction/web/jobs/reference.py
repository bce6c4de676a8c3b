"""The id under which one request, or one job, is found again in the log, in the audit trail and on the error page.

Knows the current one. Refuses ids that could carry anything but an id.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{3,63}")
_current: ContextVar[str] = ContextVar("reference", default="")


def current_reference() -> str:
    """The id of what is being done now, empty outside of requests and jobs."""
    return _current.get()


def new_reference() -> str:
    """A fresh id of 16 characters."""
    return secrets.token_hex(8)


@contextmanager
def under(offered: str) -> Iterator[str]:
    """Everything inside goes under the offered id when it is a sane one (4 to 64 of A-Z a-z 0-9 . _ -), else a new one.

    A nested use ends with the outer one in place again.
    """
    chosen = offered if _SANE.fullmatch(offered) else new_reference()
    token = _current.set(chosen)
    try:
        yield chosen
    finally:
        _current.reset(token)

"""Why a job failed, in words for whoever asked for it.

Knows which errors say something to people, and which pass by themselves. Refuses to show a traceback: that is in the
log, under the reference.
"""

from __future__ import annotations

import errno

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError

from afteraction.core.errors import AfteractionError

_FULL = {errno.ENOSPC, errno.EDQUOT}
_DISK_FULL = ("disk is full", "disk full", "no space left")


def passes_by_itself(error: BaseException) -> bool:
    """True for a database that is locked or away: the same job may succeed a little later."""
    return isinstance(error, OperationalError | InterfaceError) and not is_full(error)


def is_full(error: BaseException) -> bool:
    """True when a disk had no room, whoever noticed it."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return any(told in str(error).lower() for told in _DISK_FULL)


def reason_of(error: BaseException, reference: str) -> str:
    """What went wrong and what to do next."""
    if is_full(error):
        return (
            "The disk of this server is full, so nothing of this step was stored. Free some space in its data folder, "
            "then try again: it goes on where it stopped."
        )
    if isinstance(error, AfteractionError | PermissionDenied) and str(error):
        return str(error)
    if passes_by_itself(error):
        return (
            "The database did not answer in time, several times over. Try again when the server is less busy. "
            f"Reference for its administrator: {reference}"
        )
    return (
        "This is a fault of Afteraction, not of your evidence. Everything that was stored before is kept. Try again, "
        f"and if it fails again report it with the reference {reference}."
    )

"""How a child process ends with its parent, however that one ended.

Knows the kernel's signal on Linux, and elsewhere a look once a second. Refuses to leave an orphan that works on.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PARENT = "AFTERACTION_PARENT"
_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int | None = None) -> None:
    """From now on this process is killed when `parent` is gone; default is the one that AFTERACTION_PARENT names.

    Does nothing without either, as when a process is started by hand.
    """
    expected = parent or int(os.environ.get(PARENT) or 0)
    if not expected:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(expected,), daemon=True).start()
    if os.getppid() != expected:  # it ended before we asked
        os._exit(1)


def _watch(expected: int) -> None:
    while os.getppid() == expected:
        time.sleep(1)
    os._exit(1)

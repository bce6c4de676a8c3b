"""What is dear to make is made once for all processes of a run of the tests, and used by each as it is or in copies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` filled, in whichever process came first; the others wait for it. Nobody writes there
    afterwards. A try that failed is tried again by the next who asks."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder = root / f"once-{name}"
    with (root / f"once-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half_made = factory.mktemp(name)
            make(half_made)
            half_made.rename(folder)
    return folder

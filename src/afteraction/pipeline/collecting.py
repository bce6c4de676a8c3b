"""How often Python looks for garbage in cycles while an analysis is made.

Knows that an analysis holds millions of objects that live to its end, and that looking through all of them again and
again was a quarter of its time. Refuses to switch the collector off: what is in cycles still goes.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# New objects before a look at them, and looks before one at those that outlived the last.
_RARELY = (200_000, 50, 50)
_lock = threading.Lock()
_running = 0
_usual = gc.get_threshold()


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Collects rarely until the last of those that asked for it is done."""
    global _running, _usual
    with _lock:
        if not _running:
            _usual = gc.get_threshold()
            gc.set_threshold(*_RARELY)
        _running += 1
    try:
        yield
    finally:
        with _lock:
            _running -= 1
            if not _running:
                gc.set_threshold(*_usual)

"""How a process that answers requests looks for memory that came loose in circles.

Knows that everything loaded at the start stays until the end: looking through it again would stop a request for a
tenth of a second each time. Refuses to stop looking: what requests leave behind is still found.
"""

from __future__ import annotations

import gc

# Objects made since the last look, and how many looks at young objects make one at older ones.
YOUNG, OLDER, OLDEST = 20_000, 20, 20


def settle() -> None:
    """Call it once in each process, when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDEST)

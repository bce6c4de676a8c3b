"""Numbers that an address, a form or a header names.

Knows that a text from outside is a number only if it is a few ASCII digits: other scripts have digits that Python reads
and people do not mean, and a long enough row of them fits no column. Refuses to know what is counted.
"""

from __future__ import annotations


def whole_number(text: str, digits: int) -> int | None:
    """The number that at most so many digits say; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None

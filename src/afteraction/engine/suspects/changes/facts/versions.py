"""Versions of libraries and images.

Knows which part of a version moved. Refuses to know what a library does.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from afteraction.engine.suspects.changes.diffs import FileKind
from afteraction.engine.suspects.changes.facts.reading import Fact, Reading, first_line

_VERSION = re.compile(r"(?<![\w.])v?(\d+)\.(\d+)(?:\.(\d+))?[\w.-]*")


def find_step(part: int) -> Callable[[Reading], Fact | None]:
    """A version moved in that part: 0 major, 1 minor, 2 patch."""

    def find(reading: Reading) -> Fact | None:
        for before, after, line in _versions(reading):
            first = next((i for i in range(3) if before[i] != after[i]), 3)
            # 0.x promises nothing: its second number counts as the first.
            if (first == part) or (part == 0 and first == 1 and before[0] == 0):
                return 1.0, line.strip()
        return None

    return find


def _versions(reading: Reading) -> list[tuple[tuple[int, ...], tuple[int, ...], str]]:
    found = []
    for edit in reading.edits:
        if edit.kind not in (FileKind.DEPENDENCIES, FileKind.IMAGE) and not re.search(
            r"image:|version|FROM ", " ".join(edit.marked("+"))
        ):
            continue
        for before, after in zip(edit.marked("-"), edit.marked("+"), strict=False):
            one, two = list(_VERSION.finditer(before)), list(_VERSION.finditer(after))
            if one and two and one[-1].group(0) != two[-1].group(0):
                numbers = [tuple(int(part or 0) for part in match[-1].groups()) for match in (one, two)]
                found.append((numbers[0], numbers[1], after))
    return found


def find_image(reading: Reading) -> Fact | None:
    """An image is another."""
    line = first_line(reading.added, re.compile(r"^\s*FROM\s|\bimage:\s"))
    return (1.0, line) if line and first_line(reading.removed, re.compile(r"^\s*FROM\s|\bimage:\s")) else None

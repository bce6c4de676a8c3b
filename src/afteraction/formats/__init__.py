"""Readers of evidence formats: one folder each, found by walking this package.

Knows which readers exist and which of them an original belongs to. Refuses to know what any format looks like:
that stays in its folder, and no format imports another.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

from afteraction.core.reading import Reader, Source


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader, ours and those that other packages register under the entry point group `afteraction.formats`."""
    found: list[Reader] = []
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            found.append(importlib.import_module(f"{__name__}.{module.name}.reader").READER)
    found += [point.load() for point in entry_points(group="afteraction.formats")]
    return tuple(sorted(found, key=lambda reader: reader.name))


def reader_named(name: str) -> Reader | None:
    """The reader of that name, or None."""
    return next((reader for reader in readers() if reader.name == name), None)


def sniff(source: Source) -> list[tuple[float, Reader]]:
    """The readers that claim an original, surest first; equal claims in the order of their names."""
    claims = [(reader.sniff(source), reader) for reader in readers()]
    return sorted(((sure, reader) for sure, reader in claims if sure > 0), key=lambda claim: -claim[0])

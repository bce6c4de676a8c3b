"""Originals made from bytes, and what a reader gives for them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

from afteraction.core.evidence import Failure
from afteraction.core.reading import HEAD_BYTES, DocumentReader, ReadOptions, Source
from afteraction.core.records import Record


def original(content: bytes | str | object, name: str = "evidence.json", **options: object) -> Source:
    """A source over bytes or text; anything else is written as JSON. Options are those of ReadOptions."""
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    raw = content.encode() if isinstance(content, str) else content
    return Source("e" * 64, name, len(raw), raw[:HEAD_BYTES], lambda: io.BytesIO(raw), options=ReadOptions(**options))  # type: ignore[arg-type]


def file(path: Path, **options: object) -> Source:
    """A source over a file."""
    return original(path.read_bytes(), path.name, **options)


def read(reader: DocumentReader, source: Source) -> tuple[list[Record], list[Failure]]:
    """What a reader gives, records and failures apart; checks that records have places of their own."""
    found = list(reader.read(source))
    records = [item for item in found if not isinstance(item, Failure)]
    places = [record.evidence.locator for record in records]
    assert len(places) == len(set(places)), "two records of one original share a place"
    return records, [item for item in found if isinstance(item, Failure)]


def winner(source: Source) -> str:
    """The name of the reader that wins an original; empty when nobody reads it."""
    from afteraction.formats import sniff

    claims = sniff(source)
    return claims[0][1].name if claims else ""


def without(mapping: Mapping[str, object], *keys: str) -> dict[str, object]:
    """A copy of a mapping without some keys."""
    return {key: value for key, value in mapping.items() if key not in keys}

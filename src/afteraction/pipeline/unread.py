"""Why no reader took a file, where the file itself tells.

Knows the marks of files that hold evidence and that no reader knows, and tables without a row. Refuses to read them.
"""

from __future__ import annotations

import io

from afteraction.core.evidence import Failure
from afteraction.core.reading import Source

_PARQUET, _ENCRYPTED = b"PAR1", b"PARE"
_EXPORT = 'Export the table as CSV, e.g. with DuckDB: COPY (FROM "{name}") TO "{stem}.csv"'


def why_unread(source: Source) -> tuple[Failure, ...]:
    """The reason with a next step; nothing where all that is known is that no reader knows the file."""
    if source.head.startswith((_PARQUET, _ENCRYPTED)) or source.name.lower().endswith((".parquet", ".pq")):
        return (_of_parquet(source),)
    return ()


def _of_parquet(source: Source) -> Failure:
    if not source.head.startswith((_PARQUET, _ENCRYPTED)):
        return Failure(source.name, "it is named as Parquet and is none.", "Check how it was written.")
    with source.open() as stream:
        stream.seek(-min(source.size, len(_PARQUET)), io.SEEK_END)
        whole = source.size >= 12 and stream.read() in (_PARQUET, _ENCRYPTED)
    if not whole:
        return Failure(
            source.name,
            f"it is Parquet and ends after {source.size} bytes without its index: it was cut off while it was written.",
            "Copy or export it again; nothing can be read without the end.",
        )
    name = source.name.rpartition("/")[2]
    step = _EXPORT.format(name=name, stem=name.rpartition(".")[0] or name)
    return Failure(source.name, "it is Parquet, and no reader reads that.", step)

"""The flat tables of a case as relations that SQL can ask.

Knows that a bulk file leaves out columns which say the same in every row, and where it says so. Refuses to know what
is asked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

from afteraction.stores.schemas import CONSTANTS, SQL_TYPES, flat_schema
from afteraction.stores.times import literal


def table_of(paths: Sequence[Path], record: type) -> str:
    """The rows of several flat tables as one relation, with the columns that a file left out."""
    parts = [f"SELECT {_columns_of(path, record)} FROM read_parquet({literal(str(path))})" for path in paths]
    return f"({' UNION ALL '.join(parts)})"


@lru_cache(maxsize=4096)
def _columns_of(path: Path, record: type) -> str:
    # Files are never rewritten under their name with other columns: it holds the plan and the program's version.
    schema = pq.read_schema(path)
    constants = json.loads((schema.metadata or {}).get(CONSTANTS.encode(), b"{}"))
    return ", ".join(
        field.name
        if field.name in schema.names
        else f"{_constant(constants.get(field.name))}::{SQL_TYPES[field.type]} AS {field.name}"
        for field in flat_schema(record)
    )


def _constant(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "NULL" if value is None else str(value).upper()
    return "[]" if value == [] else literal(str(value))

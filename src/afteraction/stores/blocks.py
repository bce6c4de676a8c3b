"""Blocks of samples as Arrow tables, laid out as single samples are.

Knows how one series' columns become rows of the bulk table. Refuses to look at single values.
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from afteraction.core.instant import Precision
from afteraction.core.records import Sample, SampleBlock
from afteraction.stores.schemas import flat_schema, text_of


def block_table(block: SampleBlock) -> pa.Table:
    """A row for every sample of a block; each with the pointer of its own."""
    rows, place = len(block.times), block.evidence.locator
    same: dict[str, Any] = {
        "source_tz": "UTC",
        "tz_known": True,
        "precision": Precision.SECOND.value,
        "original_text": "",
        "metric": text_of(block.metric),
        "labels": json.dumps(dict(block.labels)),
        "service": text_of(block.service),
        "unit": text_of(block.unit),
        "evidence_id": block.evidence.evidence_id,
        "line": place.line,
        "byte_start": place.byte_start,
        "byte_end": place.byte_end,
        "excerpt": "",
        "flags": [],
    }
    pointer = text_of(place.pointer or "")
    each: dict[str, Any] = {
        "instant": list(block.times),
        "value": list(block.values),
        "pointer": [f"{pointer}/{index}" for index in block.indexes],
    }
    if block.lines is not None:
        each["line"] = list(block.lines)
    schema = flat_schema(Sample)
    columns = [
        pa.array(each[name], kind) if name in each else pa.repeat(pa.scalar(same.get(name), kind), rows)
        for name, kind in zip(schema.names, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=schema)

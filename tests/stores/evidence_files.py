"""Original bytes with a line-by-line account of them in plain Python."""

from __future__ import annotations

from io import BytesIO

from afteraction.core.reading import HEAD_BYTES, ReadOptions, Source
from afteraction.core.readplan import Column, Layout, ReadPlan, Shape, TimeColumn

LOGS = ReadPlan(
    shape=Shape.LOGS,
    layout=Layout.JSON_LINES,
    time=TimeColumn(("time",)),
    columns=(
        Column("message", ("msg",)),
        Column("level", ("level",)),
        Column("status", ("status",), kind="integer"),
        Column("service", ("service",)),
    ),
    keep_rest=True,
)


def original(raw: bytes, name: str = "app.jsonl", evidence_id: str = "e" * 64, **options: str) -> Source:
    return Source(evidence_id, name, len(raw), raw[:HEAD_BYTES], lambda: BytesIO(raw), options=ReadOptions(**options))  # type: ignore[arg-type]

"""What a reader knows of a log file: the message, level, service and time of its lines.

Knows which reader is asked and when it is believed. Refuses to group. Apart from `log_templates` because readers and
the store take longer to load than lines of text take to group.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from afteraction import formats
from afteraction.core.errors import AfteractionError, NaiveTime
from afteraction.core.reading import BulkReader, Source
from afteraction.core.readplan import Layout, ReadPlan, Shape
from afteraction.pipeline.analyze import SURE_ENOUGH
from afteraction.stores.evidence import EvidenceStore

# Grouping needs no time, so that a plan is made with any zone; the times are then left out.
_ANY_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class LogReading:
    """What a reader found: columns line, message, level, service and at (UTC epoch microseconds, if `timed`).
    `structured` lines have fields, so that the message stands for them."""

    columns: pa.Table
    structured: bool
    timed: bool


def read_log(source: Source, reader: str = "", *, only_structured: bool = False) -> LogReading | None:
    """What the surest reader of logs makes of a source, or the one named; None when there is none, when it makes
    nothing of it, and for lines of text where those are not wanted."""
    plan, timed = _plan(source, reader)
    if plan is None or (only_structured and plan.layout is Layout.TEXT_LINES):
        return None
    return _read(source, plan, timed=timed)


def _plan(source: Source, reader: str) -> tuple[ReadPlan | None, bool]:
    """How the surest reader of logs would read the source, and whether its times can be known."""
    if reader:
        named = formats.reader_named(reader)
        if named is None:
            raise AfteractionError(f'there is no reader named "{reader}".', next_step="Type: afteraction formats")
        claims = [named]
    else:
        claims = [found for sure, found in formats.sniff(source) if sure >= SURE_ENOUGH][:1]
    for found in claims:
        if isinstance(found, BulkReader):
            for options, timed in ((source.options, True), (replace(source.options, zone=_ANY_ZONE), False)):
                try:
                    plan = found.plan(replace(source, options=options))
                except NaiveTime:
                    continue
                except AfteractionError:
                    break
                return (plan, timed) if plan.shape is Shape.LOGS else (None, False)
    return None, False


def _read(source: Source, plan: ReadPlan, *, timed: bool) -> LogReading | None:
    """The columns that the plan finds; None when most lines are not as it expects."""
    with tempfile.TemporaryDirectory(prefix="afteraction-") as work:
        store = EvidenceStore(Path(work))
        try:
            store.import_plan(source, plan)
            columns = store.log_columns()
        except AfteractionError:
            return None
        finally:
            store.close()
    structured = plan.layout is not Layout.TEXT_LINES
    return LogReading(columns, structured, timed) if columns.num_rows else None

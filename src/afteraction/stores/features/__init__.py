"""Spans and log lines reduced to integer counts per service, minute and feature: the one heavy step of an analysis.

Knows on which engine it runs: DuckDB, unless a Spark master was named. Refuses to judge what it counts.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from afteraction.stores.features.frame import Features, Frame
from afteraction.stores.features.inputs import Templates

__all__ = ["SPARK_MASTER", "Features", "Frame", "Templates", "calls", "reduce"]

# The environment variable that names a Spark master, e.g. spark://host:7077 or local[4].
SPARK_MASTER = "AFTERACTION_SPARK_MASTER"


def reduce(spans: Sequence[Path], logs: Sequence[Path], scratch: Path, templates: Templates | None = None) -> Features:
    """Counts the rows of flat tables of spans and of log lines. The same counts on every engine."""
    chosen = templates or Templates()
    if master := os.environ.get(SPARK_MASTER, ""):
        from afteraction.stores.features import on_spark

        return on_spark.reduce(spans, logs, chosen, master)
    from afteraction.stores.features import on_duckdb

    return on_duckdb.reduce(spans, logs, chosen, scratch)


def calls(spans: Sequence[Path], scratch: Path) -> Frame:
    """Calls between services alone: `topology` of `reduce`, without the log lines and the entries of traces."""
    if os.environ.get(SPARK_MASTER, ""):
        return reduce(spans, (), scratch).topology
    from afteraction.stores.features import on_duckdb

    return on_duckdb.calls(spans, scratch)

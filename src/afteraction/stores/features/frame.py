"""What the reduction gives: integer counts as columns.

Knows their order. Refuses to know how they were counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

TEXT, NUMBER = pa.string(), pa.int64()
SCHEMAS = {
    "features": pa.schema(
        [("service", TEXT), ("minute", NUMBER), ("feature", TEXT), ("part", TEXT), ("peer", TEXT),
         ("bucket", pa.int32()), ("count", NUMBER)]
    ),
    "topology": pa.schema([("caller", TEXT), ("callee", TEXT), ("count", NUMBER), ("errors", NUMBER)]),
    "template_counts": pa.schema([("template", TEXT), ("service", TEXT), ("level", TEXT), ("count", NUMBER)]),
}  # fmt: skip


class Frame:
    """A table of counts, sorted by its columns from left to right; fits `core.ports.FeatureFrame`."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    @classmethod
    def of(cls, name: str, table: pa.Table) -> Frame:
        """The rows of one result, whichever engine counted them, in the one order and types they have here."""
        table = table.select(SCHEMAS[name].names).cast(SCHEMAS[name])
        return cls(table.sort_by([(column, "ascending") for column in table.column_names]).combine_chunks())

    def names(self) -> Sequence[str]:
        """Names of the columns."""
        return cast(Sequence[str], self.table.column_names)

    def column(self, name: str) -> Sequence[object]:
        """One column: a numpy array of integers, or of texts as objects."""
        return cast(Sequence[object], self.table.column(name).to_numpy())

    def where(self, **wanted: str | int) -> Frame:
        """The rows whose columns have these values, e.g. `where(feature="call", service="cart")`."""
        table = self.table
        for name, value in wanted.items():
            table = table.filter(pc.equal(table.column(name), value))
        return Frame(table)

    def __len__(self) -> int:
        return int(self.table.num_rows)


@dataclass(frozen=True, slots=True)
class Features:
    """All that the reduction gives: `counts` per service, minute and feature (columns in `expression`), `topology`
    (caller, callee, count of calls, errors among them) and `templates` (template, service, level, count of lines)."""

    counts: Frame
    topology: Frame
    templates: Frame

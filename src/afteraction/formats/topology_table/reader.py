"""Reads `topology.csv` of a case: which service calls which.

Knows the two columns. Refuses to tell a declared call from one that was seen: the file does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.reading import Source
from afteraction.core.records import Document, Record
from afteraction.core.tables import Table, plain, rows_of, table_of

_CALLER = ("caller", "source_service", "from_service", "parent_service", "upstream_service")
_CALLEE = ("callee", "target_service", "to_service", "child_service", "downstream_service")


@dataclass(frozen=True)
class TopologyTable:
    """The reader of this folder."""

    name: str = "topology_table"
    title: str = "Calls between services as CSV or TSV"
    kind: EvidenceKind = EvidenceKind.CONFIG_SNAPSHOT
    example: str = "caller,callee"

    def sniff(self, source: Source) -> float:
        """Sure of a table with a caller and a callee and little else."""
        table = table_of(source)
        return 0.9 if table is not None and _columns(table) and len(table.header) <= 6 else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One undated document whose settings are the calls, `caller -> callee` to the line that states it."""
        table = table_of(source)
        columns = _columns(table) if table is not None else None
        if table is None or columns is None:
            step = "Name the columns caller and callee."
            yield Failure(source.name, "no columns for a caller and a callee were found.", step)
            return
        calls: dict[str, str] = {}
        for row in rows_of(source, table):
            if isinstance(row, Failure):
                yield row
                continue
            line, cells = row
            caller, callee = cells[columns[0]], cells[columns[1]]
            if not caller or not callee:
                yield Failure(source.name, "the row names only one service.", "Complete it.", Locator(line=line))
                continue
            calls.setdefault(f"{caller} -> {callee}", f"line {line}")
        yield Document(
            kind=EvidenceKind.CONFIG_SNAPSHOT,
            title="Calls between services",
            evidence=EvidenceRef(source.evidence_id, Locator(line=table.header_line)),
            settings=calls,
            attributes={"shape": "topology"},
        )


def _columns(table: Table) -> tuple[str, str] | None:
    by_name = {plain(name): name for name in table.header}
    caller = next((by_name[name] for name in _CALLER if name in by_name), None)
    callee = next((by_name[name] for name in _CALLEE if name in by_name), None)
    return (caller, callee) if caller and callee else None


READER = TopologyTable()

"""Two document readers from an original to stored Parquet: what keeping the records adds to reading them."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import orjson

from afteraction.core.reading import HEAD_BYTES, Source
from afteraction.formats.prometheus_query.reader import READER as PROMETHEUS
from afteraction.formats.ticket_table.reader import READER as TICKETS
from afteraction.stores.evidence import EvidenceStore


def tickets(rows: int) -> bytes:
    """A help desk's export."""
    body = "the basket is empty after paying and the money is gone, please help " * 3
    lines = [
        f'{n},2026-05-12T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}Z,web form,cart,"order {n} failed","{body}"'
        for n in range(rows)
    ]
    return ("ticket_id,created_at,channel,service,subject,body\n" + "\n".join(lines)).encode()


def query_range(samples: int) -> bytes:
    """A Prometheus answer with twenty series."""
    series = [
        {"metric": {"__name__": "errors", "pod": f"cart-{pod}"},
         "values": [[1778592002 + 15 * n, f"{n % 97 / 7:.4f}"] for n in range(samples // 20)]}
        for pod in range(20)
    ]  # fmt: skip
    return orjson.dumps({"status": "success", "data": {"resultType": "matrix", "result": series}})


def throughput(folder: Path) -> list[tuple[str, int, float, float, int]]:
    """(reader, bytes, MB/s of reading alone, MB/s with storing, records) of each."""
    found = []
    for reader, raw in ((TICKETS, tickets(40_000)), (PROMETHEUS, query_range(300_000))):
        name = reader.name
        source = Source("d" * 64, f"{name}.bin", len(raw), raw[:HEAD_BYTES], lambda raw=raw: BytesIO(raw))  # type: ignore[misc]
        began = time.perf_counter()
        records = sum(1 for _ in reader.read(source))
        read = time.perf_counter() - began
        store = EvidenceStore(folder / f"documents-{name}")
        began = time.perf_counter()
        store.import_records(source, reader.read(source))
        stored = time.perf_counter() - began
        found.append((name, len(raw), len(raw) / 1e6 / read, len(raw) / 1e6 / stored, records))
    return found

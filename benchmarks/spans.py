"""Seeded spans of a shop of services, as an Arrow table and as CSV: ground for the measurements of scale.

Each trace follows one of a few call trees, with durations of its own; a share of spans fails, and the file is in the
order of starts. The same seed and size give the same spans, byte for byte.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

MINUTES = 120
FIRST = 1_778_594_400_000_000  # 2026-05-12T14:00:00Z in microseconds
SERVICES = tuple(f"{name}-service" for name in (
    "gateway", "cart", "catalog", "checkout", "payment", "shipping", "search", "profile", "orders", "stock",
    "price", "coupon", "mail", "review", "image", "login", "ledger", "fraud", "tax", "rank",
))  # fmt: skip
# Call trees: the parent of each span by its place, -1 for the root. Services follow from the place and the tree.
TREES = (
    (-1, 0, 1, 0, 3, 3),
    (-1, 0, 1, 2, 2, 0, 5, 5, 7),
    (-1, 0, 0, 0, 3, 4, 4, 6, 6, 8, 0),
    (-1, 0),
    (-1, 0, 1, 2, 3, 4, 5),
)


def span_table(spans: int, seed: int = 7) -> pa.Table:
    """About `spans` spans: trace_id, span_id, parent_span_id, service, operation, at_us, duration_us, status."""
    rng = np.random.default_rng(seed)
    traces = max(1, round(spans / np.mean([len(tree) for tree in TREES])))
    kinds = rng.integers(0, len(TREES), traces)
    parts = [_tree(rng, place, int((kinds == place).sum())) for place in range(len(TREES))]
    table = pa.concat_tables([part for part in parts if part.num_rows])
    return table.sort_by([("at_us", "ascending"), ("span_id", "ascending")])


def write_csv(table: pa.Table, path: Path) -> None:
    """The spans as the contract of a case has them: times in ISO 8601, durations in milliseconds."""
    with duckdb.connect() as connection:
        connection.register("spans", table)
        connection.execute(
            "COPY (SELECT trace_id, span_id, nullif(parent_span_id, '') AS parent_span_id, service, operation,"
            " strftime(make_timestamp(at_us), '%Y-%m-%dT%H:%M:%S.%fZ') AS start, duration_us / 1000 AS duration_ms,"
            f" status FROM spans) TO '{path}' (FORMAT csv, HEADER)"
        )


def _tree(rng: np.random.Generator, kind: int, traces: int) -> pa.Table:
    parents = TREES[kind]
    trace = _hex(rng, traces, 2)
    begun = FIRST + rng.integers(0, MINUTES * 60_000_000, traces)
    own = [rng.lognormal(7.5 + place % 3, 0.7, traces).astype(np.int64) for place in range(len(parents))]
    took = list(own)
    for place in range(len(parents) - 1, 0, -1):
        took[parents[place]] = took[parents[place]] + took[place]
    starts: list[np.ndarray] = [begun]
    for place in range(1, len(parents)):
        starts.append(starts[parents[place]] + own[parents[place]] // (place + 2))
    ids = [_hex(rng, traces, 1) for _ in parents]
    columns = []
    for place, parent in enumerate(parents):
        service = SERVICES[(kind * 3 + place * 2) % len(SERVICES) if place else 0]
        failed = rng.random(traces) < 0.01 + 0.02 * (place == len(parents) - 1)
        columns.append(
            pa.table(
                {
                    "trace_id": trace,
                    "span_id": ids[place],
                    "parent_span_id": ids[parent] if parent >= 0 else pa.array([""] * traces),
                    "service": pa.array([service] * traces),
                    "operation": pa.array([f"{'GET' if place % 2 else 'POST'} /v1/{kind}/{place}"] * traces),
                    "at_us": starts[place],
                    "duration_us": took[place],
                    "status": pa.array(np.where(failed, "ERROR", "OK")),
                }
            )
        )
    return pa.concat_tables(columns)


def _hex(rng: np.random.Generator, count: int, words: int) -> pa.Array:
    raw = rng.integers(0, 256, (count, 8 * words), dtype=np.uint8)
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)
    text = np.stack((digits[raw >> 4], digits[raw & 15]), axis=2).reshape(count, -1)
    offsets = np.arange(count + 1, dtype=np.int32) * (16 * words)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(text)))

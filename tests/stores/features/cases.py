"""Spans and lines that are hard to count right, and how they get into a store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.instant import Instant
from afteraction.core.records import LogLine, Record, Span
from afteraction.stores.evidence import EvidenceStore
from tests.formats.originals import original
from tests.stores.features.counting import L, S

T = 1_778_594_531.12
ODD_SPANS = [
    S("t1", "a", "", "web", "GET /", T, 40.5),
    S("t1", "b", "a", "web", "call cart", T + 0.01, 30.25, kind="client"),
    S("t1", "c", "b", "cart", "reserve", T + 0.011, 28, failed=True),
    S("t1", "d", "c", "db", "select", T + 70, 5.0004),
    S("t1", "e", "c", "db", "select", T + 0.013, 900),
    # no root: the parent is missing
    S("t2", "b", "gone", "cart", "reserve", T, 3),
    S("t2", "c", "b", "db", "select", T - 7200, 2),
    # a loop, and a span that is its own parent
    S("t3", "a", "b", "web", "x", T, 1),
    S("t3", "b", "a", "cart", "y", T, 1),
    S("t4", "a", "a", "web", "x", T, 1),
    # ids used twice: a client and a server span, and a plain copy
    S("t5", "r", "", "web", "GET /", T, 9),
    S("t5", "x", "r", "web", "rpc", T + 1, 8, kind="client"),
    S("t5", "x", "r", "cart", "rpc", T + 1.001, 7, kind="server"),
    S("t5", "y", "x", "db", "select", T + 1.002, 6),
    S("t5", "y", "x", "db", "select", T + 1.002, 6),
    # two roots at one moment
    S("t6", "b", "", "web", "zeta", T, 9),
    S("t6", "a", "", "web", "Alpha", T, 9),
    S("t6", "c", "b", "web", "Éclair", T, None),
    # durations that are none, or nearly whole
    S("t7", "a", "", "web", "GET /", T, None),
    S("t7", "b", "a", "cart", "reserve", T, -5),
    S("t7", "c", "", "web", "GET /", T, float("nan")),
    S("t7", "d", "", "web", "GET /", T, 0),
    S("t7", "e", "", "web", "GET /", T, 0.0004999999),
    S("t7", "f", "", "web", "GET /", T, 1e300),
    S("t7", "g", "", "web", "GET /", T, 0.0010000000000000002),
    # without a trace, without names, before 1970
    S("", "a", "", "", "", T, 1),
    S("", "b", "a", "", "", T, 1),
    S("t8", "a", "", "wéb 日本", "GET '\"\\ /", -90.5, 1),
    S("t8", "b", "a", "WEB", "g", -60.0, 1),
    S("t8", "c", "b", "web", "g", -59.5, 1),
]
ODD_LINES = [
    L("t1", "cart", "error", "cannot reserve item 17", T),
    L("t1", "cart", "error", "cannot reserve item 18", T + 200),
    L("t2", "cart", "info", "ok", T),
    L("unseen", "cart", "info", "ok", T),
    L("", "cart", "info", "ok", T + 60),
    L("", "cart", "", "é7é \"x\" 0xff 10.0.0.7 it's 'quoted' ab12 日本12", T),
    L("", "wéb", "info", "", T),
]


def stored(folder: Path, spans: list[S], lines: list[L]) -> EvidenceStore:
    store = EvidenceStore(folder)
    store.import_records(original("spans", "spans"), _spans(spans))
    source = original("lines", "lines")
    store.import_records(type(source)("f" * 64, "lines", 5, b"lines", source.open), _lines(lines))
    return store


def _instant(at: float) -> Instant:
    return Instant(utc=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=round(at * 1_000_000)))


def _spans(spans: list[S]) -> Iterator[Record]:
    for number, span in enumerate(spans, start=1):
        yield Span(
            instant=_instant(span.at), trace_id=span.trace, span_id=span.id, parent_id=span.parent, kind=span.kind,
            service=span.service, name=span.name, is_error=span.failed,
            duration_ms=span.ms,  # type: ignore[arg-type]  # unknown durations are null in the table
            evidence=EvidenceRef("e" * 64, Locator(line=number)),
        )  # fmt: skip


def _lines(lines: list[L]) -> Iterator[Record]:
    for number, line in enumerate(lines, start=1):
        yield LogLine(
            instant=_instant(line.at), message=line.template, level=line.level, service=line.service,
            trace_id=line.trace, evidence=EvidenceRef("f" * 64, Locator(line=number)),
        )  # fmt: skip

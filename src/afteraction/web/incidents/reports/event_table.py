"""The events of an analysis as CSV.

Knows the columns. Refuses to let a cell be a formula: what a spreadsheet would compute gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from afteraction.web.incidents.queries import rows_of_run
from afteraction.web.incidents.reports.editions import ReportEdition

Json = dict[str, Any]
COLUMNS = (
    "at_utc", "precision", "zone", "as_written", "until_utc", "kind", "lane", "service", "actor_role", "title",
    "triage", "evidence",
)  # fmt: skip
# What begins a formula in some spreadsheet. A minus before a digit is a number and may stay.
_FORMULA = ("=", "+", "@", "\t", "\r", "|", "%")


def inert(cell: object) -> str:
    """A cell's text that no spreadsheet computes."""
    text = str(cell if cell is not None else "").replace("\x00", "")
    first = text.lstrip(" \n\u00a0\ufeff")
    is_minus = first.startswith("-") and not first[1:].replace(".", "", 1).isdigit()
    return f"'{text}" if is_minus or first.startswith(_FORMULA) else text


def event_table(edition: ReportEdition) -> Iterator[bytes]:
    """The table in pieces, a row per event that was not hidden, by time."""
    rows = rows_of_run(edition.analysis, edition.known).filter(is_left_out=False).exclude(triage="hidden")
    yield b"\xef\xbb\xbf" + _written([COLUMNS])
    piece: list[tuple[object, ...]] = []
    values = rows.order_by("at_us", "event_id").values_list("triage", "value")
    for triage, value in values.iterator(2_000):
        piece.append(_cells(triage, value))
        if len(piece) == 2_000:
            yield _written(piece)
            piece = []
    if piece:
        yield _written(piece)


def _cells(triage: str, event: Json) -> tuple[object, ...]:
    until, actor = event["until"], event["actor"]
    places = "; ".join(f"{ref['label']} {ref['locator']}".strip() for ref in event["evidence"][:5])
    return (
        event["value"], event["precision"], event["zone"], event["original"], until["value"] if until else "",
        event["kind"], event["lane"], event["service"], actor["role"] if actor else "", event["title"], triage, places,
    )  # fmt: skip


def _written(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode()

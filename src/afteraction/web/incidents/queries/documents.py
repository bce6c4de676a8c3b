"""The analysis document of a run, whole or as much of it as a report tells.

Knows where its parts are stored. Refuses to hold all events at once when they are only passed on.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import orjson

from afteraction.web.incidents.models import AnalysisDocument, StoredAnalysis
from afteraction.web.incidents.queries.density import density
from afteraction.web.incidents.queries.runs import known_head, rows_of_run
from afteraction.web.incidents.queries.times import moment_at

Json = dict[str, Any]
CHUNK = 2_000
MOST_TOLD = 400


def whole_document(analysis: StoredAnalysis, known_by: int | None = None) -> Json:
    """The analysis document as it was made, `afteraction/analysis/1`; with `known_by` as it was known by then."""
    rows = rows_of_run(analysis).order_by("at_us", "event_id").values_list("is_left_out", "value")
    events: list[Json] = []
    hidden: list[Json] = []
    for is_left_out, value in rows.iterator(CHUNK):
        (hidden if is_left_out else events).append(value)
    document = {**whole_head(analysis), "events": events}
    if "hidden" in document:
        document["hidden"] = hidden
    if known_by is None:
        return document
    from afteraction.pipeline.report.learned import as_known_at

    return as_known_at(document, moment_at(known_by))


def whole_head(analysis: StoredAnalysis) -> Json:
    """Everything of the document but its events, with no list cut."""
    body = AnalysisDocument.objects.filter(analysis=analysis).values_list("body", flat=True).first()
    if body is None:
        return dict(analysis.head)
    head: Json = orjson.loads(zlib.decompress(bytes(body)))
    return head


def written_document(analysis: StoredAnalysis, known_by: int | None = None) -> Iterator[bytes]:
    """The whole document as JSON in pieces, without ever holding all of its events."""
    from afteraction.pipeline.report.learned import Learned, event_as_known_at, head_as_known_at

    at = None if known_by is None else moment_at(known_by)
    head = whole_head(analysis)
    if at is not None:
        head = head_as_known_at(head, Learned.unpacked(analysis.learned), at)
    lists = ["events", *(["hidden"] if "hidden" in head else [])]
    rest = {name: value for name, value in head.items() if name not in lists}
    yield orjson.dumps(rest).removesuffix(b"}")
    for name in lists:
        yield b',"%s":[' % name.encode()
        rows = rows_of_run(analysis, known_by).filter(is_left_out=name == "hidden").order_by("at_us", "event_id")
        piece: list[bytes] = []
        first = True
        for value in rows.values_list("value", flat=True).iterator(CHUNK):
            piece.append(orjson.dumps(value if at is None else event_as_known_at(value, at)))
            if len(piece) == CHUNK:
                yield (b"" if first else b",") + b",".join(piece)
                piece, first = [], False
        if piece:
            yield (b"" if first else b",") + b",".join(piece)
        yield b"]"
    yield b"}\n"


def report_document(analysis: StoredAnalysis, known_by: int | None = None) -> Json:
    """As much of the document as its report tells: the head, the events of the story, and counts of the rest."""
    head = dict(known_head(analysis, known_by))
    story: Json = analysis.story
    if not story:
        return whole_document(analysis, known_by)
    rows = rows_of_run(analysis, known_by).filter(is_left_out=False)
    told = {row.event_id: row for row in rows.filter(event_id__in=story["event_ids"])}
    if known_by is not None:
        told |= {row.event_id: row for row in rows.filter(is_key=True).order_by("at_us", "event_id")[:MOST_TOLD]}
    ordered = sorted(told.values(), key=lambda row: (row.at_us, row.event_id))
    document = {**head, "events": [row.value for row in ordered]}
    if known_by is None:
        return {**document, "counts": story["counts"]}
    from afteraction.pipeline.report.counting import count_all
    from afteraction.pipeline.report.learned import event_as_known_at

    at = moment_at(known_by)
    document["events"] = [event_as_known_at(value, at) for value in document["events"]]
    counts = {**count_all(document), "events": density(analysis, known_by=known_by).events}
    return {**document, "counts": counts}

"""Writing the rows of one run, in transactions that are short, seen by nobody before the run is published.

Knows how runs share rows: what is as it was stays, what changed or went ends before this run. Refuses to go on when
another writer took the run over, and to touch what an earlier run shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

import orjson
from django.db import models

from afteraction.core.errors import AfteractionError
from afteraction.web.incidents.actions.event_rows import COLUMNS, Row, digest_of
from afteraction.web.incidents.actions.insert_rows import count_anew, insert_rows
from afteraction.web.incidents.density import Counts, blocks_of, kind_blocks_of
from afteraction.web.incidents.models import AnalysedEvent, CountedBlock, StoredAnalysis
from afteraction.web.incidents.models.analysis import STANDING
from afteraction.web.jobs.progress import committing, report

# Rows of one transaction: it ends well within a second, since on SQLite every other write waits for it.
CHUNK = 4_000
# Fewer new rows than this change no plan of the database.
MANY = 1_000
_Item = TypeVar("_Item")
_Known = dict[Any, tuple[int, int]]


class RunTaken(AfteractionError):
    """Another process took over the writing of this run."""

    def __init__(self) -> None:
        super().__init__("Another process analyses this incident now.", next_step="Wait until it is done.")


@contextmanager
def writing(run: StoredAnalysis) -> Iterator[None]:
    """One short transaction of the run's writer, under its job's lease; RunTaken when the run is another's by now."""
    with committing():
        mine = StoredAnalysis.every.select_for_update().filter(pk=run.pk, claim=run.claim, published_at=None)
        if not mine.values_list("pk", flat=True):
            raise RunTaken
        yield


def write_events(run: StoredAnalysis, rows: Sequence[Row]) -> None:
    """Makes `rows` the events of the run."""
    known = _known(run, AnalysedEvent, "event_id")
    new: list[Row] = []
    ended: list[int] = []
    for row in rows:
        before = known.pop(row.event_id, None)
        if before is None or before[1] != row.digest:
            new.append(row)
            if before is not None:
                ended.append(before[0])
    ended += [key for key, _ in known.values()]
    _end(run, AnalysedEvent, ended)
    columns = ("incident_id", "first_run", "last_run", *COLUMNS)
    begin = (run.incident_id, run.number, STANDING)
    done = 0
    for some in _chunks(new):
        with writing(run):
            insert_rows(AnalysedEvent, columns, ((*begin, *row.values) for row in some))
        done += len(some)
        report("Storing events", done, len(new))
    if len(new) >= MANY:
        count_anew(AnalysedEvent)


def write_density(run: StoredAnalysis, rows: Iterable[Row]) -> None:
    """Makes the counts of `rows` those of the run; what the facts were computed without is not counted."""
    known = _known(run, CountedBlock, "level", "block")
    seen = [row for row in rows if not row.is_left_out]
    counted = zip(
        blocks_of((row.at_us, row.lane, row.is_key) for row in seen),
        kind_blocks_of((row.at_us, row.kind, row.is_key) for row in seen),
        strict=True,
    )
    new: list[tuple[object, ...]] = []
    ended: list[int] = []
    for (level, block, counts), (_, _, kinds) in counted:
        text, of_kinds = _text(counts), _text(kinds)
        digest = digest_of(text + of_kinds)
        before = known.pop((level, block), None)
        if before is None or before[1] != digest:
            new.append((run.incident_id, level, block, run.number, STANDING, digest, text.decode(), of_kinds.decode()))
            if before is not None:
                ended.append(before[0])
    _end(run, CountedBlock, [*ended, *(key for key, _ in known.values())])
    columns = ("incident_id", "level", "block", "first_run", "last_run", "digest", "counts", "kinds")
    for some in _chunks(new):
        with writing(run):
            insert_rows(CountedBlock, columns, some)


def sweep(run: StoredAnalysis) -> None:
    """Takes back what a writer that died had written under this run's number or a later one."""
    for model in (AnalysedEvent, CountedBlock):
        mine = model._default_manager.filter(incident=run.incident_id)
        for some in _chunks(mine.filter(first_run__gte=run.number).values_list("pk", flat=True)):
            with writing(run):
                model._default_manager.filter(pk__in=some).delete()
        ended = mine.filter(last_run__gte=run.number, last_run__lt=STANDING).values_list("pk", flat=True)
        for some in _chunks(ended):
            with writing(run):
                model._default_manager.filter(pk__in=some).update(last_run=STANDING)


def _known(run: StoredAnalysis, model: type[models.Model], *key: str) -> _Known:
    """Rows that stand, by their key: their primary key and their digest."""
    rows = model._default_manager.filter(incident=run.incident_id, last_run=STANDING).order_by()
    if len(key) == 1:
        return {name: (pk, digest) for name, pk, digest in rows.values_list(*key, "pk", "digest").iterator(20_000)}
    return {(*name,): (pk, digest) for *name, pk, digest in rows.values_list(*key, "pk", "digest").iterator(20_000)}


def _end(run: StoredAnalysis, model: type[models.Model], keys: Iterable[int]) -> None:
    """Rows end before this run. Runs that are shown keep them."""
    for some in _chunks(keys):
        with writing(run):
            model._default_manager.filter(pk__in=some).update(last_run=run.number)


def _text(counts: Counts) -> bytes:
    return orjson.dumps(counts)


def _chunks(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    rest = iter(list(items))
    while some := list(islice(rest, CHUNK)):
        yield some

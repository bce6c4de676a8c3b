"""Storing runs: rows are shared, old runs stay as they were, and nothing half-written ever shows. On both databases."""

from __future__ import annotations

import copy
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afteraction.core.overlay import Edit, Verb
from afteraction.web.incidents import queries
from afteraction.web.incidents.actions import keep_edit, open_incident, run_writing, store_analysis
from afteraction.web.incidents.actions.run_writing import RunTaken
from afteraction.web.incidents.models import AnalysedEvent, CountedBlock, Incident, StoredAnalysis, Triage
from afteraction.web.incidents.models.analysis import STANDING
from tests.web import documents

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("either_database")]
Json = dict[str, Any]
# The verb has the module's name, and stands in the way of importing it.
STORING = sys.modules["afteraction.web.incidents.actions.store_analysis"]


def incident(key: str = "INC-1") -> Incident:
    """An incident without anything."""
    return open_incident(key, title="x")


def test_two_runs_share_the_rows_of_events_that_did_not_change() -> None:
    it = incident()
    first = store_analysis(it, documents.document(), "f1")
    changed = documents.events()
    changed[0] = {**changed[0], "title": "another wording"}
    second = store_analysis(it, documents.document(id="b", events=changed[:-1]), "f2")
    assert AnalysedEvent.objects.filter(incident=it).count() == len(changed) + 1
    assert queries.whole_document(first) == documents.document()
    assert queries.whole_document(second) == documents.document(id="b", events=changed[:-1])
    assert AnalysedEvent.objects.filter(incident=it, first_run=2).count() == 1
    assert (first.event_count, second.event_count) == (len(changed), len(changed) - 1)


def test_storing_the_same_run_again_writes_nothing() -> None:
    it = incident()
    first = store_analysis(it, documents.document(), "f1")
    rows = list(AnalysedEvent.objects.order_by("id").values_list("id", "first_run", "last_run"))
    blocks = list(CountedBlock.objects.order_by("id").values_list("id", "first_run", "last_run"))
    assert store_analysis(it, documents.document(), "f1") == first
    store_analysis(it, documents.document(id="b"), "f2")
    assert list(AnalysedEvent.objects.order_by("id").values_list("id", "first_run", "last_run")) == rows
    assert list(CountedBlock.objects.order_by("id").values_list("id", "first_run", "last_run")) == blocks


def test_what_was_taken_back_shows_again() -> None:
    """The same evidence and edits as two runs ago are the newest run, not a row of the past."""
    it = incident()
    store_analysis(it, documents.document(), "f1")
    store_analysis(it, documents.document(id="b", events=documents.events()[:3]), "f2")
    third = store_analysis(it, documents.document(), "f1")
    assert queries.latest_analysis(it) == third
    assert third.number == 3
    assert queries.whole_document(third) == documents.document()


class Killed(Exception):
    """Stands for a process that dies."""


@pytest.mark.parametrize("dies_after", range(1, 9))
def test_a_run_that_died_never_shows_and_leaves_nothing_behind(monkeypatch, dies_after: int) -> None:
    it = incident()
    first = store_analysis(it, documents.document(), "f1")
    changed = [{**event, "title": f"other {n}"} for n, event in enumerate(documents.events())][:-dies_after]
    monkeypatch.setattr(run_writing, "CHUNK", 30)
    left = iter(range(dies_after))
    plain = run_writing.writing

    def fragile(run: StoredAnalysis):
        if next(left, None) is None:
            raise Killed
        return plain(run)

    monkeypatch.setattr(run_writing, "writing", fragile)
    with pytest.raises(Killed):
        store_analysis(it, documents.document(id="b", events=changed), "f2")
    assert queries.latest_analysis(it) == first
    assert queries.whole_document(first) == documents.document()
    seen = queries.event_page(first, only_key=False, after=None, size=500)
    assert [row.event_id for row in seen.events] == [event["id"] for event in documents.events()]

    monkeypatch.setattr(run_writing, "writing", plain)
    after = store_analysis(it, documents.document(id="c", events=changed), "f3")
    assert queries.whole_document(after) == documents.document(id="c", events=changed)
    assert queries.whole_document(first) == documents.document()
    assert StoredAnalysis.every.filter(incident=it, published_at=None).count() == 0
    assert AnalysedEvent.objects.filter(incident=it, first_run=2).count() == len(changed)


def test_who_was_overtaken_while_writing_stops(monkeypatch) -> None:
    it = incident()
    plain = run_writing.write_density

    def overtaken(run: StoredAnalysis, rows: Any) -> None:
        monkeypatch.undo()
        store_analysis(it, documents.document(id="b"), "f2")
        plain(run, rows)

    monkeypatch.setattr(STORING, "write_density", overtaken)
    with pytest.raises(RunTaken):
        store_analysis(it, documents.document(), "f1")
    newest = queries.latest_analysis(it)
    assert newest is not None
    assert newest.fingerprint == "f2"
    assert queries.whole_document(newest) == documents.document(id="b")


def test_long_lists_are_cut_in_the_head_alone() -> None:
    gap = documents.document()["gaps"][0]
    many = [{**gap, "sentence": f"gap {n}"} for n in range(700)]
    document = documents.document(gaps=many)
    stored = store_analysis(incident(), document, "f1")
    assert len(stored.head["gaps"]) == 200
    assert stored.totals["gaps"] == 700
    assert queries.whole_document(stored) == document


def test_decisions_made_before_and_while_a_run_is_written_are_on_its_rows_and_in_its_counts(monkeypatch) -> None:
    from datetime import UTC, datetime

    from django.utils import timezone

    it = incident()
    keep_edit(it, Edit(id="1", verb=Verb.ACCEPT, event_ids=("ev0001",), at=datetime(2026, 5, 13, tzinfo=UTC)))
    plain = run_writing.write_density

    def meanwhile(run: StoredAnalysis, rows: Any) -> None:
        plain(run, rows)
        keep_edit(it, Edit(id="2", verb=Verb.DISMISS, event_ids=("ev0100",), at=timezone.now()))

    monkeypatch.setattr(STORING, "write_density", meanwhile)
    stored = store_analysis(it, documents.document(), "f1")
    triage = {name: row.triage for name, row in queries.events_named(stored, ["ev0001", "ev0100", "ev0002"]).items()}
    assert triage == {"ev0001": Triage.KEPT, "ev0100": Triage.HIDDEN, "ev0002": Triage.OPEN}
    assert (queries.counted(stored).kept, queries.counted(stored).hidden) == (1, 1)
    assert queries.counted(stored).open == len(documents.events()) - 2


def _event(number: int, text: str, second: int) -> Json:
    lane = ("logs", "chat", "alerts")[number % 3]
    return documents.event(number, f"14:{second // 60:02d}:{second % 60:02d}", lane, "note", text)


_EVENTS = st.dictionaries(
    st.integers(0, 11), st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 600)), max_size=12
)  # fmt: skip
_RUNS = st.lists(_EVENTS, min_size=1, max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=_RUNS)
def test_any_sequence_of_runs_reads_as_if_each_had_rows_of_its_own(runs: list[dict[int, tuple[str, int]]]) -> None:
    it = incident(f"INC-{uuid.uuid4().hex}")
    written: list[tuple[StoredAnalysis, Json]] = []
    for number, said in enumerate(runs):
        events = sorted((_event(n, *one) for n, one in said.items()), key=lambda each: (each["value"], each["id"]))
        document = documents.document(id=f"run{number}", events=events)
        written.append((store_analysis(it, copy.deepcopy(document), f"f{number}"), document))
    for stored, document in written:
        assert queries.whole_document(stored) == document
        assert queries.density(stored).events == len(document["events"])
        assert [row["id"] for row in _paged(stored)] == [event["id"] for event in document["events"]]
    standing = AnalysedEvent.objects.filter(incident=it, last_run=STANDING).count()
    assert standing == len(written[-1][1]["events"])


def _paged(stored: StoredAnalysis) -> Iterator[Json]:
    after = None
    while True:
        page = queries.event_page(stored, only_key=False, after=after, size=5)
        yield from (row.value for row in page.events)
        if page.following is None:
            return
        after = queries.read_key(str(page.following))


def test_every_page_reads_its_index_alone(either_database: str) -> None:
    """Nothing of the plans scans the table or sorts, so a page costs the same however many events there are; and that
    right after they were stored, before the database looked at its tables by itself."""
    it = incident()
    events = [_event(n, "x", n % 3000) for n in range(3_000)]
    stored = store_analysis(it, documents.document(events=events), "f1")
    key = queries.Key(queries.rows_of_run(stored).order_by("at_us")[1500].at_us, "")
    plans = [
        ("events_by_time", queries.rows_of_run(stored).order_by("at_us", "event_id")[:21]),
        ("events_by_time", queries.rows_of_run(stored).filter(at_us__gte=key.at_us).order_by("at_us", "event_id")[:60]),
        ("key_events_by_time", queries.rows_of_run(stored).filter(is_key=True).order_by("at_us", "event_id")[:60]),
    ]
    for index, rows in plans:
        plan = rows.explain()
        assert index in plan, plan
        assert "TEMP B-TREE" not in plan and "Seq Scan" not in plan and "Sort" not in plan, plan

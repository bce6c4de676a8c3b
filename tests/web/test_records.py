"""What is kept: analyses that never change, events as rows, and people's edits. On both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from afteraction.core.instant import Instant, Precision, TimeSource
from afteraction.core.overlay import Edit, Verb
from afteraction.core.records import EventKind
from afteraction.web.incidents import queries
from afteraction.web.incidents.actions import keep_edit, open_incident, storable, store_analysis
from afteraction.web.incidents.editing.edits import edits_of
from afteraction.web.incidents.models import AnalysedEvent, StoredAnalysis
from afteraction.web.incidents.timeline.picture import look
from afteraction.web.ui.drawing.scale import Scale
from tests.web import documents

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("either_database")]


def test_the_document_comes_back_as_it_was_made() -> None:
    document = documents.document()
    stored = store_analysis(open_incident("INC-1", title="x"), document, "f1")
    assert queries.whole_document(stored) == document


def test_the_same_analysis_again_is_the_row_that_is_there() -> None:
    incident = open_incident("INC-1", title="x")
    first = store_analysis(incident, documents.document(), "f1")
    again = store_analysis(incident, documents.document(events=[]), "f1")
    assert first.pk == again.pk
    assert AnalysedEvent.objects.count() == len(documents.events())


def test_a_new_run_leaves_the_earlier_one_as_it_was() -> None:
    incident = open_incident("INC-1", title="x")
    first = store_analysis(incident, documents.document(), "f1")
    second = store_analysis(incident, documents.document(id="other", events=documents.events()[:5]), "f2")
    assert queries.latest_analysis(incident) == second
    assert queries.analysis_of(incident, "f2") == second
    # What was analysed before is analysed again: people see the newest run, and that is another.
    assert queries.analysis_of(incident, "f1") is None
    assert queries.whole_document(first) == documents.document()


def test_evidence_that_databases_refuse_is_kept_readable() -> None:
    event = documents.event(1, "14:00", "logs", "signal", "nul \x00 and \ud800 lone", attributes={"n": float("nan")})
    stored = store_analysis(open_incident("INC-1", title="x"), documents.document(events=[event]), "f1")
    kept = AnalysedEvent.objects.get(incident=stored.incident).value
    assert kept["title"] == "nul \u2400 and ? lone"
    assert kept["attributes"] == {"n": None}


def test_storable_leaves_ordinary_values_alone() -> None:
    value = {"a": [1, 2.5, None, True, "für Elise"], "b": {"c": ""}}
    assert storable(value) == value


def test_pages_of_events_cover_each_event_once_even_at_one_moment() -> None:
    events = [documents.event(n, "14:00", "chat", "note", f"m{n}") for n in range(130)]
    stored = store_analysis(open_incident("INC-1", title="x"), documents.document(events=events), "f1")
    seen: list[str] = []
    after = None
    while True:
        page = queries.event_page(stored, only_key=False, after=after, size=25)
        seen += [event.event_id for event in page.events]
        if page.following is None:
            break
        after = queries.read_key(str(page.following))
    assert seen == [event["id"] for event in events]


def test_a_crowded_lane_is_counted_whole_by_the_database() -> None:
    events = [documents.event(n, f"14:{n // 20:02d}:{n % 20 * 3:02d}", "logs", "signal", "e") for n in range(900)]
    stored = store_analysis(open_incident("INC-1", title="x"), documents.document(events=events), "f1")
    scale = Scale(datetime(2026, 5, 12, 14, tzinfo=UTC), datetime(2026, 5, 12, 14, 30, tzinfo=UTC))
    seen = look(stored, scale)
    inside = [event for event in events if event["value"] < "2026-05-12T14:30:00Z"]
    assert seen.events == len(inside)
    bars = seen.counted["signals"]
    assert sum(bar.count for bar in bars) == len(inside)
    assert queries.moment_at(bars[0].start_us) == scale.start
    assert queries.moment_at(bars[-1].end_us) == scale.end


@pytest.mark.parametrize("text", ["", "x.y", "5", "9" * 30 + ".a"])
def test_a_place_that_is_none_begins_at_the_start(text: str) -> None:
    assert queries.read_key(text) is None


def test_an_edit_comes_back_as_it_was_kept() -> None:
    incident = open_incident("INC-1", title="x")
    at = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
    typed = Instant(utc=datetime(2026, 5, 12, 15, 22, tzinfo=UTC), original_text="17:22", source_tz="Europe/Berlin",
                    precision=Precision.MINUTE, source=TimeSource.HUMAN)  # fmt: skip
    edits = (
        Edit(id="1", verb=Verb.PIN, event_ids=("a",), at=at, author="p1", milestone="t_resolved", instant=typed),
        Edit(id="2", verb=Verb.EDIT, event_ids=("b", "c"), at=at, title="Rollback", kind=EventKind.MITIGATION),
        Edit(id="3", verb=Verb.DISMISS, event_ids=("d",), at=at, reason="a link, not an event"),
    )
    for edit in (*edits, edits[0]):
        keep_edit(incident, edit)
    assert edits_of(incident) == edits


def test_edits_outlive_every_analysis() -> None:
    incident = open_incident("INC-1", title="x")
    store_analysis(incident, documents.document(), "f1")
    keep_edit(incident, Edit(id="1", verb=Verb.DISMISS, event_ids=("ev0001",), at=datetime(2026, 5, 13, tzinfo=UTC)))
    StoredAnalysis.objects.all().delete()
    store_analysis(incident, documents.document(events=[]), "f2")
    assert [edit.event_ids for edit in edits_of(incident)] == [("ev0001",)]


def test_two_events_of_one_analysis_never_share_an_id() -> None:
    twice = [documents.event(1, "14:00", "chat", "note", "a"), documents.event(1, "14:01", "chat", "note", "b")]
    with pytest.raises(IntegrityError), transaction.atomic():
        store_analysis(open_incident("INC-1", title="x"), documents.document(events=twice), "f1")
    assert StoredAnalysis.objects.count() == 0

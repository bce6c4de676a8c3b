"""Whatever a reader yields comes back from the store exactly as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import get_origin, get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.instant import Instant
from afteraction.core.records import Change, ChangeKind, Document, Event, Lane, LogLine, Sample
from afteraction.stores.evidence import EvidenceStore
from tests.effort import examples
from tests.stores.evidence_files import original

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(int, st.integers(0, 2**62))
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(timedelta, st.timedeltas(timedelta(0), timedelta(days=30)))

AT = Instant(utc=datetime(2026, 5, 12, 14, 2, tzinfo=UTC), original_text="2026-05-12T14:02Z")


def every_field(record):
    """Records with every field drawn, none left at its default."""
    hints = get_type_hints(record)
    drawn = {field.name: _of(hints[field.name]) for field in fields(record)}
    return st.builds(record, **drawn)


def _of(hint):
    if get_origin(hint) is Mapping:
        return st.dictionaries(TEXT, TEXT, max_size=3)
    if is_dataclass(hint):
        return every_field(hint)
    if getattr(hint, "__args__", None) and type(None) in hint.__args__:
        return st.none() | _of(next(inner for inner in hint.__args__ if inner is not type(None)))
    return st.from_type(hint)


@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data())
def test_events_changes_and_documents_come_back_field_by_field(tmp_path_factory, data):
    store = EvidenceStore(tmp_path_factory.mktemp("store"))
    for kind, back in ((Event, store.events), (Change, store.changes), (Document, store.documents)):
        given_records = data.draw(st.lists(every_field(kind), max_size=3))
        store.import_records(original(b"x", evidence_id=kind.__name__), given_records)
        found = back()
        assert len(found) == len(given_records)
        assert all(record in found for record in given_records)


def event(seconds: int, pointer: str, title: str = "deployed") -> Event:
    at = replace(AT, utc=AT.utc + timedelta(seconds=seconds))
    return Event(instant=at, title=title, evidence=EvidenceRef("e" * 64, Locator(pointer=pointer)), lane=Lane.CHANGES)


def test_events_are_given_by_time(tmp_path):
    store = EvidenceStore(tmp_path)
    store.import_records(original(b"x"), [event(9, "/a"), event(1, "/b"), event(5, "/c")])
    assert [found.evidence.locator.pointer for found in store.events()] == ["/b", "/c", "/a"]


def test_importing_again_replaces_what_was_there(tmp_path):
    store = EvidenceStore(tmp_path)
    change = Change(instant=AT, kind=ChangeKind.FLAG, title="flag on", evidence=EvidenceRef("e" * 64))
    store.import_records(original(b"x"), [event(1, "/a"), change])
    store.import_records(original(b"x"), [event(1, "/a", "rolled back")])
    assert [found.title for found in store.events()] == ["rolled back"]
    assert store.changes() == []
    assert store.counts() == {"events": 1}


def test_a_second_original_keeps_the_first(tmp_path):
    store = EvidenceStore(tmp_path)
    store.import_records(original(b"x", evidence_id="a"), [event(1, "/a")])
    store.import_records(original(b"y", evidence_id="b"), [event(2, "/b")])
    assert [found.evidence.locator.pointer for found in store.events()] == ["/a", "/b"]


def test_undated_documents_come_last(tmp_path):
    store = EvidenceStore(tmp_path)
    undated = Document(kind=EvidenceKind.PICTURE, title="undated", evidence=EvidenceRef("e" * 64))
    dated = replace(undated, title="dated", captured_at=AT)
    store.import_records(original(b"x"), [undated, dated])
    assert [found.title for found in store.documents()] == ["dated", "undated"]


def test_one_record_that_does_not_fit_costs_no_other(tmp_path):
    store = EvidenceStore(tmp_path)
    line = LogLine(instant=AT, message="m", evidence=EvidenceRef("e" * 64, Locator(line=1)))
    huge = replace(line, status=2**70, evidence=EvidenceRef("e" * 64, Locator(line=2)))
    outcome = store.import_records(original(b"x"), [line, huge, Failure("app.jsonl", "broken", lost=3)])
    assert outcome.rows == {"logs": 1}
    assert outcome.failures_total == 4
    assert [failure.locator.line for failure in outcome.failures] == [None, 2]


def test_text_with_lone_surrogates_is_kept_readable(tmp_path):
    store = EvidenceStore(tmp_path)
    store.import_records(original(b"x"), [event(1, "/a", "half \ud83d of an emoji")])
    assert store.events()[0].title == "half \ufffd of an emoji"


def test_samples_become_series_with_holes(tmp_path):
    store = EvidenceStore(tmp_path)
    samples = [
        Sample(
            instant=replace(AT, utc=AT.utc + timedelta(seconds=15 * step)), metric="errors", value=value,
            evidence=EvidenceRef("e" * 64, Locator(pointer=f"/{step}")), labels={"code": code}, service="cart",
        )
        for step, (value, code) in enumerate([(1.0, "500"), (None, "500"), (2.5, "500"), (7.0, "200")])
    ]  # fmt: skip
    store.import_records(original(b"x"), samples)
    by_code = {series.labels["code"]: series for series in store.series()}
    assert by_code["500"].times.tolist() == [AT.utc.timestamp() + step for step in (0, 15, 30)]
    assert [str(value) for value in by_code["500"].values] == ["1.0", "nan", "2.5"]
    assert by_code["200"].values.tolist() == [7.0]
    assert (by_code["200"].service, by_code["200"].evidence.locator.pointer) == ("cart", "/3")

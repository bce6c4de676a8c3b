"""One invented service, `search-api`; the trigger is at 09:40. Times are of 2026-03-03 UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.core.analysis import Incident
from afteraction.core.digests import Material, Settings
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Locator
from afteraction.core.findings import KeyChange
from afteraction.core.instant import Instant, Precision
from afteraction.core.records import Document, Event, Lane
from afteraction.engine.timeline.reconstruction import reconstruct
from afteraction.engine.timeline.snapshots import captures, changed_settings, differing

BASE = {"pool.size": "40", "pool.hold": "statement", "image": "v1"}


def at(clock: str, precision: Precision = Precision.SECOND) -> Instant:
    hour, minute = clock.split(":")
    moment = datetime(2026, 3, 3, tzinfo=UTC) + timedelta(hours=int(hour), minutes=int(minute))
    return Instant(utc=moment, precision=precision)


def snapshot(clock: str | None, values: Mapping[str, str], place: str = "search-api", **more: object) -> Document:
    taken = more.pop("captured_at", at(clock) if clock else None)
    name = str(more.pop("name", f"{place}-{clock}"))
    return Document(
        kind=more.pop("kind", EvidenceKind.CONFIG_SNAPSHOT),  # type: ignore[arg-type]
        title=place, evidence=EvidenceRef(name, more.pop("locator", Locator())),  # type: ignore[arg-type]
        captured_at=taken, place=place, settings=values, **more,  # type: ignore[arg-type]
    )  # fmt: skip


TRIGGER = at("09:40")


def test_two_snapshots_that_differ_in_one_key_give_exactly_that_key() -> None:
    before, during = snapshot("09:30", BASE), snapshot("10:00", {**BASE, "pool.hold": "request"})
    (change,) = changed_settings([during, before], TRIGGER)
    assert change.keys == (KeyChange("pool.hold", "statement", "request"),)
    assert (change.earlier, change.later) == (before, during)
    assert change.evidence == (before.evidence, during.evidence)
    assert change.is_before and change.order_known


def test_added_and_removed_keys_are_changes() -> None:
    without = {key: value for key, value in BASE.items() if key != "image"}
    (change,) = changed_settings([snapshot("09:30", without), snapshot("10:00", {**BASE, "new": ""})])
    assert change.keys == (KeyChange("image", None, "v1"), KeyChange("new", None, ""))


def test_each_is_compared_with_the_previous_one_of_its_place() -> None:
    later = [snapshot("10:00", {**BASE, "image": "v2"}), snapshot("10:30", {**BASE, "image": "v1"})]
    changes = changed_settings([snapshot("09:30", BASE), *later], TRIGGER)
    assert [change.keys[0].new for change in changes] == ["v2", "v1"]
    assert [change.is_before for change in changes] == [True, False]


def test_one_taken_after_the_trigger_is_not_offered_as_before() -> None:
    (change,) = changed_settings([snapshot("09:50", BASE), snapshot("10:00", {**BASE, "image": "v2"})], TRIGGER)
    assert not change.is_before


def test_two_taken_before_the_trigger_show_no_during() -> None:
    (change,) = changed_settings([snapshot("09:10", BASE), snapshot("09:30", {**BASE, "image": "v2"})], TRIGGER)
    assert not change.is_before


def test_one_that_may_have_been_taken_after_the_trigger_is_not_offered_either() -> None:
    maybe = snapshot(None, BASE, captured_at=at("09:00", Precision.HOUR))
    (change,) = changed_settings([maybe, snapshot("10:30", {**BASE, "image": "v2"})], TRIGGER)
    assert not change.is_before


def test_without_a_trigger_nothing_is_before() -> None:
    (change,) = changed_settings([snapshot("09:30", BASE), snapshot("10:00", {**BASE, "image": "v2"})])
    assert not change.is_before


def test_overlapping_times_are_said_to_have_no_known_order() -> None:
    minute = snapshot(None, {**BASE, "image": "v2"}, captured_at=at("09:30", Precision.MINUTE), name="minute")
    second = snapshot("09:30", BASE, name="a-second")
    (change,) = changed_settings([second, minute])
    assert not change.order_known


@pytest.mark.parametrize(
    "other",
    [
        snapshot("10:00", {"x": "1"}, place="index-api"),
        snapshot("10:00", {"x": "1"}, environment="staging"),
        snapshot("10:00", {"x": "1"}, attributes={"thing": "Deployment"}),
        snapshot(None, {"x": "1"}),
        snapshot("10:00", {"x": "1"}, kind=EvidenceKind.PICTURE),
        snapshot("10:00", BASE),
    ],
)
def test_what_shows_something_else_or_no_time_or_no_difference_is_no_change(other: Document) -> None:
    assert changed_settings([snapshot("09:30", BASE), other], TRIGGER) == []


def test_the_same_bytes_twice_are_one_snapshot() -> None:
    one, other = snapshot("09:30", BASE), snapshot("10:00", {**BASE, "image": "v2"})
    assert len(changed_settings([one, other, one, other])) == 1


def test_two_manifests_of_one_file_are_two_snapshots() -> None:
    first = snapshot("09:30", BASE, name="all", locator=Locator(line=1))
    second = snapshot("10:00", {**BASE, "image": "v2"}, name="all", locator=Locator(line=9))
    assert len(changed_settings([first, second])) == 1


_values = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("xyz"), max_size=6)


@given(_values, _values)
def test_applying_the_difference_gives_the_later_settings(old: dict[str, str], new: dict[str, str]) -> None:
    result = dict(old)
    for change in differing(old, new):
        assert change.old != change.new
        if change.new is None:
            del result[change.key]
        else:
            result[change.key] = change.new
    assert result == new


@given(st.lists(st.tuples(st.integers(0, 23), _values), max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_they_were_found_does_not_matter(rows: list[tuple[int, dict[str, str]]], random) -> None:  # type: ignore[no-untyped-def]
    documents = [snapshot(f"{hour}:00", values, name=str(number)) for number, (hour, values) in enumerate(rows)]
    mixed = random.sample(documents, len(documents))
    assert changed_settings(mixed, TRIGGER) == changed_settings(documents, TRIGGER)


def test_what_was_captured_stands_on_the_timeline_at_its_own_time_once() -> None:
    panel = snapshot("10:05", {}, kind=EvidenceKind.PICTURE, name="panel.png")
    told = reconstruct(Material(documents=[panel, panel, snapshot("09:30", BASE)]), Settings(), Incident())
    assert [event.title for event in told.events] == [
        "Configuration of search-api captured",
        "Picture of search-api captured",
    ]
    assert told.events[1].instant == at("10:05")
    assert told.events[1].evidence == panel.evidence


def test_undated_pictures_and_written_documents_are_not_placed() -> None:
    undated = snapshot(None, {}, kind=EvidenceKind.PICTURE)
    written = snapshot("10:00", {}, kind=EvidenceKind.DOCUMENT)
    assert captures([undated, written]) == []


def test_a_picture_changes_no_proposal_and_fills_no_silence() -> None:
    told = (("09:50", "t_impact_start"), ("12:30", "t_impact_end"))
    said = [
        Event(
            instant=at(clock), title="search", evidence=EvidenceRef("chat", Locator(line=line)),
            lane=Lane.DOCUMENT, attributes={"milestone": name},
        )
        for line, (clock, name) in enumerate(told, start=1)
    ]  # fmt: skip
    pictures = [snapshot(f"10:{minute}", {}, kind=EvidenceKind.PICTURE) for minute in range(10, 60, 5)]
    alone = reconstruct(Material(events=said), Settings(), Incident())
    shown = reconstruct(Material(events=said, documents=pictures), Settings(), Incident())
    assert (shown.milestones, shown.gaps, shown.windows) == (alone.milestones, alone.gaps, alone.windows)
    assert alone.gaps
    assert len(shown.events) == len(alone.events) + len(pictures)

"""The id of a reading follows its evidence, however often it was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.instant import Instant
from afteraction.core.records import Event, Lane

EVENT = Event(
    instant=Instant(utc=datetime(2026, 5, 12, tzinfo=UTC)),
    title="down",
    evidence=EvidenceRef("e" * 64, Locator(line=1)),
    lane=Lane.CHAT,
)


def test_a_reading_moved_to_another_place_has_another_id():
    first = EVENT.own_id
    moved = replace(EVENT, evidence=EvidenceRef("e" * 64, Locator(line=2)))
    assert EVENT.own_id == first
    assert moved.own_id != first
    assert replace(moved, evidence=EVENT.evidence).own_id == first


def test_asking_for_an_id_makes_no_difference_between_equal_readings():
    asked, unasked = replace(EVENT), replace(EVENT)
    assert asked.own_id
    assert asked == unasked
    assert repr(asked) == repr(unasked)

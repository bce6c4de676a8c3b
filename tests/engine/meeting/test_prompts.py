"""Personal prompts: few, from one's own entries, as cues, for nobody else's eyes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.instant import Instant
from afteraction.core.records import EventKind
from afteraction.engine.meeting.people import Seat
from afteraction.engine.meeting.prompts import REMINDER, Entry, prompts_for, reminders_for


def entry(number: int, person: str, kind: EventKind = EventKind.ACTION) -> Entry:
    moment = datetime(2027, 3, 2, 14, 0, tzinfo=UTC) + timedelta(minutes=number)
    return Entry(id=f"e{number}", at=Instant(utc=moment), title=f"step {number}", person=person, kind=kind)


def test_a_prompt_quotes_ones_own_entry_and_asks_a_cue() -> None:
    found = prompts_for("kim", [entry(26, "kim", EventKind.DECISION), entry(27, "lee")])
    assert [each.text for each in found] == ["14:26 UTC, “step 26”. Which options did you have in mind?"]


def test_who_has_no_entry_is_asked_nothing_and_a_machine_neither() -> None:
    assert prompts_for("zoe", [entry(1, "kim")]) == ()
    assert prompts_for("", [entry(1, "")]) == ()


def test_of_many_entries_three_are_asked_about_from_first_to_last() -> None:
    found = prompts_for("kim", [entry(n, "kim") for n in range(9)])
    assert [each.entry for each in found] == ["e0", "e4", "e8"]


def test_what_was_decided_comes_before_what_was_noted() -> None:
    entries = [entry(n, "kim", EventKind.NOTE) for n in range(5)]
    found = prompts_for("kim", [*entries, entry(30, "kim", EventKind.DECISION)])
    assert "e30" in [each.entry for each in found]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["kim", "lee", ""]), st.sampled_from(list(EventKind))), max_size=20),
    st.randoms(use_true_random=False),
)
def test_never_more_than_three_never_a_cue_twice_and_only_ones_own(rows: list, shuffle: object) -> None:
    entries = [entry(n, person, kind) for n, (person, kind) in enumerate(rows)]
    found = prompts_for("kim", entries)
    own = [each.id for each in entries if each.person == "kim"]
    assert len(found) == min(3, len(own))
    assert {each.entry for each in found} <= set(own)
    assert len({each.cue for each in found}) == len(found)
    shuffle.shuffle(entries)
    assert prompts_for("kim", entries) == found


def test_only_the_facilitator_is_reminded_and_of_nobody_by_name() -> None:
    assert reminders_for((Seat.OWNER, Seat.FACILITATOR)) == (REMINDER,)
    for seat in set(Seat) - {Seat.FACILITATOR}:
        assert reminders_for((seat,)) == ()
    assert reminders_for(()) == ()

"""The pause before a plan is fixed (SPEC R080, R155). It was resolved on 12 May 2026 at 15:30 UTC."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.engine.prevention.changes import Change, ChangeState, DoneWhen
from afteraction.engine.prevention.cooloff import (
    Refusal,
    comes_back,
    commit,
    commit_gaps,
    confirm,
    cool_off,
    first_state,
    waiting_line,
    why_not_commit,
)

RESOLVED = datetime(2026, 5, 12, 15, 30, tzinfo=UTC)
WINDOW = cool_off(RESOLVED)
BEFORE, AFTER = RESOLVED + timedelta(hours=23, minutes=59), RESOLVED + timedelta(hours=24, minutes=1)
READY = Change(
    id="C1", text="Every rollout passes the canary.", owner="7", due=date(2026, 6, 5),
    done_when=(DoneWhen(text="The stage exists", check="V13"),), state=ChangeState.PROVISIONAL,
)  # fmt: skip


def test_a_minute_before_the_day_is_over_a_commit_needs_a_reason_or_the_emergency_mark() -> None:
    refused = commit(READY, WINDOW, BEFORE)
    assert isinstance(refused, Refusal) and "13 May 15:30" in refused.sentence and refused.next_step
    assert isinstance(commit(replace(READY, commit_now_because="  "), WINDOW, BEFORE), Refusal)
    for ready in (replace(READY, commit_now_because="Releases go on tonight."), replace(READY, emergency=True)):
        done = commit(ready, WINDOW, BEFORE)
        assert isinstance(done, Change) and done.state is ChangeState.COMMITTED
        assert (done.commit_now_because or done.emergency) and done.confirmed_at == ""


def test_a_minute_after_neither_is_asked() -> None:
    done = commit(READY, WINDOW, AFTER)
    assert isinstance(done, Change) and (done.state, done.confirmed_at) == (
        ChangeState.COMMITTED, "2026-05-13T15:31:00Z",
    )  # fmt: skip


def test_at_the_full_day_it_is_over() -> None:
    assert why_not_commit(READY, WINDOW, RESOLVED + timedelta(hours=24)) is None


def test_while_nothing_is_resolved_everything_is_provisional() -> None:
    assert cool_off(None) is None
    assert first_state(None, AFTER) is ChangeState.PROVISIONAL
    assert isinstance(commit(READY, None, AFTER), Refusal)


def test_what_was_provisional_comes_back_once_and_does_not_flip_by_itself() -> None:
    early = replace(READY, id="C2", commit_now_because="Tonight.", state=ChangeState.COMMITTED)
    other = replace(READY, id="C3", state=ChangeState.PROPOSED)
    assert comes_back([READY, early, other], WINDOW, BEFORE) == ()
    assert comes_back([early, other, READY], WINDOW, AFTER) == (READY, early)
    assert comes_back([READY], WINDOW, AFTER + timedelta(days=90)) == (READY,), "it waits, unchanged"
    taken = [confirm(each, WINDOW, AFTER) for each in (READY, early)]
    assert [each.state for each in taken if isinstance(each, Change)] == [ChangeState.PROPOSED, ChangeState.COMMITTED]
    assert comes_back([each for each in taken if isinstance(each, Change)], WINDOW, AFTER) == ()
    assert isinstance(confirm(READY, WINDOW, BEFORE), Refusal)


def test_it_says_when_it_comes_back() -> None:
    assert waiting_line(READY, WINDOW, BEFORE) == "Parked idea: comes back 13 May 15:30 UTC for decision"
    assert waiting_line(READY, WINDOW, AFTER) == "Back for decision: confirm it, change it or drop it"
    assert waiting_line(replace(READY, state=ChangeState.COMMITTED), WINDOW, AFTER) == ""
    assert first_state(WINDOW, BEFORE) is ChangeState.PROVISIONAL
    assert first_state(WINDOW, AFTER) is ChangeState.PROPOSED


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (READY, ()),
        (replace(READY, owner=" "), ("an owner",)),
        (replace(READY, due=None), ("a date",)),
        (replace(READY, done_when=()), ("a definition of done",)),
        (replace(READY, done_when=(DoneWhen(text="It is better"),)), ("a check or a named auditor",)),
        (replace(READY, done_when=(DoneWhen(text=" ", check="V13"),)), ("a definition of done",)),
        (replace(READY, done_when=(DoneWhen(text="Signed", auditor="QA lead"),)), ()),
        (Change(id="C9", text="Improve."), ("an owner", "a date", "a definition of done")),
    ],
)
def test_a_commit_is_nothing_without_all_four(change: Change, missing: tuple[str, ...]) -> None:
    assert commit_gaps(change) == missing
    assert isinstance(commit(change, WINDOW, AFTER), Refusal) is bool(missing)


def test_a_confirmation_from_inside_the_pause_does_not_count() -> None:
    too_soon = replace(READY, confirmed_at="2026-05-12T17:30:00Z")
    assert comes_back([too_soon], WINDOW, AFTER) == (too_soon,)
    late_enough = replace(READY, confirmed_at="2026-05-13T15:30:00Z")
    assert comes_back([late_enough], WINDOW, AFTER) == ()


@given(st.integers(0, 10_000_000))
def test_nothing_flips_by_itself_however_long_it_waits(waited_s: int) -> None:
    now = RESOLVED + timedelta(hours=24, seconds=waited_s)
    assert comes_back([READY], WINDOW, now) == (READY,)
    assert waiting_line(READY, WINDOW, now) == "Back for decision: confirm it, change it or drop it"


def test_an_emergency_asks_for_no_reason_and_comes_back_all_the_same() -> None:
    assert why_not_commit(replace(READY, emergency=True), WINDOW, BEFORE) is None
    assert why_not_commit(replace(READY, commit_now_because=" "), WINDOW, BEFORE) is not None
    taken = commit(replace(READY, emergency=True), WINDOW, BEFORE)
    assert isinstance(taken, Change) and comes_back([taken], WINDOW, AFTER) == (taken,)

"""The pause: what is decided within a day of resolution comes back once, and nothing turns into a commitment alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from afteraction.engine.meeting.cooloff import Decision, Hold, commit_refusal, hold, to_confirm

RESOLVED = datetime(2027, 3, 3, 16, 0, tzinfo=UTC)
ENDS = RESOLVED + timedelta(hours=24)


def after(**time: int) -> datetime:
    return RESOLVED + timedelta(**time)


def test_one_minute_before_the_pause_ends_a_reason_or_the_emergency_tag_is_asked_for() -> None:
    early = after(hours=23, minutes=59)
    assert "reason" in commit_refusal(now=early, pause_ends=ENDS, because=" ", is_emergency=False)
    assert commit_refusal(now=early, pause_ends=ENDS, because="exploited now", is_emergency=False) == ""
    assert commit_refusal(now=early, pause_ends=ENDS, because="", is_emergency=True) == ""


def test_one_minute_after_neither_is_asked_for() -> None:
    late = after(hours=24, minutes=1)
    assert commit_refusal(now=late, pause_ends=ENDS, because="", is_emergency=False) == ""
    decided = Decision(id="C1", decided_at=late)
    assert hold(decided, now=late, pause_ends=ENDS).hold is Hold.HOLDS


def test_the_minute_at_which_the_pause_ends_is_after_it() -> None:
    assert commit_refusal(now=ENDS, pause_ends=ENDS, because="", is_emergency=False) == ""
    assert hold(Decision(id="C1", decided_at=ENDS), now=ENDS, pause_ends=ENDS).hold is Hold.HOLDS


def test_while_the_incident_goes_on_nothing_is_committed_without_a_reason() -> None:
    assert commit_refusal(now=RESOLVED, pause_ends=None, because="", is_emergency=False)
    held = hold(Decision(id="C1", decided_at=RESOLVED), now=after(days=3), pause_ends=None)
    assert (held.hold, held.returns_at) == (Hold.WAITS, None)


def test_an_early_decision_says_when_it_comes_back() -> None:
    held = hold(Decision(id="C1", decided_at=after(hours=1)), now=after(hours=2), pause_ends=ENDS)
    assert held.words == "Parked idea, comes back tomorrow 16:00 for decision"
    held = hold(Decision(id="C1", decided_at=after(hours=1)), now=after(hours=12), pause_ends=ENDS)
    assert held.words == "Parked idea, comes back today 16:00 for decision"


def test_an_early_commitment_shows_its_reason() -> None:
    held = hold(Decision(id="C1", decided_at=RESOLVED, early_because="exploited now"), now=RESOLVED, pause_ends=ENDS)
    assert (held.hold, held.words, held.is_provisional) == (Hold.NOW, "Committed at once: exploited now", False)


def test_a_provisional_decision_comes_back_and_holds_only_when_it_is_confirmed() -> None:
    waiting = Decision(id="C1", decided_at=after(hours=1))
    assert to_confirm([waiting], now=ENDS - timedelta(seconds=1), pause_ends=ENDS) == ()
    assert to_confirm([waiting], now=ENDS, pause_ends=ENDS) == ("C1",)
    confirmed = Decision(id="C1", decided_at=after(hours=1), confirmed_at=after(hours=25))
    assert to_confirm([confirmed], now=after(hours=26), pause_ends=ENDS) == ()
    too_soon = Decision(id="C1", decided_at=after(hours=1), confirmed_at=after(hours=2))
    assert to_confirm([too_soon], now=after(hours=26), pause_ends=ENDS) == ("C1",)


@given(st.integers(0, 86_399), st.integers(0, 10_000_000))
def test_nothing_flips_by_itself_however_long_it_waits(decided_s: int, waited_s: int) -> None:
    decision = Decision(id="C1", decided_at=after(seconds=decided_s))
    assert hold(decision, now=after(seconds=decided_s + waited_s), pause_ends=ENDS).is_provisional

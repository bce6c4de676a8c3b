"""When a review is due: starts, two clocks, reopened incidents and the words for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.findings import Metric
from afteraction.engine.metrics.business import BusinessClock, Calendar
from afteraction.engine.review.policy import PRESETS, Days, Term
from afteraction.engine.review.timers import (
    Done,
    Ending,
    Standing,
    Timers,
    clock_start,
    due_after,
    is_substantive,
    timers,
)
from tests.engine.metrics.cast import figures, milestones, said

LONDON = ZoneInfo("Europe/London")
OFFICE = Calendar(time(9), time(17), "Europe/London")
SEED = PRESETS["seed"].timing
# 18 April 2031 is a Friday in summer time.
FRIDAY = datetime(2031, 4, 18, 18, 0, tzinfo=LONDON)


def at(hours: float, since: datetime = FRIDAY) -> datetime:
    return since.astimezone(UTC) + timedelta(hours=hours)


def seen(now: datetime, *, done: Done = Done(), ending: Ending = Ending(resolved_at=FRIDAY)) -> Timers:  # noqa: B008
    return timers(SEED, ending, done, now, OFFICE)


class TestStart:
    def test_resolution_starts_the_clock(self) -> None:
        assert clock_start(Ending(mitigated_at=at(-9), resolved_at=FRIDAY)).at == FRIDAY

    def test_without_one_it_starts_24_h_after_mitigation(self) -> None:
        start = clock_start(Ending(mitigated_at=FRIDAY))
        assert (start.at, start.because) == (at(24), "24 h after mitigation, for nobody called it resolved")

    def test_a_reopened_incident_moves_the_clock(self) -> None:
        reopened = Ending(mitigated_at=at(-1), resolved_at=FRIDAY, reopened_at=at(5))
        assert clock_start(reopened).at is None
        assert seen(at(60), ending=reopened).draft.standing is Standing.WAITING
        over = clock_start(Ending(mitigated_at=at(-1), resolved_at=at(9), reopened_at=at(5)))
        assert (over.at, over.because) == (at(9), "resolution, after it was reopened")

    def test_nothing_known_starts_nothing(self) -> None:
        waiting = timers(SEED, Ending(), Done(), FRIDAY)
        assert (waiting.draft.due, waiting.draft.words, waiting.nudges) == (None, "the clock has not started", ())


class TestFridayEvening:
    def test_a_draft_is_due_on_sunday_by_the_calendar(self) -> None:
        due = seen(FRIDAY).draft.due
        assert due is not None and f"{due.astimezone(LONDON):%a %H:%M}" == "Sun 18:00"

    def test_and_on_tuesday_at_closing_by_working_days(self) -> None:
        by_days = replace(SEED, draft=Term(48, "h", Days.BUSINESS))
        due = timers(by_days, Ending(resolved_at=FRIDAY), Done(), FRIDAY, OFFICE).draft.due
        assert due is not None and f"{due.astimezone(LONDON):%a %H:%M}" == "Tue 17:00"

    def test_five_business_days_end_on_the_next_friday_and_skip_a_holiday(self) -> None:
        term = Term(5, "d", Days.BUSINESS)
        assert f"{due_after(term, FRIDAY, OFFICE).astimezone(LONDON):%a %d %H:%M}" == "Fri 25 17:00"
        easter = Calendar(time(9), time(17), "Europe/London", free=frozenset({datetime(2031, 4, 21).date()}))
        assert f"{due_after(term, FRIDAY, easter).astimezone(LONDON):%a %d %H:%M}" == "Mon 28 17:00"

    def test_started_at_noon_it_ends_at_noon(self) -> None:
        noon = FRIDAY.replace(hour=12)
        assert f"{due_after(Term(1, 'd', Days.BUSINESS), noon, OFFICE).astimezone(LONDON):%a %H:%M}" == "Mon 12:00"

    def test_a_calendar_without_working_days_is_refused(self) -> None:
        never = Calendar(time(9), time(17), weekdays=frozenset())
        with pytest.raises(ValueError, match="no working time"):
            due_after(Term(1, "d", Days.BUSINESS), FRIDAY, never)


class TestClockChange:
    """Clocks go forward on 30 March 2031 and back on 26 October 2031, both Sundays at 01:00 UTC."""

    @pytest.mark.parametrize(("friday", "local"), [((3, 28), "Sun 19:00"), ((10, 24), "Sun 17:00")])
    def test_48_hours_stay_48_hours(self, friday: tuple[int, int], local: str) -> None:
        start = datetime(2031, *friday, 18, tzinfo=LONDON)
        due = due_after(Term(48), start)
        assert due.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=48)
        assert f"{due.astimezone(LONDON):%a %H:%M}" == local

    def test_a_lag_over_the_change_is_in_elapsed_time(self) -> None:
        start = datetime(2031, 3, 28, 18, tzinfo=LONDON)
        drafted = datetime(2031, 3, 30, 18, tzinfo=LONDON)
        mark = timers(SEED, Ending(resolved_at=start), Done(drafted_at=drafted), drafted).draft
        assert (mark.lag_s, mark.standing) == (47 * 3600, Standing.IN_TIME)

    @pytest.mark.parametrize("friday", [(3, 28), (10, 24)])
    def test_working_days_keep_their_hour(self, friday: tuple[int, int]) -> None:
        start = datetime(2031, *friday, 12, tzinfo=LONDON)
        due = due_after(Term(1, "d", Days.BUSINESS), start, OFFICE)
        assert f"{due.astimezone(LONDON):%a %H:%M}" == "Mon 12:00"


@settings(max_examples=80, deadline=None)
@given(
    st.datetimes(datetime(2031, 1, 1), datetime(2031, 12, 31)),
    st.integers(1, 200 * 3600),
)
def test_the_business_clock_measures_what_it_added(start: datetime, seconds: int) -> None:
    clock, moment = BusinessClock(OFFICE), start.replace(tzinfo=UTC)
    assert clock.seconds(moment, clock.after(moment, seconds)) == pytest.approx(seconds, abs=1e-3)


class TestMarks:
    def test_words_ahead_and_past(self) -> None:
        early = seen(at(19))
        assert (early.draft.words, early.draft.standing) == ("in 29 h", Standing.AHEAD)
        late = seen(at(126))
        assert (late.publish.words, late.publish.standing) == ("6 h past the 5 day mark", Standing.PASSED)
        assert late.draft.words == "3 d past the 48 hour mark"
        assert seen(at(47.5)).draft.words == "in 30 min"
        assert seen(at(48)).draft.words == "now"

    def test_done_in_time_or_late_is_a_fact_with_a_length(self) -> None:
        marks = seen(at(200), done=Done(drafted_at=at(10), published_at=at(126)))
        assert (marks.draft.standing, marks.draft.lag_s) == (Standing.IN_TIME, 36_000)
        assert (marks.publish.standing, marks.publish.words) == (Standing.LATE, "6 h past the 5 day mark")
        assert marks.publish.lag_s == 126 * 3600

    def test_a_draft_from_before_the_end_has_no_lag(self) -> None:
        marks = seen(at(1), done=Done(drafted_at=at(-3)))
        assert (marks.draft.lag_s, marks.draft.standing) == (0, Standing.IN_TIME)

    def test_commitments_open_after_the_pause(self) -> None:
        assert seen(at(20)).commit.words == "opens in 4 h"
        assert seen(at(24)).commit.words == "open"
        assert seen(at(30), done=Done(committed_at=at(3))).commit.standing is Standing.EARLY
        assert seen(at(30), done=Done(committed_at=at(25))).commit.words == "after the pause"

    def test_the_owner_is_nudged_at_24_and_44_hours_until_there_is_a_draft(self) -> None:
        assert seen(at(1)).nudges == (at(24), at(44))
        assert seen(at(1), done=Done(drafted_at=at(0.5))).nudges == ()

    def test_looking_back_counts_from_publication(self) -> None:
        marks = seen(at(200), done=Done(published_at=at(100)))
        assert [mark.due for mark in marks.look_back] == [at(100 + 24 * days) for days in (30, 60, 90)]

    def test_pagerduty_gives_a_sev_1_three_days_and_a_sev_2_five_working_days(self) -> None:
        policy = PRESETS["PagerDuty"]
        ending = Ending(resolved_at=FRIDAY)
        first = timers(policy.timing_for("SEV-1"), ending, Done(), FRIDAY, OFFICE).publish.due
        second = timers(policy.timing_for("SEV-2"), ending, Done(), FRIDAY, OFFICE).publish.due
        assert first is not None and second is not None
        assert [f"{due.astimezone(LONDON):%a %H:%M}" for due in (first, second)] == ["Mon 18:00", "Fri 17:00"]


def test_a_draft_is_one_with_a_timeline_impact_and_detection() -> None:
    assert is_substantive(3, has_impact=True, has_detection=True)
    assert not is_substantive(2, has_impact=True, has_detection=True)
    assert not is_substantive(9, has_impact=True, has_detection=False)
    assert not is_substantive(9, has_impact=False, has_detection=True)


def test_m25_tells_the_same_lag_and_verdict() -> None:
    metric = figures(
        milestones=milestones(resolved="2031-04-18 17:00:00"),
        process={"drafted": said("2031-04-20 18:00:00"), "published": said("2031-04-20 19:00:00")},
    )["M25"]
    resolved = datetime(2031, 4, 18, 17, tzinfo=UTC)
    marks = timers(
        SEED, Ending(resolved_at=resolved),
        Done(drafted_at=resolved + timedelta(hours=49), published_at=resolved + timedelta(hours=50)),
        resolved + timedelta(days=9),
    )  # fmt: skip
    assert marks.draft.lag_s == metric.value
    draft, publication = metric.detail["draft"], metric.detail["publication"]
    assert isinstance(draft, Metric) and isinstance(publication, Metric)
    assert (draft.detail["verdict"], marks.draft.standing) == ("late", Standing.LATE)
    assert (publication.detail["verdict"], marks.publish.standing) == ("in time", Standing.IN_TIME)

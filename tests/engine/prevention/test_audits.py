"""The day of an audit: the first day of the sprint after a commit is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afteraction.engine.prevention.audits import audit_day, sprint_start

FIRST = date(2026, 11, 2)
TODAY = date(2026, 11, 21)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
        # Due on the day on which a sprint begins: there is the whole of that day to do it.
        (date(2026, 11, 30), date(2026, 12, 14)),
        (date(2026, 12, 20), date(2026, 12, 28)),
        # Past its date, or without one: the next sprint.
        (date(2026, 11, 1), date(2026, 11, 30)),
        (None, date(2026, 11, 30)),
    ],
)
def test_a_commit_is_audited_when_the_sprint_after_its_date_begins(due: date | None, day: date) -> None:
    assert audit_day(due, FIRST, 14, TODAY) == day


def test_on_the_day_on_which_a_sprint_begins_it_is_the_next() -> None:
    assert audit_day(date(2026, 11, 20), FIRST, 14, date(2026, 11, 30)) == date(2026, 11, 30)


@given(first=DAYS, since=DAYS, days=st.integers(1, 366))
def test_a_sprint_begins_within_its_own_length_whichever_way_one_counts(first: date, since: date, days: int) -> None:
    start = sprint_start(first, days, since)
    assert since <= start < since + timedelta(days=days)
    assert (start - first).days % days == 0


@given(due=st.none() | DAYS, first=DAYS, days=st.integers(1, 60), today=DAYS)
def test_no_audit_is_in_the_past_or_before_the_date(due: date | None, first: date, days: int, today: date) -> None:
    day = audit_day(due, first, days, today)
    assert day >= today and (due is None or due < today or day > due)


def test_a_sprint_without_days_is_none() -> None:
    with pytest.raises(ValueError, match="one day or more"):
        sprint_start(FIRST, 0, TODAY)

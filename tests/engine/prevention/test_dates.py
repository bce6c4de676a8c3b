"""Due dates by size and severity (SPEC R084–R086, R139, R155)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.prevention.changes import Change, ChangeState, DoneWhen, Size
from afteraction.engine.prevention.dates import (
    PRESETS,
    day_off,
    lines_to_audit,
    propose_due,
    severity_level,
)
from tests.effort import examples

SEED, WORKING = PRESETS["seed"], replace(PRESETS["seed"], working_days=True)
WEDNESDAY = date(2026, 5, 13)


@pytest.mark.parametrize(
    ("policy", "size", "severity", "days"),
    [
        ("seed", Size.S, "SEV-3", 14), ("seed", Size.M, "SEV-3", 28), ("seed", Size.L, "SEV-3", 56),
        ("seed", Size.S, "SEV-1", 14), ("seed", Size.M, "SEV-1", 15), ("seed", Size.L, "SEV-2", 30),
        ("seed", Size.M, "SEV-2", 28), ("seed", Size.XL, "SEV-3", 56), ("seed", Size.XL, "SEV-1", 15),
        ("seed", Size.M, "", 28), ("seed", None, "SEV-2", 30), ("seed", None, "SEV-4", None),
        ("PagerDuty", Size.S, "SEV-1", 15), ("PagerDuty", Size.L, "SEV-2", 30),
        ("Atlassian", Size.L, "SEV-1", 28), ("Atlassian", Size.M, "SEV-2", 28),
    ],
)  # fmt: skip
def test_a_change_is_due_by_its_size_and_no_later_than_the_severity_allows(policy, size, severity, days) -> None:
    due = propose_due(WEDNESDAY, size, severity, PRESETS[policy])
    assert due.day == (WEDNESDAY + timedelta(days=days) if days else None)
    assert due.because


@pytest.mark.parametrize(("size", "severity", "day"), [
    (Size.S, "SEV-3", date(2026, 5, 27)), (Size.M, "SEV-3", date(2026, 6, 10)), (Size.M, "SEV-1", date(2026, 5, 28)),
])  # fmt: skip
def test_working_days_are_weeks_of_five(size: Size, severity: str, day: date) -> None:
    assert propose_due(WEDNESDAY, size, severity, WORKING).day == day


def test_a_holiday_moves_a_date_of_working_days_and_no_other() -> None:
    holiday = (date(2026, 5, 25),)
    assert propose_due(WEDNESDAY, Size.S, "SEV-3", WORKING, free=holiday).day == date(2026, 5, 28)
    assert propose_due(WEDNESDAY, Size.S, "SEV-3", SEED, free=holiday).day == date(2026, 5, 27)


def test_where_the_severity_is_shorter_than_the_size_a_first_phase_is_asked_for() -> None:
    due = propose_due(WEDNESDAY, Size.M, "SEV-1", SEED)
    assert due.first_phase_by == date(2026, 5, 28)
    assert due.because == "prevents SEV-1 recurrence: 15 days, size M: 28 days would be 2026-06-10"
    assert propose_due(WEDNESDAY, Size.S, "SEV-1", SEED).first_phase_by is None


def test_architecture_work_begins_with_a_phase() -> None:
    due = propose_due(WEDNESDAY, Size.XL, "SEV-2", SEED)
    assert (due.day, due.first_phase_by) == (date(2026, 6, 12), date(2026, 6, 12))


@pytest.mark.parametrize(("text", "level"), [("SEV-2", 2), ("sev1", 1), ("P3", 3), ("2", 2), ("major", None),
                                             ("", None), ("SEV-12", None), (2, 2), (None, None)])  # fmt: skip
def test_a_severity_is_read_as_a_level(text: str | int | None, level: int | None) -> None:
    assert severity_level(text) == level


def test_a_day_off_is_named() -> None:
    free = {date(2026, 5, 25): "Spring bank holiday"}
    assert [day_off(date(2026, 5, day), free) for day in (22, 23, 24, 25)] == [
        "", "a Saturday", "a Sunday", "Spring bank holiday",
    ]  # fmt: skip


def test_the_audit_list_has_every_line_that_can_be_audited_of_every_commit() -> None:
    lines = (
        DoneWhen(text="Stage exists", check="V13"),
        DoneWhen(text="Looks fine"),
        DoneWhen(text="Signed", auditor="QA"),
    )
    commit = Change(id="C1", text="Canary", state=ChangeState.COMMITTED, done_when=lines)
    idea = replace(commit, id="C2", state=ChangeState.PROVISIONAL)
    assert [(each.id, line.text, line.check, line.auditor) for each, line in lines_to_audit([idea, commit])] == [
        ("C1", "Stage exists", "V13", ""), ("C1", "Signed", "", "QA"),
    ]  # fmt: skip


@settings(max_examples=examples(80), deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from([*Size, None]),
    st.sampled_from(["SEV-1", "SEV-2", "SEV-3", ""]), st.sampled_from([*PRESETS.values(), WORKING]),
)  # fmt: skip
def test_a_worse_severity_is_never_due_later(created, size, severity, policy) -> None:
    due = propose_due(created, size, severity, policy)
    worst = propose_due(created, size, "SEV-1", policy)
    if due.day is not None:
        assert worst.day is not None and created < worst.day <= due.day
    if size is Size.XL:
        assert due.first_phase_by is not None and due.first_phase_by <= created + timedelta(days=56)

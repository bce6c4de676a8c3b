"""Dates that are odd (SPEC D2, D3, R085, R086). Plans are written on Wednesday 13 May 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from afteraction.engine.prevention.changes import Change, ChangeState, DoneWhen, Phase, Size
from afteraction.engine.prevention.cooloff import cool_off
from afteraction.engine.prevention.dates import PRESETS
from afteraction.engine.prevention.due_findings import due_findings
from afteraction.engine.review.findings import Severity

CREATED = date(2026, 5, 13)
DONE = (DoneWhen(text="It runs", check="V26"),)


def found(change: Change, severity: str = "SEV-3", **more) -> list[str]:
    told = due_findings({"C1": change}, created=CREATED, severity=severity, policy=PRESETS["seed"], **more)
    assert all(each.severity is Severity.MAY and each.question for each in told)
    return [f"{each.code} {each.sentence.split('” ')[1]}" for each in told]


def change(size: Size | None, day: date | None, *phases: date, **more) -> Change:
    steps = tuple(Phase(text="First", due=each, done_when=DONE) for each in phases)
    return Change(id="C1", text="Split the pool.", size=size, due=day, phases=steps, **more)


@pytest.mark.parametrize(
    ("size", "day", "severity", "said"),
    [
        (Size.S, date(2026, 5, 27), "SEV-3", []),
        (Size.S, None, "SEV-3", []),
        (Size.S, date(2026, 5, 12), "SEV-3", ["D2 is due 2026-05-12, which is past."]),
        (Size.S, date(2026, 5, 23), "SEV-3", ["D2 is due on a Saturday."]),
        (Size.S, date(2026, 5, 25), "SEV-3", ["D2 is due on Spring bank holiday."]),
        (Size.S, date(2026, 5, 28), "SEV-3", ["D2 is due 2026-05-28, later than 2026-05-27 (size S: 14 days)."]),
        (Size.M, date(2026, 6, 10), "SEV-3", []),
        (Size.L, date(2026, 7, 8), "SEV-3", []),
        (Size.XL, date(2026, 7, 8), "SEV-3", ["D2 has no phases with dates of their own."]),
        (Size.XL, None, "SEV-1", ["D2 has no phases with dates of their own."]),
    ],
)  # fmt: skip
def test_a_date_that_is_odd_is_asked_about_once(size, day, severity, said) -> None:
    assert found(change(size, day), severity, free={date(2026, 5, 25): "Spring bank holiday"}) == said


def test_a_date_beyond_the_severity_is_right_once_a_first_phase_is_in_time() -> None:
    late, in_time = date(2026, 6, 10), date(2026, 5, 28)
    assert found(change(Size.M, late), "SEV-1")[0].startswith("D2 is due 2026-06-10, later than 2026-05-28")
    assert found(change(Size.M, late, in_time), "SEV-1") == []


def test_long_work_has_phases_and_the_first_comes_in_time() -> None:
    long = date(2026, 9, 30)
    assert found(change(Size.XL, long, date(2026, 7, 8))) == []
    assert found(change(Size.XL, long, date(2026, 7, 9))) == [
        "D2 has its first phase on 2026-07-09, later than 2026-07-08."
    ]
    bare = Change(id="C1", text="Split.", size=Size.XL, due=long, phases=(Phase(text="First", due=date(2026, 7, 8)),))
    assert found(bare) == ["D2 has a phase without a definition of done."]


def test_a_date_before_the_cool_off_is_over_is_asked_about_and_a_cancelled_change_is_not() -> None:
    window = cool_off(datetime(2026, 5, 12, 15, 30, tzinfo=UTC))
    assert found(change(Size.S, date(2026, 5, 13)), window=window) == ["D3 is due before the cool-off is over."]
    assert found(change(Size.S, date(2026, 5, 14)), window=window) == []
    assert found(change(Size.S, date(2026, 5, 12), state=ChangeState.CANCELLED), window=window) == []

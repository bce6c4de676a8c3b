"""When an action is due, to whom it belongs, and what it still has to say."""

# ruff: noqa: E501
from __future__ import annotations

from datetime import date

import pytest

from afteraction.engine.language.actions.checking import check_action
from afteraction.engine.language.actions.completion import complete
from afteraction.engine.language.actions.dates import said_date, working_day
from afteraction.engine.language.actions.owners import OVERLOADED_FROM, Standing, owner_in, why_not_one
from afteraction.engine.prevention.changes import Barrier
from afteraction.engine.prevention.dates import FIRST_PHASE_DAYS, PRESETS, phase_ladder

TODAY = date(2026, 3, 2)  # a Monday
ACTION = "Add an index on orders.customer_id"


@pytest.mark.parametrize(("said", "day"), [
    ("by 15 April 2026", date(2026, 4, 15)), ("by April 15th, 2026", date(2026, 4, 15)), ("until 2026-04-15", date(2026, 4, 15)),
    ("by 15.04.2026", date(2026, 4, 15)), ("by 15 April", date(2026, 4, 15)), ("by 15 February", date(2027, 2, 15)),
    ("by the end of Q3", date(2026, 9, 30)), ("in Q1 2027", date(2027, 3, 31)), ("by end of March", date(2026, 3, 31)),
    ("by mid-April", date(2026, 4, 15)), ("by end of the month", date(2026, 3, 31)), ("EOW", date(2026, 3, 6)),
    ("next sprint", date(2026, 3, 30)), ("this week", date(2026, 3, 6)), ("next month", date(2026, 4, 30)),
    ("within two weeks", date(2026, 3, 16)), ("within 10 working days", date(2026, 3, 16)), ("by Friday", date(2026, 3, 6)),
    ("by tomorrow", date(2026, 3, 3)), ("by the end of the year", date(2026, 12, 31)), ("by end of May", date(2026, 5, 29)),
])  # fmt: skip
def test_days_are_read_as_people_say_them_and_end_on_a_working_day(said: str, day: date) -> None:
    found = said_date(f"{ACTION} {said}.", TODAY)
    assert found is not None and found.day == day


@pytest.mark.parametrize("said", ["soon", "asap", "as soon as possible", "at some point", "in the near future"])
def test_what_names_no_day_is_told_so(said: str) -> None:
    found = said_date(f"{ACTION} {said}", TODAY)
    assert found is not None and found.day is None
    assert "D1" in {each.rule for each in check_action(f"{ACTION} {said}")}


@pytest.mark.parametrize(
    "text", ["Add 15 pods", "Keep 3 snapshots of ledger-db", "Fix v2.14 in march-importer", "", "may"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert said_date(text, TODAY) is None


def test_a_day_off_becomes_the_working_day_before() -> None:
    assert working_day(date(2026, 3, 8), {date(2026, 3, 6): "Founders' day"}) == date(2026, 3, 5)


@pytest.mark.parametrize(("due", "told"), [
    (date(2026, 2, 27), "is past"), (date(2026, 3, 7), "a Saturday"), (date(2026, 5, 1), "Labour day"),
    (date(2026, 6, 1), "later than 2026-03-17 (prevents SEV-1 recurrence: 15 days)"),
])  # fmt: skip
def test_a_date_that_does_not_hold_says_why(due: date, told: str) -> None:
    found = check_action(
        ACTION, due=due, today=TODAY, free={date(2026, 5, 1): "Labour day"}, latest=date(2026, 3, 17),
        latest_because="prevents SEV-1 recurrence: 15 days",
    )  # fmt: skip
    assert [each.rule for each in found] == ["D2"] and told in found[0].message


def test_a_date_inside_the_cool_off_is_asked_about() -> None:
    found = check_action(ACTION, due=date(2026, 3, 3), today=TODAY, not_before=date(2026, 3, 4))
    assert [each.rule for each in found] == ["D3"]


@pytest.mark.parametrize(("standing", "rule"), [
    (Standing(declined=True), "O2"), (Standing(open_commitments=OVERLOADED_FROM), "O2"), (Standing(away_until=date(2026, 4, 1)), "O2"),
    (Standing(outside="the vendor's client"), "O3"),
])  # fmt: skip
def test_what_keeps_an_owner_from_it_is_told(standing: Standing, rule: str) -> None:
    found = check_action(ACTION, owner="Kim Arlt", due=date(2026, 3, 16), today=TODAY, standing=standing)
    assert [each.rule for each in found] == [rule]
    assert check_action(ACTION, owner="Kim Arlt", standing=Standing(open_commitments=1)) == ()


@pytest.mark.parametrize("owner", ["Kim Arlt", "Anna-Lena O'Neill", "@kim", "José García", "李雷"])
def test_one_person_is_one_person_in_any_alphabet(owner: str) -> None:
    assert why_not_one(owner) == ""


@pytest.mark.parametrize(
    "owner", ["DevOps", "@payments-team", "@acme/sre", "Kim / Ravi", "TBD", "the on-call", "whoever is on duty"]
)
def test_a_group_or_several_are_not(owner: str) -> None:
    assert why_not_one(owner)


def test_an_owner_in_the_words_is_read() -> None:
    assert owner_in(f"{ACTION} (owner: platform team)") == "platform team"
    assert "O1" in {each.rule for each in check_action(f"{ACTION} (owner: platform team)")}
    assert "O1" not in {each.rule for each in check_action(f"{ACTION} (@kim)")}
    assert owner_in(ACTION) is None


def test_one_thing_is_asked_at_a_time_and_the_incident_answers_where_it_can() -> None:
    known = {"threshold": "above 80 %", "window": "5 min", "route": "the on-call"}
    text, asked = "Alert on pool usage of ledger-db", []
    for _ in range(6):
        found = complete(text, Barrier.DETECT, known, "from the pool")
        if not found.slot:
            break
        asked.append((found.slot, found.because))
        text = found.sentence
    assert asked == [("threshold", "from the pool"), ("window", "from the pool"), ("route", "from the pool")]
    assert not {each.rule for each in check_action(text)}


def test_nothing_is_proposed_that_nobody_measured() -> None:
    found = complete("Alert on pool usage of ledger-db", Barrier.DETECT)
    assert (found.slot, found.proposed, found.sentence) == ("threshold", "", "")
    assert complete("Refund the customers", Barrier.REPAIR).slot == ""


@pytest.mark.parametrize("barrier", list(Barrier))
@pytest.mark.parametrize("text", ["", "   ", "🙂", "?" * 5000, "Add\r\na gate", "أضف تنبيها"])
def test_any_text_can_be_completed(text: str, barrier: Barrier) -> None:
    complete(text, barrier, {"signal": "x"})


def test_phases_begin_by_the_floor_and_end_with_quarters() -> None:
    seed = PRESETS["seed"]
    first, *later = phase_ladder(TODAY, None, seed)
    assert (first - TODAY).days == FIRST_PHASE_DAYS
    assert later == [date(2026, 6, 30), date(2026, 9, 30)]
    assert (phase_ladder(TODAY, "SEV-1", seed)[0] - TODAY).days == 15

"""What messages state, and what they only ask, quote or weigh."""

from __future__ import annotations

import pytest

from afteraction.core.records import EventKind
from afteraction.engine.timeline import words
from afteraction.engine.timeline.classify import classify
from afteraction.engine.timeline.words import Says, what_it_says
from tests.engine.timeline.cast import ANNA, BOT, alert, says, ticket, wrote


def test_the_first_look_asks_for_something_of_every_mark():
    assert all(any(least in mark for least in words._LEAST) for marks, _ in words._COMPILED.values() for mark in marks)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("looking, checkout 5xx climbing", Says.ACKNOWLEDGES),
        ("I'm on it", Says.ACKNOWLEDGES),
        ("acked", Says.ACKNOWLEDGES),
        ("declaring incident SEV-2", Says.DECLARES),
        ("found it: the pool is full", Says.DIAGNOSES),
        ("root cause identified", Says.DIAGNOSES),
        ("redis failover initiated", Says.ACTS),
        ("I restarted the workers", Says.ACTS),
        ("rollback started", Says.ROLLS_BACK),
        ("rolled back to v2.13", Says.MITIGATED),
        ("error share back to normal", Says.RECOVERS),
        ("resolved, closing the incident", Says.RESOLVES),
        ("paging database on-call", Says.ESCALATES),
        ("customers are reporting failed payments", Says.REPORTS_USERS),
        ("watching the rollout of v2.14", Says.WATCHES),
        ("happened to notice it while working on something else", Says.BY_ACCIDENT),
        ("Update: still failing", Says.UPDATES),
    ],
)
def test_a_plain_statement_is_understood(text: str, stated: Says) -> None:
    assert stated in what_it_says(text)


@pytest.mark.parametrize(
    ("text", "not_stated"),
    [
        ("is it resolved?", Says.RESOLVES),
        ("not resolved yet", Says.RESOLVES),
        ("we close it once it is resolved", Says.RESOLVES),
        ("should we roll back?", Says.ROLLS_BACK),
        ("looking good now", Says.ACKNOWLEDGES),
        ("is the cause the pool?", Says.DIAGNOSES),
        ("redis is ruled out as the cause", Says.DIAGNOSES),
        ("> found it: the pool", Says.DIAGNOSES),
        ("`resolved` is printed by the job", Says.RESOLVES),
        ("raising the limit needs a restart, I would not do that", Says.ACTS),
        ('wording: "a fix is in place". Fine?', Says.MITIGATED),
    ],
)
def test_questions_quotes_conditions_and_denials_state_nothing(text: str, not_stated: Says) -> None:
    assert not_stated not in what_it_says(text)


def test_kinds_follow_from_lanes_and_words() -> None:
    events = [
        alert("14:11", "ErrorRate"),
        ticket("14:05", "card charged"),
        says("14:17", ANNA, "declaring SEV-2 incident"),
        says("14:26", ANNA, "restarting redis"),
        says("14:42", ANNA, "decision: roll back to v2.13"),
        says("14:43", ANNA, "rollback started"),
        says("14:52", ANNA, "checkouts work again"),
        says("14:53", BOT, "all good, resolved"),
        wrote("14:11", "Alert fired on checkout errors"),
    ]
    assert [event.kind for event in classify(events)] == [
        EventKind.DETECTION, EventKind.USER_REPORT, EventKind.DECISION, EventKind.ACTION, EventKind.DECISION,
        EventKind.MITIGATION, EventKind.RECOVERY, EventKind.NOTE, EventKind.DETECTION,
    ]  # fmt: skip


def test_a_reader_that_knows_better_is_not_overruled() -> None:
    event = says("14:00", ANNA, "restarting redis", kind=EventKind.ESCALATION)
    assert classify([event])[0].kind is EventKind.ESCALATION

"""Incidents without a review, declined ones, and what a metric rule would have opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.review.choosing import (
    Candidate,
    back_test,
    decline_problem,
    is_sampled,
    unreviewed,
)
from afteraction.engine.review.policy import PRESETS, MetricRule
from afteraction.engine.review.triggers import Posted, fired
from tests.engine.review.cast import NOW, facts, reached

SEED = PRESETS["seed"]


def test_an_incident_that_should_have_a_review_is_listed_until_it_has_one_or_is_declined() -> None:
    waiting = Candidate(key="INC-2", facts=facts(learning=3))
    quiet = Candidate(key="INC-1", facts=facts())
    assert [gap.key for gap in unreviewed(SEED, [waiting, quiet])] == ["INC-2"]
    assert unreviewed(SEED, [replace(waiting, has_review=True)]) == ()
    assert unreviewed(SEED, [replace(waiting, declined_because="Known flapping check (KB-12)")]) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["SEV-1", "SEV-2", "SEV-4", "purple"]), max_size=3),
            st.booleans(),
            st.sampled_from(["", "Declined: a drill"]),
        ),
        max_size=8,
    )
)
def test_a_sev_1_without_a_review_is_always_in_the_list(rows: list[tuple[list[str], bool, str]]) -> None:
    incidents = [
        Candidate(
            key=f"INC-{number}", facts=facts(severities=tuple(map(reached, severities))), has_review=has,
            declined_because=declined,
        )
        for number, (severities, has, declined) in enumerate(rows)
    ]  # fmt: skip
    listed = {gap.key for gap in unreviewed(SEED, incidents)}
    expected = {each.key for each, row in zip(incidents, rows, strict=True) if "SEV-1" in row[0] and not row[1]}
    assert expected <= listed
    assert listed.isdisjoint({each.key for each in incidents if each.has_review})


def test_a_review_is_declined_with_a_reason_but_a_sev_1_is_not() -> None:
    assert decline_problem(SEED, facts(learning=3), "Known flapping check (KB-12)") == ""
    assert "why" in decline_problem(SEED, facts(learning=3), "  ")
    assert "SEV-1 always" in decline_problem(SEED, facts(severities=(reached("SEV-1"),)), "A drill")


def test_about_a_tenth_of_declined_ones_is_sampled_and_always_the_same() -> None:
    keys = [f"INC-{number}" for number in range(5_000)]
    chosen = [key for key in keys if is_sampled(SEED, key)]
    assert 400 < len(chosen) < 600
    assert chosen == [key for key in keys if is_sampled(SEED, key)]
    assert not any(is_sampled(replace(SEED, sample=0), key) for key in keys)
    assert all(is_sampled(replace(SEED, sample=1), key) for key in keys[:100])


RULE = MetricRule(id="users", metric="users_affected", threshold=500)


def test_a_back_test_tells_how_often_a_rule_would_have_fired() -> None:
    def posted(value: float | None, days_ago: int, metric: str = "users_affected") -> tuple[Posted, ...]:
        return (Posted(metric=metric, value=value, at=NOW - timedelta(days=days_ago)),)

    history = {
        "INC-1": posted(900, 10), "INC-2": posted(20, 11), "INC-3": posted(None, 12), "INC-4": posted(501, 80),
        "INC-5": posted(9_000, 91), "INC-6": posted(7, 1, "revenue_at_risk"), "INC-7": (),
    }  # fmt: skip
    seen = back_test(RULE, history, NOW)
    assert [key for key, _, _ in seen.fired] == ["INC-4", "INC-1"]
    assert seen.quiet == 1
    assert seen.unknown == ("INC-3", "INC-6", "INC-7")
    assert seen.sentence == "Would have fired 2 times in 90 days. For 3 incidents users_affected is unknown."


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["A", "B", "C", "D"]),
        st.lists(st.tuples(st.integers(0, 89), st.one_of(st.none(), st.integers(0, 1_000))), max_size=5),
    )
)
def test_a_back_test_equals_the_evaluation_replayed(rows: dict[str, list[tuple[int, int | None]]]) -> None:
    history = {
        key: tuple(Posted(metric=RULE.metric, value=value, at=NOW - timedelta(days=day)) for day, value in values)
        for key, values in rows.items()
    }
    policy = replace(SEED, metric_rules=(RULE,))
    replayed = {key for key, posted in history.items() if fired(policy, facts(posted=posted))}
    seen = back_test(RULE, history, NOW)
    assert {key for key, _, _ in seen.fired} == replayed
    assert len(seen.fired) + seen.quiet + len(seen.unknown) == len(history)

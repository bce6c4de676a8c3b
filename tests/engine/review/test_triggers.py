"""What opens a review, how deep, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.review.policy import PRESETS, Depth, MetricRule, Policy
from afteraction.engine.review.triggers import (
    DataLoss,
    DataLossAt,
    FailedDeployment,
    Fired,
    Posted,
    Repeat,
    TriggerFacts,
    closed,
    depth_of,
    fired,
    impact_minutes,
    is_silent,
    not_judged,
)
from tests.engine.review.cast import NOW, START, cite, facts, impact, reached

SEED = PRESETS["seed"]


def only(found: tuple[Fired, ...]) -> Fired:
    assert len(found) == 1, [each.sentence for each in found]
    return found[0]


def codes(known: TriggerFacts, policy: Policy = SEED) -> list[str]:
    return [each.code for each in fired(policy, known)]


def test_nothing_known_opens_nothing() -> None:
    assert fired(SEED, facts()) == ()


class TestSeverity:
    def test_the_gravest_severity_counts_and_not_the_last(self) -> None:
        found = only(fired(SEED, facts(severities=(reached("SEV-3"), reached("SEV-2", 31), reached("SEV-4", 90)))))
        assert (found.code, found.depth) == ("TR1", Depth.FULL)
        assert found.sentence == "Review required: reached SEV-2 at 19:31 UTC on 14 May, later lowered to SEV-4."
        assert found.evidence == (cite(32),)

    def test_a_severity_that_stayed_was_not_lowered(self) -> None:
        found = only(fired(SEED, facts(severities=(reached("SEV-1"),))))
        assert found.sentence == "Review required: reached SEV-1 at 19:00 UTC on 14 May."

    def test_a_sev_3_opens_nothing_until_the_policy_says_so(self) -> None:
        assert codes(facts(severities=(reached("SEV-3"),))) == []
        wider = replace(SEED, rules=tuple(replace(r, threshold=3) if r.code == "TR1" else r for r in SEED.rules))
        assert codes(facts(severities=(reached("SEV-3"),)), wider) == ["TR1"]

    @pytest.mark.parametrize("word", ["SEV1", "sev-1", "P1", "critical", "S1", "Severity 1", "1"])
    def test_teams_write_it_differently(self, word: str) -> None:
        assert codes(facts(severities=(reached(word),))) == ["TR1"]

    def test_a_word_that_nobody_ranked_is_told_and_fires_nothing(self) -> None:
        strange = facts(severities=(reached("purple"),))
        assert fired(SEED, strange) == ()
        assert [each.sentence for each in not_judged(SEED, strange)] == [
            "The policy has no rank for severity “purple”."
        ]

    def test_the_time_is_told_in_the_zone_of_the_incident(self) -> None:
        found = only(fired(SEED, facts(severities=(reached("SEV-1"),), zone="Europe/Berlin")))
        assert "at 21:00 CEST on 14 May" in found.sentence


class TestDataLoss:
    def test_a_suspicion_opens_a_provisional_review(self) -> None:
        found = only(fired(SEED, facts(data_loss=(DataLossAt(state=DataLoss.SUSPECTED, evidence=(cite(4),)),))))
        assert (found.code, found.depth, found.provisional, found.evidence) == ("TR2", Depth.FULL, True, (cite(4),))

    def test_a_confirmed_loss_is_not_provisional(self) -> None:
        history = (DataLossAt(state=DataLoss.SUSPECTED), DataLossAt(state=DataLoss.CONFIRMED))
        assert not only(fired(SEED, facts(data_loss=history))).provisional

    def test_a_suspicion_is_given_up_with_a_reason_that_is_kept(self) -> None:
        history = (
            DataLossAt(state=DataLoss.SUSPECTED),
            DataLossAt(state=DataLoss.NONE, reason="Row counts agree with the backup."),
        )
        known = facts(data_loss=history)
        assert fired(SEED, known) == ()
        (told,) = closed(SEED, known)
        assert told.sentence == "Data loss was suspected and is not any more: Row counts agree with the backup."

    def test_without_a_reason_the_review_stays(self) -> None:
        history = (DataLossAt(state=DataLoss.SUSPECTED), DataLossAt(state=DataLoss.NONE, reason="  "))
        known = facts(data_loss=history)
        assert "taken back without a reason" in only(fired(SEED, known)).sentence
        assert closed(SEED, known) == ()

    def test_that_there_was_none_from_the_start_closes_nothing(self) -> None:
        known = facts(data_loss=(DataLossAt(state=DataLoss.NONE, reason="Nothing was written."),))
        assert (fired(SEED, known), closed(SEED, known)) == ((), ())


def test_a_security_breach_opens_a_restricted_review() -> None:
    for known in (facts(is_security=True), facts(kind="security")):
        found = only(fired(SEED, known))
        assert (found.code, found.depth, found.restricted) == ("TR3", Depth.FULL, True)


class TestLength:
    @pytest.mark.parametrize(("seconds", "opens"), [(59 * 60 + 59, False), (3600, False), (3601, True)])
    def test_more_than_60_minutes(self, seconds: int, opens: bool) -> None:
        assert (codes(facts(windows=(impact(0, seconds / 60),))) == ["TR4"]) is opens

    def test_three_windows_add_up(self) -> None:
        known = facts(windows=(impact(-200, 64), impact(-100, 29), impact(50, 27)))
        assert impact_minutes(known) == 120
        assert only(fired(SEED, known)).sentence == "Impact lasted 2 h, more than 1 h."

    def test_what_overlaps_counts_once(self) -> None:
        known = facts(windows=(impact(0, 40), impact(10, 40)))
        assert impact_minutes(known) == 50
        assert fired(SEED, known) == ()

    def test_an_open_window_counts_until_now_and_opens_silently_in_the_61st_minute(self) -> None:
        before = facts(windows=(impact(0, None),), now=START + timedelta(minutes=60))
        after = facts(windows=(impact(0, None),), now=START + timedelta(minutes=61))
        assert (fired(SEED, before), is_silent(before)) == ((), True)
        assert only(fired(SEED, after)).sentence == "Impact has lasted 1 h 1 min, more than 1 h."
        assert is_silent(after)

    def test_mitigation_and_resolution_end_the_silence(self) -> None:
        open_one = facts(windows=(impact(0, None),))
        assert is_silent(open_one)
        assert not is_silent(replace(open_one, mitigated_at=NOW))
        assert not is_silent(replace(open_one, resolved_at=NOW - timedelta(minutes=1)))
        assert is_silent(replace(open_one, mitigated_at=NOW + timedelta(minutes=1)))
        assert not is_silent(facts(windows=(impact(0, 30),)))
        assert not is_silent(facts())

    def test_a_near_miss_has_no_impact_to_last(self) -> None:
        assert codes(facts(kind="near_miss", windows=(impact(0, 90),))) == ["TR6"]


class TestPostedMetrics:
    POLICY = replace(
        SEED,
        metric_rules=(
            MetricRule(id="users", metric="users_affected", threshold=500),
            MetricRule(id="budget", metric="error_budget_left", threshold=0.1, is_above=False, depth=Depth.LIGHT),
        ),
    )

    def posted(self, metric: str, value: float | None, minute: int = 0) -> Posted:
        return Posted(metric=metric, value=value, at=START + timedelta(minutes=minute), evidence=(cite(minute),))

    def test_the_first_value_beyond_the_rule_is_named(self) -> None:
        values = tuple(self.posted("users_affected", value, minute) for minute, value in enumerate((10, 900, 4000)))
        found = only(fired(self.POLICY, facts(posted=values)))
        assert (found.code, found.subject, found.evidence) == ("TR5", "users", (cite(1),))
        assert found.sentence == "users_affected was 900 at 19:01 UTC on 14 May (rule: users_affected above 500)."

    def test_a_rule_may_watch_the_other_side_at_its_own_depth(self) -> None:
        found = only(fired(self.POLICY, facts(posted=(self.posted("error_budget_left", 0.05),))))
        assert (found.subject, found.depth) == ("budget", Depth.LIGHT)

    def test_a_missing_metric_fires_nothing_and_is_told(self) -> None:
        known = facts(posted=(self.posted("users_affected", None),))
        assert fired(self.POLICY, known) == ()
        assert [each.sentence for each in not_judged(self.POLICY, known)] == [
            "users_affected was not posted, so “users_affected above 500” is unknown here.",
            "error_budget_left was not posted, so “error_budget_left below 0.1” is unknown here.",
        ]


class TestLightOnes:
    def test_a_near_miss_is_reviewed_too(self) -> None:
        for known in (facts(is_near_miss=True), facts(kind="near_miss")):
            assert only(fired(SEED, known)).depth is Depth.LIGHT

    def test_learning_value_alone_suffices(self) -> None:
        known = facts(severities=(reached("SEV-4"),), learning=3, surprised="The cache outlived its host.")
        found = only(fired(SEED, known))
        assert (found.code, found.sentence) == ("TR7", "Learning value 3 of 3: The cache outlived its host.")
        assert codes(facts(learning=2)) == []

    def test_a_rollback_soon_after_its_deployment_is_offered_once(self) -> None:
        twice = (FailedDeployment(deploy="web-41", after_s=720.0), FailedDeployment(deploy="web-41", after_s=900.0))
        found = only(fired(SEED, facts(deployments=twice)))
        assert (found.code, found.subject, found.offered) == ("TR8", "web-41", True)
        assert found.sentence == "Deployment web-41 failed: rollback 12 min after it was deployed."
        assert codes(facts(deployments=(replace(twice[0], offered=True),))) == []

    def test_a_rollback_after_a_month_is_another_story(self) -> None:
        assert codes(facts(deployments=(FailedDeployment(deploy="web-41", after_s=30 * 86400.0),))) == []

    def test_a_rollback_of_something_deployed_nobody_knows_when_is_told(self) -> None:
        known = facts(deployments=(FailedDeployment(deploy="web-41"),))
        assert fired(SEED, known) == ()
        assert "web-41" in not_judged(SEED, known)[0].sentence

    def test_an_aborted_canary_needs_no_delay(self) -> None:
        known = facts(deployments=(FailedDeployment(deploy="web-42", how="aborted canary"),))
        assert (codes(known), not_judged(SEED, known)) == (["TR8"], ())

    def test_anybody_may_ask_with_a_reason(self) -> None:
        assert only(fired(SEED, facts(asked=("The handover was odd.",)))).sentence.endswith("The handover was odd.")
        assert codes(facts(asked=("   ",))) == []

    def test_a_milestone_opens_a_review_and_has_no_severity(self) -> None:
        assert codes(facts(kind="milestone", severities=(reached("SEV-1"),))) == ["TR9"]

    def test_users_first_or_silent_monitoring(self) -> None:
        assert only(fired(SEED, facts(users_first=True))).sentence == "Users noticed before monitoring did."
        assert only(fired(SEED, facts(monitoring_silent=True))).sentence == "Monitoring stayed silent."
        assert codes(facts(users_first=False)) == codes(facts(users_first=None)) == []

    def test_a_repeat_is_light_and_deepens_when_it_comes_again_or_a_check_drifted(self) -> None:
        one, two = Repeat(incident="INC-7"), Repeat(incident="INC-4")
        assert only(fired(SEED, facts(repeats=(one,)))).depth is Depth.LIGHT
        assert only(fired(SEED, facts(repeats=(one, one)))).depth is Depth.LIGHT
        again = only(fired(SEED, facts(repeats=(one, two))))
        assert (again.depth, again.sentence) == (Depth.FULL, "It repeats INC-4, INC-7, reviewed before.")
        drifted = replace(one, drifted="Pool limit below the database's", behind_sev1=True)
        assert only(fired(SEED, facts(repeats=(drifted,)))).depth is Depth.FULL

    def test_what_not_everybody_sees_is_neither_counted_nor_named(self) -> None:
        one = Repeat(incident="INC-7", named=False, drifted="Pool limit", behind_sev1=True)
        told = only(fired(SEED, facts(repeats=(one,)))).sentence
        assert told == (
            "It repeats an earlier incident, reviewed before. A check behind the fix of a SEV-1 no longer holds."
        )
        two = replace(one, incident="INC-8", drifted="")
        told = only(fired(SEED, facts(repeats=(one, two, Repeat(incident="INC-4"))))).sentence
        assert told.startswith("It repeats INC-4 and earlier incidents, reviewed before.")

    def test_a_repeat_that_was_taken_back_closes_it(self) -> None:
        taken_back = facts(repeat_taken_back=True)
        assert [each.code for each in closed(SEED, taken_back)] == ["TR11"]
        assert closed(SEED, replace(taken_back, repeats=(Repeat(incident="INC-7"),))) == ()


def test_the_deepest_wins() -> None:
    known = facts(learning=3, severities=(reached("SEV-1"),))
    assert codes(known) == ["TR1", "TR7"]
    assert depth_of(fired(SEED, known)) is Depth.FULL
    assert depth_of(fired(SEED, facts(learning=3))) is Depth.LIGHT
    assert depth_of(()) is None


def test_a_rule_that_is_off_fires_nothing() -> None:
    off = replace(SEED, rules=tuple(replace(r, enabled=False) if r.code == "TR7" else r for r in SEED.rules))
    assert codes(facts(learning=3), off) == []


known_facts = st.builds(
    facts,
    kind=st.sampled_from(["outage", "near_miss", "security", "failed_deployment", "other"]),
    severities=st.lists(
        st.sampled_from(["SEV-1", "SEV-2", "SEV-3", "SEV-4", "purple", ""]).map(reached), max_size=4
    ).map(tuple),
    windows=st.lists(
        st.builds(impact, st.integers(0, 90), st.one_of(st.none(), st.integers(0, 60))), max_size=3
    ).map(tuple),
    learning=st.one_of(st.none(), st.integers(0, 3)),
    users_first=st.one_of(st.none(), st.booleans()),
    asked=st.lists(st.sampled_from(["", "Odd."]), max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(known_facts, st.sampled_from(sorted(PRESETS)))
def test_a_sev_1_always_opens_a_full_review(known: TriggerFacts, preset: str) -> None:
    """Whatever else is known, and wherever in its history it was one."""
    for place in range(len(known.severities) + 1):
        history = (*known.severities[:place], reached("SEV-1"), *known.severities[place:])
        found = fired(PRESETS[preset], replace(known, severities=history))
        assert "TR1" in [each.code for each in found]
        assert depth_of(found) is Depth.FULL


@settings(max_examples=60, deadline=None)
@given(known_facts)
def test_knowing_more_impact_never_closes_a_trigger(known: TriggerFacts) -> None:
    more = replace(known, windows=(*known.windows, impact(0, 120)))
    assert {each.code for each in fired(SEED, known)} <= {each.code for each in fired(SEED, more)}

"""The golden cases of SPEC §3.4 as twins: invented services and days, the same arithmetic.

Each class is one trap. Figures are exact: midpoints of what the stated precision allows.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from afteraction.core.analysis import CostModel, Rate
from afteraction.core.digests import Settings
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Locator
from afteraction.core.findings import ResponderQuestion, State
from afteraction.core.instant import between
from afteraction.core.records import Actor, Document, Event, Lane
from afteraction.core.timestamps import read_timestamp
from afteraction.engine.metrics import SEED_RATE, business
from afteraction.engine.metrics.business import working_hours
from afteraction.engine.metrics.stated import agrees, find_copied_durations, read_duration
from afteraction.engine.timeline.plausibility import judge_times
from tests.engine.metrics.cast import at, cite, figures, milestones, noticed, said, update, window


class TestDroppedTable:
    """G1: several ends, users before monitors. A catalogue lost a table; search by name failed hard for 24 min."""

    @pytest.fixture
    def metrics(self):
        return figures(
            milestones=milestones(latent="2027-02-01", trigger="2034-08-11 21:02", impact_start="2034-08-11 21:02:13"),
            detections=(noticed("customer", "2034-08-11 21:03:57"), noticed("monitor", "2034-08-11 21:05:33")),
            windows=(
                window("2034-08-11 21:02:13", "2034-08-11 21:26", 1.0),
                window("2034-08-11 21:26", "2034-08-12 09:50", 0.3),
                window("2034-08-12 09:50", "2034-08-12 11:23", 0.2),
                window("2034-08-12 11:23", "2034-08-12 15:55", 0.1),
            ),
        )

    def test_users_noticed_after_104_s_and_monitoring_after_200_s(self, metrics):
        assert metrics["M01"].value == 104
        assert metrics["M02"].value == 200

    def test_users_were_96_s_ahead(self, metrics):
        gap = metrics["M13"]
        assert (gap.value, gap.detail["verdict"]) == (-96, "users first")
        assert gap.note == "Users 1 min 36 s ahead of monitoring."

    def test_the_effective_detection_is_the_users(self, metrics):
        assert metrics["M14"].detail["method"] == "customer"
        assert metrics["M14"].detail["users_first"] is True

    def test_hard_impact_is_restored_in_about_24_minutes_apart_from_the_long_degradation(self, metrics):
        restore = metrics["M08"]
        assert restore.low <= 1427 <= restore.high
        assert restore.low >= 23 * 60 and restore.high <= 25 * 60
        assert round(metrics["M10"].detail["hard_min"]) == 24
        assert metrics["M10"].detail["degraded_min"] == pytest.approx(18 * 60 + 29, abs=0.6)

    def test_the_condition_was_there_for_seven_and_a_half_years(self, metrics):
        span = between(at("2027-02-01"), at("2034-08-11 21:02"))
        assert span.value / (365.25 * 86400) == pytest.approx(7.5, abs=0.05)


class TestWatchedRollout:
    """G2: no alert; somebody was watching the rollout. A package host answered nothing for 13 min."""

    @pytest.fixture
    def metrics(self):
        return figures(
            milestones=milestones(acknowledged="2031-05-06 08:28"),
            detections=(
                noticed("customer", "2031-05-06 08:24", seen="2031-05-06 08:28"),
                noticed("planned_watch", "2031-05-06 08:25"),
            ),
            windows=(window("2031-05-06 08:17", "2031-05-06 08:30", 1.0, requests_per_s=4710.0, fail_share=1.0),),
        )

    def test_impact_lasted_13_minutes(self, metrics):
        assert metrics["M10"].value == 13
        assert metrics["M08"].value == 13 * 60

    def test_the_lost_requests_are_the_integral_of_their_rate(self, metrics):
        assert metrics["M11"].detail["lost_requests"] == pytest.approx(3_673_800)

    def test_the_first_that_reached_the_team_was_the_planned_watch(self, metrics):
        assert metrics["M01"].value == 8 * 60
        assert metrics["M14"].detail["method"] == "planned_watch"

    def test_monitoring_was_silent_and_that_is_no_zero(self, metrics):
        assert (metrics["M02"].state, metrics["M02"].value) == (State.AT_LEAST, 13 * 60)
        assert metrics["M13"].detail["verdict"] == "users only"


class TestFourTimesTheSameLookup:
    """G3: early monitor, triage lag, a sum that is not what the text says. Price lookups failed on four evenings."""

    A = (window("2032-06-07 20:45", "2032-06-07 22:28", 0.38),)
    B = (window("2032-06-10 17:00", "2032-06-10 18:12", 0.97),)
    C = (window("2032-06-14 18:28", "2032-06-14 20:31", 0.34),)
    D = (window("2032-06-15 21:30", "2032-06-16 04:39"),)

    def test_the_four_last_727_minutes_and_not_over_14_hours(self):
        minutes = [figures(windows=windows)["M10"].value for windows in (self.A, self.B, self.C, self.D)]
        assert minutes == [103, 72, 123, 429]
        assert sum(minutes) == 727 < read_duration("14 h") / 60

    def test_a_is_found_in_two_minutes_and_weighs_39_14_minutes(self):
        metrics = figures(windows=self.A, detections=(noticed("monitor", "2032-06-07 20:47"),))
        assert metrics["M01"].value == 120
        assert metrics["M11"].value == pytest.approx(39.14)

    def test_a_costs_164_388_at_the_placeholder_and_says_so(self):
        cost = figures(windows=self.A, cost=CostModel(per_minute={"": SEED_RATE}))["M12"]
        assert cost.value == pytest.approx(164_388)
        assert cost.unit == "GBP"
        assert "Placeholder: assumes £4,200 a minute" in cost.note
        assert cost.detail["placeholder"] is True

    def test_b_has_three_different_delays_under_three_names(self):
        metrics = figures(
            windows=self.B,
            milestones=milestones(diagnosed="2032-06-10 18:02"),
            detections=(noticed("customer", "2032-06-10 17:10", seen="2032-06-10 17:45"),),
            updates_known={"public": True, "responders": True},
        )
        assert metrics["M01"].detail["user_signal"]["value"] == 10 * 60
        assert metrics["M13"].detail["triage_lag"]["value"] == 35 * 60
        assert metrics["M06"].detail["from_impact_start"]["value"] == 62 * 60
        assert metrics["M01"].value == 45 * 60

    def test_b_is_users_only_with_monitoring_silent_for_at_least_72_minutes(self):
        metrics = figures(
            windows=self.B, detections=(noticed("customer", "2032-06-10 17:10", seen="2032-06-10 17:45"),)
        )
        gap = metrics["M13"]
        assert (gap.state, gap.value, gap.detail["verdict"]) == (State.AT_LEAST, 72 * 60, "users only")
        assert "at least 1 h 12 min" in gap.note

    def test_b_without_any_update_is_one_breach_over_the_whole_time(self):
        metrics = figures(
            windows=self.B,
            milestones=milestones(declared="2032-06-10 17:00"),
            updates_known={"public": True},
        )
        public = metrics["M15"].detail["public"]
        assert (public["updates"], public["gaps_min"], public["breaches"]) == (0, (72.0,), 1)
        assert metrics["M15"].detail["responders"] is None

    def test_c_was_detected_five_minutes_before_users_were_hurt(self):
        detect = figures(windows=self.C, detections=(noticed("monitor", "2032-06-14 18:23"),))["M01"]
        assert (detect.value, detect.note) == (-300, "Detected 5 min before user impact.")
        assert detect.detail["counted_as_s"] == 0


class TestThreeWindows:
    """G4: three windows; the report's duration is their span. Bookings of a ferry line came and went."""

    @pytest.fixture
    def metrics(self):
        return figures(
            windows=(
                window("2033-09-13 06:21", "2033-09-13 07:25"),
                window("2033-09-13 08:51", "2033-09-13 09:20"),
                window("2033-09-13 10:33", "2033-09-13 11:00"),
            )
        )

    def test_impact_is_the_union_of_120_minutes_and_not_the_span_of_279(self, metrics):
        assert metrics["M10"].value == 120
        assert metrics["M10"].detail["window_minutes"] == (64, 29, 27)
        assert metrics["M10"].detail["span_min"] == 279
        assert metrics["M08"].value == 279 * 60
        assert metrics["M08"].note == "The span holds 3 windows with 2 h of impact."

    def test_the_stated_279_minutes_disagree_with_the_impacted_ones(self, metrics):
        assert agrees(279 * 60, metrics["M10"]) is False
        assert agrees(279 * 60, metrics["M08"]) is True

    def test_weights_nobody_stated_are_unknown_and_not_zero(self, metrics):
        assert (metrics["M11"].state, metrics["M11"].value) == (State.UNKNOWN, None)
        assert (metrics["M11"].low, metrics["M11"].high) == (0, 120)


class TestMinutePrecision:
    """G5: users one minute ahead, in times that know no seconds. A gate terminal refused trucks for ten minutes."""

    @pytest.fixture
    def metrics(self):
        return figures(
            windows=(window("2030-11-12 05:32", "2030-11-12 05:42"),),
            detections=(noticed("customer", "2030-11-12 05:39"), noticed("monitor", "2030-11-12 05:40")),
        )

    def test_it_was_noticed_after_seven_minutes_though_the_report_says_eight(self, metrics):
        assert metrics["M01"].value == 7 * 60
        assert (metrics["M01"].low, metrics["M01"].high) == (6 * 60, 8 * 60)
        assert metrics["M01"].value != read_duration("8 min")

    def test_one_minute_is_a_tie_at_minute_precision(self, metrics):
        gap = metrics["M13"]
        assert (gap.value, gap.detail["verdict"]) == (-60, "tie")

    def test_service_was_restored_in_ten_minutes(self, metrics):
        assert metrics["M08"].value == 10 * 60

    def test_the_earlier_incident_ended_before_its_fix_was_released(self):
        assert figures(windows=(window("2030-11-10 08:00", "2030-11-10 08:04"),))["M10"].value == 4
        assert between(at("2030-11-10 08:04"), at("2030-11-10 08:26")).low > 0


class TestTwoZones:
    """G7: headings in local time, alert text in UTC; noticed by the person who caused it; questions in the silence."""

    def question(self, text):
        return ResponderQuestion(at=at(text), text="is it back?", asker=Actor("slack:U9", role="teacher"))

    @pytest.fixture
    def metrics(self):
        return figures(
            milestones=milestones(
                flag="2031-07-08 17:00+01:00",
                acknowledged="2031-07-08 17:00+01:00",
                declared="2031-07-08 17:00+01:00",
                resolved="2031-07-08 18:11+01:00",
            ),
            detections=(
                noticed("internal_person", "2031-07-08 17:00+01:00"),
                noticed("monitor", "2031-07-08 16:32Z"),
                noticed("customer", "2031-07-08 17:37+01:00"),
            ),
            updates=(update("2031-07-08 17:15+01:00"), update("2031-07-08 18:08+01:00")),
            updates_known={"public": True},
            questions=tuple(
                self.question(text)
                for text in ("2031-07-08 17:05+01:00", "2031-07-08 17:20+01:00", "2031-07-08 17:59+01:00")
            ),
        )

    def test_the_operator_was_first_and_users_five_minutes_behind_the_monitor(self, metrics):
        assert metrics["M14"].detail["method"] == "internal_person"
        assert (metrics["M13"].value, metrics["M13"].detail["verdict"]) == (300, "monitor first")

    def test_who_notices_their_own_action_has_acknowledged_it_at_once(self, metrics):
        assert metrics["M03"].value == 0

    def test_updates_left_gaps_of_15_53_and_3_minutes_one_of_them_too_long(self, metrics):
        public = metrics["M15"].detail["public"]
        assert public["gaps_min"] == (15, 53, 3)
        assert (public["breaches"], public["max_gap_min"], metrics["M15"].value) == (1, 53, 53)
        assert public["covered_share"] == pytest.approx(1 - 33 / 71)

    def test_questions_stand_in_the_gap_they_were_asked_in(self, metrics):
        public = metrics["M15"].detail["public"]
        assert public["questions_per_gap"] == (1, 2, 0)
        assert public["questions_per_hour"] == pytest.approx(3 / (71 / 60))

    def test_a_report_after_resolution_is_later_than_it_by_two_hours(self):
        span = between(at("2031-07-08 18:11+01:00"), at("2031-07-08 20:16+01:00"))
        assert span.value == 125 * 60


class TestTypos:
    """G8: two repair times and impossible dates. A court's case system, written up by hand."""

    def written(self, text, milestone, line):
        instant = read_timestamp(text, zone="UTC")
        return Event(
            instant=instant,
            title=milestone,
            lane=Lane.DOCUMENT,
            evidence=cite(line),
            attributes={"milestone": milestone},
        )

    def flags(self, *written):
        events = [self.written(text, milestone, line) for line, (text, milestone) in enumerate(written, start=1)]
        judged = judge_times(events, Settings())
        return [set(event.instant.flags) - {"zone_assumed"} for event in judged.events]

    def test_two_repair_times_give_110_or_133_minutes_until_somebody_picks_one(self):
        two = (said("2029-04-17 12:55", line=2), said("2029-04-17 13:18", line=3))
        repair = figures(milestones=milestones(detected="2029-04-17 11:05", mitigated=two))["M07"]
        assert (repair.state, repair.value) == (State.CONFLICT, None)
        assert [other.value for other in repair.alternatives] == [110 * 60, 133 * 60]
        assert (repair.low, repair.high) == (109 * 60, 134 * 60)

    def test_the_picked_one_stands_alone(self):
        two = (said("2029-04-17 12:55", line=2), said("2029-04-17 13:18", line=3, chosen_by="seen in the chat"))
        repair = figures(milestones=milestones(detected="2029-04-17 11:05", mitigated=two))["M07"]
        assert (repair.state, repair.value, repair.alternatives) == (State.VALUE, 133 * 60, ())

    def test_a_wrong_month_and_an_end_before_the_start_are_flagged(self):
        found = self.flags(
            ("2029-04-17 11:05", "t_detect"),
            ("2029-04-17 12:55", "t_mitigated"),
            ("2029-06-17 12:55", "t_resolved"),
            ("2029-03-28 13:18", "t_resolved"),
        )
        assert found[:2] == [set(), set()]
        assert "implausible_month" in found[2]
        assert "before_start" in found[3]

    def test_a_wrong_year_is_flagged_with_the_written_time_kept(self):
        found = self.flags(
            ("2029-02-08 06:50", "t_detect"),
            ("2028-02-08 06:56", "t_declared"),
            ("2029-02-08 07:40", "t_mitigated"),
        )
        assert found == [set(), {"implausible_year"}, set()]

    def test_a_stated_repair_time_is_compared_with_its_own_times(self):
        repair = figures(milestones=milestones(detected="2029-08-14 08:36", mitigated="2029-08-14 09:40"))["M07"]
        assert repair.value == 64 * 60
        assert agrees(read_duration("1h 37m"), repair) is False

    def test_a_declaration_after_the_repair_is_allowed_and_said(self):
        metrics = figures(
            milestones=milestones(
                detected="2029-06-04 14:40", mitigated="2029-06-04 15:51", declared="2029-06-04 16:09"
            )
        )
        assert (metrics["M05"].state, metrics["M05"].value) == (State.VALUE, 89 * 60)
        assert metrics["M05"].note == "Declared after mitigation."


class TestWorkingHours:
    """G10: durations by a clock from 10 to 17, one of them wrong, one copied from another report."""

    CLOCK = business(working_hours("10:00", "17:00"))

    def repair(self, start, end):
        return figures(milestones=milestones(detected=start, mitigated=end))["M07"]

    def test_4_h_45_is_right_by_the_working_clock_and_named_so(self):
        repair = self.CLOCK.restate(self.repair("2028-09-04 12:15", "2028-09-05 10:00"))
        assert repair.value == 285 * 60
        assert agrees(read_duration("4h45"), repair) is True
        assert repair.clock == "business(10:00–17:00 Mon–Fri UTC)"
        assert "10:00–17:00" in repair.name

    def test_33_h_15_is_wrong_by_the_same_clock(self):
        repair = self.CLOCK.restate(self.repair("2028-09-08 15:51", "2028-09-15 10:06"))
        assert repair.value == 1755 * 60 != read_duration("33h15")
        assert agrees(read_duration("33h15"), repair) is False

    def test_wall_time_is_another_figure(self):
        assert self.repair("2028-09-04 12:15", "2028-09-05 10:00").value == 1305 * 60
        assert self.repair("2028-09-08 15:51", "2028-09-15 10:06").value == 9735 * 60

    def test_the_same_odd_duration_in_two_reports_is_flagged(self):
        def report(name, text):
            ref = EvidenceRef(name * 64, Locator(line=7))
            return Document(
                kind=EvidenceKind.DOCUMENT,
                title=f"report {name}",
                evidence=ref,
                stated=(("time_to_repair", text, ref),),
            )

        found = find_copied_durations([report("b", "35h 36m"), report("c", "35h 36m"), report("d", "2h")])
        assert [conflict.subject for conflict in found] == ["copied_duration"]
        assert {account.source for account in found[0].accounts} == {"report b", "report c"}
        assert find_copied_durations([report("b", "2h"), report("c", "2h")]) == []


class TestImmediately:
    """G11: the text says that alerting caught it immediately."""

    def test_paging_came_32_minutes_after_the_machines_were_lost(self):
        metrics = figures(
            milestones=milestones(impact_start="2026-02-03 14:38"),
            detections=(noticed("monitor", "2026-02-03 15:10"),),
        )
        assert metrics["M01"].value == metrics["M02"].value == 32 * 60


def test_rates_are_charged_over_the_weighted_minutes_with_their_range():
    rate = Rate(low=100, base=200, high=400, currency="EUR", price_date="2032-01-01")
    cost = figures(windows=TestFourTimesTheSameLookup.A, cost=CostModel(per_minute={"": rate}))["M12"]
    assert [round(amount) for amount in (cost.low, cost.value, cost.high)] == [3914, 7828, 15656]
    assert (cost.unit, cost.state) == ("EUR", State.AT_LEAST)


def test_half_an_hour_is_the_same_in_both_notations():
    assert (
        timedelta(seconds=read_duration("0h30")) == timedelta(minutes=30) == timedelta(seconds=read_duration("30 min"))
    )

"""M03 to M09 and M25: people, bars and clocks."""

from __future__ import annotations

import pytest

from afteraction.core.findings import State
from tests.engine.metrics.cast import figures, milestones, noticed, said, window

FLAG = "2030-01-07 10:00:00"


@pytest.mark.parametrize(
    ("acknowledged", "within"),
    [("2030-01-07 10:04:59", True), ("2030-01-07 10:05:00", True), ("2030-01-07 10:05:01", False)],
)
def test_five_minutes_is_a_bar_to_the_second(acknowledged, within):
    assert figures(milestones=milestones(flag=FLAG, acknowledged=acknowledged))["M03"].detail["within_5_min"] is within


def test_minutes_that_straddle_the_bar_leave_it_open():
    found = figures(milestones=milestones(flag="2030-01-07 10:00", acknowledged="2030-01-07 10:05"))["M03"]
    assert (found.value, found.detail["within_5_min"]) == (300, None)


def test_an_unknown_acknowledgement_is_unknown_and_no_breach():
    found = figures(milestones=milestones(flag=FLAG))["M03"]
    assert (found.state, found.detail["within_5_min"]) == (State.UNKNOWN, None)


def test_an_earlier_action_counts_as_the_response():
    found = figures(
        milestones=milestones(flag=FLAG, acknowledged="2030-01-07 10:09:00", first_action="2030-01-07 10:03:00")
    )["M03"]
    assert (found.value, found.detail["by_first_action"]) == (180, True)


def test_someone_at_work_before_the_flag_is_shown_signed():
    found = figures(milestones=milestones(flag=FLAG, acknowledged="2030-01-07 09:57:00"))["M03"]
    assert found.value == -180
    assert found.note.startswith("A person was at work 3 min before")


def test_without_a_stated_flag_the_first_detection_or_declaration_flags_it():
    found = figures(
        milestones=milestones(declared="2030-01-07 09:58:00", acknowledged="2030-01-07 10:03:00"),
        detections=(noticed("monitor", FLAG),),
    )["M03"]
    assert found.value == 300


def test_open_hard_impact_is_at_least_as_long_as_known():
    restore = figures(
        windows=(
            window("2030-01-07 10:00", "2030-01-07 10:10", 0.2),
            window("2030-01-07 10:10", None, 1.0),
        ),
        detections=(noticed("customer", "2030-01-07 10:40"),),
    )["M08"]
    assert (restore.state, restore.value) == (State.AT_LEAST, 30 * 60)


def test_hard_impact_is_restored_before_degradation_ends():
    metrics = figures(
        windows=(
            window("2030-01-07 10:00", "2030-01-07 10:20", 0.95),
            window("2030-01-07 10:20", "2030-01-07 11:20", 0.3),
            window("2030-01-07 11:20", "2030-01-07 11:30", 0.92),
        )
    )
    assert metrics["M08"].value == 90 * 60
    assert (metrics["M10"].detail["hard_min"], metrics["M10"].detail["degraded_min"]) == (30, 60)


class TestProcess:
    """M25 against its policy: draft 48 h, publication 5 d, commitment after a pause of 24 h."""

    def lags(self, **process):
        return figures(
            milestones=milestones(resolved="2030-01-04 18:00"),
            process={key: said(when) for key, when in process.items()},
        )["M25"]

    def test_a_draft_exactly_at_48_h_is_in_time_and_later_is_late(self):
        assert self.lags(drafted="2030-01-06 18:00").detail["draft"].detail["verdict"] == "in time"
        assert self.lags(drafted="2030-01-06 18:01").detail["draft"].detail["verdict"] == "late"

    def test_a_draft_from_before_resolution_has_no_negative_lag(self):
        assert self.lags(drafted="2030-01-04 12:00").value == 0

    def test_publication_and_commitment_have_policies_of_their_own(self):
        found = self.lags(published="2030-01-10 18:00", committed="2030-01-05 12:00")
        assert found.detail["publication"].detail["verdict"] == "late"
        assert found.detail["commitment"].detail["verdict"].startswith("early")
        assert found.detail["draft"].state is State.UNKNOWN

    def test_unresolved_starts_the_clock_24_h_after_mitigation(self):
        found = figures(
            milestones=milestones(mitigated="2030-01-04 18:00"), process={"drafted": said("2030-01-06 18:00")}
        )["M25"]
        assert found.value == 24 * 3600
        assert found.detail["clock_started_by"] == "24 h after mitigation"

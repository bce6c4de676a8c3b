"""The golden facts themselves, read from the shared folder where it is present; skipped loudly elsewhere."""

from __future__ import annotations

import json

import pytest

from afteraction.core.digests import Settings
from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.findings import State
from afteraction.core.records import Event, Lane
from afteraction.core.timestamps import read_timestamp
from afteraction.engine.metrics import business
from afteraction.engine.metrics.business import working_hours
from afteraction.engine.metrics.stated import agrees, read_duration
from afteraction.engine.timeline.plausibility import judge_times
from tests.corpus import corpus
from tests.engine.metrics.cast import figures, milestones, noticed, said, update, window


@pytest.fixture(scope="module")
def golden():
    return json.loads(corpus("timelines.json").read_text(encoding="utf-8"))


def detections(case):
    return tuple(noticed(found["method"], found["at"], found.get("seen_at")) for found in case.get("detections", []))


def test_g1_detection_gap_and_hard_minutes(golden):
    case, expect = golden["G1"], golden["G1"]["expect"]
    metrics = figures(
        detections=detections(case),
        windows=(
            window(case["t_impact_start"], case["hard_end"], 1.0),
            window(case["hard_end"], case["degraded_steps"][-1], 0.1),
        ),
    )
    assert metrics["M01"].value == expect["ttd_s"]
    assert metrics["M02"].value == expect["monitor_ttd_s"]
    assert metrics["M13"].value == expect["gap_s"]
    low, high = expect["hard_minutes"]
    assert low <= metrics["M08"].value / 60 <= high + 1
    assert metrics["M08"].low / 60 <= high and metrics["M08"].high / 60 >= low


def test_g2_length_lost_requests_and_silence(golden):
    case, expect = golden["G2"], golden["G2"]["expect"]
    metrics = figures(
        milestones=milestones(acknowledged=case["t_ack"]),
        detections=detections(case),
        windows=(window(case["t_impact_start"], case["t_impact_end"], 1.0, requests_per_s=float(case["rate_rps"])),),
    )
    assert metrics["M10"].value == expect["impact_min"]
    assert metrics["M11"].detail["lost_requests"] == pytest.approx(expect["lost_requests"])
    assert metrics["M02"].state is State.AT_LEAST


def test_g3_four_incidents(golden):
    by_id = {case["id"]: case for case in golden["G3"]["incidents"]}
    total = 0.0
    for case in by_id.values():
        found = []
        if case.get("monitor"):
            found.append(noticed("monitor", case["monitor"]))
        if case.get("first_user"):
            found.append(noticed("customer", case["first_user"], case["seen"]))
        metrics = figures(
            windows=(window(*case["impact"], case.get("weight")),),
            detections=tuple(found),
            milestones=milestones(**({"diagnosed": case["diagnosed"]} if "diagnosed" in case else {})),
            updates_known={"public": True},
        )
        expect = case["expect"]
        assert metrics["M10"].value == expect["min"]
        total += metrics["M10"].value
        if "ttd_min" in expect:
            assert metrics["M01"].value == expect["ttd_min"] * 60
        if "weighted_min" in expect:
            assert metrics["M11"].value == pytest.approx(expect["weighted_min"])
        if "user_signal_min" in expect:
            assert metrics["M01"].detail["user_signal"]["value"] == expect["user_signal_min"] * 60
            assert metrics["M13"].detail["triage_lag"]["value"] == expect["triage_lag_min"] * 60
            assert metrics["M06"].detail["from_impact_start"]["value"] == expect["diagnose_from_start_min"] * 60
            assert metrics["M13"].detail["verdict"] == expect["gap"]
            assert (metrics["M15"].detail["public"]["breaches"] > 0) is expect["comms_breach"]
    assert total == golden["G3"]["expect"]["sum_min"]
    assert (total >= read_duration("14 h") / 60) is golden["G3"]["expect"]["sum_matches_statement"]


def test_g4_union_and_span(golden):
    case, expect = golden["G4"], golden["G4"]["expect"]
    metrics = figures(windows=tuple(window(start, end) for start, end in case["windows"]))
    assert metrics["M10"].value == expect["union_min"]
    assert metrics["M10"].detail["span_min"] == expect["span_min"] == expect["stated_min"]
    assert agrees(expect["stated_min"] * 60, metrics["M10"]) is False


def test_g5_tie_band_at_minute_precision(golden):
    case, expect = golden["G5"]["007"], golden["G5"]["007"]["expect"]
    metrics = figures(
        windows=(window(*case["impact"]),),
        detections=(noticed("customer", case["first_user"]), noticed("monitor", case["monitor"])),
    )
    assert metrics["M01"].value == expect["ttd_min"] * 60 != expect["stated_ttd_min"] * 60
    assert metrics["M13"].value == expect["gap_min"] * 60
    assert metrics["M13"].detail["verdict"] == "tie"
    assert metrics["M08"].value == expect["restore_min"] * 60
    assert figures(windows=(window(*golden["G5"]["006"]["impact"]),))["M10"].value == 4


def test_g7_zones_gaps_and_cadence(golden):
    case, expect = golden["G7"], golden["G7"]["expect"]
    metrics = figures(
        milestones=milestones(declared=case["t_declared"], resolved=case["t_resolved"]),
        detections=detections(case),
        updates=tuple(update(when) for when in case["updates"]),
        updates_known={"public": True},
    )
    assert metrics["M13"].value == expect["gap_min"] * 60
    assert list(metrics["M15"].detail["public"]["gaps_min"]) == expect["comms_gaps_min"]
    assert metrics["M15"].detail["public"]["breaches"] == expect["breaches"]
    assert metrics["M14"].detail["method"] == "internal_person"


def test_g8_two_repair_times_and_flags(golden):
    items = {item["file"]: item for item in golden["G8"]["items"]}
    case = items["2023-07-25"]
    repair = figures(
        milestones=milestones(
            detected=case["detected"],
            mitigated=tuple(said(when, line=line) for line, when in enumerate(case["repaired"])),
        )
    )["M07"]
    assert repair.state is State.CONFLICT
    assert [other.value / 60 for other in repair.alternatives] == case["expect"]["repair_min"]
    assert agrees(read_duration(case["stated"]), repair.alternatives[0]) is True
    flags = judged_flags(
        (case["detected"], "t_detect"),
        *((when, "t_mitigated") for when in case["repaired"]),
        *((when, "t_resolved") for when in case["resolved"]),
    )
    assert flags[:3] == [set(), set(), set()]
    assert "implausible_month" in flags[3]
    assert "before_start" in flags[4]


def test_g8_wrong_years(golden):
    items = {item["file"]: item for item in golden["G8"]["items"]}
    for name in ("2021-06-09", "2023-01-05"):
        case = items[name]
        written = [(case[key], f"t_{key}") for key in ("declared", "resolved") if key in case]
        flags = judged_flags((f"{name}T08:00", "t_detect"), *written, (f"{name}T09:30", "t_mitigated"), start=name)
        assert all("implausible_year" in found for found in flags[1:-1])
        assert flags[0] == flags[-1] == set()


def judged_flags(*written, start=""):
    events = [
        Event(
            instant=read_timestamp(text, zone="UTC"),
            title=milestone,
            lane=Lane.DOCUMENT,
            evidence=EvidenceRef("e" * 64, Locator(line=line)),
            attributes={"milestone": milestone},
        )
        for line, (text, milestone) in enumerate(written, start=1)
    ]
    settings = Settings(incident_start=f"{start}T08:00:00Z" if start else None)
    return [set(event.instant.flags) - {"zone_assumed"} for event in judge_times(events, settings).events]


def test_g10_working_hours(golden):
    clock = business(working_hours("10:00", "17:00"))
    for item in golden["G10"]["items"]:
        if "from" not in item:
            continue
        repair = figures(milestones=milestones(detected=item["from"], mitigated=item["to"]))["M07"]
        assert repair.value / 60 == item["wall_min"]
        assert clock.restate(repair).value / 60 == item["business_10_17_min"]
    right, wrong = golden["G10"]["items"][:2]
    assert read_duration(right["stated"]) / 60 == right["business_10_17_min"]
    assert read_duration(wrong["stated"].split()[0]) / 60 != wrong["business_10_17_min"]


def test_g11_immediately_was_32_minutes(golden):
    case = golden["G11"]
    metrics = figures(
        milestones=milestones(impact_start=case["lost"]), detections=(noticed("monitor", case["paging"]),)
    )
    assert metrics["M01"].value == case["expect"]["ttd_min"] * 60

"""From readings to milestones, windows, updates, questions, gaps and offsets."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.analysis import Incident
from afteraction.core.digests import Material, MetricSeries, Settings
from afteraction.core.evidence import EvidenceKind, EvidenceRef
from afteraction.core.findings import Basis, DetectionMethod, Milestone
from afteraction.core.flags import Flag
from afteraction.core.overlay import Edit, Verb
from afteraction.core.records import ChangeKind, Document, EventKind, Lane
from afteraction.engine.timeline import reconstruct
from afteraction.engine.timeline.conflicts import read_duration
from tests.effort import examples
from tests.engine.timeline.cast import (
    ANNA,
    BEN,
    BOT,
    CLEO,
    alert,
    at,
    clock_of,
    deployment,
    event,
    ref,
    says,
    status,
    ticket,
    told,
    wrote,
)  # fmt: skip

M = Milestone
CHANNEL = {"channel": "inc-77"}


def evening() -> list:  # type: ignore[type-arg]
    """A small incident seen by alerts, chat, tickets and the status page."""
    return [
        ticket("14:05:31", "card charged, order failed", seen="14:16"),
        alert("14:11:08", "CheckoutErrorRate", until="14:53:08", attributes={"severity": "page"}),
        says("14:11:12", BOT, "[FIRING:1] CheckoutErrorRate checkout", attributes=CHANNEL),
        says("13:53:40", ANNA, "ack, I have the pager until 18:00", attributes=CHANNEL),
        says("14:13:20", ANNA, "looking, checkout 5xx climbing", attributes=CHANNEL),
        says("14:16:53", BOT, "INC-77 opened: incident created", attributes=CHANNEL),
        says("14:17:00", BEN, "declaring this as INC-77, SEV-2", attributes=CHANNEL),
        status("14:19:00", "investigating", "Some buyers cannot pay. Next update by 14:40 UTC"),
        says("14:26:49", ANNA, "initiating redis failover now", attributes=CHANNEL),
        says("14:38:05", ANNA, "found the cause: every connection is taken", attributes=CHANNEL),
        status("14:57:00", "monitoring", "A fix is in place"),
        says("15:22:00", BEN, "INC-77 is resolved", attributes=CHANNEL),
        status("15:30:00", "resolved", "Payments work normally"),
    ]


CHANGES = (
    deployment("11:05", "v9", service="shop-pages", fingerprint="s9"),
    deployment("13:52:10", "v2.14", "started", fingerprint="d14"),
    deployment("13:58:04", "v2.14", "success", fingerprint="d14"),
    deployment("14:43:00", "v2.13.4", "success", ChangeKind.ROLLBACK, fingerprint="d13", until=at("14:52")),
)


def test_every_milestone_of_an_ordinary_incident_is_found_with_its_evidence() -> None:
    timeline = told(*evening(), changes=CHANGES)
    found = {milestone: clock_of(timeline, milestone) for milestone in Milestone}
    assert found == {
        M.LATENT: "", M.TRIGGER: "13:52:10", M.FIRST_SIGNAL: "", M.POTENTIAL: "", M.IMPACT_START: "14:05:31",
        M.FIRST_USER_REPORT: "14:05:31", M.FIRST_MONITOR: "14:11:08", M.DETECTED: "14:11:08", M.FLAG: "14:11:08",
        M.ACKNOWLEDGED: "14:13:20", M.FIRST_ACTION: "14:26:49", M.DECLARED: "14:17:00", M.DIAGNOSED: "14:38:05",
        M.MITIGATED: "14:52:00", M.IMPACT_END: "14:53:08", M.RESOLVED: "15:22:00", M.REVIEWED: "", M.CLOSED: "",
    }  # fmt: skip
    for candidates in timeline.milestones.values():
        assert all(one.evidence and one.reason and one.source for one in candidates)


def test_chat_and_status_page_disagree_about_the_end_and_both_are_kept() -> None:
    timeline = told(*evening())
    assert [(c.source, f"{c.instant.utc:%H:%M}") for c in timeline.milestones[M.RESOLVED]] == [
        ("chat", "15:22"), ("status page", "15:30"),
    ]  # fmt: skip
    assert [c.subject for c in timeline.conflicts] == ["t_resolved"]
    assert len(timeline.conflicts[0].accounts) == 2


def test_two_sources_within_their_precision_are_no_conflict() -> None:
    timeline = told(
        wrote("14:11", "Detected", milestone="t_detect", file="a"),
        wrote("14:11", "Detected", milestone="t_detect", file="b"),
    )
    assert len(timeline.milestones[M.DETECTED]) in (1, 2) and not timeline.conflicts


def test_changes_of_the_day_before_are_candidates_not_causes() -> None:
    candidates = told(*evening(), changes=CHANGES).milestones[M.TRIGGER]
    assert [f"{c.instant.utc:%H:%M}" for c in candidates] == ["13:52", "11:05"]
    assert all("not a cause" in c.reason for c in candidates)


def test_a_closer_change_on_another_service_does_not_go_before_one_that_took_part() -> None:
    other = deployment("14:01", "v1", service="newsletter", fingerprint="n1")
    own = deployment("13:52", "v2", service="checkout", fingerprint="c1")
    timeline = told(alert("14:11", "CheckoutErrorRate", service="checkout"), changes=(other, own))
    assert clock_of(timeline, M.TRIGGER) == "13:52:00"


def test_bots_and_automatic_acknowledgements_are_not_people() -> None:
    timeline = told(
        alert("14:11", "ErrorRate"),
        says("14:11:30", BOT, "acknowledged automatically, looking"),
        event("14:11:40", "ErrorRate acknowledged", Lane.ALERTS, actor=BOT, attributes={"status": "acknowledged"}),
    )
    assert timeline.milestones[M.ACKNOWLEDGED] == ()


def test_nothing_known_is_nothing_said() -> None:
    timeline = told()
    assert all(candidates == () for candidates in timeline.milestones.values())
    assert timeline.questions is None and timeline.tickets is None and timeline.responder_minutes is None
    assert timeline.updates_known == {"responders": False, "public": False}


def test_an_ignored_alert_is_not_the_effective_detection() -> None:
    """R069: the alert fired, nobody came; the user's report brought people."""
    timeline = told(
        alert("14:00", "ErrorRate"),
        ticket("14:50", "nothing works", seen="14:52"),
        says("14:55", ANNA, "looking"),
    )
    acted = {d.method: d.acted_on for d in timeline.detections}
    assert acted == {DetectionMethod.MONITOR: False, DetectionMethod.CUSTOMER: True}
    chosen = timeline.milestones[M.DETECTED][0]
    assert f"{chosen.instant.utc:%H:%M}" == "14:52" and "not acted on" in chosen.reason


def test_measured_windows_go_before_alerts_and_bound_the_incident() -> None:
    start = at("13:00").utc.timestamp()
    times = [start + 15 * n for n in range(600)]
    values = [0.4 if at("14:02").utc.timestamp() <= t < at("14:52").utc.timestamp() else 0.0 for t in times]
    series = MetricSeries(metric="checkout_error_share", times=times, values=values, evidence=EvidenceRef("m"),
                          service="checkout", unit="ratio")  # fmt: skip
    timeline = reconstruct(
        Material(events=[alert("14:11", "CheckoutErrorRate", until="14:53")], series=[series]), Settings(), Incident()
    )
    assert [w.basis for w in timeline.windows] == [Basis.MEASURED]
    assert abs(timeline.windows[0].start.utc - at("14:02").utc) <= timedelta(seconds=15)
    assert timeline.windows[0].degradation
    assert clock_of(timeline, M.IMPACT_START)[:5] in ("14:01", "14:02")


def test_alert_windows_have_no_weight() -> None:
    timeline = told(alert("14:11", "A1Rate", "a", until="14:40"), alert("14:20", "B1Rate", "b", until="14:53"))
    (window,) = timeline.windows
    assert (window.basis, window.weight) == (Basis.ESTIMATED, None)
    assert window.end is not None and window.end.utc == at("14:53").utc


def test_updates_promises_and_copies_are_read_per_audience() -> None:
    timeline = told(*evening(), status("15:05:00", "monitoring", "A fix is in place"),
                    says("14:58", BOT, "Update: everything is monitored", attributes=CHANGES and CHANNEL))  # fmt: skip
    public = [u for u in timeline.updates if u.audience == "public"]
    assert [u.no_new_information for u in public] == [False, False, True, False]
    assert public[0].promised_next is not None and public[0].promised_next.utc == at("14:40").utc
    assert [u.is_resolved_message for u in public] == [False, False, False, True]
    assert not [u for u in timeline.updates if "monitored" in u.text]


def test_a_promise_is_read_in_the_zone_in_which_it_lies_ahead() -> None:
    text = "next update by 16:40"
    timeline = told(
        alert("14:00", "ErrorRate", until="15:30"),
        says("14:10", ANNA, text, attributes={**CHANNEL, "author_zone": "Europe/Berlin"}),
        says("14:12", BEN, "next update in 20 minutes", attributes=CHANNEL),
    )
    promised = [u.promised_next.utc for u in timeline.updates if u.promised_next]
    assert promised == [at("14:40").utc, at("14:32").utc]


def test_questions_of_others_count_and_those_of_responders_bots_quotes_and_logs_do_not() -> None:
    timeline = told(
        *evening(),
        says("14:22", CLEO, "is checkout down for everybody?", attributes=CHANNEL),
        says("14:23", ANNA, "risk?", attributes=CHANNEL),
        says("14:24", BOT, "is anybody there?", attributes=CHANNEL),
        says("14:25", CLEO, "> is it down?\nthey asked that", attributes=CHANNEL),
        says("14:26", CLEO, "```GET /pay?x=1?```", attributes=CHANNEL),
        says("14:27", CLEO, "2026-05-12T14:21:20Z ERROR charge failed: upstream gone?", attributes=CHANNEL),
        says("14:28", CLEO, "lunch?", attributes={"channel": "random"}),
        says("14:29", CLEO, "any news?", attributes={"channel": "support", "mentions": ANNA.key}),
    )
    assert timeline.questions is not None
    assert [q.text for q in timeline.questions] == ["is checkout down for everybody?", "any news?"]
    assert all(q.asker.name == "" for q in timeline.questions)


def test_gaps_are_named_with_their_promise() -> None:
    sentences = [g.sentence for g in told(*evening()).gaps]
    assert "No public update for 34 min, 14:19 UTC to 14:53 UTC. Promise was 14:40." in sentences
    assert "The first user report waited 10 min until somebody responsible saw it." in sentences


def test_silence_while_impact_was_open_is_named() -> None:
    timeline = told(
        wrote("14:00", "Impact started", milestone="t_impact_start"),
        wrote("14:05", "Looking at it"),
        wrote("14:58", "Restarted the pods"),
        wrote("15:00", "Impact ended", milestone="t_impact_end"),
    )
    assert "No event for 53 min while impact was open, 14:05 UTC to 14:58 UTC." in [g.sentence for g in timeline.gaps]


def test_clock_offsets_are_shown_and_applied_only_when_confirmed() -> None:
    readings = [
        reading
        for minute in ("00", "20", "40")
        for reading in (
            alert(f"14:{minute}:00", f"Alert{minute}Rate", f"f{minute}"),
            says(f"14:{minute}:42", BOT, f"[FIRING] Alert{minute}Rate"),
        )
    ]
    (offset,) = told(*readings).offsets
    assert (offset.clock_id, offset.reference, offset.offset_s, offset.pairs) == ("chat", "alerts", 42, 3)
    late = says("14:41:42", ANNA, "looking")
    assert told(*readings, late).milestones[M.ACKNOWLEDGED][0].instant.utc == at("14:00").utc.replace(
        minute=41, second=42
    )
    confirmed = told(*readings, late, confirmed_offsets={"chat": 42.0})
    assert clock_of(confirmed, M.ACKNOWLEDGED) == "14:41:00"
    assert confirmed.offsets[0].confirmed and confirmed.offsets[0].offset_s == 42


def test_a_clock_one_hour_off_is_found_by_fingerprints_alone() -> None:
    def seen(clock: str, number: int, clock_id: str):  # type: ignore[no-untyped-def]
        one = alert(clock, f"A{number}Rate", f"f{number}", file=clock_id)
        return replace(one, instant=replace(one.instant, clock_id=clock_id))

    readings = [seen(f"14:{n}0", n, "am") for n in range(1, 4)] + [seen(f"15:{n}0", n, "vendor") for n in range(1, 4)]
    (offset,) = told(*readings).offsets
    assert (offset.clock_id, offset.offset_s, offset.pairs) == ("vendor", 3600, 3)


def test_a_ticket_dated_one_year_early_stays_and_counts_for_nothing() -> None:
    typo = ticket("14:07", "order failed")
    typo = replace(typo, instant=at("14:07", day=12 - 365), attributes={})
    timeline = told(*evening(), typo)
    assert clock_of(timeline, M.FIRST_USER_REPORT) == "14:05:31"
    assert timeline.events[0].id == typo.id and Flag.IMPLAUSIBLE_YEAR in timeline.events[0].instant.flags
    assert Flag.IMPLAUSIBLE_YEAR in {c.flag for c in timeline.conflicts}
    assert timeline.tickets == 1


def test_times_after_collection_are_flagged() -> None:
    timeline = told(*evening(), collected_at="2026-05-12T15:00:00+00:00")
    assert Flag.IN_FUTURE in {c.flag for c in timeline.conflicts}
    assert timeline.milestones[M.RESOLVED] == ()


def test_a_stated_duration_is_held_against_its_own_times() -> None:
    def document(text: str) -> Document:
        return Document(kind=EvidenceKind.DOCUMENT, title="Review", evidence=EvidenceRef("doc"),
                        stated=(("stated_time_to_repair", text, ref("doc", text)),))  # fmt: skip

    entries = [
        wrote("09:36", "Detected", milestone="t_detect", file="doc"),
        wrote("10:40", "Repaired", milestone="t_mitigated", file="doc"),
    ]
    for text, conflicts in (("1h 37m", 1), ("64 min", 0), ("1h 5m", 0), ("about 1 hour", 0)):
        timeline = reconstruct(Material(events=entries, documents=[document(text)]), Settings(), Incident())
        assert len(timeline.conflicts) == conflicts, text
    wrong = reconstruct(Material(events=entries, documents=[document("1h 37m")]), Settings(), Incident()).conflicts[0]
    assert wrong.subject == "stated_duration" and "64 min" in wrong.sentence
    assert [a.amount for a in wrong.accounts] == [97 * 60, 64 * 60]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1h50m", 6600), ("4h45", 17100), ("35h 36m", 128160), ("103 min", 6180), ("2.5 hours", 9000),
     ("1 hour and 37 minutes", 5820), ("half an hour", 1800), ("soon", None)],
)  # fmt: skip
def test_written_durations_are_read(text: str, seconds: float | None) -> None:
    assert read_duration(text) == seconds


def test_people_s_edits_reach_the_milestones() -> None:
    events = evening()
    first = told(*events)
    ack = first.milestones[M.ACKNOWLEDGED][0].event_ids[0]
    status_end = first.milestones[M.RESOLVED][1].event_ids[0]
    moment = at("16:00").utc
    edits = [
        Edit(id="1", verb=Verb.DISMISS, event_ids=(ack,), at=moment),
        Edit(id="2", verb=Verb.PIN, event_ids=(status_end,), milestone="t_resolved", at=moment, reason="page is late"),
    ]
    edited = reconstruct(Material(events=events), Settings(), Incident(), edits)
    assert [event.id for event in edited.hidden] == [ack]
    assert clock_of(edited, M.ACKNOWLEDGED) == "14:26:49", "the next one counts"
    assert edited.milestones[M.RESOLVED][0].chosen_by == "page is late"
    assert ack not in {e.id for e in edited.events}


@settings(max_examples=examples(25), deadline=None)
@given(st.randoms())
def test_the_order_of_the_material_never_shows(dice) -> None:  # type: ignore[no-untyped-def]
    events, changes = list(EVENING), list(CHANGES)
    dice.shuffle(events)
    dice.shuffle(changes)
    assert reconstruct(Material(events=events, changes=changes), Settings(), Incident()) == EXPECTED


EVENING = evening()
EXPECTED = reconstruct(Material(events=EVENING, changes=CHANGES), Settings(), Incident())


def test_ten_thousand_events_take_less_than_a_second_or_so() -> None:
    words = (
        "looking at errors",
        "I restarted the pods",
        "is there an ETA?",
        "customers report errors",
        "back to normal",
    )
    events = [
        says(f"{13 + n % 4}:{n % 60:02}:{n % 59:02}", (ANNA, BEN, CLEO, BOT)[n % 4], f"{words[n % 5]} {n}",
             attributes=CHANNEL)
        if n % 5 else alert(f"{13 + n % 4}:{n % 60:02}", f"Alert{n % 300}Rate", f"f{n % 300}")
        for n in range(10_000)
    ]  # fmt: skip
    began = time.process_time()
    timeline = reconstruct(Material(events=events), Settings(), Incident())
    # One second on an idle core; the bound leaves room for a busy machine and still fails a quadratic step.
    assert time.process_time() - began < 3
    assert sum(max(1, len(e.members)) for e in timeline.events) == 10_000
    assert {e.kind for e in timeline.events} >= {EventKind.DETECTION, EventKind.ACTION}


def test_commits_after_the_alert_answer_nothing() -> None:
    commit = deployment("14:12", "abc", kind=ChangeKind.COMMIT, title="docs: how to roll back", actor=ANNA)
    timeline = told(alert("14:11", "ErrorRate"), changes=(commit,))
    assert [d.acted_on for d in timeline.detections] == [None]
    for milestone in (M.ACKNOWLEDGED, M.FIRST_ACTION, M.MITIGATED):
        assert timeline.milestones[milestone] == ()


def test_a_bare_label_says_when_it_was_detected_but_not_by_whom() -> None:
    timeline = told(wrote("10:14", "First detected", milestone="t_detect"), wrote("10:20", "Engineers investigating"))
    assert clock_of(timeline, M.DETECTED) == clock_of(timeline, M.FLAG) == "10:14:00"
    assert timeline.detections == ()
    assert clock_of(timeline, M.ACKNOWLEDGED) == "10:20:00"


def test_where_a_page_names_the_service_its_window_shows_what_users_saw() -> None:
    start = at("13:00").utc.timestamp()
    times = [start + 15 * n for n in range(600)]

    def share(service: str, first: str, last: str) -> MetricSeries:
        inside = (at(first).utc.timestamp(), at(last).utc.timestamp())
        values = [0.4 if inside[0] <= t < inside[1] else 0.0 for t in times]
        return MetricSeries(metric=f"{service}_error_share", times=times, values=values, evidence=EvidenceRef(service),
                            service=service, unit="ratio")  # fmt: skip

    series = [share("checkout", "14:02", "14:52"), share("ledger", "13:55", "14:58")]
    page = alert("14:11", "CheckoutErrorRate", service="checkout", attributes={"severity": "page"})
    timeline = reconstruct(Material(events=[page], series=series), Settings(), Incident())
    assert {w.service for w in timeline.windows} == {"checkout"}
    assert {w.service for w in reconstruct(Material(series=series), Settings(), Incident()).windows} == {
        "checkout",
        "ledger",
    }


def test_day_and_month_swapped_in_a_ticket_are_flagged_with_the_other_reading() -> None:
    typo = ticket("14:38", "no order number")
    swapped = typo.instant.utc.replace(month=12, day=5)
    typo = replace(typo, instant=replace(typo.instant, utc=swapped), attributes={})
    timeline = told(*evening(), typo)
    conflict = next(c for c in timeline.conflicts if c.flag == Flag.DAY_MONTH_SWAP)
    assert "2026-05-12 14:38 UTC may be meant" in conflict.sentence
    assert timeline.tickets == 1


def test_an_operator_s_entry_is_an_action_and_a_pipeline_s_is_not() -> None:
    rollout = event("14:12", "deploy v9 finished", Lane.CHANGES, kind=EventKind.ACTION, service="shop")
    by_hand = event("14:26:44", "redis failover initiated", Lane.CHANGES, kind=EventKind.ACTION, service="redis")
    timeline = told(alert("14:11", "ErrorRate"), rollout, by_hand)
    assert clock_of(timeline, M.FIRST_ACTION) == "14:26:44"


def test_a_warning_that_wakes_nobody_is_no_detection_while_a_page_comes_before_any_answer() -> None:
    warning = alert("14:10", "LatencyHigh", "f1", service="checkout", attributes={"severity": "warning"})
    page = alert("14:11", "ErrorRateHigh", "f2", service="checkout", attributes={"severity": "critical"})
    answer = says("14:13", ANNA, "looking")
    assert clock_of(told(warning, page, answer), M.DETECTED) == "14:11:00"
    assert clock_of(told(warning, page, answer), M.FIRST_MONITOR) == "14:10:00"
    early = says("14:10:30", ANNA, "looking, latency is up")
    assert clock_of(told(warning, page, early), M.DETECTED) == "14:10:00"
    assert clock_of(told(warning, answer), M.DETECTED) == "14:10:00"


def test_a_measured_window_without_a_service_takes_the_only_one_that_alerted_meanwhile() -> None:
    start = at("13:00").utc.timestamp()
    times = [start + 15 * n for n in range(600)]
    inside = (at("14:02").utc.timestamp(), at("14:52").utc.timestamp())
    values = [0.4 if inside[0] <= t < inside[1] else 0.0 for t in times]
    series = [
        MetricSeries(
            metric="error_share", times=times, values=values, evidence=EvidenceRef("m"), service="", unit="ratio"
        )
    ]
    page = alert("14:11", "ErrorRate", service="checkout", attributes={"severity": "page"})
    other = alert("14:12", "QueueFull", "f2", service="ledger", attributes={"severity": "page"})
    alone = reconstruct(Material(events=[page], series=series), Settings(), Incident())
    both = reconstruct(Material(events=[page, other], series=series), Settings(), Incident())
    assert {window.service for window in alone.windows} == {"checkout"}
    assert {window.service for window in both.windows} == {""}

"""The same moment, seen by several sources, is one event with all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.digests import Settings
from afteraction.core.records import ChangeKind, EventKind, Lane
from afteraction.engine.timeline.merge import merge
from tests.effort import examples
from tests.engine.timeline.cast import ANNA, BEN, BOT, alert, at, deployment, event, ref, says

SETTINGS = Settings()


def test_the_same_alert_through_two_channels_is_one_event_with_two_sources() -> None:
    webhook, api = (
        alert("14:11:08", "CheckoutErrorRate", file="hook"),
        alert("14:11:08", "CheckoutErrorRate", file="api"),
    )
    merged = merge([webhook, api], [], SETTINGS)
    assert len(merged.events) == 1
    assert {s.evidence_id for s in merged.events[0].all_sources} == {"hook", "api"}
    assert merged.events[0].id == min(webhook.own_id, api.own_id)


def test_the_same_bytes_twice_are_one_reading() -> None:
    one = alert("14:11", "CheckoutErrorRate")
    merged = merge([one, one], [], SETTINGS)
    assert len(merged.events) == 1 and not merged.groups


def test_the_same_alert_an_hour_later_is_another_event() -> None:
    assert len(merge([alert("14:11", "A1"), alert("15:12", "A1")], [], SETTINGS).events) == 2


def test_the_end_of_an_alert_is_not_merged_with_its_start() -> None:
    over = replace(alert("14:13", "ErrorRate"), kind=EventKind.RECOVERY, attributes={"status": "resolved"})
    assert len(merge([alert("14:11", "ErrorRate"), over], [], SETTINGS).events) == 2


def test_a_bot_that_names_the_alert_joins_it_and_the_alert_keeps_its_time() -> None:
    told = says("14:11:14", BOT, "[FIRING:1] CheckoutErrorRate (checkout page)")
    merged = merge([told, alert("14:11:08", "CheckoutErrorRate")], [], SETTINGS)
    assert [(e.lane, e.instant.utc) for e in merged.events] == [(Lane.ALERTS, at("14:11:08").utc)]
    assert len(merged.events[0].members) == 2


def test_a_bot_that_names_another_alert_stays_apart() -> None:
    told = says("14:11:14", BOT, "[FIRING:1] LedgerSlow")
    assert len(merge([told, alert("14:11:08", "CheckoutErrorRate")], [], SETTINGS).events) == 2


def test_a_person_who_names_the_alert_stays_apart() -> None:
    told = says("14:11:14", ANNA, "CheckoutErrorRate is firing, looking")
    assert len(merge([told, alert("14:11:08", "CheckoutErrorRate")], [], SETTINGS).events) == 2


def test_two_people_with_one_fingerprint_are_never_merged() -> None:
    first, second = says("14:11", ANNA, "same", fingerprint="x"), says("14:11", BEN, "same", fingerprint="x")
    assert len(merge([first, second], [], SETTINGS).events) == 2


def test_one_acknowledgement_told_by_webhook_and_log_a_moment_apart_is_one_event() -> None:
    webhook, log = (
        replace(
            alert(when, "Acknowledged", file=file), kind=EventKind.ACTION, actor=ANNA, fingerprint="p:1:acknowledged"
        )
        for when, file in (("14:15:31", "hook"), ("14:15:32", "log"))
    )
    # Ben's stands in time between Anna's two in the first case, and after them in the second.
    for instant in (replace(webhook.instant, utc=webhook.instant.utc + timedelta(milliseconds=500)), at("14:15:33")):
        by_ben = replace(log, actor=BEN, evidence=ref("other"), instant=instant)
        merged = merge([webhook, log, by_ben], [], SETTINGS)
        assert sorted(len(one.all_sources) for one in merged.events) == [1, 2]


def test_one_message_in_two_exports_is_one_event() -> None:
    first, again = (says("14:11", ANNA, "hi", fingerprint="x", file=name) for name in ("a", "b"))
    assert len(merge([first, again], [], SETTINGS).events) == 1


def test_the_start_and_end_of_a_deployment_become_one_event_that_lasts() -> None:
    start, end = (
        deployment(t, "v2.14", s, fingerprint="d1") for t, s in (("13:52:10", "started"), ("13:58", "success"))
    )
    (only,) = merge([], [end, start], SETTINGS).events
    assert only.instant.utc == at("13:52:10").utc
    assert only.until is not None and only.until.utc == at("13:58").utc
    assert only.attributes["state"] == "success" and only.lane is Lane.CHANGES


def test_a_bot_that_names_service_and_version_joins_the_deployment() -> None:
    told = says("13:52:15", BOT, "deploying payments-api v2.14 to 12 pods")
    other = says("13:52:15", BOT, "deploying ledger v2.14 to 12 pods")
    change = deployment("13:52:10", "v2.14", fingerprint="d1")
    assert sorted(len(e.members) for e in merge([told, other], [change], SETTINGS).events) == [0, 2]


def test_a_rollback_is_a_candidate_for_mitigation() -> None:
    kinds = [e.kind for e in merge([], [deployment("14:43", "v2.13", kind=ChangeKind.ROLLBACK)], SETTINGS).events]
    assert kinds == [EventKind.MITIGATION]


def test_flapping_within_the_window_is_one_and_never_chains_beyond_it() -> None:
    flaps = [alert(f"14:{minute}", "Flappy") for minute in ("00", "04", "08", "12")]
    assert len(merge(flaps, [], SETTINGS).events) == 2


@settings(max_examples=examples(60), deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_the_input_never_shows(order: list[int]) -> None:
    shared = ref("fixed", "x")
    pool = [
        event("14:00", "one", evidence=replace(shared, excerpt=str(i)), fingerprint="f") if i < 2
        else alert("14:01", "ErrorRate", "f1", evidence=replace(shared, evidence_id=f"{i}")) if i < 5
        else says("14:02", BOT, "ErrorRate firing", evidence=replace(shared, evidence_id=f"{i}"))
        for i in range(8)
    ]  # fmt: skip
    assert merge([pool[i] for i in order], [], SETTINGS) == merge(pool, [], SETTINGS)


def test_a_commit_that_speaks_of_rollback_takes_nothing_back() -> None:
    commit = replace(deployment("14:00", "", title="docs: add rollback runbook"), kind=ChangeKind.COMMIT)
    assert [e.kind for e in merge([], [commit], SETTINGS).events] == [EventKind.ACTION]

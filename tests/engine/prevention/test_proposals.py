"""Candidates for each gap (SPEC §5.3): sentences with open slots, nothing until somebody takes one."""

from __future__ import annotations

import pytest

from afteraction.engine.gates.chances import gate_gaps
from afteraction.engine.gates.matrix import SEED_GATES, GateRow, Outcome, Reached
from afteraction.engine.language.actions.changes import classify
from afteraction.engine.language.actions.checking import check_action
from afteraction.engine.prevention.changes import Barrier, Change, ChangeClass, ChangeKind, ChangeState
from afteraction.engine.prevention.checks import CHECKS
from afteraction.engine.prevention.proposals import SLOTS, candidates_for, propose_changes, runbook_candidate
from afteraction.engine.review.document import Signal
from tests.engine.gates.cast import row, seven

POOL = Signal(id="Q1", title="Pool wait", source="ledger db_pool_wait_seconds", threshold=0.05, for_s=60,
              route="the owning on-call", result={"earlier_s": [659, 661]})  # fmt: skip


@pytest.mark.parametrize(("gate", "title"), [*SEED_GATES, ("load_test", "Load test"), ("scan", "Security scan")])
def test_every_gate_has_candidates_that_fit_their_barrier(gate: str, title: str) -> None:
    found = candidates_for(row(gate, title), scope="payments-api")
    assert found
    for each in found:
        assert {name for name, _ in SLOTS[each.barrier]} <= set(each.slots)
        assert each.done_when and all(line.check in CHECKS and line.text for line in each.done_when)
        assert "payments-api" in each.text or each.barrier is Barrier.DETECT or "every release" in each.slots["scope"]


@pytest.mark.parametrize(("gate", "title"), [*SEED_GATES, ("load_test", "Load test"), ("scan", "Security scan")])
def test_a_candidate_reads_as_a_process_change(gate: str, title: str) -> None:
    for outcome in (Outcome.PASSED, Outcome.SKIPPED):
        for each in candidates_for(row(gate, title, outcome=outcome), scope="payments-api", signals=[POOL]):
            assert classify(each.text).change_class is ChangeClass.PROCESS_CHANGE, each.text


@pytest.mark.parametrize(("gate", "title"), [*SEED_GATES, ("load_test", "Load test"), ("scan", "Security scan")])
@pytest.mark.parametrize("scope", ["", "payments-api"])
def test_what_is_proposed_passes_the_rules_that_everybody_has_to_pass(gate: str, title: str, scope: str) -> None:
    for outcome in (Outcome.PASSED, Outcome.SKIPPED):
        for each in candidates_for(row(gate, title, outcome=outcome), scope=scope, signals=[POOL]):
            assert [found.rule for found in check_action(each.text)] == [], each.text


def test_an_alert_without_a_signal_asks_for_what_is_open_and_for_nothing_else() -> None:
    for each in candidates_for(row("monitoring", "Production monitoring")):
        assert {found.rule for found in check_action(each.text)} <= {"S2"}, each.text


def test_a_proposed_correction_of_a_runbook_passes_them_too() -> None:
    assert check_action(runbook_candidate("V15", scope="payments-api").text) == ()


def test_what_the_review_does_not_know_stays_open_and_is_asked_one_at_a_time() -> None:
    (found,) = candidates_for(row("integration_tests", "Integration tests"))
    assert found.text == "The integration job of [scope] fails when [rejected], on every merge."
    assert found.question == "To which changes does it apply?"
    (known,) = candidates_for(row("integration_tests", "Integration tests"), scope="payments-api")
    assert known.question == "What exactly is rejected?"


def test_a_proposed_alert_fills_the_slots_of_detection() -> None:
    alert, synthetic = candidates_for(row("monitoring", "Production monitoring"), signals=[POOL])
    assert alert.text == (
        "Page the owning on-call when ledger db_pool_wait_seconds of any instance stays above 0.05 for 1 min."
    )
    assert (alert.slots["lead"], alert.question) == ("11 min", "")
    assert synthetic.kind is ChangeKind.SYNTHETIC and synthetic.question


def test_a_canary_that_was_not_in_the_path_is_asked_into_it_and_one_that_ran_is_asked_to_abort() -> None:
    skipped = [each.text for each in candidates_for(row("canary", "Canary", Reached.NO, outcome=Outcome.SKIPPED))]
    ran = [each.text for each in candidates_for(row("canary", "Canary"))]
    assert "refuses one that skips it" in skipped[0] and "refuses one that skips it" not in " ".join(ran)
    unknown = GateRow(id="canary", title="Canary", reached=Reached.NO)
    assert candidates_for(unknown)[0].text == skipped[0]


def test_a_gate_of_ones_own_names_itself_and_a_load_gate_is_known_by_its_title() -> None:
    assert candidates_for(row("scan", "Security scan"), scope="all images")[0].text == (
        "Security scan is a required check for every change to all images, red when [rejected]."
    )
    assert candidates_for(row("soak", "Nightly soak test"))[0].text.startswith("The load test is a required check")


def test_only_gaps_without_a_change_get_candidates_and_taking_one_answers_the_gap() -> None:
    first = propose_changes(gate_gaps(seven(), {}), seven(), scope="payments-api")
    assert {each.gap for each in first} == {gap.row for gap in gate_gaps(seven(), {})}
    taken = next(each for each in first if each.gap == "canary").taken("C1")
    assert isinstance(taken, Change) and (taken.gap, taken.state) == ("canary", ChangeState.PROPOSED)
    left = propose_changes(gate_gaps(seven(), {"C1": taken}), seven())
    assert {each.gap for each in left} == {each.gap for each in first} - {"canary"}

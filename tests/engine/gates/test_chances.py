"""Chances to catch it (SPEC M22, R141, R146, R161, R169)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.gates.chances import (
    chances_line,
    count_chances,
    gate_gaps,
    headline,
    matrix_order,
    reads_as_performance,
    seed_rows,
)
from afteraction.engine.gates.matrix import SEED_GATES, Could, GateRow, Outcome, Reached
from afteraction.engine.gates.questions import gate_findings
from afteraction.engine.prevention.changes import Change, ChangeKind, ChangeState
from afteraction.engine.review.findings import Severity
from tests.corpus import corpus
from tests.effort import examples
from tests.engine.gates.cast import row, seven


def test_the_headline_counts_who_could_who_let_it_pass_and_who_was_not_there() -> None:
    assert headline(count_chances(seven())) == (
        "Six of seven gates could have caught this. Four ran and let it pass, two were not in the path of this release."
    )
    assert chances_line(count_chances(seven()), seven()) == (
        "Chances to catch it: 4 reached and let it pass (code review, integration tests, staging, production "
        "monitoring). Not in the path: 2. Could not: 1."
    )


def test_a_gate_that_could_not_is_no_chance_and_stays_out_of_the_denominator() -> None:
    chances = count_chances(seven())
    assert chances.could_not == ("unit_tests",) and "unit_tests" not in chances.opportunities
    assert chances.opportunities == ("code_review", "integration_tests", "staging", "monitoring")


def test_five_gates_passed_are_counted_whatever_they_could_have_caught() -> None:
    # Golden case G2: five gates let the release through, one of them could not have seen it.
    gates = ("Code review", "Unit tests", "Integration tests", "Staging", "Data migration rehearsal")
    rows = {name: row(name, name, could=Could.NO if name == "Unit tests" else Could.YES) for name in gates}
    rows["Canary"] = row("Canary", "Canary", Reached.NO, outcome=Outcome.ABSENT)
    assert len(count_chances(rows).passed) == 5


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({}, "No gate is in the matrix yet."),
        (seed_rows(), "Six gates to answer: could each have caught this?"),
        ({"a": row("a", "A", could=Could.NO)}, "The one gate could not have caught this."),
        ({"a": row("a", "A", outcome=Outcome.CAUGHT)}, "The one gate could have caught this. One caught it."),
        (
            {"a": row("a", "A", could=Could.NO), "b": row("b", "B", could=Could.NO)},
            "None of two gates could have caught this.",
        ),
        (
            {"a": row("a", "A", Reached.UNKNOWN), "b": row("b", "B", could=Could.UNKNOWN)},
            "One of two gates could have caught this. One may have run: nothing shows it. One gate not answered yet.",
        ),
    ],
)
def test_the_headline_of_a_small_matrix(rows: dict[str, GateRow], said: str) -> None:
    assert headline(count_chances(rows)) == said


def test_a_gate_that_does_not_apply_is_not_among_the_gates() -> None:
    rows = seven() | {"canary": GateRow(id="canary", title="Canary", reached=Reached.NOT_APPLICABLE)}
    assert headline(count_chances(rows)).startswith("Five of six gates could have caught this.")


def test_the_seed_gates_are_the_six_of_the_article() -> None:
    seeds = {each["id"]: each for each in json.loads(corpus("../seed_examples.json").read_text())}
    named = [each.replace("canary release", "canary") for each in seeds["S4-six-gates"]["items"]]
    assert [title.lower() for _, title in SEED_GATES] == named
    assert [each.seed for each in matrix_order(seed_rows())] == [seed for seed, _ in SEED_GATES]


def test_a_gate_of_ones_own_stands_at_its_position() -> None:
    assert [each.id for each in matrix_order(seven())][3:6] == ["staging", "load_test", "canary"]


def test_a_gap_is_a_gate_that_could_and_did_not_named_by_what_became_of_it() -> None:
    assert [gap.title for gap in gate_gaps(seven(), {})] == [
        "Code review let it pass", "Integration tests let it pass", "Staging let it pass", "Load test absent",
        "Canary skipped", "Production monitoring absent",
    ]  # fmt: skip


def change(ident: str, **more) -> Change:
    return Change(id=ident, text="Every rollout passes the canary.", **({"gap": "canary"} | more))


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ([], "Canary skipped: no change of this gate and no regression test."),
        ([change("C1", kind=ChangeKind.GATE)], "Canary skipped: no regression test."),
        ([change("C1", kind=ChangeKind.TEST)], "Canary skipped: no change of this gate."),
        ([change("C1", kind=ChangeKind.GATE, regression_test="test_held", state=ChangeState.CANCELLED)],
         "Canary skipped: no change of this gate and no regression test."),
        ([change("C1", kind=ChangeKind.GATE, regression_test="test_held")], ""),
        ([change("C1", kind=ChangeKind.GATE), change("C2", kind=ChangeKind.TEST)], ""),
        ([change("C1", kind=ChangeKind.GATE), change("C2", kind=ChangeKind.TEST, gap="staging")],
         "Canary skipped: no regression test."),
    ],
)  # fmt: skip
def test_a_gap_asks_for_a_better_gate_and_a_test(changes: list[Change], missing: str) -> None:
    found = findings(seven(), {each.id: each for each in changes})
    assert next((each.sentence for each in found if each.id == "R161:canary"), "") == missing


def test_a_gap_that_is_waived_with_a_reason_is_not_asked_again() -> None:
    waived = {"R161:canary": "The component is retired in May."}
    assert "R161:canary" not in [each.id for each in findings(seven(), {}, waivers=waived)]
    assert "R161:canary" in [each.id for each in findings(seven(), {}, waivers={"R161:canary": " "})]
    assert next(gap for gap in gate_gaps(seven(), {}, waived) if gap.row == "canary").is_paired


def findings(rows, changes=(), *, change_triggered=True, **more):
    return gate_findings(rows, dict(changes), change_triggered=change_triggered, **more)


def must(found) -> list[str]:
    return [each.id for each in found if each.severity is Severity.MUST]


def test_a_review_of_a_change_without_a_matrix_cannot_be_reviewed() -> None:
    assert must(findings({})) == ["R141"]
    assert must(findings(seed_rows())) == ["R141"]
    assert must(findings(seven())) == []


def test_without_a_change_the_gates_may_be_set_aside_with_a_reason() -> None:
    assert must(findings({}, change_triggered=False)) == []
    assert [each.id for each in findings({}, change_triggered=False)] == ["R141"]
    assert findings({}, change_triggered=False, waivers={"R141": "A zone of the provider failed."}) == ()
    assert must(findings({}, waivers={"R141": "We would rather not."})) == ["R141"]


def test_every_row_is_answered_or_does_not_apply_for_a_reason() -> None:
    rows = seven()
    rows["canary"] = replace(rows["canary"], could=Could.UNKNOWN)
    rows["staging"] = GateRow(id="staging", title="Staging", seed="staging", reached=Reached.NOT_APPLICABLE)
    del rows["code_review"]
    assert must(findings(rows)) == ["R146:staging", "R146:canary", "R146:code_review"]
    rows["staging"] = replace(rows["staging"], not_applicable_because="There is no staging.")
    assert must(findings(rows)) == ["R146:canary", "R146:code_review"]


def test_a_gap_says_why_the_gate_did_not_catch_it() -> None:
    rows = seven()
    rows["canary"], rows["unit_tests"] = replace(rows["canary"], why=""), replace(rows["unit_tests"], why="")
    assert must(findings(rows)) == ["R146:canary"]


def test_an_incident_under_load_asks_for_a_load_gate_and_what_staging_lacked() -> None:
    rows = seven()
    del rows["load_test"]
    asked = [each.id for each in findings(rows, performance=True) if each.code == "R169"]
    assert asked == ["R169:load_test", "R169:staging"]
    assert [each.id for each in findings(seven(), performance=True) if each.code == "R169"] == ["R169:staging"]
    assert "R169" not in [each.code for each in findings(rows)]
    differs = findings(seven(), performance=True, staging_differs="Two pods instead of twelve.")
    assert "R169" not in [each.code for each in differs]


def test_the_staging_trap_of_the_article_reads_as_performance() -> None:
    seeds = {each["id"]: each for each in json.loads(corpus("../seed_examples.json").read_text())}
    assert reads_as_performance(seeds["S4-staging-trap"]["text"])
    assert not reads_as_performance("A wrong tax rate was printed on receipts.")


ROWS = st.lists(
    st.builds(row, st.sampled_from("abcdefg"), st.just("Gate"), st.sampled_from(Reached), st.sampled_from(Could),
              st.sampled_from(Outcome)),
    max_size=7,
)  # fmt: skip


@settings(max_examples=examples(80), deadline=None)
@given(ROWS)
def test_every_chance_has_one_fate_and_every_gate_one_place(rows: list[GateRow]) -> None:
    by_id = {each.id: each for each in rows}
    chances = count_chances(by_id)
    fates = chances.caught + chances.let_pass + chances.not_in_path + chances.reach_unknown
    assert sorted(fates) == sorted(chances.could)
    assert sorted(chances.could + chances.could_not + chances.unanswered) == sorted(chances.gates)
    assert sorted(chances.gates + chances.not_applicable) == sorted(by_id)
    assert {gap.row for gap in gate_gaps(by_id, {})} == set(chances.could) - set(chances.caught)
    assert headline(chances) == headline(count_chances(dict(reversed(by_id.items()))))

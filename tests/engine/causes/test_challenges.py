"""What a devil's advocate asks (R031), and how many explanations were weighed (SPEC §9.4)."""

from __future__ import annotations

import pytest

from afteraction.engine.causes.challenges import Ground, alternatives, challenges, first_plausible_answer
from afteraction.engine.causes.graph import CauseGraph, Relation, Stance, Strength
from afteraction.engine.language.findings import check_text
from tests.engine.causes.wellformed.cast import CONFIRMED, REFUTED, TOP, edge, graph, node, support

TITLES = {2: "The pool was full", 3: "The pool is shared", 4: "Retries multiplied", 5: "The canary did not run"}


def fixture() -> CauseGraph:
    """Four steps: two supported without evidence, one well supported, one a hypothesis."""
    nodes = [node(f"N{n}", said) for n, said in TITLES.items()]
    return graph(
        TOP,
        *nodes,
        edge("L1", "N2", "N1", **CONFIRMED),
        edge("L2", "N3", "N2", **CONFIRMED),
        edge("L3", "N4", "N2", **CONFIRMED),
        edge("L4", "N5", "N1"),
        support("S1", "L2", evidence_id="trace"),
        support("S2", "L2", evidence_id="logs"),
    )


def test_exactly_the_supported_steps_without_evidence_are_asked_in_order() -> None:
    assert [(each.subject, each.ground) for each in challenges(fixture())] == [
        ("L1", Ground.NO_EVIDENCE),
        ("L3", Ground.NO_EVIDENCE),
    ]


def test_the_weakest_ground_comes_first_and_each_claim_once() -> None:
    whole = graph(
        TOP,
        *(node(f"N{n}", f"Part {n} was slow", **CONFIRMED) for n in (2, 3, 4, 5)),
        node("N6", "redis lost its primary", **REFUTED),
        edge("L1", "N2", "N1", **CONFIRMED),
        support("S1", "L1", Strength.CORRELATED),
        support("S2", "N2", Strength.STATED),
        support("S3", "N3", Strength.OBSERVED, evidence_id="logs"),
        support("S4", "N3", Strength.OBSERVED, evidence_id="logs"),
        support("S5", "N4", Strength.REPRODUCED),
    )
    assert [(each.subject, each.ground) for each in challenges(whole)] == [
        ("N5", Ground.NO_EVIDENCE),
        ("N2", Ground.WEAK_EVIDENCE),
        ("L1", Ground.WEAK_EVIDENCE),
        ("N6", Ground.REJECTED_WITHOUT_EVIDENCE),
        ("N3", Ground.SINGLE_SOURCE),
    ]


@pytest.mark.parametrize(
    "how",
    [{"ruled_out_by": "The failover changed nothing"}, {}],
    ids=["in words", "by evidence"],
)
def test_what_was_ruled_out_with_a_reason_is_not_challenged(how: dict[str, str]) -> None:
    against = support("S1", "N2", stance=Stance.CONTRADICTS)
    parts = (TOP, node("N2", "redis lost its primary", **how, **REFUTED))
    assert challenges(graph(*parts, *([] if how else [against]))) == ()


def test_evidence_against_a_supported_claim_is_no_evidence_for_it() -> None:
    whole = graph(TOP, node("N2", "The pool was full", **CONFIRMED), support("S1", "N2", stance=Stance.CONTRADICTS))
    assert [each.ground for each in challenges(whole)] == [Ground.NO_EVIDENCE]


def test_the_sheet_has_at_most_seven_lines_and_the_order_of_parts_is_no_matter() -> None:
    nodes = [node(f"N{n}", f"Part {n} was slow", **CONFIRMED) for n in range(2, 14)]
    assert [each.subject for each in challenges(graph(TOP, *nodes))] == [f"N{n}" for n in range(2, 9)]
    assert challenges(graph(TOP, *nodes)) == challenges(graph(*reversed(nodes), TOP))


def test_no_challenge_looks_for_somebody() -> None:
    for each in challenges(fixture()):
        assert check_text(each.question, field="question") == () and check_text(each.sentence) == ()


POOL = node("N2", "The pool was full", **CONFIRMED)
STEP = edge("L1", "N2", "N1", **CONFIRMED)
REDIS = node("N3", "redis lost its primary", **REFUTED)
PROVIDER = node("N4", "The provider answered slowly", "external")


def test_a_first_severity_incident_wants_two_alternatives_before_its_cause_is_settled() -> None:
    one = graph(TOP, POOL, STEP, REDIS, edge("L2", "N3", "N1", **REFUTED))
    assert [each.id for each in first_plausible_answer(one, "SEV-1")] == ["B01:N1"]
    assert "one other explanation was" in first_plausible_answer(one, "sev1")[0].sentence
    two = graph(*one.nodes.values(), *one.edges.values(), PROVIDER, edge("L3", "N4", "N1"))
    assert [each.id for each in alternatives(two, "N1")] == ["N3", "N4"]
    assert first_plausible_answer(two, "SEV-1") == ()


@pytest.mark.parametrize("severity", ["SEV-2", "SEV-10", "", "critical"])
def test_other_severities_are_not_asked(severity: str) -> None:
    assert first_plausible_answer(graph(TOP, POOL, STEP), severity) == ()


def test_nothing_is_asked_while_every_cause_is_a_hypothesis() -> None:
    assert first_plausible_answer(graph(TOP, PROVIDER, edge("L1", "N4", "N1")), "SEV-1") == ()


def test_an_open_condition_behind_the_cause_or_an_unlinked_node_is_no_alternative() -> None:
    behind = node("N5", "The pool is shared")
    unlinked = node("N6", "redis was slow", **REFUTED)
    keys = node("N7", "Keys stopped double charges", "mitigator")
    whole = graph(
        TOP, POOL, STEP, behind, unlinked, keys, edge("L2", "N5", "N2"), edge("L3", "N7", "N1", Relation.MITIGATED)
    )
    assert alternatives(whole, "N1") == ()

"""No cause starts after its effect (W09)."""

from __future__ import annotations

import pytest

from afteraction.core.instant import Precision
from afteraction.engine.causes.graph import Relation, TopEvent
from tests.engine.causes.wellformed.cast import IMPACT, REFUTED, TOP, at, codes, edge, findings, graph, node, subjects

EFFECT = node("N2", "All 200 connections were in use", "event", valid_from=at("14:01"), valid_to=at("14:52"))


def cause(moment: str, precision: Precision = Precision.MINUTE) -> object:
    return node("N3", "v2.14 kept connections longer", valid_from=at(moment, precision))


@pytest.mark.parametrize(
    ("moment", "precision", "late"),
    [
        ("14:30", Precision.MINUTE, True),
        ("14:02", Precision.MINUTE, True),
        ("14:01", Precision.MINUTE, False),
        ("13:52", Precision.MINUTE, False),
        ("14:03", Precision.APPROXIMATE, False),
        ("2026-05-12", Precision.DAY, False),
    ],
)
def test_a_cause_that_certainly_begins_later_is_found(moment: str, precision: Precision, late: bool) -> None:
    parts = (TOP, EFFECT, cause(moment, precision), edge("L1", "N2", "N1"), edge("L2", "N3", "N2", Relation.TRIGGERED))
    assert (subjects(graph(*parts), "W09") == ["L2"]) is late  # type: ignore[arg-type]


def test_without_a_time_on_either_side_nothing_is_claimed() -> None:
    assert "W09" not in codes(graph(TOP, EFFECT, node("N3", "A limit"), edge("L2", "N3", "N2")))
    late = node("N3", "A late thing", valid_from=at("18:00"))
    assert "W09" not in codes(graph(TOP, late, edge("L2", "N3", "N1")))


def test_the_start_of_impact_stands_for_a_top_event_without_a_time() -> None:
    late = node("N3", "A late thing", valid_from=at("14:10"))
    assert subjects(graph(TOP, late, edge("L2", "N3", "N1")), "W09", impact=IMPACT) == ["L2"]


@pytest.mark.parametrize("relation", [Relation.AMPLIFIED, Relation.DELAYED_RECOVERY, Relation.MITIGATED])
def test_what_bears_on_how_long_may_begin_while_it_lasts_and_not_once_it_is_over(relation: Relation) -> None:
    during = node("N3", "reconcile replayed its backlog", "event", valid_from=at("15:10"))
    after = node("N3", "reconcile replayed its backlog", "event", valid_from=at("15:40"))
    assert "W09" not in codes(graph(TOP, during, edge("L1", "N3", "N1", relation)), impact=IMPACT)
    assert subjects(graph(TOP, after, edge("L1", "N3", "N1", relation)), "W09", impact=IMPACT) == ["L1"]


def test_a_cause_of_its_lasting_is_held_against_the_end() -> None:
    lasted = node("N1", "Impact lasted 79 min", "outcome", top=TopEvent.LASTED)
    during = node("N3", "reconcile replayed its backlog", "event", valid_from=at("15:10"))
    assert "W09" not in codes(graph(lasted, during, edge("L1", "N3", "N1")), impact=IMPACT)


def test_the_step_that_closes_a_circle_is_exempt_once_it_is_marked() -> None:
    retries = node("N3", "Retries multiplied", "event", valid_from=at("14:05"))
    parts = (TOP, EFFECT, retries, edge("L1", "N2", "N1"), edge("L2", "N2", "N3"))
    assert subjects(graph(*parts, edge("L3", "N3", "N2", Relation.AMPLIFIED)), "W09") == []
    assert subjects(graph(*parts, edge("L3", "N3", "N2")), "W09") == ["L3"]
    assert subjects(graph(*parts, edge("L3", "N3", "N2", reinforcing=True)), "W09") == []


def test_a_step_that_was_ruled_out_is_not_judged_and_the_sentence_names_both_ends() -> None:
    parts = (TOP, EFFECT, cause("14:30"), edge("L1", "N2", "N1"))
    assert "W09" not in codes(graph(*parts, edge("L2", "N3", "N2", **REFUTED)))  # type: ignore[arg-type]
    sentence = findings(graph(*parts, edge("L2", "N3", "N2")), "W09")[0].sentence  # type: ignore[arg-type]
    assert "“v2.14 kept connections longer”" in sentence and "“All 200 connections were in use”" in sentence

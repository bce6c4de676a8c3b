"""What the devil's advocate is given: exactly the claims that stand on little, the most pressing first."""

from __future__ import annotations

from dataclasses import replace

from afteraction.engine.causes.graph import CauseGraph, Edge, Node, NodeKind, Stance, Status, Strength, Support
from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached
from afteraction.engine.meeting.agenda import plan_agenda
from afteraction.engine.meeting.challenges import Weakness, challenges, prompt_sheet
from afteraction.engine.meeting.gathered import meeting_facts
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.review.document import Answer, AnswerState, Question, Remark, Review, Signal


def cause(number: int, status: Status = Status.HYPOTHESIS, **more: str) -> Node:
    return Node(id=f"N{number}", kind=NodeKind.CONDITION, statement=f"Cause {number}", status=status, **more)


def link(number: int, status: Status = Status.HYPOTHESIS, **more: str) -> Edge:
    return Edge(id=f"L{number}", source=f"N{number}", target="N0", status=status, **more)


def shown(claim: str, number: int, *, source: str, strength: Strength = Strength.OBSERVED, **more: Stance) -> Support:
    return Support(id=f"S{number}", claim=claim, evidence_id=source, strength=strength, **more)


def by_id(*parts: object) -> dict[str, object]:
    return {part.id: part for part in parts}


YES = Status.CONFIRMED
GRAPH = CauseGraph(
    nodes=by_id(
        Node(id="N0", kind=NodeKind.OUTCOME, statement="Checkout answers 503"), *(cause(n) for n in range(1, 8)),
        cause(8, Status.REFUTED), cause(9, Status.REFUTED, ruled_out_by="E4"), cause(10, Status.REFUTED),
    ),
    edges=by_id(
        link(1), link(2, YES), link(3, YES), link(4, YES), link(5, YES), link(6, YES, looked_for="none"), link(7),
        link(8, Status.REFUTED),
    ),
    supports=by_id(
        shown("L3", 1, source="a", strength=Strength.STATED), shown("L4", 2, source="a"), shown("L4", 3, source="a"),
        shown("L5", 4, source="a"), shown("L5", 5, source="b"), shown("L6", 6, source="a"), shown("L6", 7, source="b"),
        shown("L7", 8, source="a"), shown("L2", 9, source="a", stance=Stance.CONTRADICTS),
        shown("N10", 10, source="c", stance=Stance.CONTRADICTS),
    ),
)  # fmt: skip


def test_the_list_holds_exactly_the_claims_that_stand_on_little_ranked() -> None:
    assert [(each.subject, each.weakness) for each in challenges(GRAPH)] == [
        ("L2", Weakness.CONFIRMED_WITHOUT_EVIDENCE),
        ("N8", Weakness.RULED_OUT_WITHOUT_EVIDENCE),
        ("L1", Weakness.WITHOUT_EVIDENCE),
        ("L3", Weakness.WEAK_EVIDENCE),
        ("L4", Weakness.SINGLE_SOURCE),
        ("L5", Weakness.NOTHING_LOOKED_FOR),
    ]


def test_the_order_of_the_parts_does_not_matter() -> None:
    turned = CauseGraph(**{
        name: dict(reversed(getattr(GRAPH, name).items())) for name in ("nodes", "edges", "supports")
    })  # fmt: skip
    assert challenges(turned) == challenges(GRAPH)


def test_nobody_prepares_more_than_seven() -> None:
    bare = CauseGraph(nodes=GRAPH.nodes, edges=by_id(*(link(n) for n in range(1, 8)), link(10)))
    # Eight bare links, and two explanations ruled out on nothing.
    assert len(challenges(bare)) == 10
    assert len(prompt_sheet(bare)) == 7


def test_loose_links_and_an_empty_graph_are_no_challenge() -> None:
    assert challenges(CauseGraph()) == ()
    assert challenges(CauseGraph(nodes=GRAPH.nodes, edges=by_id(link(77)))) == challenges(CauseGraph(nodes=GRAPH.nodes))


def test_a_review_brings_its_own_facts_to_the_agenda() -> None:
    review = Review(
        graph=GRAPH,
        answers={"q1": Answer(id="q1", state=AnswerState.ANSWERED)},
        gates={"canary": GateRow(id="canary", title="Canary", seed="canary", reached=Reached.NO, could=Could.YES,
                                 outcome=Outcome.SKIPPED)},
        changes=by_id(
            Change(id="C1", text="Deploy stops without traffic", gap="canary", state=ChangeState.COMMITTED),
            Change(id="C2", text="Ask more often", state=ChangeState.PROPOSED),
        ),
        signals=by_id(
            Signal(id="Q1", title="Pool in use", result={"sentence": "It fires 11 min earlier."}),
            Signal(id="Q2", title="Queue age"),
        ),
        remarks=by_id(
            Remark(id="R1", column="well", text="Fast rollback"), Remark(id="R2", column="lucky", text="Sunday")
        ),
    )  # fmt: skip
    facts = meeting_facts(review, timeline_version=3, verdicts={"C1": "process change"})
    agenda = plan_agenda(facts, severity=1)
    assert facts.answered == {Question.IMPACT}
    assert facts.unevidenced == (
        "“Cause 1” leads to “Checkout answers 503”.", "“Cause 2” leads to “Checkout answers 503”.",
    )  # fmt: skip
    assert "Deploy stops without traffic (process change)" in agenda.item("q4").lines[0]
    assert agenda.item("q5").lines == ("Pool in use: It fires 11 min earlier.", "Queue age: not back-tested yet")
    close = agenda.item("close").lines
    assert next(line for line in close if line.startswith("Read aloud")).startswith("Read aloud: Deploy stops")
    assert not any("Ask more often" in line for line in close)
    assert {"Went well: Fast rollback", "Luck: Sunday"} <= set(close)
    again = meeting_facts(replace(review, graph=CauseGraph()))
    assert again.challenges == ()

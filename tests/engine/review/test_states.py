"""How far a review has come: each step, what stands before it, and what is never overridden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from afteraction.engine.causes.graph import CauseGraph, MitigatorKind, Node, NodeKind, Status
from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.review.document import Answer, Dismissal, Frame, Review
from afteraction.engine.review.findings import ReviewFinding, Severity
from afteraction.engine.review.near_miss import (
    NearMissForm,
    near_miss_parts,
    near_miss_problems,
    template_findings,
    template_for,
)
from afteraction.engine.review.states import (
    ORDER,
    Move,
    ReviewState,
    StateFacts,
    commitments,
    degradation_problem,
    may_move,
)
from tests.engine.review.cast import NOW

MUST = ReviewFinding(code="W05", subject="N7", severity=Severity.MUST, sentence="“Pool is full” has no evidence.")
MAY = ReviewFinding(code="W03", subject="N2", severity=Severity.MAY, sentence="The path ends at an action.")
TOLD = Answer(id="q1", degradation="Price lookups failed for shops in Europe.")
COMMIT = Change(
    id="C1", text="The canary stops at 2 % errors.", owner="12", accepted_at="2031-05-16T09:00:00Z",
    due=date(2031, 6, 1), state=ChangeState.ACCEPTED,
)  # fmt: skip
CANARY = GateRow(id="canary", title="Canary", reached=Reached.YES, could=Could.YES, outcome=Outcome.PASSED)


def review(**parts: Any) -> Review:
    return Review(**{"answers": {"q1": TOLD}, "changes": {"C1": COMMIT}, **parts})


def stand(state: ReviewState, **known: Any) -> StateFacts:
    return StateFacts(**{
        "state": state, "facts_confirmed": True, "commit_from": NOW - timedelta(hours=1), "people": 3, **known,
    })  # fmt: skip


def move(
    state: ReviewState, part: Review | None = None, findings: tuple[ReviewFinding, ...] = (), **known: Any
) -> Move:
    return may_move(part or review(), stand(state, **known), findings, NOW)


def blocked_by(found: Move) -> list[str]:
    assert found.allowed is not bool(found.blocking)
    return [each.id for each in found.blocking]


def test_a_whole_review_goes_from_opened_to_published_and_no_further() -> None:
    state, taken = ReviewState.OPENED, []
    while (found := move(state, review(gates={"canary": CANARY}), change_triggered=True)).allowed:
        taken.append(found.to)
        state = found.to
    assert taken == list(ORDER[1:6])
    assert (found.to, found.blocking[0].sentence.split(":")[0]) == (ReviewState.VERIFIED, "Not yet")


def test_no_step_is_left_out() -> None:
    for place, state in enumerate(ORDER):
        for later in ORDER[place + 2 :]:
            found = may_move(review(), stand(state), (), NOW, to=later)
            assert blocked_by(found) == ["ST0"]


def test_a_step_back_needs_a_reason() -> None:
    found = may_move(review(), stand(ReviewState.PUBLISHED), (MUST,), NOW, to=ReviewState.ANALYSIS)
    assert (found.allowed, found.needs_reason, found.open) == (True, True, (MUST,))
    assert not move(ReviewState.ANALYSIS).needs_reason


def test_facts_need_an_owner_and_a_confirmation() -> None:
    assert blocked_by(move(ReviewState.OPENED, facts_confirmed=False, has_owner=False)) == ["ST1", "ST2"]


class TestReviewed:
    def test_what_must_be_met_blocks_and_what_may_does_not(self) -> None:
        assert blocked_by(move(ReviewState.ANALYSIS, findings=(MAY, MUST))) == ["W05:N7"]
        found = move(ReviewState.ANALYSIS, findings=(MAY,))
        assert (found.allowed, found.open) == (True, (MAY,))

    def test_earlier_steps_are_never_blocked_by_findings(self) -> None:
        for state in (ReviewState.OPENED, ReviewState.FACTS_CONFIRMED):
            found = move(state, findings=(MUST,))
            assert found.allowed
            assert [each.id for each in found.open] == ["W05:N7"]

    def test_an_override_needs_its_reason(self) -> None:
        def with_reason(reason: str) -> Review:
            return review(dismissals={"W05:N7": Dismissal(id="W05:N7", reason=reason, overridden=True)})

        assert move(ReviewState.ANALYSIS, with_reason("The logs are gone."), (MUST,)).allowed
        assert blocked_by(move(ReviewState.ANALYSIS, with_reason(" "), (MUST,))) == ["W05:N7"]

    def test_the_first_question_needs_its_sentence(self) -> None:
        assert blocked_by(move(ReviewState.ANALYSIS, review(answers={}))) == ["ST3:q1"]
        unknown = review(answers={"q1": replace(TOLD, degradation="unknown")})
        assert move(ReviewState.ANALYSIS, unknown).allowed

    def test_a_bare_number_is_refused_whatever_reason_is_given(self) -> None:
        bare = review(
            answers={"q1": replace(TOLD, degradation="38 % for 103 min")},
            dismissals={"ST9:q1": Dismissal(id="ST9:q1", reason="It is exact.", overridden=True)},
        )
        assert blocked_by(move(ReviewState.ANALYSIS, bare)) == ["ST9:q1"]

    def test_what_a_change_set_off_needs_its_gates(self) -> None:
        untouched = {"canary": GateRow(id="canary", title="Canary")}
        for gates in ({}, untouched):
            found = move(ReviewState.ANALYSIS, review(gates=gates), change_triggered=True)
            assert blocked_by(found) == ["ST4:q3"]
        assert move(ReviewState.ANALYSIS, review(gates={"canary": CANARY}), change_triggered=True).allowed
        assert move(ReviewState.ANALYSIS, review(), change_triggered=False).allowed
        assert move(ReviewState.ANALYSIS, review(), change_triggered=None).allowed


@pytest.mark.parametrize(
    "text",
    ["38 %", "103 min", "about 5,000 users", "£4,200 per minute", "4.71 k/s", "~12 h downtime", "38 % of requests"],
)
def test_a_number_alone_does_not_say_what_did_not_work(text: str) -> None:
    assert "bare number" in degradation_problem(text)


@pytest.mark.parametrize(
    "text",
    [
        "Flag lookups returned errors to part of the projects: 38 % of evaluations for 103 min.",
        "Checkout failed for every shop in Europe.", "unknown", "Unknown.", "Nobody could sign in.",
        "Exports of 40 customers held wrong totals", "欧州の店舗で決済ができなかった",
    ],
)  # fmt: skip
def test_a_sentence_does(text: str) -> None:
    assert degradation_problem(text) == ""


def test_a_word_is_no_sentence() -> None:
    assert "no sentence" in degradation_problem("Outage")
    assert "no sentence" in degradation_problem("Checkout 38 %")


class TestCommitted:
    @pytest.mark.parametrize(
        "lacking", [{"owner": ""}, {"accepted_at": ""}, {"due": None}, {"state": ChangeState.PROPOSED},
                    {"state": ChangeState.PROVISIONAL}, {"state": ChangeState.CANCELLED}],
    )  # fmt: skip
    def test_a_commitment_has_somebody_who_accepted_and_a_date(self, lacking: dict[str, Any]) -> None:
        weak = review(changes={"C1": replace(COMMIT, **lacking)})
        assert commitments(weak) == ()
        assert blocked_by(move(ReviewState.REVIEWED, weak)) == ["ST5"]
        assert blocked_by(move(ReviewState.COMMITTED, weak)) == ["ST7"]

    def test_not_to_act_is_a_decision_with_a_reason_and_a_day(self) -> None:
        decided = Frame(no_action_because="It retires in June.", revisit=date(2031, 7, 1))
        for state in (ReviewState.REVIEWED, ReviewState.COMMITTED):
            assert move(state, review(changes={}, frame=decided)).allowed
            without = move(state, review(changes={}, frame=replace(decided, revisit=None)))
            assert "no day" in without.blocking[0].sentence

    def test_no_reason_overrides_that_nothing_was_decided(self) -> None:
        aside = {code: Dismissal(id=code, reason="We are busy.", overridden=True) for code in ("ST5", "ST7", "ST8")}
        nothing = review(changes={}, dismissals=aside)
        assert blocked_by(move(ReviewState.REVIEWED, nothing)) == ["ST5"]
        assert blocked_by(move(ReviewState.COMMITTED, nothing)) == ["ST7"]
        assert blocked_by(move(ReviewState.PUBLISHED, nothing)) == ["ST8"]

    @pytest.mark.parametrize("commit_from", [None, NOW + timedelta(hours=3)])
    def test_before_the_pause_a_commitment_needs_a_reason_or_the_emergency_tag(self, commit_from: Any) -> None:
        early = move(ReviewState.REVIEWED, commit_from=commit_from)
        assert blocked_by(early) == ["ST6:C1"]
        now = review(changes={"C1": replace(COMMIT, commit_now_because="The limit bites tonight.")})
        assert move(ReviewState.REVIEWED, now, commit_from=commit_from).allowed
        assert move(ReviewState.REVIEWED, commit_from=commit_from, is_emergency=True).allowed


def test_one_person_may_do_it_all_and_the_record_says_so() -> None:
    found = move(ReviewState.COMMITTED, is_solo=True, people=1)
    assert found.allowed
    assert found.note == "One perspective so far: one person did this review."
    assert move(ReviewState.COMMITTED).note == ""


class TestNearMiss:
    STOPPED = Node(id="N2", kind=NodeKind.MITIGATOR, statement="The lock refused a second run.")

    def test_it_asks_what_stopped_it_and_what_could_have_been_but_not_for_impact(self) -> None:
        empty = move(ReviewState.ANALYSIS, Review(), kind="near_miss")
        assert blocked_by(empty) == ["NM1", "NM2:q1"]
        told = Review(
            answers={"q1": Answer(id="q1", text="All carts would have been emptied.")},
            graph=CauseGraph(nodes={"N2": self.STOPPED}),
        )
        assert move(ReviewState.ANALYSIS, told, kind="near_miss").allowed

    def test_what_was_ruled_out_did_not_stop_it(self) -> None:
        refuted = CauseGraph(nodes={"N2": replace(self.STOPPED, status=Status.REFUTED)})
        assert [each.code for each in template_findings("near_miss", Review(graph=refuted))] == ["NM1", "NM2"]

    def test_two_sentences_make_the_first_parts(self) -> None:
        form = NearMissForm(
            nearly="The clean-up ran against production.", stopped_by="The lock refused it.",
            stopped_how=MitigatorKind.DESIGNED, would_have="All carts would have been emptied.",
        )  # fmt: skip
        assert near_miss_problems(form) == {}
        top, stopped, answer = near_miss_parts(form)
        assert isinstance(top, Node) and isinstance(stopped, Node) and isinstance(answer, Answer)
        assert (top.kind, stopped.mitigator) == (NodeKind.OUTCOME, MitigatorKind.DESIGNED)
        opened = Review(answers={answer.id: answer}, graph=CauseGraph(nodes={top.id: top, stopped.id: stopped}))
        assert template_findings("near_miss", opened) == ()

    def test_a_gate_that_held_caught_it_and_the_idea_is_a_provisional_change(self) -> None:
        form = NearMissForm(
            nearly="The clean-up ran.", stopped_by="Staging refused it.", gate="staging", gate_held=True,
            follow_up="The clean-up asks for the name of the cluster.",
        )  # fmt: skip
        assert near_miss_problems(form) == {}
        gate, change = near_miss_parts(form)[2:]
        assert isinstance(gate, GateRow) and isinstance(change, Change)
        assert (gate.id, gate.seed, gate.reached, gate.could, gate.outcome) == (
            "staging", "staging", Reached.YES, Could.YES, Outcome.CAUGHT,
        )  # fmt: skip
        assert (change.state, change.targets, change.gap) == (ChangeState.PROVISIONAL, ("N1",), "")
        open_gate, idea = near_miss_parts(replace(form, gate_held=False))[2:]
        assert isinstance(open_gate, GateRow) and isinstance(idea, Change)
        assert (open_gate.could, open_gate.outcome, idea.gap) == (Could.UNKNOWN, Outcome.PASSED, "staging")

    def test_luck_that_is_accepted_is_no_change_and_a_gate_says_whether_it_held(self) -> None:
        lucky = NearMissForm(
            nearly="It ran.", stopped_by="Nobody was awake.", stopped_how=MitigatorKind.LUCK, follow_up="Accepted.",
            gate="canary",
        )  # fmt: skip
        assert list(near_miss_problems(lucky)) == ["gate_held"]
        assert list(near_miss_problems(replace(lucky, gate="magic"))) == ["gate"]
        luck = near_miss_parts(replace(lucky, gate=""))[1:]
        assert [(type(each).__name__, getattr(each, "follow_up", "")) for each in luck] == [("Node", "Accepted.")]

    def test_luck_asks_for_what_could_take_its_place(self) -> None:
        lucky = NearMissForm(nearly="It ran.", stopped_by="Nobody was awake.", stopped_how=MitigatorKind.LUCK)
        assert list(near_miss_problems(lucky)) == ["follow_up"]
        assert list(near_miss_problems(NearMissForm(nearly=" ", stopped_by=""))) == ["nearly", "stopped_by"]


class TestMilestone:
    def test_it_has_parts_of_its_own_and_no_impact(self) -> None:
        template = template_for("milestone")
        assert [part.id for part in template.parts] == ["goals", "helped", "hindered", "commitments"]
        assert not template.has_impact and not template.has_gates

    def test_each_part_is_answered_before_it_is_reviewed_and_commitments_after(self) -> None:
        empty = move(ReviewState.ANALYSIS, Review(), kind="milestone", change_triggered=True)
        assert blocked_by(empty) == ["MS1:goals", "MS1:helped", "MS1:hindered"]
        answers = {name: Answer(id=name, text="Told.") for name in ("goals", "helped", "hindered")}
        assert move(ReviewState.ANALYSIS, Review(answers=answers), kind="milestone").allowed
        assert blocked_by(move(ReviewState.REVIEWED, Review(answers=answers), kind="milestone")) == ["ST5"]

    def test_incidents_have_the_five_questions(self) -> None:
        assert [part.id for part in template_for("outage").parts] == ["q1", "q2", "q3", "q4", "q5"]
        assert template_findings("outage", Review()) == ()

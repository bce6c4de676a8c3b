"""Sentences of a review that blame somebody wait for a decision before the organisation reads them, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from afteraction.engine.language.findings import Severity as Loudness
from afteraction.engine.language.findings import check_text
from afteraction.engine.review.accusations import accusations
from afteraction.engine.review.document import Answer, Dismissal, Frame, Remark, Review
from afteraction.engine.review.findings import Severity, is_set_aside, open_findings
from afteraction.pipeline.review.parts import read_review
from tests.corpus import corpus

VIKTOR = "Viktor's change broke the login."


def caused(text: str) -> Review:
    return Review(answers={"q2": Answer(id="q2", text=text)})


@pytest.mark.parametrize(
    "review",
    [
        Review(frame=Frame(summary=VIKTOR)),
        Review(frame=Frame(public=VIKTOR)),
        caused(VIKTOR),
        caused("Human error."),
        Review(frame=Frame(sections={"Root causes": "The technician failed to copy the code."})),
    ],
)
def test_a_person_or_human_error_in_a_summary_or_a_cause_waits_for_a_decision(review: Review) -> None:
    (found,) = accusations(review)
    assert found.severity is Severity.MUST and found.code in ("L1", "L4")
    assert found.sentence.startswith("“") and found.question


def test_the_way_out_comes_with_a_rewrite_where_one_keeps_the_facts() -> None:
    (found,) = accusations(caused("John deployed v2 without review."))
    assert found.suggestion == "The deployment process let v2 be deployed without review."
    assert accusations(caused(found.suggestion)) == ()


@pytest.mark.parametrize(
    "review",
    [
        Review(remarks={"R1": Remark(id="R1", column="poorly", text=VIKTOR)}),
        caused("I forgot to rotate the key."),
        caused("The alert should have fired earlier. In hindsight it was obvious."),
        caused("“Operator error” is never a root cause."),
        caused("> the engineer forgot to test\n"),
        caused("The deployment process allowed v2 without review."),
    ],
)
def test_what_is_a_nudge_at_most_stands_before_nothing(review: Review) -> None:
    assert accusations(review) == ()


def test_a_name_that_is_a_word_too_is_somebody_only_with_a_capital() -> None:
    will = ["Will Page"]
    assert accusations(caused("The next deploy will break the page again."), will) == ()
    assert accusations(caused("The rollout broke because Will forgot the flag."), will)
    assert accusations(caused("It broke because jdoe dropped the wrong table."), ["jdoe"])


def test_an_override_with_a_reason_holds_for_this_sentence_alone() -> None:
    (found,) = accusations(caused(VIKTOR))
    agreed = {found.id: Dismissal(id=found.id, reason="Viktor asked for it", overridden=True)}
    assert is_set_aside(found, agreed)
    assert open_findings([found], {found.id: Dismissal(id=found.id, reason="", overridden=True)}) == (found,)
    assert open_findings([found], {found.id: Dismissal(id=found.id, reason="seen")}) == (found,)
    more = accusations(caused(f"{VIKTOR} Marta forgot to rotate the key."))
    assert [each.id for each in open_findings(more, agreed)] == [each.id for each in more if each.id != found.id]
    assert len(more) == 2


def test_the_demo_review_raises_no_false_alarm() -> None:
    written = json.loads(Path("examples/demo-review.json").read_text(encoding="utf-8"))
    people = [each["name"] for each in written["history"]["people"].values()]
    assert len(people) >= 5
    review = read_review(written["parts"])
    assert accusations(review, people) == ()
    for node in review.graph.nodes.values():
        found = check_text(node.statement, field="cause", known_people=people)
        assert Loudness.GATE not in {each.severity for each in found}, node.statement


# Papers of the examples that speak of the incident in sentences.
PAPERS = sorted(
    each for each in Path("examples").rglob("*") if each.suffix in (".md", ".txt", ".yaml") and each.is_file()
)


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_the_papers_of_the_examples_raise_no_false_alarm(paper: Path) -> None:
    found = check_text(paper.read_text(encoding="utf-8"))
    assert [each.sentence for each in found if each.severity is Loudness.GATE] == []


def test_of_the_pairs_that_were_asked_for_no_better_half_waits() -> None:
    pairs = json.loads((corpus("INDEX.md").parent.parent / "seed_examples.json").read_text(encoding="utf-8"))
    better = [row["good"] for row in pairs if row["kind"] == "rewrite_pair"]
    assert len(better) == 8
    said = [*better, *(row["text"] for row in pairs if row["kind"] in ("action", "chain"))]
    assert [text for text in said if accusations(caused(str(text)))] == []

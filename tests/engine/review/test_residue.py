"""What a template left behind (R097)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afteraction.engine.meeting.phrases import FIVE_QUESTIONS
from afteraction.engine.review.document import Answer, Frame, Question, Review
from afteraction.engine.review.findings import Severity
from afteraction.engine.review.residue import residue_findings, residue_in


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The pool was full. TODO", "TODO"),
        ("Impact: TBD", "TBD"),
        ("Lorem ipsum dolor sit amet", "Lorem ipsum"),
        ("[Insert a summary of what happened]", "[Insert a summary of what happened]"),
        ("It began at <add the time>.", "<add the time>"),
        ("Owner: {{ owner }}", "{{ owner }}"),
        ("<!-- Reminder: no names here -->\nThe pool was full.", "<!-- Reminder: no names here -->"),
        ("To be filled in", "To be filled in"),
        (FIVE_QUESTIONS[Question.IMPACT], FIVE_QUESTIONS[Question.IMPACT]),
        (f"## {FIVE_QUESTIONS[Question.GATES]}\n", f"## {FIVE_QUESTIONS[Question.GATES]}"),
    ],
)
def test_a_place_holder_or_a_bare_prompt_is_found_as_it_stands(text: str, left: str) -> None:
    assert residue_in(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The release driver chose the <fast> track.",
        "The list of limits [E7] was added later.",
        "See [the dashboard](https://example.org/d) and [list the pods](https://example.org/p).",
        "A todo of the platform team named the limit.",
        "The service `xxl` answered 503.",
        "The template asks for an owner; nobody was named.",
        f"{FIVE_QUESTIONS[Question.IMPACT]}\n\nBuyers could not pay for 59 min.",
    ],
)
def test_what_people_wrote_is_left_alone(text: str) -> None:
    assert residue_in(text) == ""


def test_each_text_of_a_review_is_looked_at_and_nothing_blocks() -> None:
    review = Review(
        frame=Frame(summary="TODO", public="TBD", sections={"Weather": "[describe the weather]"}),
        answers={Question.CAUSES: Answer(id="q2", text="lorem ipsum")},
    )
    found = residue_findings(review)
    assert [each.id for each in found] == ["R097:summary", "R097:public", "R097:q2", "R097:section Weather"]
    assert {each.severity for each in found} == {Severity.MAY}
    assert found[0].sentence == "The summary still has “TODO”." and all(each.question.endswith("?") for each in found)
    assert residue_findings(Review()) == ()
    clean = replace(review, frame=Frame(summary="The pool was full."), answers={})
    assert residue_findings(clean) == ()


def test_a_long_prompt_is_shortened_in_the_sentence() -> None:
    (found,) = residue_findings(Review(frame=Frame(summary=f"[Describe {'very ' * 20}well]")))
    assert len(found.sentence) < 100 and found.sentence.endswith("…”.")

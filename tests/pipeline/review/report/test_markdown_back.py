"""A review goes out as Markdown and comes back: whole, edited, or with what was not taken listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.causes.graph import CauseGraph, Node, NodeKind
from afteraction.engine.prevention.changes import Change
from afteraction.engine.review.document import Answer, Dismissal, Frame, Remark, Review
from afteraction.pipeline.review.exchange import NoReview, bring_in
from afteraction.pipeline.review.markdown_in import read_markdown
from afteraction.pipeline.review.parts import read_review
from afteraction.pipeline.review.report.blocks import Audience
from afteraction.pipeline.review.report.compose import report_of
from afteraction.pipeline.review.report.markdown import markdown
from afteraction.pipeline.review.report.told import Told

DEMO = Path("examples/demo-review.json")
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60) | st.sampled_from(
    ["-->", "<!--/a-->", "<!-- afteraction:review\n{}\n-->", "--", "\\<b>", "a\r\nb", "| x | [E1] `y`", "  spaces  "]
)
IDENT = st.from_regex(r"[A-Z]\d{1,3}", fullmatch=True) | st.sampled_from(["a/b", "W05:N7", "two words"])


def demo() -> Review:
    return read_review(json.loads(DEMO.read_text(encoding="utf-8"))["parts"])


def written(review: Review) -> str:
    told = Told(review=review, record={"key": "INC-1", "title": "Checkout errors"})
    return markdown(report_of(told), told)


def back(text: str) -> tuple[Review, list[str]]:
    document, failures = read_markdown(text, "report.md")
    brought = bring_in(document, "report.md")
    return read_review(brought.parts), [str(each) for each in (*failures, *brought.failures)]


def test_the_demos_review_comes_back_as_it_was() -> None:
    assert back(written(demo())) == (demo(), [])


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    nodes = draw(st.dictionaries(IDENT, TEXT, max_size=3))
    changes = draw(st.dictionaries(IDENT, TEXT, max_size=3))
    remarks = draw(st.dictionaries(IDENT, st.tuples(st.sampled_from(["well", "poorly", "lucky"]), TEXT), max_size=3))
    return Review(
        frame=Frame(
            summary=draw(TEXT), objective=draw(TEXT), surprised=draw(TEXT), public=draw(TEXT),
            sections=draw(st.dictionaries(TEXT, TEXT, max_size=2)),
            waivers=draw(st.dictionaries(TEXT, TEXT, max_size=2)),
        ),
        answers={each: Answer(id=each, text=draw(TEXT), degradation=draw(TEXT)) for each in ("q1", "q2", "q4")},
        graph=CauseGraph(nodes={k: Node(id=k, kind=NodeKind.EVENT, statement=v) for k, v in nodes.items()}),
        changes={k: Change(id=k, text=v, success=v) for k, v in changes.items()},
        remarks={k: Remark(id=k, column=column, text=v) for k, (column, v) in remarks.items()},
        dismissals={k: Dismissal(id=k, reason=v) for k, v in changes.items()},
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(reviews())
def test_any_review_comes_back_as_it_was(review: Review) -> None:
    assert back(written(review)) == (review, [])


def test_an_edited_passage_is_taken_over() -> None:
    text = written(demo()).replace("Buyers could not finish a checkout", "Customers could not pay <at all>", 1)
    review, failures = back(text)
    assert failures == [] and review.answers["q1"].degradation.startswith("Customers could not pay <at all>: the pay")
    assert review.changes == demo().changes and review.graph == demo().graph


def test_an_edited_change_is_taken_over_from_inside_its_line() -> None:
    text = written(demo())
    assert text.count("Raise staging from 2 to 12 pods.") == 2
    review, failures = back(text.replace("Raise staging from 2 to 12 pods.<", "Raise staging to 12 pods\\_x.<"))
    assert failures == [] and review.changes["C6"].text == "Raise staging to 12 pods_x."


def test_what_was_edited_in_both_places_is_told_and_the_exact_part_stays() -> None:
    text = written(demo()).replace("Raise staging from 2 to 12 pods.<", "Raise staging to 20 pods.<")
    review, failures = back(text.replace('"Raise staging from 2 to 12 pods."', '"Raise staging to 6 pods."'))
    assert review.changes["C6"].text == "Raise staging to 6 pods."
    assert len(failures) == 1 and "change.C6.text was changed in the text and in the exact parts" in failures[0]


def test_a_passage_that_was_taken_out_and_computed_words_that_were_edited_are_told() -> None:
    text = written(demo())
    start = text.index("<!--a b answer/q3/text")
    end = text.index("<!--/a-->", start) + len("<!--/a-->")
    review, failures = back(text[:start] + text[end:].replace("## What we do not know", "## Open"))
    assert review == demo() and len(failures) == 2
    assert "answer.q3.text is no longer in the text" in failures[0] and "outside the marked passages" in failures[1]


def test_lines_that_an_editor_ends_differently_are_no_edit() -> None:
    assert back(written(demo()).replace("\n", "\r\n")) == (demo(), [])


@pytest.mark.parametrize("audience", [Audience.EXECUTIVE, Audience.PUBLIC])
def test_nobody_but_the_team_gets_the_exact_parts(audience: Audience) -> None:
    told = Told(review=demo(), record={"key": "INC-1", "title": "Checkout errors"})
    text = markdown(report_of(told, audience), told)
    assert "<!--" not in text
    with pytest.raises(NoReview, match=r"report\.md carries no review\. Import the Markdown of an internal report"):
        read_markdown(text, "report.md")


@pytest.mark.parametrize("exact", ["{", "[]", '{"parts": 3}'])
def test_exact_parts_that_are_broken_are_refused(exact: str) -> None:
    with pytest.raises(NoReview, match="Export it once more"):
        read_markdown(f"<!-- afteraction:review\n{exact}\n-->", "report.md")

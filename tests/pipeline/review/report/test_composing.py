"""One source, three audiences, every form: what each of them says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from afteraction.engine.causes.graph import NodeKind
from afteraction.engine.language.findings import Severity, check_text
from afteraction.engine.prevention.changes import Change, ChangeState, DoneWhen
from afteraction.engine.review.document import Frame, Layout, Review
from afteraction.pipeline.review.parts import read_review
from afteraction.pipeline.review.report.blocks import Audience, Drawing, Prose, Report, Section, passages
from afteraction.pipeline.review.report.compose import report_of
from afteraction.pipeline.review.report.html import html
from afteraction.pipeline.review.report.pdf import pdf
from afteraction.pipeline.review.report.template import CORE, FOUR_QUESTIONS, NEWEST, TEMPLATES, migrated
from afteraction.pipeline.review.report.told import StepTaken, Told
from afteraction.pipeline.review.report.written import written


@pytest.fixture(scope="module")
def told() -> Told:
    parts = json.loads(Path("examples/demo-review.json").read_text(encoding="utf-8"))["parts"]
    step = StepTaken(
        title="Reviewed", at=datetime(2026, 5, 14, 15, tzinfo=UTC), by="Owner", still_open=("Who owns it?",)
    )
    return Told(
        review=read_review(parts), record={"key": "INC-2041", "title": "Checkout errors", "severity": "SEV-2"},
        steps=(step,), seats=(("Facilitator", "Engineering excellence"),), published="20 May 2026, 3 days late",
    )  # fmt: skip


def said(report: Report) -> str:
    return "\n".join(text for _, text in passages(report))


def test_the_team_reads_everything_that_the_review_says(told: Told) -> None:
    text = said(report_of(told))
    for each in (
        "v2.14 moved the start of the ledger transaction", "The failover at 14:27 freed its memory",
        "Six of seven gates could have caught it", "Process change, strong; software and process, to prevent.",
        "Release engineering lead, due 5 Jun 2026.", "Check: not yet.", "3 of 4 ways this could happen again are cut",
        "Strength: 3 strong, 4 intermediate, 2 weak.", "The owner also kept the notes of the first half",
        "Who owns it?", "Accepted as luck.", "20 May 2026, 3 days late", "Engineering excellence",
    ):  # fmt: skip
        assert each in text


def test_executives_are_asked_for_decisions_that_follow_from_the_plan(told: Told) -> None:
    report = report_of(told, Audience.EXECUTIVE)
    text = said(report)
    assert "Close or accept the way that is left." in text and "takes about 15 days, by 7 July 2026." in text
    assert report.section("evidence") is None and report.section("record") is None and not re.search(r"\bE\d+\b", text)


def test_a_change_without_owner_and_date_is_a_decision_asked_for() -> None:
    review = Review(changes={"C1": Change(id="C1", text="Cap every client.")})
    assert "Find an owner and a date." in said(report_of(Told(review=review), Audience.EXECUTIVE))


def test_deciding_not_to_act_is_told_with_its_reason_and_when_it_is_looked_at_again() -> None:
    frame = Frame(no_action_because="the cost outweighs it", revisit=date(2026, 9, 1))
    text = said(report_of(Told(review=Review(frame=frame))))
    assert "Decided: no action, because the cost outweighs it. Looked at again on 1 September 2026." in text


@pytest.mark.parametrize("version", sorted(TEMPLATES))
def test_every_template_has_the_core_and_answers_the_four_questions(told: Told, version: int) -> None:
    ids = {each.id for each in report_of(told, template=version).sections}
    assert ids >= {*CORE, *FOUR_QUESTIONS}


def test_moving_to_another_template_and_back_loses_nothing(told: Told) -> None:
    frame = replace(told.review.frame, sections={"Legal": "Nothing to notify."})
    first = report_of(replace(told, review=replace(told.review, frame=frame)))
    gone = replace(
        first, sections=(*first.sections, Section(id="old", title="Old part", blocks=(Prose(text="Kept."),)))
    )
    there = migrated(gone, 1)
    assert there.template == 1 and {each.id for each in there.sections} == {each.id for each in gone.sections}
    assert migrated(there, NEWEST) == gone and "Nothing to notify." in said(there)


def test_a_review_without_anything_asks_and_never_leaves_a_heading_bare() -> None:
    for audience in Audience:
        report = report_of(Told(review=Review()), audience)
        assert all(section.blocks for section in report.sections)
        assert html(report) and pdf(report).startswith(b"%PDF")


@pytest.mark.parametrize("audience", list(Audience))
def test_the_file_asks_for_nothing_from_anywhere_and_no_markup_of_people_counts(told: Told, audience: Audience) -> None:
    bad = "<script>alert(1)</script> <img src=x>"
    review = replace(told.review, frame=replace(told.review.frame, summary=bad, public=bad))
    page = html(report_of(replace(told, review=review), audience))
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_drawings_stand_in_page_and_paper(told: Told) -> None:
    drawings = [each for section in report_of(told).sections for each in section.blocks if isinstance(each, Drawing)]
    assert [each.name for each in drawings] == ["causes"]
    assert drawings[0].file.startswith("<svg xmlns=") and "Demand for connections" in drawings[0].inline


@pytest.mark.parametrize("view", ["fault-tree", "whys"])
def test_the_drawing_of_the_report_stands_as_its_page_arranged_it(told: Told, view: str) -> None:
    graph = told.review.graph
    if view == "whys":
        causes = [replace(each, undeveloped=each.kind is NodeKind.OUTCOME) for each in graph.nodes.values()]
        graph = replace(graph, nodes={each.id: each for each in causes})
    top = graph.outcomes()[0].id
    layout = Layout(id=view, places={top: (321.0, 654.0)})
    arranged = replace(told, review=replace(told.review, graph=graph, layouts={view: layout}))
    (drawing,) = [
        each for section in report_of(arranged).sections for each in section.blocks if isinstance(each, Drawing)
    ]
    assert f'data-view="{view}"' in drawing.inline and '<rect x="321" y="654"' in drawing.inline
    assert '<rect x="321" y="654"' in drawing.file


def test_the_report_hands_out_what_the_next_sprint_audits_line_by_line() -> None:
    held = Change(
        id="C2", text="The canary is required", state=ChangeState.COMMITTED,
        done_when=(
            DoneWhen(text="The stage is required.", check="V13"), DoneWhen(text="It looks fine"),
            DoneWhen(text="The runbook names it", auditor="QA lead"),
        ),
    )  # fmt: skip
    idea = replace(held, id="C1", state=ChangeState.PROPOSED)
    told = Told(review=Review(changes={each.id: each for each in (held, idea)}))
    text = said(report_of(told))
    assert "To be audited in the next sprint" in text
    listed = text[text.index("To be audited in the next sprint") :].splitlines()[1:]
    assert "The stage is required: Canary or automatic rollback (V13)." in "\n".join(listed)
    assert "The runbook names it: by hand, QA lead." in "\n".join(listed)
    assert "It looks fine" not in "\n".join(listed) and "C1." not in "\n".join(listed[:4])
    for other in (Audience.EXECUTIVE, Audience.PUBLIC):
        assert "To be audited" not in said(report_of(told, other))
    nothing = Told(review=Review(changes={"C1": idea}))
    assert "To be audited" not in said(report_of(nothing))


def test_json_for_others_names_no_part_of_the_review(told: Told) -> None:
    for audience in (Audience.EXECUTIVE, Audience.PUBLIC):
        document = json.loads(written(report_of(told, audience), told))
        assert document["template"] == NEWEST and "source" not in json.dumps(document) and "parts" not in document
    assert json.loads(written(report_of(told), told))["schema"] == "afteraction/review/1"


def test_no_sentence_of_the_report_blames_anybody(told: Told) -> None:
    found = [
        (place, each.rule, each.sentence)
        for audience in Audience
        for place, text in passages(report_of(told, audience))
        for each in check_text(text)
        if each.rule in ("L1", "L4") or each.severity is Severity.GATE
    ]
    assert found == []

"""The demo's own review passes the linter: as its people wrote it, and as each audience gets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from afteraction.engine.language.documents.document import Read, check_document
from afteraction.pipeline.review.parts import read_review
from afteraction.pipeline.review.report.blocks import Audience
from afteraction.pipeline.review.report.compose import report_of
from afteraction.pipeline.review.report.html import html
from afteraction.pipeline.review.report.markdown import markdown
from afteraction.pipeline.review.report.told import Told

DEMO = Path(__file__).parents[2] / "examples" / "demo-review.json"


def loud(read: Read) -> list[tuple[int, str, str]]:
    return [
        (each.line, each.finding.rule, each.finding.sentence)
        for each in read.findings
        if each.finding.severity.value in ("gate", "nudge")
    ]


def told() -> Told:
    document = json.loads(DEMO.read_text(encoding="utf-8"))
    return Told(review=read_review(document["parts"]), record=document["incident"])


def exported(audience: Audience) -> str:
    return markdown(report_of(told(), audience), told())


def test_the_demos_review_has_nothing_at_gate_or_nudge() -> None:
    read = check_document(DEMO.read_text(encoding="utf-8"), name=DEMO.name)
    assert read.words > 1500
    assert loud(read) == []


@pytest.mark.parametrize("audience", list(Audience))
def test_the_demos_report_has_nothing_at_gate_or_nudge(audience: Audience) -> None:
    for name, text in (("r.md", exported(audience)), ("r.html", html(report_of(told(), audience), {}))):
        read = check_document(text, name=name)
        assert read.words > 200
        assert loud(read) == []


def test_the_same_report_with_somebody_blamed_has() -> None:
    text = exported(Audience.INTERNAL)
    blamed = text.replace("Raise staging from 2 to 12 pods.", "Be more careful with staging.", 1)
    assert [rule for _, rule, _ in loud(check_document(blamed, name="report.md")) if rule.startswith("A")] == ["A4"]
    before, heading, after = text.partition("## Why it happened\n")
    assert heading
    blamed = f"{before}{heading}\nAn engineer forgot the canary.\n{after}"
    assert "L1" in [rule for _, rule, _ in loud(check_document(blamed, name="report.md"))]


def test_a_changes_own_sentence_is_read_in_every_form_of_the_report() -> None:
    document = json.loads(DEMO.read_text(encoding="utf-8"))
    for ident in ("C1", "C7"):
        document["parts"]["change"][ident]["text"] = "Improve monitoring"
    review = Told(review=read_review(document["parts"]), record=document["incident"])
    report = report_of(review, Audience.INTERNAL)
    for name, text in (("r.md", markdown(report, review)), ("r.html", html(report)), ("r.json", json.dumps(document))):
        vague = [each.finding for each in check_document(text, name=name).findings if each.finding.rule == "A2"]
        assert [text[each.start :].startswith("Improve monitoring") for each in vague] == [True, True], name

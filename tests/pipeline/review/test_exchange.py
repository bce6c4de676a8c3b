"""A review as one document, out and in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from afteraction.engine.review.document import Review
from afteraction.pipeline.review.exchange import NoReview, bring_in, review_document
from afteraction.pipeline.review.parts import read_review

DEMO = Path("examples/demo-review.json")
NAMED = {"key": "INC-1", "title": "Checkout errors"}


def test_a_whole_review_comes_back_as_it_was() -> None:
    first = read_review(json.loads(DEMO.read_text())["parts"])
    brought = bring_in(json.loads(json.dumps(review_document(first, NAMED))), "review.json")
    assert brought.failures == ()
    assert read_review(brought.parts) == first


def test_what_cannot_be_read_is_listed_and_the_rest_is_kept() -> None:
    document = review_document(Review(), NAMED)
    document["parts"] = {
        "node": {"N1": {"kind": "event", "statement": "Pool is full"}, "N2": {"kind": "culprit", "statement": "x"}},
        "gauge": {"X": {}}, "edge": [],
    }  # fmt: skip
    brought = bring_in(document, "review.json")
    assert brought.parts == {"node": {"N1": {"kind": "event", "statement": "Pool is full"}}}
    told = [str(each) for each in brought.failures]
    assert len(told) == 3 and told[0].startswith("review.json, /parts/node/N2: node N2, kind: ")
    assert '"gauge" is no sort of part.' in told[1]


@pytest.mark.parametrize("document", [None, [], {}, {"schema": "afteraction/analysis/1"}, {"schema": "x", "parts": {}}])
def test_what_is_no_review_is_refused_with_the_next_step(document: object) -> None:
    with pytest.raises(NoReview, match=r"notes\.json is not a review\. Export one as JSON"):
        bring_in(document, "notes.json")


def test_the_demo_names_only_what_is_there() -> None:
    review = read_review(json.loads(DEMO.read_text())["parts"])
    graph = review.graph
    assert graph.loose_ends() == ()
    known = graph.nodes.keys()
    assert {each.id for each in graph.humans.values()} | {each.node for each in graph.asks.values()} <= known
    assert {target for change in review.changes.values() for target in change.targets} <= known
    assert {change.gap for change in review.changes.values() if change.gap} <= review.gates.keys()
    assert {row.node for row in review.gates.values() if row.node} <= known
    assert {remark.node for remark in review.remarks.values() if remark.node} <= known

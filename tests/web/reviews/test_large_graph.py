"""Pages of a review whose graph has many causes: they ask the database no more often, and stay readable."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

PAGE = "/incidents/INC-2041/review/"
PAGES = ("", "graph/", "graph/?view=fishbone", "graph/?view=fault-tree", "graph/?view=causal", "gates/", "meeting/")


def causes(first: int, last: int) -> list[dict]:
    """A chain of causes that branches, each with evidence, and a change on one in eight."""
    parts = []
    for at in range(first, last):
        body = {"kind": "condition", "statement": f"store {at} had no bound", "status": "confirmed"}
        parts.append({"sort": "node", "id": f"N{at}", "body": body})
        parts.append({"sort": "edge", "id": f"L{at}", "body": {"source": f"N{at}", "target": f"N{at // 3 or 1}"}})
        parts.append({"sort": "support", "id": f"S{at}", "body": {"claim": f"N{at}", "label": "E1"}})
        if at % 8 == 0:
            change = {"text": f"Refuse store {at} without a bound", "targets": [f"N{at}"]}
            parts.append({"sort": "change", "id": f"C{at // 8}", "body": change})
    return [{**each, "based_on": 0} for each in parts]


@pytest.fixture
def grow(review, save):
    """Adds causes to the graph of the review."""
    top = {"kind": "outcome", "top": "happened", "statement": "Checkout failed"}
    assert save({"sort": "node", "id": "N1", "body": top, "based_on": 0}).status_code == 200

    def more(first: int, last: int) -> None:
        answer = save(*causes(first, last))
        assert answer.status_code == 200, answer.content

    return more


def asked(client, place: str) -> int:
    """How many queries a page makes, once everything that is kept between requests is there."""
    assert client.get(PAGE + place).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE + place)
    return len(queries)


def test_no_page_asks_more_often_because_there_are_more_causes(grow, client) -> None:
    grow(2, 12)
    few = {place: asked(client, place) for place in PAGES}
    grow(12, 40)
    assert {place: asked(client, place) for place in PAGES} == few


def test_of_very_many_hints_the_first_are_shown_and_all_are_counted(grow, client) -> None:
    grow(2, 60)
    graph, review = (client.get(PAGE + place) for place in ("graph/", ""))
    open_ones, may = len(graph.context["picture"].open), len(review.context["standing"].may)
    assert min(open_ones, may) > 60
    assert f"first 60 of {open_ones}" in graph.content.decode() and f"first 60 of {may}" in review.content.decode()
    assert graph.content.decode().count('<li class="hint ') == 60
    must = min(len(review.context["standing"].must), 60)
    assert review.content.decode().count('<li class="issue ') == 60 + must + len(
        review.context.get("issues_wide") or ()
    )

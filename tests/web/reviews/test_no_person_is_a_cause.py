"""A person, a team or "human error" may be a draft of a cause and never a supported one (SPEC R032)."""

from __future__ import annotations

from typing import Any

import pytest

from afteraction.web.reviews.actions import import_review, undo_change
from afteraction.web.reviews.models import ReviewChange, ReviewPart

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
API = "/api/v1/incidents/INC-2041/review"
QUESTION = "What made that possible?"


def node(statement: str, status: str = "confirmed", **more: Any) -> Json:
    return {"kind": "event", "statement": statement, "status": status, **more}


def part(body: Json, ident: str = "N1", based_on: int = 0) -> Json:
    return {"sort": "node", "id": ident, "body": body, "based_on": based_on}


@pytest.mark.parametrize("statement", ["human error", "The platform team", "Maria Keller"])
def test_a_person_is_refused_as_a_supported_cause_and_asked_what_made_it_possible(review, save, statement) -> None:
    refused = save(part(node(statement)))
    assert refused.status_code == 422
    assert QUESTION in refused.json()["detail"] and "leave it a hypothesis" in refused.json()["detail"]
    assert not ReviewPart.objects.exists()


def test_a_draft_is_saved_and_cannot_be_made_supported_until_it_is_reworded(review, save) -> None:
    rev = save(part(node("Human error", "hypothesis"))).json()["number"]
    assert save(part(node("Human error"), based_on=rev), verb="judge").status_code == 422
    assert ReviewPart.objects.get().body.get("status", "hypothesis") == "hypothesis"
    reworded = node("The form accepts a cluster name of another environment")
    assert save(part(reworded, based_on=rev), verb="judge").status_code == 200


def test_a_supported_cause_is_not_reworded_into_a_person_and_nothing_else_of_the_save_is_written(review, save) -> None:
    rev = save(part(node("The pool was full"))).json()["number"]
    refused = save(part(node("The platform team"), based_on=rev), part(node("The queue was full"), "N2"))
    assert refused.status_code == 422 and refused.json()["detail"].startswith("N1 ")
    assert ReviewPart.objects.get().body["statement"] == "The pool was full"


def test_programs_are_refused_alike(review, client) -> None:
    said = {"parts": [{**part(node("human error"))}], "verb": "add"}
    refused = client.post(f"{API}/parts", said, content_type="application/json")
    assert refused.status_code == 422 and QUESTION in refused.content.decode()


def test_what_stood_so_before_can_be_edited_elsewhere_and_a_save_can_be_taken_back(review, save, person) -> None:
    rev = save(part(node("Human error", "hypothesis"))).json()["number"]
    # As a review of an earlier version of the application may have it.
    ReviewPart.objects.update(body=node("Human error"))
    ReviewChange.objects.update(after=node("Human error"))
    edited = save(part(node("Human error", factor="org"), based_on=rev))
    assert edited.status_code == 200
    number = save(part(node("Human error", "hypothesis", factor="org"), based_on=edited.json()["number"])).json()[
        "number"
    ]
    assert undo_change(review, number, actor=person).parts["node:N1"].body["status"] == "confirmed"


def test_an_import_keeps_it_as_a_hypothesis_and_says_so(incident, person) -> None:
    document = {"schema": "afteraction/review/1", "parts": {
        "node": {"N1": node("Human error"), "N2": node("The pool was full")},
    }}  # fmt: skip
    review, failures = import_review(incident, document, "review.json", actor=person)
    bodies = {row.ident: row.body for row in review.parts.all()}
    assert bodies["N1"].get("status", "hypothesis") == "hypothesis" and bodies["N1"]["statement"] == "Human error"
    assert bodies["N2"]["status"] == "confirmed"
    (said,) = failures
    assert "kept as a hypothesis" in said.reason and QUESTION in said.reason and str(said.locator) == "/parts/node/N1"
    before = ReviewChange.objects.count()
    import_review(incident, document, "review.json", actor=person)
    assert ReviewChange.objects.count() == before

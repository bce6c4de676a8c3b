"""Saving parts of a review: two people at once, undo, history, and what does not fit."""

from __future__ import annotations

import pytest
from django.test import Client

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents.models import IncidentMember, Seat
from afteraction.web.reviews.models import ReviewChange, ReviewPart

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("either_database")]
FULL = {"kind": "event", "statement": "All 200 ledger-db connections were in use"}
FAILED = {"kind": "outcome", "statement": "Checkout failed for 34 % of buyers", "top": "happened"}


def node(ident: str, body: dict | None, based_on: int = 0) -> dict:
    return {"sort": "node", "id": ident, "body": body, "based_on": based_on}


@pytest.fixture
def other(review, make_person) -> Client:
    """Another browser, of a responder."""
    person = make_person("responder@example.org")
    IncidentMember.objects.create(incident=review.incident, person=person, seat=Seat.RESPONDER)
    browser = Client()
    browser.force_login(person)
    return browser


def standing(client: Client) -> dict:
    return client.get("/incidents/INC-2041/review/parts").json()["parts"]


def test_new_parts_get_ids_and_may_name_each_other(review, save, client) -> None:
    answer = save(
        node("?outcome", FAILED), node("?cause", FULL),
        {"sort": "edge", "id": "", "body": {"source": "?cause", "target": "?outcome", "relation": "triggered"}},
        verb="add",
    )  # fmt: skip
    assert answer.status_code == 200
    assert answer.json()["named"] == {"?outcome": "N1", "?cause": "N2"}
    assert standing(client)["edge"]["L1"]["body"] == {"source": "N2", "target": "N1", "relation": "triggered"}
    assert AuditEntry.objects.get(verb="add").detail["parts"] == ["node:N1", "node:N2", "edge:L1"]


def test_an_id_is_not_given_twice_even_after_its_part_is_gone(review, save) -> None:
    first = save(node("", FULL)).json()
    save(node("N1", None, first["number"]))
    assert list(save(node("", FULL)).json()["parts"]) == ["node:N2"]


def test_two_people_changing_different_fields_both_hold(review, save, other, client) -> None:
    rev = save(node("N1", FULL)).json()["number"]
    assert save(node("N1", {**FULL, "status": "confirmed"}, rev), by=other).status_code == 200
    mine = save(node("N1", {**FULL, "factor": "tech"}, rev))
    assert mine.status_code == 200 and mine.json()["joined"] == ["node:N1"]
    assert standing(client)["node"]["N1"]["body"] == {**FULL, "status": "confirmed", "factor": "tech"}


def test_sentences_of_two_people_are_joined_on_save(review, save, other, client) -> None:
    text = "v2.14 moved the transaction. Demand passed the limit."
    rev = save({"sort": "answer", "id": "q2", "body": {"text": text}}).json()["number"]
    theirs = {"text": text.replace("moved the transaction.", "moved the transaction to before the card call.")}
    mine = {"text": text.replace("passed the limit.", "passed the limit of 200.")}
    save({"sort": "answer", "id": "q2", "body": theirs, "based_on": rev}, by=other)
    assert save({"sort": "answer", "id": "q2", "body": mine, "based_on": rev}).status_code == 200
    joined = "v2.14 moved the transaction to before the card call. Demand passed the limit of 200."
    assert standing(client)["answer"]["q2"]["body"]["text"] == joined


def test_the_same_field_changed_twice_shows_both_and_writes_nothing(review, save, other, client) -> None:
    rev = save(node("N1", FULL)).json()["number"]
    theirs = save(node("N1", {**FULL, "statement": "The pool was exhausted"}, rev), by=other).json()
    mine = {**FULL, "statement": "The pool had no free connection"}
    answer = save(node("N2", FAILED), node("N1", mine, rev))
    assert answer.status_code == 409
    (stale,) = answer.json()["stale"]
    assert stale["mine"] == mine and stale["theirs"]["statement"] == "The pool was exhausted"
    assert stale["fields"] == [{
        "field": "statement", "base": FULL["statement"], "mine": mine["statement"],
        "theirs": "The pool was exhausted",
    }]  # fmt: skip
    assert list(standing(client)["node"]) == ["N1"]
    # Who keeps their own names the version that they saw beside it.
    kept = save(node("N1", mine, stale["rev"]))
    assert kept.status_code == 200 and stale["rev"] == theirs["number"]


def test_what_somebody_else_removed_is_not_brought_back_by_a_stale_save(review, save, other, client) -> None:
    rev = save(node("N1", FULL)).json()["number"]
    save(node("N1", None, rev), by=other)
    assert save(node("N1", {**FULL, "status": "confirmed"}, rev)).status_code == 409
    assert standing(client) == {}


def test_the_same_save_twice_is_done_once(review, save) -> None:
    first = save(node("", FULL), batch="double-click")
    again = save(node("", FULL), batch="double-click")
    assert again.json()["number"] == first.json()["number"]
    assert ReviewPart.objects.count() == 1


def test_undo_takes_a_whole_save_back_and_can_be_undone(review, save, client) -> None:
    save(node("N1", FAILED))
    number = save(
        node("N2", FULL), {"sort": "edge", "id": "L1", "body": {"source": "N2", "target": "N1"}}
    ).json()["number"]  # fmt: skip
    undone = client.post(f"/incidents/INC-2041/review/undo/{number}")
    assert undone.status_code == 200
    assert list(standing(client)["node"]) == ["N1"] and "edge" not in standing(client)
    client.post(f"/incidents/INC-2041/review/undo/{undone.json()['number']}")
    assert list(standing(client)["node"]) == ["N1", "N2"] and list(standing(client)["edge"]) == ["L1"]
    verbs = list(ReviewChange.objects.filter(ident="N2").order_by("number").values_list("verb", flat=True))
    assert verbs == ["edit", "undo", "redo"]


def test_undo_does_not_take_away_what_somebody_changed_since(review, save, other, client) -> None:
    rev = save(node("N1", FULL)).json()["number"]
    number = save(node("N1", {**FULL, "status": "confirmed"}, rev)).json()["number"]
    save(node("N1", {**FULL, "status": "refuted"}, number), by=other)
    assert client.post(f"/incidents/INC-2041/review/undo/{number}").status_code == 409
    assert standing(client)["node"]["N1"]["body"]["status"] == "refuted"


def test_every_change_of_a_part_is_in_its_history(review, save, client) -> None:
    rev = save(node("N1", FULL)).json()["number"]
    save(node("N1", {**FULL, "status": "confirmed"}, rev), verb="judge")
    changes = client.get("/incidents/INC-2041/review/history/node/N1").json()["changes"]
    assert [(each["verb"], each["by"]) for each in changes] == [("judge", "Owner"), ("edit", "Owner")]
    assert changes[0]["before"] == FULL and changes[1]["before"] is None


def test_a_save_that_changes_nothing_leaves_no_trace(review, save) -> None:
    rev = save(node("N1", FULL)).json()["number"]
    assert save(node("N1", FULL, rev)).json()["number"] == rev
    assert ReviewChange.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "status", "told"),
    [
        ({"parts": []}, 400, "parts: a list of what to save is missing."),
        ({"parts": [{"id": "N1"}]}, 400, "parts[0].sort is missing."),
        ({"parts": [node("N1", FULL)], "verb": "obliterate"}, 400, "verb: "),
        ({"parts": [node("N1", {"kind": "person", "statement": "x"})]}, 422, "node N1, kind: "),
        ({"parts": [node("N1", {**FULL, "blame": "x"})]}, 422, "node N1, blame: "),
        ({"parts": [{"sort": "gauge", "id": "X1", "body": {}}]}, 422, "gauge X1: is none of "),
        ({"parts": [{**node("N1", FULL), "based_on": -1}]}, 400, "parts[0].based_on is not a revision."),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_written(review, client, said, status, told) -> None:
    answer = client.post("/incidents/INC-2041/review/save", said, content_type="application/json")
    assert answer.status_code == status
    assert answer.json()["error"].startswith(told)
    assert ReviewPart.objects.count() == 0


def test_people_in_one_review_see_each_other(review, client, other, person) -> None:
    client.post("/incidents/INC-2041/review/here", {"place": "q2"}, content_type="application/json")
    seen = other.post("/incidents/INC-2041/review/here", {"place": "q3"}, content_type="application/json").json()
    assert seen["people"] == [{"seat": "Owner", "initials": person.initials, "place": "q2"}]


def test_a_viewer_reads_and_does_not_write(review, save, make_person) -> None:
    viewer = make_person("viewer@example.org")
    IncidentMember.objects.create(incident=review.incident, person=viewer, seat=Seat.VIEWER)
    browser = Client()
    browser.force_login(viewer)
    assert save(node("N1", FULL), by=browser).status_code == 403
    assert browser.get("/incidents/INC-2041/review/parts").status_code == 200


def test_an_outsider_is_told_what_a_missing_incident_is_told(review, save, make_person) -> None:
    browser = Client()
    browser.force_login(make_person("outsider@example.org"))
    assert save(node("N1", FULL), by=browser).status_code == 404
    assert browser.get("/incidents/INC-2041/review/parts").status_code == 404

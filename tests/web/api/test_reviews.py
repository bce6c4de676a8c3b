"""Reviews over the API: the same verbs and the same figures as on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.actions.members import add_member
from afteraction.web.incidents.models import Seat
from afteraction.web.reviews.actions import PartWish, change_parts, open_review
from afteraction.web.reviews.causes.panels import panels
from afteraction.web.reviews.causes.picture import Picture
from afteraction.web.reviews.models import Review, ReviewPart
from afteraction.web.reviews.standing import Standing
from afteraction.web.reviews.workspace import Workspace

ROOT = "/api/v1/incidents/INC-2041/review"
FULL = {"kind": "event", "statement": "All 200 ledger-db connections were in use", "status": "confirmed"}
LIMIT = {"kind": "condition", "statement": "The pool was limited to 200", "status": "confirmed"}
FAILED = {"kind": "outcome", "statement": "Checkout failed for 34 % of buyers", "top": "happened"}
GRAPH = [
    ("node", "N1", FAILED), ("node", "N2", FULL), ("node", "N3", LIMIT),
    ("edge", "L1", {"source": "N2", "target": "N1", "relation": "triggered"}),
    ("edge", "L2", {"source": "N3", "target": "N1", "relation": "enabled"}),
    ("gate", "canary", {"title": "Canary", "seed": "canary", "reached": "yes", "could": "yes", "outcome": "passed"}),
    ("change", "C1", {"text": "The pool grows with its demand", "targets": ["N3"]}),
]  # fmt: skip


@pytest.fixture
def api(program, person, incident) -> Client:
    return program(person)


@pytest.fixture
def review(incident, person) -> Review:
    opened = open_review(incident, actor=person)
    wishes = [PartWish(sort, ident, body) for sort, ident, body in GRAPH]
    change_parts(opened, wishes, verb="add", actor=person)
    return opened


@pytest.fixture
def quiet(person) -> str:
    """The review of an incident for which no trigger opens one."""
    key = open_incident("INC-2050", owner=person, title="Search was slow").key
    return f"/api/v1/incidents/{key}/review"


def send(api: Client, path: str, said: Any, root: str = ROOT) -> Any:
    return api.post(f"{root}{path}", said, content_type="application/json")


def part(sort: str, ident: str, body: Any, based_on: int = 0) -> dict[str, Any]:
    return {"sort": sort, "id": ident, "body": body, "based_on": based_on}


def test_a_review_is_opened_for_a_reason_and_read(api, quiet) -> None:
    assert api.get(quiet).status_code == 404
    opened = send(api, "", {"reason": "The third of its kind", "depth": "light"}, quiet)
    assert opened.status_code == 201
    told = api.get(quiet).json()
    assert (told["step"], told["depth"], told["version"], told["parts"]) == ("opened", "light", 0, {})
    assert "Asked for: The third of its kind" in [each["sentence"] for each in told["triggers"]]
    assert [each["name"] for each in told["timers"]["marks"]][:3] == ["draft", "publish", "commit"]
    assert AuditEntry.objects.get(verb="open_review", via="api").detail["codes"] == ["TR9"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": ""}, "body.said.reason"),
        ({"reason": "x", "depth": "deep"}, "body.said.depth"),
    ],
)
def test_what_does_not_open_a_review_is_named(api, quiet, said, field) -> None:
    answer = send(api, "", said, quiet)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert not Review.objects.filter(incident__key="INC-2050").exists()


def test_parts_are_saved_all_at_once_and_name_each_other(api, review) -> None:
    saved = send(api, "/parts", {"verb": "add", "parts": [
        part("node", "?new", FULL), part("edge", "", {"source": "?new", "target": "N1"}),
    ]})  # fmt: skip
    assert saved.status_code == 200
    assert saved.json()["named"] == {"?new": "N4"}
    assert api.get(ROOT).json()["parts"]["edge"]["L3"]["body"] == {"source": "N4", "target": "N1"}
    assert AuditEntry.objects.filter(verb="add", via="api").count() == 1


def test_a_stale_save_gets_both_versions_and_writes_nothing(api, review) -> None:
    rev = api.get(ROOT).json()["parts"]["node"]["N2"]["rev"]
    send(api, "/parts", {"parts": [part("node", "N2", {**FULL, "statement": "The pool was empty"}, rev)]})
    mine = {**FULL, "statement": "No connection was free"}
    answer = send(api, "/parts", {"parts": [part("node", "N9", LIMIT), part("node", "N2", mine, rev)]})
    assert answer.status_code == 409
    assert answer["content-type"] == "application/problem+json"
    (stale,) = answer.json()["stale"]
    assert (stale["mine"]["statement"], stale["theirs"]["statement"]) == (mine["statement"], "The pool was empty")
    assert not ReviewPart.objects.filter(ident="N9").exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"parts": [part("node", "N2", {"kind": "person", "statement": "x"})]}, "kind"),
        ({"parts": [part("node", "N2", {**FULL, "blame": "x"})]}, "blame"),
        ({"parts": [part("node", "N2", FULL)], "verb": "obliterate"}, "verb"),
        ({"parts": []}, "body.said.parts"),
        ({"parts": [part("node", "N2", FULL, -1)]}, "body.said.parts.0.based_on"),
    ],
)
def test_a_save_that_does_not_fit_names_the_field(api, review, sent, field) -> None:
    answer = send(api, "/parts", sent)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert review.changes.count() == len(GRAPH)


def test_a_save_is_undone_and_is_in_the_history(api, review) -> None:
    number = send(api, "/parts", {"parts": [part("node", "N3", None, review.version)]}).json()["number"]
    assert "N3" not in api.get(ROOT).json()["parts"]["node"]
    assert send(api, f"/undo/{number}", {}).status_code == 200
    assert api.get(ROOT).json()["parts"]["node"]["N3"]["body"] == LIMIT
    changes = api.get(f"{ROOT}/parts/node/N3/history").json()["changes"]
    assert [each["verb"] for each in changes] == ["undo", "edit", "add"]
    assert changes[0]["undo_of"] == number and changes[0]["by"] == "Owner"
    assert send(api, "/undo/999", {}).status_code == 404


def test_what_is_open_is_what_the_page_has(api, review, person) -> None:
    told = api.get(f"{ROOT}/findings").json()
    page = Standing(Workspace(review, person), timezone.now())
    assert page.must and page.may
    assert [each["id"] for each in told["must"]] == [each.id for each in page.must]
    assert [each["sentence"] for each in told["may"]] == [each.sentence for each in page.may]
    assert told["next"]["allowed"] is False
    one = page.may[0].id
    send(api, "/parts", {"verb": "dismiss", "parts": [part("dismissal", one, {"reason": "Known"})]})
    assert one in [each["id"] for each in api.get(f"{ROOT}/findings").json()["set_aside"]]


def test_the_ways_are_those_of_the_page(api, review, person) -> None:
    told = api.get(f"{ROOT}/ways").json()
    page = Picture(Workspace(review, person), "fault-tree", "happened")
    shown = panels(page)
    assert told["top"] == "N1"
    assert [each["words"] for each in told["cut_sets"]["sets"]] == [each.words for each in shown.cuts]
    assert [each["words"] for each in told["path_sets"]["sets"]] == [each.words for each in shown.paths]
    assert told["cut_sets"]["total"] == page.ways.total == 1
    assert told["coverage"]["words"] == shown.sentence
    assert told["coverage"]["cut_by"] == {"C1": 1}
    assert {each["event"]: each["member_of"] for each in told["importance"]} == {"N2": 1, "N3": 1}
    nothing = api.get(f"{ROOT}/ways", {"top": "lasted"}).json()
    assert (nothing["top"], nothing["cut_sets"]["sets"]) == ("", [])


@pytest.mark.parametrize("view", ["whys", "fishbone", "fault-tree", "causal"])
def test_a_drawing_is_the_file_of_the_page(api, review, client, view) -> None:
    told = api.get(f"{ROOT}/graph.svg", {"view": view})
    page = client.get("/incidents/INC-2041/review/graph.svg", {"view": view})
    assert told["content-type"] == "image/svg+xml"
    assert told.content == page.content and b"ledger-db" in told.content


def test_a_review_goes_out_and_comes_in_elsewhere(api, review, quiet) -> None:
    document = api.get(f"{ROOT}/export").json()
    taken = send(api, "/import", document, quiet)
    assert taken.json()["failures"] == []
    assert api.get(f"{quiet}/export").json()["parts"] == document["parts"]
    document["parts"]["gauge"] = {"X1": {}}
    again = send(api, "/import", document, quiet).json()
    assert "gauge" in again["failures"][0] and again["version"] == taken.json()["version"]
    assert send(api, "/import", {"schema": "other"}).status_code == 422


def test_gates_are_filled_and_changes_taken_on(api, review) -> None:
    filled = send(api, "/gates/fill", {}).json()["changed"]
    assert filled and send(api, "/gates/fill", {}).json()["changed"] == 0
    assert "code_review" in api.get(ROOT).json()["parts"]["gate"]
    accepted = send(api, "/changes/C1/accept", {})
    assert accepted.status_code == 200
    assert accepted.json()["parts"]["change:C1"]["body"]["accepted_at"]
    assert send(api, "/changes/C9/accept", {}).status_code == 409
    assert send(api, "/changes/C1/obliterate", {}).status_code == 404


def test_a_proposal_becomes_a_change(api, review) -> None:
    proposed = api.get(f"{ROOT}/candidates").json()["candidates"]
    mine = next(each for each in proposed if each["gap"] == "canary")
    taken = send(api, "/candidates", {"gap": "canary", "at": mine["at"]}).json()["parts"]
    assert [each["body"]["text"] for each in taken.values()] == [mine["text"]]
    assert send(api, "/candidates", {"gap": "canary", "at": 999}).status_code == 409


def test_a_step_is_refused_with_what_stands_before_it(api, review) -> None:
    refused = send(api, "/move", {"to": "reviewed"})
    assert refused.status_code == 409
    must = api.get(f"{ROOT}/findings").json()["must"]
    assert refused.json()["blocking"] and must
    assert send(api, "/move", {"to": "verified"}).json()["detail"].startswith("Not yet")
    steps = api.get(f"{ROOT}/steps").json()["steps"]
    assert [each["step"] for each in steps] == ["opened"]


def test_scopes_and_seats_are_asked_for(program, review, person, make_person) -> None:
    reader = program(person, "read")
    assert reader.get(f"{ROOT}/findings").status_code == 200
    assert send(reader, "/parts", {"parts": [part("node", "", FULL)]}).status_code == 403
    viewer = make_person("viewer@example.org")
    add_member(review.incident, viewer.email, Seat.VIEWER, actor=person)
    watching = program(viewer)
    assert watching.get(ROOT).status_code == 200
    for path in ("/parts", "/undo/1", "/import", "/gates/fill", "/changes/C1/accept", "/candidates"):
        said = {"parts": [part("node", "", FULL)], "gap": "canary"}
        assert send(watching, path, said).status_code == 403, path
    outside = program(make_person("outsider@example.org"))
    for path in ("", "/findings", "/ways", "/export", "/graph.svg", "/candidates", "/parts/node/N1/history"):
        assert outside.get(f"{ROOT}{path}").status_code == 404, path


def test_incidents_side_by_side_are_those_of_the_page(api, review, client, person) -> None:
    open_incident("INC-2050", owner=person, title="Search was slow")
    told = api.get("/api/v1/incidents/compare", {"keys": "INC-2041,INC-2050"}).json()
    page = client.get("/incidents/compare.json", {"keys": "INC-2041,INC-2050"}).json()
    assert told == {name: value for name, value in page.items() if name != "schema"}
    assert told["rows"]


def test_one_incident_is_not_compared(api, review, make_person) -> None:
    open_incident("INC-7777", owner=make_person("stranger@example.org"), title="Ledger lost rows")
    hidden = api.get("/api/v1/incidents/compare", {"keys": "INC-2041,INC-7777"})
    missing = api.get("/api/v1/incidents/compare", {"keys": "INC-2041,INC-9999"})
    assert hidden.status_code == missing.status_code == 422
    assert hidden.json() == missing.json()
    assert [each["field"] for each in hidden.json()["errors"]] == ["keys"]

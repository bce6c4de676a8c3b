"""Declining, depth, presence and the rest of what a review's pages do, over the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from afteraction.web.accounts.models import AuditEntry, SiteRole
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.models import IncidentMember
from afteraction.web.reviews.actions import open_review
from afteraction.web.reviews.models import DeclinedReview
from afteraction.web.reviews.queries import document_of

QUIET = "/api/v1/incidents/INC-2050/review"
ROOT = "/api/v1/incidents/INC-2041/review"


@pytest.fixture
def api(program, person, incident) -> Client:
    open_incident("INC-2050", owner=person, title="Search was slow")
    return program(person)


def send(api: Client, where: str, said: Any = None, method: str = "post") -> Any:
    return getattr(api, method)(where, said or {}, content_type="application/json")


def test_a_review_is_declined_for_a_reason_and_opened_after_all(api) -> None:
    assert api.get(f"{QUIET}/decline").status_code == 404
    assert send(api, f"{QUIET}/decline", {"reason": " "}).status_code == 409
    assert send(api, f"{QUIET}/decline", {"reason": "Nothing new in it"}).status_code == 201
    assert api.get(f"{QUIET}/decline").json()["reason"] == "Nothing new in it"
    assert AuditEntry.objects.get(verb="decline_review").via == "api"
    assert send(api, QUIET, {"reason": "It came again"}).status_code == 201
    assert DeclinedReview.objects.get().ended_at is not None
    assert api.get(f"{QUIET}/decline").status_code == 404
    assert send(api, f"{QUIET}/decline", {"reason": "No"}).status_code == 409, "somebody asked for it"


def test_another_depth_takes_a_reason(api, incident, person) -> None:
    open_review(incident, actor=person)
    assert send(api, f"{ROOT}/depth", {"depth": "light", "reason": " "}, "put").status_code == 409
    assert send(api, f"{ROOT}/depth", {"depth": "light", "reason": "It is small"}, "put").json() == {"depth": "light"}
    assert api.get(ROOT).json()["depth"] == "light"


def test_who_is_here_sees_the_others(api, program, incident, person, make_person) -> None:
    open_review(incident, actor=person)
    other = make_person("noor@example.org", name="Noor Haddad")
    IncidentMember.objects.create(incident=incident, person=other, seat="scribe")
    assert send(api, f"{ROOT}/presence", {"place": "q1"}, "put").json()["people"] == []
    (seen,) = send(program(other), f"{ROOT}/presence", {"place": "q2"}, "put").json()["people"]
    assert (seen["seat"], seen["place"]) == ("Owner", "q1")


def test_a_text_is_looked_at_as_on_the_page(api, client, incident, person) -> None:
    open_review(incident, actor=person)
    said = {"text": "The engineer forgot to run the canary. [E99]", "question": "q2"}
    told = send(api, f"{ROOT}/look", said).json()
    page = client.post("/incidents/INC-2041/review/look", said, content_type="application/json").json()
    assert told == page and told["unknown"] == ["E99"]
    read = send(api, "/api/v1/language/check", {"text": said["text"], "incident": incident.key, "place": "q2"})
    assert [each["rule"] for each in read.json()["findings"]] == ["L1"]


def test_a_graph_begins_once(api, incident, person) -> None:
    review = open_review(incident, actor=person)
    said = {"happened": "Checkout failed", "lasted": "For 40 minutes"}
    first = send(api, f"{ROOT}/graph", said).json()
    assert [each["body"]["top"] for each in first["parts"].values()] == ["happened", "lasted"]
    assert send(api, f"{ROOT}/graph", said).json()["parts"] == {}
    assert len(document_of(review).graph.nodes) == 2


def test_a_signal_that_cannot_be_replayed_says_why(api, incident, person) -> None:
    open_review(incident, actor=person)
    assert send(api, f"{ROOT}/signals/Q9/replay").status_code == 409


def test_markdown_comes_back_as_a_review(api, client, incident, person) -> None:
    review = open_review(incident, actor=person)
    send(api, f"{ROOT}/graph", {"happened": "Checkout failed"})
    text = client.get("/incidents/INC-2041/report.md").content.decode()
    taken = send(api, f"{QUIET}/import-markdown", {"text": text})
    assert taken.status_code == 200
    parts = api.get(QUIET).json()["parts"]
    assert document_of(review).graph.nodes and parts


def test_a_closed_incident_is_entered_by_an_admin_for_a_reason(program, incident, make_person) -> None:
    admin = program(make_person("admin@example.org", role=SiteRole.ADMIN), "read", "admin")
    assert admin.get("/api/v1/incidents/INC-2041").status_code == 404
    assert send(admin, "/api/v1/enter", {"key": "INC-2041", "reason": "x"}).status_code == 409
    entered = send(admin, "/api/v1/enter", {"key": "INC-2041", "reason": "A court asks for it"})
    assert entered.json()["key"] == "INC-2041"
    assert admin.get("/api/v1/incidents/INC-2041").status_code == 200
    missing = send(admin, "/api/v1/enter", {"key": "INC-9", "reason": "A court asks for it"})
    assert missing.status_code == 409 and AuditEntry.objects.filter(verb="ask_for_incident", via="api").exists()


def test_ones_own_account_and_tokens(program, person) -> None:
    mine = program(person)
    assert send(mine, "/api/v1/me", {"name": "Robin K", "single_keys": False}, "put").json()["name"] == "Robin K"
    (token,) = mine.get("/api/v1/me/tokens").json()["tokens"]
    assert "digest" not in token
    assert mine.delete(f"/api/v1/me/tokens/{token['id']}").status_code == 204
    assert mine.get("/api/v1/me").status_code == 401


def test_an_admin_ends_tokens_makes_links_and_renames_teams(program, person, make_person) -> None:
    admin = program(make_person("admin@example.org", role=SiteRole.ADMIN), "read", "admin")
    theirs = program(person)
    (token,) = admin.get(f"/api/v1/people/{person.pk}/tokens").json()["tokens"]
    assert admin.delete(f"/api/v1/people/{person.pk}/tokens/{token['id']}").status_code == 204
    assert theirs.get("/api/v1/me").status_code == 401
    path = send(admin, f"/api/v1/people/{person.pk}/link").json()["path"]
    assert Client().get(path).status_code == 200
    slug = send(admin, "/api/v1/teams", {"name": "Payments"}).json()["slug"]
    assert send(admin, f"/api/v1/teams/{slug}", {"name": "Ledger"}, "put").json() == {"slug": slug, "name": "Ledger"}
    assert send(admin, f"/api/v1/teams/{slug}", {"name": "!"}, "put").status_code == 409


def test_columns_are_mapped_saved_used_and_forgotten(api, incident) -> None:
    root = "/api/v1/incidents/INC-2041"
    taken = send(api, f"{root}/text", {"text": "when,what\n2026-05-12T14:00:00Z,rolled back\n", "name": "a.csv"}).json()
    where = f"{root}/evidence/{taken['file']['id']}"
    assert api.get(f"{where}/columns").json()["columns"] == ["when", "what"]
    said = {"columns": {"time": "when", "event": "what"}, "name": "Ours"}
    saved = send(api, f"{where}/columns", said, "put").json()
    assert saved["name"] == "Ours"
    assert [each["id"] for each in api.get(f"{where}/columns").json()["saved"]] == [saved["id"]]
    assert send(api, f"{where}/mapping", {"saved": saved["id"]}, "put").json() == saved
    assert send(api, f"{where}/columns", {"columns": {"colour": "what"}}, "put").status_code == 422
    assert api.delete(f"{root}/mappings/{saved['id']}").status_code == 204
    assert api.delete(f"{root}/mappings/{saved['id']}").status_code == 404

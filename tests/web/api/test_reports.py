"""Facts, reports and search over the API."""

from __future__ import annotations

import json
import sys

import pytest
from django.test import Client

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.reviews.actions import PartWish, change_parts, open_review

ROOT = "/api/v1/incidents/INC-2041"


@pytest.fixture
def api(program, person, incident) -> Client:
    return program(person)


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_report_comes_in_every_form(api) -> None:
    starts = {"json": b"{", "md": b"#", "html": b"<!doctype html", "pdf": b"%PDF", "csv": b""}
    for form, start in starts.items():
        answer = api.get(f"{ROOT}/report.{form}")
        assert answer.status_code == 200, form
        assert body_of(answer).lstrip()[: len(start)].lower() == start.lower(), form


@pytest.mark.parametrize("form", ["json", "md", "html", "pdf", "csv"])
def test_a_moment_that_is_none_is_a_problem_in_every_form(api, form) -> None:
    answer = api.get(f"{ROOT}/report.{form}", {"known_at": "yesterday"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["detail"] == '"yesterday" is no moment. Write known_at=2026-05-12T14:20:00Z.'


@pytest.fixture
def reviewed(incident, person) -> None:
    node = PartWish("node", "N1", {"kind": "outcome", "statement": "Checkout failed, told pat@example.org"})
    change_parts(open_review(incident, actor=person), [node], verb="add", actor=person)


@pytest.mark.usefixtures("reviewed")
def test_a_file_that_is_not_made_is_a_problem_and_not_noted_as_taken(api, client, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    answer = api.get(f"{ROOT}/report.docx")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert "pandoc" in answer.json()["detail"] and answer.json()["next_step"].startswith("Type: pip install")
    assert not AuditEntry.objects.filter(verb="export_report").exists()
    page = client.get("/incidents/INC-2041/report.docx")
    assert page.status_code == 409 and b"This file was not made" in page.content


@pytest.mark.usefixtures("reviewed")
def test_a_report_is_for_the_audience_that_is_named(api, incident) -> None:
    told = {audience: body_of(api.get(f"{ROOT}/report.md", {"audience": audience})).decode()
            for audience in ("internal", "public")}  # fmt: skip
    assert incident.title in told["internal"] and incident.title not in told["public"]
    assert api.get(f"{ROOT}/report.md", {"audience": "pubilc"}).status_code == 422


def test_without_a_review_there_is_no_word_file(api) -> None:
    assert api.get(f"{ROOT}/report.docx").status_code == 404


def test_confirming_locks_what_was_looked_at(api) -> None:
    seen = json.loads(body_of(api.get(f"{ROOT}/report.json")))["id"]
    stale = api.post(f"{ROOT}/facts", {"based_on": "other"}, content_type="application/json")
    assert stale.status_code == 400
    made = api.post(f"{ROOT}/facts", {"based_on": seen, "note": "ok"}, content_type="application/json")
    assert (made.status_code, made.json()["number"]) == (201, 1)
    assert [each["number"] for each in api.get(f"{ROOT}/facts").json()["versions"]] == [1]
    assert api.get(f"{ROOT}/facts/1").json()["id"] == seen
    assert api.get(f"{ROOT}/facts/2").status_code == 404


def test_a_search_finds_the_sentence_and_nothing_for_an_outsider(api, program, make_person) -> None:
    found = api.get("/api/v1/search", {"q": "checkout"}).json()
    assert [hit["incident"]["key"] for hit in found["hits"]] == ["INC-2041"]
    assert any("heckout" in sentence for sentence in found["hits"][0]["sentences"])
    outside = program(make_person("out@example.org")).get("/api/v1/search", {"q": "checkout"}).json()
    assert (outside["hits"], outside["total"], outside["searched"]) == ([], 0, 0)


def test_taking_a_report_is_noted_as_done_over_the_api(api) -> None:
    body_of(api.get(f"{ROOT}/report.md"))
    newest = api.get(f"{ROOT}/trail").json()["entries"][0]
    assert (newest["verb"], newest["via"]) == ("export_report", "api")


def test_the_trail_tells_what_the_api_did(api) -> None:
    api.post(f"{ROOT}/edits", {"verb": "note", "text": "seen"}, content_type="application/json")
    newest = api.get(f"{ROOT}/trail").json()["entries"][0]
    assert (newest["verb"], newest["via"]) == ("note_event", "api")

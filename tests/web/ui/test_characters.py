"""NUL and halves of surrogate pairs, at every door, on both databases: refused by name, or kept safe and whole."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.test import Client

from afteraction.web.accounts.actions.tokens import make_token
from afteraction.web.accounts.models import AuditEntry
from afteraction.web.evidence.models import EvidenceFile
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.citations import store_of
from afteraction.web.ui.characters import NoJson, Unheld, json_of

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("either_database")]
HERE = "/incidents/INC-2041/"
SCRIPT = {"X-Requested-With": "fetch", "Accept": "application/json"}
UNHELD = ["\x00", "\ud800", "\udfff"]


@pytest.fixture
def program(person) -> Client:
    """A program with a token of the owner's."""
    _, secret = make_token("test", ("read", "write", "evidence"), days=1, actor=person)
    return Client(headers={"authorization": f"Bearer {secret}", "accept": "application/json"})


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/incidents/%00/", 404), (f"{HERE}events/%00/", 404), ("/enter/%00", 410), ("/join/a%00b", 410),
        ("/%00", 404), ("/static/%00.css", 404), ("/incidents/?q=%00&kind=%00&after=%00", 200),
        ("/search?q=a%00b", 200), ("/search/suggest?q=%00", 200), (f"{HERE}?q=%00&event=%00&zone=%00", 200),
        (f"{HERE}report/?facts=%00", 404), (f"{HERE}evidence/?%00=1", 200), ("/api/v1/incidents/%00", 404),
        ("/api/v1/incidents/INC-2041/events/%00", 404), ("/api/v1/incidents/INC-2041/events?after=%00", 400),
    ],
)  # fmt: skip
def test_nothing_is_called_by_a_name_with_nul(client: Client, incident, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_place_for_text_in_an_address_shows_what_was_asked_for(client: Client, incident) -> None:
    assert "a\u2400b" in client.get("/search?q=a%00b").content.decode()


def test_a_cookie_that_spells_nul_is_no_cookie(incident) -> None:
    browser = Client()
    browser.cookies["sessionid"] = "\x00" * 32
    assert browser.get(HERE).status_code == 302
    assert browser.get("/api/v1/me").status_code == 401


def test_a_header_with_nul_names_nobody(incident, person) -> None:
    _, secret = make_token("test", ("read",), days=1, actor=person)
    for told in (f"Bearer {secret}\x00", "Bearer aa_\x00_\x00", "Bearer \x00"):
        assert Client().get("/api/v1/me", headers={"authorization": told}).status_code == 401


@pytest.mark.parametrize("bad", UNHELD)
@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("post", "", {"title": "a@b"}, "title"),
        ("put", "/INC-2041", {"title": "x", "services": ["a", "b@"], "version": 1}, "services.1"),
        ("post", "/INC-2041/edits", {"verb": "hide", "event_ids": ["@"]}, "event_ids.0"),
        ("post", "/INC-2041/log", {"line": "rolled @ back"}, "line"),
        ("post", "/INC-2041/text", {"text": "@", "name": "a.log"}, "text"),
        ("post", "/INC-2041/uploads", {"path": "a@.log", "size": 3}, "path"),
        ("post", "/INC-2041/declarations", {"about": "columns", "value": {"a": "b@"}}, "value.a"),
    ],
)
def test_the_api_names_the_field_it_could_not_keep(program, incident, bad, method, path, body, field) -> None:
    before = AuditEntry.objects.count()
    sent = json.dumps(body).replace("@", json.dumps(bad)[1:-1])
    answer = getattr(program, method)(f"/api/v1/incidents{path}", sent, content_type="application/json")
    assert answer.status_code == 422
    problem = answer.json()
    assert [each["field"] for each in problem["errors"]] == [field]
    assert ("NUL" if bad == "\x00" else "surrogate") in problem["errors"][0]["message"]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    "body", [b"{", b"\xff", b"[" * 100_000, b'{"title": NaN}', b'{"title": -Infinity}', b"1" * 5000]
)
def test_what_is_not_json_is_told_so(program, client, incident, body: bytes) -> None:
    answer = program.post("/api/v1/incidents", body, content_type="application/json")
    assert answer.status_code == 400
    assert "not JSON" in answer.json()["detail"]
    for page in ("log/", "evidence/uploads/", "edits/"):
        assert client.post(HERE + page, body, content_type="application/json", headers=SCRIPT).status_code == 422


@pytest.mark.parametrize("bad", UNHELD)
@pytest.mark.parametrize(
    ("page", "body", "field"),
    [
        ("log/", {"line": "rolled @ back"}, "line"),
        ("evidence/uploads/", {"path": "a@", "size": 3}, "path"),
        ("edits/", {"verb": "note", "events": ["e"], "text": "a@"}, "text"),
        ("edits/", {"verb": "hide", "events": ["@"]}, "events.0"),
    ],
)
def test_a_page_s_script_is_told_the_field(client, incident, bad, page, body, field) -> None:
    before = AuditEntry.objects.count()
    sent = json.dumps(body).replace("@", json.dumps(bad)[1:-1])
    answer = client.post(HERE + page, sent, content_type="application/json", headers=SCRIPT)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(f"{field}: ")
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("path", "form", "field"),
    [
        ("/incidents/new", {"title": "a\x00b"}, "title"),
        (f"{HERE}settings/", {"title": "a\x00", "version": "1"}, "title"),
        (f"{HERE}edits/", {"verb": "note", "events": "e", "text": "\x00"}, "text"),
        (f"{HERE}log/", {"line": "a\x00b"}, "line"),
        (f"{HERE}evidence/paste", {"text": "fine", "name": "a\x00b"}, "name"),
        (f"{HERE}evidence/webhooks/", {"label": "a\x00"}, "label"),
        ("/account/change/", {"name": "\x00"}, "name"),
        ("/accounts/login/", {"login": "a\x00@example.org", "password": "x"}, "login"),
    ],
)
def test_a_form_is_told_the_field_and_changes_nothing(client, incident, path, form, field) -> None:
    before = AuditEntry.objects.count()
    page = client.post(path, form)
    assert page.status_code == 400
    assert f"in the field &quot;{field}&quot;" in page.content.decode()
    told = client.post(path, form, headers=SCRIPT)
    assert (told.status_code, told.json()["field"]) == (400, field)
    assert AuditEntry.objects.count() == before


def test_pasted_text_is_frozen_with_its_nul(client, person, run_jobs) -> None:
    incident = open_incident("INC-7", person, title="Checkout fails")
    text = json.dumps({"timestamp": "2026-05-12T14:02:03Z", "level": "error", "message": "failed"}) + " \x00\n"
    assert client.post("/incidents/INC-7/evidence/paste", {"text": text, "name": "app.log"}).status_code == 302
    run_jobs()
    file = EvidenceFile.objects.get(incident=incident)
    assert (file.name, file.sha256) == ("app.log", hashlib.sha256(text.encode()).hexdigest())
    assert client.get("/incidents/INC-7/evidence/").status_code == 200
    with store_of(incident).open_original(file.sha256) as frozen:
        assert frozen.read() == text.encode()


def test_the_place_of_a_text_is_said_as_names_and_numbers() -> None:
    for body, field in (
        ('{"a": [{"b": "\\u0000"}]}', "a.0.b"), ('["\\ud800"]', "0"), ('"\\u0000"', ""), ('{"a\\u0000": 1}', "a\u2400"),
    ):  # fmt: skip
        with pytest.raises(Unheld) as refused:
            json_of(body.encode())
        assert refused.value.field == field
    assert json_of('{"a": "\\ud83d\\ude00 ☃ \\u0001"}'.encode()) == {"a": "\U0001f600 ☃ \x01"}
    with pytest.raises(NoJson):
        json_of(b"")

"""Logs: one JSON object per line with the id of the request, and nothing that was confidential."""

from __future__ import annotations

import io
import json
import logging
import re

import pytest
from django.test import Client

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.config.logs import AsJson, AsLines, Discreet, masked
from afteraction.web.incidents.actions import open_incident
from afteraction.web.jobs.reference import current_reference, under

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """What is logged meanwhile, as objects."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(AsJson())
    handler.addFilter(Discreet())
    root = logging.getLogger()
    ours = logging.getLogger("afteraction")
    level = ours.level
    root.addHandler(handler)
    ours.setLevel("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    ours.setLevel(level)


def test_a_request_is_one_line_with_its_route_and_id(client: Client, incident, lines):
    answer = client.get(f"/incidents/{incident.key}/?token=hidden", headers={"X-Request-ID": "from-the-proxy-1"})
    assert answer["X-Request-ID"] == "from-the-proxy-1"
    (line,) = [line for line in lines() if line["logger"] == "afteraction.requests"]
    assert (line["level"], line["message"], line["request_id"]) == ("INFO", "request", "from-the-proxy-1")
    assert (line["method"], line["route"], line["status"]) == ("GET", "incidents/<slug:key>/", 200)
    assert line["milliseconds"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+(\+00:00|Z)", line["time"])
    assert incident.key not in json.dumps(lines()) and "hidden" not in json.dumps(lines())


@pytest.mark.parametrize("offered", ["", "x", "has space", "a" * 65, "<script>", "a\tb-c-d", "é" * 8])
def test_an_id_that_is_not_one_is_replaced(client: Client, offered: str):
    given = client.get("/healthz", headers={"X-Request-ID": offered})["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", given)


def test_a_page_that_fails_shows_the_reference_that_is_in_the_log(client: Client, incident, lines, monkeypatch):
    def broken(*_args, **_more):
        raise KeyError(f"secret of {incident.key}")

    client.raise_request_exception = False
    monkeypatch.setattr("afteraction.web.evidence.views.originals.access_original", broken)
    answer = client.get(f"/incidents/{incident.key}/evidence/{'0' * 64}/download")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    (line,) = [line for line in lines() if line["level"] == "ERROR"]
    assert line["request_id"] == answer["X-Request-ID"]
    assert "in broken" in line["error"] and "KeyError" in line["error"]
    assert incident.key not in json.dumps(lines())


def test_what_is_not_there_and_what_is_forbidden_leave_no_key_in_the_log(client: Client, lines):
    assert client.get("/incidents/INC-77/").status_code == 404
    assert Client().get("/incidents/INC-77/").status_code == 302
    assert client.get("/", headers={"Host": "INC-77.example.org"}).status_code == 400
    assert "INC-77" not in json.dumps(lines())


def test_audit_entries_carry_the_id_of_their_request(person):
    with under("request-77"):
        open_incident("INC-77", person, title="x")
    assert set(AuditEntry.objects.values_list("request_id", flat=True)) == {"request-77"}


def test_the_id_ends_with_the_request(client: Client):
    client.get("/healthz")
    assert current_reference() == ""


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("no such row: 'Anna Schmidt'", "no such row: …"),
        ("Key (key)=(INC-2041) already exists.", "Key … already exists."),
        ("INC-2041 of anna@example.org", "… of …"),
        ("GET /search?q=checkout failed", "GET /search… failed"),
        ("database is locked", "database is locked"),
    ],
)
def test_what_a_message_quotes_is_left_out(said: str, logged: str):
    assert masked(said) == logged


def test_lines_for_people_mask_the_chain_of_errors():
    name, key = "'Anna'", "INC-5"
    try:
        try:
            raise ValueError(name)
        except ValueError as cause:
            raise KeyError(key) from cause
    except KeyError as error:
        record = logging.LogRecord("x", 40, "f", 1, "went wrong", (), (KeyError, error, error.__traceback__))
    Discreet().filter(record)
    shown = AsLines("{levelname:7} {message} [{request_id}]", style="{").format(record)
    assert "Anna" not in shown and "INC-5" not in shown
    assert shown.index("ValueError: …") < shown.index("KeyError: …")

"""What an outsider finds of a restricted incident: nothing, in no list, search, count, facet, export, job or log."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.engine.gates.matrix import SEED_GATES
from afteraction.web.accounts.actions import tokens
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident
from tests.web import documents
from tests.web.access.asking import ask, body
from tests.web.access.routes import Route, listed

SECRET = {
    "title": "Zanzibar ledger overwritten by quokka",
    "services": ["zanzibar-ledger", "quokka-gateway"],
    "environment": "zanzibar-prod",
    "severity": "SEV-1",
}
WORDS = ("zanzibar", "quokka")
OUTSIDERS = ("outsider", pytest.param("admin", marks=pytest.mark.slow))
SEARCHES = ("search", "text", "services", "environment", "kind", "state", "people", "key")


@pytest.fixture
def hidden(incident: Incident, world: dict[str, Any]) -> Incident:
    """The restricted incident with words that stand nowhere else, published and restricted, beside an open one."""
    Incident.objects.filter(pk=incident.pk).update(**SECRET, published_at=timezone.now(), restricted=True)
    Incident.objects.create(key="INC-1", title="An open one", published_at=timezone.now(), services=["checkout"])
    incident.refresh_from_db()
    return incident


def traces(incident: Incident) -> list[str]:
    """What must not be seen: its key, words, file names, hashes and what its events say."""
    events = [event["title"] for event in documents.document()["events"]]
    # The gates stand on pages of everybody, and one event of the documents is called like one.
    events = [each for each in events if each.lower() not in {gate for gate, _ in SEED_GATES}]
    files = [part for name in documents.FILES for part in (name, documents.sha(name), documents.sha(name)[:12])]
    return [incident.key, *WORDS, *files, *events]


def found_in(answer: bytes, needles: list[str]) -> list[str]:
    text = answer.decode("utf-8", "replace").lower()
    return [needle for needle in needles if needle.lower() in text]


def lists() -> list[Route]:
    """Every address that an outsider may open and read."""
    return [route for route in listed() if route.method == "GET" and route.needs in ("signed-in", "admin", "public")]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_page_list_or_answer_shows_a_trace(
    who: str, hidden: Incident, world: dict[str, Any], browsers: dict[str, Client], people: dict[str, User]
) -> None:
    _, secret = tokens.make_token("x", ["read", "write"], days=None, actor=people[who])
    for route in lists():
        needles = traces(hidden)
        for token in ("", secret) if route.is_api else ("",):
            answer = body(ask(browsers[who], route, world, token=token))
            assert found_in(answer, needles) == [], route


@pytest.mark.parametrize("name", ["q", "service", *(pytest.param(each, marks=pytest.mark.slow) for each in SEARCHES)])
@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_search_facet_or_count_tells_it_from_a_word_that_stands_nowhere(
    who: str, name: str, hidden: Incident, world: dict[str, Any], browsers: dict[str, Client]
) -> None:
    words = [hidden.key, "zanzibar-ledger", "quokka", documents.sha("chat/inc-2041.jsonl")]
    for route in lists():
        if not route.pattern.startswith(("incidents", "search", "importing", "api/v1/incidents")) and route.pattern:
            continue
        for word in words:
            # A word of the same length and shape that nobody has: what differs would be knowledge.
            nothing = re.sub(r"[A-Za-z]", "x", word)
            path = route.path(world)
            seen = ask(browsers[who], route, world, path=f"{path}?{urlencode({name: word})}")
            blank = ask(browsers[who], route, world, path=f"{path}?{urlencode({name: nothing})}")
            assert seen.status_code == blank.status_code, (route, word)
            assert plain(body(seen), word) == plain(body(blank), nothing), (route, word)


def plain(answer: bytes, word: str) -> str:
    """An answer without what differs by itself: the word that was asked for, form tokens, ids of requests."""
    text = answer.decode("utf-8", "replace").replace(word, "…").replace(word.lower(), "…")
    text = re.sub(r'(csrfmiddlewaretoken" value|name="form" value|data-form)="[^"]*"', r"\1", text)
    text = re.sub(r'name="ident" value="[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"', "", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|\+00:00)", "now", text)
    return re.sub(r'"request_id": ?"[^"]*"', "", text)


@pytest.mark.parametrize("who", ["anonymous", *OUTSIDERS])
def test_a_restricted_incident_and_a_missing_one_get_the_same_answer(
    who: str, hidden: Incident, world: dict[str, Any], browsers: dict[str, Client]
) -> None:
    missing = {**world, "key": "INC-4093", "job_id": 987654}
    for route in listed():
        if route.needs in ("view", "work", "work-page", "lead", "member", "purge", "absent"):
            theirs, nobodys = ask(browsers[who], route, world), ask(browsers[who], route, missing)
            assert theirs.status_code == nobodys.status_code, route
            assert said(theirs, world) == said(nobodys, missing), route
            assert headers(theirs) == headers(nobodys), route
            assert theirs.wrote == nobodys.wrote == 0, route


def said(answer: Any, world: dict[str, Any]) -> str:
    text = plain(body(answer), str(world["key"]))
    return text.replace(f"jobs/{world['job_id']}", "jobs/…").replace(f"jobs%2F{world['job_id']}", "jobs/…")


def headers(answer: Any) -> dict[str, str]:
    changing = {"X-Request-ID", "X-Request-Id", "Location", "Content-Length", "Set-Cookie"}
    return {name: value for name, value in answer.items() if name not in changing}


def test_logs_of_what_an_outsider_does_hold_no_trace(
    hidden: Incident, world: dict[str, Any], browsers: dict[str, Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    for route in lists():
        ask(browsers["outsider"], route, world)
    assert found_in(caplog.text.encode(), traces(hidden)) == []


def test_an_open_incident_is_found_by_the_same_outsider(
    hidden: Incident, world: dict[str, Any], browsers: dict[str, Client]
) -> None:
    """So that the tests above do not pass because nothing is ever found."""
    pages = {route.pattern: body(ask(browsers["outsider"], route, world)).decode() for route in lists()}
    for pattern in ("incidents/", "api/v1/incidents"):
        assert "INC-1" in pages[pattern]
    owners = {route.pattern: body(ask(browsers["owner"], route, world)).decode() for route in lists()}
    for pattern in ("", "incidents/", "api/v1/incidents"):
        assert "zanzibar" in owners[pattern].lower()
    assert hidden.key in owners["incidents/"]


def test_an_embargo_hides_until_its_moment_and_opens_what_is_published_then(
    hidden: Incident, world: dict[str, Any], browsers: dict[str, Client]
) -> None:
    """By the clock of the database alone: nobody does anything when it ends."""
    pages = [route for route in lists() if route.pattern in ("", "incidents/", "search", "api/v1/incidents")]
    address = f"/incidents/{hidden.key}/"
    for until, opens in ((timezone.now() + timedelta(hours=1), False), (timezone.now() - timedelta(seconds=1), True)):
        Incident.objects.filter(pk=hidden.pk).update(embargo_until=until)
        answers = [body(ask(browsers["outsider"], route, world)) for route in pages]
        assert any(b"zanzibar" in each.lower() for each in answers) is opens
        assert (browsers["outsider"].get(address).status_code == 200) is opens
    Incident.objects.filter(pk=hidden.pk).update(published_at=None)
    assert browsers["outsider"].get(address).status_code == 404, "a draft stays with its members"
    Incident.objects.filter(pk=hidden.pk).update(published_at=timezone.now(), narrowed_because="Customers are named")
    assert browsers["outsider"].get(address).status_code == 404

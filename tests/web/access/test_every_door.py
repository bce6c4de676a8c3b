"""Every address of the table, asked with NUL and halves of surrogate pairs wherever it has a place for text, on both
databases: never an error of ours, and nothing is written of what was refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from afteraction.web.accounts.actions import tokens
from tests.web.access.asking import ask, body
from tests.web.access.routes import Route, listed
from tests.web.access.world import browsers_of, people_of, small_world

pytestmark = pytest.mark.both_databases
# Evidence: it is frozen whatever it is. The body of the second is a file.
ANY_TEXT = {("incidents/<slug:key>/evidence/paste", "text"), ("api/v1/incidents/<key>/evidence", "")}
# It answers 503 while no worker runs.
NOT_READY = "readyz"
UNHELD = ("\x00", "\ud800")


@pytest.fixture
def world(either_database: str, incident, make_person) -> dict[str, Any]:
    people = people_of(incident, make_person)
    browsers = browsers_of(people)
    return {**small_world(incident, people, browsers), "browser": browsers["admin_with_seat"],
            "person": people["admin_with_seat"]}  # fmt: skip


def addresses(route: Route, world: dict[str, Any]) -> Iterator[str]:
    """The address with NUL in its query, and in each of its places for text."""
    path = route.path(world).partition("?")[0]
    yield path + "?" + "&".join(f"{name}=%00" for name in QUERY)
    for part in re.findall(r"<str:(\w+)>|\(\?P<(\w+)>", route.pattern):
        value = str(route._value(world, part[0] or part[1]))
        yield path.replace(value, "%00" + value[1:])


QUERY = (
    "q", "kind", "after", "before", "known_at", "triage", "event", "events", "facts", "subject", "zone", "next", "back",
    "from", "to", "show", "lane", "file", "line", "columns", "name",
)  # fmt: skip


def bodies(route: Route, world: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is sent, with each text of it spoilt in turn."""
    sent = route.data(world) or {}
    for bad in UNHELD if route.is_api else UNHELD[:1]:
        for name, value in sent.items():
            if isinstance(value, str):
                yield name, {**sent, name: f"{value}{bad}"}
            elif isinstance(value, list):
                yield name, {**sent, name: [f"{value[0]}{bad}"]}
        yield "", {**sent, f"more{bad}": "x"}


def test_an_address_with_nul_breaks_nothing(world: dict[str, Any]) -> None:
    _, secret = tokens.make_token("doors", ["read", "write", "evidence", "admin"], days=None, actor=world["person"])
    broken = []
    for route in listed():
        said = {"token": secret} if route.is_api else {}
        for path in addresses(route, world):
            answer = ask(Client() if route.is_api else world["browser"], route, world, path=path, **said)
            if answer.status_code >= 500 and route.pattern != NOT_READY:
                broken.append((route.method, path, answer.status_code, body(answer)[:300]))
    assert broken == []


def test_what_cannot_be_kept_is_refused_and_writes_nothing(world: dict[str, Any]) -> None:
    _, secret = tokens.make_token("doors", ["read", "write", "evidence", "admin"], days=None, actor=world["person"])
    wrong = []
    for route in listed():
        if route.data(world) is None:
            continue
        for name, data in bodies(route, world):
            spoilt = Route(route.method, route.pattern, route.needs, route.scope, json.dumps(data))
            said = {"token": secret} if route.is_api else {}
            answer = ask(Client() if route.is_api else world["browser"], spoilt, world, **said)
            is_kept = (route.pattern, name) in ANY_TEXT
            is_refused = 400 <= answer.status_code < 500 and not answer.wrote
            if answer.status_code >= 500 or not (is_refused or is_kept):
                wrong.append((route.method, route.pattern, name, answer.status_code, body(answer)[:200]))
    assert wrong == []

"""Nothing on this site sorts, counts or filters what happened by the person who did it (R003, R023)."""

from __future__ import annotations

import inspect
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from afteraction.web.accounts.actions.tokens import make_token
from afteraction.web.incidents import queries
from tests.web.access.asking import ask, body
from tests.web.access.routes import Route, listed, patterns

BY_PERSON = ("person", "author", "contributor", "actor", "user", "owner", "by", "confirmed_by", "created_by", "member",
             "assignee", "email", "name")  # fmt: skip


def test_no_address_leads_to_what_one_person_contributed() -> None:
    narrative = [each for each in patterns() if "incidents" in each or "search" in each or "report" in each]
    people = re.compile(r"person|author|contributor|actor|user|by-")
    assert [each for each in narrative if people.search(each)] == []


def _narrative() -> list[Route]:
    starts = ("incidents", "^incidents", "api/v1/incidents", "search", "api/v1/search", "insights", "api/v1/insights",
              "api/v1/export", "api/v1/near-misses")  # fmt: skip
    return [
        each for each in listed()
        if each.method == "GET" and each.pattern.startswith(starts) and each.needs in ("view", "signed-in")
    ]  # fmt: skip


def test_naming_somebody_else_as_contributor_is_refused_everywhere(
    world: dict[str, Any], browsers: dict[str, Client]
) -> None:
    """Every address that tells what happened, with a name of its own each: 403, and nothing is written or told."""
    for at, route in enumerate(_narrative()):
        name = BY_PERSON[at % len(BY_PERSON)]
        path = route.path(world)
        asked = f"{path}{'&' if '?' in path else '?'}{name}=viewer@example.org"
        answer = ask(browsers["owner"], route, world, path=asked)
        assert (answer.status_code, answer.wrote) == (403, 0), (route, name)


@pytest.mark.parametrize("name", [*BY_PERSON, "author_id", "created_by__email", "Contributor", "people[]"])
def test_every_name_of_a_filter_by_person_is_refused_but_for_oneself(client: Client, person: Any, name: str) -> None:
    for address in ("/incidents/", "/api/v1/incidents", "/search?q=pool", "/incidents/export.jsonl"):
        asked = f"{address}{'&' if '?' in address else '?'}"
        assert client.get(f"{asked}{urlencode({name: 'somebody@example.org'})}").status_code == 403, address
        for own in ("me", person.email, str(person.pk), ""):
            assert client.get(f"{asked}{urlencode({name: own})}").status_code == 200, (address, own)
        both = urlencode([(name, "me"), (name, "somebody@example.org")])
        assert client.get(f"{asked}{both}").status_code == 403, address


def test_a_program_is_refused_as_a_page_is(person: Any, incident: Any) -> None:
    _, secret = make_token("reader", ["read"], days=1, actor=person)
    api = Client(headers={"Authorization": f"Bearer {secret}"})
    refused = api.get("/api/v1/incidents?author=somebody@example.org")
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert "somebody" not in refused.content.decode()
    assert api.get(f"/api/v1/incidents?author={person.email}").status_code == 200
    # What somebody took on is asked by name: it is about commitments and roles.
    assert api.get("/api/v1/commitments?who=somebody").status_code == 200


def test_naming_oneself_filters_groups_and_sorts_nothing(world: dict[str, Any], browsers: dict[str, Client]) -> None:
    """No list or export has a filter by person: one's own name is heard as one's own, and changes no answer."""
    own = ("owner@example.org", "OWNER@example.org")
    for route in _narrative():
        path = route.path(world)
        answers = []
        for person in own:
            asked = urlencode([(name, person) for name in BY_PERSON])
            answer = ask(browsers["owner"], route, world, path=f"{path}{'&' if '?' in path else '?'}{asked}")
            answers.append((answer.status_code, without(body(answer).decode("utf-8", "replace"), own)))
        assert answers[0] == answers[1], route


def test_no_list_or_export_can_be_grouped_or_sorted_by_people(
    world: dict[str, Any], browsers: dict[str, Client]
) -> None:
    for route in listed():
        narrative = route.pattern.startswith(("incidents", "^incidents", "api/v1/incidents", "search"))
        if route.method != "GET" or not narrative or route.needs not in ("view", "signed-in"):
            continue
        path = route.path(world)
        answers = []
        for value in ("person", "people"):
            asked = [(name, value) for name in ("sort", "order", "order_by", "group", "group_by", "facet")]
            answer = ask(browsers["owner"], route, world, path=f"{path}?{urlencode(asked)}")
            answers.append((answer.status_code, without(body(answer).decode("utf-8", "replace"), ("person", "people"))))
        assert answers[0] == answers[1], route


def without(text: str, words: tuple[str, ...]) -> str:
    """A page without the words that were asked for and without what differs by itself."""
    for word in words:
        text = text.replace(word, "…").replace(word.replace("@", "%40"), "…")
    text = re.sub(r"^DTSTAMP:\d{8}T\d{6}Z\r?$", "", text, flags=re.MULTILINE)
    text = re.sub(r'name="ident" value="[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"', "", text)
    return re.sub(r'(csrfmiddlewaretoken" value|name="form" value)="[^"]*"', "", text)


def test_no_query_of_incidents_takes_a_contributor() -> None:
    named = {
        f"{name}({parameter})"
        for name, function in inspect.getmembers(queries, inspect.isfunction)
        for parameter in inspect.signature(function).parameters
        if parameter in {"person", "author", "contributor", "actor_id", "created_by", "confirmed_by"}
    }
    assert named == set()

"""Nothing on this site sorts, counts or filters what happened by the person who did it (R003, R023)."""

from __future__ import annotations

import inspect
import re
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from afteraction.web.incidents import queries
from tests.web.access.asking import ask, body
from tests.web.access.routes import listed, patterns

BY_PERSON = ("person", "author", "contributor", "actor", "user", "owner", "by", "confirmed_by", "created_by", "member",
             "assignee", "email", "name")  # fmt: skip


def test_no_address_leads_to_what_one_person_contributed() -> None:
    narrative = [each for each in patterns() if "incidents" in each or "search" in each or "report" in each]
    people = re.compile(r"person|author|contributor|actor|user|by-")
    assert [each for each in narrative if people.search(each)] == []


def test_no_list_or_export_can_be_filtered_grouped_or_sorted_by_a_person(
    world: dict[str, Any], browsers: dict[str, Client]
) -> None:
    """Naming a contributor changes no answer: the owner and somebody who contributed nothing get the same."""
    people = ("owner@example.org", "viewer@example.org")
    for route in listed():
        narrative = route.pattern.startswith(("incidents", "^incidents", "api/v1/incidents", "search"))
        if route.method != "GET" or not narrative or route.needs not in ("view", "signed-in"):
            continue
        path = route.path(world)
        answers = []
        for person in people:
            asked = [(name, person) for name in BY_PERSON]
            answer = ask(browsers["owner"], route, world, path=f"{path}?{urlencode(asked)}")
            answers.append((answer.status_code, without(body(answer).decode("utf-8", "replace"), people)))
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

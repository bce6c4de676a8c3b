"""Every address against every role: the table in routes.txt is complete, and true."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from afteraction.web.accounts.actions import tokens
from afteraction.web.accounts.models import User
from tests.web.access.asking import ask, outcome
from tests.web.access.routes import METHODS, TABLE, Route, listed, patterns
from tests.web.access.world import ROLES

SIGNED_IN = {"outsider", "admin", "viewer", "devils_advocate", "responder", "scribe", "facilitator", "owner",
             "admin_with_seat"}  # fmt: skip
SEES = SIGNED_IN - {"outsider", "admin"}
WORKS = {"responder", "scribe", "facilitator", "owner", "admin_with_seat"}
LEADS = {"facilitator", "owner", "admin_with_seat"}
ADMINS = {"admin", "admin_with_seat"}
THIN = ("anonymous", "outsider", "admin", "viewer", "owner")


def expected(needs: str, role: str) -> str:
    """What a role should get at an address that takes something."""
    if needs == "public":
        return "in"
    if needs == "api-root":
        return "404"
    if needs == "signed":
        return "sign in"
    if role not in SIGNED_IN:
        return "sign in"
    if needs == "admin":
        return "in" if role in ADMINS else "403"
    if needs == "own":
        return "in" if role == "owner" else "404"
    if needs == "signed-in":
        return "in"
    if role not in SEES or needs == "absent":
        return "404"
    if needs == "upload":
        return "in" if role == "owner" else "404" if role in WORKS else "403"
    allowed = {"view": SEES, "work": WORKS, "work-page": WORKS, "lead": LEADS, "purge": {"admin_with_seat"}}[needs]
    return "in" if role in allowed else "403"


def test_every_address_is_in_the_table_and_no_other() -> None:
    ours = {route.pattern for route in listed()}
    assert patterns() - ours == set(), f"say in {TABLE.name} what these addresses take"
    assert ours - patterns() == set(), f"these addresses of {TABLE.name} are gone"


def test_no_line_of_the_table_stands_there_twice() -> None:
    lines = [(route.method, route.pattern) for route in listed()]
    assert sorted(set(lines)) == sorted(lines)


@pytest.mark.parametrize("role", [pytest.param(role, marks=() if role in THIN else pytest.mark.slow) for role in ROLES])
def test_everybody_gets_where_they_may_and_nowhere_else(
    role: str, world: dict[str, Any], browsers: dict[str, Client]
) -> None:
    wrong = []
    for route in listed():
        answer = ask(browsers[role], route, world)
        found, wanted = outcome(answer), expected(route.needs, role)
        if found in ("404", "503") and route.needs == "public":
            continue  # Nothing is there, or no worker runs, and that is said to everybody.
        if route.needs == "work-page" and wanted == "403" and answer.status_code == 302 and not answer.wrote:
            continue
        if found != wanted:
            wrong.append(f"{route.method} {route.path(world)}: {found} ({answer.status_code}), should be {wanted}")
    assert not wrong, "\n".join(wrong)


def test_no_address_takes_a_method_that_the_table_does_not_name(
    world: dict[str, Any], browsers: dict[str, Client]
) -> None:
    named = {(route.method, route.pattern) for route in listed()}
    wrong = []
    # Pages of allauth take PUT like POST and redirect whatever comes; both are covered by the lines they have.
    for pattern in sorted(each for each in patterns() if not each.startswith("accounts/")):
        for method in METHODS:
            if (method, pattern) in named or pattern.startswith("^accounts/"):
                continue
            answer = ask(browsers["admin_with_seat"], Route(method, pattern, "", "", ""), world)
            if answer.status_code not in (404, 405):
                wrong.append(f"{method} {pattern}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "scope", [pytest.param(scope, marks=() if scope == "read" else pytest.mark.slow) for scope in tokens.SCOPES]
)
def test_a_token_reaches_its_scope_and_nothing_else(scope: str, world: dict[str, Any], people: dict[str, User]) -> None:
    _, secret = tokens.make_token("x", [scope], days=None, actor=people["admin_with_seat"])
    wrong = []
    for route in listed():
        answer = ask(Client(), route, world, token=secret)
        found = outcome(answer)
        if not route.is_api:
            # A token is for the API: pages do not know it.
            wanted = expected(route.needs, "anonymous")
        elif route.needs in ("public", "api-root"):
            wanted = expected(route.needs, "anonymous")
        else:
            wanted = expected(route.needs, "admin_with_seat") if route.scope == scope else "403"
        if found in ("404", "503") and route.needs == "public":
            continue
        if found != wanted:
            wrong.append(f"{route.method} {route.path(world)}: {found} ({answer.status_code}), should be {wanted}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("text", ["", "nonsense", "aa_0000000000_x", "Bearer"])
def test_a_wrong_token_is_nobody(text: str, world: dict[str, Any], db) -> None:
    for route in listed():
        if route.is_api and route.needs not in ("public", "api-root"):
            assert ask(Client(), route, world, token=text or " ").status_code == 401


def test_the_token_of_an_outsider_finds_what_an_outsider_finds(world: dict[str, Any], people: dict[str, User]) -> None:
    _, secret = tokens.make_token("x", ["read", "write", "evidence"], days=None, actor=people["outsider"])
    for route in listed():
        if route.is_api and route.scope != "admin" and route.needs in ("view", "work", "lead", "absent"):
            assert ask(Client(), route, world, token=secret).status_code == 404, route

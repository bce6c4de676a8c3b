"""Fixtures of people: an admin with a browser, and counters of tries that start at zero."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from afteraction.web.accounts.models import SiteRole, User

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def admin(make_person: Callable[..., User]) -> User:
    return make_person("admin@example.org", name="Ada Admin", role=SiteRole.ADMIN)


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    """Makes a browser in which somebody is signed in."""

    def signed_in(person: User) -> Client:
        browser = Client()
        browser.force_login(person)
        return browser

    return signed_in


@pytest.fixture
def admin_client(admin: User, as_person: Callable[[User], Client]) -> Client:
    return as_person(admin)


@pytest.fixture
def nobody() -> Client:
    return Client()

"""A program that calls the API with a token."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from afteraction.web.accounts.actions.tokens import make_token
from afteraction.web.accounts.models import User


@pytest.fixture
def program(db) -> Callable[..., Client]:
    """A client that sends a token of somebody, with these scopes."""

    def of(person: User, *scopes: str) -> Client:
        _, secret = make_token("test", scopes or ("read", "write", "evidence"), days=1, actor=person)
        return Client(headers={"authorization": f"Bearer {secret}", "accept": "application/json"})

    return of

"""Fixtures of reviews: one that is opened, and how a page saves parts of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident
from afteraction.web.reviews.actions import open_review
from afteraction.web.reviews.models import Review

Json = dict[str, Any]


@pytest.fixture
def review(incident: Incident, person: User) -> Review:
    """The review of the small incident, opened by its owner."""
    return open_review(incident, actor=person)


@pytest.fixture
def save(client: Client) -> Callable[..., HttpResponse]:
    """Saves parts as the page does; `by` is another browser."""

    def sent(*parts: Json, by: Client = client, key: str = "INC-2041", **said: Any) -> HttpResponse:
        address = f"/incidents/{key}/review/save"
        return by.post(address, {"parts": list(parts), **said}, content_type="application/json")

    return sent

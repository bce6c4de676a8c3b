"""The small world, ready to be asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident
from tests.web.access.world import browsers_of, people_of, small_world


@pytest.fixture
def people(incident: Incident, make_person: Callable[..., User]) -> dict[str, User]:
    cache.clear()
    return people_of(incident, make_person)


@pytest.fixture
def browsers(people: dict[str, User]) -> dict[str, Client]:
    return browsers_of(people)


@pytest.fixture
def world(incident: Incident, people: dict[str, User], browsers: dict[str, Client]) -> dict[str, Any]:
    return small_world(incident, people, browsers)

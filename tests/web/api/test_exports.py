"""The export over the API, as the page has it."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.django_db


def test_the_export_is_as_the_pages(program, person, incident) -> None:
    answer = program(person, "read").get("/api/v1/export?severity=SEV-2")
    assert [json.loads(each)["incident"] for each in answer.getvalue().decode().splitlines()] == ["INC-2041"]

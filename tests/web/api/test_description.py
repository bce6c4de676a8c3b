"""The description of the API in the repository is the API that answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from django.test import Client
from ninja import Schema

from afteraction.web.api.application import described
from afteraction.web.api.describe import written

SNAPSHOT = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"


def test_the_snapshot_is_fresh() -> None:
    assert SNAPSHOT.read_text() == written(), "Type: make openapi"


def test_everybody_may_read_the_description(db) -> None:
    assert Client().get("/api/v1/openapi.json").json()["openapi"].startswith("3.")


def test_no_operation_filters_or_groups_by_person() -> None:
    for path, operations in described()["paths"].items():
        for operation in operations.values():
            asked = {each["name"] for each in operation.get("parameters", []) if each["in"] == "query"}
            assert not asked & {"author", "person", "by", "user", "actor", "contributor", "group_by"}, path


def test_no_two_shapes_share_a_name() -> None:
    """Of two, one alone would be described."""
    ours = [each for each in Schema.__subclasses__() if each.__module__.startswith("afteraction.")]
    names = Counter(each.__name__ for each in ours)
    assert names["Outline"] == 1 and [name for name, times in names.items() if times > 1] == []


def test_every_operation_says_what_it_is_and_who_may_call_it() -> None:
    for path, operations in described()["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert operation["security"], path

"""Queries that are asked at every request, written as SQL once and not each time.

Knows that writing the SQL of a query costs more than a database on the same machine takes to answer it. Refuses to
remember answers: every call asks the database.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Value = int | str
_NUMBER = 1_999_999_000


def prepared(build: Callable[..., QuerySet[M]]) -> Callable[..., list[M]]:
    """The rows of the query that `build` makes of some numbers and texts, which it may only compare with columns.

    `build` runs once for each kind of database, with stand-ins; each call then puts its own values in their places.
    Related rows are not read along.
    """
    written: dict[tuple[str, ...], tuple[type[M], str, list[tuple[bool, Any]]]] = {}

    def ask(*values: Value) -> list[M]:
        kind = (connection.vendor, *(type(value).__name__ for value in values))
        if kind not in written:
            written[kind] = _write(build, values)
        model, sql, places = written[kind]
        return list(model._base_manager.raw(sql, [values[one] if is_place else one for is_place, one in places]))

    return ask


def _write(
    build: Callable[..., QuerySet[M]], values: tuple[Value, ...]
) -> tuple[type[M], str, list[tuple[bool, Any]]]:  # fmt: skip
    stand_ins: list[Value] = [
        _NUMBER + at if isinstance(value, int) else f"stand-in-{at}-\u2400" for at, value in enumerate(values)
    ]
    rows = build(*stand_ins)
    sql, parameters = rows.query.sql_with_params()
    places = [
        (True, stand_ins.index(each)) if isinstance(each, int | str) and each in stand_ins else (False, each)
        for each in parameters
    ]
    missing = set(range(len(values))) - {one for is_place, one in places if is_place}
    if missing:
        raise AssertionError(f"The query does not use its values {sorted(missing)}.")
    return rows.model, sql, places

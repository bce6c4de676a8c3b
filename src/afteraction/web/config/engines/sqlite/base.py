"""SQLite as Django knows it, but for texts and JSON that it or PostgreSQL would refuse.

Knows that its driver hands texts over untouched, so that they are looked at with the statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.backends.sqlite3 import base, operations

from afteraction.web.ui.storable import json_text, storable


def _held(values: Any) -> Any:
    """The parameters of a statement; the same ones where nothing has to be replaced, nearly always."""
    given = values.values() if isinstance(values, Mapping) else values
    if not any(isinstance(value, str) and _is_refused(value) for value in given):
        return values
    if isinstance(values, Mapping):
        return {name: storable(value) if isinstance(value, str) else value for name, value in values.items()}
    return [storable(value) if isinstance(value, str) else value for value in values]


def _is_refused(text: str) -> bool:
    if "\x00" in text:
        return True
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that looks at its parameters."""

    def execute(self, query: str, params: Any = None) -> Any:
        """One statement."""
        return super().execute(query, None if params is None else _held(params))

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """One statement for many rows."""
        return super().executemany(query, map(_held, param_list))


class DatabaseOperations(operations.DatabaseOperations):
    """How values become parameters."""

    def adapt_json_value(self, value: Any, encoder: Any) -> str:
        """JSON without what PostgreSQL would refuse."""
        return json_text(value, encoder=encoder)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection."""

    ops_class = DatabaseOperations

    def create_cursor(self, name: str | None = None) -> Cursor:
        """Ours."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

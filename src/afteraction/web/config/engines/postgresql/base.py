"""PostgreSQL as Django knows it, but for texts and JSON that it would refuse.

Knows where psycopg turns a text into bytes: for statements as for COPY.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.backends.postgresql import base, operations
from psycopg import DataError
from psycopg.abc import Buffer
from psycopg.types.json import Jsonb
from psycopg.types.string import StrDumperUnknown

from afteraction.web.ui.storable import json_text, storable


class HeldText(StrDumperUnknown):
    """A text in the bytes that PostgreSQL takes."""

    def dump(self, obj: str) -> Buffer | None:
        """The text as it is where that can be, with signs where not."""
        try:
            return super().dump(obj)
        except (DataError, UnicodeEncodeError):
            return super().dump(storable(obj))


class DatabaseOperations(operations.DatabaseOperations):
    """How values become parameters."""

    def adapt_json_value(self, value: Any, encoder: Any) -> Any:
        """JSON without what PostgreSQL refuses."""
        return Jsonb(value, dumps=partial(json_text, encoder=encoder))


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection."""

    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Opened, with our way to write texts."""
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_dumper(str, HeldText)
        return connection

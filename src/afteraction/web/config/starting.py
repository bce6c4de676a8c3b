"""What a start needs: a free port, the data folder, the secret key, tables and static files.

Knows how to make each only where it is not there yet. Refuses to start half: what cannot be had is said in one line.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

# Any number; two processes that start at once take turns at making the tables.
_MIGRATING = 4_217_031_145


def need_free_port(host: str, port: int) -> None:
    """Ends with one line that says what to type when the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            told = f"Port {port} is in use. Type: make run PORT={port + 1}"
        elif error.errno == errno.EACCES:
            told = (
                f"Port {port} needs more rights than this user has. Type: make run PORT={max(8000, port % 1000 + 8000)}"
            )
        else:
            told = (
                f"Cannot listen on {host}, port {port}: {error.strerror or error}. Leave --host out to use 127.0.0.1."
            )
        click.echo(told, err=True)
        sys.exit(1)


def data_folder() -> Path:
    """Where everything is kept: AFTERACTION_DATA, else `var` below the working directory."""
    return Path(os.environ.get("AFTERACTION_DATA") or "var").absolute()


def make_data_folder() -> None:
    """Makes the data folder and the secret key, which the settings read; imports nothing of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afteraction.web.config.settings")
    data = data_folder()
    try:
        data.mkdir(parents=True, exist_ok=True)
        _keep_secret(data / "secret.key")
    except OSError as error:
        click.echo(
            f"Cannot write to {data}: {error.strerror}. Type: export AFTERACTION_DATA=/a/folder/of/yours", err=True
        )
        sys.exit(1)


def prepare(*, with_static: bool = True) -> None:
    """Makes the data folder, the secret key, the tables and the static files, each only where it is not there yet."""
    make_data_folder()
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    from django.db import OperationalError

    try:
        with _one_at_a_time():
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        told = str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
        click.echo(f"The database cannot be used: {told}. Look at DATABASE_URL, or unset it to use SQLite.", err=True)
        sys.exit(1)
    if with_static:
        _collect_static(Path(settings.STATIC_ROOT))


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Holds a lock of the whole database server while tables are made; SQLite's own is enough for one machine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])


def _keep_secret(path: Path) -> None:
    """Makes the key unless it is there; of several starts at once one makes it and none reads half of it."""
    if path.exists():
        return
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret-") as file:  # readable by its owner only
        file.write(secrets.token_urlsafe(48))
        file.flush()
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)


def _collect_static(target: Path) -> None:
    """Copies static files under hashed names, unless exactly these were copied before."""
    from django.contrib.staticfiles import finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            digest.update(name.encode())
            with storage.open(name) as file:
                digest.update(file.read())
    mark = target / ".made-from"
    if mark.is_file() and mark.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=target.exists())
    mark.write_text(digest.hexdigest())


def take_over(site: str) -> str:
    """Notes that the workers of this start are called `site`/…; the name that those of the last start had.

    Empty when that start still runs, as when two share a data folder. The note is held until this process ends.
    """
    place = data_folder() / "workers.lock"
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return ""
    before = os.read(descriptor, 200).decode("ascii", "replace").strip()
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, site.encode(), 0)
    return before

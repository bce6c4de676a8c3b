"""`afteraction serve`: the web application on this machine.

Knows how to start: port, tables, secret key, static files, the first account, the demo. Refuses to make anybody an
account beyond the first one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from afteraction.web.incidents.models import Incident

DEMO_KEY = "INC-2041"
DEMO_TITLE = "Checkout errors after payments-api v2.14 rollout"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--demo", is_flag=True, help="Load the demo incident INC-2041 first.")
@click.option("--incident", "key", default="INC-1", show_default=True, help="Key of the incident that PATHS belong to.")
@click.option("--zone", help="Zone of times in PATHS that state none, e.g. Europe/Berlin.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(paths: tuple[Path, ...], demo: bool, key: str, zone: str | None, host: str, port: int) -> None:
    """Start the web application; evidence below PATHS is analysed first."""
    if not re.fullmatch(r"[-\w]{1,64}", key):
        raise click.UsageError(f'"{key}" cannot be the key of an incident. Use letters, digits, - and _, e.g. INC-7.')
    _need_free_port(host, port)
    prepare()
    if demo:
        _load(DEMO_KEY, (_demo_folder(),), zone=None, title=DEMO_TITLE, severity="SEV-2", local="Europe/Berlin")
    if paths:
        _load(key, paths, zone=zone, title="", severity="", local=zone or "UTC")
    _listen(host, port)


def _need_free_port(host: str, port: int) -> None:
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


def prepare() -> None:
    """Makes the data folder, the secret key, the tables and the static files, each only where it is not there yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afteraction.web.config.settings")
    data = Path(os.environ.get("AFTERACTION_DATA") or "var").absolute()
    try:
        data.mkdir(parents=True, exist_ok=True)
        _keep_secret(data / "secret.key")
    except OSError as error:
        click.echo(
            f"Cannot write to {data}: {error.strerror}. Type: export AFTERACTION_DATA=/a/folder/of/yours", err=True
        )
        sys.exit(1)
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    _collect_static(Path(settings.STATIC_ROOT))


def _keep_secret(path: Path) -> None:
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))


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


def _demo_folder() -> Path:
    """Where the demo's evidence lies: AFTERACTION_DEMO, else `examples/demo` of the checkout."""
    given = os.environ.get("AFTERACTION_DEMO")
    folder = Path(given) if given else Path(__file__).parents[4] / "examples" / "demo"
    if not folder.is_dir():
        click.echo(
            f"The demo's evidence is not in {folder}. Type: make demo, or set AFTERACTION_DEMO to its folder.", err=True
        )
        sys.exit(1)
    return folder


def _load(key: str, paths: tuple[Path, ...], *, zone: str | None, title: str, severity: str, local: str) -> None:
    """Analyses the evidence unless exactly this was analysed before."""
    from afteraction.core.analysis import Incident as Named
    from afteraction.core.errors import AfteractionError
    from afteraction.core.reading import ReadOptions
    from afteraction.pipeline.findings import Question
    from afteraction.web.accounts.actions.entering import first_admin
    from afteraction.web.evidence.actions import analyse_files
    from afteraction.web.incidents.actions import open_incident

    said = {name: value for name, value in (("title", title), ("severity", severity), ("zone", local)) if value}
    incident: Incident = open_incident(key, first_admin(), **said)
    named = Named(key=key, title=title, severity=severity, zone=local)
    started = time.monotonic()
    try:
        stored, is_new = analyse_files(
            incident, paths, options=ReadOptions(zone=zone), question=Question(incident=named), importer="serve",
            progress=_show,
        )  # fmt: skip
    except AfteractionError as error:
        raise click.ClickException(str(error)) from None
    if is_new:
        counted = "1 event" if stored.event_count == 1 else f"{stored.event_count} events"
        line = f"{key}: {counted}, {time.monotonic() - started:.1f} s"
        click.echo(f"\r\033[K{line}" if sys.stderr.isatty() else line, err=True)


def _show(step: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        counted = f"{done}/{total} " if total else ""
        click.echo(f"\r\033[K{counted}{step[:70]}", nl=False, err=True)


def _listen(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    shown = f"[{host}]" if ":" in host else host
    address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else shown}:{port}"  # noqa: S104 - only compared
    threading.Thread(target=_tell_when_it_answers, args=(address, way_in(address)), daemon=True).start()
    Granian(
        "afteraction.web.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        backpressure=16,
        log_enabled=False,
    ).serve()


def way_in(address: str) -> str:
    """A line with a sign-in address that works once, as long as the first admin has no way in of their own."""
    from afteraction.web.accounts.actions.entering import first_admin, has_way_in, make_entry_link

    admin = first_admin()
    if has_way_in(admin):
        return ""
    secret = make_entry_link(admin, actor=None, via="cli", wants_password=False)
    return f"Sign in as {admin.email}, once, at {address}/enter/{secret}"


def _tell_when_it_answers(address: str, way_in: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    click.echo("\n".join(filter(None, (f"Afteraction is at {address} (Ctrl+C ends it)", way_in))))
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    click.echo("The server does not answer. The lines above say why.", err=True)

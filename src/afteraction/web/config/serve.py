"""`afteraction serve`: the web application on this machine.

Knows the order of a start: what is needed, evidence, then web and worker as children of this process, which stays
small and only looks after them. Refuses to make anybody an account beyond the first one.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import click

from afteraction.web.config.first_evidence import load, load_demo
from afteraction.web.config.starting import make_data_folder, need_free_port, prepare, take_over
from afteraction.web.config.supervisor import Child, supervise
from afteraction.web.incidents.keys import NoKey, check_key

# Whoever waits for the first page does not wait for the workers' loading too.
WEB_FIRST_SECONDS = 1.0


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--demo", is_flag=True, help="Load the demo incident INC-2041 first.")
@click.option("--incident", "key", default="INC-1", show_default=True, help="Key of the incident that PATHS belong to.")
@click.option("--zone", help="Zone of times in PATHS that state none, e.g. Europe/Berlin.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--web-only", "only", flag_value="web", help="Answer requests; workers run elsewhere.")
@click.option("--worker-only", "only", flag_value="worker", help="Do jobs of the same database; answer no requests.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 32), help="Processes that do jobs.")
def serve(
    paths: tuple[Path, ...], demo: bool, key: str, zone: str | None, host: str, port: int, only: str | None,
    workers: int,
) -> None:  # fmt: skip
    """Start the web application and its worker; evidence below PATHS is analysed first."""
    try:
        check_key(key)
    except NoKey as problem:
        raise click.UsageError(str(problem)) from problem
    address = _address(host, port)
    shown = os.environ.get("AFTERACTION_URL", "").rstrip("/") or address
    if only != "worker":
        need_free_port(host, port)
    make_data_folder()
    web = Child("web", ["-m", "afteraction.web.config.web_process", host, str(port)])
    if only != "worker":
        web.start(is_held=True)  # it loads the application while the rest is made
    begin = partial(_begin, paths, demo=demo, key=key, zone=zone, address=shown, only=only)
    told = _in_a_process_of_its_own(begin)
    children = []
    if only != "worker":
        web.let_go()
        children.append(web)
        threading.Thread(target=_tell_when_it_answers, args=(address, shown, told), daemon=True).start()
    if only != "web":
        children += _workers(workers, due_at=time.monotonic() + (WEB_FIRST_SECONDS if children else 0.0))
    supervise(children)


def _begin(
    paths: tuple[Path, ...], *, demo: bool, key: str, zone: str | None, address: str, only: str | None
) -> str:  # fmt: skip
    """Everything before the children start; the line that lets the first admin in."""
    prepare(with_static=only != "worker")
    if demo:
        load_demo()
    if paths:
        load(key, paths, zone=zone, title="", severity="", local=zone or "UTC")
    return way_in(address) if only != "worker" else ""


def _in_a_process_of_its_own(function: Callable[[], str]) -> str:
    """What `function` gives; the memory it took goes back when it ends, and its exit code ends this process too."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(function, sending))
    process.start()
    sending.close()
    try:
        told: str = receiving.recv()
    except EOFError:
        told = ""
    process.join()
    if process.exitcode:
        sys.exit(process.exitcode if process.exitcode > 0 else 1)
    return told


def _tell(function: Callable[[], str], sending: Connection) -> None:
    try:
        sending.send(function())
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


def _workers(count: int, due_at: float) -> list[Child]:
    """Children that do jobs, from `due_at` on (monotonic seconds). Each start of each has a name of its own, and is
    told which dead one it follows."""
    site = f"{socket.gethostname()[:60]}-{os.getpid()}-{secrets.token_hex(3)}"
    last_site = take_over(site)

    def naming(number: int) -> Callable[[int], dict[str, str]]:
        def of_start(start: int) -> dict[str, str]:
            dead = f"{site}/{number}/{start - 1}" if start > 1 else last_site
            return {"AFTERACTION_WORKER": f"{site}/{number}/{start}", "AFTERACTION_INSTEAD_OF": dead}

        return of_start

    workers = [Child("worker", ["-m", "afteraction.web.jobs.worker"], naming(number)) for number in range(count)]
    for worker in workers:
        worker.due_at = due_at
    return workers


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else shown}:{port}"  # noqa: S104 - only compared


def way_in(address: str) -> str:
    """A line with a sign-in address that works once, as long as the first admin has no way in of their own."""
    from afteraction.web.accounts.actions.entering import first_admin, has_way_in, make_entry_link

    admin = first_admin()
    if has_way_in(admin):
        return ""
    secret = make_entry_link(admin, actor=None, via="cli", wants_password=False)
    return f"Sign in as {admin.email}, once, at {address}/enter/{secret}"


def _tell_when_it_answers(address: str, shown: str, way_in: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    click.echo("\n".join(filter(None, (f"Afteraction is at {shown} (Ctrl+C ends it)", way_in))))
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    click.echo("The server does not answer. The lines above say why.", err=True)

"""Evidence that is analysed before the server answers: the demo, and the paths of the command line.

Knows whose incident it becomes: the first admin's; and that the demo has a review. Refuses to analyse again what was
analysed before.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from afteraction.web.incidents.models import Incident

DEMO_KEY = "INC-2041"
DEMO_TITLE = "Checkout errors after payments-api v2.14 rollout"


def load_demo() -> None:
    """The demo incident with its review."""
    folder = _demo_folder()
    incident = load(DEMO_KEY, (folder,), zone=None, title=DEMO_TITLE, severity="SEV-2", local="Europe/Berlin")
    written = folder.with_name(f"{folder.name}-review.json")
    if written.is_file():
        from afteraction.web.accounts.actions.entering import first_admin
        from afteraction.web.config.demo_review import load_review

        load_review(incident, written, actor=first_admin())


def _demo_folder() -> Path:
    """Where the demo's evidence lies: AFTERACTION_DEMO, else `examples/demo` of the checkout, else in the package."""
    here = Path(__file__)
    places = [here.parents[4] / "examples" / "demo", here.parents[2] / "demo"]
    if given := os.environ.get("AFTERACTION_DEMO"):
        places = [Path(given)]
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None:
        click.echo(
            f"The demo's evidence is not in {places[0]}. Type: make demo, or set AFTERACTION_DEMO to its folder.",
            err=True,
        )
        sys.exit(1)
    return folder


def load(key: str, paths: tuple[Path, ...], *, zone: str | None, title: str, severity: str, local: str) -> Incident:
    """The incident of that key with this evidence analysed, unless exactly this was analysed before."""
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
    if is_new and stored is not None:
        counted = "1 event" if stored.event_count == 1 else f"{stored.event_count} events"
        line = f"{key}: {counted}, {time.monotonic() - started:.1f} s"
        click.echo(f"\r\033[K{line}" if sys.stderr.isatty() else line, err=True)
    return incident


def _show(step: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        counted = f"{done}/{total} " if total else ""
        click.echo(f"\r\033[K{counted}{step[:70]}", nl=False, err=True)

"""`afteraction analyze PATH…`: evidence in, report.html, report.md and report.json out. No server, no database.

Knows options, exit codes and what the terminal is told. Refuses to analyse: `pipeline.analyze` does.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click
import orjson

from afteraction.cli.bar import Bar

if TYPE_CHECKING:
    from afteraction.pipeline.analyze import Request

# Exit codes, documented in docs/reference/command-line.md.
READ_WITH_FAILURES = 3
NOTHING_READ = 4
CANNOT_WRITE = 5


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the report. Default: ./afteraction-report")
@click.option("--zone", help="Zone of times that state none, e.g. Europe/Berlin.")
@click.option("--incident-start", help="When the incident began, e.g. 2026-05-12T14:02Z: completes times without year.")
@click.option("--format", "chosen", multiple=True, metavar="NAME=FILE", help="Read FILE with the reader NAME.")
@click.option("--mapping", type=click.File("rb"), help="JSON file that says which column means what, per file.")
@click.option("--title", default="", help="Title of the report.")
@click.option("--kind", default="outage", help="Kind of incident: outage, degradation, near_miss …")
@click.option("--environment", default="production", help="production, staging, test …")
@click.option("--severity", default="", help="Severity as you call it, e.g. SEV-2.")
@click.option("--assume-cost", is_flag=True, help="Use the labelled industry placeholder of £4,200 a minute.")
@click.option("--names", is_flag=True, help="Keep names of people. Roles stand in for them otherwise.")
@click.option("--strict", is_flag=True, help="Exit with 3 when anything could not be read.")
@click.option("--suspects", "wanted", is_flag=True, help="Rank what most likely started it: changes and services.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many suspects to list.")
@click.option("--json", "to_stdout", is_flag=True, help="Print the whole analysis as JSON; writes only with --out.")
def analyze(
    paths: tuple[Path, ...], out: Path | None, to_stdout: bool, strict: bool, names: bool, wanted: bool, top: int,
    **said: Any,
) -> None:  # fmt: skip
    """Read all evidence below PATHS and write a timeline and report."""
    from afteraction.core.errors import AfteractionError
    from afteraction.pipeline.analyze import analyze as run
    from afteraction.pipeline.report.document import as_text, to_json
    from afteraction.pipeline.report.thumbnails import thumbnails
    from afteraction.stores.evidence import EvidenceStore

    missing = [path for path in paths if not path.exists()]
    if missing:
        raise click.UsageError(f"There is no {missing[0]}. Check the path.")
    target = out or Path("afteraction-report")
    try:
        request = _request(paths, target, suspects=top if wanted else 0, **said)
        with tempfile.TemporaryDirectory(prefix="afteraction-") as work, Bar(quiet=to_stdout) as bar:
            store = EvidenceStore(Path(work))
            document = to_json(run(request, store, bar.show), with_names=names)
            pictures = thumbnails(document, store.open_original)
        if to_stdout:
            click.echo(as_text(document))
        if out is not None or not to_stdout:
            _write(document, pictures, target)
    except AfteractionError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        click.echo(f"Error: {error.filename or target}: {error.strerror}. Free some space or choose --out.", err=True)
        sys.exit(CANNOT_WRITE)
    if not to_stdout:
        _summarise(document, target)
    sys.exit(_exit_code(document, strict))


def _request(
    paths: tuple[Path, ...], target: Path, *, zone: str | None, incident_start: str | None, chosen: tuple[str, ...],
    mapping: BinaryIO | None, title: str, kind: str, environment: str, severity: str, assume_cost: bool,
    suspects: int,
) -> Request:  # fmt: skip
    from afteraction.core.analysis import KINDS, CostModel, Incident
    from afteraction.core.digests import Settings
    from afteraction.core.reading import ReadOptions
    from afteraction.core.timestamps import read_timestamp, zone_named
    from afteraction.engine.metrics import SEED_RATE
    from afteraction.pipeline.analyze import Request
    from afteraction.pipeline.findings import Question

    if kind not in KINDS:
        raise click.UsageError(f'"{kind}" is no kind of incident. Choose one of: {", ".join(KINDS)}.')
    if zone:
        zone_named(zone)
    start = read_timestamp(incident_start, zone=zone or "UTC") if incident_start else None
    now = datetime.now(UTC).isoformat()
    start_text = start.utc.isoformat() if start else None
    pairs = [each.partition("=") for each in chosen]
    if any(not sign for _, sign, _ in pairs):
        raise click.UsageError("--format takes NAME=FILE, e.g. --format syslog=messages.txt")
    return Request(
        paths=paths,
        options=ReadOptions(
            zone=zone, year=start.utc.year if start else None, incident_start=start_text, collected_at=now
        ),
        question=Question(
            incident=Incident(title=title, kind=kind, environment=environment, severity=severity, zone=zone or "UTC"),
            settings=Settings(incident_start=start_text, collected_at=now),
            cost=CostModel(per_minute={"": SEED_RATE}) if assume_cost else CostModel(),
            suspects=suspects,
        ),
        formats={file: name for name, _, file in pairs},
        mappings=_mappings(mapping) if mapping else {},
        skip=[target],
    )


def _mappings(saved: BinaryIO) -> dict[str, dict[str, str]]:
    """A saved mapping: `{"tickets.csv": {"time": "opened"}}`; `*` stands for every file."""
    try:
        told = orjson.loads(saved.read())
        return {file: {str(what): str(column) for what, column in columns.items()} for file, columns in told.items()}
    except (orjson.JSONDecodeError, AttributeError) as error:
        raise click.UsageError(
            f'{saved.name}: {error}. A mapping looks like {{"tickets.csv": {{"time": "opened"}}}}.'
        ) from None


def _write(document: dict[str, Any], pictures: dict[str, str], target: Path) -> None:
    """The three reports, each complete or not there: written aside, then renamed."""
    from afteraction.pipeline.report.document import as_text
    from afteraction.pipeline.report.html import html
    from afteraction.pipeline.report.markdown import markdown

    target.mkdir(parents=True, exist_ok=True)
    made = {
        "report.json": as_text(document),
        "report.md": markdown(document),
        "report.html": html(document, pictures),
    }
    for name, text in made.items():
        aside = target / f".{name}.part"
        aside.write_text(text, encoding="utf-8")
        aside.replace(target / name)


def _exit_code(document: dict[str, Any], strict: bool) -> int:
    # An answer about suspects was printed, if only that there is none to give.
    if not any(file["rows"] for file in document["files"]) and "suspects" not in document:
        return NOTHING_READ
    failed = any(file["failures_total"] or file["state"] in ("unread", "failed") for file in document["files"])
    return READ_WITH_FAILURES if strict and failed else 0


def _summarise(document: dict[str, Any], target: Path) -> None:
    from afteraction.pipeline.report.sentences import figure

    click.echo(click.style(document["incident"]["title"] or "Incident", bold=True))
    states: dict[str, int] = {}
    for file in document["files"]:
        states[file["state"]] = states.get(file["state"], 0) + 1
    counted = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    click.echo(f"{len(document['files'])} files ({counted}), {len(document['events'])} events")
    for key in ("M01", "M13", "M03", "M07", "M10", "M15", "M09"):
        metric = document["metrics"].get(key)
        if metric:
            click.echo(f"  {metric['name']:<42} {figure(metric)}")
    _tell_suspects(document)
    for conflict in document["conflicts"][:6]:
        click.echo(f"  conflict: {conflict['sentence']}")
    for file in document["files"]:
        for failure in file["failures"][:3]:
            place = f", {failure['place']}" if failure["place"] else ""
            click.echo(f"  {failure['file']}{place}: {failure['reason']} {failure['next_step']}".rstrip(), err=True)
        if file["failures_total"] > 3:
            more = file["failures_total"] - 3
            click.echo(f"  {file['name']}: {more} more could not be read; the report lists them.", err=True)
        if file["state"] == "unread":
            click.echo(f"  {file['name']}: no reader knows it. First line: {file['first_line'][:80]}", err=True)
    click.echo(f"Report: {target / 'report.html'}")


def _tell_suspects(document: dict[str, Any]) -> None:
    for suspect in document.get("suspects", ()):
        reasons = sorted(suspect["terms"], key=lambda term: -abs(term["log_odds"]))
        click.echo(f"  {suspect['probability']:6.1%}  {suspect['kind']}: {suspect['name']}")
        for term in reasons[:3]:
            click.echo(f"          {'+' if term['log_odds'] >= 0 else '−'} {term['says'] or term['name']}")
    if document.get("suspects_note"):
        click.echo(f"  {document['suspects_note']}")

"""`afteraction logs`: what a log says, apart from any incident.

Knows options and how ids and templates are printed. Refuses to group: `pipeline.log_templates` does.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from afteraction.pipeline.log_templates import Grouped, TemplateRow

_LINES_AT_ONCE = 500_000


@click.group()
def logs() -> None:
    """Look at log files."""


@logs.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True))
@click.option("--ids", is_flag=True, help="Print one template id per line of FILE, blank lines too.")
@click.option("--json", "as_json", is_flag=True, help="Print the templates with counts as JSON.")
@click.option("--format", "reader", default="", metavar="NAME", help="Read FILE with the reader NAME.")
@click.option("--zone", help="Zone of times that state none, e.g. Europe/Berlin.")
def templates(file: Path, ids: bool, as_json: bool, reader: str, zone: str | None) -> None:
    """Group the lines of FILE by what they say, values aside."""
    from afteraction.core.errors import AfteractionError
    from afteraction.core.reading import ReadOptions
    from afteraction.core.timestamps import zone_named
    from afteraction.pipeline.log_templates import group_lines, source_at, template_rows

    if ids and as_json:
        raise click.UsageError("choose one of --ids and --json.")
    try:
        if zone:
            zone_named(zone)
        source = source_at(file, ReadOptions(zone=zone))
        if ids:
            grouped = group_lines(source, reader)
            _print_ids(grouped)
        else:
            rows, grouped = template_rows(source, reader)
            (_print_json if as_json else _print_table)(file, rows, grouped)
    except AfteractionError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}. Check that it can be read.") from None
    if grouped.strength:
        click.echo(
            f"{file.name}: more than 300,000 shapes of lines; made-up names in them were taken for values at once.",
            err=True,
        )


def _print_ids(grouped: Grouped) -> None:
    import numpy as np

    names = np.array([f"{name}\n".encode() for name in grouped.mined.ids])
    out = sys.stdout.buffer
    for at in range(0, len(grouped.of_line), _LINES_AT_ONCE):
        out.write(names[grouped.of_line[at : at + _LINES_AT_ONCE]].tobytes())
    out.flush()


def _print_json(file: Path, rows: list[TemplateRow], grouped: Grouped) -> None:
    import orjson

    told = [{name: value for name, value in asdict(row).items() if value not in ({}, None)} for row in rows]
    document = {
        "schema": "afteraction/log-templates/1",
        "file": file.name,
        "lines": len(grouped.of_line),
        "coarse": grouped.strength > 0,
        "templates": told,
    }
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z
    out = sys.stdout.buffer
    out.write(orjson.dumps(document, option=options))


def _print_table(file: Path, rows: list[TemplateRow], grouped: Grouped) -> None:
    click.echo(f"{file.name}: {len(grouped.of_line):,} lines, {len(rows):,} templates")
    for row in rows:
        click.echo(f"{row.count:>9,}  {row.id}  {row.template[:300] or '(blank)'}")

"""`afteraction formats`: what can be read.

Knows how to print the list of readers. Refuses to know any format.
"""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def formats(as_json: bool) -> None:
    """List what can be read, with an example of each."""
    from afteraction.formats import readers

    rows = [{"name": r.name, "title": r.title, "kind": r.kind.value, "example": r.example} for r in readers()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{click.style(row['name'], bold=True)}  {row['title']} ({row['kind'].replace('_', ' ')})")
        for line in row["example"].strip().splitlines()[:3]:
            click.echo(f"    {line[:150]}")

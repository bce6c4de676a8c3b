"""A line on standard error that says what is being done.

Knows terminals. Refuses to write where nobody looks.
"""

from __future__ import annotations

import sys

import click


class Bar:
    """Shows steps while it is entered, and leaves a clean line behind."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet or not sys.stderr.isatty()

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.quiet:
            click.echo("\r\033[K", nl=False, err=True)

    def show(self, step: str, done: int, total: int) -> None:
        """The step in hand, with a bar where a total is known."""
        if self.quiet:
            return
        filled = round(24 * done / total) if total else 0
        bar = f"[{'█' * filled}{'·' * (24 - filled)}] {done}/{total} " if total else ""
        click.echo(f"\r\033[K{bar}{step[:70]}", nl=False, err=True)

"""The `afteraction` command: which verbs there are.

Knows names and one-line helps. Refuses to import a verb before it is asked for, so that --help answers at once.
"""

from __future__ import annotations

import importlib

import click

VERBS = {
    "admin": ("afteraction.web.config.admin", "Make somebody an admin of this site."),
    "analyze": ("afteraction.cli.analyze", "Read evidence and write a timeline and report."),
    "formats": ("afteraction.cli.formats", "List what can be read, with an example of each."),
    "lint": ("afteraction.cli.lint", "Say where a text accuses people, and which actions cannot be done."),
    "pull": ("afteraction.cli.pull", "Fetch evidence of a window from a source, read only."),
    "logs": ("afteraction.cli.logs", "Group the lines of a log by what they say."),
    "serve": ("afteraction.web.config.serve", "Start the web application."),
}


class Verbs(click.Group):
    """Commands that are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in alphabetical order."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name, imported now."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(importlib.import_module(VERBS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, VERBS[name][1]) for name in sorted(VERBS)])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="afteraction")
def main() -> None:
    """Post-incident analysis: raw evidence in, a trusted timeline and report out."""

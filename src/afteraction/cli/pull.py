"""`afteraction pull SOURCE …`: what a source knows of a window, as a folder of originals that `analyze` reads.

Knows options, exit codes and what the terminal is told. Refuses to take a token as an option: it would stand in the
shell's history and in the list of processes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from afteraction.cli.bar import Bar

if TYPE_CHECKING:
    from afteraction.pipeline.pulling import Pulled
    from afteraction.sources.pulls import Wanted

# Exit codes, documented in docs/reference/command-line.md.
SOME_REFUSED = 3
CANNOT_WRITE = 5


@dataclass(frozen=True)
class _Source:
    """A source as the command line calls it: its title, what one ask is called, where the token is, own options."""

    title: str
    option: str
    metavar: str
    help: str
    token: str
    is_required: bool = True
    address: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


# Written here as well, so that --help imports no source; a test holds both together.
SOURCES = {
    "prometheus": _Source(
        "Prometheus (query_range)", "query", "PROMQL", "Expression, e.g. 'rate(http_requests_total[5m])' or ALERTS.",
        "AFTERACTION_PROMETHEUS_TOKEN",
        options={"step": "Seconds between two samples. Default: 15, or more where the window needs it."},
    ),
    "loki": _Source(
        "Loki (query_range)", "query", "LOGQL", "Query, e.g. '{app=\"cart\"} |= \"error\"'.", "AFTERACTION_LOKI_TOKEN",
        options={
            "step": "Seconds between two samples of a metric query. Default: 15, or more where the window needs it.",
            "limit": "Lines in one answer. Default: 5000, which Loki allows unless it was set otherwise.",
            "tenant": "Tenant, sent as X-Scope-OrgID.",
        },
    ),
    "pagerduty": _Source(
        "PagerDuty (incidents, log entries, alerts, change events)", "service", "ID", "Id of a service.",
        "AFTERACTION_PAGERDUTY_TOKEN", is_required=False, address="https://api.pagerduty.com",
    ),
    "github": _Source(
        "GitHub (deployments, commits, releases, workflow runs)", "repo", "OWNER/NAME", "Repository.",
        "AFTERACTION_GITHUB_TOKEN", address="https://api.github.com",
        options={"branch": "Commits of this branch. Default: the default branch."},
    ),
    "slack": _Source(
        "Slack (history and threads of channels)", "channel", "ID", "Id of a channel that the token's app is in.",
        "AFTERACTION_SLACK_TOKEN", address="https://slack.com/api",
        options={"people": "yes: fetch the member list too, so that messages have names."},
    ),
}  # fmt: skip


@click.group()
def pull() -> None:
    """Fetch what a source knows of a window, read only, as originals that `analyze` reads.

    A pull that was broken off goes on where it stopped when the same command is run again.
    """


def _verb(name: str, source: _Source) -> click.Command:
    more = "" if source.is_required else " Everything unless said."
    params: list[click.Parameter] = [
        click.Option(["--url"], required=not source.address, default=source.address or None, show_default=True,
                     help="Address of the API."),
        click.Option([f"--{source.option}", "asks"], multiple=True, required=source.is_required,
                     metavar=source.metavar, help=f"{source.help} May be repeated.{more}"),
        click.Option(["--from", "start"], required=True, metavar="TIME", help="Begin, e.g. 2026-05-12T14:00Z."),
        click.Option(["--to", "end"], required=True, metavar="TIME", help="End, not later than now."),
        click.Option(["--zone"], help="Zone of --from and --to where they state none, e.g. Europe/Berlin."),
        click.Option(["--out"], type=click.Path(path_type=Path), default=Path("evidence"), show_default=True,
                     help="Folder for the originals."),
        click.Option(["--token-env"], default=source.token, show_default=True, metavar="NAME",
                     help="Environment variable that holds the token."),
        click.Option(["--private"], is_flag=True, help="The address may lead into a private network."),
    ]  # fmt: skip
    params += [click.Option([f"--{key}", f"option_{key}"], help=text) for key, text in source.options.items()]
    said = f"Fetch from {source.title}."
    return click.Command(name, params=params, callback=lambda **told: _run(name, **told), help=said, short_help=said)


def _run(
    name: str, *, url: str, asks: tuple[str, ...], start: str, end: str, zone: str | None, out: Path,
    token_env: str, private: bool, **options: str | None,
) -> None:  # fmt: skip
    from afteraction.core.errors import AfteractionError
    from afteraction.pipeline.pulling import pull as fetch
    from afteraction.pipeline.pulling.folder import Folder
    from afteraction.sources import pullers
    from afteraction.sources.asking import Access, Asking

    puller = pullers()[name]
    given = {key.removeprefix("option_"): value for key, value in options.items() if value}
    token = os.environ.get(token_env, "").strip()
    try:
        wanted = _wanted(asks, start, end, zone, given)
        asking = Asking(Access(url, puller.headers(token, given), token, is_private=private))
        try:
            with Bar() as bar:
                pulled = fetch(puller, asking, wanted, Folder(out), bar.show)
        finally:
            asking.close()
    except AfteractionError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        click.echo(f"Error: {error.filename or out}: {error.strerror}. Free some space or choose --out.", err=True)
        sys.exit(CANNOT_WRITE)
    _summarise(pulled, out)
    sys.exit(SOME_REFUSED if pulled.refused else 0)


def _wanted(asks: tuple[str, ...], start: str, end: str, zone: str | None, options: dict[str, str]) -> Wanted:
    from afteraction.core.timestamps import read_timestamp
    from afteraction.sources.pulls import Wanted

    begin, stop = read_timestamp(start, zone=zone).utc, read_timestamp(end, zone=zone).utc
    if stop <= begin:
        raise click.UsageError(f"--to {end} is not after --from {start}.")
    if stop > datetime.now(UTC):
        raise click.UsageError(f"--to {end} lies in the future; what is not there yet would be missing for good.")
    return Wanted(tuple(dict.fromkeys(asks)), begin, stop, options)


def _summarise(pulled: Pulled, out: Path) -> None:
    kept, plan = pulled.kept, pulled.plan
    size = sum(each.size for each in kept)
    fresh = "" if pulled.asked else " Nothing was asked: all of it was here."
    word = "answer" if len(kept) == 1 else "answers"
    click.echo(f"{len(kept)} {word} of {plan.source} in {out} ({size:,} bytes).{fresh}")
    for planned in plan.steps:
        if planned.told:
            click.echo(f"  {planned.step.name}: {planned.told}", err=True)
    if pulled.refused:
        click.echo(f"{len(pulled.refused)} had no answer; the same command asks them again.", err=True)
    elif kept:
        click.echo(f"Read them: afteraction analyze {out}")


for _name, _source in SOURCES.items():
    pull.add_command(_verb(_name, _source))

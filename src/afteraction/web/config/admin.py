"""`afteraction admin`: an admin from the command line.

Knows that whoever may type here may read the data folder anyway. Refuses a password on the command line, where other
users of the machine could see it.
"""

from __future__ import annotations

import sys

import click

from afteraction.web.config.starting import prepare


@click.command()
@click.argument("email")
@click.option("--link", is_flag=True, help="Print a sign-in address that works once instead of asking for a password.")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the server is, for --link.")
def admin(email: str, link: bool, address: str) -> None:
    """Make the account EMAIL an admin of this site, new or not, and give it a password or a link."""
    prepare()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from afteraction.web.accounts.actions.entering import appoint_admin, make_entry_link

    try:
        validate_email(email)
        password = None if link else _ask()
        person = appoint_admin(email, password)
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from None
    click.echo(f"{person.email} is an admin of this site.")
    if link:
        secret = make_entry_link(person, actor=None, via="cli")
        click.echo(f"Sign in, once, within 24 hours, at {address.rstrip('/')}/enter/{secret}")


def _ask() -> str:
    """The password, typed twice at a terminal or as one line of a pipe."""
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return typed
    return sys.stdin.readline().rstrip("\n")

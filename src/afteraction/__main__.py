"""`python -m afteraction` is the command."""

from afteraction.cli.main import main

main(prog_name="afteraction")

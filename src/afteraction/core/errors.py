"""Errors that name the thing and the next step.

Knows what a person has to be told. Refuses to print: the caller's face (terminal, page) does that.
"""

from __future__ import annotations


class AfteractionError(Exception):
    """Something a person can act on: `what` happened, `where`, and the `next_step`."""

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        self.what, self.where, self.next_step = what, where, next_step
        super().__init__(": ".join(part for part in (where, what) if part) + (f" {next_step}" if next_step else ""))


class UnreadableTime(AfteractionError):
    """A text that is not a time this reader can vouch for."""


class NaiveTime(UnreadableTime):
    """A time without a zone, read where nobody declared one."""


class UnsafeArchive(AfteractionError):
    """An archive that would unpack to too much, too often, or outside its place."""

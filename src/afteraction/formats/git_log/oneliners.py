"""Commits printed one per line by `git log --format=…`: a hash, a time, people and a subject between separators.

Knows how to tell these fields by what is in them. Refuses lines without a hash or without a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEPARATORS = ("\x1f", "\t", "|", ";", ",")
_SHA = re.compile(r"^[0-9a-f]{7,64}$")
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
WHEN = (
    r"(?:\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?: ?(?:Z|[+-]\d{2}:?\d{2}))?"
    rf"|{_DAY}, \d{{1,2}} {_MONTH} \d{{4}} \d{{2}}:\d{{2}}:\d{{2}} [+-]\d{{4}}"
    rf"|{_DAY} {_MONTH} \d{{1,2}} \d{{2}}:\d{{2}}:\d{{2}} \d{{4}}(?: [+-]\d{{4}})?"
    r"|\d{9,10} [+-]\d{4}|\d{9,10})"
)
_DAY_LETTERS = ("M", "T", "W", "F", "S")
_RFC_COMMA = re.compile(rf"\b({_DAY}),(?= \d)")
_TIME = re.compile(rf"^{WHEN}$")
_SPACED = re.compile(rf"^(?P<sha>[0-9a-f]{{7,64}}) \(?(?P<when>{WHEN})\)? (?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Oneliner:
    """A commit on one line: times as written, in their order."""

    sha: str
    times: tuple[str, ...]
    name: str
    email: str
    subject: str


def separator_of(lines: list[str]) -> str | None:
    """What stands between the fields of most lines: a character, a space, or None when they are no commits."""
    for separator in (*_SEPARATORS, " "):
        if lines and sum(1 for line in lines if oneliner(line, separator)) > len(lines) / 2:
            return separator
    return None


def oneliner(line: str, separator: str) -> Oneliner | None:
    """The commit on a line, or None. Fields are told by what is in them; the last one is the subject and may hold
    the separator again."""
    if separator == " ":
        match = _SPACED.match(line)
        return Oneliner(match["sha"], (match["when"],), "", "", match["rest"]) if match else None
    # "Tue, 12 May …" holds a comma of its own.
    whole = _RFC_COMMA.sub("\\1\x01", line) if separator == "," else line
    raw = whole.split(separator)
    if separator == ",":
        raw = [field.replace("\x01", ",") for field in raw]
    fields = [field.strip().strip('"') for field in raw]
    if len(fields) < 2 or not _SHA.match(fields[0]):
        return None
    places = [place for place, field in enumerate(fields) if _is_time(field)]
    if not places:
        return None
    people, rest = _people_and_rest(fields, raw, max(places))
    email = next((field.strip("<>") for field in people if "@" in field and " " not in field), "")
    names = [field for field in people if "@" not in field]
    subject = separator.join(rest).strip().strip('"')
    if not subject and names:
        # Nothing behind the time: the longest text is the subject, and which of the others is a person is not said.
        subject, names = max(names, key=len), []
    return Oneliner(fields[0], tuple(fields[place] for place in places), next(iter(names), ""), email, subject)


def _is_time(field: str) -> bool:
    first = field[:1]
    # Most fields are names and subjects: their first letter tells.
    return (first.isdigit() or first in _DAY_LETTERS) and _TIME.match(field) is not None


def _people_and_rest(fields: list[str], raw: list[str], last_time: int) -> tuple[list[str], list[str]]:
    """(fields with names and addresses, fields of the subject): people stand before the time, or right behind it."""
    people = [field for field in fields[1:last_time] if field and not _is_time(field) and not _SHA.match(field)]
    rest = last_time + 1
    if not people and len(fields) > rest + 1:
        people, rest = [fields[rest]], rest + 1
        if "@" in fields[rest] and " " not in fields[rest] and len(fields) > rest + 1:
            people, rest = [*people, fields[rest]], rest + 1
    return people, raw[rest:]

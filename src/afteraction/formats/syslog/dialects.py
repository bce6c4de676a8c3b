"""The ways syslog lines are written: RFC 5424, RFC 3164 and what rsyslog keeps in files.

Knows their patterns and which of them a text holds. Refuses to read times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from afteraction.core.readplan import LEVEL_WORDS

_RFC5424 = (
    r"^(?:\d{1,6} )?<(?P<priority>\d{1,3})>1 (?P<time>-|\d{4}-\d{2}-\d{2}T\S+) (?P<host>\S+) (?P<tag>\S+) "
    r"(?:-|(?P<process>\S+)) (?:-|(?P<message_id>\S+)) "
    r'(?:-|(?P<structured_data>(?:\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])+))(?: \ufeff?(?P<message>.*))?$'
).replace(r"\ufeff", "\ufeff")
_HOST = r" (?P<host>[^\s:\[]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+)"
_TAG = r" (?P<tag>[^\s\[:]+(?: [^\s\[:]+)?)(?:\[[^\]\s]+\])?(?: \([^)]*\))?: ?(?P<message>.*)$"
# A machine's own messages may leave its name out.
_LOCAL = f"(?:{_HOST})?{_TAG}"
_PRIORITY = r"^(?:\d{1,6} )?(?:<(?P<priority>\d{1,3})>)?"
_TIME = r"(?P<time>[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}"
# On the wire a priority tells that this is syslog, so the tag may be missing; in a file the tag has to.
_RFC3164 = (
    r"^(?:\d{1,6} )?<(?P<priority>\d{1,3})>" + _TIME + r"(?:\.\d+)?)" + f"(?:{_HOST})?"
    r"(?: (?P<tag>[^\s\[:]+)(?:\[[^\]\s]+\])?(?: \([^)]*\))?:)?(?: (?P<message>.*))?$"
)
_FILE = f"^{_TIME}){_LOCAL}"
_FILE_PRECISE = rf"^{_TIME}\.\d+){_LOCAL}"
# What rsyslog and syslog-ng write into files today: the tag of RFC 3164 behind the time of RFC 3339.
_RFC3339 = _PRIORITY + r"(?P<time>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+\-]\d{2}:?\d{2}))" + _HOST + _TAG


@dataclass(frozen=True)
class Dialect:
    """One way to write a line: its pattern with named groups, its times, and whether these state year and
    zone. Dialects written together have their groups numbered: `time`, `time_1` …"""

    pattern: str
    formats: tuple[str, ...]
    is_complete: bool = True
    members: int = 1

    def groups(self, name: str) -> tuple[str, ...]:
        """The groups that hold a field, one per member."""
        return (name, *(f"{name}_{member}" for member in range(1, self.members)))

    def share(self, lines: list[str]) -> float:
        """How many of the lines that begin an entry are written this way."""
        matches = [re.match(self.pattern, line) for line in lines]
        # An application's own log ("… INFO starting: x") has its level where syslog has the machine.
        own = [match for match in matches if match and (match["host"] or match["tag"] or "").lower() not in _NO_HOSTS]
        return len(own) / len(lines) if lines else 0.0


DIALECTS = (
    Dialect(_RFC5424, ("iso",)),
    Dialect(_RFC3339, ("iso",)),
    Dialect(_RFC3164, ("%b %d %H:%M:%S", "%b %d %H:%M:%S.%f"), is_complete=False),
    Dialect(_FILE, ("%b %d %H:%M:%S",), is_complete=False),
    Dialect(_FILE_PRECISE, ("%b %d %H:%M:%S.%f",), is_complete=False),
)
_NO_HOSTS = {word for pair in LEVEL_WORDS for word in pair}


def dialects_in(lines: list[str]) -> tuple[list[Dialect], float]:
    """(dialects that lines are written in, the most frequent one first, share of the lines that are in any)."""
    shares = [(dialect.share(lines), dialect) for dialect in DIALECTS]
    present = sorted((pair for pair in shares if pair[0]), key=lambda pair: -pair[0])
    return [dialect for _share, dialect in present], sum(share for share, _dialect in present)


def together(dialects: list[Dialect]) -> Dialect:
    """One dialect for lines of several; year and zone are stated when the most frequent one states them."""
    ordered = sorted(dialects, key=DIALECTS.index)
    if len(ordered) == 1:
        return ordered[0]
    patterns = [
        dialect.pattern if number == 0 else re.sub(r"\(\?P<(\w+)>", rf"(?P<\1_{number}>", dialect.pattern)
        for number, dialect in enumerate(ordered)
    ]
    return replace(
        dialects[0],
        pattern="|".join(f"(?:{pattern})" for pattern in patterns),
        formats=tuple(dict.fromkeys(form for dialect in ordered for form in dialect.formats)),
        members=len(ordered),
    )

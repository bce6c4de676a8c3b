"""A review of ours as JSON: each text that its people wrote, with its place in the file and what it is for.

Knows which members of `afteraction/review/1` and of a report are written by people. Refuses to read evidence, names and
what the program computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecodeError, loads

from afteraction.engine.language.documents.titles import Profile
from afteraction.engine.language.texts.legible import Legible, Weaving

SCHEMAS = ("afteraction/review/1", "afteraction/review-report/1")
_SCHEMA = re.compile(r'"schema"\s*:\s*"afteraction/review(?:-report)?/1"')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]', re.DOTALL)
_ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\.", re.DOTALL)
_REPORT_TEXTS = frozenset({"text", "title", "note", "summary", "why", "answer", "statement"})
# (sort, member) of what people write; other members are names, values and quotations of evidence.
_WRITTEN = {
    ("frame", "summary"): Profile.PROSE, ("frame", "objective"): Profile.PROSE, ("frame", "surprised"): Profile.PROSE,
    ("frame", "public"): Profile.EXTERNAL, ("frame", "staging_differs"): Profile.PROSE,
    ("frame", "sections"): Profile.PROSE, ("frame", "waivers"): Profile.PROSE, ("answer", "text"): Profile.PROSE,
    ("answer", "degradation"): Profile.PROSE, ("node", "statement"): Profile.CAUSE,
    ("node", "ruled_out_by"): Profile.PROSE, ("edge", "mechanism"): Profile.PROSE,
    ("edge", "would_contradict"): Profile.PROSE, ("human", "sense"): Profile.PROSE, ("ask", "text"): Profile.QUESTION,
    ("gate", "why"): Profile.PROSE, ("change", "text"): Profile.ACTION, ("change", "public"): Profile.EXTERNAL,
    ("change", "effect"): Profile.PROSE, ("remark", "text"): Profile.PROSE, ("dismissal", "reason"): Profile.PROSE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text of a review and what it is for; `place` is its JSON pointer."""

    place: str
    profile: Profile
    legible: Legible


def is_review(text: str) -> bool:
    """Whether a file says of itself that it is a review or a report of ours."""
    return text.lstrip()[:1] == "{" and _SCHEMA.search(text, 0, 2_000_000) is not None


def whole_until(text: str) -> tuple[int, str]:
    """(how far a file is JSON, what is wrong there); "" where all of it is."""
    try:
        loads(text)
    except JSONDecodeError as problem:
        return problem.pos, problem.msg
    except (RecursionError, ValueError) as problem:
        return 0, str(problem)
    return len(text), ""


def written_texts(text: str, until: int) -> Iterator[WrittenText]:
    """What people wrote before a place of the file, in its order."""
    for path, start, end in _strings(text, until):
        profile = _profile(path)
        if profile is not None:
            yield WrittenText("/" + "/".join(path), profile, _unescaped(text, start + 1, end - 1))


def _profile(path: tuple[str, ...]) -> Profile | None:
    if path[:1] == ("sections",):
        return Profile.PROSE if path[-1] in _REPORT_TEXTS else None
    if len(path) < 4 or path[0] != "parts":
        return None
    if (path[1], path[2], path[3]) == ("answer", "q2", "text"):
        return Profile.CAUSE
    return _WRITTEN.get((path[1], path[3]))


def _strings(text: str, until: int) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """(names of the members that lead there, start, end with its quotation marks) of each string that is a value."""
    path: list[str] = []
    lists: list[bool] = []
    name, waits = "", False
    for match in _TOKEN.finditer(text, 0, until):
        sign = match[0]
        if sign in "{[":
            lists.append(sign == "[")
            path.append(name)
            waits = False
        elif sign in "}]":
            if lists:
                lists.pop()
                name = path.pop()
            waits = False
        elif sign == ":":
            waits = True
        elif sign == ",":
            waits = False
        elif waits or (lists and lists[-1]):
            yield (*path[1:], name), match.start(), match.end()
        else:
            name = sign[1:-1]


def _unescaped(text: str, start: int, end: int) -> Legible:
    weaving, done = Weaving(text), start
    for match in _ESCAPE.finditer(text, start, end):
        weaving.keep(done, match.start())
        try:
            said = str(loads(f'"{match[0]}"'))
        except JSONDecodeError:
            said = match[0]
        weaving.put(said, match.start(), match.end())
        done = match.end()
    weaving.keep(done, end)
    return weaving.done()

"""Commits as `git log` prints them in its long formats: medium, fuller, raw, with file lists or patches.

Knows headers, indented messages, statistics, name lists and patches. Refuses to read times and to make records: see
`reader`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from afteraction.core.evidence import Failure

COMMIT = re.compile(r"^commit (?P<sha>[0-9a-f]{7,64})(?: [0-9a-f]{7,64})*(?: \((?P<refs>[^)]*)\))?$")
# git log --graph draws its lines before everything else.
_GRAPH = re.compile(r"^(?:[|\\/*_] ?| +(?=[|\\/*_]))+(?=    | ?\S)")
_HEADER = re.compile(
    r"^(?P<name>(?:Author|AuthorDate|Date|Commit|CommitDate|Merge|Reflog|Reflog message)(?=:)"
    r"|author(?= )|committer(?= )):? *(?P<value>.*)$"
)
_NOTES = re.compile(r"^Notes(?: \([^)]*\))?:$")
_RAW_PERSON = re.compile(r"^(?P<person>.*<[^>]*>) (?P<when>-?\d+ [+-]\d{4})$")
_STAT = re.compile(r"^ (?P<path>\S.*?) +\| +(?:\d+|Bin\b)")
_NUMSTAT = re.compile(r"^(?:\d+|-)\t(?:\d+|-)\t(?P<path>.+)$")
_STATUS = re.compile(r"^[ACDMRTUXB]\d{0,3}\t(?P<paths>.+)$")
_SUMMARY = re.compile(r"^ \d+ files? changed")
_RENAME = re.compile(r"\{(?P<old>[^{}]*) => (?P<new>[^{}]*)\}")
_DIFF = re.compile(r'^diff --(?:git|cc|combined) (?:"?a/.+? "?b/)?(?P<path>.+?)"?$')
LONGEST_DIFF = 64 * 1024


@dataclass
class Commit:
    """One commit as it stands in the text: `line` is where it begins, headers have git's own names."""

    line: int
    sha: str
    refs: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    message: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    diff: list[str] = field(default_factory=list)
    diff_size: int = 0
    is_in_headers: bool = True

    @property
    def title(self) -> str:
        """First line of the message that says something."""
        return next((line.strip() for line in self.message if line.strip()), "")


def commits(lines: Iterable[tuple[int, str] | Failure]) -> Iterator[Commit | tuple[int, str] | Failure]:
    """Every commit in its order; lines before the first one, and those too long to hold, come as they are."""
    current: Commit | None = None
    for numbered in lines:
        if isinstance(numbered, Failure):
            yield numbered
            continue
        number, text = numbered
        bare = _without_graph(text) if text[:1] in "*|\\/" else text
        if match := COMMIT.match(bare):
            if current is not None:
                yield current
            current = Commit(number, match["sha"], match["refs"] or "")
        elif current is not None:
            _take(current, bare)
        elif text.strip():
            yield number, text
    if current is not None:
        yield current


def _without_graph(text: str) -> str:
    bare = _GRAPH.sub("", text)
    return bare if bare.strip("|\\/*_ ") else ""


def _take(commit: Commit, text: str) -> None:
    """Puts one line of a commit where it belongs."""
    if commit.is_in_headers:
        if header := _HEADER.match(text.lstrip()):
            _take_header(commit, header["name"], header["value"])
        commit.is_in_headers = bool(text.strip())
    elif commit.diff or _DIFF.match(text):
        _take_diff(commit, text)
    elif text.startswith("    "):
        commit.message.append(text[4:])
    elif not text.strip():
        if commit.message:
            commit.message.append("")
    elif not _SUMMARY.match(text) and not _NOTES.match(text):
        commit.files += [path for path in _paths(text) if path not in commit.files]


def _take_header(commit: Commit, name: str, value: str) -> None:
    if raw := _RAW_PERSON.match(value):
        who, when = ("Author", "AuthorDate") if name == "author" else ("Commit", "CommitDate")
        commit.headers |= {who: raw["person"], when: raw["when"]}
    else:
        commit.headers.setdefault(name, value)


def _take_diff(commit: Commit, text: str) -> None:
    if (match := _DIFF.match(text)) and match["path"] not in commit.files:
        commit.files.append(match["path"])
    if commit.diff_size < LONGEST_DIFF:
        commit.diff.append(text)
        commit.diff_size += len(text) + 1


def _paths(text: str) -> list[str]:
    """Paths that a line of a statistic or of a name list states; a rename states its new one."""
    if match := _NUMSTAT.match(text) or _STAT.match(text):
        return [_renamed(match["path"])]
    if match := _STATUS.match(text):
        return [match["paths"].split("\t")[-1]]
    if text[:1].isspace() or text.startswith(("---", "mode ", "create ", "delete ")):
        return []
    return [text.strip('"')]


def _renamed(path: str) -> str:
    """`src/{a => b}/x.py` and `a.py => b.py` as the new path."""
    if _RENAME.search(path):
        return _RENAME.sub(lambda match: match["new"], path).replace("//", "/")
    return path.split(" => ", 1)[-1]

"""Which files are read, and their text.

Knows encodings and what to pass over in a folder. Refuses to guess: a file that is no text is listed with its first
bad byte.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ENDINGS = frozenset(
    {".md", ".markdown", ".mdx", ".txt", ".text", ".rst", ".adoc", ".asciidoc", ".html", ".htm", ".xhtml", ".wiki",
     ".mediawiki", ".textile", ".org"}
)  # fmt: skip
PASSED_OVER = frozenset(
    {".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".tox", ".mypy_cache", ".ruff_cache",
     ".pytest_cache", ".pulls", "dist", "build", "vendor", "site-packages"}
)  # fmt: skip
LARGEST = 64 * 1024 * 1024
_HEAD = 4_096
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read: its name, why, and what to do."""

    name: str
    reason: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason} {self.next_step}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a folder is read: globs over a file's name or its path below the folder; none stands for the usual
    endings of texts and for reviews of ours."""

    include: Sequence[str] = ()
    exclude: Sequence[str] = ()

    def takes(self, path: Path, folder: Path) -> bool:
        """Whether a file of a folder is read."""
        below = path.relative_to(folder).as_posix()
        if _matches(below, self.exclude):
            return False
        if self.include:
            return _matches(below, self.include)
        ending = path.suffix.lower()
        return ending in ENDINGS or (ending == ".json" and _is_ours(path))


def _matches(below: str, globs: Sequence[str]) -> bool:
    name = below.rpartition("/")[2]
    return any(
        fnmatch(name, glob) or fnmatch(below, glob) or below.startswith(glob.rstrip("/*") + "/") for glob in globs
    )


def files_below(folder: Path) -> Iterator[Path]:
    """All files below a folder in the order of their names, tools' own folders passed over. OSError where it cannot be
    listed."""
    problems: list[OSError] = []
    for at, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(each for each in folders if each not in PASSED_OVER)
        yield from (Path(at) / name for name in sorted(names))
    if problems:
        raise problems[0]


def text_of(path: Path, name: str) -> str | Unreadable:
    """The text of a file, or why there is none."""
    try:
        if not path.is_file():
            kind = "is a folder" if path.is_dir() else "is no file" if path.exists() else "is not there"
            return Unreadable(name, f"This {kind}.", "Check the path.")
        if path.stat().st_size > LARGEST:
            return Unreadable(name, f"The file has more than {LARGEST >> 20} MB.", "Split it, or leave it out.")
        raw = path.read_bytes()
    except OSError as problem:
        return Unreadable(name, f"{problem.strerror or problem}.", "Check that it can be read.")
    return decoded(raw, name)


def decoded(raw: bytes, name: str) -> str | Unreadable:
    """The text of bytes: UTF-8 with or without a mark, UTF-16 with one."""
    if raw[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        return Unreadable(name, "This is UTF-32.", "Save it as UTF-8.")
    encoding = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "utf-8")
    if encoding == "utf-8" and (zero := raw.find(b"\0", 0, _HEAD)) >= 0:
        return Unreadable(
            name, f"Byte {zero + 1} is a zero byte: this is binary, or UTF-16 without a byte order mark.",
            "Leave it out with --exclude, or save it as UTF-8.",
        )  # fmt: skip
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as problem:
        at = problem.start + (3 if encoding == "utf-8-sig" else 0)
        line = raw.count(b"\n", 0, at) + 1
        called = "UTF-16" if encoding == "utf-16" else "UTF-8"
        byte = raw[at] if at < len(raw) else raw[-1]
        return Unreadable(
            name, f"Byte {at + 1} (0x{byte:02x}, line {line}) is not {called}.",
            "Save it as UTF-8, or leave it out with --exclude.",
        )  # fmt: skip


def _is_ours(path: Path) -> bool:
    """Whether a JSON file says of itself that it is a review or a report of ours."""
    try:
        with path.open("rb") as file:
            return b'"afteraction/review' in file.read(_HEAD)
    except OSError:
        return False

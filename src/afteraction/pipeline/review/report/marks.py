"""How a Markdown report remembers which passage is which field of the review, and how that is found again.

Knows the comments around a passage and the one that carries the exact parts. Refuses to know what the passages say.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from afteraction.pipeline.report.markdown import plain

Json = dict[str, Any]
_EXACT = re.compile(r"<!-- afteraction:review\r?\n(?P<json>.*?)\r?\n-->", re.DOTALL)
_PASSAGE = re.compile(
    r"<!--a (?P<look>[bi]) (?P<sort>[a-z]+)/(?P<ident>[^/\s]+)/(?P<field>[a-z_]+) (?P<sha>[0-9a-f]{12})-->"
    r"(?P<text>.*?)<!--/a-->",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage as it was read: which field (`sort`, `ident`, `field`), whether it is a block of its own, its text,
    whether that is as it was written, and the line it begins in."""

    sort: str
    ident: str
    field: str
    is_block: bool
    text: str
    sha: str
    line: int

    @property
    def name(self) -> str:
        """`change.C1.text`."""
        return f"{self.sort}.{self.ident}.{self.field}"


def written_block(text: str) -> str:
    """Markdown that somebody wrote, as a block of its own. A tag stays text."""
    return _sound(text).replace("<", "&lt;").strip()


def written_inline(text: str) -> str:
    """Text that somebody wrote, inside a line."""
    return plain(_sound(text)).replace("\\<", "&lt;")


def marked(source: str, text: str, *, is_block: bool) -> str:
    """A passage between its marks."""
    sort, rest = source.split(".", 1)
    ident, name = rest.rsplit(".", 1)
    told = written_block(text) if is_block else written_inline(text)
    look, space = ("b", "\n") if is_block else ("i", "")
    where = f"{sort}/{quote(_sound(ident), safe='')}/{name}"
    return f"<!--a {look} {where} {sha_of(told)}-->{space}{told}{space}<!--/a-->"


def sha_of(told: str) -> str:
    """The first 12 hexadecimal digits of SHA-256 over a written passage; space around and at the ends of lines, where
    editors change it by themselves, does not count."""
    return hashlib.sha256(_settled(told).encode()).hexdigest()[:12]


def passages_in(text: str) -> Iterator[Passage]:
    """Every marked passage of a Markdown text, in its order."""
    for match in _PASSAGE.finditer(text):
        yield Passage(
            sort=match["sort"], ident=unquote(match["ident"]), field=match["field"], is_block=match["look"] == "b",
            text=_settled(match["text"]), sha=match["sha"], line=text.count("\n", 0, match.start()) + 1,
        )  # fmt: skip


def text_meant(passage: Passage) -> str:
    """The text of an edited passage, without what writing it as Markdown added."""
    if passage.is_block:
        return passage.text.replace("&lt;", "<")
    return _ESCAPED.sub(r"\1", passage.text).replace("&lt;", "<")


def readable_sha(text: str) -> str:
    """What stands for all words outside the marked passages."""
    return sha_of(_EXACT.sub("", _PASSAGE.sub("", text)))


def exact_block(document: Json) -> str:
    """The exact parts as a comment, one part a line, in ASCII, with nothing in it that would end the comment."""
    head = {name: value for name, value in document.items() if name != "parts"}
    lines = [f'"{name}": {_json(value)},' for name, value in head.items()]
    sorts = []
    for sort, parts in document["parts"].items():
        inner = ",\n".join(f"  {_json(ident)}: {_json(body)}" for ident, body in parts.items())
        sorts.append(f' "{sort}": {{\n{inner}\n }}')
    body = "{" + "\n".join(lines) + '\n"parts": {\n' + ",\n".join(sorts) + "\n}}"
    return f"<!-- afteraction:review\n{body}\n-->"


def exact_in(text: str) -> str | None:
    """The JSON of the exact parts, None where a text carries none; the last one counts."""
    found = list(_EXACT.finditer(text))
    return found[-1]["json"] if found else None


def _json(value: object) -> str:
    # Two hyphens may not stand in a comment, and only strings can hold them.
    return json.dumps(value, ensure_ascii=True).replace("--", "-\\u002d")


def _settled(told: str) -> str:
    lines = told.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _sound(text: str) -> str:
    """Text that a file can hold: a surrogate that stands alone is no character, NUL no text."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\u2400")

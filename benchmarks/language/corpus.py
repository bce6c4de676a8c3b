"""The public reviews of the corpus as documents and as sentences.

Knows where they lie and a splitting of its own, so that what is sampled does not hang on the product's splitting. A
sentence is known by its file and by a hash of its words: none of these texts may be committed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.language.sentences import SHARED

OPEN = SHARED / "corpus/postmortems/open"
_TEXTS = (".md", ".mdx", ".txt")
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(r"^\s*(?:[-*+•]|\d+[.)]|#{1,6}|\|)\s+|\*\*|__|^\s*=+|=+\s*$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'`@(])")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Document:
    """A review: the organisation is its first folder, `name` the path below the folder of all."""

    organisation: str
    name: str
    text: str


def documents() -> Iterator[Document]:
    """All reviews that are text, in the order of their names."""
    for path in sorted(each for each in OPEN.rglob("*") if each.suffix in _TEXTS):
        name = path.relative_to(OPEN)
        yield Document(name.parts[0], name.as_posix(), path.read_text(encoding="utf-8", errors="replace"))


def sentences_of(text: str) -> Iterator[str]:
    """Sentences of five to sixty words, without markup and blocks of code; the pipe of a table ends one as well. A
    heading may stand before the first sentence of its section: what was labelled was drawn that way."""
    plain = _LINK.sub(r"\1", _MARKUP.sub("", _FENCE.sub("", text.replace("\r\n", "\n"))))
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*[-*|#=\d])|\|", plain):
        for sentence in _END.split(" ".join(paragraph.split())):
            if 5 <= len(_WORD.findall(sentence)) <= 60:
                yield sentence.strip()


def mark(sentence: str) -> str:
    """What a sentence is known by: the first 16 digits of the SHA-256 of its words in lower case."""
    return sha256(" ".join(_WORD.findall(sentence.lower())).encode()).hexdigest()[:16]


def words_in(text: str) -> int:
    """Words of a text, numbers left out."""
    return len(_WORD.findall(text))


def read(path: Path) -> str:
    """A text of the corpus, whatever bytes are broken in it."""
    return path.read_text(encoding="utf-8", errors="replace")

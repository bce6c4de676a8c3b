"""The text of PDF documents, page by page.

Knows how far a stranger's PDF may be followed: bytes, pages and text are bounded, and whatever the parser of damaged
files raises costs its page alone. Refuses pictures of text: a scan holds none.
"""

from __future__ import annotations

import io
import logging
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.reading import Source
from afteraction.core.records import Document, Event, Record

if TYPE_CHECKING:
    from pypdf import PdfReader

LARGEST = 32 * 1024 * 1024
MOST_PAGES = 300
MOST_TEXT = 4 * 1024 * 1024
_EXPORT = "Export it again, or give its text."
# What it has to say about damaged files is said here, as failures.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


@dataclass
class Pages:
    """The text of each page, without blank ends of lines, and what could not be read."""

    texts: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All pages, one below the other."""
        return "\n".join(self.texts)

    def placed(self, item: Record | Failure) -> Record | Failure:
        """A record or failure of that text with its page named: `/pages/2` beside its line in the text."""
        if isinstance(item, Failure):
            return replace(item, locator=self._place(item.locator))
        if isinstance(item, Event):
            return replace(item, evidence=self._cited(item.evidence), sources=tuple(map(self._cited, item.sources)))
        if isinstance(item, Document):
            stated = tuple((name, text, self._cited(ref)) for name, text, ref in item.stated)
            return replace(item, evidence=self._cited(item.evidence), stated=stated)
        return item

    def _cited(self, ref: EvidenceRef) -> EvidenceRef:
        return replace(ref, locator=self._place(ref.locator))

    def _place(self, locator: Locator) -> Locator:
        if locator.line is None:
            return locator
        ends = list(accumulate(text.count("\n") + 1 for text in self.texts))
        page = min(bisect_right(ends, locator.line - 1), max(0, len(ends) - 1)) + 1
        return replace(locator, pointer=f"/pages/{page}{locator.pointer or ''}")


def is_portable(source: Source) -> bool:
    """Whether an original is a PDF, told from its first bytes."""
    return b"%PDF-" in source.head[:1024]


def pages_of(source: Source, most: int = MOST_PAGES) -> Pages:
    """The text of the first pages of a PDF."""
    found = Pages()
    raw = source.read_bytes(LARGEST + 1)
    if len(raw) > LARGEST:
        reason = f"the PDF is larger than {LARGEST // 2**20} MiB and was not read."
        found.failures.append(Failure(source.name, reason, _EXPORT))
        return found
    # A quarter of a second that only somebody with a PDF has to wait for.
    from pypdf import PdfReader

    try:
        document = PdfReader(io.BytesIO(raw), strict=False)
        if document.is_encrypted and not document.decrypt(""):
            reason = "the PDF is protected by a password."
            found.failures.append(Failure(source.name, reason, "Save it without one."))
            return found
        count = len(document.pages)
    except Exception as error:  # noqa: BLE001  a parser of damaged files raises whatever it stumbles over
        found.failures.append(Failure(source.name, f"the PDF is damaged: {_told(error)}.", _EXPORT))
        return found
    for number in range(min(count, most)):
        _read_page(source, document, number, found)
        if sum(map(len, found.texts)) > MOST_TEXT:
            count = min(count, most + 1)
            break
    if count > most:
        reason = f"the PDF has more text than is read: {len(found.texts)} pages were."
        found.failures.append(Failure(source.name, reason, "Give the pages in question."))
    if not found.text.strip() and not found.failures:
        reason = "the PDF holds no text: its pages are pictures."
        found.failures.append(Failure(source.name, reason, "Give its text, or the pictures themselves."))
    return found


def _read_page(source: Source, document: PdfReader, number: int, found: Pages) -> None:
    try:
        text = document.pages[number].extract_text()
    except Exception as error:  # noqa: BLE001  as above: one page costs itself alone
        reason = f"page {number + 1} is damaged: {_told(error)}."
        found.failures.append(Failure(source.name, reason, _EXPORT, Locator(pointer=f"/pages/{number + 1}")))
        text = ""
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    found.texts.append("\n".join(line.rstrip() for line in clean.splitlines()))


def _told(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__).rstrip(".")[:120]

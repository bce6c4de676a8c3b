"""XML as a stream of places: what is open, what is complete, on which line, and what is damaged.

Knows expat and the bounds within which a stranger's file may be parsed: no entity of its own is expanded, nothing is
fetched, depth and text are bounded. Refuses to know what any element means, and opens nothing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.reading import Source

DEEPEST = 200
LONGEST_VALUE = 20_000
_CHUNK = 64 * 1024
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
# XML 1.0 has no place for these; test runners write them all the same (colours of a terminal).
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


@dataclass(slots=True)
class Element:
    """A complete element: its own text (bounded, entities of XML itself resolved) and the elements inside it. Names are
    without their namespace. `pointer` counts elements of one name below their parent: `/testsuites/testsuite/2`."""

    name: str
    attributes: dict[str, str]
    line: int
    pointer: str
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def first(self, *names: str) -> Element | None:
        """The first inner element of one of these names, at any depth, or None."""
        for child in self.children:
            found = child if child.name in names else child.first(*names)
            if found is not None:
                return found
        return None

    def locator(self, attribute: str = "") -> Locator:
        """The place of this element or of one attribute of it."""
        return Locator(line=self.line, pointer=self.pointer + (f"/@{attribute}" if attribute else ""))

    def cite(self, evidence_id: str, attribute: str = "") -> EvidenceRef:
        """A citation of this element or of one attribute of it."""
        shown = f'{attribute}="{self.attributes.get(attribute, "")[:160]}"' if attribute else f"<{self.name}>"
        return EvidenceRef(evidence_id, self.locator(attribute), shown)


@dataclass(frozen=True, slots=True)
class Opened:
    """An element begins whose content follows piece by piece; `element` has neither text nor children."""

    element: Element


@dataclass(frozen=True, slots=True)
class Closed:
    """The element that was opened last has ended."""

    element: Element


class _Refused(Exception):
    """Something that this program does not follow: an entity of the file's own, or nesting without end."""


class _Walk:
    """One run of the parser; what it found waits in `found`."""

    def __init__(self, whole: frozenset[str], encoding: str | None) -> None:
        self.found: list[Opened | Element | Closed] = []
        self._whole, self._open, self._counts = whole, list[Element](), list[dict[str, int]]([{}])
        self._inside = 0
        self.skipped_lines = 0
        self.parser = expat.ParserCreate(encoding)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity

    @property
    def line(self) -> int:
        """Physical line of what the parser looks at."""
        return self.parser.CurrentLineNumber + self.skipped_lines

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= DEEPEST:
            raise _Refused(f"elements are nested deeper than {DEEPEST}")
        name = name.rpartition(":")[2]
        number = self._counts[-1].get(name, 0)
        self._counts[-1][name] = number + 1
        self._counts.append({})
        above = self._open[-1].pointer if self._open else ""
        pointer = f"{above}/{name}/{number}" if self._open else f"/{name}"
        bounded = {key.rpartition(":")[2]: value[:LONGEST_VALUE] for key, value in attributes.items()}
        element = Element(name, bounded, self.line, pointer)
        if self._inside:
            self._open[-1].children.append(element)
        self._open.append(element)
        if self._inside or name in self._whole:
            self._inside += 1
        else:
            self.found.append(Opened(element))

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        self._counts.pop()
        if not self._inside:
            self.found.append(Closed(element))
            return
        self._inside -= 1
        if not self._inside:
            self.found.append(element)

    def _text(self, text: str) -> None:
        element = self._open[-1]
        if self._inside and len(element.text) < LONGEST_VALUE:
            element.text += text[: LONGEST_VALUE - len(element.text)]

    def _entity(self, name: str, *_rest: object) -> None:
        raise _Refused(f'the file declares an entity of its own ("{name[:40]}"), which is not followed')


def walk(source: Source, whole: frozenset[str]) -> Iterator[Opened | Element | Closed | Failure]:
    """The elements of an original in its order: those named in `whole` as complete trees, all others as they open and
    close. What stands before damage is given; the damage is a Failure with its line. Never raises for bad input."""
    if source.is_binary:
        yield Failure(source.name, "the file is binary, not XML text.", "Export it again as text.")
        return
    run = _Walk(whole, _own_encoding(source))
    odd = 0
    failure: Failure | None = None
    try:
        for chunk, cleaned in _chunks(source, run):
            if cleaned and not odd:
                odd = run.line
            run.parser.Parse(chunk, False)
            yield from _taken(run)
        run.parser.Parse(b"", True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code) or "damaged"
        reason = f"the XML is cut short or damaged: {what}; what stands behind that was not read."
        place = Locator(line=error.lineno + run.skipped_lines)
        failure = Failure(source.name, reason, "Export the report again.", place)
    except _Refused as refused:
        place = Locator(line=run.line)
        failure = Failure(source.name, f"{refused}; what stands behind that was not read.", "Export it again.", place)
    except (LookupError, ValueError) as error:
        failure = Failure(source.name, f"the encoding that the file declares is unknown: {error}.", "Save it as UTF-8.")
    yield from _taken(run)
    if failure is not None:
        yield failure
    if odd:
        reason = "characters that XML does not allow were read as U+FFFD."
        yield Failure(source.name, reason, "", Locator(line=odd), lost=0)


def root_of(source: Source) -> Element | None:
    """The first element as the head of an original tells it, with its attributes; None when this is no XML."""
    text = source.head_text().lstrip()
    if source.is_binary or not text.startswith("<"):
        return None
    run = _Walk(frozenset(), "utf-8")
    found: list[Element] = []

    def first(name: str, attributes: dict[str, str]) -> None:
        run._start(name, attributes)
        found.extend(item.element for item in run.found if isinstance(item, Opened))
        raise _Refused("the first element is all that was asked for")

    # Entities that the file declares are refused when it is read; they hide nothing of its first element's name.
    run.parser.EntityDeclHandler = None
    run.parser.StartElementHandler = first
    with suppress(expat.ExpatError, _Refused, ValueError):
        run.parser.Parse(text.translate(_FORBIDDEN).encode("utf-8", "replace"), False)
    return next(iter(found), None)


def _taken(run: _Walk) -> list[Opened | Element | Closed]:
    found, run.found = run.found, []
    return found


def _own_encoding(source: Source) -> str | None:
    """UTF-8 for what is decoded here; None where expat has to follow the file's own declaration."""
    declared = _DECLARED.match(source.head)
    named = declared[1].decode("ascii").lower() if declared else "utf-8"
    return None if source.encoding == "utf-8" and named not in ("utf-8", "utf8", "ascii", "us-ascii") else "utf-8"


def _chunks(source: Source, run: _Walk) -> Iterator[tuple[bytes, bool]]:
    """The bytes for expat, and whether anything in them had to be exchanged."""
    if _own_encoding(source) is None:
        with source.open() as stream:
            while raw := stream.read(_CHUNK):
                yield raw, False
        return
    decoder = codecs.getincrementaldecoder(source.encoding)(errors="replace")
    with source.open() as stream:
        first = True
        while raw := stream.read(_CHUNK):
            text = decoder.decode(raw)
            if first:
                rest = text.lstrip("\ufeff \t\r\n")
                run.skipped_lines += text.count("\n", 0, len(text) - len(rest))
                text, first = rest, not rest
            cleaned = text.translate(_FORBIDDEN)
            yield cleaned.encode("utf-8", "replace"), cleaned != text
    yield decoder.decode(b"", True).translate(_FORBIDDEN).encode("utf-8", "replace"), False

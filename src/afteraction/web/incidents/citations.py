"""From a citation to the original lines around it.

Knows how to find a line or a JSON pointer in an original and how much of it to show. Refuses to show secrets and
names of people, and to guess: a place that is not found is said to be not found.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from afteraction.core.errors import AfteractionError
from afteraction.core.secrets import without_secrets
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.queries import identities_of
from afteraction.web.ui.storable import storable

Json = dict[str, Any]
Shown = Callable[[str], str]
BEFORE, AFTER = 5, 6
MOST_POINTED = 16 * 1024 * 1024
LONGEST_SHOWN = 400
TOO_LONG_TO_READ = 90


@dataclass(frozen=True)
class RawLine:
    """One physical line of an original."""

    number: int
    text: str
    is_hit: bool


@dataclass(frozen=True)
class Excerpt:
    """Lines around a cited place; `problem` says why there are none. `laid_out_line` is the one physical line that
    the lines were made of, when it is too long to read as it is."""

    lines: tuple[RawLine, ...] = ()
    problem: str = ""
    laid_out_line: int | None = None

    @property
    def first(self) -> int:
        """Number of the first line."""
        return self.lines[0].number if self.lines else 0

    @property
    def last(self) -> int:
        """Number of the last line."""
        return self.lines[-1].number if self.lines else 0


def store_of(incident: Incident, run: str = "") -> Any:
    """The evidence store with this incident's originals, and with what was read for one run of the engine.

    Each run reads into a place of its own: files that are no longer part of the evidence have no say in it.
    """
    # DuckDB takes a moment to load; pages without evidence do without it.
    from afteraction.stores.evidence import EvidenceStore

    return EvidenceStore(settings.EVIDENCE_STORE, f"incident-{incident.pk}{run and f'-{run}'}")


def shown_for(incident: Incident) -> Shown:
    """How text of this incident's originals may be shown: secrets hidden, roles in place of names, not endless."""
    from afteraction.engine.language.people.roles import replacer

    known = identities_of(incident)
    hide_names = replacer(known.get("roles", {}), known.get("names", {}))

    def shown(text: str) -> str:
        safe: str = storable(hide_names(without_secrets(text)))
        return safe if len(safe) <= LONGEST_SHOWN else safe[:LONGEST_SHOWN] + f"… {len(safe) - LONGEST_SHOWN:,} more"

    return shown


def excerpt_of(incident: Incident, reference: Json) -> Excerpt:
    """The original lines around a citation, secrets and names hidden."""
    if not reference["sha256"]:
        return Excerpt(problem="This fact cites no file.")
    if (pointer := reference["pointer"] or "").startswith("/pages/"):
        # The line is one of the page's text; the bytes of a PDF have no lines that anybody could read.
        page = pointer.split("/")[2]
        return Excerpt(problem=f"This stands on page {page} of a PDF: open the original to see it in its place.")
    try:
        store, shown = store_of(incident), shown_for(incident)
        line = reference["line"] or _line_of_pointer(store, reference)
        return _laid_out(store, reference, shown) or _lines_around(store, reference["sha256"], line, shown)
    except AfteractionError as error:
        return Excerpt(problem=str(error))


def _lines_around(store: Any, sha256: str, hit: int | None, shown: Shown) -> Excerpt:
    """Lines around one line of an original; raises AfteractionError when the original is not there."""
    line = hit or 1
    found = store.raw_lines(sha256, max(1, line - BEFORE), line + AFTER)
    lines = tuple(RawLine(number, shown(text), number == hit) for number, text in found)
    return Excerpt(lines, "" if lines else "The original has no text to show.")


def _laid_out(store: Any, reference: Json, shown: Shown) -> Excerpt | None:
    """A long line of JSON, one member a line, around the cited member; None where the original reads well enough."""
    number, pointer = reference["line"], reference["pointer"] or ""
    if not number:
        return None
    found = store.raw_lines(reference["sha256"], number, number)
    if not found or len(found[0][1]) < TOO_LONG_TO_READ:
        return None
    try:
        text = json.dumps(json.loads(found[0][1]), indent=1, ensure_ascii=False)
        hit = text.count("\n", 0, offset_of(text, pointer))
    except (ValueError, RecursionError, IndexError):
        return None
    lines = text.split("\n")
    first = max(0, hit - BEFORE)
    last = min(len(lines), first + BEFORE + AFTER + 1)
    rows = tuple(RawLine(at + 1, shown(lines[at]), at == hit and pointer != "") for at in range(first, last))
    return Excerpt(rows, laid_out_line=number)


def page_of_lines(incident: Incident, sha256: str, first: int, count: int, *, hit: int | None) -> Excerpt:
    """`count` lines of an original from `first` on; raises AfteractionError when the original is not there."""
    found, shown = store_of(incident).raw_lines(sha256, first, first + count - 1), shown_for(incident)
    lines = tuple(RawLine(number, shown(text), number == hit) for number, text in found)
    return Excerpt(lines, "" if lines else "There is no text here.")


def _line_of_pointer(store: Any, reference: Json) -> int | None:
    pointer = reference["pointer"]
    if pointer is None:
        return None
    with store.open_original(reference["sha256"]) as stream:
        data: bytes = stream.read(MOST_POINTED + 1)
    if len(data) > MOST_POINTED:
        return None
    text = data.decode("utf-8-sig", errors="replace")
    try:
        at = offset_of(text, pointer)
    except (ValueError, RecursionError, IndexError):
        return None
    return text.count("\n", 0, at) + 1


def offset_of(text: str, pointer: str) -> int:
    """Where the value behind a JSON pointer (RFC 6901) begins in a text; ValueError when it is not there."""
    decoder = json.JSONDecoder()
    at = _past_space(text, 0)
    for part in pointer.split("/")[1:]:
        wanted = part.replace("~1", "/").replace("~0", "~")
        at = _member(text, at, wanted, decoder) if text[at] == "{" else _item(text, at, wanted, decoder)
    return at


def _member(text: str, at: int, wanted: str, decoder: json.JSONDecoder) -> int:
    at = _past_space(text, at + 1)
    while text[at] == '"':
        name, at = decoder.raw_decode(text, at)
        at = _past_space(text, _past_space(text, at) + 1)
        if name == wanted:
            return at
        at = _next(text, at, decoder)
    raise ValueError(wanted)


def _item(text: str, at: int, wanted: str, decoder: json.JSONDecoder) -> int:
    if text[at] != "[" or not wanted.isdigit():
        raise ValueError(wanted)
    at = _past_space(text, at + 1)
    for _ in range(int(wanted)):
        at = _next(text, at, decoder)
    return at


def _next(text: str, at: int, decoder: json.JSONDecoder) -> int:
    _, at = decoder.raw_decode(text, at)
    at = _past_space(text, at)
    if text[at] != ",":
        raise ValueError("the end")
    return _past_space(text, at + 1)


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at

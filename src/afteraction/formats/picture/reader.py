"""Reads pictures: what they show is for people, when they were taken is for the timeline.

Knows which statements of time to trust and in which order. Refuses to place a picture at the time it was uploaded,
copied or imported: without a statement it stays undated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from afteraction.core.errors import NaiveTime, UnreadableTime
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure
from afteraction.core.file_names import last_part, subject_in_name, time_in_name
from afteraction.core.instant import Instant
from afteraction.core.pictures.parts import format_of
from afteraction.core.reading import Source, typed_instant
from afteraction.core.records import Document, Record
from afteraction.core.timestamps import read_timestamp
from afteraction.formats.picture.containers import Look, look_at

LARGEST = 128 * 1024 * 1024
LONGEST_TITLE = 200
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{3,500}")
_ADDRESS_KEYS = ("Source", "URL", "Url", "url", "Comment", "Description")


class Picture:
    """The reader of dashboard screenshots, photographs and drawings."""

    name = "picture"
    title = "Picture (PNG, JPEG, GIF, WebP, SVG)"
    kind = EvidenceKind.PICTURE
    example = "grafana-2026-05-12T14-20Z.png"

    def sniff(self, source: Source) -> float:
        """0.98 by the first bytes alone; a file that is merely called .png is not a picture."""
        return 0.98 if format_of(source.head) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One document, dated by what a person said, else by its metadata, else by its name, else not at all."""
        if not format_of(source.head):
            yield Failure(source.name, "this is not a PNG, JPEG, GIF, WebP or SVG picture.", "Save it as one of these.")
            return
        look = look_at(source.read_bytes(LARGEST))
        captured, origin, problems = _captured(source, look)
        subject = look.texts.get("Title", "").strip()[:LONGEST_TITLE] or subject_in_name(source.name)
        attributes = {"format": look.format, "bytes": str(source.size)}
        if look.width and look.height:
            attributes |= {"width": str(look.width), "height": str(look.height)}
        if look.active:
            attributes["active_content"] = "true"
        if captured is None and look.stated:
            attributes["stated_time"] = look.stated.text
        yield Document(
            kind=EvidenceKind.PICTURE,
            title=subject or last_part(source.name),
            evidence=EvidenceRef(source.evidence_id),
            captured_at=captured,
            captured_from=origin if captured else "",
            place=source.options.place or subject,
            url=_address(look),
            attributes=attributes,
        )
        yield from problems
        if look.broken:
            yield Failure(
                source.name, f"{look.broken}.", "Save the picture again; its time and size were kept.", lost=0
            )


def _captured(source: Source, look: Look) -> tuple[Instant | None, str, list[Failure]]:
    """(when the picture was taken, what that rests on, what could not be used). The name comes before the time the
    file was last changed, since cropping or marking a screenshot changes that one."""
    problems: list[Failure] = []
    zone = source.options.zone
    if source.options.captured_at:
        return typed_instant(source.options), "typed", problems
    attempts: tuple[tuple[str, str, Callable[[], Instant | None]], ...] = (
        ("metadata", look.stated.tag if look.stated else "", lambda: _stated(look, zone)),
        ("file name", "file name", lambda: time_in_name(source.name, zone)),
        ("metadata", "PNG tIME", lambda: read_timestamp(look.changed) if look.changed else None),
    )
    for origin, place, attempt in attempts:
        try:
            found = attempt()
        except NaiveTime as error:
            problems.append(Failure(source.name, f"{place}: {error.what}", error.next_step, lost=0))
        except UnreadableTime as error:
            step = "Type the time of the picture by hand."
            problems.append(Failure(source.name, f"{place}: {error.what}", step, lost=0))
        else:
            if found is not None:
                return found, origin, problems
    return None, "", problems


def _stated(look: Look, zone: str | None) -> Instant | None:
    return read_timestamp(look.stated.text, zone=zone) if look.stated else None


def _address(look: Look) -> str:
    """Where the picture was taken from, when a PNG's own words name an address."""
    for key in _ADDRESS_KEYS:
        if match := _ADDRESS.search(look.texts.get(key, "")):
            return match[0]
    return ""


READER = Picture()

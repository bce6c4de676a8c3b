"""The times inside an EXIF block.

Knows TIFF's two byte orders, its directories and the tags that state a time or which side is up. Refuses to read
anything else: no place, device, owner or thumbnail leaves this module.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

_ASCII = 2
_EXIF_DIRECTORY = 0x8769
# When the picture was taken, when it was digitised, when the file was changed; each with the tag of its offset.
_MOMENTS = ((0x9003, 0x9011, 0x9291), (0x9004, 0x9012, 0x9292), (0x0132, 0x9010, 0x9290))
_WRITTEN = re.compile(r"^(\d{4}):(\d{2}):(\d{2})[ T](\d{2}):(\d{2}):(\d{2})$")
_ORIENTATION = 0x0112
_MOST_ENTRIES = 512


@dataclass(frozen=True, slots=True)
class Stated:
    """A time as metadata states it: ISO 8601 text, without an offset where none is stated. `tag` names its place."""

    text: str
    tag: str


def time_in(block: bytes) -> Stated | None:
    """The best time of an EXIF block (a TIFF header and its directories), or None. Broken directories say nothing."""
    order = _order(block)
    if not order:
        return None
    tags = _tags(block, order)
    for moment, offset, fraction in _MOMENTS:
        text = tags.get(moment)
        match = _WRITTEN.match(text.strip()) if isinstance(text, str) else None
        if not match or match[1] == "0000":
            continue
        parts = [tags.get(offset), tags.get(0x9010)]
        stated = next((zone for zone in parts if isinstance(zone, str) and re.fullmatch(r"[+-]\d\d:\d\d", zone)), "")
        sub = tags.get(fraction)
        digits = f".{sub[:6]}" if isinstance(sub, str) and sub.isdigit() else ""
        year, month, day, hour, minute, second = match.groups()
        return Stated(f"{year}-{month}-{day}T{hour}:{minute}:{second}{digits}{stated}", f"EXIF {moment:#06x}")
    return None


def only_time(block: bytes) -> bytes:
    """A new EXIF block with the time of this one and the side that is up; empty when it states neither."""
    order, stated = _order(block), time_in(block)
    side = _tags(block, order).get(_ORIENTATION, 1) if order else 1
    entries: list[tuple[int, int, int, bytes]] = []
    if isinstance(side, int) and 2 <= side <= 8:
        entries.append((_ORIENTATION, 3, 1, struct.pack(">HH", side, 0)))
    if stated is None:
        return b"MM\0*\0\0\0\x08" + _written(entries, 8) if entries else b""
    # The inner directory follows the outer one.
    inner_at = 8 + 2 + 12 * (len(entries) + 1) + 4
    entries.append((_EXIF_DIRECTORY, 4, 1, struct.pack(">I", inner_at)))
    moment = stated.text
    texts = [(0x9003, moment[:10].replace("-", ":") + " " + moment[11:19])]
    if zone := re.search(r"[+-]\d\d:\d\d$", moment[19:]):
        texts.append((0x9011, zone[0]))
    inner = [(tag, _ASCII, len(text) + 1, text.encode("latin-1") + b"\0") for tag, text in texts]
    return b"MM\0*\0\0\0\x08" + _written(entries, 8) + _written(inner, inner_at)


def _written(entries: list[tuple[int, int, int, bytes]], at: int) -> bytes:
    """A directory that begins at byte `at` of its block, with the values that do not fit into it behind it."""
    rows, behind = b"", b""
    free = at + 2 + 12 * len(entries) + 4
    for tag, kind, count, value in entries:
        inline = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(">I", free + len(behind))
        behind += value if len(value) > 4 else b""
        rows += struct.pack(">HHI", tag, kind, count) + inline
    return struct.pack(">H", len(entries)) + rows + b"\0\0\0\0" + behind


def _order(block: bytes) -> str:
    """The byte order of a block for `struct`; empty when it is none."""
    return {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4], "") if len(block) >= 8 else ""


def _tags(block: bytes, order: str) -> dict[int, str | int]:
    """Texts and whole numbers of the first directory and of the one that holds the details of the picture."""
    first = _directory(block, struct.unpack_from(order + "I", block, 4)[0], order)
    inner = first.get(_EXIF_DIRECTORY)
    return {**first, **(_directory(block, inner, order) if isinstance(inner, int) else {})}


def _directory(block: bytes, at: int, order: str) -> dict[int, str | int]:
    """Texts and whole numbers of one directory by tag; what points outside the block is left out."""
    found: dict[int, str | int] = {}
    if not 8 <= at <= len(block) - 2:
        return found
    count = min(struct.unpack_from(order + "H", block, at)[0], _MOST_ENTRIES)
    for number in range(count):
        place = at + 2 + 12 * number
        if place + 12 > len(block):
            break
        tag, kind, length, value = struct.unpack_from(order + "HHII", block, place)
        if kind == _ASCII and length <= 64:
            start = place + 8 if length <= 4 else value
            found[tag] = block[start : start + length].split(b"\0")[0].decode("latin-1").strip()
        elif kind == 4 and length == 1:
            found[tag] = value
        elif kind == 3 and length == 1:
            found[tag] = struct.unpack_from(order + "H", block, place + 8)[0]
    return found

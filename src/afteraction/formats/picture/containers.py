"""Picture files from outside: size, and the places where each format keeps a time.

Knows which parts of PNG, WebP and JPEG, the header of GIF and the root of SVG. Refuses to decode a
single pixel and to run or resolve anything in an SVG.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from afteraction.core.pictures.exif import Stated, time_in
from afteraction.core.pictures.parts import (
    JPEG_END,
    JPEG_SCAN,
    BrokenOff,
    format_of,
    jpeg_segments,
    png_chunks,
    webp_chunks,
)

LONGEST_TEXT = 64 * 1024
_XMP_JPEG = b"http://ns.adobe.com/xap/1.0/\0"
_SIZED = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_XMP_TIME = re.compile(
    r"(?:exif:DateTimeOriginal|photoshop:DateCreated|xmp:CreateDate)(?:\s*=\s*\"|>)\s*([^\"<]{8,40})"
)
_SVG_ACTIVE = re.compile(
    r"<script|<foreignObject|<!ENTITY|\bon[a-z]+\s*=|href\s*=\s*[\"'](?!#|data:image/)|javascript:|@import", re.I
)


@dataclass(slots=True)
class Look:
    """What a picture file says of itself. Sizes are pixels. `stated` is when it was taken, `changed` when the file
    was last changed (UTC), `texts` are a PNG's own words by key; `broken` says why the rest could not be read."""

    format: str
    width: int = 0
    height: int = 0
    stated: Stated | None = None
    changed: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    active: bool = False
    broken: str = ""


def look_at(data: bytes) -> Look:
    """Everything worth knowing of a picture; ends with `broken` where the file does."""
    kind = format_of(data[: 64 * 1024])
    look = Look(kind)
    try:
        _READERS[kind](data, look)
    except BrokenOff as error:
        look.broken = str(error)
    except (struct.error, IndexError):
        look.broken = "the file breaks off in the middle of its header"
    return look


def _png(data: bytes, look: Look) -> None:
    for kind, body in png_chunks(data):
        _png_chunk(kind, body, look)


def _png_chunk(kind: bytes, body: bytes, look: Look) -> None:
    if kind == b"IHDR":
        look.width, look.height = struct.unpack_from(">II", body)
    elif kind == b"tIME":
        year, month, day, hour, minute, second = struct.unpack_from(">HBBBBB", body)
        look.changed = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}Z"
    elif kind == b"eXIf":
        look.stated = time_in(body) or look.stated
    elif kind in (b"tEXt", b"zTXt", b"iTXt"):
        key, text = _png_text(kind, body)
        if key == "XML:com.adobe.xmp":
            _xmp(text, look)
        elif key:
            look.texts.setdefault(key, text)
            if key == "Creation Time" and look.stated is None and text.strip():
                look.stated = Stated(text.strip(), "PNG Creation Time")


def _png_text(kind: bytes, body: bytes) -> tuple[str, str]:
    name, _, rest = body.partition(b"\0")
    key = name.decode("latin-1")
    if kind == b"tEXt":
        return key, rest[:LONGEST_TEXT].decode("latin-1")
    if kind == b"zTXt":
        return key, _inflated(rest[1:]).decode("latin-1")
    squeezed, rest = rest[:1] == b"\1", rest[2:]
    text = rest.split(b"\0", 2)[-1]
    return key, (_inflated(text) if squeezed else text[:LONGEST_TEXT]).decode("utf-8", "replace")


def _inflated(data: bytes) -> bytes:
    """Compressed text, at most LONGEST_TEXT of it: a picture's words are never longer, a bomb's are."""
    try:
        return zlib.decompressobj().decompress(data, LONGEST_TEXT)
    except zlib.error:
        return b""


def _jpeg(data: bytes, look: Look) -> None:
    for marker, body in jpeg_segments(data):
        if marker in (JPEG_END, JPEG_SCAN):
            return
        if marker in _SIZED:
            look.height, look.width = struct.unpack_from(">HH", body, 1)
        elif marker == 0xE1 and body.startswith(b"Exif\0\0"):
            look.stated = time_in(body[6:]) or look.stated
        elif marker == 0xE1 and body.startswith(_XMP_JPEG):
            _xmp(body[len(_XMP_JPEG) :].decode("utf-8", "replace"), look)


def _gif(data: bytes, look: Look) -> None:
    look.width, look.height = struct.unpack_from("<HH", data, 6)


def _webp(data: bytes, look: Look) -> None:
    for kind, body in webp_chunks(data):
        if kind == b"VP8X":
            look.width = 1 + int.from_bytes(body[4:7], "little")
            look.height = 1 + int.from_bytes(body[7:10], "little")
        elif kind == b"VP8L" and not look.width:
            (bits,) = struct.unpack_from("<I", body, 1)
            look.width, look.height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        elif kind == b"VP8 " and not look.width:
            width, height = struct.unpack_from("<HH", body, 6)
            look.width, look.height = width & 0x3FFF, height & 0x3FFF
        elif kind == b"EXIF":
            look.stated = time_in(body.removeprefix(b"Exif\0\0")) or look.stated
        elif kind == b"XMP ":
            _xmp(body[:LONGEST_TEXT].decode("utf-8", "replace"), look)


def _svg(data: bytes, look: Look) -> None:
    text = data.decode("utf-8", "replace")
    root = re.search(r"<svg\b[^>]*>", text, re.I)
    tag = root[0] if root else ""
    sizes = [re.search(rf"\b{name}\s*=\s*[\"']\s*([\d.]+)", tag) for name in ("width", "height")]
    box = re.search(r"viewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)", tag)
    numbers = [size[1] for size in sizes if size] if all(sizes) else list(box.groups()) if box else []
    if len(numbers) == 2:
        look.width, look.height = (_pixels(number) for number in numbers)
    look.active = bool(_SVG_ACTIVE.search(text))
    if stated := re.search(r"<dc:date>\s*([^<]{8,40})<", text[: 4 * LONGEST_TEXT]):
        look.stated = Stated(stated[1].strip(), "SVG dc:date")
    if not re.search(r"</svg\s*>\s*(?:<!--.*?-->\s*)*$", text[-4096:], re.I | re.S):
        look.broken = "the file breaks off before its end"


def _pixels(text: str) -> int:
    try:
        return round(float(text))
    except (ValueError, OverflowError):
        return 0


def _xmp(text: str, look: Look) -> None:
    """The time of an XMP packet; it counts where EXIF says none, or says it without an offset."""
    match = _XMP_TIME.search(text)
    if match and (look.stated is None or not re.search(r"(?:Z|[+-]\d\d:?\d\d)$", look.stated.text)):
        look.stated = Stated(match[1].strip(), "XMP")


_READERS: dict[str, Callable[[bytes, Look], None]] = {
    "png": _png, "jpeg": _jpeg, "gif": _gif, "webp": _webp, "svg": _svg,
}  # fmt: skip

"""The same picture without what it says of people, devices and places: what may leave the house.

Knows which parts of a file make its pixels and its time. Refuses to decode or recompress, and to vouch for a picture
that it cannot take apart to its end. Parts are kept by name, so that one nobody has heard of is left out.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable

from afteraction.core.pictures.exif import only_time
from afteraction.core.pictures.parts import (
    JPEG_END,
    JPEG_SCAN,
    PNG_HEAD,
    BrokenOff,
    format_of,
    gif_blocks,
    jpeg_segments,
    png_chunks,
    webp_chunks,
)

# Colour profiles are left out: those of screens name the device and its serial number.
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"tIME",
     b"acTL", b"fcTL", b"fdAT"}
)  # fmt: skip
_WEBP_KEPT = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"})
_WEBP_ALPHA, _WEBP_ANIMATED, _WEBP_EXIF = 0x10, 0x02, 0x08
_JPEG_EXIF = b"Exif\0\0"
# Where a colour transform is not said, viewers guess it from Adobe's mark.
_JPEG_ADOBE = 0xEE
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_PLAIN_TIME = re.compile(rb"Creation Time\0[\w:+., -]{4,60}")


def without_metadata(data: bytes) -> bytes | None:
    """A PNG, JPEG, GIF or WebP with its pixels, its time and its orientation, and nothing else; what follows the end
    of the picture goes too. None for other formats (an SVG can act) and for a picture that breaks off."""
    clean = _CLEANERS.get(format_of(data[:8192]))
    try:
        return clean(data) if clean else None
    except (BrokenOff, struct.error, IndexError):
        return None


def _png(data: bytes) -> bytes:
    kept = [PNG_HEAD]
    for kind, body in png_chunks(data):
        if kind == b"eXIf":
            body = only_time(body)
        elif kind not in _PNG_KEPT and not (kind == b"tEXt" and _PLAIN_TIME.fullmatch(body)):
            continue
        if body or kind == b"IEND":
            kept.append(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))
    return b"".join(kept)


def _jpeg(data: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    for marker, body in jpeg_segments(data):
        if marker == JPEG_END:
            kept.append(b"\xff\xd9")
        elif marker == JPEG_SCAN:
            kept.append(b"\xff\xda" + body)
        elif wanted := _jpeg_segment(marker, body):
            kept.append(bytes((0xFF, marker)) + struct.pack(">H", len(wanted) + 2) + wanted)
    return b"".join(kept)


def _jpeg_segment(marker: int, body: bytes) -> bytes:
    """A segment as it may stay, empty when it may not."""
    if marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        # Without the small picture inside, which may show what was cut off the large one.
        return body[:12] + b"\0\0"
    if marker == 0xE1 and body.startswith(_JPEG_EXIF):
        block = only_time(body[len(_JPEG_EXIF) :])
        return _JPEG_EXIF + block if block else b""
    if marker == _JPEG_ADOBE and body.startswith(b"Adobe"):
        return body[:12]
    return b"" if 0xE0 <= marker <= 0xFE else body


def _gif(data: bytes) -> bytes:
    kept = []
    for label, block in gif_blocks(data):
        if label in (0, 0x2C, 0x3B, 0xF9) or (label == 0xFF and block[3:14] in _LOOPS):
            kept.append(block)
    return b"".join(kept)


def _webp(data: bytes) -> bytes:
    kept: list[tuple[bytes, bytes]] = []
    for kind, body in webp_chunks(data):
        if kind == b"EXIF":
            body = only_time(body.removeprefix(_JPEG_EXIF))
        elif kind not in _WEBP_KEPT:
            continue
        if body:
            kept.append((kind, body))
    flags = _WEBP_ALPHA | _WEBP_ANIMATED | (_WEBP_EXIF if any(kind == b"EXIF" for kind, _ in kept) else 0)
    parts = []
    for kind, body in kept:
        if kind == b"VP8X":
            body = bytes((body[0] & flags,)) + body[1:]
        parts.append(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
    inside = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {"png": _png, "jpeg": _jpeg, "gif": _gif, "webp": _webp}

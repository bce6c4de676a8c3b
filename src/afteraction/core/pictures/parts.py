"""The parts that picture files are made of: chunks of PNG and WebP, segments of JPEG, blocks of GIF.

Knows where each part begins and ends. Refuses to decode a single pixel and to know what a part means.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
JPEG_END, JPEG_SCAN = 0xD9, 0xDA
MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
               "svg": "image/svg+xml"}  # fmt: skip
_SVG = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?>\s*)*<svg[\s>]", re.S | re.I)
# Within a scan a 0xFF of the picture is followed by 0x00, and restart marks belong to the scan.
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


class BrokenOff(Exception):
    """The file ends before its picture does; the text says where."""


def format_of(head: bytes) -> str:
    """png, jpeg, gif, webp or svg by the first bytes, else empty."""
    if head.startswith(PNG_HEAD):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return "svg" if _SVG.match(head[:8192].decode("utf-8", "replace").lstrip("\ufeff")) else ""


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(kind, body) of every chunk up to IEND. Raises BrokenOff where the file ends before."""
    at = len(PNG_HEAD)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) < length:
            break
        yield kind, body
        if kind == b"IEND":
            return
        at += 12 + length
    raise BrokenOff("the file breaks off before its end")


def jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, body) of every segment up to the end of the picture, lengths left out; a scan's body begins
    with its length and goes on to the next marker. Raises BrokenOff where the file ends before."""
    at = 2
    while at + 2 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == JPEG_END:
            yield marker, b""
            return
        if at + 4 > len(data):
            break
        start, end = at + 4, at + 2 + max(struct.unpack_from(">H", data, at + 2)[0], 2)
        if marker == JPEG_SCAN:
            following = _NEXT_MARKER.search(data, end)
            start, end = at + 2, following.start() if following else len(data)
        yield marker, data[start:end]
        at = end
    raise BrokenOff("the file breaks off before its picture")


def webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(kind, body) of every chunk within the size that the file states, the last one cut where the file ends; then
    BrokenOff is raised."""
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= min(len(data), end):
        kind, length = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + length]
        yield kind, body
        if len(body) < length:
            raise BrokenOff("the file breaks off before its end")
        at += 8 + length + length % 2
    if at < end:
        raise BrokenOff("the file breaks off before its end")


def gif_blocks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(label, bytes) of every block as it stands: 0 for the header with its colours, 0x2C for an image, 0x3B for the
    end, else the label of an extension. Raises BrokenOff where the file ends before."""
    try:
        end = 13 + _colours(data[10])
        yield 0, data[:end]
        while data[end] != 0x3B:
            start = end
            if data[start] == 0x2C:
                label, end = 0x2C, start + 10 + _colours(data[start + 9]) + 1
            elif data[start] == 0x21:
                label, end = data[start + 1], start + 2
            else:
                break
            while data[end]:
                end += 1 + data[end]
            end += 1
            yield label, data[start:end]
        else:
            yield 0x3B, b"\x3b"
            return
    except IndexError:
        pass
    raise BrokenOff("the file breaks off before its end")


def _colours(flags: int) -> int:
    """Length in bytes of the table of colours that follows these flags."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0

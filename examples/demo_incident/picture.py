"""The screenshot that was posted in the channel: the pool board as it looked at 14:37, drawn pixel by pixel.

Knows PNG's chunks and a few glyphs. The bytes are stored, not compressed, so that every machine writes the same file.
"""

from __future__ import annotations

import struct
import zlib
from datetime import timedelta
from itertools import pairwise

from demo_incident.story import CONNECTIONS, LIMIT, POOL_WAIT_MS, at, between

WIDTH, HEIGHT = 480, 220
PALETTE = ((255, 255, 255), (225, 227, 230), (60, 64, 72), (176, 64, 24), (40, 96, 150), (170, 140, 40))
PAPER, GRID, INK, WAIT, USED, BOUND = range(6)
CAPTURED = "2026-05-12T14:37:40Z"
GLYPHS = {
    "0": "755557", "1": "262227", "2": "717447", "3": "717117", "4": "557111", "5": "747117", "6": "747557",
    "7": "711222", "8": "757557", "9": "757117", ":": "020020", "l": "444447", "e": "075647", "d": "117557",
    "g": "075717", "r": "065444", "-": "000700", "b": "447557", "p": "075744", "o": "075557", "w": "055577",
    "a": "071757", "i": "202222", "t": "272223", "m": "077555", "s": "074717", "c": "074447", "n": "065555",
    " ": "000000",
}  # fmt: skip


class Canvas:
    """A grid of palette numbers."""

    def __init__(self) -> None:
        self.rows = [bytearray([PAPER] * WIDTH) for _ in range(HEIGHT)]

    def dot(self, x: int, y: int, colour: int) -> None:
        if 0 <= x < WIDTH and 0 <= y < HEIGHT:
            self.rows[y][x] = colour

    def line(self, points: list[tuple[int, int]], colour: int) -> None:
        for (x1, y1), (x2, y2) in pairwise(points):
            steps = max(abs(x2 - x1), abs(y2 - y1), 1)
            for step in range(steps + 1):
                x, y = x1 + (x2 - x1) * step // steps, y1 + (y2 - y1) * step // steps
                self.dot(x, y, colour)
                self.dot(x, y + 1, colour)

    def write(self, x: int, y: int, text: str, colour: int = INK) -> None:
        for letter in text:
            for row, bits in enumerate(GLYPHS[letter]):
                for column in range(3):
                    if int(bits) & (4 >> column):
                        for dx in (0, 1):
                            for dy in (0, 1):
                                self.dot(x + 2 * column + dx, y + 2 * row + dy, colour)
            x += 8


def draw() -> Canvas:
    """Wait time above, connections below, 13:37 to 14:37."""
    canvas = Canvas()
    start, left, right = at("13:37:40"), 40, WIDTH - 10
    moments = [start + timedelta(seconds=10 * step) for step in range(361)]
    across = [left + (right - left) * step // 360 for step in range(361)]
    for y in (100, 200):
        canvas.line([(left, y), (right, y)], GRID)
    for minute in range(0, 61, 10):
        x = left + (right - left) * minute // 60
        canvas.line([(x, 26), (x, 200)], GRID)
        canvas.write(min(x, WIDTH - 21) - 20, 204, f"{start + timedelta(minutes=minute):%H:%M}")
    canvas.write(left, 6, "ledger-db pool wait ms")
    waits = [min(500.0, between(POOL_WAIT_MS, moment)) for moment in moments]
    canvas.line([(x, 99 - int(70 * wait / 500)) for x, wait in zip(across, waits, strict=True)], WAIT)
    canvas.write(left, 112, "connections")
    canvas.line([(left, 198 - 70), (right, 198 - 70)], BOUND)
    used = [between(CONNECTIONS, moment) for moment in moments]
    canvas.line([(x, 198 - int(70 * count / LIMIT)) for x, count in zip(across, used, strict=True)], USED)
    canvas.write(4, 94, "0")
    canvas.write(4, 26, "500")
    canvas.write(4, 122, "200")
    return canvas


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _stored(data: bytes) -> bytes:
    """A zlib stream of stored blocks."""
    out = b"\x78\x01"
    for begin in range(0, len(data), 65535):
        block = data[begin : begin + 65535]
        last = begin + 65535 >= len(data)
        out += struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF) + block
    return out + struct.pack(">I", zlib.adler32(data))


def screenshot() -> bytes:
    """The PNG with the time it was captured, in its own metadata."""
    packed = b"".join(
        b"\0" + bytes(row[x] << 4 | row[x + 1] for x in range(0, WIDTH, 2)) for row in draw().rows
    )  # fmt: skip
    texts = (("Creation Time", CAPTURED), ("Title", "ledger-db pool"), ("Software", "grafana-image-renderer"),
             ("Source", "https://grafana.example.test/d/ledger-pool"))  # fmt: skip
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(bytes(colour) for colour in PALETTE)),
            *(_chunk(b"tEXt", f"{name}\0{text}".encode("latin-1")) for name, text in texts),
            _chunk(b"IDAT", _stored(packed)),
            _chunk(b"IEND", b""),
        )
    )

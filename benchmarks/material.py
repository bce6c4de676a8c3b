"""Generated evidence of any size: JSON lines as a service writes them, clean or with bad lines in between."""

from __future__ import annotations

import random
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

START = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
SERVICES = ("checkout", "payments", "cart", "search", "auth")
BLOCK = 100_000
# What a real file has between its good lines: blank ones, cut ones, other encodings, other line ends, no time.
BAD = (b"\n", b'{"timestamp": "2026-05-12T12:\n', b"\xff\xfe not text\n", b"   \r\n", b'{"level": "info"}\n')


def write_json_lines(path: Path, lines: int, *, bad_share: float = 0.0, seed: int = 1) -> int:
    """Writes `lines` log lines in order of time and gives the bytes written."""
    chance, at = random.Random(seed), START
    with path.open("wb") as target:
        for begin in range(0, lines, BLOCK):
            block = []
            for _ in range(min(BLOCK, lines - begin)):
                at += timedelta(microseconds=chance.randrange(2000))
                block.append(chance.choice(BAD) if chance.random() < bad_share else _line(chance, at))
            target.write(b"".join(block))
    return path.stat().st_size


def grow(path: Path, size: int) -> int:
    """Writes a file of at least `size` bytes by repeating a generated part, and gives its size. Times repeat too, so
    that it is out of order: the store has to sort it."""
    part = path.with_suffix(".part")
    write_json_lines(part, 400_000)
    with path.open("wb") as target:
        while target.tell() < size:
            with part.open("rb") as stream:
                shutil.copyfileobj(stream, target, 8 * 1024 * 1024)
    part.unlink()
    return path.stat().st_size


def refuse_without_space(folder: Path, needed: int) -> None:
    """Ends the program when the disk has less than `needed` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        sys.exit(
            f"{folder} has {free / 1e9:.1f} GB free, {needed / 1e9:.1f} GB are needed."
            " Use --folder or a smaller --size."
        )


def _line(chance: random.Random, at: datetime) -> bytes:
    entry = {
        "timestamp": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": "error" if chance.random() < 0.1 else "info",
        "service": chance.choice(SERVICES),
        "version": "v1",
        "message": f"request handled in {chance.randrange(900)} ms for user {chance.randrange(10**6)}",
        "path": f"/api/orders/{chance.randrange(1000)}",
        "status": 502 if chance.random() < 0.1 else 200,
        "request_id": f"{chance.getrandbits(64):016x}",
        "duration_ms": chance.randrange(900),
    }
    return orjson.dumps(entry) + b"\n"

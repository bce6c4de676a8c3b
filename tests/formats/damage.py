"""Damage as it happens to files, and as strangers do it on purpose: cut, torn, doubled, joined, wrongly typed.

Drawn from one random source, so that a seed tells the whole run again.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Sequence
from typing import Any

from tests.formats.mutations import places

LONGEST = 256 * 1024
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, float("nan"), float("inf"), 10**25, "", "x", "\ud800", "\0", "0001-01-01T00:00:00Z",
    "2026-02-30", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:01+14:00", 1778594400, 1778594400000,
    1778594340123456789, [], {}, [[]], [{}], {"a": {"b": {"c": 1}}}, [None], "NaN", "12/May/2026:14:00:00 +0000",
    "2026-05-12T14:00:00", "2026-05-12T14:00:00 Europe/Berlin", "x" * 5000, ["a"] * 50,
)  # fmt: skip
TOKENS = (
    b"null", b"NaN", b"-Infinity", b"1e999", b'"\\ud800"', b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\t",
    b",,,",
    b'"', b"'", b"\\", b"[" * 300, b"{" * 300, b'{"a":' * 200, b"<a>" * 300, b"<![CDATA[", b"&a;", b"<!--", b"-->",
    b"<!DOCTYPE a [<!ENTITY a 'b'>]>", b"%PDF-", b"PK\x03\x04", b"9999-12-31T23:59:59Z", b"0000-00-00T00:00:00Z",
    b"2026-05-12T14:00:00", b"99999999999999999999", b"- ", b"- - - - - - ", b"> " * 200, b"|" * 200, b"---\n",
    b"&x *x", b"  ", "\u2028\u0130\u1e9e\U0001f600".encode(), b"x" * 3000,
)  # fmt: skip

Damage = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def _cut(rng: random.Random, raw: bytes, _all: Sequence[bytes]) -> bytes:
    at = rng.randrange(len(raw) + 1)
    return raw[:at] if rng.random() < 0.7 else raw[at:]


def _leave_out(rng: random.Random, raw: bytes, _all: Sequence[bytes]) -> bytes:
    start, end = sorted(rng.randrange(len(raw) + 1) for _ in range(2))
    return raw[:start] + raw[min(end, start + 400) :]


def _double(rng: random.Random, raw: bytes, _all: Sequence[bytes]) -> bytes:
    start, end = sorted(rng.randrange(len(raw) + 1) for _ in range(2))
    return raw[:end] + raw[start:end] * rng.choice((1, 1, 2, 20)) + raw[end:]


def _insert(rng: random.Random, raw: bytes, _all: Sequence[bytes]) -> bytes:
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + rng.choice(TOKENS) + raw[at:]


def _overwrite(rng: random.Random, raw: bytes, _all: Sequence[bytes]) -> bytes:
    found = bytearray(raw)
    for _ in range(rng.randint(1, 8)):
        if found:
            found[rng.randrange(len(found))] = rng.choice((rng.randrange(256), 0x22, 0x2C, 0x0A, 0x30, 0x39, 0x2D))
    return bytes(found)


def _join(rng: random.Random, raw: bytes, every: Sequence[bytes]) -> bytes:
    other = rng.choice(every)
    return raw[: rng.randrange(len(raw) + 1)] + other[rng.randrange(len(other) + 1) :]


def _shuffle_lines(rng: random.Random, raw: bytes, _all: Sequence[bytes]) -> bytes:
    lines = raw.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def _encode(rng: random.Random, raw: bytes, _all: Sequence[bytes]) -> bytes:
    text = raw.decode("utf-8", "replace")
    return text.encode(rng.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "utf-8-sig")), "replace")


def _mistype(rng: random.Random, raw: bytes, _all: Sequence[bytes]) -> bytes:
    """Exchanges or leaves out inner values of JSON; of anything else a number."""
    lines = raw.split(b"\n")
    at = rng.randrange(len(lines))
    for whole in (raw, lines[at]):
        try:
            value = json.loads(whole)
        except (ValueError, RecursionError):
            continue
        if not isinstance(value, dict | list):
            continue
        for _ in range(rng.randint(1, 3)):
            _exchange(rng, value)
        written = json.dumps(value, indent=rng.choice((None, None, 1))).encode("utf-8", "replace")
        return written if whole is raw else b"\n".join([*lines[:at], written, *lines[at + 1 :]])
    return _insert(rng, raw, _all)


def _exchange(rng: random.Random, value: Any) -> None:
    paths = list(places(value))
    if not paths:
        return
    *above, last = rng.choice(paths)
    parent = value
    for key in above:
        parent = parent[key]
    if isinstance(parent, dict) and rng.random() < 0.25:
        del parent[last]
    else:
        parent[last] = copy.deepcopy(rng.choice(ODD))


DAMAGES: tuple[Damage, ...] = (
    _cut, _leave_out, _double, _insert, _insert, _overwrite, _join, _shuffle_lines, _encode,
    _mistype, _mistype, _mistype,
)  # fmt: skip


def damaged(rng: random.Random, samples: Sequence[bytes]) -> bytes:
    """One of these samples with one to four damages done to it, at most LONGEST bytes."""
    raw = rng.choice(samples)
    for _ in range(rng.randint(1, 4)):
        raw = rng.choice(DAMAGES)(rng, raw, samples)[:LONGEST]
    return raw

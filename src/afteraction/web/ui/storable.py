"""What a database takes.

Knows the characters and numbers that evidence has and a database refuses, and the signs that stand for them: NUL is
kept as U+2400, half of a surrogate pair as a question mark, a number that is none as null. The frozen original has
them as they came.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

import orjson

_ESCAPED = re.compile(r"\\u0000|\\ud[89a-f]")


def storable(value: Any) -> Any:
    """The same value without what a database refuses: NUL, lone surrogates, NaN and infinities. Evidence has them."""
    if isinstance(value, str):
        if "\x00" in value:
            value = value.replace("\x00", "\u2400")
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {storable(name): storable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def storable_copy(value: Any) -> Any:
    """The same as `storable`, fast where nothing has to be replaced: nearly always."""
    try:
        text = orjson.dumps(value)
    except TypeError:
        return storable(value)
    return storable(value) if b"\\u0000" in text else orjson.loads(text)


def json_text(value: Any, *, encoder: type[json.JSONEncoder] | None = None) -> str:
    """The value as JSON that every database takes."""
    try:
        text = json.dumps(value, cls=encoder, allow_nan=False)
    except ValueError:
        return json.dumps(storable(value), cls=encoder, allow_nan=False)
    return json.dumps(storable(value), cls=encoder) if _ESCAPED.search(text) else text

"""What a database takes.

Knows the characters and numbers that evidence has and a database refuses.
"""

from __future__ import annotations

import math
from typing import Any

import orjson


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

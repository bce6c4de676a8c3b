"""SVG elements as safe text.

Knows escaping and how a coordinate is written. Refuses styles: meaning is a class, and the style sheet has the colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape as escaped

from django.utils.safestring import SafeString

Coordinate = float | int | str
# Most words and places have nothing to escape, and looking is quicker than replacing.
_NEEDS_ESCAPE = re.compile("[&<>\"']").search


def percent(value: float) -> str:
    """A horizontal place in per cent of the plot's width."""
    return f"{round(value, 2):g}%"


def element(name: str, *children: str, **attributes: Coordinate | bool | None) -> SafeString:
    """One element; `_` in attribute names is `-`, a trailing `_` is dropped, None and False leave the attribute out.

    Children that are not safe are escaped.
    """
    written = "".join(
        [
            f' {_attribute(key)}="{_value(value)}"'
            for key, value in attributes.items()
            if value is not None and value is not False
        ]
    )
    inner = "".join([_text(child) for child in children])
    # Every part above is escaped or safe already.
    return SafeString(f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>")


def group(*children: str, **attributes: Coordinate | bool | None) -> SafeString:
    """A `g` element."""
    return element("g", *children, **attributes)


def joined(parts: Iterable[str]) -> SafeString:
    """Several parts one after the other, each escaped unless it is safe."""
    return SafeString("".join(map(_text, parts)))


def _text(part: str) -> str:
    return part if type(part) is SafeString or not _NEEDS_ESCAPE(part) else escaped(part)


@lru_cache(maxsize=200)
def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: Coordinate | bool) -> str:
    if isinstance(value, str):
        return _text(value)
    return f"{round(value, 2):g}" if isinstance(value, float) else str(value)


@lru_cache(maxsize=20_000)
def text_width(text: str, size: float = 11) -> float:
    """About how wide a text in the interface font is, in px. Errs to the wide side, so that labels never touch."""
    narrow = sum(character in "iljtf.,:;'|!()[] " for character in text)
    wide = sum(character in "mwMW@%" for character in text)
    return size * (0.58 * len(text) - 0.24 * narrow + 0.28 * wide)

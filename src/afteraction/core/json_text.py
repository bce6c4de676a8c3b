"""How JSON is packed into files: one value, an array, one value a line, values one after another.

Knows how to cut a file into pieces that cannot damage each other, and how to look into its first bytes. Refuses to
know what any value means, and opens nothing: a `Source` hands out the bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from afteraction.core.evidence import Failure, Locator
from afteraction.core.json_nodes import JsonText, Node
from afteraction.core.reading import Source

__all__ = ["JsonText", "Node", "documents", "outline", "streamed_documents"]

# A text of one byte a character may take four in memory; together with its bytes this stays below 700 MiB.
LONGEST_TEXT = 128 * 1024 * 1024
# From here on a file of lines is read line by line, so that memory is bounded by its longest line.
STREAMED_FROM = 16 * 1024 * 1024


def documents(source: Source) -> Iterator[Node | Failure]:
    """The top-level values of an original, however they are packed, each followed by the failures found in it.

    Items of one array are children of one root. Where every line is a value of its own, a broken line costs that
    line alone. What a consumer walks through is walked once; a value it leaves alone is checked all the same.
    """
    if source.is_binary:
        yield Failure(source.name, "the file is binary, not JSON text.", "Export it again as text.")
        return
    raw = source.read_bytes(LONGEST_TEXT + 1)
    if len(raw) > LONGEST_TEXT:
        raw = raw[:LONGEST_TEXT]
        yield Failure(
            source.name,
            f"the file is larger than {LONGEST_TEXT // 2**20} MiB; what lies behind that was not read.",
            "Split it, or export shorter periods.",
        )
    text = raw.decode(source.encoding, errors="replace").lstrip("\ufeff")
    if "\ufffd" in text and b"\xef\xbf\xbd" not in raw:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        yield Failure(
            source.name,
            f"bytes that are not {source.encoding} were read as U+FFFD.",
            "Check how the file was exported.",
            Locator(line=line),
            lost=0,
        )
    del raw
    if not text.strip():
        yield Failure(source.name, "the file is empty.", "Export it again.", lost=0)
        return
    for part in _parts(text):
        for root in part.roots():
            yield root
            root.finish()
            if part.given_up:
                break
        yield from part.failures(source.name)


def streamed_documents(source: Source) -> Iterator[Node | Failure]:
    """The same as `documents`, for formats that may be large: where every line is a value of its own, a large file is
    read line by line, however long it is. Values are to be used as they come."""
    if source.is_binary or source.size < STREAMED_FROM or not _starts_with_a_whole_line(source):
        yield from documents(source)
        return
    for line in source.lines():
        if isinstance(line, Failure):
            yield line
        elif line[1].strip():
            part = JsonText(line[1], line[0])
            for root in part.roots():
                yield root
                root.finish()
            yield from part.failures(source.name)


def _starts_with_a_whole_line(source: Source) -> bool:
    first = next((line for line in source.lines() if isinstance(line, Failure) or line[1].strip()), None)
    return isinstance(first, tuple) and _is_whole(first[1].strip())


def _parts(text: str) -> Iterator[JsonText]:
    """The text cut into pieces that cannot damage each other."""
    if _line_by_line(text):
        at, number = 0, 0
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            number += 1
            line = text[at:end]
            if line.strip():
                yield JsonText(line, number)
            at = end + 1
        return
    start, first = 0, 1
    # A value that begins at the left edge right behind the end of another; inside an array a comma would stand between.
    for boundary in re.finditer(r"[}\]][ \t\r\n]*\n(?=\{)", text) if text.lstrip()[:1] == "{" else ():
        yield JsonText(text[start : boundary.end()], first)
        first += text.count("\n", start, boundary.end())
        start = boundary.end()
    yield JsonText(text[start:] if start else text, first)


def _line_by_line(text: str) -> bool:
    """Whether every line is a value of its own: the first line is a whole one and not alone, or it is broken (and not
    merely open) and the second is whole."""
    lines: list[str] = []
    start = 0
    while start < len(text) and len(lines) < 2:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        lines += [line] if (line := text[start:end].strip()) else []
        start = end + 1
    if len(lines) < 2:
        return False
    return _is_whole(lines[0]) or (lines[0][-1] not in "[{,:" and _is_whole(lines[1]))


def _is_whole(line: str) -> bool:
    if line[0] not in "{[" or line[-1] not in "}]":
        return False
    try:
        json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def outline(source: Source) -> object:
    """What the first bytes tell of the first value: containers as far as they go, texts and numbers that are whole.

    For sniffing: arrays are followed for 20 items and values for 6 levels. None when the head is no JSON. Callers
    must not change it: it is shared.
    """
    return None if source.is_binary else _outline(source.head_text())


@lru_cache(maxsize=4)
def _outline(head: str) -> object:
    if head.lstrip()[:1] not in ("{", "["):
        return None
    for part in _parts(head):
        for root in part.roots():
            found = _sketch(root, 6)
            if found:
                return found
            break
    return None


def _sketch(node: Node, depth: int) -> object:
    if node.opener not in ("{", "[") or not depth:
        return node.value()
    if node.opener == "[":
        items = []
        for number, child in enumerate(node.children()):
            items.append(_sketch(child, depth - 1))
            if number >= 19:
                break
        return items
    return {child.key: _sketch(child, depth - 1) for child in node.children()}

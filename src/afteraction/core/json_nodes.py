"""JSON text with places: values by RFC 6901 pointer, the physical line each stands on, and what is damaged.

Knows how to keep what stands before and after damage. Refuses to know what any value means and how values are packed
into files: that is `core.json_text`.

Nothing here raises for bad input: a broken value is marked `damaged`, and `JsonText.failures` tells where and why.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]

from afteraction.core.evidence import EvidenceRef, Failure, Locator

MOST_DAMAGE = 200
EXCERPT = 300

_BLANK = frozenset(" \t\r\n\ufeff")
_space = re.compile(r"[ \t\r\n\ufeff]*").match
_colon = re.compile(r"\s*:\s*").match
_TOKEN = re.compile(r'[\[\]{}]|"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udfff]")
_CUT_SHORT = "The file seems to be cut short; export it again."


def _skip(text: str, at: int) -> int:
    found = _space(text, at)
    return found.end() if found else at


def _without_surrogates(value: object) -> object:
    """The value with halves of surrogate pairs as U+FFFD: no store and no page can hold them."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {str(_without_surrogates(key)): _without_surrogates(item) for key, item in value.items()}
    return value


def escape(key: str) -> str:
    """A key as one token of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1") if "/" in key or "~" in key else key


class JsonText:
    """Text that holds JSON values. `first_line` is the physical line of its first character in the original."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self.first_line = first_line
        self._damage: dict[int, tuple[str, str]] = {}
        self._notes: dict[int, str] = {}
        self._starts: array[int] | None = None
        self._doubled: list[str] = []
        decoder = json.JSONDecoder(strict=False, object_pairs_hook=self._object)
        self._scan = decoder.scan_once  # type: ignore[attr-defined]
        self.has_half_pairs = "\\ud" in text or "\\uD" in text
        self.is_one_line = "\n" not in text

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _ in pairs]
            self._doubled += sorted({key for key in keys if keys.count(key) > 1})
        return found

    def line_at(self, offset: int) -> int:
        """Physical line (1-based, in the original) of a character offset in this text."""
        if self.is_one_line:
            return self.first_line
        if self._starts is None:
            self._starts = array("Q", (found.start() for found in re.finditer("\n", self.text)))
        return self.first_line + bisect_right(self._starts, offset - 1)

    def column_at(self, offset: int) -> int:
        """Column (1-based, in characters) of a character offset in this text."""
        return offset - self.text.rfind("\n", 0, offset)

    def roots(self) -> Iterator[Node]:
        """The values that stand at the top level, one after another."""
        at, first, size = _skip(self.text, 0), True, 0
        previous = 0
        while at < len(self.text):
            # Values that share a line need more than line and pointer to have places of their own.
            size += len(self.text[previous:at].encode("utf-8", "replace"))
            previous = at
            root = Node(self, at, "", byte_start=None if first else size)
            yield root
            at, first = _skip(self.text, root.finish()), False
            while self.text[at : at + 1] in (",", ";"):
                at = _skip(self.text, at + 1)

    def decode(self, at: int, pointer: str) -> tuple[object, int] | None:
        """(value, offset behind it) of the value at an offset; None and a record of the damage when it is broken."""
        try:
            value, end = self._scan(self.text, at)
            value = _without_surrogates(value) if self.has_half_pairs else value
        except StopIteration as error:
            self.damage(error.value, "expecting value", pointer)
            return None
        except json.JSONDecodeError as error:
            self.damage(error.pos, error.msg, pointer)
            return None
        except RecursionError:
            self.damage(at, "the value is nested too deeply to be read", pointer)
            return None
        except ValueError as error:
            self.damage(at, f"the value cannot be read: {error}", pointer)
            return None
        if self._doubled:
            for key in dict.fromkeys(self._doubled):
                self.note(at, f'the key "{key}" stands twice in one object; the last one was read.')
            self._doubled.clear()
        return value, end

    def damage(self, at: int, reason: str, pointer: str) -> None:
        """Remembers what is broken at an offset, once."""
        if len(self._damage) < MOST_DAMAGE:
            self._damage.setdefault(at, (reason, pointer))

    def note(self, at: int, reason: str) -> None:
        """Remembers something odd at an offset that cost nothing, once."""
        if len(self._notes) < MOST_DAMAGE:
            self._notes.setdefault(at, reason)

    @property
    def given_up(self) -> bool:
        """True when the text is so broken that looking for further values is pointless."""
        return len(self._damage) >= MOST_DAMAGE

    def closing(self, start: int) -> int:
        """The offset behind the bracket that closes the one at `start`; the end of the text when there is none."""
        depth = 0
        for token in _TOKEN.finditer(self.text, start):
            mark = token[0]
            if mark in "[{":
                depth += 1
            elif mark in "]}":
                depth -= 1
                if depth <= 0:
                    return token.end()
            elif depth == 0:
                return token.end()
        return len(self.text)

    def failures(self, file: str) -> Iterator[Failure]:
        """Everything that was found broken so far, in its order, with line, column and pointer."""
        for at, (reason, pointer) in sorted(self._damage.items()):
            cut = at >= len(self.text.rstrip()) or reason.startswith("Unterminated string")
            text = reason[:1].lower() + reason[1:].rstrip(".")
            yield Failure(
                file,
                f"column {self.column_at(at)}: {'the JSON breaks off: ' if cut else 'not JSON: '}{text}.",
                _CUT_SHORT if cut else "Correct this place or export it again; everything else was read.",
                Locator(line=self.line_at(at), pointer=pointer or None),
            )
        if self.given_up:
            yield Failure(file, f"more than {MOST_DAMAGE} broken places; the rest was not read.", _CUT_SHORT)
        for at, reason in sorted(self._notes.items()):
            yield Failure(file, reason, "Check which one is meant.", Locator(line=self.line_at(at)), lost=0)


class Node:
    """One value and where it stands. `end` is known once the value was decoded or walked through."""

    __slots__ = ("byte_start", "damaged", "end", "key", "places", "pointer", "start", "text")

    def __init__(self, text: JsonText, start: int, pointer: str, key: str = "", byte_start: int | None = None) -> None:
        self.text, self.start, self.pointer, self.key, self.byte_start = text, start, pointer, key, byte_start
        self.end: int | None = None
        self.damaged = False
        self.places: dict[tuple[str, ...], Locator] = {}

    @property
    def opener(self) -> str:
        """The first character: `{`, `[`, a quote, a digit …"""
        return self.text.text[self.start : self.start + 1]

    @property
    def line(self) -> int:
        """Physical line on which the value begins."""
        return self.text.line_at(self.start)

    def value(self) -> object:
        """The decoded value; None when it is damaged."""
        found = None if self.damaged else self.text.decode(self.start, self.pointer)
        if found is None:
            self._recover()
            return None
        value, self.end = found
        return value

    def finish(self) -> int:
        """The offset behind the value, which is read through where that has not happened yet."""
        if self.end is None:
            self.value()
        return self.end if self.end is not None else len(self.text.text)

    def children(self) -> Iterator[Node]:
        """Members of an object (with `key`) or items of an array, as far as they can be told apart."""
        text, is_object = self.text.text, self.opener == "{"
        if not is_object and self.opener != "[":
            return
        closer = "}" if is_object else "]"
        at, index, keys = _skip(text, self.start + 1), 0, set[str]()
        while text[at : at + 1] != closer:
            key, byte_start = str(index), self.byte_start
            if is_object:
                named = self._key(at)
                if named is None:
                    return
                key, at = named
                if key in keys:
                    self.text.note(at, f'the key "{key}" stands twice in one object; both were looked at.')
                    # A pointer says only the key: what stands below the second needs a place of its own.
                    byte_start = (self.byte_start or 0) + len(text[self.start : at].encode("utf-8", "replace"))
                keys.add(key)
            child = Node(self.text, at, f"{self.pointer}/{escape(key)}", key, byte_start)
            yield child
            at = child.end if child.end is not None else child.finish()
            mark = text[at : at + 1]
            if mark in _BLANK:
                at = _skip(text, at)
                mark = text[at : at + 1]
            if child.damaged and (at >= len(text) or self.text.given_up):
                self.damaged, self.end = True, len(text)
                return
            index += 1
            if mark == ",":
                at += 1
                if text[at : at + 1] in _BLANK:
                    at = _skip(text, at)
            elif mark != closer:
                self._break(at, "expecting a comma or the end of this value")
                return
        self.end = at + 1

    def fields(self) -> dict[str, Node]:
        """Members by key; the last of equal keys."""
        return {child.key: child for child in self.children()}

    def at(self, *path: str) -> Node | None:
        """The value below this one at a path of keys and indexes, or None."""
        node: Node | None = self
        for key in path:
            node = None if node is None else next((child for child in node.children() if child.key == key), None)
        return node

    def locator(self, *path: str) -> Locator:
        """The place of a value below this one (or of this one): physical line and pointer."""
        known = self.places.get(path)
        if known is None:
            known = self.places[path] = self._locate(path)
        return known

    def _locate(self, path: tuple[str, ...]) -> Locator:
        pointer = self.pointer
        for key in path:
            pointer += f"/{escape(key)}"
        end = self.finish()
        line = self.line
        if path and not self.text.is_one_line and self.text.text.find("\n", self.start, end) >= 0:
            at = self._only_key(path[0], end) if len(path) == 1 else None
            line = self.text.line_at(at) if at is not None else self._nearest(path).line
        if self.byte_start is None:
            return Locator(line, pointer)
        length = len(self.text.text[self.start : end].encode("utf-8", "replace"))
        return Locator(line, pointer, self.byte_start, self.byte_start + length)

    def _nearest(self, path: tuple[str, ...]) -> Node:
        """The value at a path, or the last one on the way to it that the text has."""
        node = self
        for key in path:
            below = node.at(key)
            if below is None:
                break
            node = below
        return node

    def _only_key(self, key: str, end: int) -> int | None:
        """Where the value of a key begins that stands in this value only once, at any depth; else None."""
        text, mark, found = self.text.text, f'"{key}"', None
        at = text.find(mark, self.start, end)
        while at >= 0:
            match = _colon(text, at + len(mark), end)
            if match is None or (at > self.start and text[at - 1] == "\\"):
                at = text.find(mark, at + 1, end)
                continue
            if found is not None:
                return None
            found = match.end()
            at = text.find(mark, found, end)
        return found

    def cite(self, evidence_id: str, *path: str) -> EvidenceRef:
        """A citation of a value below this one, with this one's first characters as the excerpt."""
        end = self.finish()
        raw = self.text.text[self.start : min(end, self.start + EXCERPT)]
        return EvidenceRef(evidence_id, self.locator(*path), raw + "…" if end - self.start > EXCERPT else raw)

    def _key(self, at: int) -> tuple[str, int] | None:
        """(key, offset of its value) of the member at an offset; None when there is none."""
        text = self.text.text
        if text[at : at + 1] != '"':
            self._break(at, "expecting a key in double quotes")
            return None
        try:
            key, behind = scanstring(text, at + 1, False)
        except json.JSONDecodeError as error:
            self._break(error.pos, error.msg)
            return None
        colon = behind if text[behind : behind + 1] == ":" else _skip(text, behind)
        if text[colon : colon + 1] != ":":
            self._break(colon, "expecting a colon")
            return None
        at = colon + 1
        if self.text.has_half_pairs:
            key = _SURROGATES.sub("\ufffd", key)
        return key, _skip(text, at) if text[at : at + 1] in _BLANK else at

    def _break(self, at: int, reason: str) -> None:
        self.text.damage(at, reason, self.pointer)
        self._recover(at)

    def _recover(self, reached: int = 0) -> None:
        """Ends a broken value where its bracket closes, and never before what was `reached` in it: a value around it
        would read that stretch once more, and the next one around once more for each of those."""
        self.damaged = True
        if self.opener and self.opener in '[{"':
            self.end = max(self.text.closing(self.start), reached)
        else:
            # A word that is no JSON ends where the next item could begin.
            stop = re.compile(r"[,\]}\n]").search(self.text.text, self.start)
            self.end = max(stop.start() if stop else len(self.text.text), self.start + 1)

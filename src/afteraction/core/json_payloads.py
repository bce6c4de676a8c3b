"""JSON objects that tools send or export, found wherever a file packs them, each with its place.

Knows how payloads come: alone, in an array, one a line, below a key that lists them, in the envelope of a receiver
(`body`, `payload`, also as JSON in a text), or under names of their own. Refuses to know what any of them means: a
reader says which objects are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_nodes import JsonText, Node
from afteraction.core.json_text import documents, outline
from afteraction.core.reading import Source

Owns = Callable[[Mapping[str, Any]], bool]
_BODIES = (("payload",), ("body",), ("request", "payload"), ("request", "body"))
_DEEPEST = 4
_LOOKED_AT = 5


@dataclass(frozen=True)
class Payload:
    """One object: its `value`, and the place `path` below `node` (more keys than the file itself has where the
    object stood as JSON in a text)."""

    source: Source
    node: Node
    value: Mapping[str, Any] = field(repr=False)
    path: tuple[str, ...] = ()

    def at(self, *keys: str) -> Any:
        """The value below these keys (indexes of arrays as digits), or None."""
        return value_at(self.value, *keys)

    def text(self, *keys: str) -> str:
        """The text or number below these keys as text without blanks around; empty where there is neither."""
        return text_of(self.at(*keys))

    def below(self, *keys: str) -> Payload:
        """The object below these keys as a payload of its own; an empty one where there is none."""
        found = self.at(*keys)
        return Payload(self.source, self.node, found if isinstance(found, dict) else {}, (*self.path, *keys))

    def each(self, *keys: str) -> Iterator[Payload]:
        """The objects of the array below these keys, each as a payload; other items: see `strangers`."""
        array = self.node.at(*self.path, *keys)
        if array is not None and array.opener == "[":
            # Each with its own node: a place is then found without walking through the items before it.
            for child in array.children():
                if isinstance(value := child.value(), dict):
                    yield Payload(self.source, child, value)
            return
        found = self.at(*keys)
        for index, item in enumerate(found if isinstance(found, list) else ()):
            if isinstance(item, dict):
                yield Payload(self.source, self.node, item, (*self.path, *keys, str(index)))

    def strangers(self, what: str, *keys: str) -> Iterator[Failure]:
        """One Failure for all items of the array below these keys that are no objects, at the first of them."""
        found = self.at(*keys)
        odd = [n for n, item in enumerate(found if isinstance(found, list) else ()) if not isinstance(item, dict)]
        if odd:
            reason = f"{what} is an object; {f'{len(odd)} items are none' if len(odd) > 1 else 'this is none'}."
            yield self.failure(reason, "Leave it out.", *keys, str(odd[0]), lost=len(odd))

    def opened(self, *keys: str) -> Payload | None:
        """The object below these keys, also where it stands there as JSON in a text; None where there is none."""
        found = opened(self.at(*keys))
        return None if found is None else Payload(self.source, self.node, found, (*self.path, *keys))

    def place(self, *keys: str) -> Locator:
        """Where the value below these keys stands."""
        return self.node.locator(*self.path, *keys)

    def cite(self, *keys: str) -> EvidenceRef:
        """A citation of that value."""
        return self.node.cite(self.source.evidence_id, *self.path, *keys)

    def instant(self, *keys: str, unit: str = "") -> Instant | Failure:
        """The time below these keys; a number counts since 1970 in `unit`, told from its size when empty."""
        return read_field_time(self.source, self.at(*keys), ".".join(keys), self.place(*keys), unit=unit)

    def failure(self, reason: str, next_step: str, *keys: str, lost: int = 1) -> Failure:
        """What could not be read, or is to be looked at (`lost` 0), with its place."""
        return Failure(self.source.name, reason, next_step, self.place(*keys), lost)


def value_at(value: Any, *keys: str) -> Any:
    """The value below these keys of plain JSON (indexes of arrays as digits), or None."""
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdecimal() and len(key) < 10 and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def text_of(value: object) -> str:
    """A text or number as text without blanks around; empty for everything else."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def there(**facts: object) -> dict[str, str]:
    """Facts as attributes of an event: texts, and only what is there."""
    return {name: text for name, fact in facts.items() if (text := text_of(fact))}


def opened(value: Any) -> dict[str, Any] | None:
    """An object, also one that stands as JSON in a text; None for everything else."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        text = value.strip()
        found = JsonText(text).decode(0, "")
        value = found[0] if found is not None and found[1] == len(text) else None
    return value if isinstance(value, dict) else None


def sketches(source: Source, lists: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Objects that the first bytes show where payloads could stand, for sniffing; `lists` as in `payloads`."""
    found = outline(source)
    tops = found[:_LOOKED_AT] if isinstance(found, list) else [found]
    for top in list(tops):
        for key in lists if isinstance(top, dict) else ():
            tops += top[key][:_LOOKED_AT] if isinstance(top.get(key), list) else []
    seen = [top for top in tops if isinstance(top, dict)]
    for top in list(seen):
        seen += [inner for path in _inner(top) if (inner := opened(value_at(top, *path))) is not None]
    return seen


def payloads(source: Source, is_own: Owns, what: str, lists: tuple[str, ...] = ()) -> Iterator[Payload | Failure]:
    """Every object of the original that `is_own`, in order; anything else that stands in one's place is a Failure.

    `lists` are keys below which an export lists its objects; `what` names one to people ("an alarm").
    """
    for root in documents(source):
        if isinstance(root, Failure):
            yield root
        else:
            yield from _below(source, root, _Wanted(is_own, what, lists), 0)


@dataclass(frozen=True)
class _Wanted:
    is_own: Owns
    what: str
    lists: tuple[str, ...]


def _below(source: Source, node: Node, wanted: _Wanted, depth: int) -> Iterator[Payload | Failure]:
    if node.opener == "[" and depth < _DEEPEST:
        for child in node.children():
            found = False
            for one in _below(source, child, wanted, depth + 1):
                found = True
                yield one
            if not found and not child.damaged:
                yield _odd(source, child, wanted)
        return
    value = node.value()
    if isinstance(value, dict) and wanted.is_own(value):
        yield Payload(source, node, value)
        return
    listed = False
    if node.opener == "{" and depth < _DEEPEST and (value is None or _has_list(value, wanted.lists)):
        for member in node.children():
            if member.key in wanted.lists and member.opener == "[":
                listed = True
                yield from _below(source, member, wanted, depth + 1)
                if value is not None and not value_at(value, member.key):
                    reason = f'"{member.key}" lists nothing.'
                    yield Failure(source.name, reason, "Check what was asked for.", member.locator(), lost=0)
    if listed or value is None:
        if not listed and not node.damaged:
            yield _odd(source, node, wanted)
        return
    yield from _enveloped(source, node, value, wanted)


def _has_list(value: object, lists: tuple[str, ...]) -> bool:
    return isinstance(value, dict) and any(isinstance(value.get(key), list) for key in lists)


def _enveloped(source: Source, node: Node, value: object, wanted: _Wanted) -> Iterator[Payload | Failure]:
    found = False
    missed: list[str] = []
    for path in _inner(value):
        inner = opened(value_at(value, *path))
        if inner is not None and wanted.is_own(inner):
            found = True
            yield Payload(source, node, inner, path)
        else:
            missed.append(path[0])
    if not found:
        yield _odd(source, node, wanted)
        return
    for key in missed:
        yield _odd(source, node, wanted, key)


def _inner(value: object) -> Iterator[tuple[str, ...]]:
    """Paths at which the envelope of a receiver, or a file that names its payloads, may hold one."""
    if not isinstance(value, dict):
        return
    bodies = [path for path in _BODIES if opened(value_at(value, *path)) is not None]
    if bodies:
        yield bodies[0]
        return
    for key, named in value.items():
        if isinstance(named, dict):
            yield next(((key, *path) for path in _BODIES if opened(value_at(named, *path)) is not None), (key,))


def _odd(source: Source, node: Node, wanted: _Wanted, *path: str) -> Failure:
    return Failure(source.name, f"this is not {wanted.what} that is read here.", "Leave it out.", node.locator(*path))

"""The log templates of a case, as reconstruction takes them.

Knows that the store groups by mask alone, and joins what is one template by its words. Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from afteraction.core.digests import LogTemplate
from afteraction.engine.logs.mining import mine
from afteraction.stores import templates as shapes
from afteraction.stores.evidence import EvidenceStore

# The store's groups are finer than templates, so that more of them are asked for than are wanted.
_FINER = 4


def templates_of(store: EvidenceStore, limit: int = 500) -> list[LogTemplate]:
    """The `limit` most frequent templates per service and level, the first line of each as its example."""
    return joined(store.templates(limit * _FINER))[:limit]


def joined(found: Sequence[LogTemplate]) -> list[LogTemplate]:
    """Templates that differ in values only, as one; the most frequent first."""
    return [one for one, _ in in_groups(found)]


def in_groups(found: Sequence[LogTemplate]) -> list[tuple[LogTemplate, list[LogTemplate]]]:
    """The same, each with the finer ones that it was joined from."""
    if not found:
        return []
    first_lines = "".join(f"{(one.example.splitlines() or [''])[0]}\n" for one in found)
    masked = shapes.masked_shapes(shapes.masked_lines(first_lines.encode("utf-8", "replace")).to_pylist())
    words = shapes.cut(masked)
    mined = mine(masked.to_pylist(), words.vocabulary, words.ids, words.starts)
    groups: dict[tuple[int, str, str], list[LogTemplate]] = {}
    for one, place in zip(found, mined.of_shape.tolist(), strict=True):
        groups.setdefault((place, one.service, one.level), []).append(one)
    told = [(_as_one(group, mined.texts[place]), group) for (place, _, _), group in groups.items()]
    return sorted(told, key=lambda pair: (-pair[0].lines, pair[0].first, pair[0].template))


def _as_one(group: list[LogTemplate], text: str) -> LogTemplate:
    earliest = min(group, key=lambda one: (one.first, one.example))
    return replace(earliest, template=text, lines=sum(one.lines for one in group), last=max(one.last for one in group))

"""Kubernetes objects with their places, whether they are written in JSON or in YAML.

Knows lists, watches, lines of objects and YAML streams. Refuses YAML that builds anything but texts, lists and maps; a
broken document of a stream costs that document alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import yaml

from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.json_nodes import EXCERPT, Node, escape
from afteraction.core.json_text import streamed_documents
from afteraction.core.reading import Source

LARGEST_YAML = 16 * 1024 * 1024
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DOCUMENT = re.compile(r"^---(?:[ \t].*)?$\n?", re.MULTILINE)
_ITEM = re.compile(r"^- ", re.MULTILINE)
_DEEPEST = 60


class Place(Protocol):
    """Where an object stands; `core.json_nodes.Node` is one."""

    def locator(self, *path: str) -> Locator:
        """The place of a value below this one."""
        ...

    def cite(self, evidence_id: str, *path: str) -> EvidenceRef:
        """A citation of a value below this one."""
        ...


@dataclass(frozen=True)
class Found:
    """One object and where it stands."""

    value: Mapping[str, Any]
    place: Place


@dataclass(frozen=True)
class YamlPlace:
    """The place of a YAML node: `first_line` is the line before the one on which its document begins."""

    node: Any
    pointer: str
    first_line: int
    text: str

    def locator(self, *path: str) -> Locator:
        """Physical line and pointer of a value below; the object's own line where that value is absent."""
        node = self.node
        for key in path:
            below = _below(node, key)
            if below is None:
                break
            node = below
        pointer = self.pointer + "".join(f"/{escape(key)}" for key in path)
        return Locator(self.first_line + node.start_mark.line + 1, pointer)

    def cite(self, evidence_id: str, *path: str) -> EvidenceRef:
        """A citation with the object's first characters."""
        raw = self.text[self.node.start_mark.index : self.node.end_mark.index][:EXCERPT]
        return EvidenceRef(evidence_id, self.locator(*path), raw)


def _below(node: Any, key: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == key), None)
    if isinstance(node, yaml.SequenceNode) and key.isdecimal() and int(key) < len(node.value):
        return node.value[int(key)]
    return None


def objects(source: Source) -> Iterator[Found | Failure]:
    """Every object of the original: lists and watches are unpacked."""
    if source.head_text().lstrip()[:1] in ("{", "["):
        for root in streamed_documents(source):
            yield from (root,) if isinstance(root, Failure) else _in_json(source, root, 3)
        return
    if source.size > LARGEST_YAML:
        reason = f"the YAML is larger than {LARGEST_YAML // 2**20} MiB; it was not read."
        yield Failure(source.name, reason, "Export the events as JSON: kubectl get events -A -o json.")
        return
    yield from _in_yaml(source, source.read_text())


def _in_json(source: Source, node: Node, depth: int) -> Iterator[Found | Failure]:
    if node.opener == "[" and depth:
        for child in node.children():
            yield from _in_json(source, child, depth - 1)
        return
    if node.opener != "{" or not depth:
        node.finish()
        if not node.damaged:
            yield _odd(source, node)
        return
    fields = node.fields()
    if "items" in fields and fields["items"].opener == "[":
        for child in fields["items"].children():
            yield from _in_json(source, child, depth - 1)
    elif "object" in fields and "type" in fields and "involvedObject" not in fields:
        yield from _in_json(source, fields["object"], depth - 1)
    elif isinstance(value := node.value(), dict):
        yield Found(value, node)


def _odd(source: Source, place: Place) -> Failure:
    return Failure(source.name, "an object was expected here.", "Leave it out or export it again.", place.locator())


def _in_yaml(source: Source, text: str) -> Iterator[Found | Failure]:
    starts = [0, *(match.end() for match in _DOCUMENT.finditer(text)), len(text) + 1]
    number = 0
    for start, end in pairwise(starts):
        part = _DOCUMENT.sub("", text[start:end])
        if not re.search(r"^[^#\s]", part, re.MULTILINE):
            continue
        for item in _document(source, part, text.count("\n", 0, start)):
            if isinstance(item, Failure):
                yield item
                continue
            yield from _unpacked(source, YamlPlace(item, f"/{number}", text.count("\n", 0, start), part), 3)
        number += 1


def _document(source: Source, part: str, first_line: int) -> Iterator[Any]:
    """The node of one YAML document; of a broken one what stands before the item that is broken."""
    try:
        if (node := yaml.compose(part, Loader=_LOADER)) is not None:
            yield node
        return
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line + 1 if mark else 1)
        reason = str(getattr(error, "problem", "") or "it cannot be read")
        step = "Correct this place or export it again; what stands before it was read."
        yield Failure(source.name, f"the YAML is broken here ({reason[:120]}).", step, Locator(line=line))
    before = [match.start() for match in _ITEM.finditer(part) if part.count("\n", 0, match.start()) < line - first_line]
    for start in reversed(before[-2:]):
        try:
            node = yaml.compose(part[:start], Loader=_LOADER)
        except (yaml.YAMLError, RecursionError, ValueError):
            continue
        if node is not None:
            yield node
        return


def _unpacked(source: Source, place: YamlPlace, depth: int) -> Iterator[Found | Failure]:
    node = place.node
    items = _below(node, "items") if isinstance(node, yaml.MappingNode) else node
    if isinstance(items, yaml.SequenceNode) and depth:
        pointer = place.pointer if items is node else f"{place.pointer}/items"
        for number, item in enumerate(items.value):
            below = YamlPlace(item, f"{pointer}/{number}", place.first_line, place.text)
            yield from _unpacked(source, below, depth - 1)
    elif isinstance(value := _plain(node, {}, _DEEPEST), dict):
        yield Found(value, place)
    else:
        yield _odd(source, place)


def _plain(node: Any, known: dict[int, Any], depth: int) -> Any:
    """A node as texts, lists and maps; what an alias names is built once."""
    if id(node) in known:
        return known[id(node)]
    built: Any = ""
    if isinstance(node, yaml.ScalarNode):
        built = None if node.value in ("null", "~", "") and not node.style else node.value
    elif depth and isinstance(node, yaml.MappingNode):
        built = known[id(node)] = {}
        built.update((str(name.value), _plain(value, known, depth - 1)) for name, value in node.value)
    elif depth and isinstance(node, yaml.SequenceNode):
        built = [_plain(item, known, depth - 1) for item in node.value]
    known[id(node)] = built
    return built

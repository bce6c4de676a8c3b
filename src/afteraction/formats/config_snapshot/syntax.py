"""Turns the text of a configuration file into trees of dicts, lists and scalars, scalars as they are written.

Knows JSON, YAML, TOML, INI, properties and .env. Refuses to build objects, to follow references out of the file, and
YAML whose aliases unfold to more than they are worth. What is wrong is named with its line, never with its content.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from afteraction.formats.config_snapshot.block_yaml import read_block

# Builds nothing but texts, lists and dicts; no tag makes it build anything else.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MOST_NODES = 200_000
DEEPEST_YAML = 100
_ENV = re.compile(r"^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(.*?)\s*$")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.S)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


class Unparsable(Exception):
    """Why a text is not what its name says; `line` is 1-based, None when unknown."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


@dataclass(frozen=True, slots=True)
class Tree:
    """One document of a file and the line it begins on (None: the file is this one document)."""

    value: object
    line: int | None = None


def syntax_of(name: str) -> str:
    """json, yaml, toml, ini, properties or env by a file's name; empty when the name says nothing."""
    file = re.split(r"[/!\\]", name)[-1].lower()
    if file == ".env" or file.startswith(".env.") or file.endswith(".env"):
        return "env"
    for syntax, endings in _ENDINGS.items():
        if file.endswith(endings):
            return syntax
    return ""


_ENDINGS = {
    "json": (".json",),
    "yaml": (".yaml", ".yml"),
    "toml": (".toml",),
    "ini": (".ini", ".cfg", ".conf", ".cnf"),
    "properties": (".properties",),
}


def parse(text: str, syntax: str) -> list[Tree]:
    """The documents of a text; more than one only in YAML. Raises Unparsable."""
    try:
        if syntax == "yaml":
            plain = read_block(text)
            return list(_yaml(text)) if plain is None else [Tree(plain)]
        return [Tree(_PARSERS[syntax](text))]
    except RecursionError:
        raise Unparsable("the settings are nested too deep to be read") from None


def _json(text: str) -> object:
    try:
        return json.loads(text, parse_float=str, parse_int=str, strict=False)
    except json.JSONDecodeError as error:
        raise Unparsable(f"the JSON is broken here ({error.msg})", error.lineno) from None


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        reason = re.sub(r"[\"'].*[\"']|\(at .*\)", "", str(error)).strip()
        raise Unparsable(f"the TOML is broken here ({reason})", int(found[1]) if found else None) from None
    except ValueError:
        raise Unparsable("the TOML holds a number or a date that does not exist") from None


def _ini(text: str) -> object:
    """Sections of `key = value` or `key: value`; an indented line continues the value above it, a key may stand
    without a value. Keys before the first section stand at the top."""
    tree: dict[str, object] = {}
    section: dict[str, object] = tree
    key = ""
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped[0] in "#;":
            continue
        if key and line[0].isspace() and section.get(key):
            section[key] = f"{section[key]}\n{stripped}"
        elif stripped[0] == "[":
            if not stripped.endswith("]"):
                raise Unparsable("a section is not closed", number)
            title = stripped[1:-1].strip()
            # A key of the same name stands at the top already; neither may hide the other.
            key, section = "", _section(tree, title if isinstance(tree.get(title, {}), dict) else f"[{title}]")
        else:
            name, sign, value = re.match(r"([^=:]*)([=:]?)(.*)", stripped).groups()  # type: ignore[union-attr]
            key = name.strip()
            section[key] = value.strip() if sign else None
    return tree


def _section(tree: dict[str, object], title: str) -> dict[str, object]:
    held = tree.setdefault(title, {})
    assert isinstance(held, dict)
    return held


def _env(text: str) -> object:
    tree: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _ENV.match(line)
        if not match:
            raise Unparsable("this is not NAME=value", number)
        value = match[2]
        quoted = value[:1] in "\"'" and value[-1:] == value[:1] and len(value) > 1
        tree[match[1]] = value[1:-1] if quoted else re.sub(r"\s+#.*$", "", value)
    return tree


def _properties(text: str) -> object:
    """Java's format: `=`, `:` or a blank behind the key, a backslash continues the line and escapes."""
    tree: dict[str, str] = {}
    joined = re.sub(r"(?<!\\)((?:\\\\)*)\\\n[ \t]*", r"\1", text)
    for line in joined.splitlines():
        stripped = line.lstrip()
        if not stripped or stripped[0] in "#!":
            continue
        parts = re.match(r"((?:\\.|[^\\=:\s])*)\s*[=:]?\s*(.*)", stripped)
        if parts:
            tree[_unescaped(parts[1])] = _unescaped(parts[2])
    return tree


def _unescaped(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        mark = found[1]
        return chr(int(mark[1:], 16)) if len(mark) == 5 else _ESCAPED.get(mark, mark)

    return _ESCAPE.sub(plain, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _yaml(text: str) -> Iterator[Tree]:
    try:
        found = list(_documents(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unparsable(f"the YAML is broken here ({_kind_of(error)})", mark.line + 1 if mark else None) from None
    except yaml.YAMLError:
        raise Unparsable("the file holds characters that YAML does not allow") from None
    except ValueError:
        raise Unparsable("the YAML holds a key or a value that cannot be read") from None
    for value, line in found:
        yield Tree(value, line if len(found) > 1 else None)


def _kind_of(error: yaml.MarkedYAMLError) -> str:
    """The problem without quoted content: what was found could be a secret."""
    return re.sub(r"\s*(?:but )?(?:got|found|'[^']*'|\"[^\"]*\").*$", "", error.problem or "") or "it cannot be parsed"


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being built: `key` waits for its value, `weight` counts its nodes with aliases
    unfolded."""

    value: dict[object, object] | list[object]
    anchor: str | None
    mark: Any
    weight: int = 1
    key: object = None
    waits: bool = False


def _documents(text: str) -> Iterator[tuple[object, int]]:
    """Each document and its first line, built from the stream of events as texts, lists and mappings. Raises
    Unparsable when its nodes, aliases unfolded, are too many or too deep, before they are."""
    anchors: dict[str, tuple[object, int]] = {}
    stack: list[_Open] = []
    first, value = 1, None
    event: Any
    for event in yaml.parse(text, Loader=LOADER):
        kind, mark = type(event), event.start_mark
        if kind is yaml.ScalarEvent:
            value, weight = event.value, 1
            if event.anchor:
                _name(anchors, event, (value, 1))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if len(stack) >= DEEPEST_YAML - 1:
                raise Unparsable(f"the YAML is nested more than {DEEPEST_YAML} levels deep", _line(event))
            if event.anchor:
                # Until it is closed, an alias to it is one to itself.
                _name(anchors, event, (None, MOST_NODES))
            stack.append(_Open({} if kind is yaml.MappingStartEvent else [], event.anchor, event.start_mark))
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            closed = stack.pop()
            value, weight, mark = closed.value, closed.weight, closed.mark
            if closed.anchor:
                anchors[closed.anchor] = (value, weight)
        elif kind is yaml.AliasEvent:
            if event.anchor not in anchors:
                raise yaml.MarkedYAMLError(None, None, "found undefined alias", mark)
            value, weight = anchors[event.anchor]
        elif kind is yaml.DocumentStartEvent:
            anchors, stack, value, first = {}, [], None, _line(event)
            continue
        elif kind is yaml.DocumentEndEvent:
            yield value, first
            continue
        else:
            continue
        if stack:
            _put(stack[-1], value, weight, mark)


def _name(anchors: dict[str, tuple[object, int]], event: Any, what: tuple[object, int]) -> None:
    if event.anchor in anchors:
        raise yaml.MarkedYAMLError("found duplicate anchor", None, "second occurrence", event.start_mark)
    anchors[str(event.anchor)] = what


def _put(into: _Open, value: object, weight: int, mark: Any) -> None:
    into.weight += weight
    if into.weight >= MOST_NODES:
        raise Unparsable("aliases refer to themselves or unfold to too much", mark.line + 1 if mark else None)
    held = into.value
    if isinstance(held, list):
        held.append(value)
    elif into.waits:
        held[into.key] = value
        into.waits = False
    elif isinstance(value, dict | list):
        raise yaml.MarkedYAMLError("while constructing a mapping", mark, "found unhashable key", mark)
    else:
        into.key, into.waits = value, True


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


_PARSERS = {"json": _json, "toml": _toml, "ini": _ini, "env": _env, "properties": _properties}

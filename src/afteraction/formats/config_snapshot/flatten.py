"""Nested settings as dotted keys.

Knows how to write the place of a value so that the same setting has the same key in the next snapshot: items of a
list go by their `name` where every one has one, else by their number. Refuses to grow: aliases that unfold without
end and trees too deep stop at a bound, and say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from afteraction.formats.config_snapshot.redaction import MASK, is_secret_flag, redacted

MOST_KEYS = 20_000
DEEPEST = 64
LONGEST_VALUE = 2_000


@dataclass(slots=True)
class Flat:
    """Settings by dotted key, secrets masked. `cut` says what was left out, empty when nothing was."""

    settings: dict[str, str] = field(default_factory=dict)
    cut: str = ""


def flatten(tree: object) -> Flat:
    """All leaves of a tree of dicts, lists and scalars; empty containers are leaves too."""
    flat = Flat()
    for path, value in _leaves(tree, (), flat):
        if len(flat.settings) >= MOST_KEYS:
            flat.cut = f"there are more than {MOST_KEYS} settings"
            break
        shown = redacted(path, value)
        key = dotted(path)
        while key in flat.settings:
            key += "'"
        flat.settings[key] = shown if len(shown) <= LONGEST_VALUE else shown[:LONGEST_VALUE] + "…"
    return flat


def dotted(path: tuple[str, ...]) -> str:
    """`("spec", "containers", "[api]", "image")` as `spec.containers[api].image`."""
    return "".join(part if part.startswith("[") else f".{part}" for part in path).lstrip(".")


def _leaves(tree: object, path: tuple[str, ...], flat: Flat) -> Iterator[tuple[tuple[str, ...], str]]:
    if len(path) >= DEEPEST:
        flat.cut = f"something is nested more than {DEEPEST} levels deep"
        return
    if isinstance(tree, dict) and tree:
        for key, value in _merged(tree).items():
            yield from _leaves(value, (*path, str(key)), flat)
    elif isinstance(tree, list) and tree:
        before: object = None
        for name, value in zip(_item_names(tree), tree, strict=True):
            # ["--password", "hunter2"]: an argument list writes the name and its value as two items.
            hidden = is_secret_flag(before) and isinstance(value, str) and not value.startswith("-")
            yield from _leaves(MASK if hidden else value, (*path, name), flat)
            before = value
    else:
        yield path, _text(tree)


def _merged(tree: dict[object, object]) -> dict[object, object]:
    """YAML's merge key `<<` unfolded: what the mapping says itself wins."""
    if "<<" not in tree:
        return tree
    inherited: dict[object, object] = {}
    merged = tree["<<"]
    for source in reversed(merged if isinstance(merged, list) else [merged]):
        if isinstance(source, dict):
            inherited.update(_merged(source))
    return {**inherited, **{key: value for key, value in tree.items() if key != "<<"}}


def _item_names(items: list[object]) -> list[str]:
    names = [str(item["name"]) for item in items if isinstance(item, dict) and isinstance(item.get("name"), str)]
    if len(names) == len(items) == len(set(names)):
        return [f"[{name}]" for name in names]
    return [f"[{number}]" for number in range(len(items))]


def _text(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if not isinstance(value, dict | list) else "{}" if isinstance(value, dict) else "[]"

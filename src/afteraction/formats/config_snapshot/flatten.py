"""Nested settings as dotted keys.

Knows how to write the place of a value so that the same setting has the same key in the next snapshot: items of a
list go by their `name` where every one has one, else by their number. Refuses to grow: aliases that unfold without
end and trees too deep stop at a bound, and say so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from afteraction.formats.config_snapshot.redaction import MASK, NOWHERE, Place, is_secret_flag, redacted_at

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
    _spread(tree, "", NOWHERE, 0, flat)
    return flat


def _spread(tree: object, prefix: str, place: Place, depth: int, flat: Flat) -> bool:
    """Takes the leaves below `prefix`, the dotted key so far; False as soon as there are too many."""
    if depth >= DEEPEST:
        flat.cut = f"something is nested more than {DEEPEST} levels deep"
    elif isinstance(tree, dict) and tree:
        for key, value in _merged(tree).items():
            name = key if type(key) is str else str(key)
            whole = prefix + name if name[:1] == "[" else f"{prefix}.{name}"
            if type(value) is str and depth < DEEPEST - 1:
                if not _take(whole, redacted_at(place, name, value), flat):
                    return False
            elif not _spread(value, whole, place.below(name), depth + 1, flat):
                return False
    elif isinstance(tree, list) and tree:
        before: object = None
        for name, value in zip(_item_names(tree), tree, strict=True):
            # ["--password", "hunter2"]: an argument list writes the name and its value as two items.
            hidden = is_secret_flag(before) and isinstance(value, str) and not value.startswith("-")
            if not _spread(MASK if hidden else value, prefix + name, place.below(name), depth + 1, flat):
                return False
            before = value
    else:
        return _take(prefix, redacted_at(place, "", _text(tree)), flat)
    return True


def _take(whole: str, shown: str, flat: Flat) -> bool:
    """One setting; False when there are too many already."""
    settings = flat.settings
    if len(settings) >= MOST_KEYS:
        flat.cut = f"there are more than {MOST_KEYS} settings"
        return False
    key = whole.lstrip(".")
    while key in settings:
        key += "'"
    settings[key] = shown if len(shown) <= LONGEST_VALUE else shown[:LONGEST_VALUE] + "…"
    return True


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

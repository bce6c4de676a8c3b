"""What differs between two states of a resource, as short text without secrets.

Knows what Terraform marks as sensitive or as known only later. Refuses to print a sensitive value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from afteraction.core.secrets import HIDDEN, without_secrets

MOST = 40
_LONGEST = 120


def differences(change: Mapping[str, Any]) -> tuple[str, ...]:
    """`name: before -> after` for each attribute that a resource change touches, at most MOST, then how many more."""
    before, after = (value if isinstance(value := change.get(key), dict) else {} for key in ("before", "after"))
    found = list(_compared(before, after, change))
    more = [f"and {len(found) - MOST} more"] if len(found) > MOST else []
    return (*found[:MOST], *more)


def _compared(before: Mapping[str, Any], after: Mapping[str, Any], change: Mapping[str, Any]) -> Iterator[str]:
    later, hidden = change.get("after_unknown"), (change.get("before_sensitive"), change.get("after_sensitive"))
    names = dict.fromkeys((*before, *after, *(later if isinstance(later, dict) else ())))
    for name in names:
        unknown = isinstance(later, dict) and bool(later.get(name))
        if before.get(name) == after.get(name) and not unknown:
            continue
        if any(mark is True or (isinstance(mark, dict) and mark.get(name)) for mark in hidden):
            yield f"{name}: {HIDDEN} -> {HIDDEN}"
            continue
        then = "(known after apply)" if unknown else _shown(name, after.get(name))
        yield f"{name}: {_shown(name, before.get(name))} -> {then}"


def _shown(name: str, value: object) -> str:
    try:
        text = orjson.dumps(value).decode()
    except TypeError:
        text = str(value)
    assigned = without_secrets(f"{name}={text}")
    return assigned[len(name) + 1 :][:_LONGEST]

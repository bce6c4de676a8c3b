"""The table of every address and what it takes, and the addresses that the URLconf really has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).with_name("routes.txt")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    """One method of one address: what it takes, the scope a token needs, and what is sent."""

    method: str
    pattern: str
    needs: str
    scope: str
    sent: str

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")

    @property
    def takes_json(self) -> bool:
        """Whether scripts send JSON there: the API, and a review whose parts are saved."""
        return self.is_api or self.pattern.endswith(
            ("/review/save", "/review/here", "/review/move", "/review/look", "/gates/candidates")
        )

    def path(self, world: dict[str, Any]) -> str:
        """The address with the names of the small world filled in."""
        query = self.sent if self.sent.startswith("?") else ""
        text = re.sub(
            r"<(?:\w+:)?(\w+)>", lambda found: str(self._value(world, found.group(1))), self._without_groups()
        )
        return "/" + text.lstrip("^").replace("/^", "/").rstrip("$").replace("\\.", ".") + query

    def _without_groups(self) -> str:
        # Only our own patterns pass here; their groups hold no brackets of their own.
        return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", self.pattern)

    def _value(self, world: dict[str, Any], name: str) -> Any:
        """Which pk or form is meant depends on the address that it stands in."""
        for start, value in world["by_address"].get(name, {}).items():
            if start in self.pattern:
                return value
        assert name in world, f"say in world.py what {name} of {self.pattern} is"
        return world[name]

    def data(self, world: dict[str, Any]) -> dict[str, Any] | None:
        """What is sent, with names of the small world filled in."""
        if not self.sent.startswith("{"):
            return None
        filled = re.sub(r"\{(\w+)\}", lambda found: str(world[found.group(1)]), self.sent)
        return dict(json.loads(filled))


def listed() -> list[Route]:
    """The table, read."""
    found = []
    for line in TABLE.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        match = re.fullmatch(r"(\w+) +(\S*) +([-\w]+)(?:/(\w+))?(?: +([{?].*))? *", line)
        assert match, f"this line of the table cannot be read: {line}"
        method, pattern, needs, scope, sent = match.groups()
        found.append(Route(method, pattern, needs, scope or "", sent or ""))
    return found


def patterns() -> set[str]:
    """Every pattern of the URLconf."""
    return {pattern for pattern, _ in _walk(get_resolver())}


def _walk(resolver: URLResolver, start: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _walk(each, start + str(each.pattern))
        else:
            yield start + str(each.pattern), each

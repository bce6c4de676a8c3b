"""A record with its place: what builders need to read its times and to cite its fields.

Knows the record's node in the original. Refuses to know what the record means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from afteraction.core.evidence import EvidenceRef, Failure
from afteraction.core.field_times import read_field_time
from afteraction.core.instant import Instant
from afteraction.core.json_text import Node
from afteraction.core.reading import Source
from afteraction.formats.generic_json.fields import Fields

_ENDINGS = (("nano", "ns"), ("_ns", "ns"), ("_us", "us"), ("micros", "us"), ("_ms", "ms"), ("millis", "ms"))


@dataclass
class Placed:
    """One record where it stands. `around` holds scalars of the value that contains it; `list_name` the key of its
    list."""

    source: Source
    node: Node
    fields: Fields
    list_name: str = ""
    around: dict[str, str] = field(default_factory=dict)

    def time(self, role: str) -> Instant | Failure:
        """The instant of a role; a Failure when it is missing or unreadable."""
        path, value = self.fields.find(role)
        names = self.fields.meaning.roles[role]
        shown = ".".join(path) or names[0]
        return read_field_time(self.source, value, shown, self.node.locator(*path), unit=unit_of(path))

    def later(self, role: str, start: Instant) -> Instant | Failure | None:
        """The instant of a role that ends something begun at `start`; None when it is missing or the same field, a
        Failure when it lies before the beginning."""
        path, value = self.fields.find(role)
        if not path or path == self.fields.find("time")[0] or isinstance(value, list | dict):
            return None
        end = self.time(role)
        if isinstance(end, Instant) and end.utc < start.utc:
            reason = f'"{".".join(path)}" lies before the beginning; it was left out.'
            return Failure(self.source.name, reason, "Check both times.", self.node.locator(*path), lost=0)
        return end

    def cite(self, role: str) -> EvidenceRef:
        """A citation of a role's field."""
        return self.node.cite(self.source.evidence_id, *self.fields.find(role)[0])


@lru_cache(maxsize=512)
def unit_of(path: tuple[str, ...]) -> str:
    """The unit of a count since 1970 that a field's name states; empty when it states none."""
    name = path[-1].lower() if path else ""
    return next((unit for ending, unit in _ENDINGS if name.endswith(ending)), "")

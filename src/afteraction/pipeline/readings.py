"""What was read of each original, kept between runs.

Knows what a reading depends on: the bytes, the name, what people declared, the reader they chose, the files beside it
and this program. Refuses to read again while none of that has changed, and to read anything itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from afteraction.core.analysis import FileReport
from afteraction.core.evidence import Evidence, EvidenceKind, Failure, Locator
from afteraction.core.reading import Source
from afteraction.stores.evidence import EvidenceStore

Json = dict[str, Any]
ReadOne = Callable[[Evidence, Source, EvidenceStore, Mapping[str, str]], FileReport]
_WHAT = "reading"


class KeptReadings:
    """Readings of one case, each in a part of its own. `parts` names those that this run rests on, `looked_at` also
    those that it made on the way."""

    def __init__(self, store: EvidenceStore, program: str) -> None:
        self.store, self.program = store, program
        self.parts: list[str] = []
        self.looked_at: set[str] = set()

    def read(self, item: Evidence, source: Source, chosen: Mapping[str, str], read_one: ReadOne) -> FileReport:
        """The report on one original, made now or when it was last read with exactly the same things."""
        key = self._key(item, source, chosen)
        part = self.store.part(key)
        known = part.note(item.id, _WHAT)
        if known is not None and _same_neighbours(source, known["asked"]) and part.holds(known["report"]["rows"]):
            report = _unpacked(known["report"], item)
        else:
            asked: dict[str, str | None] = {}
            report = read_one(item, replace(source, nearby=_watched(source, asked)), part, chosen)
            part.keep_note(item.id, _WHAT, {"asked": asked, "report": _packed(report)})
        self.looked_at.add(key)
        self.parts = [*(each for each in self.parts if not each.startswith(item.id[:32])), key]
        return report

    def everything(self) -> EvidenceStore:
        """The store, asked about what this run has read."""
        return self.store.joined(self.parts)

    def _key(self, item: Evidence, source: Source, chosen: Mapping[str, str]) -> str:
        how = [self.program, item.name, repr(source.options), sorted(chosen.items())]
        return f"{item.id[:32]}-{hashlib.sha256(repr(how).encode('utf-8', 'backslashreplace')).hexdigest()[:16]}"


def _watched(source: Source, asked: dict[str, str | None]) -> Callable[[str], Source | None]:
    def nearby(relative: str) -> Source | None:
        found = source.nearby(relative)
        asked[relative] = found.evidence_id if found else None
        return found

    return nearby


def _same_neighbours(source: Source, asked: Mapping[str, str | None]) -> bool:
    for relative, then in asked.items():
        found = source.nearby(relative)
        if (found.evidence_id if found else None) != then:
            return False
    return True


def _packed(report: FileReport) -> Json:
    packed = asdict(report)
    packed["kind"] = packed.pop("evidence")["kind"]
    return packed


def _unpacked(packed: Json, item: Evidence) -> FileReport:
    kind = packed["kind"]
    failures = tuple(Failure(**{**one, "locator": Locator(**one["locator"])}) for one in packed["failures"])
    told = {name: value for name, value in packed.items() if name not in ("kind", "failures", "assumptions")}
    return FileReport(
        evidence=replace(item, kind=EvidenceKind(kind) if kind else item.kind),
        failures=failures,
        assumptions=tuple(packed["assumptions"]),
        **told,
    )

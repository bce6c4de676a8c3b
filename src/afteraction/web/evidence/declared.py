"""What people declared about an incident's evidence, as a run takes it.

Knows that the newest declaration of a subject holds unless it was withdrawn. Refuses to declare anything by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from afteraction.web.evidence.models import About, Declaration
from afteraction.web.incidents.models import Incident

if TYPE_CHECKING:
    from afteraction.pipeline.analyze import Declared

Json = dict[str, Any]
# Stands for every original of the incident.
EVERY = "*"


@dataclass(frozen=True)
class Said:
    """Everything that holds: by the hash of an original, by clock, and for all originals. `clocks` are seconds."""

    zone: str = ""
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    clocks: Mapping[str, float] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def of_files(self, collected: Mapping[str, datetime]) -> dict[str, Declared]:
        """What a run is told of each original, by its hash; `collected` says when each was taken in."""
        from afteraction.pipeline.analyze import Declared

        told: dict[str, Declared] = {}
        for sha256 in {**self.files, **collected}:
            said = self.files.get(sha256, {})
            moment = said.get(About.CAPTURED_AT) or {}
            told[sha256] = Declared(
                zone=said.get(About.ZONE, ""),
                year=said.get(About.YEAR),
                reader=said.get(About.READER, ""),
                mapping=said.get(About.MAPPING, {}),
                captured_at=moment.get("at", ""),
                captured_precision=moment.get("precision", "min"),
                place=said.get(About.PLACE, ""),
                collected_at=collected[sha256].isoformat() if sha256 in collected else "",
            )
        return told


def holding(incident: Incident) -> list[Declaration]:
    """Every declaration that holds, oldest first."""
    rows = Declaration.objects.filter(incident=incident, withdrawn_at=None).select_related("file", "person")
    newest: dict[tuple[str, int | None, str], Declaration] = {}
    for row in rows.order_by("id"):
        newest[(row.about, row.file_id, row.thing)] = row
    return sorted(newest.values(), key=lambda row: row.pk)


def said_of(incident: Incident) -> Said:
    """What holds for an incident's evidence now."""
    zone, files, clocks, left_out = "", dict[str, Json](), dict[str, float](), list[str]()
    for row in holding(incident):
        if row.about == About.ZONE and row.thing == EVERY:
            zone = str(row.value)
        elif row.about == About.CLOCK and row.value is not None:
            clocks[row.thing] = float(row.value)
        elif row.file is not None and row.about == About.LEFT_OUT:
            left_out.append(row.file.sha256)
        elif row.file is not None:
            files.setdefault(row.file.sha256, {})[row.about] = row.value
    return Said(zone, files, clocks, tuple(left_out))

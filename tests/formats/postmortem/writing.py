"""Builds written postmortems in memory and reads them."""

from __future__ import annotations

import io

from afteraction.core.evidence import Failure
from afteraction.core.reading import HEAD_BYTES, ReadOptions, Source
from afteraction.core.records import Document, Event
from afteraction.formats.postmortem.reader import READER


def source(text: str | bytes, name: str = "report.md", **options: object) -> Source:
    """A source whose original is this text, as UTF-8 unless it is bytes already."""
    data = text.encode() if isinstance(text, str) else text
    return Source(
        "e1",
        name,
        len(data),
        data[:HEAD_BYTES],
        lambda: io.BytesIO(data),
        options=ReadOptions(**options),  # type: ignore[arg-type]
    )


class Reading:
    """What the reader gives for one text, sorted by kind."""

    def __init__(self, text: str | bytes, name: str = "report.md", **options: object) -> None:
        records = list(READER.read(source(text, name, **options)))
        self.document = next(record for record in records if isinstance(record, Document))
        self.events = [record for record in records if isinstance(record, Event)]
        self.failures = [record for record in records if isinstance(record, Failure)]

    def times(self) -> list[str]:
        """UTC times of the events, to the minute, in their order."""
        return [event.instant.utc.strftime("%Y-%m-%d %H:%M") for event in self.events]

    def titles(self) -> list[str]:
        """What the events are called."""
        return [event.title for event in self.events]

    def milestones(self) -> list[tuple[str, str]]:
        """(milestone, UTC time) of every event that states one."""
        return [
            (event.attributes["milestone"], time)
            for event, time in zip(self.events, self.times(), strict=True)
            if "milestone" in event.attributes
        ]

    def stated(self) -> dict[str, str]:
        """The first stated figure of each name."""
        found: dict[str, str] = {}
        for name, value, _ in self.document.stated:
            found.setdefault(name, value)
        return found

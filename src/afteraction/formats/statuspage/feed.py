"""Reads the Atom and RSS feeds of a status page: one entry per incident, its updates inside as HTML.

Knows how Statuspage writes updates into an entry, and that their times state no year. Refuses feeds that are no
status page's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceRef, Failure, Locator
from afteraction.core.field_times import read_field_time
from afteraction.core.findings import Milestone
from afteraction.core.flags import Flag
from afteraction.core.html_text import plain_text
from afteraction.core.instant import Instant, Precision
from afteraction.core.reading import Source
from afteraction.core.records import Event, EventKind, Lane, Record
from afteraction.core.timestamps import read_timestamp
from afteraction.core.xml_text import LONGEST_VALUE, Closed, Element, Opened, root_of, walk
from afteraction.formats.statuspage.promises import promised_update

ENTRIES = frozenset({"entry", "item"})
_ROOTS = ("feed", "rss", "RDF")
_MARKS = re.compile(
    r"data-var=|/incidents/|statuspage|status[ -]?page|incident history|\bstatus\b[^<]{0,40}</title>", re.I
)
_TIMES = ("published", "pubDate", "date", "updated")
_BODIES = ("content", "description", "summary", "encoded")
_UPDATE = re.compile(
    r"<small>(?P<time>.*?)</small>\s*(?:<br\s*/?>)?\s*<strong>(?P<status>.*?)</strong>\s*(?:-|–|&ndash;)?\s*"
    r"(?P<body>.*?)(?=<p>\s*<small>|<small>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_PLANNED = re.compile(r"<strong>[^<]*SCHEDULED EVENT(?P<when>.*?)</strong>", re.DOTALL)
_WRITTEN = re.compile(
    r"^(?P<month>[A-Z][a-z]{2})[a-z]*\.?\s+(?P<day>\d{1,2}),?\s*(?P<year>\d{4})?\s*[-,]?\s*"
    r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)\s*(?P<zone>[A-Za-z][A-Za-z0-9+:\-]*)?$"
)


def sniff_feed(source: Source) -> float:
    """0.95 for a feed with the marks of a status page, 0 for others."""
    root = root_of(source)
    return 0.95 if root is not None and root.name in _ROOTS and _MARKS.search(source.head_text()) else 0.0


def read_feed(source: Source) -> Iterator[Record | Failure]:
    """Every update of every entry; an entry without updates in Statuspage's form is one update itself."""
    entries, page = 0, ""
    for item in walk(source, ENTRIES | {"title"}):
        if isinstance(item, Failure):
            yield item
        elif isinstance(item, Opened | Closed):
            continue
        elif item.name == "title":
            page = page or plain_text(item.text)
        elif item.name in ENTRIES:
            entries += 1
            yield from _Entry(source, item, page).read()
    if not entries:
        yield Failure(source.name, "the feed has no entries.", "Download it again.", lost=0)


@dataclass(frozen=True)
class _Entry:
    """One entry of a feed."""

    source: Source
    element: Element
    page: str

    def read(self) -> Iterator[Record | Failure]:
        stated = self._posted()
        if isinstance(stated, Failure):
            yield stated
            return
        held = self._held(*_BODIES)
        markup = held.text if held else ""
        if len(markup) >= LONGEST_VALUE:
            reason = f"the entry is longer than {LONGEST_VALUE} characters; what lies behind that was not read."
            yield Failure(self.source.name, reason, "Export incidents.json.", self.element.locator(), lost=0)
        updates = list(_UPDATE.finditer(markup))
        for number, update in enumerate(updates):
            place = Locator(line=self.element.line, pointer=f"{self.element.pointer}/update/{number}")
            at = _written_at(self.source, plain_text(update["time"]), stated.utc, place)
            if isinstance(at, Failure):
                yield at
            else:
                status = plain_text(update["status"]).lower().replace(" ", "_")
                yield self._event(at, status, plain_text(update["body"]), place, planned=_planned(markup))
        if not updates:
            yield self._event(stated, "", plain_text(markup), self.element.locator())

    def _held(self, *names: str) -> Element | None:
        found = (next((child for child in self.element.children if child.name == name), None) for name in names)
        return next((child for child in found if child is not None), None)

    def _posted(self) -> Instant | Failure:
        """The entry's own time: Atom's `published`, else what there is."""
        held = self._held(*_TIMES)
        text = held.text.strip() if held else None
        place = (held or self.element).locator()
        return read_field_time(self.source, text, held.name if held else "published", place)

    def _event(self, at: Instant, status: str, body: str, place: Locator, planned: str = "") -> Event:
        title = plain_text(held.text) if (held := self._held("title")) else "an incident"
        link = self._held("link")
        url = (link.attributes.get("href") or link.text.strip()) if link else ""
        number = url.rstrip("/").rpartition("/")[2] if "/incidents/" in url else ""
        promise = promised_update(body, at.utc, self.source.options.zone)
        stated = {
            "audience": "public", "incident": title, "status": status, "url": url, "number": number,
            "page": self.page, "scheduled": planned,
            "promised_update": promise.isoformat() if promise else "",
            "milestone": Milestone.RESOLVED.value if status == "resolved" else "",
        }  # fmt: skip
        return Event(
            instant=at,
            title=": ".join(filter(None, (status.replace("_", " ").capitalize(), title))),
            body=body,
            kind=EventKind.COMMUNICATION,
            lane=Lane.STATUS,
            fingerprint=f"statuspage:{number or title}:{status}:{at.utc.isoformat()}",
            evidence=EvidenceRef(self.source.evidence_id, place, body[:300]),
            attributes={key: text for key, text in stated.items() if text},
        )


def _planned(markup: str) -> str:
    found = _PLANNED.search(markup)
    return plain_text(found["when"]) if found else ""


def _written_at(source: Source, text: str, posted: datetime, place: Locator) -> Instant | Failure:
    """The time of an update ("Jul 7, 16:17 UTC"): its year is the one that puts it nearest to the entry's own time."""
    found = _WRITTEN.match(text)
    if found is None:
        step = "Export incidents.json, which states times in full."
        return Failure(source.name, f'the time of an update, "{text[:60]}", cannot be read.', step, place)
    years = [int(found["year"])] if found["year"] else [posted.year - 1, posted.year, posted.year + 1]
    zone = found["zone"] or source.options.zone
    clock = found["clock"] if found["clock"].count(":") == 2 else f"{found['clock']}:00"
    readings, problem = [], ""
    for year in years:
        written = f"{found['day']:0>2} {found['month']} {year} {clock}"
        try:
            reading = datetime.strptime(written, "%d %b %Y %H:%M:%S")  # noqa: DTZ007
            readings.append(read_timestamp(reading.isoformat(), zone=zone))
        except (UnreadableTime, ValueError) as error:
            problem = str(error)
    if not readings:
        return Failure(source.name, f'"{text[:60]}": {problem}', "Say which zone with --zone, or correct it.", place)
    nearest = min(readings, key=lambda one: abs(one.utc - posted))
    flags = tuple(flag for flag in nearest.flags if flag != Flag.ZONE_ASSUMED or not found["zone"])
    return replace(
        nearest,
        original_text=text,
        tz_known=bool(found["zone"]),
        source_tz=zone or "",
        precision=Precision.SECOND if found["clock"].count(":") == 2 else Precision.MINUTE,
        flags=flags if found["year"] else (*flags, Flag.YEAR_INFERRED),
    )

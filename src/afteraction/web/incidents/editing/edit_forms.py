"""The forms of edits that take words, as plain values: correcting, noting, hiding with a reason, picking an
account, taking apart.

Knows what each form shows at first and which revision it is based on. Refuses to write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from afteraction.core.findings import MILESTONE_TITLES, Milestone
from afteraction.core.instant import Precision
from afteraction.core.records import EventKind
from afteraction.web.incidents import queries
from afteraction.web.incidents.milestones import milestone_rows
from afteraction.web.incidents.models import Incident, StoredAnalysis
from afteraction.web.incidents.standing import Standing, pins_of, standings
from afteraction.web.ui.preferences import Clock, moment

Json = dict[str, Any]
PRECISIONS = (
    (Precision.SECOND, "to the second"), (Precision.MINUTE, "to the minute"), (Precision.HOUR, "to the hour"),
    (Precision.DAY, "date only"), (Precision.APPROXIMATE, "about then"),
)  # fmt: skip
MOST_SOURCES = 200


@dataclass(frozen=True)
class Account:
    """One account of a milestone that can be picked: an event, or the moment that is given."""

    value: str
    instant: Json
    title: str
    source: str
    is_first: bool = False


@dataclass(frozen=True)
class Typed:
    """A time as it stands in the fields of a form, so that an unchanged one is left alone."""

    time: str
    zone: str
    precision: str


@dataclass(frozen=True)
class EditForm:
    """One form. `based_on` is `event=revision` for each event, or for the milestone."""

    name: str
    event: Json | None = None
    title: str = ""
    kind: str = ""
    typed: Typed = field(default_factory=lambda: Typed("", "UTC", ""))
    based_on: Sequence[str] = ()
    kinds: Sequence[str] = tuple(EventKind)
    precisions: Sequence[tuple[str, str]] = PRECISIONS
    zones: Sequence[str] = ()
    milestones: Sequence[tuple[str, str]] = ()
    milestone: str = ""
    accounts: Sequence[Account] = ()
    why: str = ""
    is_hidden: bool = False
    sources: Sequence[tuple[str, Json]] = ()
    draft: str = ""


FORMS = ("edit", "note", "hide", "milestone", "pin", "split")


def form_of(
    name: str, incident: Incident, analysis: StoredAnalysis, asked: Mapping[str, str], clock: Clock
) -> EditForm | None:
    """The form as the address asks for it; None when it is about an event that is not there."""
    stored = queries.event_of(analysis, asked["event"][:64]) if asked.get("event") else None
    if stored is None and (asked.get("event") or name in ("edit", "hide", "split")):
        return None
    event: Json | None = stored.value if stored else None
    stands = standings(incident, [event]).get(event["id"]) if event else None
    if name in ("milestone", "pin"):
        return _milestone_form(name, incident, analysis, event, asked.get("milestone", ""), clock)
    drafted = f"{name}:{incident.key}:{event['id'] if event else ''}"
    if event is None:
        return EditForm(name, draft=drafted)
    return EditForm(
        name,
        event=event,
        title=(stands and stands.title) or event["title"],
        kind=(stands and stands.kind) or event["kind"],
        typed=_typed(event, clock),
        based_on=[f"{event['id']}={_revision(stands)}"],
        zones=_zones(event, clock),
        why=stands.reason if stands else "",
        is_hidden=stands is not None and stands.is_hidden,
        sources=list(_sources(event)) if name == "split" else (),
        draft=drafted,
    )


def _revision(stands: Standing | None) -> int:
    return stands.revision if stands else 0


def _typed(instant: Json, clock: Clock) -> Typed:
    zone, name = clock.zone_of(instant)
    stated = "UTC" if name == "UTC" else clock.local if clock.mode == "local" else name
    return Typed(f"{moment(instant['value']).astimezone(zone):%Y-%m-%d %H:%M:%S}", stated, str(instant["precision"]))


def _zones(event: Json | None, clock: Clock) -> list[str]:
    written = [str(event["zone"])] if event and event.get("zone") else []
    return list(dict.fromkeys(["UTC", *([clock.local] if clock.has_local else []), *written]))


def _sources(event: Json) -> Iterator[tuple[str, Json]]:
    """The readings that an event was merged from, by member id, with the place that each was read at."""
    members = set(event["members"])
    for reference in event["evidence"][:MOST_SOURCES]:
        seed = f"{reference['sha256']}|{reference['locator']}".encode()
        own = hashlib.sha256(seed).hexdigest()[:16]
        if own in members:
            yield own, reference


def _milestone_form(
    name: str, incident: Incident, analysis: StoredAnalysis, event: Json | None, wanted: str, clock: Clock
) -> EditForm:
    rows = {row.name: row for row in milestone_rows(analysis.head)}
    if wanted not in rows:
        disputed = [row.name for row in rows.values() if row.is_disputed]
        wanted = _resting_on(event, rows) if event else (disputed or [next(iter(rows))])[0]
    pin = pins_of(incident).get(wanted)
    found = rows[wanted].candidates if wanted in rows else ()
    first = found[0] if found else None
    about = event or first
    return EditForm(
        name,
        event=event,
        typed=_typed(about, clock) if about else Typed("", "UTC", Precision.SECOND),
        based_on=[f"{wanted}={pin.edit.pk if pin else 0}"],
        zones=_zones(event, clock),
        milestones=[(each, MILESTONE_TITLES[Milestone(each)] + _state_word(row.state)) for each, row in rows.items()],
        milestone=wanted,
        accounts=list(_accounts(event, found)),
        why=str(first["chosen_by"]) if first and first.get("chosen_by") else "",
        draft=f"pin:{incident.key}:{wanted}",
    )


def _state_word(state: str) -> str:
    return "" if state == "known" else f", {state}"


def _resting_on(event: Json | None, rows: Mapping[str, Any]) -> str:
    """The milestone that an event already stands for, else the first that nobody knows."""
    for name, row in rows.items():
        if event and any(event["id"] in candidate["event_ids"] for candidate in row.candidates):
            return name
    return next((name for name, row in rows.items() if not row.candidates), Milestone.DETECTED.value)


def _accounts(event: Json | None, candidates: Sequence[Json]) -> Iterator[Account]:
    if event:
        yield Account(event["id"], event, event["title"], event["lane"], is_first=True)
    seen = {event["id"]} if event else set()
    for candidate in candidates[:8]:
        ids = [each for each in candidate["event_ids"] if each not in seen]
        if candidate["event_ids"] and not ids:
            continue
        if ids:
            seen.add(ids[0])
            yield Account(ids[0], candidate, candidate["reason"], candidate["source"], is_first=len(seen) == 1)

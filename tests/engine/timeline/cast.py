"""The cast of the timeline tests: events as readers give them, on one invented day.

Anna is on call, Ben leads, Cleo works in support, and `pagerbot` is a machine. Times are HH:MM[:SS] of 2026-05-12 UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from afteraction.core.analysis import Incident, Timeline
from afteraction.core.digests import Material, Settings
from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.findings import Milestone
from afteraction.core.instant import Instant, Precision, TimeSource
from afteraction.core.records import Actor, Change, ChangeKind, Event, EventKind, Lane
from afteraction.engine.timeline import reconstruct

ANNA = Actor(key="slack:U1", name="Anna Arlt")
BEN = Actor(key="slack:U2", name="Ben Bose")
CLEO = Actor(key="slack:U3", name="Cleo Cruz")
BOT = Actor(key="slack:B1", name="pagerbot", is_bot=True)

_line = {"n": 0}


def ref(name: str = "", excerpt: str = "") -> EvidenceRef:
    """A citation with a place of its own."""
    _line["n"] += 1
    return EvidenceRef(name or "e" * 8, Locator(line=_line["n"]), excerpt)


def at(clock: str, *, day: int = 12, precision: Precision = Precision.SECOND, **more: object) -> Instant:
    """HH:MM[:SS] of the day, UTC; a clock without seconds is still exact unless `precision` says otherwise."""
    parts = [int(part) for part in clock.split(":")]
    midnight = datetime(2026, 5, 1, tzinfo=UTC) + timedelta(days=day - 1)
    moment = midnight + timedelta(hours=parts[0], minutes=parts[1], seconds=sum(parts[2:]))
    return Instant(utc=moment, original_text=clock, precision=precision, **more)  # type: ignore[arg-type]


def event(clock: str, title: str, lane: Lane = Lane.CHAT, **more: object) -> Event:
    """One reading at HH:MM[:SS]."""
    day = more.pop("day", 12)
    precision = more.pop("precision", Precision.SECOND)
    evidence = more.pop("evidence", None) or ref(str(more.pop("file", "")), title)
    source = TimeSource.CHAT if lane is Lane.CHAT else TimeSource.MACHINE
    instant = more.pop("instant", None) or at(clock, day=day, precision=precision, source=source)  # type: ignore[arg-type]
    return Event(instant=instant, title=title, evidence=evidence, lane=lane, **more)  # type: ignore[arg-type]


def says(clock: str, who: Actor, text: str, **more: object) -> Event:
    """A chat message."""
    return event(clock, text, Lane.CHAT, actor=who, body=text, **more)


def alert(clock: str, name: str, fingerprint: str = "f1", until: str | None = None, **more: object) -> Event:
    """An alert as the Alertmanager readers give it: its name in the title, firing."""
    attributes = {"status": "firing", "alertname": name, **dict(more.pop("attributes", {}))}  # type: ignore[call-overload]
    return event(
        clock,
        f"{name} firing",
        Lane.ALERTS,
        kind=EventKind.DETECTION,
        fingerprint=fingerprint,
        until=at(until) if until else None,
        attributes=attributes,
        **more,
    )


def deployment(clock: str, version: str, state: str = "success", kind: ChangeKind = ChangeKind.DEPLOYMENT,
               **more: object) -> Change:  # fmt: skip
    """A deployment of payments-api."""
    title = str(more.pop("title", f"payments-api {version} {kind.value}"))
    service = str(more.pop("service", "payments-api"))
    day = more.pop("day", 12)
    return Change(
        instant=at(clock, day=day),  # type: ignore[arg-type]
        kind=kind,
        title=title,
        evidence=ref("deploys", title),
        service=service,
        reference=version,
        state=state,
        **more,  # type: ignore[arg-type]
    )


def wrote(clock: str, text: str, *, milestone: str = "", **more: object) -> Event:
    """An entry of a written timeline, to the minute; `milestone` where the text states it."""
    attributes = {**dict(more.pop("attributes", {})), **({"milestone": milestone} if milestone else {})}  # type: ignore[call-overload]
    precision = more.pop("precision", Precision.MINUTE)
    return event(clock, text, Lane.DOCUMENT, attributes=attributes, precision=precision, **more)


def ticket(clock: str, text: str, *, seen: str = "", **more: object) -> Event:
    """A support ticket with the time it was written and, where known, the time it was seen."""
    attributes = {"created": at(clock).utc.isoformat(), **({"seen_at": at(seen).utc.isoformat()} if seen else {})}
    return event(clock, text, Lane.CUSTOMERS, attributes=attributes, **more)


def status(clock: str, word: str, text: str, **more: object) -> Event:
    """An entry of the status page."""
    attributes = {"status": word, "audience": "public", **dict(more.pop("attributes", {}))}  # type: ignore[call-overload]
    return event(clock, f"{word.capitalize()}: {text}", Lane.STATUS, body=text, attributes=attributes, **more)


def told(*events: Event, changes: tuple[Change, ...] = (), **settings: object) -> Timeline:
    """The reconstruction of these readings."""
    return reconstruct(Material(events=events, changes=changes), Settings(**settings), Incident())  # type: ignore[arg-type]


def clock_of(timeline: Timeline, milestone: Milestone) -> str:
    """The chosen moment of a milestone as HH:MM:SS, empty when unknown."""
    candidates = timeline.milestones[milestone]
    return f"{candidates[0].instant.utc:%H:%M:%S}" if candidates else ""

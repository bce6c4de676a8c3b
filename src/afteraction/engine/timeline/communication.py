"""What each audience was told and when (SPEC M15).

Knows updates, promises of the next one and closing messages. Refuses to count what machines post by themselves, and
to hold plain copies for news.
"""

# ruff: noqa: E501 (a pattern reads better in one piece)
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from afteraction.core.errors import UnreadableTime
from afteraction.core.findings import Update
from afteraction.core.instant import Instant, Precision
from afteraction.core.records import Event, EventKind, Lane
from afteraction.core.timestamps import read_timestamp, zone_named
from afteraction.engine.timeline.classify import is_automatic, says, words_of
from afteraction.engine.timeline.ending import is_resolved_status
from afteraction.engine.timeline.milestones import is_spoken
from afteraction.engine.timeline.scene import Scene
from afteraction.engine.timeline.words import Says

PUBLIC, RESPONDERS = "public", "responders"
_TO_PUBLIC = re.compile(
    r"\b(?:status ?page|customers?|users?|public\w*|communit\w+|tweet\w*|twitter|mailing list|e-?mail\w*|clients?|banner)\b",
    re.IGNORECASE,
)
# What tells the channel how the incident stands, apart from messages that call themselves an update.
_TELLS = frozenset({Says.UPDATES, Says.DECLARES, Says.DIAGNOSES, Says.MITIGATED, Says.RESOLVES})
# "GitHub updates their status page": others told about themselves.
_VENDORS = (
    r"(?:vendor|provider|supplier|upstream|github|gitlab|aws|amazon|azure|gcp|google(?: cloud)?|cloudflare|fastly|akamai"
    r"|docker(?: ?hub)?|quay(?:\.io)?|slack|okta|auth0|pagerduty|heroku|twilio|stripe|datadog|let['’]?s ?encrypt|npm|pypi"
    r"|discord|zoom|ovh|hetzner|digitalocean|linode|equinix|sendgrid|mailgun)"
)
_OF_OTHERS = re.compile(
    rf"\b(?:their|{_VENDORS}(?:['’]s?)?)\s+(?:\w+\s+){{0,2}}status ?(?:page|site|dashboard)s?\b"
    rf"|^\W*(?:\w+\W+){{0,2}}{_VENDORS} (?:\w+ly )?(?:updat\w+|post\w+|publish\w+|declar\w+|acknowledg\w+|confirm\w+|report\w+)\b.{{0,40}}\bstatus",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\bnext (?:public |status )?update\b[^.\n]{0,40}?\b(?:at|by|around|before|~)?\s*(?P<h>\d{1,2}):(?P<m>\d{2})\s*(?P<zone>[A-Z]{2,5}\b)?"
    r"|\b(?:next update|update(?: you)? again|another update|more|report back)\b[^.\n]{0,30}?\bin (?:about |the next )?"
    r"(?P<n>\d{1,3}|an|half an|one|two)[ -]?(?P<unit>min|hour|h\b)",
    re.IGNORECASE,
)
_LONGEST_PROMISE = timedelta(hours=6)
_WORD_NUMBERS = {"an": 1.0, "one": 1.0, "two": 2.0, "half an": 0.5}
_SAME = re.compile(r"\d+|[^\w]+")


def find_updates(scene: Scene) -> tuple[Update, ...]:
    """Updates of every audience, by time. A copy of the audience's update before it is marked."""
    found: list[Update] = []
    last: dict[str, str] = {}
    for event in scene.within(Lane.STATUS, Lane.CHAT, Lane.DOCUMENT):
        audience = _audience(event)
        if not audience:
            continue
        text = words_of(event)
        plain = _SAME.sub(" ", text.lower()).strip()
        found.append(
            Update(
                at=event.instant,
                audience=audience,
                text=text,
                promised_next=_promise(event, text, scene.incident.zone),
                is_resolved_message=_closes(event),
                no_new_information=bool(plain) and last.get(audience) == plain,
                evidence=event.all_sources,
                event_ids=(event.id,),
            )
        )
        last[audience] = plain
    return tuple(found)


def channels_known(events: Iterable[Event]) -> dict[str, bool]:
    """Whether the channel of each audience was imported at all: without it silence is unknown, not zero."""
    known = {RESPONDERS: False, PUBLIC: False}
    for event in events:
        if event.lane is Lane.STATUS:
            known[PUBLIC] = True
        elif is_spoken(event):
            known[RESPONDERS] = True
        elif audience := _audience(event):
            known[audience] = True
    return known


def _audience(event: Event) -> str:
    """Who this event told how the incident stands; empty when it is no update."""
    stated = event.attributes.get("audience", "")
    if event.lane is Lane.STATUS:
        return "" if is_automatic(event) else stated or PUBLIC
    if event.lane is Lane.DOCUMENT:
        if (event.kind is not EventKind.COMMUNICATION or tells_of_others(event)) and not stated:
            return ""
        return stated or (PUBLIC if _TO_PUBLIC.search(words_of(event)) else RESPONDERS)
    if event.lane is Lane.CHAT and is_spoken(event) and (stated or _TELLS & says(event)):
        return stated or RESPONDERS
    return ""


def tells_of_others(event: Event) -> bool:
    """True where a vendor told of itself: that is neither our update nor our monitor."""
    return _OF_OTHERS.search(words_of(event)) is not None


def _closes(event: Event) -> bool:
    if event.lane is Lane.STATUS:
        return is_resolved_status(event)
    return Says.RESOLVES in says(event)


def _promise(event: Event, text: str, zone: str) -> Instant | None:
    """The stated time of the next update, or None."""
    if stated := event.attributes.get("promised_update", ""):
        try:
            return read_timestamp(stated, zone=zone, source=event.instant.source)
        except UnreadableTime:
            return None
    match = _NEXT.search(text)
    if match is None:
        return None
    if match["h"] is None:
        number = _WORD_NUMBERS.get(match["n"].lower()) or float(match["n"])
        minutes = number * (60 if match["unit"].lower().startswith("h") else 1)
        moment = event.instant.utc + timedelta(minutes=minutes)
        return _promised(event, moment, match[0])
    zones = [match["zone"]] if match["zone"] else [event.attributes.get("author_zone", ""), zone, "UTC"]
    walls = [
        wall for name in zones if (wall := _clock_after(event, int(match["h"]), int(match["m"]), name)) is not None
    ]
    # A promise lies ahead and not far: the first zone in which it does is the one that was meant.
    near = [wall for wall in walls if wall - event.instant.utc <= _LONGEST_PROMISE]
    return _promised(event, (near or walls)[0], match[0]) if walls else None


def _clock_after(event: Event, hour: int, minute: int, name: str) -> datetime | None:
    """The next moment at which clocks of this zone show that time, or None."""
    try:
        here = event.instant.utc.astimezone(zone_named(name))
        wall = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except (UnreadableTime, ValueError):
        return None
    return (wall if wall > here else wall + timedelta(days=1)).astimezone(UTC)


def _promised(event: Event, moment: datetime, text: str) -> Instant:
    return replace(
        event.instant,
        utc=moment,
        original_text=text.strip(),
        precision=Precision.MINUTE,
        inferred=True,
        alternatives=(),
    )

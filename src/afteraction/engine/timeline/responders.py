"""Who worked on the incident, how long, and what others asked them (SPEC R173, M12).

Knows responders by what they did. Refuses to show a name: people are keys here, and whoever asks is shown by role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from afteraction.core.findings import ResponderQuestion
from afteraction.core.records import Actor, Event, EventKind, Lane
from afteraction.engine.timeline.classify import is_automatic, says
from afteraction.engine.timeline.merge import is_human
from afteraction.engine.timeline.milestones import is_spoken
from afteraction.engine.timeline.scene import Scene
from afteraction.engine.timeline.words import Says

_RESPONDING = frozenset({Says.DECLARES, Says.DIAGNOSES, Says.ACTS, Says.ROLLS_BACK, Says.MITIGATED, Says.RESOLVES})
_RESPONDER_ROLE = re.compile(
    r"\bon-?call\b|\bincident (?:commander|manager|lead)\b|\bcommunications? lead\b|\bscribe\b", re.IGNORECASE
)
_INCIDENT_CHANNEL = re.compile(r"(?:^|[-_])(?:inc|incident|sev\d?|outage|war-?room)(?:[-_\d]|$)", re.IGNORECASE)
_CODE = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]+`|^\s*(?:&gt;|>).*$|https?://\S+|[\"“][^\"”\n]*[\"”]", re.DOTALL | re.MULTILINE
)
_LOG_LINE = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\b(?:ERROR|WARN|WARNING|INFO|DEBUG|FATAL|TRACE)\b|\b(?:GET|POST|PUT|PATCH|DELETE) /"
    r"|^\s*[$#] |\blevel=\w+|^\s+at \w",
)
_ASKS = re.compile(r"[?？؟]+(?=[\s)\]!.:;,*_~]|$)")
# Hours between two messages of one person that still count as one sitting, and what a single message stands for.
_SITTING, _MOMENT = timedelta(minutes=30), timedelta(minutes=5)


def find_responders(scene: Scene) -> frozenset[str]:
    """Keys of the people who declared, acted, diagnosed or closed, or whose stated role is to respond; the one who
    acknowledged first counts too."""
    keys: set[str] = set()
    first_ack = ""
    for event in scene.within():
        if event.actor is None or not is_human(event) or is_automatic(event):
            continue
        if event.lane is Lane.CHAT:
            told = says(event) if is_spoken(event) else frozenset()
            if told & _RESPONDING or (is_spoken(event) and _RESPONDER_ROLE.search(event.actor.role)):
                keys.add(event.actor.key)
            elif not first_ack and Says.ACKNOWLEDGES in told:
                first_ack = event.actor.key
        elif event.lane is Lane.ALERTS and event.kind is EventKind.ACTION:
            keys.add(event.actor.key)
    return frozenset(keys | ({first_ack} - {""}))


def find_questions(scene: Scene, responders: frozenset[str]) -> tuple[ResponderQuestion, ...] | None:
    """Questions put to responders by people who are not: in an incident channel, or elsewhere with a mention of a
    responder. None when no chat was imported."""
    spoken = [event for event in scene.within(Lane.CHAT) if is_spoken(event)]
    if not any(is_spoken(event) for event in scene.events):
        return None
    rooms = _incident_channels(spoken, responders)
    return tuple(
        ResponderQuestion(
            at=event.instant,
            text=event.body or event.title,
            asker=Actor(key=event.actor.key, role=event.actor.role),
            evidence=event.all_sources,
            event_ids=(event.id,),
        )
        for event in spoken
        if event.actor is not None
        and event.actor.key not in responders
        and _asks(event)
        and (event.attributes.get("channel", "") in rooms or _mentions(event) & responders)
    )


def responder_minutes(scene: Scene, responders: frozenset[str], low: datetime, high: datetime) -> float | None:
    """Minutes that responders were at it, united per person: messages at most 30 minutes apart are one sitting and
    the last one stands for 5 minutes. None without chat."""
    moments: dict[str, list[datetime]] = {}
    for event in scene.within(Lane.CHAT):
        if event.actor and event.actor.key in responders and low <= event.instant.utc <= high and is_spoken(event):
            moments.setdefault(event.actor.key, []).append(event.instant.utc)
    if not moments:
        return None
    total = timedelta()
    for times in moments.values():
        start = last = times[0]
        for moment in times[1:]:
            if moment - last > _SITTING:
                total += last - start + _MOMENT
                start = moment
            last = moment
        total += last - start + _MOMENT
    return round(total.total_seconds() / 60, 2)


def _incident_channels(spoken: Iterable[Event], responders: frozenset[str]) -> frozenset[str]:
    """Channels named after an incident, else the one in which responders said most."""
    counts: dict[str, int] = {}
    for event in spoken:
        channel = event.attributes.get("channel", "")
        by_responder = event.actor is not None and event.actor.key in responders
        counts[channel] = counts.get(channel, 0) + by_responder
    named = {channel for channel in counts if _INCIDENT_CHANNEL.search(channel)}
    if named:
        return frozenset(named)
    most = max(counts, key=lambda channel: (counts[channel], channel), default="")
    return frozenset({most}) if counts else frozenset()


def _asks(event: Event) -> bool:
    """True when the message asks something in its own words, not in a quotation, code or a log line."""
    if "subtype" in event.attributes and not is_spoken(event):
        return False
    if "is_question" in event.attributes:
        return event.attributes["is_question"] == "true"
    own = _CODE.sub(" ", event.body or event.title)
    return any(_ASKS.search(line) and not _LOG_LINE.search(line) for line in own.splitlines())


def _mentions(event: Event) -> set[str]:
    return {key.strip() for key in event.attributes.get("mentions", "").split(",")} - {""}

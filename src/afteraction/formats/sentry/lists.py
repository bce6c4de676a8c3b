"""What Sentry's API lists: issues with their activity, events, releases and deploys.

Knows that an issue's first sight is a signal and its events are lines of a log. Refuses to take over who met an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from afteraction.core.alert_events import step_of
from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.instant import Instant
from afteraction.core.json_payloads import Payload, there
from afteraction.core.readplan import LEVEL_WORDS
from afteraction.core.records import Change, ChangeKind, Event, EventKind, Lane, LogLine, Record
from afteraction.formats.sentry.webhooks import actor_of, facts_of, project_of, seen, tags_of

Found = Iterator[Record | Failure]
_LEVELS = dict(LEVEL_WORDS)


def shape_of(value: Mapping[str, Any]) -> str:
    """Which of the listed objects this is; empty when it is none."""
    if {"firstSeen", "lastSeen", "title"} <= value.keys() and {"shortId", "culprit", "permalink"} & value.keys():
        return "issue"
    if {"eventID", "dateCreated"} <= value.keys() and {"groupID", "projectID", "event.type"} & value.keys():
        return "event"
    if {"event_id", "platform", "timestamp"} <= value.keys() and {
        "exception",
        "logentry",
        "message",
        "sdk",
    } & value.keys():
        return "event"
    if {"version", "dateCreated"} <= value.keys() and {"dateReleased", "newGroups", "shortVersion"} & value.keys():
        return "release"
    if {"environment", "dateStarted", "dateFinished"} <= value.keys() and "name" in value:
        return "deploy"
    return ""


def read_listed(payload: Payload) -> Found:
    """Everything that a listed object states."""
    shape = shape_of(payload.value)
    if shape == "issue":
        yield from seen(payload)
        for activity in payload.each("activity"):
            yield from _activity(activity, payload)
    elif shape == "event":
        yield _line(payload)
    elif shape == "release":
        yield _release(payload)
    else:
        yield _deploy(payload)


def _activity(activity: Payload, issue: Payload) -> Found:
    what = activity.text("type")
    if what == "first_seen":
        return
    title, who = issue.text("title") or "Issue", actor_of(activity.at("user"))
    words = activity.text("data", "text")
    regressed = what == "set_regression"
    said = step_of(
        activity, "dateCreated", step=what or "activity", facts=facts_of(issue, {}), service=project_of(issue),
        actor=who,
        title=f"{what.removeprefix('set_').replace('_', ' ').capitalize() or 'Activity'}: {title}", body=words,
    )  # fmt: skip
    if isinstance(said, Event) and what == "note":
        channel = f"sentry-issue-{issue.text('id')}"
        said = replace(
            said, lane=Lane.CHAT, title=words.split("\n", 1)[0][:200] or "Note", attributes={"channel": channel}
        )
    elif isinstance(said, Event) and regressed:
        said = replace(said, lane=Lane.LOGS, kind=EventKind.SIGNAL)
    yield said


def _line(event: Payload) -> LogLine | Failure:
    """An event as a line of a log."""
    when = "timestamp" if "timestamp" in event.value else "dateCreated"
    at = event.instant(when)
    if isinstance(at, Failure):
        return at
    tags = tags_of(event.at("tags"))
    level = (event.text("level") or tags.get("level", "error")).lower()
    message = event.text("title") or event.text("message") or event.text("logentry", "formatted")
    error = event.below("exception", "values", "0")
    message = message or ": ".join(filter(None, (error.text("type"), error.text("value")))) or "an event without words"
    return LogLine(
        instant=at, message=message, level=_LEVELS.get(level, level), service=project_of(event),
        host=tags.get("server_name", "") or event.text("server_name"), logger=event.text("logger"),
        trace_id=event.text("contexts", "trace", "trace_id"), evidence=event.cite(when),
        attributes=facts_of(event, tags),
    )  # fmt: skip


def _release(payload: Payload) -> Change | Failure:
    when = "dateReleased" if not is_never(payload.at("dateReleased")) else "dateCreated"
    at = payload.instant(when)
    if isinstance(at, Failure):
        return at
    version = payload.text("version")
    return Change(
        instant=at, kind=ChangeKind.RELEASE, title=f"Release {version}", reference=version,
        service=payload.text("projects", "0", "slug"), evidence=payload.cite(when),
        attributes=there(version=version, url=payload.text("url"), new_issues=payload.text("newGroups")),
    )  # fmt: skip


def _deploy(payload: Payload) -> Change | Failure:
    when = "dateStarted" if not is_never(payload.at("dateStarted")) else "dateFinished"
    at = payload.instant(when)
    if isinstance(at, Failure):
        return at
    end = payload.instant("dateFinished") if not is_never(payload.at("dateFinished")) else None
    name, environment = payload.text("name"), payload.text("environment")
    number = payload.text("id")
    return Change(
        instant=at, until=end if isinstance(end, Instant) and end.utc > at.utc else None, kind=ChangeKind.DEPLOYMENT,
        title=f"Deployment {name} to {environment}".replace("  ", " "), environment=environment, reference=name,
        fingerprint=f"sentry:deploy:{number}" if number else "", evidence=payload.cite(when),
        attributes=there(url=payload.text("url"), number=number),
    )  # fmt: skip

"""How GitLab names states and people, and how a change of it is written down.

Knows its words for the states of deployments, pipelines and jobs. Refuses to know which object a word came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from afteraction.core.evidence import Failure
from afteraction.core.field_times import is_never
from afteraction.core.json_payloads import Payload, there
from afteraction.core.records import Actor, Change, ChangeKind, Event, EventKind, Lane

STATES = {"running": "started", "success": "success", "passed": "success", "failed": "failure"}
OVER = frozenset({"success", "passed", "failed", "canceled", "cancelled", "skipped"})
_ROLLBACK = re.compile(r"\b(?:roll[ _-]?back|revert)", re.I)
_BOT = re.compile(r"^(?:project|group)_\d+_bot|[-_]bot(?:$|[-_])|^gitlab-bot$|^ghost$", re.I)

Found = Iterator[Change | Event | Failure]


def actor_of(user: Payload, name: str = "username") -> Actor | None:
    """An account as an actor; None when the payload names nobody."""
    login = user.text(name)
    shown = user.text("name") or login
    if not shown:
        return None
    return Actor(f"gitlab:{login or shown}", shown, is_bot=bool(_BOT.search(login)))


def spoken(state: str) -> str:
    """A state for people."""
    return state.replace("_", " ") or "no state"


def kind_of(*words: str) -> ChangeKind:
    """A deployment, or a rollback where its own words say so."""
    return ChangeKind.ROLLBACK if any(_ROLLBACK.search(word) for word in words) else ChangeKind.DEPLOYMENT


def change(payload: Payload, *when: str, **fields: Any) -> Change | Failure:
    """A change at the time below `when`, or a Failure that says what is wrong with that time."""
    at = payload.instant(*when)
    if isinstance(at, Failure):
        return at
    fields["attributes"] = there(**fields.get("attributes", {}))
    return Change(instant=at, evidence=payload.cite(*when), **fields)


def note(payload: Payload, *when: str, **fields: Any) -> Event | Failure:
    """A note at the time below `when`, or a Failure that says what is wrong with that time."""
    at = payload.instant(*when)
    if isinstance(at, Failure):
        return at
    fields["attributes"] = there(**fields.get("attributes", {}))
    return Event(instant=at, evidence=payload.cite(*when), lane=Lane.CHANGES, kind=EventKind.NOTE, **fields)


def begun_and_over(payload: Payload, begin: tuple[str, ...], end: tuple[str, ...], what: str, **fields: Any) -> Found:
    """The start of something and, once it is over, its end: two changes of one fingerprint."""
    status = payload.text("status") if "status" not in fields else fields.pop("status")
    attributes = fields.pop("attributes", {})
    if not is_never(payload.at(*begin)):
        yield change(payload, *begin, title=f"{what} started", state="started", attributes=attributes, **fields)
    if status in OVER and not is_never(payload.at(*end)):
        yield change(payload, *end, title=f"{what}: {spoken(status)}", state=STATES.get(status, ""),
                     attributes={**attributes, "status": status}, **fields)  # fmt: skip
    elif is_never(payload.at(*begin)):
        yield payload.failure(f"{what} states no time at which it began or ended.", "Export it again.", *begin)

"""Correcting the wording, the kind or the time of an event.

Knows that a person's time carries its zone and its precision. Refuses to touch the evidence: the original stays as it
came, and the correction stands beside it.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from afteraction.core.errors import UnreadableTime
from afteraction.core.flags import Flag
from afteraction.core.instant import Instant, Precision, TimeSource
from afteraction.core.overlay import Verb
from afteraction.core.records import EventKind
from afteraction.core.timestamps import read_timestamp
from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.laying import LONGEST_TITLE, Unusable, Wish, edit_saying, events_meant, lay
from afteraction.web.incidents.models import Incident, TimelineEdit


@transaction.atomic
def correct_event(
    incident: Incident,
    wish: Wish,
    *,
    title: str | None = None,
    kind: str | None = None,
    instant: Instant | None = None,
    actor: User,
    via: str = "page",
) -> TimelineEdit:
    """Sets what is not None; an event keeps the rest as the evidence has it."""
    if len(wish.event_ids) != 1:
        raise Unusable("A correction is of one event.", next_step="Name exactly one.")
    wording = None if title is None else " ".join(title.split())
    if wording is not None and not 0 < len(wording) <= LONGEST_TITLE:
        raise Unusable("The wording is empty or too long.", next_step=f"Use up to {LONGEST_TITLE} characters.")
    if kind is not None and kind not in set(EventKind):
        raise Unusable(f'There is no kind "{kind[:40]}".', next_step=f"Use one of: {', '.join(EventKind)}.")
    if wording is None and kind is None and instant is None:
        raise Unusable("Nothing is corrected.", next_step="Change the wording, the kind or the time.")
    said = edit_saying(Verb.EDIT, wish, actor, title=wording, kind=EventKind(kind) if kind else None, instant=instant)
    kept = lay(
        incident, wish, said, "correct_event", actor=actor, via=via,
        changes_facts=kind is not None or instant is not None,
    )  # fmt: skip
    if "before" not in kept.value:
        before = events_meant(incident, wish.event_ids)[0].value
        kept.value = {**kept.value, "before": {"title": before["title"], "kind": before["kind"]}}
        kept.save(update_fields=["value"])
    return kept


def stated_instant(text: str, zone: str, precision: str = "") -> Instant:
    """The moment that a person typed, in the zone that they named.

    Raises UnreadableTime for what is no date and time, and for a zone that nobody knows. Without `precision` it is as
    exact as it was written.
    """
    if not zone.strip():
        raise UnreadableTime("The time has no zone.", next_step="Choose the zone that it was read in.")
    read = read_timestamp(text, zone=zone.strip(), source=TimeSource.HUMAN)
    if precision and precision not in set(Precision):
        raise UnreadableTime(f'There is no precision "{precision[:20]}".', next_step="Use s, min, h, day or ≈.")
    return replace(
        read,
        original_text=f"{text.strip()} {zone.strip()}",
        source_tz=zone.strip(),
        tz_known=True,
        precision=Precision(precision) if precision else read.precision,
        flags=tuple(flag for flag in read.flags if flag != Flag.ZONE_ASSUMED),
    )

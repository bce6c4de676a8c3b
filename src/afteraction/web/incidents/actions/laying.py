"""Laying an edit over a timeline: what every verb shares.

Knows that an edit is added once, names events that are there, and is refused when somebody changed the same thing
first. Refuses to know what the verbs mean.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from afteraction.core.errors import AfteractionError
from afteraction.core.overlay import Edit, Verb
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions.keep_edit import keep_edit
from afteraction.web.incidents.models import AnalysedEvent, Incident, StoredAnalysis, TimelineEdit
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.reanalysis import ask_for_analysis
from afteraction.web.incidents.standing import edits_naming, facets_of, members_of

MOST_EVENTS = 500
LONGEST_TITLE = 500
LONGEST_TEXT = 8_000


class Unusable(AfteractionError):
    """An edit that cannot be laid: it names nothing that is there, or says nothing."""


class StaleEdit(AfteractionError):
    """Somebody changed the same thing after the revision that this edit was based on. `theirs` are those edits,
    `revisions` what everything stands at now: who keeps their own version sends these along."""

    def __init__(self, theirs: Sequence[TimelineEdit], revisions: Mapping[str, int]) -> None:
        super().__init__("Two people changed this event.", next_step="Keep yours, keep theirs, or join them.")
        self.theirs = tuple(theirs)
        self.revisions = dict(revisions)


@dataclass(frozen=True)
class Wish:
    """What somebody wants done to some events. `based_on` is the revision of each event (or milestone) as they saw it;
    without one, nothing is stale. `edit_id` is the sender's own name for the edit, so that it is laid once."""

    event_ids: Sequence[str] = ()
    based_on: Mapping[str, int] = field(default_factory=dict)
    edit_id: str = ""


def lay(
    incident: Incident, wish: Wish, said: Edit, name: str, *, actor: User, via: str, changes_facts: bool = True
) -> TimelineEdit:
    """Adds the edit inside the caller's transaction; the same edit id again is the row that is there.

    Raises SeatMissing, StaleEdit, and Unusable for events that the newest analysis does not have. `said` carries the
    values; `name` is the verb in the audit trail.
    """
    need(actor, WORK, incident)
    Incident.objects.select_for_update().get(pk=incident.pk)
    known = known_edit(incident, wish, said, actor)
    if known is not None:
        return known
    rows = events_meant(incident, wish.event_ids)
    _refuse_stale(incident, wish, said, rows)
    kept = keep_edit(incident, said, actor)
    facets = sorted(facets_of(kept))
    record(
        actor, name, incident.subject, via=via,
        edit=kept.edit_id, events=list(said.event_ids[:20]), count=len(said.event_ids), facets=facets,
    )  # fmt: skip
    if changes_facts:
        ask_for_analysis(incident, actor)
    return kept


def edit_saying(verb: Verb, wish: Wish, actor: User, **said: object) -> Edit:
    """The edit that somebody lays now."""
    return Edit(
        id=wish.edit_id or uuid.uuid4().hex,
        verb=verb,
        event_ids=tuple(dict.fromkeys(wish.event_ids)),
        at=timezone.now(),
        author=f"user:{actor.pk}",
        **said,  # type: ignore[arg-type]
    )


def newest(incident: Incident) -> StoredAnalysis:
    """The newest analysis; Unusable before the first."""
    analysis = queries.latest_analysis(incident)
    if analysis is None:
        raise Unusable("This incident has no timeline yet.", next_step="Add evidence first.")
    return analysis


def events_meant(incident: Incident, event_ids: Sequence[str]) -> list[AnalysedEvent]:
    """The rows of these events in the newest analysis, in the order given; Unusable when one is not there."""
    wanted = list(dict.fromkeys(event_ids))
    if not wanted:
        return []
    if len(wanted) > MOST_EVENTS:
        raise Unusable(
            f"{len(wanted)} events are too many for one edit.", next_step=f"Select at most {MOST_EVENTS} at a time."
        )
    rows = queries.events_named(newest(incident), wanted)
    missing = [each for each in wanted if each not in rows]
    if missing:
        raise Unusable(
            f"The timeline has no event {missing[0][:64]}.",
            next_step="It may have been merged or computed anew: load the page again.",
        )
    return [rows[each] for each in wanted]


def known_edit(incident: Incident, wish: Wish, said: Edit, actor: User) -> TimelineEdit | None:
    """The edit that was laid under this name before; Unusable when it was another."""
    if not wish.edit_id:
        return None
    if len(wish.edit_id) > 64 or not wish.edit_id.replace("-", "").isalnum():
        raise Unusable("The name of the edit is not usable.", next_step="Use up to 64 letters, digits and dashes.")
    known = TimelineEdit.objects.filter(incident=incident, edit_id=wish.edit_id).first()
    if known is None:
        return None
    if known.verb != said.verb.value or known.person_id != actor.pk:
        raise Unusable("This edit's name was used for another edit.", next_step="Send it under a name of its own.")
    return known


def _refuse_stale(incident: Incident, wish: Wish, said: Edit, rows: Sequence[AnalysedEvent]) -> None:
    """Raises StaleEdit when an edit in force touches the same facet of the same event and is newer than was seen."""
    mine = facets_of(said)
    if said.milestone:
        seen_pin = wish.based_on.get(said.milestone)
        pins = TimelineEdit.objects.filter(incident=incident, verb=Verb.PIN, withdrawn_at=None)
        newer = [each for each in pins if seen_pin is not None and facets_of(each) & mine and each.pk > seen_pin]
        if newer:
            raise StaleEdit(newer, {said.milestone: max(each.pk for each in newer)})
        return
    seen = {row.event_id: wish.based_on[row.event_id] for row in rows if row.event_id in wish.based_on}
    naming = edits_naming(incident, [one for row in rows for one in members_of(row.value)])
    theirs: dict[int, TimelineEdit] = {}
    now: dict[str, int] = {}
    for row in rows:
        force = [each for one in members_of(row.value) for each in naming.get(one, ()) if each.withdrawn_at is None]
        now[row.event_id] = max((each.pk for each in force), default=0)
        newer_than = seen.get(row.event_id, now[row.event_id])
        theirs |= {each.pk: each for each in force if each.pk > newer_than and facets_of(each) & mine}
    if theirs:
        raise StaleEdit([theirs[key] for key in sorted(theirs)], now)

"""What people made of events: edits laid over rows as they are read, and the history of one event.

Knows which edit of an event is in force before a new analysis has it. Refuses to write, and to show a person's name:
whoever changed something is the seat they have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from afteraction.core.overlay import Edit, Verb
from afteraction.web.accounts.prepared import prepared
from afteraction.web.incidents.models import EditedEvent, Incident, IncidentMember, Seat, TimelineEdit, Triage
from afteraction.web.incidents.permissions import own_seat

Json = dict[str, Any]
_TRIAGE = {Verb.ACCEPT: Triage.KEPT, Verb.DISMISS: Triage.HIDDEN}
_DONE = {
    "accept": "kept it", "dismiss": "hid it", "edit": "corrected it", "merge": "merged it", "split": "took it apart",
    "note": "wrote a note", "pin": "picked it for a milestone",
}  # fmt: skip
_CORRECTED = {"title": "the wording", "kind": "the kind", "instant": "the time"}
# More members than this in one page of events are not looked at: the newest analysis has their edits in it.
MOST_MEMBERS = 5_000


@dataclass(frozen=True)
class Revision:
    """One edit of an event, for its history. `who` is a seat, `told` says what was done in words."""

    edit: TimelineEdit
    who: str
    told: str
    withdrawn_by: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """True when it was undone."""
        return self.edit.withdrawn_at is not None

    @property
    def text(self) -> str:
        """What was written."""
        value: Json = self.edit.value
        return str(value.get("text") or value.get("reason") or value.get("title") or "")


@dataclass(frozen=True)
class Standing:
    """How an event stands with people. `decided` is the edit that kept or hid it, `by` the seat of who did that,
    `reason` why it was hidden ("" where nobody said); `title` and `kind` are set where people said otherwise than the
    analysis that is shown."""

    revision: int = 0
    triage: str = Triage.OPEN
    decided: TimelineEdit | None = None
    by: str = ""
    reason: str = ""
    title: str = ""
    kind: str = ""
    notes: tuple[Revision, ...] = ()
    last: TimelineEdit | None = None

    @property
    def is_hidden(self) -> bool:
        """True when somebody hid it."""
        return self.triage == Triage.HIDDEN

    @property
    def is_kept(self) -> bool:
        """True when somebody kept it."""
        return self.triage == Triage.KEPT


UNTOUCHED = Standing()


def members_of(event: Json) -> list[str]:
    """The ids under which an edit may name an event: its own, and those of the readings it was merged from."""
    return list(dict.fromkeys([event["id"], *event["members"]]))


def facets_of(edit: TimelineEdit | Edit) -> set[str]:
    """What an edit touches, so that two edits of different things do not stand in each other's way."""
    value: Json = edit.value if isinstance(edit, TimelineEdit) else {
        name: getattr(edit, name) for name in ("title", "kind", "instant", "milestone")
    }  # fmt: skip
    verb = Verb(edit.verb)
    if verb in _TRIAGE:
        return {"visibility"}
    if verb is Verb.EDIT:
        return {name for name in ("title", "kind", "instant") if value.get(name) is not None}
    if verb in (Verb.MERGE, Verb.SPLIT):
        return {"place"}
    return {str(value["milestone"])} if verb is Verb.PIN else set()


def edits_naming(incident: Incident, ids: Sequence[str]) -> dict[str, list[TimelineEdit]]:
    """Every edit, withdrawn ones too, by the event ids that it names; oldest first."""
    if len(ids) == 1:
        alone = _naming(incident.pk, ids[0])
        return {ids[0]: alone} if alone else {}
    rows = EditedEvent.objects.filter(incident=incident, event_id__in=ids[:MOST_MEMBERS]).select_related("edit")
    found: dict[str, list[TimelineEdit]] = {}
    for row in rows.order_by("edit_id"):
        found.setdefault(row.event_id, []).append(row.edit)
    return found


@prepared
def _naming(incident: int, event_id: str) -> QuerySet[TimelineEdit]:
    return TimelineEdit.objects.filter(targets__incident=incident, targets__event_id=event_id).order_by("id")


def standings(incident: Incident, events: Sequence[Json], only: Collection[str] | None = None) -> dict[str, Standing]:
    """How each of a page of events stands, by event id; events that nobody touched are left out. `only` are the ids
    of the edits of a version: with them it is how the events stood there."""
    if not events:
        return {}
    naming = edits_naming(incident, [one for event in events for one in members_of(event)])
    if only is not None:
        naming = {one: [edit for edit in edits if edit.edit_id in only] for one, edits in naming.items()}
    if not naming:
        return {}
    seats = seat_words(incident, {each for edits in naming.values() for each in edits})
    return {
        event["id"]: _standing(mine, seats, always=only is not None)
        for event in events
        if (mine := _of_event(naming, event))
    }  # fmt: skip


def _of_event(naming: Mapping[str, list[TimelineEdit]], event: Json) -> list[TimelineEdit]:
    mine = {edit.pk: edit for one in members_of(event) for edit in naming.get(one, ())}
    return [mine[key] for key in sorted(mine)]


def _standing(edits: Sequence[TimelineEdit], seats: Mapping[int | None, str], *, always: bool) -> Standing:
    """`always`: the edits count although they were withdrawn later."""
    force = [edit for edit in edits if always or edit.withdrawn_at is None]
    decided = next((edit for edit in reversed(force) if Verb(edit.verb) in _TRIAGE), None)
    return Standing(
        revision=max((edit.pk for edit in force), default=0),
        triage=_TRIAGE[Verb(decided.verb)] if decided else Triage.OPEN,
        decided=decided,
        by=seats.get(decided.person_id, "") if decided else "",
        reason=_reason(force),
        title=_said(force, edits, "title"),
        kind=_said(force, edits, "kind"),
        notes=tuple(revision_of(edit, seats) for edit in force if edit.verb == Verb.NOTE),
        last=force[-1] if force else None,
    )


def _reason(force: Sequence[TimelineEdit]) -> str:
    """Why it is hidden: the newest reason since it was last kept. Hiding once more without one takes none away."""
    for edit in reversed(force):
        if edit.verb == Verb.ACCEPT:
            break
        if edit.verb == Verb.DISMISS and edit.value.get("reason"):
            return str(edit.value["reason"])
    return ""


def _said(force: Sequence[TimelineEdit], edits: Sequence[TimelineEdit], facet: str) -> str:
    """The newest value in force; once all are withdrawn, what stood there before the first."""
    newest = next((edit for edit in reversed(force) if edit.verb == Verb.EDIT and edit.value.get(facet)), None)
    if newest:
        return str(newest.value[facet])
    first = next((edit for edit in edits if edit.verb == Verb.EDIT and edit.value.get(facet)), None)
    return str(first.value.get("before", {}).get(facet, "")) if first else ""


def revision_of(edit: TimelineEdit, seats: Mapping[int | None, str]) -> Revision:
    """An edit in words."""
    told = _DONE.get(edit.verb, edit.verb)
    if edit.verb == Verb.EDIT:
        told = "corrected " + " and ".join(words for facet, words in _CORRECTED.items() if edit.value.get(facet))
    withdrawn = seats.get(edit.withdrawn_by_id, "somebody") if edit.withdrawn_at else ""
    return Revision(edit, seats.get(edit.person_id, "somebody"), told, withdrawn)


def decisions(incident: Incident) -> dict[str, str]:
    """What people decided by event id, each as the number of the edit and what it made of the event."""
    rows = TimelineEdit.objects.filter(incident=incident, withdrawn_at=None, verb__in=list(_TRIAGE)).order_by("id")
    return {one: f"{row.pk:020}{_TRIAGE[Verb(row.verb)]}" for row in rows for one in row.named}


def decision_on(event: Json, decided: Mapping[str, str]) -> str:
    """What the newest decision on an event or a reading in it made of it; empty when there is none."""
    return max((decided[one] for one in members_of(event) if one in decided), default="")[20:] if decided else ""


def history_of(incident: Incident, event: Json) -> list[Revision]:
    """Every edit of one event, newest first, withdrawn ones too."""
    edits = _of_event(edits_naming(incident, members_of(event)), event)
    seats = seat_words(incident, edits)
    return [revision_of(edit, seats) for edit in reversed(edits)]


def seat_words(incident: Incident, edits: Iterable[TimelineEdit]) -> dict[int | None, str]:
    """The seat of everybody behind some edits, in a word: people are roles."""
    return seats_of(incident, {each for edit in edits for each in (edit.person_id, edit.withdrawn_by_id)})


def seats_of(incident: Incident, people: Iterable[int | None]) -> dict[int | None, str]:
    """The seat of some people in a word; who came by a team is a responder."""
    people = {each for each in people if each is not None}
    words: dict[int | None, str] = dict.fromkeys(people, "responder")
    if len(people) == 1:
        rows: Iterable[IncidentMember] = own_seat(incident.pk, *people)
    else:
        rows = IncidentMember.objects.filter(incident=incident, person__in=people)
    words.update({row.person_id: Seat(row.seat).label.lower() for row in rows})
    return words


@dataclass(frozen=True)
class Pin:
    """The account of a milestone that somebody picked."""

    edit: TimelineEdit
    who: str


def pins_of(incident: Incident) -> dict[str, Pin]:
    """The pins in force by milestone name, the newest of each."""
    rows = list(TimelineEdit.objects.filter(incident=incident, verb=Verb.PIN, withdrawn_at=None).order_by("id"))
    seats = seat_words(incident, rows)
    return {row.value.get("milestone", ""): Pin(row, seats.get(row.person_id, "somebody")) for row in rows}

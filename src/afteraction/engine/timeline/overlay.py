"""People's edits laid over the events of any run, so that no edit is ever lost.

Knows which event an edit means (the one that contains its id, whatever a run merged it with), in which order edits
count, and which of them has to wait because its event is not in this run. Refuses to store anything and to change an
edit: the view is a pure function of events and edits, so taking a re-run back gives the old view back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from afteraction.core.findings import Candidate, Milestone
from afteraction.core.overlay import Edit, Verb
from afteraction.core.records import Event
from afteraction.engine.timeline.merge import combine, in_time_order

WHOLE_INCIDENT = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An edit with ids that are not in this run. `wholly`: it has no effect at all until they come back."""

    edit: Edit
    missing: tuple[str, ...]
    wholly: bool


@dataclass(frozen=True, slots=True)
class Superseded:
    """A later edit took the place of an earlier one: `facet` is visibility, title, kind, instant, text, place or
    the name of a milestone; `event_id` is empty for milestones."""

    edit: Edit
    by: Edit
    facet: str
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A run as people left it. `events` are shown, `hidden` were dismissed; both by time. `in_force` names for each
    edit id the events it shows on (`WHOLE_INCIDENT` for notes and pins without one). `notes` by event id, `pins` by
    milestone name. Every edit is in `in_force`, in `waiting`, or overtaken by a later one in `superseded`."""

    events: tuple[Event, ...]
    hidden: tuple[Event, ...]
    waiting: tuple[Waiting, ...]
    accepted: frozenset[str] = frozenset()
    notes: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    pins: Mapping[str, Edit] = field(default_factory=dict)
    in_force: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    superseded: tuple[Superseded, ...] = ()


def apply(timeline_events: Sequence[Event], edits: Iterable[Edit], readings: Sequence[Event] = ()) -> Overlaid:
    """The events of a run with people's edits on them.

    Edits count in the order of `at` (then id), in whichever order they are given. Places come first (MERGE, SPLIT:
    each id named by a SPLIT stands alone afterwards), then fields, visibility, notes and pins by the event that holds
    the id. `readings` are the unmerged events behind merged ones (`Timeline.readings`): a SPLIT shows them as they
    were read; without them it shows the merged event's text at the place of the reading.
    """
    ordered = sorted(edits, key=lambda edit: (edit.at, edit.id))
    if not ordered:
        return Overlaid(events=tuple(in_time_order(timeline_events)), hidden=(), waiting=())
    return _Laying(timeline_events, ordered, readings).result()


class _Laying:
    """One application; holds the growing answer."""

    def __init__(self, events: Sequence[Event], edits: list[Edit], readings: Sequence[Event]) -> None:
        self.edits = edits
        self.groups: dict[str, set[str]] = {}
        self.given: list[Event] = list(in_time_order(events))
        for event in self.given:
            self._join(_ids(event))
        self.readings = {reading.own_id: reading for reading in readings}
        self.force: dict[str, list[str]] = {edit.id: [] for edit in edits}
        self.superseded: list[Superseded] = []
        self.waiting: list[Waiting] = []

    def result(self) -> Overlaid:
        for edit in self.edits:
            missing = tuple(i for i in dict.fromkeys(edit.event_ids) if i not in self.groups)
            if missing or not self._takes_effect(edit):
                self.waiting.append(Waiting(edit, missing, not self._takes_effect(edit)))
        self._place()
        events = self._rebuild()
        home = {member: event.id for event in events for member in _ids(event)}
        self._name_places(home)
        edited = [self._edited(event, mine) for event, mine in self._edits_by_event(events, home)]
        dismissed, accepted = self._visibility(home)
        notes = self._notes(home)
        pins = self._pins(home)
        shown = in_time_order(edited)
        return Overlaid(
            events=tuple(event for event in shown if event.id not in dismissed),
            hidden=tuple(event for event in shown if event.id in dismissed),
            waiting=tuple(self.waiting),
            accepted=frozenset(accepted),
            notes=notes,
            pins=pins,
            in_force={key: tuple(dict.fromkeys(value)) for key, value in self.force.items() if value},
            superseded=tuple(self.superseded),
        )

    def _takes_effect(self, edit: Edit) -> bool:
        present = [i for i in edit.event_ids if i in self.groups]
        if edit.verb is Verb.MERGE:
            return len(set(present)) >= 2
        if edit.verb is Verb.PIN:
            return bool(edit.milestone) and (bool(present) or edit.instant is not None)
        if edit.verb is Verb.NOTE and not edit.event_ids:
            return True
        return bool(present)

    # Places: which readings stand together.

    def _join(self, ids: Iterable[str]) -> None:
        together: set[str] = set()
        for one in ids:
            together |= self.groups.get(one, {one})
        for one in together:
            self.groups[one] = together

    def _place(self) -> None:
        for edit in self.edits:
            present = [i for i in edit.event_ids if i in self.groups]
            if edit.verb is Verb.MERGE and self._takes_effect(edit):
                self._join(present)
            elif edit.verb is Verb.SPLIT:
                for one in present:
                    self.groups[one].discard(one)
                    self.groups[one] = {one}

    def _name_places(self, home: Mapping[str, str]) -> None:
        for order, edit in enumerate(self.edits):
            if edit.verb not in (Verb.MERGE, Verb.SPLIT) or not self._takes_effect(edit):
                continue
            opposite = Verb.SPLIT if edit.verb is Verb.MERGE else Verb.MERGE
            present = [i for i in dict.fromkeys(edit.event_ids) if i in self.groups]
            for one in present:
                mates = self.groups[one]
                stands = len(mates) == 1 if edit.verb is Verb.SPLIT else mates.issuperset(present)
                if stands:
                    self.force[edit.id].append(home[one])
                    continue
                named = {one} if edit.verb is Verb.SPLIT else set(present)
                later = [e for e in self.edits[order + 1 :] if e.verb is opposite and named & set(e.event_ids)]
                self.superseded.append(Superseded(edit, later[-1], "place", home[one]))

    def _rebuild(self) -> list[Event]:
        whole: dict[frozenset[str], list[Event]] = {}
        for event in self.given:
            pieces: dict[frozenset[str], list[str]] = {}
            for one in _ids(event):
                pieces.setdefault(frozenset(self.groups[one]), []).append(one)
            for place, ids in pieces.items():
                whole.setdefault(place, []).append(event if len(ids) == len(_ids(event)) else self._piece(event, ids))
        return [combine(parts) for parts in whole.values()]

    def _piece(self, event: Event, ids: list[str]) -> Event:
        """The part of a merged event that these readings are."""
        if all(one in self.readings for one in ids):
            return combine([self.readings[one] for one in ids])
        own = {replace(event, evidence=ref, sources=(), members=()).own_id: ref for ref in event.all_sources}
        refs = tuple(own[one] for one in ids if one in own) or (event.evidence,)
        return replace(event, evidence=refs[0], sources=refs, members=tuple(ids))

    # What the edits say about the events that now stand.

    def _edits_by_event(self, events: list[Event], home: Mapping[str, str]) -> list[tuple[Event, list[Edit]]]:
        mine: dict[str, list[Edit]] = {}
        for edit in self.edits:
            if edit.verb is Verb.EDIT:
                for target in _homes(edit, home):
                    mine.setdefault(target, []).append(edit)
        return [(event, mine.get(event.id, [])) for event in events]

    def _edited(self, event: Event, edits: list[Edit]) -> Event:
        latest: dict[str, Edit] = {}
        for edit in edits:
            stated = {"title": edit.title, "kind": edit.kind, "instant": edit.instant, "text": edit.text or None}
            for facet, value in stated.items():
                if value is not None:
                    self._overtake(latest.get(facet), edit, facet, event.id)
                    latest[facet] = edit
        for edit in edits:
            if edit in latest.values() or not any((edit.title is not None, edit.kind, edit.instant, edit.text)):
                self.force[edit.id].append(event.id)
        title, kind, instant, text = (latest.get(facet) for facet in ("title", "kind", "instant", "text"))
        return replace(
            event,
            title=title.title if title and title.title is not None else event.title,
            kind=kind.kind if kind and kind.kind is not None else event.kind,
            instant=instant.instant if instant and instant.instant is not None else event.instant,
            body=text.text if text else event.body,
        )

    def _overtake(self, earlier: Edit | None, later: Edit, facet: str, event_id: str = "") -> None:
        if earlier is not None and earlier.id != later.id:
            self.superseded.append(Superseded(earlier, later, facet, event_id))

    def _visibility(self, home: Mapping[str, str]) -> tuple[set[str], set[str]]:
        standing: dict[str, list[Edit]] = {}
        for edit in self.edits:
            if edit.verb not in (Verb.ACCEPT, Verb.DISMISS):
                continue
            for target in _homes(edit, home):
                before = standing.get(target, [])
                if before and before[-1].verb is not edit.verb:
                    for earlier in before:
                        self._overtake(earlier, edit, "visibility", target)
                    before = []
                standing[target] = [*before, edit]
        for target, edits in standing.items():
            for edit in edits:
                self.force[edit.id].append(target)
        dismissed = {target for target, edits in standing.items() if edits[-1].verb is Verb.DISMISS}
        return dismissed, set(standing) - dismissed

    def _notes(self, home: Mapping[str, str]) -> dict[str, tuple[Edit, ...]]:
        notes: dict[str, tuple[Edit, ...]] = {}
        for edit in self.edits:
            if edit.verb is Verb.NOTE:
                for target in _homes(edit, home) if edit.event_ids else [WHOLE_INCIDENT]:
                    notes[target] = (*notes.get(target, ()), edit)
                    self.force[edit.id].append(target)
        return notes

    def _pins(self, home: Mapping[str, str]) -> dict[str, Edit]:
        pins: dict[str, Edit] = {}
        for edit in self.edits:
            if edit.verb is Verb.PIN and self._takes_effect(edit):
                self._overtake(pins.get(edit.milestone), edit, edit.milestone)
                if edit.milestone in pins:
                    self.force[pins[edit.milestone].id] = []
                pins[edit.milestone] = edit
                self.force[edit.id] = _homes(edit, home) or [WHOLE_INCIDENT]
        return pins


def choose_pinned(
    milestones: Mapping[Milestone, tuple[Candidate, ...]], overlaid: Overlaid
) -> dict[Milestone, tuple[Candidate, ...]]:
    """The candidates with the accounts that people picked in front, marked with their reason. A pin on an event that
    no candidate rests on, or on a typed time, becomes a candidate of its own; the others stay behind it."""
    chosen = dict(milestones)
    by_member = {one: event for event in (*overlaid.events, *overlaid.hidden) for one in _ids(event)}
    for name, edit in overlaid.pins.items():
        if name not in set(Milestone):
            continue
        milestone = Milestone(name)
        why = edit.reason or edit.text or "picked by a person"
        event = next((by_member[i] for i in edit.event_ids if i in by_member), None)
        others = list(chosen.get(milestone, ()))
        members = set(_ids(event)) if event else set()
        resting = next((c for c in others if members & set(c.event_ids)), None)
        if edit.instant is not None:
            evidence = event.all_sources if event else ()
            ids = (event.id,) if event else ()
            picked = Candidate(edit.instant, why, evidence, ids, "person", 1.0, why)
        elif resting is not None:
            others.remove(resting)
            picked = replace(resting, chosen_by=why, confidence=1.0)
        elif event is not None:
            picked = Candidate(event.instant, why, event.all_sources, (event.id,), event.lane.value, 1.0, why)
        else:
            continue
        chosen[milestone] = (picked, *others)
    return chosen


def _ids(event: Event) -> tuple[str, ...]:
    return event.members or (event.own_id,)


def _homes(edit: Edit, home: Mapping[str, str]) -> list[str]:
    """The events that hold the ids of an edit, each once."""
    return list(dict.fromkeys(home[one] for one in edit.event_ids if one in home))

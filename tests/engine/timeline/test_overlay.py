"""People's edits on top of any run: none is lost, whatever the next run looks like."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.findings import Candidate, Milestone
from afteraction.core.instant import Instant
from afteraction.core.overlay import Edit, Verb
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine.timeline.merge import combine
from afteraction.engine.timeline.overlay import WHOLE_INCIDENT, Overlaid, apply, choose_pinned
from tests.effort import examples

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
LANES = list(Lane)


def reading(number: int) -> Event:
    return Event(
        instant=Instant(utc=NOON + timedelta(minutes=number)),
        title=f"reading {number}",
        evidence=EvidenceRef("a" * 8, Locator(line=number + 1)),
        lane=LANES[number % len(LANES)],
    )


READINGS = [reading(number) for number in range(9)]
IDS = [one.own_id for one in READINGS]
A, B, C, D = READINGS[:4]


def edit(number: int, verb: Verb, *ids: str, **more: object) -> Edit:
    return Edit(id=f"e{number}", verb=verb, event_ids=ids, at=NOON + timedelta(seconds=number), **more)  # type: ignore[arg-type]


def members(event: Event) -> set[str]:
    return set(event.members or (event.own_id,))


@st.composite
def runs(draw: st.DrawFn) -> list[Event]:
    """Any subset of the evidence, merged in any way, in any order."""
    present = draw(st.lists(st.sampled_from(READINGS), unique_by=lambda e: e.own_id))
    rooms = [draw(st.integers(0, 4)) for _ in present]
    groups = [[e for e, room in zip(present, rooms, strict=True) if room == wanted] for wanted in range(5)]
    return draw(st.permutations([combine(group) for group in groups if group]))


@st.composite
def edit_lists(draw: st.DrawFn) -> list[Edit]:
    count = draw(st.integers(0, 9))
    found = []
    for number in range(count):
        verb = draw(st.sampled_from(list(Verb)))
        ids = draw(st.lists(st.sampled_from([*IDS, "0" * 16]), max_size=3))
        more: dict[str, object] = {}
        if verb is Verb.EDIT:
            more["title"] = draw(st.none() | st.just(f"title {number}"))
            more["kind"] = draw(st.none() | st.sampled_from(list(EventKind)))
            more["text"] = draw(st.sampled_from(["", f"text {number}"]))
        if verb is Verb.PIN:
            more["milestone"] = draw(st.sampled_from(["t_detect", "t_resolved"]))
            more["instant"] = draw(st.none() | st.just(Instant(utc=NOON)))
        moment = NOON + timedelta(seconds=draw(st.integers(0, 3)))
        found.append(Edit(id=f"e{number}", verb=verb, event_ids=tuple(ids), at=moment, **more))  # type: ignore[arg-type]
    return found


def accounted_for(view: Overlaid, one: Edit, wanted: str) -> bool:
    """True when this edit shows on the event that holds the id, or a later edit took its place there."""
    home = next(e for e in (*view.events, *view.hidden) if wanted in members(e))
    if home.id in view.in_force.get(one.id, ()):
        return shows(view, one, home)
    return any(
        s.edit.id == one.id and (s.by.at, s.by.id) > (one.at, one.id) and s.event_id in ("", home.id)
        for s in view.superseded
    )


def shows(view: Overlaid, one: Edit, home: Event) -> bool:
    hidden = home.id in {e.id for e in view.hidden}
    if one.verb is Verb.DISMISS:
        return hidden
    if one.verb is Verb.ACCEPT:
        return home.id in view.accepted and not hidden
    if one.verb is Verb.NOTE:
        return one in view.notes[home.id]
    if one.verb is Verb.PIN:
        return view.pins[one.milestone] == one
    if one.verb is Verb.SPLIT:
        return len(members(home)) == 1
    if one.verb is Verb.MERGE:
        here = {i for e in (*view.events, *view.hidden) for i in members(e)}
        return members(home) >= set(one.event_ids) & here
    stated = {"title": one.title, "kind": one.kind, "text": one.text or None}
    shown = {"title": home.title, "kind": home.kind, "text": home.body}
    overtaken = {s.facet for s in view.superseded if s.edit.id == one.id and s.event_id == home.id}
    return all(value is None or shown[facet] == value or facet in overtaken for facet, value in stated.items())


@settings(max_examples=examples(300), deadline=None)
@given(runs(), runs(), edit_lists())
def test_no_edit_is_lost_by_any_rerun_and_undoing_the_rerun_restores_the_view(
    first: list[Event], second: list[Event], edits: list[Edit]
) -> None:
    before = apply(first, edits, READINGS)
    for run in (first, second):
        view = apply(run, edits, READINGS)
        present = {i for event in run for i in members(event)}
        waiting = {w.edit.id: w for w in view.waiting}
        for one in edits:
            for wanted in one.event_ids:
                if wanted not in present:
                    assert wanted in waiting[one.id].missing
                elif one.id in waiting and waiting[one.id].wholly:
                    assert one.verb is Verb.MERGE
                else:
                    assert accounted_for(view, one, wanted), (one, view)
            in_force = one.id in view.in_force
            overtaken = any(s.edit.id == one.id for s in view.superseded)
            assert in_force or overtaken or one.id in waiting
        shown = [i for event in (*view.events, *view.hidden) for i in sorted(members(event))]
        assert sorted(shown) == sorted(present), "every reading stands in exactly one event"
    assert apply(first, edits, READINGS) == before


@settings(max_examples=examples(60), deadline=None)
@given(runs(), edit_lists(), st.randoms())
def test_neither_the_order_of_events_nor_of_edits_matters(events: list[Event], edits: list[Edit], dice) -> None:  # type: ignore[no-untyped-def]
    view = apply(events, edits, READINGS)
    dice.shuffle(events)
    dice.shuffle(edits)
    assert apply(events, edits, READINGS) == view


@settings(max_examples=examples(60), deadline=None)
@given(runs())
def test_without_edits_a_run_is_shown_as_it_is(events: list[Event]) -> None:
    view = apply(events, [])
    assert sorted(e.id for e in view.events) == sorted(e.id for e in events)
    assert not view.hidden and not view.waiting and not view.in_force


def test_an_edit_finds_its_event_by_any_member() -> None:
    view = apply([combine([A, B, C])], [edit(1, Verb.EDIT, B.own_id, title="The pool is full")])
    assert view.events[0].title == "The pool is full"
    assert view.events[0].id == min(A.own_id, B.own_id, C.own_id)


def test_an_edit_of_absent_evidence_waits_and_comes_back_with_it() -> None:
    hide = edit(1, Verb.DISMISS, B.own_id)
    gone = apply([A], [hide])
    assert [w.edit for w in gone.waiting] == [hide] and gone.waiting[0].wholly
    assert [e.title for e in apply([A, B], [hide]).hidden] == ["reading 1"]


def test_a_split_shows_the_reading_as_it_was_read() -> None:
    view = apply([combine([A, B])], [edit(1, Verb.SPLIT, B.own_id)], [A, B])
    assert {e.title for e in view.events} == {"reading 0", "reading 1"}


def test_a_split_without_readings_still_stands_at_its_own_place() -> None:
    view = apply([combine([A, B])], [edit(1, Verb.SPLIT, B.own_id)])
    assert {e.id for e in view.events} == {A.own_id, B.own_id}
    assert {e.evidence for e in view.events} == {A.evidence, B.evidence}


def test_a_merge_taken_apart_later_is_overtaken_not_lost() -> None:
    together, apart = edit(1, Verb.MERGE, A.own_id, B.own_id), edit(2, Verb.SPLIT, B.own_id)
    view = apply([A, B], [together, apart])
    assert len(view.events) == 2
    assert {(s.edit.id, s.by.id) for s in view.superseded} == {("e1", "e2")}


def test_a_merge_with_an_absent_event_waits() -> None:
    view = apply([A], [edit(1, Verb.MERGE, A.own_id, B.own_id)])
    assert view.waiting[0].missing == (B.own_id,) and view.waiting[0].wholly


def test_accepting_after_dismissing_shows_the_event_again() -> None:
    edits = [edit(1, Verb.DISMISS, A.own_id), edit(2, Verb.DISMISS, A.own_id), edit(3, Verb.ACCEPT, A.own_id)]
    view = apply([A], edits)
    assert not view.hidden and view.accepted == {A.id}
    assert {s.edit.id for s in view.superseded} == {"e1", "e2"}


def test_a_note_on_the_whole_incident_needs_no_event() -> None:
    view = apply([], [edit(1, Verb.NOTE, text="Ask the card provider")])
    assert [n.text for n in view.notes[WHOLE_INCIDENT]] == ["Ask the card provider"]


def test_a_pin_puts_the_account_it_rests_on_first_and_keeps_the_other() -> None:
    status, chat = (
        Candidate(A.instant, "status page", event_ids=(A.id,)),
        Candidate(B.instant, "chat", event_ids=(B.id,)),
    )
    pin = edit(1, Verb.PIN, B.own_id, milestone="t_resolved", reason="The page was updated late")
    chosen = choose_pinned({Milestone.RESOLVED: (status, chat)}, apply([A, B], [pin]))
    assert [c.reason for c in chosen[Milestone.RESOLVED]] == ["chat", "status page"]
    assert chosen[Milestone.RESOLVED][0].chosen_by == "The page was updated late"


def test_a_typed_time_becomes_a_candidate_of_its_own() -> None:
    pin = edit(1, Verb.PIN, milestone="t_detect", instant=Instant(utc=NOON), reason="Seen on the wall screen")
    chosen = choose_pinned({Milestone.DETECTED: (Candidate(B.instant, "alert"),)}, apply([], [pin]))
    assert [c.source for c in chosen[Milestone.DETECTED]] == ["person", ""]


def test_when_the_pinned_event_is_gone_the_pin_before_it_counts_again() -> None:
    pins = [edit(1, Verb.PIN, A.own_id, milestone="t_detect"), edit(2, Verb.PIN, B.own_id, milestone="t_detect")]
    assert apply([A, B], pins).pins["t_detect"].id == "e2"
    assert apply([A], pins).pins["t_detect"].id == "e1"


def test_an_edit_of_fields_keeps_the_id() -> None:
    moved = replace(A.instant, utc=NOON + timedelta(hours=5))
    view = apply([A, B], [edit(1, Verb.EDIT, A.own_id, instant=moved, kind=EventKind.DECISION)])
    assert [e.id for e in view.events] == [B.own_id, A.own_id]

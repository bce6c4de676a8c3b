"""What people do to events: once each, by who may, never over somebody else's change, and undone with one key."""

from __future__ import annotations

import pytest
from django.http import Http404

from afteraction.core.errors import UnreadableTime
from afteraction.core.instant import Precision
from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import SeatMissing
from afteraction.web.incidents.actions import (
    StaleEdit,
    Unusable,
    Wish,
    correct_event,
    hide_events,
    keep_events,
    merge_events,
    note_event,
    pin_milestone,
    restore_edit,
    split_event,
    stated_instant,
    withdraw_edit,
)
from afteraction.web.incidents.editing.edits import edits_of
from afteraction.web.incidents.models import IncidentMember, Seat, TimelineEdit, Triage
from afteraction.web.incidents.reanalysis import is_recomputing
from afteraction.web.incidents.standing import history_of, standings
from tests.web import documents

pytestmark = pytest.mark.django_db
ALERT, ACK, CHAT = "ev0003", "ev0004", "ev0107"


def row(incident, event_id: str):
    """An event of the newest analysis as it is stored."""
    return queries.event_of(queries.latest_analysis(incident), event_id)


def standing(incident, event_id: str):
    """How people left one event."""
    return standings(incident, [row(incident, event_id).value])[event_id]


@pytest.fixture
def colleague(incident, make_person):
    """Somebody else with a seat: the scribe."""
    other = make_person("scribe@example.org", name="Sam Oduya")
    IncidentMember.objects.create(incident=incident, person=other, seat=Seat.SCRIBE)
    return other


def test_hiding_shows_at_once_and_asks_for_the_facts_anew(incident, person) -> None:
    hide_events(incident, Wish([CHAT, ACK]), actor=person)
    assert row(incident, CHAT).triage == row(incident, ACK).triage == Triage.HIDDEN
    assert is_recomputing(incident)
    entry = AuditEntry.objects.get(verb="hide_events")
    assert (entry.actor, entry.subject, entry.detail["count"]) == (person, incident.subject, 2)


def test_keeping_what_was_open_leaves_the_facts_alone(incident, person) -> None:
    keep_events(incident, Wish([ACK]), actor=person)
    assert row(incident, ACK).triage == Triage.KEPT
    assert not is_recomputing(incident)


def test_keeping_what_was_hidden_computes_anew(incident, person) -> None:
    hide_events(incident, Wish([ACK]), actor=person)
    from afteraction.web.jobs.models import Job

    Job.objects.all().delete()
    keep_events(incident, Wish([ACK]), actor=person)
    assert row(incident, ACK).triage == Triage.KEPT
    assert is_recomputing(incident)


def test_a_double_click_is_one_edit(incident, person) -> None:
    first = hide_events(incident, Wish([CHAT], edit_id="click-1"), actor=person)
    again = hide_events(incident, Wish([CHAT], edit_id="click-1"), actor=person)
    assert first.pk == again.pk
    assert AuditEntry.objects.filter(verb="hide_events").count() == 1


def test_the_name_of_an_edit_cannot_be_taken_over(incident, person, colleague) -> None:
    hide_events(incident, Wish([CHAT], edit_id="click-1"), actor=person)
    with pytest.raises(Unusable, match="name of its own"):
        hide_events(incident, Wish([CHAT], edit_id="click-1"), actor=colleague)
    with pytest.raises(Unusable):
        keep_events(incident, Wish([CHAT], edit_id="click-1"), actor=person)
    with pytest.raises(Unusable):
        keep_events(incident, Wish([CHAT], edit_id="<script>"), actor=person)


@pytest.mark.parametrize("seat", [None, Seat.VIEWER, Seat.DEVILS_ADVOCATE])
def test_who_does_not_work_on_the_incident_changes_nothing(incident, make_person, seat) -> None:
    other = make_person("guest@example.org")
    if seat:
        IncidentMember.objects.create(incident=incident, person=other, seat=seat)
    with pytest.raises(SeatMissing):
        hide_events(incident, Wish([CHAT]), actor=other)
    with pytest.raises(SeatMissing):
        note_event(incident, Wish([CHAT]), text="mine", actor=other)
    with pytest.raises(SeatMissing):
        pin_milestone(incident, Wish([ACK]), milestone="t_ack", reason="so", actor=other)
    assert not TimelineEdit.objects.exists()


def test_a_stale_decision_is_refused_with_the_other_one(incident, person, colleague) -> None:
    theirs = keep_events(incident, Wish([ACK], based_on={ACK: 0}), actor=colleague)
    with pytest.raises(StaleEdit) as refused:
        hide_events(incident, Wish([ACK], based_on={ACK: 0}), actor=person)
    assert [each.pk for each in refused.value.theirs] == [theirs.pk]
    hide_events(incident, Wish([ACK], based_on={ACK: theirs.pk}), actor=person)
    assert row(incident, ACK).triage == Triage.HIDDEN


def test_edits_of_different_things_are_no_conflict(incident, person, colleague) -> None:
    note_event(incident, Wish([ACK], based_on={ACK: 0}), text="seen it too", actor=colleague)
    keep_events(incident, Wish([ACK], based_on={ACK: 0}), actor=colleague)
    correct_event(incident, Wish([ACK], based_on={ACK: 0}), title="On-call looks", actor=person)
    with pytest.raises(StaleEdit):
        correct_event(incident, Wish([ACK], based_on={ACK: 0}), title="On-call looked", actor=colleague)
    assert standing(incident, ACK).title == "On-call looks"


def test_a_correction_shows_at_once_and_is_undone(incident, person) -> None:
    edit = correct_event(incident, Wish([ACK]), title=" On-call \n looks ", kind="note", actor=person)
    assert (standing(incident, ACK).title, standing(incident, ACK).kind) == ("On-call looks", "note")
    withdraw_edit(incident, edit.edit_id, actor=person)
    assert standing(incident, ACK).title == "looking, checkout 5xx climbing"
    restore_edit(incident, edit.edit_id, actor=person)
    assert standing(incident, ACK).title == "On-call looks"
    assert [entry.verb for entry in AuditEntry.objects.filter(verb__endswith="_edit").order_by("id")] == [
        "withdraw_edit", "restore_edit",
    ]  # fmt: skip


def test_undoing_twice_is_undoing_once(incident, person) -> None:
    edit = hide_events(incident, Wish([CHAT]), actor=person)
    withdraw_edit(incident, edit.edit_id, actor=person)
    withdraw_edit(incident, edit.edit_id, actor=person)
    assert row(incident, CHAT).triage == Triage.OPEN
    assert AuditEntry.objects.filter(verb="withdraw_edit").count() == 1
    assert edits_of(incident) == ()


def test_only_edits_of_this_incident_can_be_undone(incident, person, colleague) -> None:
    with pytest.raises(Http404):
        withdraw_edit(incident, "nothing", actor=person)


def test_a_typed_time_carries_its_zone_and_its_precision(incident, person) -> None:
    told = stated_instant("2026-05-12 16:13", "Europe/Berlin")
    assert told.utc.isoformat() == "2026-05-12T14:13:00+00:00"
    assert (told.precision, told.tz_known, told.source_tz) == (Precision.MINUTE, True, "Europe/Berlin")
    assert stated_instant("2026-05-12 16:13", "Europe/Berlin", "≈").precision is Precision.APPROXIMATE
    edit = correct_event(incident, Wish([ACK]), instant=told, actor=person)
    assert edits_of(incident)[0].instant == told
    assert "instant" in edit.value


@pytest.mark.parametrize(
    ("text", "zone", "precision"),
    [("2026-13-05", "UTC", ""), ("soon", "UTC", ""), ("2026-05-12 14:00", "", ""), ("2026-05-12 14:00", "Mars/Up", ""),
     ("2026-05-12 14:00", "UTC", "week"), ("", "UTC", "")],
)  # fmt: skip
def test_a_time_that_cannot_be_vouched_for_is_refused(text, zone, precision) -> None:
    with pytest.raises(UnreadableTime):
        stated_instant(text, zone, precision)


@pytest.mark.parametrize(
    "said", [{}, {"title": "  "}, {"title": "x" * 501}, {"kind": "gossip"}], ids=["nothing", "empty", "long", "kind"]
)
def test_an_empty_or_wrong_correction_is_refused(incident, person, said) -> None:
    with pytest.raises(Unusable):
        correct_event(incident, Wish([ACK]), **said, actor=person)
    assert not TimelineEdit.objects.exists()


def test_events_that_are_not_there_are_refused_and_nothing_is_kept(incident, person) -> None:
    with pytest.raises(Unusable, match="no event nothere"):
        hide_events(incident, Wish([ACK, "nothere"]), actor=person)
    with pytest.raises(Unusable):
        hide_events(incident, Wish([]), actor=person)
    with pytest.raises(Unusable, match="too many"):
        hide_events(incident, Wish([str(number) for number in range(501)]), actor=person)
    assert not TimelineEdit.objects.exists()


def test_merging_takes_two(incident, person) -> None:
    with pytest.raises(Unusable):
        merge_events(incident, Wish([ACK, ACK]), actor=person)
    merge_events(incident, Wish([ACK, ALERT]), actor=person)
    assert edits_of(incident)[0].event_ids == (ACK, ALERT)


def test_a_merged_event_is_taken_apart_by_its_members(keep_small_incident, person) -> None:
    events = documents.events()
    next(each for each in events if each["id"] == ACK)["members"] = [ACK, "ev9001", "ev9002"]
    incident = keep_small_incident(events=events)
    split_event(incident, Wish([ACK]), members=["ev9001", "elsewhere"], actor=person)
    assert edits_of(incident)[0].event_ids == ("ev9001",)
    split_event(incident, Wish([ACK]), actor=person)
    assert edits_of(incident)[1].event_ids == (ACK, "ev9001", "ev9002")
    with pytest.raises(Unusable, match="one reading"):
        split_event(incident, Wish([ALERT]), actor=person)


def test_edits_of_a_member_are_edits_of_the_merged_event(keep_small_incident, person) -> None:
    incident = keep_small_incident()
    hide_events(incident, Wish([CHAT]), actor=person)
    merged = {**row(incident, ACK).value, "members": [ACK, CHAT]}
    assert standings(incident, [merged])[ACK].is_hidden


def test_notes_add_up(incident, person, colleague) -> None:
    note_event(incident, Wish([ACK]), text="first", actor=person)
    note_event(incident, Wish([ACK], based_on={ACK: 0}), text="second", actor=colleague)
    notes = standing(incident, ACK).notes
    assert [(each.text, each.who) for each in notes] == [("first", "owner"), ("second", "scribe")]
    with pytest.raises(Unusable):
        note_event(incident, Wish([ACK]), text=" \n ", actor=person)


def test_a_pin_needs_a_reason_and_something_to_pin(incident, person) -> None:
    for wish, said in [
        (Wish([ACK]), {"milestone": "t_ack", "reason": " "}),
        (Wish([]), {"milestone": "t_ack", "reason": "so"}),
        (Wish([ACK]), {"milestone": "t_lunch", "reason": "so"}),
    ]:
        with pytest.raises(Unusable):
            pin_milestone(incident, wish, **said, actor=person)


def test_two_pins_of_one_milestone_are_a_conflict(incident, person, colleague) -> None:
    pin_milestone(incident, Wish(["ev0008"]), milestone="t_resolved", reason="chat", actor=colleague)
    with pytest.raises(StaleEdit):
        pin_milestone(
            incident, Wish(["ev0009"], based_on={"t_resolved": 0}), milestone="t_resolved", reason="page", actor=person
        )
    pin_milestone(incident, Wish(["ev0004"], based_on={"t_ack": 0}), milestone="t_ack", reason="first", actor=person)


def test_the_history_of_an_event_names_seats_and_no_people(incident, person, colleague) -> None:
    edit = correct_event(incident, Wish([ACK]), title="On-call looks", actor=colleague)
    hide_events(incident, Wish([ACK]), actor=person)
    withdraw_edit(incident, edit.edit_id, actor=person)
    history = history_of(incident, row(incident, ACK).value)
    assert [(each.who, each.told, each.is_withdrawn, each.withdrawn_by) for each in history] == [
        ("owner", "hid it", False, ""),
        ("scribe", "corrected the wording", True, "owner"),
    ]


def test_the_audit_trail_holds_no_text_of_evidence(incident, person) -> None:
    correct_event(incident, Wish([ACK]), title="zebra crossing", actor=person)
    note_event(incident, Wish([ACK]), text="zebra crossing", actor=person)
    assert "zebra" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))

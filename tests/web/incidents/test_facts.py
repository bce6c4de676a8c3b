"""Confirmed facts: a version stays as it was, and everything later is told against it."""

from __future__ import annotations

import pytest
from django.test import Client

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import SeatMissing
from afteraction.web.incidents.actions import (
    FactsMoved,
    Unusable,
    Wish,
    confirm_facts,
    correct_event,
    hide_events,
    keep_events,
    note_event,
    return_to_version,
    withdraw_edit,
)
from afteraction.web.incidents.editing.versions import changes_since, facts_standing
from afteraction.web.incidents.models import FactsVersion, IncidentMember, Seat
from afteraction.web.jobs.models import Job
from tests.web import documents

pytestmark = pytest.mark.django_db
PAGE = "/incidents/INC-2041/"
ACK = "ev0004"


def confirm(incident, person, note: str = "") -> FactsVersion:
    """Confirms what stands there now."""
    analysis = queries.latest_analysis(incident)
    return confirm_facts(incident, analysis_id=analysis.pk, note=note, actor=person)


def test_confirming_makes_versions_one_after_the_other(incident, person) -> None:
    first = confirm(incident, person, "good enough")
    assert (first.number, first.note, first.edit_ids) == (1, "good enough", [])
    edit = keep_events(incident, Wish([ACK]), actor=person)
    second = confirm(incident, person)
    assert (second.number, second.edit_ids) == (2, [edit.edit_id])
    assert AuditEntry.objects.filter(verb="confirm_facts").count() == 2


def test_a_double_click_confirms_once(incident, person) -> None:
    assert confirm(incident, person) == confirm(incident, person)
    assert FactsVersion.objects.count() == 1


def test_facts_that_are_being_computed_are_not_confirmed(incident, person) -> None:
    hide_events(incident, Wish([ACK]), actor=person)
    with pytest.raises(FactsMoved):
        confirm(incident, person)
    Job.objects.all().delete()
    with pytest.raises(FactsMoved):
        confirm_facts(incident, analysis_id=0, actor=person)
    with pytest.raises(Unusable):
        confirm(incident, person, "x" * 8001)


def test_confirming_takes_a_seat(incident, make_person) -> None:
    with pytest.raises(SeatMissing):
        confirm(incident, make_person("outsider@example.org"))


def test_a_version_reads_the_same_after_later_edits_and_evidence(client, person, keep_small_incident) -> None:
    incident = keep_small_incident()
    keep_events(incident, Wish([ACK]), actor=person)
    confirm(incident, person)
    before = client.get(PAGE + "facts/1/").content.decode()
    report = client.get(PAGE + "facts/1/report/").content.decode()
    correct_event(incident, Wish([ACK]), title="Quite another story", actor=person)
    metrics = documents.document()["metrics"] | {"M01": documents.metric("Time to detect", 7200)}
    from afteraction.web.evidence.actions import keep

    keep(incident, documents.document(metrics=metrics, id="later"), "later", "test")
    after = client.get(PAGE + "facts/1/").content.decode()

    def told(body: str, start: str, end: str) -> str:
        return body.partition(start)[2].partition(end)[0]

    assert "9 min" in told(after, 'class="strip"', "</section>")
    assert told(before, '<ol class="events"', "</ol>") == told(after, '<ol class="events"', "</ol>")
    assert "Quite another story" not in told(after, '<ol class="events"', "</ol>")
    assert "Time to detect" in told(after, 'id="h-since"', "</table>")
    assert "2 h" in told(after, 'id="h-since"', "</table>")
    again = client.get(PAGE + "facts/1/report/").content.decode()
    assert told(report, "<main", "</main>") == told(again, "<main", "</main>")


def test_the_page_says_how_many_edits_came_since(client, incident, person) -> None:
    confirm(incident, person)
    assert "Confirmed, version 1" in client.get(PAGE).content.decode()
    edit = keep_events(incident, Wish([ACK]), actor=person)
    note_event(incident, Wish([ACK]), text="later", actor=person)
    assert "2 edits since version 1" in client.get(PAGE).content.decode()
    withdraw_edit(incident, edit.edit_id, actor=person)
    assert "1 edit since version 1" in client.get(PAGE).content.decode()


def test_going_back_withdraws_later_edits_and_brings_back_earlier_ones(incident, person) -> None:
    kept = keep_events(incident, Wish([ACK]), actor=person)
    version = confirm(incident, person)
    note_event(incident, Wish([ACK]), text="later", actor=person)
    withdraw_edit(incident, kept.edit_id, actor=person)
    assert return_to_version(incident, version, actor=person) == 2
    assert changes_since(incident, version) == []
    assert queries.event_of(queries.latest_analysis(incident), ACK).triage == "kept"
    assert return_to_version(incident, version, actor=person) == 0


def perspectives(incident) -> int:
    """As the page that confirms counts them."""
    return facts_standing(incident, [], {"triage": 0}).perspectives


def test_perspectives_are_people_who_had_a_part(incident, person, make_person) -> None:
    assert perspectives(incident) == 0
    keep_events(incident, Wish([ACK]), actor=person)
    note_event(incident, Wish([ACK]), text="again", actor=person)
    assert perspectives(incident) == 1
    other = make_person("support@example.org")
    IncidentMember.objects.create(incident=incident, person=other, seat=Seat.RESPONDER)
    confirm(incident, other)
    assert perspectives(incident) == 2


def test_the_button_says_what_is_open_and_confirms_anyway(client, incident) -> None:
    page = client.get(PAGE + "facts/confirm/").content.decode()
    for told in ("1 conflicting milestone", "3 unknown milestones", "9 events to triage", "Confirm anyway"):
        assert told in page, told
    analysis = queries.latest_analysis(incident).pk
    answer = client.post(PAGE + "facts/confirm/", {"analysis": analysis, "note": "the rest is chatter"})
    assert answer.status_code == 302
    page = client.get(PAGE + "facts/1/").content.decode()
    assert "confirmed by owner" in page
    assert "the rest is chatter" in page
    assert "Robin" not in page.partition("<main")[2]
    stale = client.post(PAGE + "facts/confirm/", {"analysis": "0"})
    assert stale.status_code == 409
    assert "changing" in stale.content.decode()


def test_there_is_no_version_that_nobody_confirmed(client, incident) -> None:
    assert client.get(PAGE + "facts/7/").status_code == 404
    assert client.get(PAGE + "facts/7/report/").status_code == 404


def test_going_back_takes_a_seat(incident, person, make_person) -> None:
    confirm(incident, person)
    guest = make_person("guest@example.org")
    IncidentMember.objects.create(incident=incident, person=guest, seat=Seat.VIEWER)
    browser = Client()
    browser.force_login(guest)
    assert browser.post(PAGE + "facts/1/return").status_code == 403
    assert browser.get(PAGE + "facts/1/").status_code == 200

"""The embargo of a restricted incident: who sets it, what it says, and how it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.actions import tokens
from afteraction.web.accounts.models import AuditEntry, User
from afteraction.web.incidents.access import SeatMissing
from afteraction.web.incidents.actions.change_record import change_record
from afteraction.web.incidents.actions.visibility import lift_restriction, publish, restrict, set_embargo
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.openness import openness_of
from afteraction.web.incidents.permissions import visible_to
from afteraction.web.incidents.record import Record, record_of

UNTIL = datetime(2090, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def closed(incident: Incident, person: User) -> Incident:
    return restrict(incident, "A breach", actor=person)


def over(incident: Incident) -> Incident:
    """The incident after its embargo."""
    Incident.objects.filter(pk=incident.pk).update(embargo_until=timezone.now() - timedelta(seconds=1))
    incident.refresh_from_db()
    return incident


def test_publishing_under_an_embargo_says_who_reads_it_until_when(
    closed: Incident, person: User, client: Client, make_person
) -> None:
    outsider = make_person("outsider@example.org")
    said = {"until": "2090-12-01T09:00", "reason": "Customers patch until then"}
    page = client.post(f"/incidents/{closed.key}/embargo", said, follow=True).content.decode()
    assert "The embargo ends on 1 Dec 2090, 09:00 UTC; as a draft it stays with its members then too." in page
    entry = AuditEntry.objects.get(verb="set_embargo")
    assert (entry.detail["until"], entry.detail["reason"]) == (UNTIL.isoformat(), "Customers patch until then")
    closed.refresh_from_db()
    published = publish(closed, actor=person)
    assert openness_of(published).words == "Embargo until 1 Dec 2090, 1 person"
    report = client.get(f"/incidents/{closed.key}/report/").content.decode()
    assert "everybody who signs in may read it from then on" in report
    assert not visible_to(outsider).exists()
    assert over(published).is_restricted is False
    assert list(visible_to(outsider)) == [published]
    assert openness_of(published).words == "Everyone in the organisation"
    assert "Do not pass it on" not in client.get(f"/incidents/{closed.key}/report/").content.decode()


def test_disclosing_before_the_day_takes_a_reason_and_keeps_what_the_day_was(closed: Incident, person: User) -> None:
    set_embargo(closed, UNTIL, "Customers patch", actor=person)
    opened = lift_restriction(closed, "It was in the news", actor=person)
    assert (opened.restricted, opened.embargo_until) == (False, None)
    assert AuditEntry.objects.get(verb="lift_restriction").detail["embargo_until"] == UNTIL.isoformat()


def test_what_cannot_be_is_refused_and_changes_nothing(incident: Incident, person: User, client: Client) -> None:
    with pytest.raises(CannotDo, match="is not restricted"):
        set_embargo(incident, UNTIL, "x", actor=person)
    closed = restrict(incident, "A breach", actor=person)
    for until, reason in ((timezone.now() - timedelta(days=1), "x"), (UNTIL, " ")):
        with pytest.raises(CannotDo):
            set_embargo(closed, until, reason, actor=person)
    page = client.post(f"/incidents/{closed.key}/embargo", {"until": "soon", "reason": "x"}, follow=True)
    assert "&quot;soon&quot; is no day and time." in page.content.decode()
    closed.refresh_from_db()
    assert closed.embargo_until is None


def test_it_takes_a_leading_seat(closed: Incident, make_person) -> None:
    responder = make_person("responder@example.org")
    IncidentMember.objects.create(incident=closed, person=responder, seat=Seat.RESPONDER)
    with pytest.raises(SeatMissing):
        set_embargo(closed, UNTIL, "x", actor=responder)


def test_taking_the_end_away_and_restricting_anew_leave_it_to_people(closed: Incident, person: User) -> None:
    set_embargo(closed, UNTIL, "x", actor=person)
    assert set_embargo(closed, None, "The day is not known", actor=person).embargo_until is None
    set_embargo(closed, UNTIL, "x", actor=person)
    again = restrict(over(closed), "Another finding", actor=person)
    assert (again.is_restricted, again.embargo_until) == (True, None)


def test_what_becomes_a_security_incident_after_an_embargo_is_closed_again(closed: Incident, person: User) -> None:
    set_embargo(closed, UNTIL, "x", actor=person)
    opened = over(closed)
    said = Record(**{**record_of(opened).values(), "is_security": True, "services": ()})
    assert change_record(opened, said, based_on=opened.version, actor=person).is_restricted is True


def test_programs_set_it(closed: Incident, person: User) -> None:
    _, secret = tokens.make_token("x", ["write"], days=None, actor=person)
    asked = {"headers": {"Authorization": f"Bearer {secret}"}, "content_type": "application/json"}
    address = f"/api/v1/incidents/{closed.key}/embargo"
    answer = Client().put(address, {"until": "2090-12-01T09:00:00Z", "reason": "x"}, **asked)
    assert answer.status_code == 200 and answer.json()["told"].startswith("The embargo ends on 1 Dec 2090, 09:00 UTC")
    assert Client().put(address, {"until": "2090-12-01T09:00:00", "reason": "x"}, **asked).status_code == 422
    assert Client().put(address, {"until": "2020-12-01T09:00:00Z", "reason": "x"}, **asked).status_code == 409

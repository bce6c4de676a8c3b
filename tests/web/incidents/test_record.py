"""Creating an incident, changing its record, its members, and who it is open to. Robin owns the small incident."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.models import AuditEntry, Team
from afteraction.web.incidents.access import SeatMissing
from afteraction.web.incidents.actions.change_record import StaleRecord, change_record
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.actions.members import add_member, add_team, change_seat, remove_member
from afteraction.web.incidents.actions.visibility import (
    delete_incident,
    lift_restriction,
    narrow,
    publish,
    restore_incident,
    restrict,
    widen,
)
from afteraction.web.incidents.models import Incident, IncidentMember, Seat, State
from afteraction.web.incidents.permissions import may_view, seat_of, visible_to
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.record import Record, read_record, record_of

pytestmark = pytest.mark.django_db


def verbs(incident: Incident) -> list[str]:
    return list(AuditEntry.objects.filter(subject=incident.subject).order_by("id").values_list("verb", flat=True))


def test_who_creates_an_incident_owns_it(person):
    incident = create_incident(Record(title="Orders delayed", services=("mailer",)), actor=person)
    assert incident.key == "INC-1"
    assert seat_of(person, incident) == Seat.OWNER
    assert [row.name for row in incident.service_rows.all()] == ["mailer"]
    assert (incident.state, verbs(incident)) == (State.EMPTY, ["create_incident"])


def test_the_same_form_sent_twice_is_one_incident(person, make_person):
    first = create_incident(Record(title="Twice"), actor=person, opened_with="form-1")
    again = create_incident(Record(title="Twice"), actor=person, opened_with="form-1")
    other = create_incident(Record(title="Mine"), actor=make_person("other@example.org"), opened_with="form-1")
    assert (first.pk, first.key, other.key) == (again.pk, "INC-1", "INC-2")


def test_a_key_that_was_chosen_by_hand_is_passed_over(person, keep_small_incident):
    Incident.objects.create(key="INC-2", title="by hand")
    assert [create_incident(Record(title="x"), actor=person).key for _ in range(2)] == ["INC-1", "INC-3"]


def test_a_security_incident_is_restricted_from_birth(person):
    incident = create_incident(read_record({"title": "Token leaked", "kind": "security"}).record, actor=person)
    assert incident.restricted
    assert incident.is_security


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "  \x00 "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"title": "x", "kind": "catastrophe"}, "kind"),
        ({"title": "x", "environment": "moon"}, "environment"),
        ({"title": "x", "zone": "Mars/Olympus"}, "zone"),
        ({"title": "x", "services": "a" * 101}, "services"),
        ({"title": "x", "services": ",".join(map(str, range(60)))}, "services"),
        ({"title": "x", "severity": "S" * 40}, "severity"),
    ],
)
def test_a_record_says_per_field_what_is_wrong_with_it(given, field):
    assert list(read_record(given).wrong) == [field]


def test_a_kind_keeps_only_what_fits_it():
    read = read_record({"title": "x", "kind": "near_miss", "severity": "SEV-1", "has_data_loss": "on"})
    assert read.record == Record(title="x", kind="near_miss", is_near_miss=True)


def test_services_are_read_from_text_and_lists():
    assert read_record({"title": "x", "services": " a, b\nb ,,"}).record.services == ("a", "b")
    assert read_record({"title": "x", "services": ["a", " b "]}).record.services == ("a", "b")


def test_a_save_raises_the_version_and_says_what_changed(incident, person):
    said = read_record({**record_of(incident).values(), "severity": "SEV-1"}).record
    saved = change_record(incident, said, based_on=incident.version, actor=person)
    entry = AuditEntry.objects.get(verb="change_record")
    assert (saved.severity, saved.version) == ("SEV-1", 2)
    assert entry.detail["changed"] == {"severity": ["SEV-2", "SEV-1"]}


def test_a_stale_save_changes_nothing_and_hands_back_what_stands(incident, person):
    said = record_of(incident).values()
    change_record(incident, read_record({**said, "title": "First"}).record, based_on=1, actor=person)
    with pytest.raises(StaleRecord) as stale:
        change_record(incident, read_record({**said, "title": "Second"}).record, based_on=1, actor=person)
    incident.refresh_from_db()
    assert (stale.value.theirs.title, stale.value.version, incident.title) == ("First", 2, "First")


def test_a_viewer_cannot_change_the_record(incident, make_person):
    viewer = make_person("viewer@example.org")
    IncidentMember.objects.create(incident=incident, person=viewer, seat=Seat.VIEWER)
    with pytest.raises(SeatMissing, match="You are viewer of INC-2041"):
        change_record(incident, Record(title="x"), based_on=1, actor=viewer)


def test_members_are_added_by_address_and_the_last_owner_stays(incident, person, make_person):
    make_person("ana@example.org")
    member = add_member(incident, " Ana@Example.org ", Seat.RESPONDER, actor=person)
    own = IncidentMember.objects.get(incident=incident, person=person)
    for leave in (
        lambda: remove_member(incident, own, actor=person),
        lambda: change_seat(incident, own, Seat.VIEWER, actor=person),
    ):
        with pytest.raises(CannotDo, match="no other owner"):
            leave()
    change_seat(incident, member, Seat.OWNER, actor=person)
    remove_member(incident, own, actor=person)
    assert [each.person.email for each in incident.members.all()] == ["ana@example.org"]
    assert verbs(incident)[-3:] == ["add_member", "change_seat", "remove_member"]


def test_an_address_without_account_is_named(incident, person):
    with pytest.raises(CannotDo, match=r"nobody@example\.org"):
        add_member(incident, "nobody@example.org", Seat.VIEWER, actor=person)


def test_a_member_may_leave_but_not_make_others_leave(incident, person, make_person):
    ana = make_person("ana@example.org")
    member = add_member(incident, ana.email, Seat.RESPONDER, actor=person)
    with pytest.raises(SeatMissing):
        remove_member(incident, IncidentMember.objects.get(person=person), actor=ana)
    remove_member(incident, member, actor=ana)
    assert seat_of(ana, incident) is None


def test_a_team_gives_its_people_a_seat(incident, person, make_person):
    ana = make_person("ana@example.org")
    team = Team.objects.create(name="Payments", slug="payments")
    team.people.add(ana)
    add_team(incident, "payments", actor=person)
    assert seat_of(ana, incident) == Seat.RESPONDER


def test_publishing_opens_to_the_organisation_and_says_that_it_is_one_perspective(incident, person, make_person):
    outsider = make_person("outsider@example.org")
    assert not may_view(outsider, incident)
    publish(incident, actor=person)
    incident.refresh_from_db()
    assert may_view(outsider, incident)
    assert (incident.published_alone, incident.state) == (True, State.PUBLISHED)
    with pytest.raises(CannotDo, match="published already"):
        publish(incident, actor=person)


def test_what_has_no_evidence_cannot_be_published(person):
    with pytest.raises(CannotDo, match="Add evidence first"):
        publish(create_incident(Record(title="x"), actor=person), actor=person)


def test_narrowing_and_restricting_close_it_with_a_reason(incident, person, make_person):
    outsider = make_person("outsider@example.org")
    publish(incident, actor=person)
    with pytest.raises(CannotDo, match="Say why"):
        narrow(incident, "  ", actor=person)
    narrow(incident, "customer names in the chat", actor=person)
    assert not may_view(outsider, incident)
    widen(incident, actor=person)
    assert may_view(outsider, incident)
    restrict(incident, "legal asked", actor=person)
    assert not may_view(outsider, incident)
    lift_restriction(incident, "legal is done", actor=person)
    assert may_view(outsider, incident)
    assert verbs(incident)[-4:] == ["narrow", "widen", "restrict", "lift_restriction"]


def test_a_deleted_incident_is_gone_and_comes_back_whole(incident, person, make_person):
    delete_incident(incident, actor=person)
    assert not visible_to(person).exists()
    with pytest.raises(SeatMissing):
        restore_incident(incident, actor=make_person("outsider@example.org"))
    restore_incident(incident, actor=person)
    assert visible_to(person).get() == incident
    assert latest_analysis(incident) is not None


@pytest.mark.parametrize("act", [publish, widen, delete_incident])
def test_deciding_takes_a_leading_seat(incident, make_person, act):
    ana = make_person("ana@example.org")
    IncidentMember.objects.create(incident=incident, person=ana, seat=Seat.RESPONDER)
    with pytest.raises(SeatMissing, match="owner or facilitator"):
        act(incident, actor=ana)


@pytest.mark.django_db(transaction=True)
def test_keys_have_no_holes_when_many_are_made_at_once(either_database):
    from afteraction.web.accounts.models import User

    person = User.objects.create_user(f"many-{either_database}@example.org", "correct horse battery")
    problems: list[BaseException] = []

    def make() -> None:
        try:
            for _ in range(5):
                create_incident(Record(title="At once"), actor=person)
        except BaseException as problem:  # noqa: BLE001 - told below
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(int(key.removeprefix("INC-")) for key in Incident.objects.values_list("key", flat=True))
    assert problems == []
    assert numbers == list(range(numbers[0], numbers[0] + 20))

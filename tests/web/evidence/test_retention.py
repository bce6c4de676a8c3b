"""How long evidence is kept: for ever unless somebody says otherwise, and never gone without a warning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.access import CannotDo, NotAdmin
from afteraction.web.accounts.models import AuditEntry, SiteRole
from afteraction.web.evidence.actions import Refused
from afteraction.web.evidence.actions.retain import (
    change_retention,
    look_after_retention,
    say_retention,
    take_back_retention,
)
from afteraction.web.evidence.models import EvidenceDue, EvidenceFile, FileState, Tombstone
from afteraction.web.evidence.tasks import keep_no_longer
from afteraction.web.incidents.access import SeatMissing
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import IncidentMember, Seat
from tests.web import documents

pytestmark = pytest.mark.django_db
HERE = "/incidents/INC-2041/evidence/"
RESOLVED = datetime(2026, 5, 12, 15, 22, tzinfo=UTC)
SHA = documents.sha("chat/inc-2041.jsonl")


@pytest.fixture
def admin(make_person):
    return make_person("admin@example.org", role=SiteRole.ADMIN)


@pytest.fixture
def policy(incident, admin):
    """A hundred days after resolution, with a warning of ten."""
    return change_retention(100, 10, "Our contract says so", based_on=0, actor=admin)


def left(incident) -> set[str]:
    return set(
        EvidenceFile.objects.filter(incident=incident).exclude(state=FileState.PURGED).values_list("sha256", flat=True)
    )


def after(days: float) -> datetime:
    return RESOLVED + timedelta(days=days)


def test_nothing_goes_while_nobody_said_anything(incident) -> None:
    before = left(incident)
    assert look_after_retention(after(100_000)) == (0, 0)
    assert left(incident) == before and not EvidenceDue.objects.exists()


def test_members_are_warned_first_and_then_no_byte_is_left(client, incident, policy) -> None:
    count, size = len(left(incident)), EvidenceFile.objects.get(sha256=SHA).size
    assert count >= 2 and look_after_retention(after(80)) == (0, 0)
    assert look_after_retention(after(91)) == (count, 0)
    assert look_after_retention(after(92)) == (0, 0)
    told = AuditEntry.objects.get(verb="warn_retention")
    assert (told.subject, told.detail["count"], told.actor) == (incident.subject, count, None)
    page = client.get(HERE).content.decode()
    assert f"{count} originals due to go" in page and "20 Aug 2026" in page
    assert look_after_retention(after(100.9))[1] == 0
    assert look_after_retention(after(101.1))[1] == count
    assert left(incident) == set() and not EvidenceDue.objects.exists()
    stones = Tombstone.objects.filter(sha256=SHA)
    assert [(each.size, each.person) for each in stones] == [(size, None)]
    with pytest.raises(AfteractionError), store_of(incident).open_original(SHA) as stream:
        stream.read()
    purged = AuditEntry.objects.filter(verb="purge_evidence")
    assert {(each.actor, each.via) for each in purged} == {(None, "job")}


def test_home_says_what_is_due_to_go_to_those_who_work_on_it(client, incident, policy, make_person) -> None:
    assert "Evidence due to go" not in client.get("/").content.decode()
    look_after_retention(after(90))
    page = client.get("/").content.decode()
    assert "Evidence due to go" in page and f"{len(left(incident))} originals, the first" in page
    assert 'href="/incidents/INC-2041/evidence/#h-kept"' in page
    other = Client()
    other.force_login(make_person("out@example.org"))
    assert "Evidence due to go" not in other.get("/").content.decode()


def test_a_late_start_still_warns_for_the_whole_time(incident, policy) -> None:
    count = len(left(incident))
    assert look_after_retention(after(900)) == (count, 0)
    assert look_after_retention(after(909.9))[1] == 0
    assert look_after_retention(after(910))[1] == count


def test_a_hold_stops_everything_until_it_is_taken_back(incident, policy, person) -> None:
    count = len(left(incident))
    look_after_retention(after(95))
    hold = say_retention(incident, is_hold=True, reason="A court asked", actor=person)
    assert not EvidenceDue.objects.exists()
    assert look_after_retention(after(500)) == (0, 0) and len(left(incident)) == count
    take_back_retention(hold, actor=person)
    assert look_after_retention(after(501)) == (count, 0)
    assert look_after_retention(after(512))[1] == count


def test_one_original_is_kept_for_ever_and_the_rest_goes(incident, policy, person) -> None:
    chat, everything = EvidenceFile.objects.get(sha256=SHA), left(incident)
    say_retention(incident, file=chat, reason="It is cited elsewhere", actor=person)
    look_after_retention(after(95))
    assert look_after_retention(after(106))[1] == len(everything) - 1
    assert left(incident) == {SHA}
    assert look_after_retention(after(5_000)) == (0, 0) and left(incident) == {SHA}


def test_what_is_left_goes_by_the_resolution_that_was_known_before(incident, policy, person) -> None:
    chat = EvidenceFile.objects.get(sha256=SHA)
    say_retention(incident, file=chat, keep_days=300, reason="Longer", actor=person)
    look_after_retention(after(95))
    look_after_retention(after(106))
    assert look_after_retention(after(295)) == (1, 0)
    assert look_after_retention(after(306))[1] == 1 and left(incident) == set()


def test_the_same_bytes_in_another_incident_stay_for_it(incident, policy, person) -> None:
    everything = left(incident)
    other = open_incident("INC-9", owner=person)
    EvidenceFile.objects.create(incident=other, sha256=SHA, name="copy.jsonl", size=1)
    look_after_retention(after(95))
    assert look_after_retention(after(106))[1] == len(everything) - 1
    assert left(incident) == {SHA} and SHA in left(other)


def test_who_may_say_it(incident, policy, make_person, person) -> None:
    with pytest.raises(NotAdmin):
        change_retention(1, 1, "x", based_on=1, actor=person)
    scribe = make_person("scribe@example.org")
    IncidentMember.objects.create(incident=incident, person=scribe, seat=Seat.SCRIBE)
    with pytest.raises(SeatMissing):
        say_retention(incident, is_hold=True, reason="x", actor=scribe)


def test_a_stale_or_senseless_policy_is_refused(incident, policy, admin, person) -> None:
    for days, warn, reason, based_on in ((0, 1, "x", 1), (1, 0, "x", 1), (1, 1, " ", 1), (1, 1, "x", 0)):
        with pytest.raises(CannotDo):
            change_retention(days, warn, reason, based_on=based_on, actor=admin)
    for days, reason in ((0, "x"), (10**9, "x"), (5, "")):
        with pytest.raises(Refused):
            say_retention(incident, keep_days=days, reason=reason, actor=person)


def test_the_pages_say_what_holds_and_take_it_back(client, incident, person) -> None:
    person.role = SiteRole.ADMIN
    person.save()
    assert "nothing goes by itself" in client.get("/retention/").content.decode()
    wrong = client.post("/retention/", {"keep_days": "soon", "warn_days": "5", "reason": "x", "based_on": "0"})
    assert wrong.status_code == 400 and "no number of days" in wrong.content.decode()
    client.post("/retention/", {"keep_days": "400", "warn_days": "20", "reason": "Contract", "based_on": "0"})
    assert "400 days after resolution" in client.get("/retention/").content.decode()
    client.post(HERE + "kept/", {"how": "days", "keep_days": "900", "reason": "Longer", "file": SHA})
    page = client.get(f"{HERE}{SHA}/").content.decode()
    assert "kept for 900 days after resolution" in page and "because Longer" in page
    rule = incident.retention_rules.get()
    assert (rule.file.sha256, rule.keep_days) == (SHA, 900)
    client.post(f"{HERE}kept/{rule.pk}/back")
    assert "because Longer" not in client.get(HERE).content.decode()
    answered = client.post(HERE + "kept/", {"how": "days", "reason": "x"}, headers={"X-Requested-With": "fetch"})
    assert answered.status_code >= 400 and "how many days" in answered.json()["detail"]


def test_an_original_says_what_is_hidden_of_it(client, incident) -> None:
    alert = client.get(f"{HERE}{documents.sha('alerts/firing.json')}/").content.decode()
    assert "1 secret hidden in the lines shown" in alert and "hunter2" not in alert
    assert "nothing was hidden in the lines shown" in client.get(f"{HERE}{SHA}/").content.decode()


def test_the_chore_is_asked_for_and_harms_nothing_that_is_kept(incident, settings) -> None:
    assert "afteraction.web.evidence.tasks.keep_no_longer" in settings.CHORES
    assert keep_no_longer.func() == [0, 0]

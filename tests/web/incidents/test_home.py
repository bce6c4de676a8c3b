"""Home: what needs its reader, in which order, and nothing of what they have no seat in."""

from __future__ import annotations

import pytest

from afteraction.web.incidents.actions import confirm_facts
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.actions.visibility import publish
from afteraction.web.incidents.finding.needs import being_imported, needs_of
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.record import Record
from afteraction.web.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db


def steps(person) -> dict[str, list[str]]:
    return {need.incident.key: [step.verb for step in need.steps] for need in needs_of(person)}


def test_the_next_step_stands_on_a_button(client, incident, person):
    page = client.get("/").content.decode()
    assert "One incident needs you" in page
    assert "You own it." in page
    assert "sources disagree on “Resolved”: 15:22 or 15:30 UTC." in page
    assert steps(person)["INC-2041"][0] == "Decide"
    assert steps(person)["INC-2041"][-1] == "Look and confirm"


def test_an_empty_incident_asks_for_evidence(person):
    create_incident(Record(title="Empty"), actor=person)
    assert steps(person) == {"INC-1": ["Add evidence"]}


def test_a_failed_import_comes_first_with_its_reason(client, incident, person):
    Job.objects.create(
        task="x", subject=incident.subject, state=JobState.FAILED, title="Reading 7 files", reason="The disk is full."
    )
    page = client.get("/").content.decode()
    assert "Reading 7 files failed: The disk is full." in page
    assert steps(person)["INC-2041"][0] == "See why"


def test_a_later_success_takes_the_failure_away(incident, person):
    Job.objects.create(task="x", subject=incident.subject, state=JobState.FAILED)
    Job.objects.create(task="x", subject=incident.subject, state=JobState.DONE)
    assert "See why" not in steps(person)["INC-2041"]


def test_confirmed_facts_leave_what_disagrees_and_what_is_published_is_done(incident, person):
    confirm_facts(incident, analysis_id=latest_analysis(incident).pk, actor=person)
    assert "Look and confirm" not in steps(person)["INC-2041"]
    publish(incident, actor=person)
    assert steps(person) == {}


def test_the_oldest_comes_first(incident, person):
    create_incident(Record(title="Today"), actor=person)
    assert list(steps(person)) == ["INC-2041", "INC-1"]


def test_a_viewer_is_not_asked(client, incident, make_person):
    viewer = make_person("viewer@example.org")
    IncidentMember.objects.create(incident=incident, person=viewer, seat=Seat.VIEWER)
    client.force_login(viewer)
    page = client.get("/").content.decode()
    assert "Nothing needs you" in page
    assert "That is all." in page
    assert "INC-2041" in page


def test_who_sees_nothing_is_shown_how_to_begin(client, incident, make_person):
    client.force_login(make_person("new@example.org"))
    page = client.get("/").content.decode()
    assert "No incident yet" in page
    assert "afteraction serve --demo" in page
    assert "INC-2041" not in page


def test_jobs_of_visible_incidents_are_shown_and_those_of_others_not(client, incident, person, make_person):
    outsider = make_person("outsider@example.org")
    for subject in (incident.subject, "incident:999999", "incident:x", ""):
        Job.objects.create(
            task="x", subject=subject, state=JobState.RUNNING, title="Reading 7 files", done=31, total=100
        )
    assert [one.key for one, _job in being_imported(person)] == ["INC-2041"]
    assert being_imported(outsider) == []
    part = client.get("/importing").content.decode()
    assert "31 per cent done" in part
    assert 'hx-trigger="every 2s"' in part


def test_a_new_incident_by_its_form_becomes_a_page(client, person):
    form = client.get("/incidents/new").content.decode()
    token = form.split('name="form" value="')[1].split('"')[0]
    said = {"title": "Orders <b>delayed</b>", "kind": "near_miss", "services": "mailer", "form": token}
    first, again = client.post("/incidents/new", said), client.post("/incidents/new", said)
    incident = Incident.objects.get()
    assert first.url == again.url == "/incidents/INC-1/evidence/"
    assert incident.is_near_miss
    assert "Orders &lt;b&gt;delayed&lt;/b&gt;" in client.get("/").content.decode()


def test_a_form_with_mistakes_says_all_of_them_and_keeps_what_was_typed(client, person):
    answer = client.post("/incidents/new", {"title": "", "zone": "Atlantis", "services": "checkout", "kind": "bug"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Say in a few words" in page
    assert "Write it like Europe/Berlin" in page
    assert 'value="checkout"' in page
    assert not Incident.objects.exists()


def test_a_kind_asks_only_what_fits_it(client, person):
    def asked(kind: str) -> set[str]:
        part = client.get(f"/incidents/new/fields?kind={kind}&severity=SEV-1").content.decode()
        names = ("severity", "data_loss", "is_security", "is_near_miss")
        return {name for name in names if f'name="{name}"' in part}

    assert asked("outage") == {"severity", "data_loss", "is_security", "is_near_miss"}
    assert asked("near_miss") == {"is_security"}
    assert asked("milestone") == set()
    assert asked("security") == {"severity", "data_loss", "is_near_miss"}


def test_dropped_files_start_an_incident_without_a_name(client, person):
    answer = client.post("/incidents/new/files", {"form": "drop-1"})
    again = client.post("/incidents/new/files", {"form": "drop-1"})
    assert (answer.status_code, answer.json()["page"]) == (201, "/incidents/INC-1/evidence/")
    assert again.json()["key"] == "INC-1"
    assert client.post("/incidents/new/files", {"kind": "nonsense"}).status_code == 400


def test_a_stale_save_shows_both_and_saves_the_choice(client, incident):
    page = client.get("/incidents/INC-2041/settings/").content.decode()
    said = {
        "title": "Mine",
        "kind": "outage",
        "environment": "production",
        "severity": "SEV-2",
        "zone": "Europe/Berlin",
    }
    assert 'name="version" value="1"' in page
    client.post("/incidents/INC-2041/settings/", {**said, "title": "Theirs", "version": "1"})
    stale = client.post("/incidents/INC-2041/settings/", {**said, "version": "1"})
    shown = stale.content.decode()
    assert stale.status_code == 409
    assert all(text in shown for text in ("Somebody else changed this record", "Theirs", "Mine"))
    assert 'name="version" value="2"' in shown
    assert client.post("/incidents/INC-2041/settings/", {**said, "version": "2"}).status_code == 302
    incident.refresh_from_db()
    assert incident.title == "Mine"


def test_members_and_visibility_are_changed_on_their_page(client, incident, make_person):
    ana = make_person("ana@example.org", name="Ana Lopez")
    client.post("/incidents/INC-2041/members/change", {"do": "add", "email": "ana@example.org", "seat": "scribe"})
    assert IncidentMember.objects.get(person=ana).seat == "scribe"
    refused = client.post(
        "/incidents/INC-2041/members/change", {"do": "add", "email": "x@example.org", "seat": "scribe"}, follow=True
    )
    assert "Ask an admin to invite them first" in refused.content.decode()
    client.post("/incidents/INC-2041/visibility", {"do": "publish", "open_to": "members", "reason": "names inside"})
    page = client.get("/incidents/INC-2041/members/").content.decode()
    assert "Published to its members: names inside" in page
    assert "One perspective" in page
    for wrong in ({"do": "seat", "member": "x"}, {"do": "nothing"}, {"do": "remove", "member": "999"}):
        assert client.post("/incidents/INC-2041/members/change", wrong).status_code == 404


def test_a_deleted_incident_is_offered_back(client, incident):
    page = client.post("/incidents/INC-2041/delete", follow=True).content.decode()
    assert "INC-2041 is deleted." in page
    assert client.get("/incidents/INC-2041/").status_code == 404
    client.post("/incidents/INC-2041/restore")
    assert client.get("/incidents/INC-2041/").status_code == 200


@pytest.mark.parametrize("address", ["members/change", "visibility", "delete"])
def test_a_viewer_may_not_change_it(client, incident, make_person, address):
    viewer = make_person("viewer@example.org")
    IncidentMember.objects.create(incident=incident, person=viewer, seat=Seat.VIEWER)
    client.force_login(viewer)
    said = {"do": "publish" if address == "visibility" else "add", "email": "viewer@example.org", "seat": "owner"}
    assert client.post(f"/incidents/INC-2041/{address}", said).status_code == 403
    assert client.get("/incidents/INC-2041/members/").status_code == 200
    assert client.post("/incidents/INC-2041/settings/", {"title": "x", "version": "1"}).status_code == 403


@pytest.mark.parametrize("address", ["members/", "settings/", "delete", "restore", "visibility", "members/change"])
def test_an_outsider_finds_nothing(client, incident, make_person, address):
    client.force_login(make_person("outsider@example.org"))
    for key in ("INC-2041", "INC-9999"):
        method = client.get if address.endswith("/") else client.post
        assert method(f"/incidents/{key}/{address}").status_code == 404

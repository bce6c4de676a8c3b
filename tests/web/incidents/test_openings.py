"""Who opened a report, and admins who enter a closed incident: written down, and seen by members."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, NotAdmin
from afteraction.web.accounts.models import AuditEntry, SiteRole, User
from afteraction.web.incidents.actions.enter_incident import enter_incident
from afteraction.web.incidents.models import Incident, IncidentMember
from afteraction.web.incidents.permissions import seat_of

WHY = "Nobody of the team is left to ask"


@pytest.fixture
def admin(make_person: Callable[..., User]) -> User:
    return make_person("admin@example.org", name="Ada Admin", role=SiteRole.ADMIN)


def signed_in(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def openings(incident: Incident) -> list[tuple[str, str]]:
    entries = AuditEntry.objects.filter(subject=incident.subject, day__isnull=False).order_by("id")
    return [(str(entry.actor), entry.verb) for entry in entries]


def test_opening_and_exporting_are_written_down_once_a_day_each(client: Client, incident: Incident) -> None:
    address = f"/incidents/{incident.key}/report"
    for _ in range(3):
        assert client.get(f"{address}/").status_code == 200
        assert client.get(f"{address}.json").status_code == 200
        assert client.get(f"{address}.md").status_code == 200
    assert openings(incident) == [("Robin Keller", "open_report"), ("Robin Keller", "export_report")]


def test_who_may_not_see_it_leaves_no_entry(incident: Incident, make_person: Callable[..., User]) -> None:
    outsider = signed_in(make_person("outsider@example.org"))
    assert outsider.get(f"/incidents/{incident.key}/report/").status_code == 404
    assert openings(incident) == []


def test_members_see_who_opened_it_and_readers_without_a_seat_do_not(
    client: Client, incident: Incident, make_person: Callable[..., User]
) -> None:
    Incident.objects.update(published_at=timezone.now())
    reader = signed_in(make_person("reader@example.org", name="Rhea Reader"))
    assert reader.get(f"/incidents/{incident.key}/report/").status_code == 200
    mine = client.get(f"/incidents/{incident.key}/members/").content.decode()
    assert "Rhea Reader opened the report" in mine
    theirs = reader.get(f"/incidents/{incident.key}/members/").content.decode()
    assert "opened the report" not in theirs


def test_an_admin_sees_no_draft_until_they_enter_and_members_see_why(
    admin: User, client: Client, incident: Incident
) -> None:
    browser = signed_in(admin)
    address = f"/incidents/{incident.key}/"
    assert browser.get(address).status_code == 404
    entered = browser.post("/incidents/enter", {"key": incident.key, "reason": WHY, "seat": "viewer"})
    assert entered["Location"] == address
    assert browser.get(address).status_code == 200
    assert seat_of(admin, incident) == "viewer"
    assert f"Ada Admin entered as an admin: {WHY}" in client.get(f"{address}members/").content.decode()


@pytest.mark.parametrize("reason", ["", "   ", "because", "x" * 501])
def test_entering_takes_a_reason(admin: User, incident: Incident, reason: str) -> None:
    answer = signed_in(admin).post("/incidents/enter", {"key": incident.key, "reason": reason, "seat": "viewer"})
    assert answer.status_code == 422
    assert not IncidentMember.objects.filter(person=admin).exists()


def test_asking_for_a_key_that_is_not_there_leaves_a_trail(admin: User) -> None:
    with pytest.raises(CannotDo, match="no incident"):
        enter_incident("INC-404", WHY, actor=admin)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.detail["key"], entry.detail["reason"]) == ("ask_for_incident", "INC-404", WHY)


def test_only_admins_enter_and_only_once(admin: User, person: User, incident: Incident) -> None:
    with pytest.raises(NotAdmin):
        enter_incident(incident.key, WHY, actor=person)
    assert signed_in(person).get("/incidents/enter").status_code == 403
    enter_incident(incident.key, WHY, "owner", actor=admin)
    with pytest.raises(CannotDo, match="already"):
        enter_incident(incident.key, WHY, actor=admin)
    with pytest.raises(CannotDo, match="as viewer"):
        enter_incident(incident.key, WHY, "responder", actor=admin)


def test_the_trail_of_an_incident_is_for_admins_with_a_seat_in_it(
    admin: User, client: Client, incident: Incident
) -> None:
    browser = signed_in(admin)
    assert incident.subject not in browser.get("/trail/").content.decode()
    assert not browser.get(f"/trail/?subject={incident.subject}").context["entries"]
    enter_incident(incident.key, WHY, actor=admin)
    assert incident.subject in browser.get("/trail/").content.decode()

"""Many incidents at once: without who was in them, and seen by those who were (SPEC R023)."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.models import IncidentMember, Seat, StoredAnalysis
from afteraction.web.reviews.actions import PartWish, change_parts

pytestmark = pytest.mark.django_db
HERE = "/incidents/export.jsonl"


def lines(client: Client, address: str = HERE) -> list[dict]:
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/x-ndjson"
    return [json.loads(each) for each in answer.getvalue().decode().splitlines()]


@pytest.fixture
def written(review, person, make_person):
    """A review whose words name two of its members and one who is in its evidence."""
    ada = make_person("kx.zu@example.org", name="Adalind Moreaux")
    IncidentMember.objects.create(incident=review.incident, person=ada, seat=Seat.RESPONDER)
    StoredAnalysis.objects.update(identities={"names": {"evie": "Evelinde Quast"}, "roles": {"evie": "Responder A"}})
    text = "Adalind Moreaux told Robin Keller and Evelinde Quast, see @kx.zu and kx.zu@example.org."
    change_parts(review, [
        PartWish("frame", "review", {"summary": text, "objective": text}),
        PartWish("node", "N1", {"kind": "condition", "statement": text}),
        PartWish("change", "C1", {"text": text, "owner": str(ada.pk), "owner_role": text}),
    ], verb="add", actor=person)  # fmt: skip
    return review


def test_each_line_is_an_incident_without_anybody_of_it(client, written, person) -> None:
    open_incident("INC-8", owner=person, title="Adalind Moreaux saw it")
    told = lines(client)
    assert {each["incident"] for each in told} == {"INC-2041", "INC-8"}
    by_key = {each["incident"]: each for each in told}
    assert by_key["INC-8"]["left_out"] == "Nothing was analysed yet."
    told_of = json.dumps(by_key["INC-2041"], ensure_ascii=False)
    assert by_key["INC-2041"]["report"]["sections"] and "Responder A" in told_of
    for name in ("Adalind", "Moreaux", "Robin Keller", "Evelinde", "Quast", "kx.zu", "owner@example.org"):
        assert name.casefold() not in told_of.casefold(), name
    keys: set[str] = set()
    json.loads(told_of, object_pairs_hook=lambda pairs: keys.update(name for name, _ in pairs))
    assert not keys & {"owner", "email", "by", "actor", "person", "author", "account", "source"}


def test_what_is_taken_is_written_down_once_a_day_for_members_to_see(client, incident, make_person) -> None:
    viewer = make_person("vera@example.org", name="Vera")
    IncidentMember.objects.create(incident=incident, person=viewer, seat=Seat.VIEWER)
    browser = Client()
    browser.force_login(viewer)
    for _ in range(3):
        lines(browser)
    noted = AuditEntry.objects.filter(subject=incident.subject, verb="export_report")
    assert [str(each.actor) for each in noted] == ["Vera"]
    assert "Vera took the report as a file" in client.get("/incidents/INC-2041/members/").content.decode()


def test_who_sees_nothing_takes_nothing_and_leaves_no_entry(incident, make_person) -> None:
    browser = Client()
    browser.force_login(make_person("out@example.org"))
    assert lines(browser) == []
    assert not AuditEntry.objects.filter(verb="export_report").exists()


def test_it_is_narrowed_as_the_list_is_and_never_by_somebody(client, incident, person) -> None:
    open_incident("INC-8", owner=person, title="Once more", severity="SEV-4")
    assert [each["incident"] for each in lines(client, f"{HERE}?severity=SEV-4")] == ["INC-8"]
    assert client.get(f"{HERE}?author=vera@example.org").status_code == 403
    assert client.head(HERE).status_code == 200
    assert not AuditEntry.objects.filter(verb="export_report").exists() or len(lines(client)) == 2


def test_a_reviews_page_links_it_and_the_list_takes_its_filters_along(client, incident) -> None:
    page = client.get("/incidents/?severity=SEV-2").content.decode()
    assert 'href="/incidents/export.jsonl?severity=SEV-2"' in page

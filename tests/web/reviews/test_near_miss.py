"""The form of two minutes: an incident with its light review, under a name or of nobody."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client

from afteraction.engine.causes.graph import MitigatorKind, NodeKind
from afteraction.engine.review.near_miss import template_findings
from afteraction.engine.review.policy import PRESETS
from afteraction.engine.review.policy_document import write_policy
from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.actions import teams, tokens
from afteraction.web.accounts.models import AuditEntry, SiteRole, User
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.models import Incident, IncidentMember
from afteraction.web.incidents.permissions import visible_to
from afteraction.web.incidents.record import Record
from afteraction.web.reviews.actions.file_near_miss import (
    NearMissUnusable,
    file_as_nobody,
    read_near_miss,
    set_aside,
    take_up,
)
from afteraction.web.reviews.models import AnonymousNearMiss, Review, TriggerPolicy
from afteraction.web.reviews.near_misses import readers, waiting_for
from afteraction.web.reviews.queries import document_of

PAGE = "/incidents/near-miss"
TOLD = {
    "nearly": "The clean-up nearly emptied production", "stopped_how": "luck", "stopped_by": "The job was paused.",
    "would_have": "All carts of a day would have been gone.", "gate": "code_review", "gate_held": "no",
    "follow_up": "The clean-up asks for the name of the cluster.", "services": "carts, billing",
    "ident": "5b0c1c1e-9a52-4d4e-8f0b-5f2f9a1d7c33",
}  # fmt: skip
IDENT = UUID(TOLD["ident"])
TODAY = date(2026, 11, 21)


@pytest.fixture
def admin(make_person) -> User:
    return make_person("admin@example.org", name="Ada Admin", role=SiteRole.ADMIN)


def test_two_minutes_open_a_near_miss_with_its_light_review(client: Client, person: User) -> None:
    answer = client.post(PAGE, TOLD)
    incident = Incident.objects.get()
    assert answer["Location"] == f"/incidents/{incident.key}/review/"
    assert (incident.kind, incident.is_near_miss, incident.title) == ("near_miss", True, TOLD["nearly"])
    assert (incident.services, incident.severity, incident.published_at) == (["carts", "billing"], "", None)
    assert IncidentMember.objects.get(incident=incident, person=person).seat == "owner"
    review = Review.objects.get()
    assert (review.depth, [each["code"] for each in review.triggers]) == ("light", ["TR6"])
    document = document_of(review)
    top, stopped = document.graph.nodes["N1"], document.graph.nodes["N2"]
    assert (top.kind, stopped.kind) == (NodeKind.OUTCOME, NodeKind.MITIGATOR)
    assert (stopped.mitigator, stopped.follow_up) == (MitigatorKind.LUCK, TOLD["follow_up"])
    assert document.answers["q1"].text == TOLD["would_have"]
    assert document.gates["code_review"].outcome == "passed"
    assert (document.changes["C1"].text, document.changes["C1"].gap) == (TOLD["follow_up"], "code_review")
    assert template_findings("near_miss", document) == ()
    page = client.get(answer["Location"]).content.decode()
    assert "The job was paused." in page and TOLD["would_have"] in page


def test_the_same_form_twice_is_one_incident(client: Client) -> None:
    first, second = client.post(PAGE, TOLD), client.post(PAGE, TOLD)
    assert first["Location"] == second["Location"]
    assert (Incident.objects.count(), Review.objects.get().version) == (1, 1)


def test_a_policy_without_near_misses_still_reviews_what_somebody_files(client: Client, person: User) -> None:
    body = write_policy(PRESETS["seed"])
    body["rules"] = [{**each, "enabled": each["code"] != "TR6"} for each in body["rules"]]
    TriggerPolicy.objects.create(number=1, body=body, reason="x", by=person)
    client.post(PAGE, TOLD)
    assert [each["code"] for each in Review.objects.get().triggers] == ["TR9"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"nearly": " "}, "Say in one sentence what nearly happened."),
        ({"stopped_by": ""}, "Say what stopped it"),
        ({"follow_up": ""}, "Luck will not do the next time"),
        ({"stopped_how": "magic"}, "is none of designed, process, luck"),
        ({"gate": "magic"}, "is none of code review, unit tests"),
        ({"gate_held": ""}, "Say whether the gate held."),
        ({"nearly": "x" * 301}, "Keep it below 300 characters"),
        ({"would_have": "x" * 2001}, "Keep it below 2,000 characters"),
        ({"environment": "moon"}, "moon"),
    ],
)
@pytest.mark.parametrize("where", ["", "/anonymous"])
def test_what_cannot_be_kept_is_said_beside_its_field_and_writes_nothing(
    client: Client, where: str, said: dict[str, str], problem: str
) -> None:
    answer = client.post(PAGE + where, {**TOLD, **said})
    assert answer.status_code == 400 and problem in answer.content.decode()
    assert not Incident.objects.exists() and not AnonymousNearMiss.objects.exists()
    assert not AuditEntry.objects.filter(verb__contains="near_miss").exists()


def test_a_report_of_nobody_waits_for_the_admins_or_for_a_team(make_person, admin: User, client: Client) -> None:
    kim = make_person("kim@example.org", name="Kim Payments")
    team = teams.make_team("Payments", actor=admin)
    teams.make_team("Nobody is in it", actor=admin)
    teams.add_to_team(team, kim, actor=admin)
    assert [(each.slug, each.people) for each in readers()] == [("", ("Ada Admin",)), ("payments", ("Kim Payments",))]
    form = client.get(PAGE).content.decode()
    assert "Ada Admin" in form and "Payments (1 person)" in form and "Nobody is in it" not in form
    assert client.post(PAGE + "/anonymous", {**TOLD, "team": "payments"})["Location"] == PAGE + "?sent=anonymous"
    assert [waiting_for(each).count() for each in (kim, admin)] == [1, 0]
    assert not Incident.objects.exists()
    browser = Client()
    browser.force_login(kim)
    assert TOLD["nearly"] in browser.get("/").content.decode()
    assert TOLD["nearly"] not in client.get("/").content.decode(), "whoever sent it reads it nowhere"
    kim.is_active = False
    kim.save()
    assert waiting_for(admin).count() == 1, "nobody is left in the team"


def test_a_team_that_is_gone_is_said_before_anything_is_kept(client: Client) -> None:
    answer = client.post(PAGE + "/anonymous", {**TOLD, "team": "gone"})
    assert answer.status_code == 400 and "Choose who reads it." in answer.content.decode()
    assert not AnonymousNearMiss.objects.exists()


def test_whoever_takes_it_up_owns_its_incident_and_it_says_that_nobody_signed_it(admin: User, make_person) -> None:
    outsider = make_person("outsider@example.org")
    file_as_nobody(read_near_miss(TOLD), team=None, ident=IDENT, today=TODAY)
    with pytest.raises(CannotDo):
        take_up(IDENT, actor=outsider)
    review = take_up(IDENT, actor=admin)
    assert review.incident.title == TOLD["nearly"]
    assert [each["sentence"] for each in review.triggers][-1] == "An anonymous contributor told of it on 21 Nov 2026."
    assert list(visible_to(admin)) == [review.incident] and not visible_to(outsider).exists()
    assert document_of(review).graph.nodes["N2"].statement == TOLD["stopped_by"]
    assert AuditEntry.objects.get(verb="take_up_near_miss").detail["key"] == review.incident.key
    with pytest.raises(CannotDo, match="taken it up already"):
        take_up(IDENT, actor=admin)


def test_setting_one_aside_takes_a_reason_and_keeps_it(admin: User) -> None:
    file_as_nobody(read_near_miss(TOLD), team=None, ident=IDENT, today=TODAY)
    browser = Client()
    browser.force_login(admin)
    aside = f"/near-misses/{IDENT}/set-aside"
    browser.post(aside, {"reason": " "})
    assert waiting_for(admin).exists()
    browser.post(aside, {"reason": "Told twice"})
    assert not waiting_for(admin).exists() and AnonymousNearMiss.objects.get().set_aside == "Told twice"
    with pytest.raises(CannotDo):
        set_aside(IDENT, "Again", actor=admin)
    refused = browser.post(f"/near-misses/{uuid4()}/take-up", follow=True)
    assert "does not wait for you" in refused.content.decode()


def test_a_form_is_read_as_it_was_kept() -> None:
    filed = read_near_miss(TOLD)
    assert read_near_miss(filed.as_json()) == filed
    with pytest.raises(NearMissUnusable) as refused:
        read_near_miss({})
    assert set(refused.value.wrong) == {"nearly", "stopped_by"}


def test_programs_file_one_and_take_up_what_waits(person: User, admin: User) -> None:
    def ask(path: str, actor: User, said: dict[str, object] | None = None):
        _, secret = tokens.make_token("x", ["read", "write"], days=None, actor=actor)
        asked = {"headers": {"Authorization": f"Bearer {secret}"}}
        address = f"/api/v1/near-misses{path}"
        if said is None:
            return Client().get(address, **asked)
        return Client().post(address, said, content_type="application/json", **asked)

    made = ask("", person, {**TOLD, "services": ["carts"], "gate_held": False, "ident": None})
    assert made.status_code == 201 and made.json()["depth"] == "light"
    assert made.json()["parts"]["node"]["N2"]["body"]["mitigator"] == "luck"
    assert Incident.objects.get(key=made.json()["key"]).services == ["carts"]
    wrong = ask("", person, {"nearly": "It ran", "stopped_by": ""})
    assert wrong.status_code == 422 and "stopped_by" in wrong.content.decode()
    file_as_nobody(read_near_miss(TOLD), team=None, ident=IDENT, today=TODAY)
    assert ask("/waiting", person).json() == {"reports": []}
    waiting = ask("/waiting", admin).json()["reports"]
    assert [(each["ident"], each["said"]["nearly"]) for each in waiting] == [(str(IDENT), TOLD["nearly"])]
    assert ask(f"/waiting/{IDENT}/take-up", person, {}).status_code == 409
    assert ask(f"/waiting/{IDENT}/take-up", admin, {}).status_code == 201
    assert ask(f"/waiting/{IDENT}/set-aside", admin, {"reason": "x"}).status_code == 409


def test_the_list_narrows_to_the_kind_and_to_whatever_was_a_near_miss(client: Client, person: User) -> None:
    client.post(PAGE, TOLD)
    create_incident(Record(title="A bug that nearly hurt", kind="bug", is_near_miss=True), actor=person)
    create_incident(Record(title="A bug that hurt", kind="bug"), actor=person)
    listed = client.get("/incidents/?kind=near_miss").content.decode()
    assert TOLD["nearly"] in listed and "A bug that nearly hurt" not in listed
    listed = client.get("/incidents/?near=yes").content.decode()
    assert TOLD["nearly"] in listed and "A bug that nearly hurt" in listed and "A bug that hurt" not in listed
    everything = client.get("/incidents/").content.decode()
    assert "near misses (2)" in everything and "A bug that hurt" in everything
    assert "near misses" not in client.get("/incidents/?kind=outage").content.decode()

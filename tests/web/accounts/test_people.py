"""Roles, deactivation, teams and one's own account."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from afteraction.web.accounts.access import CannotDo, NotAdmin
from afteraction.web.accounts.actions import people, teams, tokens
from afteraction.web.accounts.models import AuditEntry, SiteRole, Team, User
from afteraction.web.accounts.tokens import token_of
from tests.web.accounts.conftest import PASSWORD


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def test_deactivating_ends_sessions_and_tokens_now_and_for_good(admin: User, person: User, client: Client) -> None:
    _, secret = tokens.make_token("x", ["read"], days=None, actor=person)
    assert client.get("/").status_code == 200
    people.deactivate(person, actor=admin)
    assert client.get("/").status_code == 302
    assert token_of(secret) is None
    people.reactivate(person, actor=admin)
    assert client.get("/").status_code == 302
    assert token_of(secret) is None
    assert verbs() == ["make_token", "deactivate", "reactivate"]


def test_who_was_deactivated_does_not_get_in_by_password(admin: User, person: User, nobody: Client) -> None:
    people.deactivate(person, actor=admin)
    nobody.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert nobody.get("/").status_code == 302


def test_the_last_admin_stays_one(admin: User, make_person) -> None:
    with pytest.raises(CannotDo, match="only admin"):
        people.deactivate(admin, actor=admin)
    with pytest.raises(CannotDo, match="only admin"):
        people.change_role(admin, "member", actor=admin)
    people.change_role(make_person("b@example.org"), "admin", actor=admin)
    people.change_role(admin, "member", actor=admin)
    admin.refresh_from_db()
    assert not admin.is_admin


def test_a_member_changes_nobody(person: User, make_person) -> None:
    other = make_person("other@example.org")
    for act in (
        lambda: people.change_role(person, "admin", actor=person),
        lambda: people.deactivate(other, actor=person),
        lambda: people.reactivate(other, actor=person),
        lambda: teams.make_team("Mine", actor=person),
    ):
        with pytest.raises(NotAdmin):
            act()
    assert verbs() == []


def test_a_team_is_made_named_filled_and_emptied(admin_client: Client, person: User) -> None:
    made = admin_client.post("/teams/", {"name": "Über  Payments"})
    team = Team.objects.get()
    assert made["Location"] == f"/teams/{team.slug}/"
    admin_client.post(f"/teams/{team.slug}/people/", {"person": person.pk})
    admin_client.post(f"/teams/{team.slug}/people/", {"person": person.pk})
    assert list(team.people.all()) == [person]
    admin_client.post(f"/teams/{team.slug}/rename/", {"name": "Payments"})
    team.refresh_from_db()
    assert team.name == "Payments"
    admin_client.post(f"/teams/{team.slug}/people/{person.pk}/remove/")
    assert not team.people.exists()
    assert verbs() == ["make_team", "add_to_team", "rename_team", "remove_from_team"]


@pytest.mark.parametrize("name", ["payments", "  ", "!!!"])
def test_a_team_needs_a_name_of_its_own(admin: User, admin_client: Client, name: str) -> None:
    teams.make_team("Payments", actor=admin)
    answer = admin_client.post("/teams/", {"name": name})
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"]
    assert Team.objects.count() == 1


@pytest.mark.parametrize("asked", ["", "x", "999999", "9" * 40])
def test_a_person_who_is_not_there_is_put_into_no_team(admin: User, admin_client: Client, asked: str) -> None:
    team = teams.make_team("Payments", actor=admin)
    assert admin_client.post(f"/teams/{team.slug}/people/", {"person": asked}).status_code == 404


def test_teams_of_like_names_have_addresses_of_their_own(admin: User) -> None:
    slugs = [teams.make_team(name, actor=admin).slug for name in ("A B", "a-b", "A  b!")]
    assert len(set(slugs)) == 3


def test_who_leads_a_team_is_written_down_and_taken_back(admin_client: Client, admin: User, person: User) -> None:
    team = teams.make_team("Payments", actor=admin)
    place = f"/teams/{team.slug}/"
    assert "Not recorded" in admin_client.get(place).content.decode()
    admin_client.post(place + "leads/", {"person": "nobody"})
    assert "Nobody leads it." in admin_client.get(place).content.decode()
    admin_client.post(place + "leads/", {"person": person.pk})
    team.refresh_from_db()
    assert (list(team.leads.all()), team.nobody_leads) == ([person], False), "a lead need not be in the team"
    refused = admin_client.post(place + "leads/", {"person": "nobody"}, follow=True)
    assert "is led by" in refused.content.decode()
    admin_client.post(place + f"leads/{person.pk}/remove/")
    assert not team.leads.exists()
    assert "Not recorded" in admin_client.get(place).content.decode(), "no lead known is not the same as no lead"
    assert verbs() == ["make_team", "say_nobody_leads", "name_lead", "withdraw_lead"]


def test_a_member_reads_who_leads_and_writes_nothing(client: Client, admin: User, person: User) -> None:
    team = teams.make_team("Payments", actor=admin)
    teams.name_lead(team, admin, actor=admin)
    page = client.get(f"/teams/{team.slug}/").content.decode()
    assert "Who leads it" in page and "Ada Admin" in page and "/leads/" not in page
    assert client.post(f"/teams/{team.slug}/leads/", {"person": person.pk}).status_code == 403
    assert client.post(f"/people/{person.pk}/reports-to/", {"to": "nobody"}).status_code == 403
    assert list(team.leads.all()) == [admin]


def test_whom_somebody_reports_to_never_comes_back_to_them(admin_client: Client, admin: User, person: User) -> None:
    for who, to in ((person, str(admin.pk)), (admin, "nobody")):
        admin_client.post(f"/people/{who.pk}/reports-to/", {"to": to})
        who.refresh_from_db()
    assert (person.reports_to, admin.reports_to_nobody) == (admin, True)
    answer = admin_client.post(f"/people/{admin.pk}/reports-to/", {"to": str(person.pk)}, follow=True)
    assert "does not come back" in answer.content.decode()
    admin.refresh_from_db()
    assert admin.reports_to is None and admin.reports_to_nobody
    assert admin_client.post(f"/people/{admin.pk}/reports-to/", {"to": "x"}).status_code == 404
    admin_client.post(f"/people/{person.pk}/reports-to/", {"to": ""})
    person.refresh_from_db()
    assert person.reports_to is None
    assert verbs() == ["change_line", "change_line", "change_line"]


def test_the_api_takes_leads_and_lines(admin: User, person: User) -> None:
    _, secret = tokens.make_token("x", ["read", "admin"], days=None, actor=admin)
    teams.make_team("Payments", actor=admin)
    browser = Client(headers={"authorization": f"Bearer {secret}"})

    def put(path: str, **said: object) -> dict:
        answer = browser.put(f"/api/v1/{path}", said, content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json()

    assert put("teams/payments/nobody-leads", nobody=True)["nobody_leads"] is True
    assert put(f"teams/payments/leads/{person.pk}")["leads"] == [person.email]
    assert browser.get("/api/v1/teams").json()["teams"][0]["nobody_leads"] is False
    assert browser.delete(f"/api/v1/teams/payments/leads/{person.pk}").json()["leads"] == []
    assert put(f"people/{person.pk}/reports-to", person=admin.pk)["reports_to"] == admin.pk
    assert put(f"people/{person.pk}/reports-to", nobody=True)["reports_to_nobody"] is True
    circle = browser.put(f"/api/v1/people/{person.pk}/reports-to", {"person": person.pk}, "application/json")
    assert circle.status_code == 409, circle.content


def test_members_see_whom_to_ask_and_no_more(client: Client, admin: User, make_person) -> None:
    make_person("gone@example.org", is_active=False)
    page = client.get("/people/").content.decode()
    assert "Ada Admin" in page
    assert "gone@example.org" not in page
    assert f"/people/{admin.pk}/" not in page
    assert client.get(f"/people/{admin.pk}/").status_code == 403


def test_name_and_keys_are_ones_own(client: Client, person: User) -> None:
    client.post("/account/change/", {"name": "<b>Robin</b>"})
    person.refresh_from_db()
    assert (person.name, person.single_keys) == ("<b>Robin</b>", False)
    page = client.get("/account/").content.decode()
    assert "<b>Robin</b>" not in page
    assert 'data-single-keys="off"' in page
    assert verbs() == ["change_account"]


def test_the_name_is_bounded(client: Client, person: User) -> None:
    assert client.post("/account/change/", {"name": "x" * 200}).status_code == 422


def test_signing_out_elsewhere_keeps_this_browser(person: User) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
        assert browser.get("/").status_code == 200
    assert UserSession.objects.filter(user=person).count() == 2
    here.post("/account/browsers/end-others/")
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert UserSession.objects.filter(user=person).count() == 1


def test_one_browser_is_signed_out_by_itself_and_nobody_elses(person: User, admin: User) -> None:
    here, there, other = Client(), Client(), Client()
    for browser, somebody in ((here, person), (there, person), (other, admin)):
        browser.post("/accounts/login/", {"login": somebody.email, "password": PASSWORD})
    theirs = UserSession.objects.get(session_key=there.session.session_key)
    assert other.post(f"/account/browsers/{theirs.pk}/end/").status_code == 404
    here.post(f"/account/browsers/{theirs.pk}/end/")
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_a_new_password_ends_other_sessions(person: User) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    new = "several other words"
    changed = here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert changed.status_code == 302, changed.context["form"].errors
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


def test_who_came_by_link_sets_a_password(make_person, as_person) -> None:
    newcomer = User.objects.create_user("link@example.org")
    browser = as_person(newcomer)
    assert "only way in" in browser.get("/account/").content.decode()
    assert browser.post("/accounts/password/set/", {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    assert "only way in" not in browser.get("/account/").content.decode()


def test_roles_are_only_those_there_are(admin: User, person: User, admin_client: Client) -> None:
    admin_client.post(f"/people/{person.pk}/role/", {"role": "root"})
    person.refresh_from_db()
    assert person.role == SiteRole.MEMBER
    admin_client.post(f"/people/{person.pk}/role/", {"role": "admin"})
    person.refresh_from_db()
    assert person.role == SiteRole.ADMIN

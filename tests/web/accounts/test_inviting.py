"""Invitations: who may make one, what it gives, and when it ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, NotAdmin
from afteraction.web.accounts.actions import inviting, people, teams
from afteraction.web.accounts.models import AuditEntry, Invitation, SiteRole, Team, User
from tests.web.accounts.conftest import PASSWORD


@pytest.fixture
def team(admin: User) -> Team:
    return teams.make_team("Payments", actor=admin)


def test_an_invited_person_makes_an_account_with_role_and_team(
    admin_client: Client, nobody: Client, team: Team
) -> None:
    page = admin_client.post(
        "/people/invitations/", {"email": "New@example.org", "role": "admin", "team": team.pk, "days": 7}
    ).content.decode()
    path = re.search(r"/join/[-\w]+", page).group()
    assert "Payments" in nobody.get(path).content.decode()
    assert nobody.post(path, {"name": "New Person", "password": PASSWORD}).status_code == 302
    made = User.objects.get(email="new@example.org")
    assert (made.name, made.role, list(made.teams.all())) == ("New Person", "admin", [team])
    assert nobody.get("/").status_code == 200
    assert Client().get(path).status_code == 410


def test_the_secret_is_shown_once_and_kept_by_its_hash(admin_client: Client) -> None:
    said = {"email": "new@example.org", "role": "member", "days": 7}
    page = admin_client.post("/people/invitations/", said).content.decode()
    secret = re.search(r"/join/([-\w]+)", page).group(1)
    assert secret not in admin_client.get("/people/invitations/").content.decode()
    assert all(secret not in str(value) for row in Invitation.objects.values() for value in row.values())
    assert all(secret not in str(entry.detail) for entry in AuditEntry.objects.all())


def test_an_invitation_ends_by_time_by_withdrawal_and_with_its_inviter(admin: User, make_person) -> None:
    first, secret = inviting.invite("a@example.org", role="member", actor=admin)
    inviting.revoke_invitation(first, actor=admin)
    assert inviting.open_invitation(secret) is None
    with pytest.raises(CannotDo, match="not open"):
        inviting.revoke_invitation(first, actor=admin)
    second, secret = inviting.invite("a@example.org", role="member", actor=admin)
    Invitation.objects.filter(pk=second.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert inviting.open_invitation(secret) is None
    other = make_person("other@example.org", role=SiteRole.ADMIN)
    _, secret = inviting.invite("b@example.org", role="member", actor=other)
    people.change_role(other, "member", actor=admin)
    assert inviting.open_invitation(secret) is None, "who is no admin any more does not make one"
    people.change_role(other, "admin", actor=admin)
    people.deactivate(other, actor=admin)
    assert inviting.open_invitation(secret) is None


def test_a_newer_invitation_of_the_same_address_replaces_the_older(admin: User) -> None:
    _, older = inviting.invite("a@example.org", role="admin", actor=admin)
    _, newer = inviting.invite("A@example.org", role="member", actor=admin)
    assert inviting.open_invitation(older) is None
    assert inviting.open_invitation(newer).role == "member"


def test_an_address_with_an_account_is_not_invited(admin_client: Client, person: User) -> None:
    answer = admin_client.post("/people/invitations/", {"email": person.email.upper(), "role": "member", "days": 7})
    assert answer.status_code == 422
    assert "has an account here already" in answer.content.decode()


def test_a_link_makes_one_account_even_when_pressed_twice(admin: User, nobody: Client) -> None:
    _, secret = inviting.invite("a@example.org", role="member", actor=admin)
    inviting.accept_invitation(secret, name="A", password=PASSWORD)
    assert nobody.post(f"/join/{secret}", {"name": "B", "password": PASSWORD}).status_code == 410
    assert User.objects.filter(email="a@example.org").count() == 1


def test_a_weak_password_keeps_the_invitation_open(admin: User, nobody: Client) -> None:
    _, secret = inviting.invite("someone@example.org", role="member", actor=admin)
    answer = nobody.post(f"/join/{secret}", {"name": "Some", "password": "someone@example.org"})
    assert "too similar" in answer.content.decode()
    assert inviting.open_invitation(secret) is not None
    assert not User.objects.filter(email="someone@example.org").exists()


def test_a_member_invites_nobody(person: User, client: Client) -> None:
    with pytest.raises(NotAdmin):
        inviting.invite("a@example.org", role="admin", actor=person)
    assert (
        client.post("/people/invitations/", {"email": "a@example.org", "role": "admin", "days": 7}).status_code == 403
    )
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("days", "0"), ("days", "x"), ("role", "owner"), ("email", "nobody")])
def test_nonsense_is_refused_beside_its_field(admin_client: Client, field: str, value: str) -> None:
    said = {"email": "a@example.org", "role": "member", "days": "7", field: value}
    answer = admin_client.post("/people/invitations/", said)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Invitation.objects.exists()

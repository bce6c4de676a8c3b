"""Tokens of programs: what is kept, what they may do, and when they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, NotAdmin
from afteraction.web.accounts.actions import people, tokens
from afteraction.web.accounts.models import ApiToken, AuditEntry, User
from afteraction.web.accounts.tokens import scopes_of, token_of


def test_a_token_works_is_kept_by_its_hash_and_notes_its_use(person: User) -> None:
    made, secret = tokens.make_token("CI", ["write", "read"], days=30, actor=person)
    assert secret.startswith(f"aa_{made.prefix}_")
    assert made.scopes == ["read", "write"]
    assert all(
        secret.rsplit("_", 1)[1] not in str(value) for row in ApiToken.objects.values() for value in row.values()
    )
    assert all(secret not in str(entry.detail) for entry in AuditEntry.objects.all())
    found = token_of(secret)
    assert found.person == person
    made.refresh_from_db()
    assert made.last_used_at is not None


def test_every_other_text_is_no_token(person: User) -> None:
    made, secret = tokens.make_token("CI", ["read"], days=None, actor=person)
    for text in (
        "",
        "aa_",
        "aa__",
        f"aa_{made.prefix}_",
        secret[:-1],
        secret + "x",
        secret.upper(),
        "x" * 5000,
        "aa_\x00_",
    ):
        assert token_of(text) is None


def test_a_token_ends_by_time_and_by_revoking(person: User) -> None:
    made, secret = tokens.make_token("CI", ["read"], days=1, actor=person)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert token_of(secret) is None
    ApiToken.objects.update(expires_at=None)
    assert token_of(secret) is not None
    tokens.revoke_token(made, actor=person)
    assert token_of(secret) is None
    tokens.revoke_token(made, actor=person)
    assert [entry.verb for entry in AuditEntry.objects.order_by("id")] == ["make_token", "revoke_token"]


def test_the_scope_admin_is_for_admins_and_ends_with_the_role(admin: User, person: User, make_person) -> None:
    with pytest.raises(NotAdmin):
        tokens.make_token("x", ["admin"], days=None, actor=person)
    make_person("second@example.org", role="admin")
    _, secret = tokens.make_token("x", ["read", "admin"], days=None, actor=admin)
    assert scopes_of(token_of(secret)) == {"read", "admin"}
    people.change_role(admin, "member", actor=admin)
    assert scopes_of(token_of(secret)) == {"read"}


@pytest.mark.parametrize("scopes", [[], ["root"], ["read", "everything"]])
def test_scopes_are_only_those_there_are(person: User, scopes: list[str]) -> None:
    with pytest.raises(CannotDo):
        tokens.make_token("x", scopes, days=None, actor=person)


def test_nobody_revokes_the_token_of_another_but_an_admin(admin: User, person: User, make_person, as_person) -> None:
    made, secret = tokens.make_token("x", ["read"], days=None, actor=person)
    with pytest.raises(NotAdmin):
        tokens.revoke_token(made, actor=make_person("other@example.org"))
    assert as_person(make_person("other@example.org")).post(f"/account/tokens/{made.pk}/revoke/").status_code == 404
    assert token_of(secret) is not None
    as_person(admin).post(f"/people/{person.pk}/tokens/{made.pk}/revoke/")
    assert token_of(secret) is None


def test_the_page_shows_the_secret_once(client: Client, person: User) -> None:
    answer = client.post("/account/tokens/", {"name": "CI", "scopes": ["read", "evidence"], "days": "0"})
    secret = answer.context["secret"]
    assert token_of(secret).expires_at is None
    assert secret in answer.content.decode()
    assert answer["Cache-Control"].startswith("max-age=0")
    later = client.get("/account/").content.decode()
    assert secret not in later
    assert "CI" in later
    client.post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke/")
    assert token_of(secret) is None


@pytest.mark.parametrize("said", [{"name": ""}, {"scopes": ["admin"]}, {"scopes": []}, {"days": "7000"}])
def test_what_a_form_may_not_say_makes_no_token(client: Client, said: dict[str, object]) -> None:
    answer = client.post("/account/tokens/", {"name": "CI", "scopes": ["read"], "days": "30", **said})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()

"""Signing in by a provider of OpenID Connect: whom it lets in, and whom it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory

from afteraction.web.accounts.actions import inviting, people, teams
from afteraction.web.accounts.models import AuditEntry, User

APP = {"provider_id": "provider", "name": "Our login", "client_id": "x", "secret": "y",
       "settings": {"server_url": "https://login.example.org"}}  # fmt: skip


@pytest.fixture
def come(settings, db) -> Callable[..., tuple[HttpResponse, object]]:
    """Comes back from the provider with an address; gives the answer and who is signed in after it."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [APP]}}

    def back(email: str, *, verified: bool = True, uid: str = "1") -> tuple[HttpResponse, object]:
        request = RequestFactory().get("/accounts/oidc/provider/login/callback/")
        request.session, request.user = SessionStore(), AnonymousUser()
        request._messages = CookieStorage(request)
        provider = get_adapter().get_provider(request, "provider")
        login = SocialLogin(
            user=User(email=email),
            account=SocialAccount(provider="provider", uid=uid, extra_data={"name": "Pat Provider"}),
            email_addresses=[EmailAddress(email=email, verified=verified, primary=True)],
            provider=provider,
        )
        login.state = {"process": "login"}
        with context.request_context(request):
            answer = complete_login(request, login)
        return answer, request.user

    return back


def test_nobody_comes_in_who_was_not_invited(come) -> None:
    answer, who = come("stranger@example.org")
    assert not who.is_authenticated
    assert "by invitation" in answer.content.decode()
    assert not User.objects.exists()


def test_an_invited_address_comes_in_with_its_role_and_team(come, admin: User) -> None:
    team = teams.make_team("Payments", actor=admin)
    inviting.invite("Guest@example.org", role="admin", team=team, actor=admin)
    _, who = come("guest@example.org")
    assert (who.email, who.name, who.role, list(who.teams.all())) == (
        "guest@example.org",
        "Pat Provider",
        "admin",
        [team],
    )
    assert not who.has_usable_password()
    assert AuditEntry.objects.filter(verb="accept_invitation", actor=who).exists()


def test_an_address_that_the_provider_does_not_vouch_for_is_nobody(come, admin: User) -> None:
    inviting.invite("guest@example.org", role="admin", actor=admin)
    _, who = come("guest@example.org", verified=False)
    assert not who.is_authenticated
    _, who = come(admin.email, verified=False)
    assert not who.is_authenticated


def test_a_domain_of_ours_needs_no_invitation(come, settings) -> None:
    settings.OIDC_DOMAINS = ["example.org"]
    _, who = come("colleague@example.org")
    assert (who.email, who.role) == ("colleague@example.org", "member")
    _, who = come("colleague@example.org.evil.example", uid="2")
    assert not who.is_authenticated


def test_a_vouched_address_signs_in_to_the_account_that_is_there(come, person: User) -> None:
    _, who = come(person.email)
    assert who == person
    assert User.objects.count() == 1


def test_who_was_deactivated_does_not_come_in_by_the_provider(come, person: User, admin: User) -> None:
    come(person.email)
    people.deactivate(person, actor=admin)
    _, who = come(person.email)
    assert not who.is_authenticated


def test_the_policy_lets_forms_lead_to_the_provider_and_nowhere_else() -> None:
    asked = (
        "from afteraction.web.config import settings as s;print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    )
    environment = {**os.environ, "AFTERACTION_OIDC_URL": "https://login.example.org/realms/ours"}
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment)
    assert said.stdout.strip() == "[\"'self'\", 'https://login.example.org']"

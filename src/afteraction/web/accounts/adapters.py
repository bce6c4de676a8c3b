"""What allauth asks us: who may sign up, and by which address the links go.

Knows that an account comes from an invitation, from the machine itself, or from a provider for whose domain the site
said so. Refuses every other sign-up.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from afteraction.web.accounts.actions.inviting import accept_by_address, open_invitation_for
from afteraction.web.accounts.actions.people import join_by_domain
from afteraction.web.accounts.browsers import browser_named
from afteraction.web.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts with a password or a passkey."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an invitation has its own page."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: pages say what happened where it happened."""

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """The passkey before a recovery code, which is for when there is none at hand."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(methods, key=lambda method: method["id"] == "mfa_reauthenticate")


class PasskeyAdapter(DefaultMFAAdapter):
    """Passkeys, called by where they were made."""

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        """Such as `Firefox on Linux`."""
        return browser_named(context.request.META.get("HTTP_USER_AGENT", ""))


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Accounts of the configured provider."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """With a verified address that is invited, or whose domain needs no invitation."""
        email = _verified(sociallogin)
        return bool(email) and (_is_ours(email) or open_invitation_for(email) is not None)

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Without a form: the provider said everything there is to know."""
        return True

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """Takes the address and name of the provider, and the role and team of the invitation."""
        user: User = super().save_user(request, sociallogin, form)
        user.name = str(sociallogin.account.extra_data.get("name") or "")[:128]
        user.save(update_fields=["name"])
        if open_invitation_for(user.email) is not None:
            accept_by_address(user)
        else:
            join_by_domain(user)
        return user


def _verified(sociallogin: Any) -> str:
    """The first address that the provider vouches for, empty without one."""
    return next((each.email.lower() for each in sociallogin.email_addresses if each.verified), "")


def _is_ours(email: str) -> bool:
    return email.rpartition("@")[2] in settings.OIDC_DOMAINS

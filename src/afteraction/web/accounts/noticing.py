"""Noticing what allauth does by itself, for the audit trail.

Knows its signals. Refuses to keep what somebody typed: neither passwords nor addresses of failed sign-ins.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User

_VERBS: dict[Signal, str] = {
    account.user_logged_in: "sign_in",
    user_logged_out: "sign_out",
    account.password_set: "set_password",
    account.password_changed: "change_password",
    account.password_reset: "reset_password",
}
_NAMES = {"webauthn": "passkey", "recovery_codes": "recovery_codes"}


def _note(signal: Signal, user: User | None, **_: Any) -> None:
    if user is not None:
        with transaction.atomic():
            record(user, _VERBS[signal], user.subject)


def _added(user: User, request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    with transaction.atomic():
        record(user, f"add_{_named(authenticator)}", user.subject)
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        # Whoever just used the key is asked for no other proof before the recovery codes are shown.
        record_authentication(request, user, method="mfa", reauthenticated=True)


def _named(authenticator: Authenticator) -> str:
    kind = str(authenticator.type)
    return _NAMES.get(kind, kind)


def _removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    with transaction.atomic():
        record(user, f"remove_{_named(authenticator)}", user.subject)


def notice() -> None:
    """Connects everything, once, when the app is ready."""
    for signal in _VERBS:
        signal.connect(_note, dispatch_uid=f"audit:{_VERBS[signal]}")
    mfa.authenticator_added.connect(_added, dispatch_uid="audit:added")
    mfa.authenticator_removed.connect(_removed, dispatch_uid="audit:removed")

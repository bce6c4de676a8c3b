"""Tokens for programs: making, revoking.

Knows that the secret is shown once. Refuses the scope `admin` to who is none.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, NotAdmin
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import ApiToken, User
from afteraction.web.accounts.secrets import digest_of, fresh_secret
from afteraction.web.accounts.tokens import SCOPES, TOKEN_START

MOST = 50


@transaction.atomic
def make_token(
    name: str, scopes: Iterable[str], *, days: int | None, actor: User, via: str = "page"
) -> tuple[ApiToken, str]:
    """A token that acts as `actor`; the second value is the whole secret, which nobody sees again.

    `days` None never expires.
    """
    wanted = set(scopes)
    if not wanted or not wanted <= set(SCOPES):
        raise CannotDo(f"A token needs at least one scope of {', '.join(SCOPES)}.")
    if "admin" in wanted and not actor.is_admin:
        raise NotAdmin
    if ApiToken.objects.filter(person=actor, revoked_at__isnull=True).count() >= MOST:
        raise CannotDo(f"You have {MOST} tokens. Revoke one that nobody uses first.")
    prefix, secret = secrets.token_hex(5), fresh_secret()
    whole = f"{TOKEN_START}{prefix}_{secret}"
    token = ApiToken.objects.create(
        person=actor, name=name.strip(), prefix=prefix, digest=digest_of(whole),
        scopes=[scope for scope in SCOPES if scope in wanted],
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )  # fmt: skip
    record(actor, "make_token", actor.subject, via=via, token=prefix, name=token.name, scopes=token.scopes)
    return token, whole


@transaction.atomic
def revoke_token(token: ApiToken, *, actor: User, via: str = "page") -> None:
    """Ends a token now; one's own, or as an admin anybody's."""
    if token.person_id != actor.pk and not actor.is_admin:
        raise NotAdmin
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        record(actor, "revoke_token", token.person.subject, via=via, token=token.prefix, name=token.name)

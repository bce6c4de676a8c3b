"""Checking the token of a program.

Knows what a token looks like, its scopes, and that a token of somebody who was deactivated is none. Refuses to say
what is wrong with one that does not work.
"""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from afteraction.web.accounts.models import ApiToken, User
from afteraction.web.accounts.prepared import prepared
from afteraction.web.accounts.secrets import digest_of

# What each scope lets a program do, within what its person may do.
SCOPES = {
    "read": "Read what you may see",
    "write": "Correct timelines and edit incidents",
    "evidence": "Add evidence",
    "admin": "Administer people and purge evidence",
}
TOKEN_START = "aa_"  # noqa: S105 - how every token begins, so that scanners of leaked secrets find one
_NOTED_EVERY = timedelta(minutes=1)


def token_of(text: str, *, notes_use: bool = True) -> ApiToken | None:
    """The token of that whole secret with its `person`, None for every other text. Its last use is noted to the
    minute, unless somebody acts as nobody."""
    if not text.startswith(TOKEN_START) or len(text) > 128 or not (text.isascii() and text.isprintable()):
        return None
    prefix = text.removeprefix(TOKEN_START).partition("_")[0]
    found = _unrevoked(prefix)
    if not found or not hmac.compare_digest(found[0].digest, digest_of(text)):
        return None
    token = found[0]
    people = _person(token.person_id)
    if not people:
        return None
    token.person = people[0]
    now = timezone.now()
    if (token.expires_at and token.expires_at <= now) or not token.person.is_active:
        return None
    if not notes_use:
        return token
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - _NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - _NOTED_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return token


@prepared
def _unrevoked(prefix: str) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(prefix=prefix, revoked_at__isnull=True)[:1]


@prepared
def _person(key: int) -> QuerySet[User]:
    return User.objects.filter(pk=key)[:1]


def scopes_of(token: ApiToken) -> frozenset[str]:
    """What a token may do now: the scope `admin` ends with the role of its person."""
    scopes = set(token.scopes)
    if not token.person.is_admin:
        scopes.discard("admin")
    return frozenset(scopes)

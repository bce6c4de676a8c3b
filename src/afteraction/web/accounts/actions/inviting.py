"""Inviting somebody to this site, and what becomes of an invitation.

Knows that a link is shown once, to the admin who made it, and that it lets one person in. Refuses an address that has
an account.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import Invitation, SiteRole, Team, User
from afteraction.web.accounts.secrets import digest_of, fresh_secret

LASTS_DAYS = 7
USED = "This invitation was used, withdrawn or has expired. Ask who invited you for a new one."


@transaction.atomic
def invite(
    email: str, *, role: str, team: Team | None = None, days: int = LASTS_DAYS, actor: User, via: str = "page"
) -> tuple[Invitation, str]:
    """Offers an account to an address; the second value is the secret for `/join/…`, which nobody sees again.

    An earlier open invitation of the same address is withdrawn.
    """
    need_admin(actor)
    if User.objects.filter(email__iexact=email).exists():
        raise CannotDo(f"{email} has an account here already. Change its role under People.")
    secret = fresh_secret()
    now = timezone.now()
    Invitation.objects.filter(email__iexact=email, accepted_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=now
    )
    invitation = Invitation.objects.create(
        email=email.lower(), role=role, team=team, digest=digest_of(secret), invited_by=actor,
        expires_at=now + timedelta(days=days),
    )  # fmt: skip
    record(
        actor, "invite", invitation.subject, via=via, email=invitation.email, role=role, team=team.name if team else ""
    )
    return invitation, secret


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, actor: User, via: str = "page") -> None:
    """Ends an open invitation; CannotDo once it was accepted."""
    need_admin(actor)
    changed = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )
    if not changed:
        raise CannotDo("This invitation is not open any more. Deactivate the account under People instead.")
    record(actor, "revoke_invitation", invitation.subject, via=via, email=invitation.email)


def open_invitation(secret: str) -> Invitation | None:
    """The invitation of that secret while it still works."""
    return _open().filter(digest=digest_of(secret)).first()


def open_invitation_for(email: str) -> Invitation | None:
    """The invitation of that address while it still works."""
    return _open().filter(email__iexact=email).first()


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("team", "invited_by").filter(
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=timezone.now(),
        invited_by__is_active=True,
        invited_by__role=SiteRole.ADMIN,
    )


@transaction.atomic
def accept_invitation(secret: str, *, name: str, password: str, via: str = "page") -> User:
    """Makes the invited account; CannotDo when the link is used up, ValidationError for a weak password."""
    invitation = open_invitation(secret)
    if invitation is None:
        raise CannotDo(USED)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise CannotDo(f"{invitation.email} has an account here already. Sign in with it.")
    person = User(email=invitation.email, name=name)
    validate_password(password, person)
    _take(invitation)
    person.set_password(password)
    person.role = invitation.role
    person.save()
    _close(invitation, person, via)
    return person


@transaction.atomic
def accept_by_address(person: User, *, via: str = "page") -> None:
    """Gives a person whom the provider vouches for what their invitation offers."""
    invitation = open_invitation_for(person.email)
    if invitation is None:
        raise CannotDo(USED)
    _take(invitation)
    person.role = invitation.role
    person.save(update_fields=["role"])
    _close(invitation, person, via)


def _take(invitation: Invitation) -> None:
    """Of two that press at the same moment, one changes the row; the other is told before anything is made."""
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(accepted_at=timezone.now()):
        raise CannotDo(USED)


def _close(invitation: Invitation, person: User, via: str) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=person)
    if invitation.team is not None:
        invitation.team.people.add(person)
    record(person, "accept_invitation", invitation.subject, via=via, role=person.role)

"""Ways in that work once: making an entry link, and using one.

Knows that a link is used by pressing a button, not by opening an address: chat programs open what they preview.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import EntryLink, SiteRole, User
from afteraction.web.accounts.secrets import digest_of, fresh_secret

LASTS = timedelta(hours=24)
FIRST_ADMIN = "admin@localhost"


@transaction.atomic
def make_entry_link(person: User, *, actor: User | None, via: str = "page", wants_password: bool = True) -> str:
    """A new secret for `/enter/…`, valid once and for 24 hours; earlier ones of that person end.

    `actor` None is who stands at the machine itself.
    """
    if actor is not None:
        need_admin(actor)
    if not person.is_active:
        raise CannotDo(f"{person} is deactivated. Let them in again first.")
    secret = fresh_secret()
    EntryLink.objects.filter(person=person, used_at__isnull=True).delete()
    EntryLink.objects.create(
        person=person, digest=digest_of(secret), made_by=actor, expires_at=timezone.now() + LASTS,
        wants_password=wants_password,
    )  # fmt: skip
    record(actor, "make_entry_link", person.subject, via=via)
    return secret


def open_entry(secret: str) -> EntryLink | None:
    """The link of that secret while it still works."""
    return (
        EntryLink.objects.select_related("person")
        .filter(digest=digest_of(secret), used_at__isnull=True, expires_at__gt=timezone.now(), person__is_active=True)
        .first()
    )


@transaction.atomic
def use_entry(secret: str, password: str = "") -> User:
    """Ends the link and says whom it lets in; CannotDo when it is used up, ValidationError for a weak password."""
    link = open_entry(secret)
    # Of two that press at the same moment, one changes the row.
    if link is None or not EntryLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=timezone.now()):
        raise CannotDo("This link was used or has expired. Ask an admin of this site for a new one.")
    if link.wants_password:
        validate_password(password, link.person)
        link.person.set_password(password)
        link.person.session_epoch += 1
        link.person.save(update_fields=["password", "session_epoch"])
    record(link.person, "enter_by_link", link.person.subject, set_password=link.wants_password)
    return link.person


@transaction.atomic
def first_admin() -> User:
    """The longest serving active admin; on a site without any, a new one who enters by link."""
    found = User.objects.filter(role=SiteRole.ADMIN, is_active=True).order_by("pk").first()
    if found is None:
        found = User.objects.create_user(FIRST_ADMIN, name="Admin", role=SiteRole.ADMIN)
        record(None, "create_person", found.subject, via="cli", role=found.role)
    return found


def has_way_in(person: User) -> bool:
    """True when somebody can sign in by themselves: with a password, a passkey or a provider."""
    return (
        person.has_usable_password()
        or Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()
        or SocialAccount.objects.filter(user=person).exists()
    )


@transaction.atomic
def appoint_admin(email: str, password: str | None = None) -> User:
    """Makes the account of that address an admin, from the machine itself; a new one where there is none."""
    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        found = User.objects.create_user(email, role=SiteRole.ADMIN)
        record(None, "create_person", found.subject, via="cli", role=found.role)
    if password is not None:
        validate_password(password, found)
        found.set_password(password)
        found.session_epoch += 1
    before = {"role": found.role, "active": found.is_active}
    found.role, found.is_active = SiteRole.ADMIN, True
    found.save()
    record(None, "appoint_admin", found.subject, via="cli", before=before, set_password=password is not None)
    return found

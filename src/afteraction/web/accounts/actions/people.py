"""What an admin does to accounts, and what somebody does to their own.

Knows that people are deactivated and not deleted: their entries in the trail keep an author. Refuses to leave the site
without an admin.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import ApiToken, EntryLink, SiteRole, User


def _keep_an_admin(person: User) -> None:
    others = User.objects.select_for_update().filter(role=SiteRole.ADMIN, is_active=True).exclude(pk=person.pk)
    if person.is_admin and person.is_active and not others.exists():
        raise CannotDo(f"{person} is the only admin of this site. Make somebody else an admin first.")


@transaction.atomic
def change_role(person: User, role: str, *, actor: User, via: str = "page") -> None:
    """Makes somebody a member or an admin."""
    need_admin(actor)
    if role not in SiteRole.values:
        raise CannotDo(f'"{role}" is no role of this site. Choose member or admin.')
    if role == person.role:
        return
    if role != SiteRole.ADMIN:
        _keep_an_admin(person)
    before, person.role = person.role, SiteRole(role)
    person.save(update_fields=["role"])
    record(actor, "change_role", person.subject, via=via, before=str(before), after=role)


@transaction.atomic
def deactivate(person: User, *, actor: User, via: str = "page") -> None:
    """Shuts an account: its sessions, tokens and links end now, what it wrote stays."""
    need_admin(actor)
    if not person.is_active:
        return
    _keep_an_admin(person)
    person.is_active = False
    person.session_epoch += 1
    person.save(update_fields=["is_active", "session_epoch"])
    EntryLink.objects.filter(person=person, used_at__isnull=True).delete()
    ended = ApiToken.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=timezone.now())
    record(actor, "deactivate", person.subject, via=via, tokens_revoked=ended)


@transaction.atomic
def reactivate(person: User, *, actor: User, via: str = "page") -> None:
    """Opens an account again; its old sessions and tokens stay ended."""
    need_admin(actor)
    if person.is_active:
        return
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(actor, "reactivate", person.subject, via=via)


@transaction.atomic
def change_line(person: User, boss: User | None, *, nobody: bool = False, actor: User, via: str = "page") -> None:
    """Whom somebody reports to: `boss`, or nobody; neither leaves it to who leads their teams. Raises CannotDo where
    the line would come back to them."""
    need_admin(actor)
    if boss is not None and nobody:
        raise CannotDo(f"{person} reports either to {boss} or to nobody. Choose one.")
    above, seen = boss, set[int]()
    while above is not None and above.pk not in seen:
        if above.pk == person.pk:
            raise CannotDo(f"{boss} reports to {person} already. A line does not come back to where it began.")
        seen.add(above.pk)
        above = above.reports_to
    if (person.reports_to_id, person.reports_to_nobody) == (boss.pk if boss else None, nobody):
        return
    before = person.reports_to.subject if person.reports_to else "nobody" if person.reports_to_nobody else ""
    person.reports_to, person.reports_to_nobody = boss, nobody
    person.save(update_fields=["reports_to", "reports_to_nobody"])
    after = boss.subject if boss else "nobody" if nobody else ""
    record(actor, "change_line", person.subject, via=via, before=before, after=after)


@transaction.atomic
def change_account(*, name: str, single_keys: bool, actor: User, via: str = "page") -> None:
    """Somebody's own name and whether single keys act."""
    before = {"name": actor.name, "single_keys": actor.single_keys}
    after = {"name": name.strip()[:128], "single_keys": single_keys}
    if before == after:
        return
    actor.name, actor.single_keys = str(after["name"]), single_keys
    actor.save(update_fields=["name", "single_keys"])
    record(actor, "change_account", actor.subject, via=via, before=before, after=after)


@transaction.atomic
def end_sessions(*, actor: User, via: str = "page") -> None:
    """Signs somebody out of every browser; the caller signs the one they sit at in again."""
    actor.session_epoch += 1
    actor.save(update_fields=["session_epoch"])
    record(actor, "end_sessions", actor.subject, via=via)


@transaction.atomic
def join_by_domain(person: User) -> None:
    """Writes down that an account came by the provider, without an invitation."""
    record(person, "join_by_provider", person.subject, email=person.email)

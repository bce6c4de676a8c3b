"""Teams: making one, naming it, choosing its people.

Knows that a team's people get its seats in incidents at once. Refuses a second team of the same name.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import Team, User


@transaction.atomic
def make_team(name: str, *, actor: User, via: str = "page") -> Team:
    """A new team without people; CannotDo where its name is taken or says nothing."""
    need_admin(actor)
    name = name.strip()
    team = Team.objects.create(name=_free(name), slug=_slug(name))
    record(actor, "make_team", team.subject, via=via, name=team.name)
    return team


@transaction.atomic
def rename_team(team: Team, name: str, *, actor: User, via: str = "page") -> None:
    """Gives a team another name; its address stays, so that links hold."""
    need_admin(actor)
    name = name.strip()
    if name == team.name:
        return
    before, team.name = team.name, _free(name, but=team)
    team.save(update_fields=["name"])
    record(actor, "rename_team", team.subject, via=via, before=before, after=name)


@transaction.atomic
def add_to_team(team: Team, person: User, *, actor: User, via: str = "page") -> None:
    """Puts somebody into a team, and so into its incidents."""
    need_admin(actor)
    if not person.is_active:
        raise CannotDo(f"{person} is deactivated. Let them in again first.")
    if team.people.filter(pk=person.pk).exists():
        return
    team.people.add(person)
    record(actor, "add_to_team", team.subject, via=via, person=person.subject)


@transaction.atomic
def remove_from_team(team: Team, person: User, *, actor: User, via: str = "page") -> None:
    """Takes somebody out of a team; seats that they have by themselves stay."""
    need_admin(actor)
    if not team.people.filter(pk=person.pk).exists():
        return
    team.people.remove(person)
    record(actor, "remove_from_team", team.subject, via=via, person=person.subject)


def _free(name: str, but: Team | None = None) -> str:
    taken = Team.objects.filter(name__iexact=name)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if not slugify(name):
        raise CannotDo("A team needs a name with a letter or a digit.")
    if taken.exists():
        raise CannotDo(f'There is a team "{name}" already. Choose another name or add people to that one.')
    return name


def _slug(name: str) -> str:
    wanted = slugify(name)[:56]
    taken = set(Team.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := wanted if n == 1 else f"{wanted}-{n}") not in taken)

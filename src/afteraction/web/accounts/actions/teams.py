"""Teams: making one, naming it, choosing its people and who leads it.

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


@transaction.atomic
def name_lead(team: Team, person: User, *, actor: User, via: str = "page") -> None:
    """Writes down that somebody leads a team; they need not be in it, and it may have several."""
    need_admin(actor)
    if not person.is_active:
        raise CannotDo(f"{person} is deactivated. Let them in again first.")
    if team.leads.filter(pk=person.pk).exists():
        return
    team.leads.add(person)
    Team.objects.filter(pk=team.pk).update(nobody_leads=False)
    record(actor, "name_lead", team.subject, via=via, person=person.subject)


@transaction.atomic
def withdraw_lead(team: Team, person: User, *, actor: User, via: str = "page") -> None:
    """Somebody does not lead a team any more; without another it is not known who does."""
    need_admin(actor)
    if not team.leads.filter(pk=person.pk).exists():
        return
    team.leads.remove(person)
    record(actor, "withdraw_lead", team.subject, via=via, person=person.subject)


@transaction.atomic
def say_nobody_leads(team: Team, is_so: bool, *, actor: User, via: str = "page") -> None:
    """Writes down that a team has no lead, or takes that back."""
    need_admin(actor)
    if is_so and team.leads.exists():
        raise CannotDo(f"{team} is led by {team.leads.first()}. Take that back first.")
    if Team.objects.filter(pk=team.pk, nobody_leads=not is_so).update(nobody_leads=is_so):
        record(actor, "say_nobody_leads", team.subject, via=via, after=is_so)


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

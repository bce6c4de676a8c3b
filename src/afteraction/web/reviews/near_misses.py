"""Reports of near misses that came from nobody: who reads them, and which wait.

Knows teams and admins. Refuses to show a report to anybody whom its form did not name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from afteraction.web.accounts.models import SiteRole, Team, User
from afteraction.web.reviews.models import AnonymousNearMiss


@dataclass(frozen=True)
class Readers:
    """Who reads a report that is sent there: `slug` of a team ("" for the admins), its name and its people."""

    slug: str
    name: str
    people: tuple[str, ...]

    @property
    def words(self) -> str:
        """Name and number, for a choice."""
        return f"{self.name} ({len(self.people)} {'person' if len(self.people) == 1 else 'people'})"


def readers() -> Sequence[Readers]:
    """Everybody to whom a report can be sent, the admins first; teams of nobody are left out."""
    admins = User.objects.filter(role=SiteRole.ADMIN, is_active=True).order_by("name", "email")
    found = [Readers("", "The admins of this site", tuple(str(each) for each in admins))]
    for team in Team.objects.prefetch_related("people"):
        people = tuple(sorted(str(each) for each in team.people.all() if each.is_active))
        if people:
            found.append(Readers(team.slug, team.name, people))
    return found


def waiting_for(person: User) -> QuerySet[AnonymousNearMiss]:
    """Reports that wait for somebody: those of their teams; for an admin those of the admins, and those of teams in
    which nobody is left."""
    rows = AnonymousNearMiss.objects.filter(incident=None, set_aside="")
    mine = rows.filter(team__in=Team.objects.filter(people=person))
    if not person.is_admin:
        return mine
    peopled = Team.objects.filter(pk=OuterRef("team"), people__is_active=True)
    return rows.filter(pk__in=mine.values("pk")) | rows.filter(~Exists(peopled))

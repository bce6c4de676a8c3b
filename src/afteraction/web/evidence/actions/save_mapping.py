"""Saving what the columns of a file mean, under a name.

Knows who may use it: a team, or everybody. Refuses a name that says nothing.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import Team, User
from afteraction.web.evidence.actions.apply_saved import header_of, mappings_for
from afteraction.web.evidence.actions.declare import declare
from afteraction.web.evidence.actions.refusals import Refused
from afteraction.web.evidence.models import About, EvidenceFile, SavedMapping
from afteraction.web.incidents.access import need
from afteraction.web.incidents.permissions import WORK


@transaction.atomic
def map_columns(
    file: EvidenceFile,
    columns: dict[str, Any],
    *,
    reader: str = "",
    name: str = "",
    team: Team | None = None,
    actor: User,
    via: str = "page",
) -> SavedMapping | None:
    """Declares what the columns of a file mean; with a `name` it is saved for later files of the same columns."""
    need(actor, WORK, file.incident)
    said = declare(file.incident, About.MAPPING, columns, file=file, actor=actor, via=via)
    if reader:
        declare(file.incident, About.READER, reader, file=file, actor=actor, via=via)
    name = name.strip()[:128]
    if not name:
        return None
    if team is not None and not team.people.filter(pk=actor.pk).exists():
        raise Refused(f"You are not in the team {team}.", next_step="Save it for everybody, or for a team of yours.")
    if team is None and file.incident.is_restricted:
        raise Refused(
            "A restricted incident tells nothing to everybody, and columns have names.",
            next_step="Save it for a team of yours, or leave the name empty.",
        )
    saved, _ = SavedMapping.objects.update_or_create(
        name=name,
        team=team,
        defaults={"reader": reader, "columns": said.value, "header": header_of(file), "person": actor},
    )
    record(actor, "save_mapping", f"mapping:{saved.pk}", via=via, name=name, columns=sorted(said.value or ()))
    return saved


@transaction.atomic
def use_mapping(file: EvidenceFile, saved_id: int, *, actor: User, via: str = "page") -> SavedMapping:
    """Reads a file as a saved mapping says."""
    need(actor, WORK, file.incident)
    saved = next((each for each in mappings_for(file) if each.pk == saved_id), None)
    if saved is None:
        raise Refused("This mapping is not there, or not open to this incident.")
    declare(file.incident, About.MAPPING, saved.columns, file=file, actor=actor, via=via)
    if saved.reader:
        declare(file.incident, About.READER, saved.reader, file=file, actor=actor, via=via)
    return saved


@transaction.atomic
def forget_mapping(saved: SavedMapping, *, actor: User, via: str = "page") -> None:
    """Takes a saved mapping off the list; files that were read with it stay as they are."""
    allowed = saved.person_id == actor.pk or actor.is_admin
    if not allowed and not (saved.team is not None and saved.team.people.filter(pk=actor.pk).exists()):
        raise Refused("Only who saved it, their team or an admin may remove it.")
    record(actor, "forget_mapping", f"mapping:{saved.pk}", via=via, name=saved.name)
    saved.delete()

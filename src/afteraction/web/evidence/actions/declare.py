"""What people declare about evidence: confirmed, changed and taken back.

Knows which values can be used. Refuses to move anything: the run that follows does.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from afteraction.core.errors import AfteractionError
from afteraction.core.timestamps import read_timestamp, zone_named
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.refusals import Refused
from afteraction.web.evidence.declared import EVERY, holding
from afteraction.web.evidence.models import About, Declaration, EvidenceFile, FileState
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions import storable
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.reanalysis import ask_for_analysis

Json = dict[str, Any]
LONGEST = 500
# Declarations that change nothing in what is computed.
_SILENT = {About.UNAVAILABLE}
FARTHEST_S = 15 * 3600
_PRECISIONS = ("s", "min", "h", "day")


@transaction.atomic
def declare(
    incident: Incident,
    about: str,
    value: Any,
    *,
    file: EvidenceFile | None = None,
    thing: str = "",
    actor: User,
    via: str = "page",
) -> Declaration:
    """Declares something of one original (`file`), of all (`thing` "*"), of a clock or of a kind of evidence.

    The same again is the row that is there. Raises Refused for a value that cannot be used.
    """
    need(actor, WORK, incident)
    if about not in About.values:
        raise Refused(f'nothing is called "{about}" here.')
    meant = About(about)
    if file is not None and (file.incident_id != incident.pk or file.state == FileState.PURGED):
        raise Refused("This incident has no such evidence.")
    usable = _usable(meant, value, incident)
    thing = storable(thing)[:200]
    for row in holding(incident):
        same = (row.about, row.file_id, row.thing) == (meant, file.pk if file else None, thing)
        if same and row.value == usable:
            return row
    made = Declaration.objects.create(
        incident=incident, about=meant, file=file, thing=thing, value=usable, person=actor
    )
    if meant not in _SILENT:
        ask_for_analysis(incident, actor)
    named = {"file": file.sha256} if file else {"thing": thing}
    record(actor, "declare", incident.subject, via=via, about=about, value=_told(meant, usable), **named)
    return made


@transaction.atomic
def withdraw_declaration(incident: Incident, declaration_id: int, *, actor: User, via: str = "page") -> Declaration:
    """Takes a declaration back; what held before it holds again. Twice is once."""
    need(actor, WORK, incident)
    row = Declaration.objects.select_for_update().filter(incident=incident, pk=declaration_id).first()
    if row is None:
        raise Refused("This was not declared here.")
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = timezone.now(), actor
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        if row.about not in _SILENT:
            ask_for_analysis(incident, actor)
        record(actor, "withdraw_declaration", incident.subject, via=via, about=row.about, declaration=row.pk)
    return row


def _told(about: About, value: Any) -> Any:
    return "(text)" if about in (About.PLACE, About.UNAVAILABLE) else value


def _usable(about: About, value: Any, incident: Incident) -> Any:
    if about == About.ZONE:
        return _zone(value)
    if about == About.YEAR:
        return _number(value, 1970, 2200, "A year")
    if about == About.READER:
        from afteraction import formats

        if formats.reader_named(str(value)) is None:
            raise Refused(f'there is no reader named "{str(value)[:60]}".', next_step="Choose one of the list.")
        return str(value)
    if about == About.MAPPING:
        return _mapping(value)
    if about == About.CAPTURED_AT:
        return _moment(value, incident)
    if about == About.CLOCK:
        return None if value is None else _seconds(value)
    text: str = storable(str(value or "")).strip()[:LONGEST]
    if not text and about != About.LEFT_OUT:
        raise Refused("Say it in a few words.")
    return text


def _zone(value: Any) -> str:
    try:
        zone_named(str(value))
    except AfteractionError as error:
        raise Refused(error.what, next_step=error.next_step) from None
    return str(value)


def _number(value: Any, low: int, high: int, what: str) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = low - 1
    if not low <= number <= high:
        raise Refused(f"{what} is a number from {low} to {high}.")
    return number


def _seconds(value: Any) -> float:
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        seconds = float("nan")
    if not abs(seconds) <= FARTHEST_S:
        raise Refused("A clock's offset is a number of seconds, at most 15 hours.")
    return round(seconds, 3)


def _mapping(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not value:
        raise Refused("Say what at least one column means.")
    kept = {str(what)[:64]: storable(str(column))[:LONGEST] for what, column in value.items() if column}
    if not kept:
        raise Refused("Say what at least one column means.")
    return kept


def _moment(value: Any, incident: Incident) -> Json:
    """A typed moment, in the zone that was typed with it or the incident's."""
    told = value if isinstance(value, dict) else {"at": value}
    zone = _zone(told.get("zone") or incident.zone)
    precision = told.get("precision", "min")
    if precision not in _PRECISIONS:
        raise Refused("A time is precise to s, min, h or day.")
    try:
        moment = read_timestamp(str(told.get("at", "")).strip(), zone=zone)
    except AfteractionError as error:
        raise Refused(error.what, next_step="Type it like 2026-05-12 14:20.") from None
    return {"at": moment.utc.isoformat(), "precision": precision, "typed": str(told["at"])[:64], "zone": zone}


__all__ = ["EVERY", "declare", "withdraw_declaration"]

"""Links: added, copied where that is allowed, checked, removed.

Knows what a recording needs. Refuses to fetch inside a request: jobs do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from afteraction.core.errors import AfteractionError
from afteraction.core.timestamps import read_timestamp, zone_named
from afteraction.sources.link import NotFetched, Rules, fetch, is_dead
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.refusals import Refused
from afteraction.web.evidence.actions.take_in import Coming, clean_name, take_in_bytes
from afteraction.web.evidence.models import CopyState, Link, LinkKind, Origin
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions import storable
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK
from afteraction.web.jobs.progress import report
from afteraction.web.jobs.queue import submit

COPY = "afteraction.web.evidence.tasks.copy_link"
_ENDINGS = {"text/html": "html", "application/json": "json", "text/plain": "txt", "text/csv": "csv", "image/png": "png",
            "image/jpeg": "jpg", "application/pdf": "pdf", "image/gif": "gif", "image/webp": "webp"}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Described:
    """What somebody says of a link. `at` is a time as typed, in `zone` unless it states one, or empty."""

    url: str
    title: str = ""
    kind: str = LinkKind.OTHER
    at: str = ""
    zone: str = ""
    precision: str = "min"
    place: str = ""
    consent: str = ""


def rules() -> Rules:
    """What this site may fetch."""
    return Rules(hosts=settings.FETCH_HOSTS, private=settings.FETCH_PRIVATE)


@transaction.atomic
def add_link(incident: Incident, told: Described, *, actor: User, via: str = "page") -> Link:
    """Adds a link; a copy of what it shows now is fetched by a job where the host is named for that."""
    need(actor, WORK, incident)
    url = _usable(told.url)
    if told.kind not in LinkKind.values:
        raise Refused("Choose what is behind the link.")
    at, zone = _moment(told, incident)
    consent = storable(told.consent.strip())[:1000]
    if told.kind == LinkKind.RECORDING and not consent:
        raise Refused("A recording needs to say who agreed to it.", next_step="E.g. everybody in the call.")
    if told.kind == LinkKind.RECORDING and at is None:
        raise Refused("A recording needs the time at which it begins.", next_step="Type it like 2026-05-12 14:20:05.")
    known = Link.objects.filter(incident=incident, url=url, removed_at=None).first()
    if known is not None:
        return known
    link = Link.objects.create(
        incident=incident, url=url, title=storable(told.title.strip())[:300] or urlsplit(url).hostname or url[:300],
        kind=told.kind, at=at, at_text=told.at.strip()[:64], at_zone=zone, at_precision=told.precision if at else "",
        place=storable(told.place.strip())[:200], consent=consent, person=actor,
    )  # fmt: skip
    _ask_for_copy(link, actor)
    record(actor, "add_link", incident.subject, via=via, link=link.pk, kind=link.kind, host=urlsplit(url).hostname)
    return link


@transaction.atomic
def remove_link(link: Link, *, actor: User, via: str = "page") -> None:
    """Takes a link off the list; a copy stays evidence. Twice is once."""
    need(actor, WORK, link.incident)
    if link.removed_at is None:
        link.removed_at = timezone.now()
        link.save(update_fields=["removed_at"])
        record(actor, "remove_link", link.incident.subject, via=via, link=link.pk)


@transaction.atomic
def ask_for_check(link: Link, *, actor: User, via: str = "page") -> None:
    """Has a job look whether the link still leads somewhere, and fetch a copy where there is none."""
    need(actor, WORK, link.incident)
    _ask_for_copy(link, actor)
    record(actor, "check_link", link.incident.subject, via=via, link=link.pk)


def _ask_for_copy(link: Link, actor: User) -> None:
    submit(
        COPY, link.pk, subject=link.incident.subject, dedupe=f"link:{link.pk}", title=f"Looking at {link.title[:80]}",
        actor_id=actor.pk,
    )  # fmt: skip


def look_at_link(link: Link, allowed: Rules) -> None:
    """Fetches a copy where there is none, and notes whether the link is dead. Never raises for what is out there."""
    report(f"looking at {urlsplit(link.url).hostname}")
    try:
        if link.copy_id is None:
            _keep_copy(link, allowed)
            link.is_dead = False
        else:
            link.is_dead = is_dead(link.url, allowed)
    except NotFetched as error:
        if link.copy_id is None:
            link.copy_state, link.copy_because = CopyState.NONE, str(error)
            link.is_dead = link.is_dead or "answers 404" in error.what or "answers 410" in error.what
        else:
            link.copy_because = str(error)
    except AfteractionError as error:
        link.copy_because = str(error)
    link.checked_at = timezone.now()
    link.save(update_fields=["copy", "copy_state", "copy_because", "is_dead", "checked_at"])


def _keep_copy(link: Link, allowed: Rules) -> None:
    found = fetch(link.url, allowed)
    ending = _ENDINGS.get(found.media_type, "bin")
    name = clean_name(f"link/{link.pk}-{urlsplit(link.url).hostname}.{ending}")
    taken = take_in_bytes(
        link.incident, found.body, Coming(name=name, origin=Origin.LINK, batch="link"), actor=link.person, via="job"
    )
    link.copy, link.copy_state, link.copy_because = taken.file, CopyState.KEPT, ""


def _usable(url: str) -> str:
    told: str = storable(url.strip())
    try:
        parts = urlsplit(told)
        has_host = bool(parts.hostname)
    except ValueError:
        has_host = False
    if not has_host or parts.scheme not in ("http", "https") or len(told) > 2000 or any(c.isspace() for c in told):
        raise Refused("A link begins with https:// or http://.", next_step="Copy it from the address bar.")
    return told


def _moment(told: Described, incident: Incident) -> tuple[datetime | None, str]:
    if not told.at.strip():
        return None, ""
    zone = told.zone or incident.zone
    try:
        zone_named(zone)
        return read_timestamp(told.at.strip(), zone=zone).utc, zone
    except AfteractionError as error:
        raise Refused(error.what, next_step="Type it like 2026-05-12 14:20.") from None

"""Removing evidence for good: the one verb that destroys.

Knows every place that bytes, or what was read from them, come to lie in. Refuses to leave any of it: what is left is a
tombstone with hash, size, who, when and why.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.refusals import Refused
from afteraction.web.evidence.models import Declaration, EvidenceFile, FileState, Link, Tombstone
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions.forget import forget_analyses
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import PURGE
from afteraction.web.incidents.reanalysis import ask_for_analysis
from afteraction.web.jobs.models import Job
from afteraction.web.jobs.queue import submit

SHORTEST_REASON = 5
DESTROY = "afteraction.web.evidence.tasks.destroy"
_OURS = "afteraction.web."
log = logging.getLogger("afteraction.evidence")


def purge_evidence(file: EvidenceFile, reason: str, *, actor: User, via: str = "page") -> list[Tombstone]:
    """Removes an original everywhere on this site, with the archive it came in and everything else in that.

    Analyses of every incident that held it go, with their events, and are made anew without it. Only an admin with a
    seat in the incident may; the reason stays in the trail.
    """
    need(actor, PURGE, file.incident)
    return _purge(file, reason, actor, via)


def purge_as_due(file: EvidenceFile, reason: str) -> list[Tombstone]:
    """Removes an original whose time is over, as `purge_evidence` does, for nobody: the trail says that a job did."""
    return _purge(file, reason, None, "job")


def _purge(file: EvidenceFile, reason: str, actor: User | None, via: str) -> list[Tombstone]:
    reason = " ".join(reason.split())[:500]
    if len(reason) < SHORTEST_REASON:
        raise Refused("Purging needs a reason that others will understand.", next_step="Say why.")
    if file.state == FileState.PURGED:
        raise Refused("This was purged already.")
    doomed = with_kin(file)
    hashes = {each.sha256 for each in doomed}
    with transaction.atomic():
        stones = [_tombstone(sha256, doomed, reason, actor) for sha256 in sorted(hashes)]
        everywhere = list(EvidenceFile.objects.filter(sha256__in=hashes).select_related("incident"))
        incidents = {each.incident_id: each.incident for each in everywhere}
        for each in everywhere:
            _bury(each, reason, actor)
        for incident in incidents.values():
            versions = forget_analyses(incident, hashes)
            ask_for_analysis(incident, actor if incident.pk == file.incident_id else None)
            sizes = {each.sha256: each.size for each in everywhere if each.incident_id == incident.pk}
            who = actor if incident.pk == file.incident_id else None
            record(who, "purge_evidence", incident.subject, via=via, files=sizes, reason=reason, facts=versions)
            Job.objects.filter(subject=incident.subject).update(parts=[], step="", checkpoint={})
        submit(DESTROY, sorted(incidents), dedupe="destroy", title="Removing purged bytes", priority=10)
    # Now, and once more by the job: a run that was reading meanwhile may bring some of it back, and a process that
    # dies here leaves all of it.
    for incident in incidents.values():
        destroy_purged(incident)
    return stones


def destroy_purged(incident: Incident) -> None:
    """Removes the bytes of everything that was purged in an incident, and all that was read in it."""
    named = list(
        EvidenceFile.objects.filter(incident=incident, state=FileState.PURGED).values_list("sha256", flat=True)
    )
    if not named:
        return
    store = store_of(incident)
    for sha256 in named:
        store.destroy(sha256)
    store.keep_only(())
    store.close()


def with_kin(file: EvidenceFile) -> list[EvidenceFile]:
    """The row, the archive that holds the same bytes packed, and all that this holds."""
    found = {file.pk: file}
    waiting = [file]
    while waiting:
        one = waiting.pop()
        same = EvidenceFile.objects.filter(sha256=one.sha256)
        near = [*same, *one.members.all(), *([one.container] if one.container else [])]
        for each in near:
            if each.pk not in found:
                found[each.pk] = each
                waiting.append(each)
    return list(found.values())


def _tombstone(sha256: str, doomed: list[EvidenceFile], reason: str, actor: User | None) -> Tombstone:
    size = next(each.size for each in doomed if each.sha256 == sha256)
    stone, _ = Tombstone.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "person": actor, "reason": reason}
    )
    return stone


def _bury(file: EvidenceFile, reason: str, actor: User | None) -> None:
    Declaration.objects.filter(file=file).delete()
    Link.objects.filter(copy=file).update(copy=None, copy_state="none", copy_because="the copy was purged")
    file.name, file.report, file.kind, file.reader = f"purged/{file.sha256[:16]}-{file.pk}", {}, "", ""
    file.state, file.purged_at, file.purged_by, file.purged_because = (
        FileState.PURGED, timezone.now(), actor, reason,
    )  # fmt: skip
    file.save()


def forget_free_pages() -> None:
    """Has the database write anew what deleted and changed rows are still readable in: its file on SQLite, all our
    tables and the statistics of their columns on PostgreSQL. Its log of changes is beyond our reach: it is overwritten
    as the server needs it."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO incidents_searchtext(incidents_searchtext) VALUES('rebuild')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        _wait_for_older_readers(cursor)
        for table in _our_tables():
            cursor.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
        # Where our account may not, the server says so in its log and goes on.
        cursor.execute("VACUUM FULL pg_catalog.pg_statistic")


def _wait_for_older_readers(cursor: Any) -> None:
    """Rows that an open transaction may still read are written anew with the rest, so whoever began before now has up
    to a minute to end, be it a person, a backup or the database's own look at its tables."""
    cursor.execute("SELECT pg_current_xact_id()::xid::text")
    now = cursor.fetchone()[0]
    for _ in range(600):
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_xmin IS NOT NULL AND age(backend_xmin) >= age(%s::xid)",
            [now],
        )
        if not cursor.fetchone()[0]:
            return
        time.sleep(0.1)
    log.warning("purge: a transaction is open since before it; what it may read stays on the disk until it ends")


def _our_tables() -> list[str]:
    """Tables of every app here. Apps above this one quote evidence too, and one that is added later will."""
    ours = (each for each in apps.get_app_configs() if each.name.startswith(_OURS))
    return [model._meta.db_table for each in ours for model in each.get_models(include_auto_created=True)]

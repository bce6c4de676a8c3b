"""How long evidence is kept: changing the policy, saying otherwise, and letting go of what is due after a warning.

Knows that nothing goes before its date and its warning are over. Refuses to remove what is held anywhere, be it the
same bytes in another incident.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.accounts.versions import LONGEST_REASON, Stale, wait_for_turn, why_of
from afteraction.web.evidence.actions.purge import purge_as_due, with_kin
from afteraction.web.evidence.actions.refusals import Refused
from afteraction.web.evidence.models import (
    EvidenceDue,
    EvidenceFile,
    FileState,
    ResolvedOnce,
    RetentionPolicy,
    RetentionRule,
)
from afteraction.web.evidence.retention import Keeping, due_at, keeping_now, resolved_at, rules_of
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import LEAD

SUBJECT = "site:retention"
SHORTEST_WARNING, LONGEST_WARNING, LONGEST = 1, 365, 36_500


@transaction.atomic
def change_retention(
    keep_days: int | None, warn_days: int, reason: str, *, based_on: int, actor: User, via: str = "page"
) -> RetentionPolicy:
    """The next version of the policy, for admins. Raises NotAdmin, and CannotDo for a stale or senseless one."""
    need_admin(actor)
    why = why_of(reason, "it changes")
    if keep_days is not None and not 1 <= keep_days <= LONGEST:
        raise CannotDo(f"Evidence cannot be kept for {keep_days:,} days. Say 1 to {LONGEST:,}, or for ever.")
    if not SHORTEST_WARNING <= warn_days <= LONGEST_WARNING:
        raise CannotDo(
            f"Members cannot be warned {warn_days:,} days before. Say {SHORTEST_WARNING} to {LONGEST_WARNING}."
        )
    wait_for_turn(RetentionPolicy)
    now = keeping_now()
    if now.number != based_on:
        raise Stale(now.number)
    row = RetentionPolicy.objects.create(
        number=now.number + 1, keep_days=keep_days, warn_days=warn_days, reason=why, by=actor
    )
    record(actor, "change_retention", SUBJECT, via=via, version=row.number, keep_days=keep_days, warn_days=warn_days,
           before=now.keep_days, reason=why)  # fmt: skip
    return row


@transaction.atomic
def say_retention(
    incident: Incident, *, file: EvidenceFile | None = None, keep_days: int | None = None, is_hold: bool = False,
    reason: str, actor: User, via: str = "page",
) -> RetentionRule:  # fmt: skip
    """Keeps an incident's evidence, or one original of it, for another time, or holds it. For those who lead."""
    need(actor, LEAD, incident)
    why = " ".join(reason.split())[:LONGEST_REASON]
    if not why:
        raise Refused("It is not said why.", next_step="Give a reason: it stays with the rule.")
    if keep_days is not None and not 1 <= keep_days <= LONGEST:
        raise Refused("This is no number of days.", next_step=f"Say 1 to {LONGEST:,}, or for ever.")
    if file is not None and (file.incident_id != incident.pk or not file.is_given):
        raise Refused("This came inside another original.", next_step="Say it of the archive it came in.")
    rule = RetentionRule.objects.create(
        incident=incident,
        file=file,
        keep_days=None if is_hold else keep_days,
        is_hold=is_hold,
        reason=why,
        person=actor,
    )
    if is_hold:
        rows = EvidenceDue.objects.filter(file__incident=incident)
        (rows.filter(file=file) if file else rows).delete()
    record(actor, "say_retention", incident.subject, via=via, rule=rule.pk, hold=is_hold, keep_days=rule.keep_days,
           sha256=file.sha256 if file else "", reason=why)  # fmt: skip
    return rule


@transaction.atomic
def take_back_retention(rule: RetentionRule, *, actor: User, via: str = "page") -> RetentionRule:
    """Ends a rule; what held before holds again."""
    need(actor, LEAD, rule.incident)
    if rule.withdrawn_at is None:
        rule.withdrawn_at, rule.withdrawn_by = timezone.now(), actor
        rule.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(actor, "take_back_retention", rule.incident.subject, via=via, rule=rule.pk)
    return rule


def propose_due(incident: Incident, policy: Keeping, now: datetime) -> int:
    """Says of each original whether it is due within the time of the warning; how many members are warned of anew.
    What stays after all is said no more."""
    rules, resolved = rules_of(incident), resolved_at(incident)
    files = list(EvidenceFile.objects.filter(incident=incident, is_given=True).exclude(state=FileState.PURGED))
    dates = {file.pk: due_at(file, rules, policy, resolved) for file in files}
    horizon = now + timedelta(days=policy.warn_days)
    soon = {pk: at for pk, at in dates.items() if at is not None and at <= horizon}
    with transaction.atomic():
        if resolved is not None:
            ResolvedOnce.objects.update_or_create(incident=incident, defaults={"at": resolved})
        EvidenceDue.objects.filter(file__incident=incident).exclude(file__in=list(soon)).delete()
        known = {row.file_id: row for row in EvidenceDue.objects.filter(file__incident=incident)}
        for pk, at in soon.items():
            if pk in known and known[pk].due_at != at:
                EvidenceDue.objects.filter(pk=known[pk].pk).update(due_at=at)
        new = [EvidenceDue(file_id=pk, due_at=at, warned_at=now) for pk, at in soon.items() if pk not in known]
        EvidenceDue.objects.bulk_create(new)
        if new:
            goes = max(min(row.due_at for row in new), now + timedelta(days=policy.warn_days))
            record(None, "warn_retention", incident.subject, via="job", count=len(new), goes_at=goes.isoformat())
    return len(new)


def let_go(now: datetime, policy: Keeping) -> int:
    """Purges what is due and was warned of long enough; how many originals it began with. What the same bytes are
    kept for elsewhere stays, and so does the archive of what stays."""
    before = now - timedelta(days=policy.warn_days)
    rows = EvidenceDue.objects.filter(due_at__lte=now, warned_at__lte=before)
    ready = set(rows.values_list("file", flat=True))
    gone = 0
    for file in EvidenceFile.objects.filter(pk__in=ready).select_related("incident", "container").order_by("id"):
        file.refresh_from_db()
        if file.state == FileState.PURGED:
            continue
        everywhere = {each.sha256 for each in with_kin(file)}
        same = EvidenceFile.objects.filter(sha256__in=everywhere, is_given=True).exclude(state=FileState.PURGED)
        if not set(same.values_list("pk", flat=True)) <= ready or not _still_due(file, now):
            continue
        purge_as_due(file, "Its time of retention was over.")
        gone += 1
    EvidenceDue.objects.filter(file__state=FileState.PURGED).delete()
    return gone


def _still_due(file: EvidenceFile, now: datetime) -> bool:
    """Asked once more at the last moment: somebody may hold it since."""
    at = due_at(file, rules_of(file.incident), keeping_now(), resolved_at(file.incident))
    return at is not None and at <= now


def look_after_retention(now: datetime) -> tuple[int, int]:
    """Warns and lets go over all incidents: how many originals each. Does nothing while everything is kept."""
    policy = keeping_now()
    ruled = RetentionRule.objects.filter(withdrawn_at=None, is_hold=False).exclude(keep_days=None).values("incident")
    looked = Incident.objects.filter(deleted_at=None)
    if policy.keep_days is None:
        dues = EvidenceDue.objects.values("file__incident")
        looked = looked.filter(pk__in=ruled) | looked.filter(pk__in=dues)
    warned = sum(propose_due(incident, policy, now) for incident in looked.order_by("pk").iterator(100))
    return warned, let_go(now, policy)

"""What the evidence page shows: originals with what became of them, questions, coverage, links and addresses.

Knows queries. Refuses to write, and to show a name of what was purged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from afteraction.core.evidence import EvidenceKind
from afteraction.web.evidence.assumptions import lacks_zone, told
from afteraction.web.evidence.models import About, Declaration, EvidenceFile, FileState, Link, LinkKind, Origin
from afteraction.web.incidents.models import Incident
from afteraction.web.jobs.models import Job, JobState

Json = dict[str, Any]
PAGE = 200
MOST_FAILURES = 5
# Kinds that the matrix names, as people call them.
KINDS = {
    EvidenceKind.LOG: "Logs", EvidenceKind.METRIC: "Metrics", EvidenceKind.TRACE: "Traces",
    EvidenceKind.ALERT: "Alerts", EvidenceKind.DEPLOYMENT: "Deployments and changes",
    EvidenceKind.COMMUNICATION: "Communication", EvidenceKind.TICKET: "Tickets", EvidenceKind.PICTURE: "Pictures",
    EvidenceKind.CONFIG_SNAPSHOT: "Configuration snapshots", EvidenceKind.DOCUMENT: "Documents",
    EvidenceKind.LINK: "Links",
}  # fmt: skip
_GROUPED = (Origin.WEBHOOK, Origin.LOG)


@dataclass(frozen=True)
class Row:
    """One original in the list."""

    file: EvidenceFile
    said: Sequence[Declaration]
    is_left_out: bool

    @property
    def told(self) -> list[tuple[Declaration, str]]:
        """What people said of it."""
        return [(row, told(row)) for row in self.said]

    @property
    def failures(self) -> list[Json]:
        """The first records that could not be read."""
        return list(self.file.report.get("failures", ()))[:MOST_FAILURES]

    @property
    def needs_zone(self) -> bool:
        """True when its records wait for a zone."""
        return lacks_zone(self.file)

    @property
    def mark(self) -> str:
        """How the list marks it: done, warn, run, wait or out."""
        if self.file.state in (FileState.PURGED, FileState.LEFT_OUT) or self.is_left_out:
            return "out"
        if self.file.state == FileState.WAITING:
            return "wait"
        is_short = self.file.state in (FileState.PARTIAL, FileState.FAILED, FileState.UNREAD)
        return "warn" if is_short or self.file.report.get("failures_total") else "done"


@dataclass(frozen=True)
class Group:
    """Originals that came one by one from one place."""

    title: str
    batch: str
    count: int
    latest: datetime


def listed(incident: Incident, after: int = 0) -> QuerySet[EvidenceFile]:
    """Originals of the list in the order they came, without those that stand in a group."""
    grouped = Q(origin__in=_GROUPED, state__in=(FileState.READ, FileState.WAITING, FileState.DUPLICATE))
    rows = EvidenceFile.objects.filter(incident=incident, pk__gt=after).exclude(grouped)
    return rows.select_related("container", "person", "purged_by").order_by("id")


def rows_of(files: Sequence[EvidenceFile], standing: Sequence[Declaration]) -> list[Row]:
    """The list's rows, each with what people said of it."""
    said: dict[int, list[Declaration]] = {}
    for each in standing:
        if each.file_id is not None:
            said.setdefault(each.file_id, []).append(each)
    return [
        Row(
            file,
            [each for each in said.get(file.pk, ()) if each.about != About.LEFT_OUT],
            any(each.about == About.LEFT_OUT for each in said.get(file.pk, ())),
        )
        for file in files
    ]


def groups_of(incident: Incident) -> list[Group]:
    """Deliveries by webhook, and logged lines."""
    rows = EvidenceFile.objects.filter(incident=incident, origin__in=_GROUPED).exclude(state=FileState.PURGED)
    counted = rows.values_list("batch").annotate(count=Count("id"), latest=Max("imported_at")).order_by("batch")
    names = {f"webhook:{hook.pk}": hook.label for hook in incident.webhooks.all()}
    return [
        Group(f"{names[batch]}, by webhook" if batch in names else "Logged while it ran", batch, count, latest)
        for batch, count, latest in counted
    ]


def coverage_of(incident: Incident, head: Json | None, standing: Sequence[Declaration]) -> list[Json]:
    """The matrix: every kind with its originals, its doubts, and why it is missing where somebody said so."""
    reasons = {row.thing: row for row in standing if row.about == About.UNAVAILABLE}
    kinds = ((head or {}).get("coverage") or {}).get("kinds", {})
    links = incident.links.filter(removed_at=None)
    dated = links.exclude(at=None).count()
    total = links.count()
    found = []
    for kind, title in KINDS.items():
        known = kinds.get(kind.value, {"files": [], "undated": 0, "place_unknown": 0})
        count = total if kind is EvidenceKind.LINK else len(known["files"])
        undated = total - dated if kind is EvidenceKind.LINK else known["undated"]
        found.append(
            {"kind": kind.value, "title": title, "count": count, "labels": known["files"][:12], "undated": undated,
             "place_unknown": known["place_unknown"], "because": reasons.get(kind.value)}
        )  # fmt: skip
    return found


def jobs_shown(incident: Incident) -> list[Job]:
    """The incident's work that goes on, or that ended badly and was not done since."""
    jobs = Job.objects.filter(subject=incident.subject)
    going = list(jobs.filter(state__in=(JobState.QUEUED, JobState.RUNNING)).order_by("id")[:4])
    newest = jobs.filter(task__endswith="evidence.tasks.analyse").order_by("-id").first()
    if newest is not None and newest.state in (JobState.FAILED, JobState.CANCELLED) and newest not in going:
        going.append(newest)
    return going


def waiting_entries(incident: Incident) -> list[Json]:
    """Lines that were logged and are not on the timeline yet, oldest first."""
    rows = incident.files.filter(origin=Origin.LOG, state=FileState.WAITING).order_by("id")
    return [row.report["entry"] for row in rows[:50] if "entry" in row.report]


def recording_offset(link: Link, at: datetime) -> timedelta | None:
    """Where in a recording a moment is: `at` minus the moment it begins; None before that, and for other links."""
    if link.kind != LinkKind.RECORDING or link.at is None or at < link.at:
        return None
    return at - link.at


def is_impact_open(head: Json | None) -> bool:
    """True while a window of impact has no end: then nobody is asked anything but what happens."""
    return any(window["end"] is None for window in (head or {}).get("impact_windows", ()))


def now() -> datetime:
    """The server's clock."""
    return timezone.now()

"""What the next sprint audits: every line of a definition of done that a check or somebody looks at (SPEC R155).

Knows commits, when sprints begin, and who audits by hand. Refuses to say that something holds: whoever audits sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from afteraction.engine.prevention.audits import audit_day, sprint_start
from afteraction.engine.prevention.changes import Change, DoneWhen
from afteraction.engine.prevention.checks import CHECKS
from afteraction.engine.prevention.dates import HELD, lines_to_audit
from afteraction.pipeline.review.parts import read_part
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import visible_to
from afteraction.web.reviews.models import ReviewPart, SprintRhythm

MOST = 500


@dataclass(frozen=True)
class Rhythms:
    """The sprints that hold, by team; that of everybody is None's."""

    of_team: Mapping[int | None, SprintRhythm] = field(default_factory=dict)

    def of(self, teams: Iterable[int]) -> SprintRhythm | None:
        """The sprints of an incident of these teams: of the first that said something, else everybody's."""
        own = (self.of_team[team] for team in sorted(teams) if team in self.of_team)
        return next(own, self.of_team.get(None))


def rhythms_now() -> Rhythms:
    """What was said last of each team and of everybody."""
    return Rhythms({row.team_id: row for row in SprintRhythm.objects.select_related("team").order_by("id")})


@dataclass(frozen=True)
class Audit:
    """One line to audit: of which commit, on which `day` (None while nobody said when sprints begin), by whom; `looks`
    at what, where that is a check of the catalogue."""

    incident: Incident
    ident: str
    text: str
    line: str
    by: str
    looks: str
    due: date | None
    day: date | None

    @property
    def commit(self) -> str:
        """Which commit it is a line of."""
        return f"{self.incident.key} {self.ident}"


@dataclass(frozen=True)
class AuditDay:
    """Everything that is audited on one day; `is_next` where a sprint that begins then is the next one."""

    day: date | None
    is_next: bool
    audits: Sequence[Audit]


def day_of(incident: Incident, due: date | None, today: date, rhythms: Rhythms) -> date | None:
    """When a commit of an incident is audited; None while nobody said when sprints begin, and where no calendar has
    that day. `teams` of the incident should be fetched before."""
    rhythm = rhythms.of(team.pk for team in incident.teams.all())
    try:
        return audit_day(due, rhythm.begins, rhythm.days, today) if rhythm else None
    except OverflowError:
        return None


def audits_for(reader: User, today: date) -> list[AuditDay]:
    """What is to be audited of what the reader may see, the earliest day first; what has no day is last."""
    rhythms = rhythms_now()
    rows = [_told(*each, today, rhythms) for each in _lines(reader)]
    rows.sort(key=lambda each: (each.day or date.max, each.due or date.max, each.incident.key, each.ident))
    nexts = {sprint_start(each.begins, each.days, today) for each in rhythms.of_team.values()}
    return [
        AuditDay(day, day in nexts, list(audits)) for day, audits in groupby(rows[:MOST], key=lambda each: each.day)
    ]


def _lines(reader: User) -> Iterable[tuple[Incident, Change, DoneWhen]]:
    parts = ReviewPart.objects.filter(
        sort="change", removed=False, body__state__in=[each.value for each in HELD],
        review__incident__in=visible_to(reader),
    )  # fmt: skip
    for part in parts.select_related("review__incident").prefetch_related("review__incident__teams").order_by("pk"):
        for change, line in lines_to_audit([read_part("change", part.ident, part.body)]):
            yield part.review.incident, change, line


def _told(incident: Incident, change: Change, line: DoneWhen, today: date, rhythms: Rhythms) -> Audit:
    check, auditor = line.check.strip(), line.auditor.strip()
    looks = CHECKS[check].title if check in CHECKS and not auditor else ""
    day = day_of(incident, change.due, today, rhythms)
    return Audit(incident, change.id, change.text, line.text, auditor or f"check {check}", looks, change.due, day)

"""What the evidence page shows of pulls: sources that may be asked, the window that is proposed, and what came.

Knows queries. Refuses to write, and to ask a source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from afteraction.core.errors import AfteractionError
from afteraction.web.evidence.actions.pulls import answers_of
from afteraction.web.evidence.models import EvidenceFile, Origin, Pull, PullState
from afteraction.web.evidence.page import now
from afteraction.web.evidence.sources import Configured, configured
from afteraction.web.incidents.models import Incident
from afteraction.web.jobs.models import Job, JobState

Json = dict[str, Any]
MOST_TOLD = 5
_BEFORE, _AFTER = timedelta(hours=2), timedelta(minutes=30)


@dataclass(frozen=True)
class Row:
    """A pull in the list."""

    pull: Pull
    is_going: bool

    @property
    def answers(self) -> int:
        """How many answers are here."""
        return answers_of(self.pull)

    @property
    def refused(self) -> list[Json]:
        """The first questions that were refused: what was `asked`, and what was `told` of it."""
        steps = [step for step in self.pull.plan.get("steps", ()) if step.get("state") == "refused"]
        return [
            {"asked": dict(step["params"]).get("query") or step["path"], "told": step["told"]}
            for step in steps[:MOST_TOLD]
        ]

    @property
    def may_go_on(self) -> bool:
        """True when there is something left to ask and nobody does."""
        return not self.is_going and self.pull.state != PullState.DONE

    @property
    def because(self) -> str:
        """Why it does not go on, or waits."""
        if not self.pull.because and self.pull.state == PullState.GOING and not self.is_going:
            return "It was stopped."
        return self.pull.because


def rows_of(incident: Incident) -> list[Row]:
    """The incident's pulls, newest first."""
    going = set(
        Job.objects.filter(
            subject=incident.subject, state__in=(JobState.QUEUED, JobState.RUNNING), dedupe__startswith="pull:"
        ).values_list("dedupe", flat=True)
    )
    pulls = incident.pulls.select_related("person").order_by("-id")[:20]
    return [Row(each, f"pull:{each.pk}" in going) for each in pulls]


def sources_shown() -> tuple[Sequence[Configured], str]:
    """(the sources that may be asked, why there are none where the file is wrong)."""
    try:
        return tuple(configured().values()), ""
    except AfteractionError as error:
        return (), str(error)


def proposed_window(incident: Incident, head: Json | None) -> tuple[str, str]:
    """From two hours before the impact, where changes are that may have begun it, to half an hour behind its end; the
    last two hours where no impact is known. In the incident's zone, as typed."""
    moments = [
        datetime.fromisoformat(each[edge]["value"].replace("Z", "+00:00"))
        for each in (head or {}).get("impact_windows", ())
        for edge in ("start", "end")
        if each.get(edge)
    ]
    latest = now()
    is_over = bool(moments) and all(each["end"] for each in (head or {}).get("impact_windows", ()))
    start = min(moments, default=latest) - _BEFORE
    end = min(latest, max(moments) + _AFTER) if is_over else latest
    zone = ZoneInfo(incident.zone) if incident.zone != "UTC" else UTC
    first, last = (f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in (start, end))
    return first, last


def pulled_from(file: EvidenceFile) -> Json | None:
    """The request whose answer an original is: its address and its moment; None for what was not pulled."""
    if file.origin != Origin.PULL:
        return None
    found = Pull.objects.filter(incident_id=file.incident_id, pk=int(file.batch.removeprefix("pull:") or 0)).first()
    steps = found.plan.get("steps", ()) if found else ()
    return next((step for step in steps if step.get("sha256") == file.sha256), None)

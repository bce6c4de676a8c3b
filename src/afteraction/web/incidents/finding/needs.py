"""What needs somebody today: their incidents with something open, and the next step of each.

Knows the order in which steps make sense. Refuses to rank people, to nag about what is published, and to show what
somebody has no seat in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from afteraction.web.accounts.models import User
from afteraction.web.incidents.finding.brought import Brought, brought_to
from afteraction.web.incidents.models import Incident, IncidentMember, Seat, State, StoredAnalysis
from afteraction.web.incidents.permissions import visible_to, worked_on_by
from afteraction.web.jobs.models import Job, JobState

Json = dict[str, Any]
SHOWN = 8
_LOOKED_AT = 200
_YOU = {
    Seat.OWNER: "You own it.", Seat.FACILITATOR: "You facilitate.", Seat.SCRIBE: "You are its scribe.",
    Seat.RESPONDER: "You responded.",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing to do: what is open, the verb on the button, and where it leads."""

    told: str
    verb: str
    address: str


@dataclass(frozen=True)
class Need:
    """One incident that needs somebody; the first of `steps` is next. `you` says what they are in it."""

    incident: Incident
    you: str
    steps: tuple[Step, ...]
    brought: Brought | None = None

    @property
    def next(self) -> Step:
        """What to do now."""
        return self.steps[0]

    @property
    def others(self) -> int:
        """How many more things are open."""
        return len(self.steps) - 1


def mine(user: User) -> QuerySet[Incident]:
    """Incidents that somebody works on and may see."""
    return visible_to(user).filter(pk__in=worked_on_by(user))


def needs_of(user: User) -> list[Need]:
    """Every incident of theirs that is not published and has something open: by time left where there is a clock, then
    the oldest first."""
    # Newest 200: who has more drafts open than that needs another list than this one.
    rows = list(mine(user).exclude(state=State.PUBLISHED).order_by("-listed_at", "-pk")[:_LOOKED_AT])
    seats = dict(IncidentMember.objects.filter(person=user, incident__in=rows).values_list("incident", "seat"))
    failed = _failed(rows)
    open_events = _events_to_triage(rows)
    brought = brought_to(user, rows)
    found = []
    for incident in reversed(rows):
        steps = steps_of(incident, failed.get(incident.subject), open_events.get(incident.pk, 0))
        more = brought.get(incident.pk)
        if more and more.step and incident.state == State.CONFIRMED:
            steps.append(Step(*more.step))
        if steps:
            seat = Seat(seats.get(incident.pk, Seat.RESPONDER))
            found.append(Need(incident, _YOU.get(seat, ""), tuple(steps), more))
    return sorted(found, key=_time_left)


def _time_left(need: Need) -> float:
    due = need.brought.due if need.brought else None
    return due.timestamp() if due else float("inf")


def steps_of(incident: Incident, failed: Job | None, to_triage: int) -> list[Step]:
    """What is open in one incident, in the order in which it is best done."""
    figures: Json = incident.figures
    timeline = reverse("incidents:timeline", args=[incident.key])
    evidence = reverse("evidence:list", args=[incident.key])
    steps = []
    if failed is not None:
        told = failed.reason.split("\n")[0][:160] or "an import did not come to its end."
        steps.append(Step(f"{failed.title or 'A job'} failed: {told}", "See why", evidence))
    if not figures:
        return [*steps, Step("nothing is known until something recorded it.", "Add evidence", evidence)]
    for dispute in figures.get("disputed", ()):
        times = " or ".join(dispute["times"])
        steps.append(Step(f"sources disagree on “{dispute['title']}”: {times} UTC.", "Decide", timeline))
    if figures.get("unread"):
        count = figures["unread"]
        files = "1 file has" if count == 1 else f"{count} files have"
        steps.append(Step(f"{files} something that could not be read.", "Where and why", evidence))
    if incident.state == State.CONFIRMED:
        return steps
    if figures.get("assumptions"):
        count = figures["assumptions"]
        told = "1 assumption" if count == 1 else f"{count} assumptions"
        steps.append(Step(f"{told} to look at.", "Look", evidence))
    if to_triage:
        told = "1 key event" if to_triage == 1 else f"{to_triage} key events"
        steps.append(Step(f"{told} nobody kept or hid yet.", "Triage", timeline))
    steps.append(Step("the facts are not confirmed.", "Look and confirm", timeline))
    return steps


def _failed(incidents: Sequence[Incident]) -> dict[str, Job]:
    """The newest job of each incident where that one failed."""
    subjects = [incident.subject for incident in incidents]
    newest: dict[str, Job] = {}
    for job in Job.objects.filter(subject__in=subjects).exclude(state=JobState.CANCELLED).order_by("-id")[:1000]:
        newest.setdefault(job.subject, job)
    return {subject: job for subject, job in newest.items() if job.state == JobState.FAILED}


def _events_to_triage(incidents: Sequence[Incident]) -> dict[int, int]:
    """How many key events of each incident nobody decided about, as its newest run counts them."""
    runs = StoredAnalysis.objects.filter(incident__in=incidents).order_by("number")
    counted = runs.values_list("incident", "key_count", "key_kept_count", "key_hidden_count")
    return {incident: max(every - kept - hidden, 0) for incident, every, kept, hidden in counted}


def being_imported(user: User) -> list[tuple[Incident, Job]]:
    """Jobs that wait or run for incidents that somebody may see, oldest first."""
    waiting = Job.objects.filter(state__in=(JobState.QUEUED, JobState.RUNNING), subject__startswith="incident:")
    jobs = list(waiting.order_by("id")[:200])
    numbers = {job.pk: int(number) for job in jobs if (number := job.subject.partition(":")[2]).isdigit()}
    seen = visible_to(user).in_bulk(list(set(numbers.values())))
    return [(seen[numbers[job.pk]], job) for job in jobs if numbers.get(job.pk) in seen]

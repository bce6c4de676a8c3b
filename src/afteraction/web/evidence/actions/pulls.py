"""Pulls: asked for, done by a job step by step, and gone on with where they stopped.

Knows what may be asked of which source. Refuses to ask anything inside a request, and to keep a worker waiting for a
source that asks for minutes: the job is put off instead.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from afteraction.core.errors import AfteractionError
from afteraction.core.timestamps import read_timestamp
from afteraction.pipeline.pulling import Plan, PlannedStep, plan_id, pull
from afteraction.pipeline.pulling.plan import KEPT, NOTHING, plan_of
from afteraction.sources.pulls import PullStopped, StepRefused, Wanted
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.refusals import DiskFull, Refused
from afteraction.web.evidence.actions.take_in import Coming, clean_name, take_in_bytes
from afteraction.web.evidence.models import Origin, Pull, PullState
from afteraction.web.evidence.sources import Configured, configured
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions import storable
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import WORK
from afteraction.web.jobs.progress import checkpoint, report
from afteraction.web.jobs.queue import submit

TASK = "afteraction.web.evidence.tasks.pull_evidence"
MOST_ASKS = 50
LONGEST_ASK = 2_000
LONGEST_WINDOW = timedelta(days=31)
# A worker waits this long itself; for longer waits the job is put off, so many times in a row without an answer.
WAITED_HERE = 20.0
_PUT_OFF_AT_MOST = timedelta(hours=6)
_MOST_ROUNDS = 12
_BETWEEN = 1.0


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants pulled. `start` and `end` are times as typed, in the incident's zone unless they state one;
    no `asks` are all that the site's file names."""

    source: str
    start: str
    end: str
    asks: Sequence[str] = ()


@transaction.atomic
def ask_for_pull(incident: Incident, wish: Wish, *, actor: User, via: str = "page") -> tuple[Pull, bool]:
    """Has a job pull; (the pull, whether it is new). The same one again goes on where it stopped."""
    need(actor, WORK, incident)
    source = _source_named(wish.source)
    asks = _allowed(source, wish.asks)
    start, end = (_moment(text, incident) for text in (wish.start, wish.end))
    if not start < end <= timezone.now():
        raise Refused("The window begins before it ends, and ends by now.", next_step="Correct its times.")
    if end - start > LONGEST_WINDOW:
        raise Refused("A window of more than 31 days is not pulled at once.", next_step="Ask for less at a time.")
    wanted = Wanted(asks, start, end, dict(source.options))
    try:
        source.puller.first(wanted)
    except AfteractionError as error:
        raise Refused(error.what, next_step=error.next_step) from None
    found, is_new = Pull.objects.get_or_create(
        incident=incident,
        plan_key=plan_id(source.puller.name, source.url, wanted),
        defaults={"source": source.name, "kind": source.puller.name, "asks": list(asks), "start": start, "end": end,
                  "person": actor},
    )  # fmt: skip
    _begin(found, actor)
    record(actor, "pull", incident.subject, via=via, source=source.name, asks=list(asks)[:20],
           start=start.isoformat(), end=end.isoformat())  # fmt: skip
    return found, is_new


@transaction.atomic
def go_on_pulling(found: Pull, *, actor: User, via: str = "page") -> None:
    """Has a job ask for what has no answer yet."""
    need(actor, WORK, found.incident)
    _begin(found, actor)
    record(actor, "pull", found.incident.subject, via=via, source=found.source, again=found.pk)


def _begin(found: Pull, actor: User) -> None:
    found.state, found.because, found.rounds, found.person = PullState.GOING, "", 0, actor
    found.save(update_fields=["state", "because", "rounds", "person"])
    _queue(found)


def _queue(found: Pull, run_after: datetime | None = None) -> None:
    submit(
        TASK, found.pk, subject=found.incident.subject, dedupe=f"pull:{found.pk}", title=f"Pulling from {found.source}",
        actor_id=found.person_id, run_after=run_after,
    )  # fmt: skip


def _source_named(name: str) -> Configured:
    try:
        found = configured().get(name)
    except AfteractionError as error:
        raise Refused(str(error)) from None
    if found is None:
        raise Refused("This site has no such source.", next_step="Choose one of the list.")
    return found


def _allowed(source: Configured, asks: Sequence[str]) -> tuple[str, ...]:
    told = tuple(dict.fromkeys(filter(None, (storable(each.strip()) for each in asks)))) or source.asks
    if len(told) > MOST_ASKS or any(len(each) > LONGEST_ASK for each in told):
        raise Refused(f"That is more than {MOST_ASKS} questions, or one is too long.", next_step="Ask for less.")
    other = next((each for each in told if each not in source.asks), None)
    if other is not None and not source.takes_any:
        raise Refused(f'"{other[:80]}" may not be asked of {source.name}.', next_step="Choose from the list.")
    if source.puller.is_ask_needed and not told:
        raise Refused(f"Say what to ask of {source.name}.", next_step=f"A {source.puller.ask_word}, one a line.")
    return told


def _moment(text: str, incident: Incident) -> datetime:
    try:
        return read_timestamp(text.strip(), zone=incident.zone).utc
    except AfteractionError as error:
        raise Refused(error.what, next_step="Type it like 2026-05-12 14:20.") from None


def run_pull(found: Pull) -> None:
    """Asks step by step, as the person who wanted it. Never raises for what is out there: the pull says why it
    stopped, or is put off when the source asks to wait."""
    keeping = _Kept(found)
    try:
        source = _source_named(found.source)
        wanted = Wanted(tuple(found.asks), found.start, found.end, dict(source.options))
        if plan_id(found.kind, source.url, wanted) != found.plan_key:
            raise Refused("The site's file says something else of this source by now.", next_step="Ask for it anew.")
        asking = source.conversation(_sleep, WAITED_HERE)
        try:
            pulled = pull(source.puller, asking, wanted, keeping, _told)
        finally:
            asking.close()
    except PullStopped as error:
        _stopped(found, error, keeping.is_new)
    except AfteractionError as error:
        _end(found, PullState.STOPPED, str(error))
    except PermissionDenied:
        _end(found, PullState.STOPPED, f"{found.person} may no longer add evidence here.")
    else:
        _end(found, PullState.SHORT if pulled.refused else PullState.DONE, "")


def _stopped(found: Pull, error: PullStopped, has_answers: bool) -> None:
    found.rounds = 1 if has_answers else found.rounds + 1
    wait = timedelta(seconds=error.wait)
    if not error.wait or wait > _PUT_OFF_AT_MOST or found.rounds > _MOST_ROUNDS:
        _end(found, PullState.STOPPED, str(error))
        return
    at = timezone.now() + wait
    found.because = f"{found.source} asks to wait; it goes on at {at:%H:%M} UTC."
    with transaction.atomic():
        found.save(update_fields=["because", "rounds"])
        _queue(found, at)


def _end(found: Pull, state: PullState, because: str) -> None:
    found.state, found.because, found.ended_at = state, because[:2000], timezone.now()
    found.save(update_fields=["state", "because", "ended_at", "rounds"])


def _told(step: str, done: int, total: int) -> None:
    report(step, done, total)
    checkpoint({"asked": done})


def _sleep(seconds: float) -> None:
    """Waits in pieces, so that somebody can stop it meanwhile."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        report("the source asks to wait", 0, 0)
        time.sleep(min(_BETWEEN, left))


class _Kept:
    """The plan in the pull's row, answers as originals of the incident."""

    def __init__(self, found: Pull) -> None:
        self.found, self.is_new = found, False
        self.answered: int | None = None

    def load(self, plan_key: str) -> Plan | None:
        """The plan as it was last saved."""
        if not self.found.plan or self.found.plan.get("id") != plan_key:
            return None
        return plan_of(self.found.plan)

    def save(self, plan: Plan) -> None:
        """Writes the plan down, and notes whether anything was answered since the first time."""
        answered = sum(each.state in (KEPT, NOTHING) for each in plan.steps)
        self.answered = answered if self.answered is None else self.answered
        self.is_new = answered > self.answered
        self.found.plan = storable(plan.to_json())
        self.found.save(update_fields=["plan"])

    def freeze(self, plan: Plan, planned: PlannedStep, body: bytes) -> tuple[str, str]:
        """Takes an answer in as evidence."""
        name = clean_name(f"{plan.source}/{planned.step.name}")
        coming = Coming(name=name, origin=Origin.PULL, batch=f"pull:{self.found.pk}")
        try:
            taken = take_in_bytes(self.found.incident, body, coming, actor=self.found.person, via="job")
        except DiskFull:
            raise
        except Refused as error:
            raise StepRefused(error.what, next_step=error.next_step) from None
        return taken.file.name, taken.file.sha256


def answers_of(found: Pull) -> int:
    """How many answers of a pull are here."""
    return sum(step.get("state") == KEPT for step in found.plan.get("steps", ()))

"""Keeping or hiding many proposals at once, chosen by a filter.

Knows that it is one edit: undone with one key, one line in the audit trail with its count. Refuses to decide over what
anybody decided, and over more or fewer events than the person saw.
"""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from afteraction.core.errors import AfteractionError
from afteraction.core.overlay import Edit, Verb
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents import queries
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions.keep_edit import keep_edit
from afteraction.web.incidents.actions.laying import LONGEST_TEXT, Unusable, Wish, known_edit, newest
from afteraction.web.incidents.actions.sweep_rows import WINDOW, project_window, take_window
from afteraction.web.incidents.actions.triage_events import project_triage
from afteraction.web.incidents.models import Incident, TimelineEdit
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.reanalysis import ask_for_analysis, name_of_sweep
from afteraction.web.jobs.progress import checkpoint, committing, report, resume_point
from afteraction.web.jobs.queue import submit

TASK = "afteraction.web.incidents.tasks.carry_on"


class SweepMoved(AfteractionError):
    """There are other proposals than the person saw: `count` of them now."""

    def __init__(self, seen: int, count: int) -> None:
        super().__init__(
            f"{count:,} proposals are meant now; there were {seen:,} when you looked.",
            next_step="Look again, then decide.",
        )
        self.count = count


@transaction.atomic
def sweep_events(
    incident: Incident, chosen: queries.Chosen, *, keep: bool, expected: int, reason: str = "", edit_id: str = "",
    actor: User, via: str = "page",
) -> TimelineEdit:  # fmt: skip
    """Keeps or hides every chosen proposal as one edit; `expected` is how many the person saw.

    A few thousand are decided at once, more by a job that goes on in short transactions. Raises SweepMoved when there
    are more or fewer by now, and Unusable for none.
    """
    need(actor, WORK, incident)
    Incident.objects.select_for_update().get(pk=incident.pk)
    verb = Verb.ACCEPT if keep else Verb.DISMISS
    why = "" if keep else reason.strip()
    if len(why) > LONGEST_TEXT:
        raise Unusable("The reason is too long.", next_step=f"Write up to {LONGEST_TEXT} characters.")
    said = Edit(
        id=edit_id or uuid.uuid4().hex, verb=verb, event_ids=(), at=timezone.now(), author=f"user:{actor.pk}",
        reason=why,
    )  # fmt: skip
    known = known_edit(incident, Wish(edit_id=edit_id), said, actor)
    if known is not None:
        return known
    analysis = newest(incident)
    count = queries.count_proposed(analysis, chosen)
    if count != expected:
        raise SweepMoved(expected, count)
    if not count:
        raise Unusable("Nothing that is open matches.", next_step="Choose another kind, source or time.")
    kept = keep_edit(incident, said, actor)
    kept.value |= {"swept": {**chosen.packed(), "run": analysis.number, "count": count}}
    kept.save(update_fields=["value"])
    record(
        actor, "sweep_events", incident.subject, via=via, edit=kept.edit_id, decision="keep" if keep else "hide",
        count=count, chosen=chosen.packed(), facets=["visibility"],
    )  # fmt: skip
    _lay(incident, kept, actor)
    return kept


def _lay(incident: Incident, edit: TimelineEdit, actor: User | None) -> None:
    if edit.count > WINDOW:
        ask_to_carry_on(incident, edit, actor)
        return
    take_window(edit, newest(incident), WINDOW)
    _laid(edit)
    if edit.verb == Verb.DISMISS:
        ask_for_analysis(incident, actor)


def _laid(edit: TimelineEdit) -> None:
    edit.value |= {"laid": True}
    edit.save(update_fields=["value"])


def ask_to_carry_on(incident: Incident, edit: TimelineEdit, actor: User | None) -> None:
    """Queues what is left to do of a large decision, or of taking it back."""
    word = "Keeping" if edit.verb == Verb.ACCEPT else "Hiding"
    submit(
        TASK, edit.pk, subject=incident.subject, dedupe=name_of_sweep(incident, edit),
        title=f"{word} {edit.count:,} events of {incident.key}" if edit.withdrawn_at is None
        else f"Bringing {edit.count:,} events of {incident.key} back",
        actor_id=actor.pk if actor else None,
    )  # fmt: skip


def project_edit(incident: Incident, edit: TimelineEdit, actor: User | None = None) -> None:
    """Shows the events of an edit as decisions stand, after it was undone, brought back, or the run became another.
    Call it with the incident held."""
    if not edit.is_sweep:
        project_triage(incident, edit.event_ids)
    elif edit.count > WINDOW:
        ask_to_carry_on(incident, edit, actor)
    else:
        project_window(edit, newest(incident), 0, None)


def carry_on(edit_id: int) -> int:
    """Does the rest of a large decision a window at a time, each its own short transaction; how many events it named.

    What was named before is shown as decisions stand now. A job that was broken off goes on where it stopped; one
    whose edit is undone meanwhile names no more.
    """
    edit = TimelineEdit.objects.select_related("incident", "person").get(pk=edit_id)
    after, done = int(resume_point().get("after", 0)), 0
    while after >= 0:
        report("Deciding", done, edit.count)
        with committing():
            _hold(edit)
            after = project_window(edit, newest(edit.incident), after, WINDOW) or -1
            done += WINDOW if after > 0 else 0
            checkpoint({"after": after})
    taken = 1
    while taken:
        report("Deciding", min(edit.targets.count(), edit.count), edit.count)
        with committing():
            _hold(edit)
            if edit.withdrawn_at is not None or edit.value.get("laid"):
                break
            taken = take_window(edit, newest(edit.incident), WINDOW)
            if not taken:
                _laid(edit)
                if edit.verb == Verb.DISMISS:
                    ask_for_analysis(edit.incident, edit.person)
            checkpoint({"after": -1})
    return edit.targets.count()


def _hold(edit: TimelineEdit) -> None:
    """Keeps others from the incident until the transaction ends, and looks what became of the edit."""
    Incident.objects.select_for_update().get(pk=edit.incident_id)
    edit.refresh_from_db(fields=["withdrawn_at", "value"])

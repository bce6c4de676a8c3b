"""The states of a review as the bar at its head shows them: what is done, what is now, what is to come.

Knows the words of each state, and of each step that was taken. Refuses to call anything verified: no check has run, so
it reads not yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from afteraction.engine.review.document import AnswerState
from afteraction.engine.review.findings import Severity
from afteraction.engine.review.near_miss import asked_before_review
from afteraction.engine.review.states import NOT_YET, ORDER, STATE_TITLES, ReviewState
from afteraction.web.reviews.models import ReviewStep
from afteraction.web.reviews.standing import Standing

_SHOWN = (ReviewState.FACTS_CONFIRMED, ReviewState.ANALYSIS, ReviewState.REVIEWED, ReviewState.COMMITTED,
          ReviewState.PUBLISHED, ReviewState.VERIFIED)  # fmt: skip


@dataclass(frozen=True)
class Station:
    """One state: `look` is done, now or later; `note` says what is open or when it came, `warn` that something is
    amiss; `title` is the whole record of the step."""

    name: str
    title: str
    look: str
    note: str
    warn: bool = False
    record: str = ""


@dataclass(frozen=True)
class Taken:
    """One step in the order in which they were taken, backwards ones too: when, by which seat, the sentences of what
    was open then, and why it was taken all the same. `at` is None for what no step leads to yet; `is_judged` where the
    rules were asked what is open."""

    title: str
    at: datetime | None = None
    by: str = ""
    still_open: tuple[str, ...] = ()
    reason: str = ""
    is_judged: bool = False


def steps_taken(standing: Standing) -> list[Taken]:
    """Every step, oldest first, and after them the states that wait for checks."""
    taken = [
        Taken(
            STATE_TITLES[ReviewState(step.step)], step.at, standing.seat_word(step),
            tuple(each.get("sentence", "") for each in step.still_open), step.reason,
            ORDER.index(ReviewState(step.step)) >= ORDER.index(ReviewState.REVIEWED),
        )
        for step in standing.steps
    ]  # fmt: skip
    return taken + [Taken(STATE_TITLES[state]) for state in NOT_YET]


def stations(standing: Standing) -> list[Station]:
    """All of them, in order."""
    at = ORDER.index(standing.state)
    # What follows on confirmed facts is the analysis: nobody begins it with a click.
    reached = at if standing.state is not ReviewState.ANALYSIS else at - 1
    now = _SHOWN[min(reached, len(_SHOWN) - 1)]
    taken = {each.step: each for each in standing.steps}
    found = []
    for state in _SHOWN:
        place = ORDER.index(state)
        look = "done" if place <= reached else "now" if state is now else "later"
        step = taken.get(state.value)
        note, warn = _note(standing, state, look, step)
        found.append(Station(state.value, STATE_TITLES[state], look, note, warn, _record(standing, step)))
    return found


def _note(standing: Standing, state: ReviewState, look: str, step: ReviewStep | None) -> tuple[str, bool]:
    if state is ReviewState.FACTS_CONFIRMED:
        return _of_facts(standing, look)
    if state is ReviewState.ANALYSIS:
        return _answered(standing), False
    if look == "done" and step:
        open_then = f", {len(step.still_open)} open" if step.still_open else ""
        return f"{step.at:%-d %b %H:%M}, {standing.seat_word(step).lower()}{open_then}", False
    if state is ReviewState.REVIEWED:
        must = sum(each.severity is Severity.MUST for each in standing.open)
        return (f"{must} {'rule' if must == 1 else 'rules'} to meet" if must else "nothing left to meet"), False
    if state is ReviewState.COMMITTED:
        return _commit_words(standing), False
    if state is ReviewState.PUBLISHED:
        mark = standing.timers.publish
        return (f"due {mark.due:%a %-d %b}" if mark.due else mark.words), False
    return "not yet", False


def _of_facts(standing: Standing, look: str) -> tuple[str, bool]:
    states = [row.state for row in standing.milestones]
    known, conflicts = states.count("known"), states.count("conflicting")
    words = f"{known} of {len(states)}" if states else "no evidence yet"
    if conflicts:
        return f"{words}, {conflicts} conflict{'' if conflicts == 1 else 's'} open", True
    return words if look == "done" else f"{words} known, not confirmed", False


def _answered(standing: Standing) -> str:
    answers = standing.work.document.answers
    asked = [part.id for part in asked_before_review(standing.work.incident.kind)]
    done = sum(answers[each].state is AnswerState.ANSWERED for each in asked if each in answers)
    return f"{done} of {len(asked)} questions"


def _commit_words(standing: Standing) -> str:
    opens = standing.timers.commit.due
    if opens is None:
        return "after resolution"
    return f"from {opens:%-d %b %H:%M}" if opens > standing.now else "open to commit"


def _record(standing: Standing, step: ReviewStep | None) -> str:
    if step is None:
        return ""
    words = f"{_full(step.at)}, {standing.seat_word(step)}"
    if step.still_open:
        words += f". Open then: {'; '.join(each.get('sentence', '') for each in step.still_open[:8])}"
    return words + (f". {step.reason}" if step.reason else "")


def _full(at: datetime) -> str:
    return f"{at:%-d %b %Y %H:%M} UTC"

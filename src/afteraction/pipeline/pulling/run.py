"""One pull from its first open step to its last.

Knows that an answer is frozen before its step counts as done, so that a run that is killed begins at the next one.
Refuses to ask again what has an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from afteraction.pipeline.pulling.plan import KEPT, NOTHING, OPEN, REFUSED, Plan, PlannedStep, plan_id
from afteraction.sources.asking import Asking
from afteraction.sources.pulls import Puller, StepRefused, Wanted

# A plan of some hundred steps is written down after each; a longer one less often, so that writing it never costs more
# than asking. A process that is killed then asks a few steps again, whose answers are here already.
_STEPS_PER_SAVE = 200
Progress = Callable[[str, int, int], None]


class Keeping(Protocol):
    """Where a pull's plan and originals are kept."""

    def load(self, plan_id: str) -> Plan | None:
        """The plan as it was last saved."""
        ...

    def save(self, plan: Plan) -> None:
        """Writes the plan down, whole or not at all."""
        ...

    def freeze(self, plan: Plan, planned: PlannedStep, body: bytes) -> tuple[str, str]:
        """Keeps an answer byte for byte: its (file, SHA-256). Raises StepRefused for bytes that may not be kept."""
        ...


@dataclass(frozen=True)
class Pulled:
    """What came of a pull: its plan, how many answers are new in this run, and what was refused."""

    plan: Plan
    asked: int

    def of_state(self, state: str) -> list[PlannedStep]:
        """The steps of one state."""
        return [each for each in self.plan.steps if each.state == state]

    @property
    def kept(self) -> list[PlannedStep]:
        """Steps whose answers are frozen, those of earlier runs included."""
        return self.of_state(KEPT)

    @property
    def refused(self) -> list[PlannedStep]:
        """Steps that have no answer; the same pull asks them again."""
        return self.of_state(REFUSED)


def pull(
    puller: Puller, asking: Asking, wanted: Wanted, keeping: Keeping, progress: Progress = lambda *_: None
) -> Pulled:
    """Asks for everything that is wanted and has no answer yet. Raises PullStopped with all answers so far kept."""
    plan = begun(puller, asking.access.url, wanted, keeping)
    asked = unsaved = 0
    try:
        for planned in _following(plan):
            progress(planned.step.name, len(plan.steps) - len(plan.open_steps()), len(plan.steps))
            _take(puller, asking, plan, planned, keeping)
            asked, unsaved = asked + 1, unsaved + 1
            if unsaved * _STEPS_PER_SAVE >= len(plan.steps):
                keeping.save(plan)
                unsaved = 0
    finally:
        if unsaved:
            keeping.save(plan)
    return Pulled(plan, asked)


def begun(puller: Puller, url: str, wanted: Wanted, keeping: Keeping) -> Plan:
    """The plan of this pull: as it was saved, with refused steps open again, or a new one."""
    key = plan_id(puller.name, url, wanted)
    plan = keeping.load(key)
    if plan is None:
        plan = Plan(key, puller.name, url, wanted, [PlannedStep(step) for step in puller.first(wanted)])
    for planned in plan.steps:
        if planned.state == REFUSED:
            planned.state, planned.told = OPEN, ""
    keeping.save(plan)
    return plan


def _following(plan: Plan) -> Iterator[PlannedStep]:
    """Open steps, those included that answers bring."""
    while still := plan.open_steps():
        yield still[0]


def _take(puller: Puller, asking: Asking, plan: Plan, planned: PlannedStep, keeping: Keeping) -> None:
    planned.at = datetime.fromtimestamp(asking.patience.now(), UTC).isoformat(timespec="seconds")
    try:
        answer = asking.ask(planned.step.path, planned.step.params)
        turn = puller.after(planned.step, answer, plan.wanted)
        if turn.is_kept:
            planned.file, planned.sha256 = keeping.freeze(plan, planned, answer.body)
            planned.size = len(answer.body)
    except StepRefused as error:
        planned.state, planned.told = REFUSED, f"{error.what} {error.next_step}".strip()
        return
    planned.url, planned.told = answer.url, turn.told
    plan.add_behind(planned, turn.more)
    planned.state = KEPT if turn.is_kept else NOTHING

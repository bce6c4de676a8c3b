"""The plan of a pull: its steps, and what became of each.

Knows how it is written down, as JSON that is also the list of what was fetched. Refuses to hold a token.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from afteraction.core.errors import AfteractionError
from afteraction.sources.pulls import Step, Wanted

Json = dict[str, Any]
SCHEMA = "afteraction/pull/1"
OPEN, KEPT, NOTHING, REFUSED = "open", "kept", "nothing", "refused"


@dataclass
class PlannedStep:
    """A step and what became of it: `state` is open, kept (with the original's `file`, `sha256` and `size`), nothing
    (an answer without content, not kept) or refused. `url` is what was asked, `at` when (ISO 8601, UTC)."""

    step: Step
    state: str = OPEN
    file: str = ""
    sha256: str = ""
    size: int = 0
    url: str = ""
    at: str = ""
    told: str = ""


@dataclass
class Plan:
    """All steps of one pull, in their order. `id` names source, address and what is wanted: the same pull has the
    same plan."""

    id: str
    source: str
    url: str
    wanted: Wanted
    steps: list[PlannedStep] = field(default_factory=list)

    def open_steps(self) -> list[PlannedStep]:
        """The steps that have no answer yet."""
        return [each for each in self.steps if each.state == OPEN]

    def add_behind(self, done: PlannedStep, more: Iterable[Step]) -> None:
        """Adds steps right behind one; those that are known are not added again."""
        known = {each.step.name for each in self.steps}
        fresh = [PlannedStep(step) for step in more if step.name not in known]
        place = self.steps.index(done) + 1
        self.steps[place:place] = fresh

    def to_json(self) -> Json:
        """The plan as JSON."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "source": self.source,
            "url": self.url,
            "asks": list(self.wanted.asks),
            "from": self.wanted.start.isoformat(),
            "to": self.wanted.end.isoformat(),
            "options": dict(self.wanted.options),
            "is_complete": not self.open_steps(),
            "steps": [_step_json(each) for each in self.steps],
        }


def _step_json(planned: PlannedStep) -> Json:
    told = {
        "name": planned.step.name, "path": planned.step.path, "params": [list(pair) for pair in planned.step.params],
        "state": planned.state,
    }  # fmt: skip
    more = {name: getattr(planned, name) for name in ("file", "sha256", "size", "url", "at", "told")}
    return {**told, **{name: value for name, value in more.items() if value}}


def plan_of(found: Mapping[str, Any]) -> Plan:
    """The plan that was written down; AfteractionError when it is damaged."""
    try:
        if found["schema"] != SCHEMA:
            raise KeyError(found["schema"])
        start, end = (datetime.fromisoformat(found[name]) for name in ("from", "to"))
        return Plan(
            id=found["id"],
            source=found["source"],
            url=found["url"],
            wanted=Wanted(tuple(found["asks"]), start, end, dict(found["options"])),
            steps=[_planned(each) for each in found["steps"]],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise AfteractionError(
            f"the list of what was fetched is damaged ({type(error).__name__}).",
            next_step="Remove it; the pull then begins anew.",
        ) from None


def _planned(found: Mapping[str, Any]) -> PlannedStep:
    step = Step(found["name"], found["path"], tuple((str(key), str(value)) for key, value in found["params"]))
    more = {name: found[name] for name in ("file", "sha256", "size", "url", "at", "told") if name in found}
    return PlannedStep(step, found["state"], **more)


def plan_id(source: str, url: str, wanted: Wanted) -> str:
    """Twelve letters that stand for exactly this pull."""
    told = [source, url, wanted.asks, wanted.start.isoformat(), wanted.end.isoformat(), sorted(wanted.options.items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]

"""Candidate changes for each gap, as sentences with open slots (SPEC §5.3, §9.3 Q4).

Knows what usually closes a gap of each gate. Refuses to decide: a candidate is nothing until somebody takes it, and a
slot that the review does not know stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from afteraction.engine.gates.chances import GateGap, is_load_gate
from afteraction.engine.gates.matrix import GateRow, Outcome, Reached
from afteraction.engine.metrics.figures import spoken
from afteraction.engine.prevention.changes import Barrier, Change, ChangeKind, DoneWhen
from afteraction.engine.prevention.checks import CHECKS
from afteraction.engine.review.document import Signal

# What each barrier has to say before it can be done (§5.3); asked one at a time, in this order.
SLOTS: Mapping[Barrier, tuple[tuple[str, str], ...]] = {
    Barrier.DETECT: (
        ("signal", "Which signal?"), ("source", "Where is it measured?"), ("threshold", "From which value on?"),
        ("window", "For how long?"), ("route", "Whom does it reach?"),
        ("lead", "How much earlier would it have been on this incident?"),
    ),
    Barrier.PREVENT: (
        ("mechanism", "Which mechanism enforces it?"), ("where", "Where is it enforced?"),
        ("scope", "To which changes does it apply?"), ("rejected", "What exactly is rejected?"),
    ),
    Barrier.MITIGATE: (
        ("action", "Which action?"), ("trigger", "What triggers it?"), ("target", "Within which time?"),
        ("drill", "When is it drilled?"),
    ),
}  # fmt: skip
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A sentence with slots in braces, and what it is. `when` limits it to outcomes of the gate (empty: all)."""

    text: str
    barrier: Barrier
    kind: ChangeKind
    slots: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[str, ...] = ()
    when: frozenset[Outcome] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A change somebody may take. `slots` are all slots of its barrier with what is known ("" is open), `question`
    asks for the first open one ("" when none is), `done_when` are checks that would fit."""

    gap: str
    text: str
    barrier: Barrier
    kind: ChangeKind
    slots: Mapping[str, str]
    question: str = ""
    done_when: tuple[DoneWhen, ...] = ()

    def taken(self, ident: str) -> Change:
        """The change that somebody makes of it, with the gap it answers."""
        return Change(
            id=ident, text=self.text, barrier=self.barrier, kind=self.kind, gap=self.gap, done_when=self.done_when
        )


_OFF_PATH = frozenset({Outcome.SKIPPED, Outcome.BYPASSED, Outcome.ABSENT})
_IN_CI = {"where": "the required checks of the default branch"}
_TEMPLATES: Mapping[str, tuple[Template, ...]] = {
    "code_review": (
        Template(text="A lint rule in the required job refuses {rejected} in {scope}.", barrier=Barrier.PREVENT,
                 kind=ChangeKind.GATE, slots=_IN_CI | {"mechanism": "a lint rule"}, checks=("V01", "V02")),
        Template(text="Branch protection refuses every merge under {scope} without an approval of its owners.",
                 barrier=Barrier.PREVENT, kind=ChangeKind.REVIEW_PRACTICE, checks=("V12",),
                 slots={"mechanism": "required review of code owners", "where": "branch protection"}),
    ),
    "unit_tests": (
        Template(text="A unit test in the required job fails when {rejected}, for {scope}.", barrier=Barrier.PREVENT,
                 kind=ChangeKind.TEST, slots=_IN_CI | {"mechanism": "a unit test"}, checks=("V03", "V01")),
    ),
    "integration_tests": (
        Template(text="The integration job of {scope} fails when {rejected}, on every merge.", barrier=Barrier.PREVENT,
                 kind=ChangeKind.TEST, slots=_IN_CI | {"mechanism": "an integration test"}, checks=("V03", "V01")),
    ),
    "staging": (
        Template(text="The pipeline refuses every release of {scope} that did not pass {mechanism} in staging.",
                 barrier=Barrier.PREVENT, kind=ChangeKind.GATE, slots={"where": "the release pipeline"},
                 checks=("V01", "V02")),
        Template(text="Every release compares staging with production and stops when {rejected}.",
                 barrier=Barrier.PREVENT, kind=ChangeKind.GATE, checks=("V18", "V26"),
                 slots={"mechanism": "a comparison of both environments", "where": "the release pipeline",
                        "scope": "every release"}),
    ),
    "load_test": (
        Template(text="The load test is a required check for every change to {scope}, red when {rejected}.",
                 barrier=Barrier.PREVENT, kind=ChangeKind.GATE, slots=_IN_CI | {"mechanism": "a load test"},
                 checks=("V23", "V01")),
    ),
    "canary": (
        Template(text="The pipeline runs the canary for every release of {scope} and refuses one that skips it.",
                 barrier=Barrier.PREVENT, kind=ChangeKind.GATE, checks=("V13", "V02"), when=_OFF_PATH,
                 slots={"mechanism": "a canary stage", "where": "the rollout pipeline"}),
        Template(text="The canary of {scope} aborts by itself when {rejected}.", barrier=Barrier.PREVENT,
                 kind=ChangeKind.GATE, checks=("V13", "V02"),
                 slots={"mechanism": "an abort condition of the canary", "where": "the rollout pipeline"}),
        Template(text="Automatic rollback takes every release of {scope} back within {target} when {trigger}.",
                 barrier=Barrier.MITIGATE, kind=ChangeKind.GATE, slots={"action": "automatic rollback"},
                 checks=("V13", "V14")),
    ),
    "monitoring": (
        Template(text="Page {route} when {signal} of any instance stays {threshold} for {window}.",
                 barrier=Barrier.DETECT,
                 kind=ChangeKind.ALERT, checks=("V04", "V05")),
        Template(text="A scheduled check walks the failed journey for every release of {scope} and pages {route} "
                      "when it breaks.",
                 barrier=Barrier.DETECT, kind=ChangeKind.SYNTHETIC, checks=("V08", "V05")),
    ),
}  # fmt: skip
_ANY_GATE = (
    Template(text="{mechanism} is a required check for every change to {scope}, red when {rejected}.",
             barrier=Barrier.PREVENT, kind=ChangeKind.GATE, slots=_IN_CI, checks=("V01", "V02")),
)  # fmt: skip


# What "the runbook was not accurate" opens; no gate of the matrix has this id.
RUNBOOK_GAP = "response-runbook"
_RUNBOOK = (
    "Correct the section of the runbook of {scope} that misled; it is done when an engineer who did not write it has "
    "followed it."
)


def runbook_candidate(check: str, *, scope: str = "") -> Candidate:
    """A change of a runbook that is done by that check; `scope` is the service that the runbook is for."""
    template = Template(text=_RUNBOOK, barrier=Barrier.MITIGATE, kind=ChangeKind.RUNBOOK, checks=(check,))
    return _filled(RUNBOOK_GAP, template, {"scope": scope})


def propose_changes(
    gaps: Sequence[GateGap],
    rows: Mapping[str, GateRow],
    *,
    scope: str = "",
    signals: Iterable[Signal] = (),
) -> tuple[Candidate, ...]:
    """Candidates for the gaps that no change answers yet, in the order of the gaps. `scope` names what the changes
    should cover (a service, a path); `signals` are proposed alerts, which fill the slots of detection."""
    proposed = tuple(signals)
    return tuple(
        candidate
        for gap in gaps
        if not gap.changes and gap.row in rows
        for candidate in candidates_for(rows[gap.row], scope=scope, signals=proposed)
    )


def candidates_for(row: GateRow, *, scope: str = "", signals: Sequence[Signal] = ()) -> tuple[Candidate, ...]:
    """What usually closes a gap of this gate, with every slot filled that the review knows."""
    gate = row.seed or row.id
    if gate not in _TEMPLATES and is_load_gate(row):
        gate = "load_test"
    outcome = Outcome.ABSENT if row.reached is Reached.NO and row.outcome is Outcome.UNKNOWN else row.outcome
    found = []
    for template in _TEMPLATES.get(gate, _ANY_GATE):
        if template.when and outcome not in template.when:
            continue
        mechanism = {"mechanism": row.title} if gate not in _TEMPLATES else {}
        known = {"scope": scope, **mechanism, **template.slots}
        alerts = [each for each in signals if each.kind == "alert"] if template.kind is ChangeKind.ALERT else []
        told = [_slots_of(each) for each in alerts] or [{}]
        found += [_filled(row.id, template, {**known, **each}) for each in told]
    return tuple(found)


def _slots_of(signal: Signal) -> dict[str, str]:
    side = "above" if signal.above else "below"
    lead = signal.result.get("earlier_s")
    return {
        "signal": signal.source or signal.title,
        "source": signal.source,
        "threshold": f"{side} {signal.threshold:g}" if signal.threshold is not None else "",
        "window": spoken(signal.for_s),
        "route": signal.route,
        "lead": f"{sum(lead) / 2 / 60:.0f} min" if isinstance(lead, list | tuple) and len(lead) == 2 else "",
    }


def _filled(gap: str, template: Template, known: Mapping[str, str]) -> Candidate:
    names = [name for name, _ in SLOTS[template.barrier]]
    asked = dict(SLOTS[template.barrier])
    slots = {name: known.get(name, "") for name in [*names, *_SLOT.findall(template.text)]}
    # What stands in the sentence is asked for first: without it nobody can read it.
    order = [*_SLOT.findall(template.text), *names]
    open_slot = next((name for name in order if not slots[name]), "")
    text = _SLOT.sub(lambda slot: slots[slot[1]] or f"[{slot[1]}]", template.text)
    return Candidate(
        gap=gap, text=text[:1].upper() + text[1:], barrier=template.barrier, kind=template.kind, slots=slots,
        question=asked.get(open_slot, "What should it cover?") if open_slot else "",
        done_when=tuple(DoneWhen(text=_capital(CHECKS[check].passes), check=check) for check in template.checks),
    )  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""What a plan leaves open as a whole (SPEC R008, R009, R018, R077, R079, R082, R140, R147, R155) and how strong it is.

Knows the triad, the mix of strengths and the gaps. Refuses to judge a sentence: classes and strengths of the changes
are handed in, and what people decided about one counts before them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from afteraction.engine.gates.chances import GateGap, gate_gaps
from afteraction.engine.prevention.changes import (
    TRIAD,
    Barrier,
    Change,
    ChangeClass,
    ChangeState,
    Grade,
    Horizon,
    Power,
)
from afteraction.engine.prevention.cooloff import commit_gaps
from afteraction.engine.prevention.proposals import RUNBOOK_GAP
from afteraction.engine.review.document import Review
from afteraction.engine.review.findings import ReviewFinding, Severity

# From so many on, equal priorities rank nothing, and a plan is too long to be read.
EQUAL_FROM = 4
LONG_FROM = 11
_HELD = (ChangeState.COMMITTED, ChangeState.ACCEPTED, ChangeState.IN_PROGRESS, ChangeState.CLAIMED)
_TRIAD_WORDS = {
    Barrier.DETECT: ("detection", "paging alert, synthetic check, SLO burn alert"),
    Barrier.PREVENT: ("prevention", "required gate, safe default, permission, type"),
    Barrier.MITIGATE: ("mitigation", "rollback, rate limit, failover"),
}


class Judgement(Protocol):
    """What `engine.language.changes.classify` says of one change."""

    @property
    def change_class(self) -> ChangeClass:
        """What the change really is (§5.5)."""
        ...

    @property
    def power(self) -> Power:
        """How strong it is (§5.6)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TriadPart:
    """One of detect, prevent, mitigate: ids of the live changes of it, or why none is needed. `text` is the indicator:
    `D ✓`, or `none yet: rollback, rate limit, failover…?`."""

    barrier: Barrier
    changes: tuple[str, ...]
    waived_because: str
    text: str

    @property
    def is_met(self) -> bool:
        """Whether there is a change of it, or a reason for none."""
        return bool(self.changes or self.waived_because)


def live_changes(changes: Mapping[str, Change]) -> tuple[Change, ...]:
    """Those that are not cancelled, by id."""
    live = (each for each in changes.values() if each.state is not ChangeState.CANCELLED)
    return tuple(sorted(live, key=lambda each: (len(each.id), each.id)))


def class_of(change: Change, judged: Mapping[str, Judgement]) -> ChangeClass | None:
    """What a change is: people's decision, else the proposal; None where nobody judged it."""
    if change.classed is not None:
        return change.classed
    found = judged.get(change.id)
    return found.change_class if found is not None else None


def triad(changes: Mapping[str, Change], waivers: Mapping[str, str]) -> tuple[TriadPart, ...]:
    """Detection, prevention and mitigation over the live changes. Repair, investigation and process lie outside.
    A waiver is a reason under `R079:detect` and so on."""
    live = live_changes(changes)
    parts = []
    for barrier in TRIAD:
        mine = tuple(each.id for each in live if each.barrier is barrier)
        because = waivers.get(f"R079:{barrier.value}", "").strip()
        letter, examples = barrier.value[0].upper(), _TRIAD_WORDS[barrier][1]
        text = (
            f"{letter} ✓"
            if mine
            else f"{letter}: waived, {because}"
            if because
            else f"{letter}: none yet: {examples}…?"
        )
        parts.append(TriadPart(barrier=barrier, changes=mine, waived_because=because, text=text))
    return tuple(parts)


def strength_mix(changes: Mapping[str, Change], judged: Mapping[str, Judgement]) -> Mapping[Power, int]:
    """How many live changes are strong, intermediate and weak (M30); those that nobody judged are not counted."""
    counted = Counter(judged[each.id].power for each in live_changes(changes) if each.id in judged)
    return {power: counted[power] for power in Power}


def strength_line(mix: Mapping[Power, int]) -> str:
    """`2 strong, 1 intermediate, 3 weak`; "" of nothing."""
    return ", ".join(f"{mix[power]} {power.value}" for power in Power if mix.get(power))


def class_line(changes: Mapping[str, Change], judged: Mapping[str, Judgement]) -> str:
    """`5 process changes, 1 assisted practice, 1 one-off, 1 intention`."""
    counted = Counter(class_of(each, judged) for each in live_changes(changes))
    names = {
        ChangeClass.PROCESS_CHANGE: ("process change", "process changes"),
        ChangeClass.ASSISTED_PRACTICE: ("assisted practice", "assisted practices"),
        ChangeClass.ONE_OFF: ("one-off", "one-offs"), ChangeClass.INTENTION: ("intention", "intentions"),
    }  # fmt: skip
    return ", ".join(f"{counted[each]} {name[counted[each] > 1]}" for each, name in names.items() if counted[each])


def plan_findings(
    review: Review,
    *,
    judged: Mapping[str, Judgement],
    priorities: Mapping[str, Grade] | None = None,
    has_impact: bool = True,
) -> tuple[ReviewFinding, ...]:
    """Every open point of the plan as a whole, in the order of its rules. `judged` holds class and strength by id of
    change, `priorities` the priority of each (`prevention.priority`). A waiver of the frame under the finding's id,
    with a reason, settles it. Without impact (a near miss, a milestone) the triad holds nothing up: nothing had to be
    noticed or ended. All-weak plans, uncut ways and patch-only plans are W18 to W20 of `wellformed`."""
    live = live_changes(review.changes)
    if not live:
        return tuple(_no_action(review))
    found = [
        *_triad_findings(review, Severity.MUST if has_impact else Severity.MAY), *_ranking(live, priorities or {}),
        *_loose(live, review), *_gap_findings(review, judged), *_patches(live, review), *_commits(live),
    ]  # fmt: skip
    return tuple(each for each in found if not review.frame.waivers.get(each.id, "").strip())


def _no_action(review: Review) -> Iterator[ReviewFinding]:
    frame = review.frame
    asked = (("a reason", bool(frame.no_action_because.strip())), ("a date to look again", frame.revisit is not None))
    missing = [name for name, there in asked if not there]
    if missing:
        yield ReviewFinding(
            code="R008", severity=Severity.MUST,
            sentence="There is no change and no decision not to act." if len(missing) == 2
            else f"The decision not to act has no {missing[0].removeprefix('a ')}.",
            question="What changes, or why is nothing worth changing?" if len(missing) == 2 else "",
            next_step="Propose change, or decide not to act",
        )  # fmt: skip


def _triad_findings(review: Review, severity: Severity) -> Iterator[ReviewFinding]:
    for part in triad(review.changes, review.frame.waivers):
        if not part.is_met:
            name, examples = _TRIAD_WORDS[part.barrier]
            yield ReviewFinding(
                code="R079", subject=part.barrier.value, severity=severity, sentence=f"No change is a {name} yet.",
                question=f"What about {examples}?", next_step="Propose change, or waive with a reason",
            )  # fmt: skip


def _ranking(live: Sequence[Change], priorities: Mapping[str, Grade]) -> Iterator[ReviewFinding]:
    grades = [priorities[each.id] for each in live if each.id in priorities]
    if len(live) >= EQUAL_FROM and len(grades) == len(live) and len(set(grades)) == 1:
        yield ReviewFinding(
            code="R077", severity=Severity.MAY,
            sentence=f"All {len(live)} changes have the priority {grades[0].value}.",
            question="If only one could be done, which?", next_step="Rank them",
        )  # fmt: skip
    if len(live) >= LONG_FROM:
        yield ReviewFinding(
            code="R018", severity=Severity.MAY, sentence=f"The plan has {len(live)} changes.",
            question="Which 5 matter?", next_step="Drop or join the others",
        )  # fmt: skip


def _loose(live: Sequence[Change], review: Review) -> Iterator[ReviewFinding]:
    known = review.graph.nodes.keys() | review.graph.edges.keys()
    for each in live:
        if each.gap not in review.gates and each.gap != RUNBOOK_GAP and not known & set(each.targets):
            yield ReviewFinding(
                code="R009", subject=each.id, severity=Severity.MAY,
                sentence=f"“{shortened(each.text)}” is linked to no cause and no gap.",
                question="Which cause or which gap does it answer?", next_step="Link",
            )  # fmt: skip


def _gap_findings(review: Review, judged: Mapping[str, Judgement]) -> Iterator[ReviewFinding]:
    unclosed = {gap.row for gap in unclosed_gaps(review, judged)}
    for gap in gate_gaps(review.gates, review.changes, review.frame.waivers):
        mine = [review.changes[each] for each in gap.changes]
        if gap.row in unclosed:
            one_off = next((each for each in mine if class_of(each, judged) is ChangeClass.ONE_OFF), None)
            yield ReviewFinding(
                code="R147", subject=gap.row, severity=Severity.MAY,
                sentence=f"{gap.title}: no process change answers it." if not one_off
                else f"{gap.title}: “{shortened(one_off.text)}” reads like a one-off task.",
                question="What would make it happen every time, without anyone remembering?",
                next_step="Propose change" if not one_off else "Give a reason, or propose a process change",
            )  # fmt: skip
        powers = [judged[each.id].power for each in mine if each.id in judged]
        if powers and len(powers) == len(mine) and all(power is Power.WEAK for power in powers):
            yield ReviewFinding(
                code="R140", subject=gap.row, severity=Severity.MAY,
                sentence=f"{gap.title}: every change of it is weak.",
                question="What would make it impossible, or stop it by itself?", next_step="Propose a stronger change",
            )  # fmt: skip


def unclosed_gaps(review: Review, judged: Mapping[str, Judgement]) -> tuple[GateGap, ...]:
    """The gaps of the matrix that no change may close, in the order of the gates."""
    return tuple(
        gap for gap in gate_gaps(review.gates, review.changes, review.frame.waivers)
        if not any(closes_gap(review.changes[each], judged) for each in gap.changes)
    )  # fmt: skip


def closes_gap(change: Change, judged: Mapping[str, Judgement]) -> bool:
    """Whether a change may close a gap (§5.5): a process change, or a one-off with a recorded reason."""
    kind = class_of(change, judged)
    if kind is ChangeClass.PROCESS_CHANGE:
        return True
    return kind is ChangeClass.ONE_OFF and bool(change.closes_because.strip())


def _patches(live: Sequence[Change], review: Review) -> Iterator[ReviewFinding]:
    durable = {each.id for each in live if each.horizon is Horizon.DURABLE}
    for each in live:
        said = each.follow_up.strip()
        # An id names the durable change that follows; other words record the decision to leave it at the patch.
        followed = said in durable or (bool(said) and said not in review.changes)
        if each.horizon is Horizon.PATCH and not followed:
            yield ReviewFinding(
                code="R082", subject=each.id, severity=Severity.MAY,
                sentence=f"“{shortened(each.text)}” is a patch, temporary until something lasting follows.",
                question="What replaces it, or why is it enough?", next_step="Link a lasting change, or accept it",
            )  # fmt: skip


def _commits(live: Sequence[Change]) -> Iterator[ReviewFinding]:
    for each in live:
        missing = commit_gaps(each) if each.state in _HELD else ()
        if missing:
            yield ReviewFinding(
                code="R155", subject=each.id, severity=Severity.MUST,
                sentence=f"“{shortened(each.text)}” is committed without {' and without '.join(missing)}.",
                question="Who does it, by when, and what shows that it is done?", next_step="Complete the commit",
            )  # fmt: skip
        if each.state in _HELD and not each.success.strip():
            yield ReviewFinding(
                code="R091", subject=each.id, severity=Severity.MAY,
                sentence=f"“{shortened(each.text)}” has no success criterion.",
                question="How will we know that it works?", next_step="Write one figure and one moment",
            )  # fmt: skip


def shortened(text: str, most: int = 60) -> str:
    """A change's text as a name for it: at most so many characters, cut at a word."""
    plain = " ".join(text.split()).rstrip(".")
    if len(plain) <= most:
        return plain
    return plain[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"

"""The process changes as their table shows them: one row a change, gap by gap, then what made it last.

Knows words and marks. Refuses to judge a change, and to say that anything was seen to work.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC

from afteraction.engine.causes.graph import TopEvent, natural
from afteraction.engine.gates.chances import GateGap
from afteraction.engine.language.actions.changes import Verdict
from afteraction.engine.language.actions.owners import Standing
from afteraction.engine.language.actions.properties import NAMES
from afteraction.engine.prevention.changes import TRIAD, Barrier, Change, ChangeClass, ChangeState
from afteraction.engine.prevention.checks import verifiable_note
from afteraction.engine.prevention.cooloff import commit_gaps, waiting_line, why_not_commit
from afteraction.engine.prevention.dates import Due
from afteraction.engine.prevention.plan import TriadPart, class_of, strength_line, strength_mix, triad
from afteraction.engine.prevention.priority import Averted, Suggestion, figure_line, loss_averted
from afteraction.engine.prevention.proposals import RUNBOOK_GAP, Candidate
from afteraction.engine.prevention.response import GAP_TITLE
from afteraction.engine.prevention.wording import AT_A_TIME, COMMIT_WAITS_FOR, commit_objections
from afteraction.engine.review.findings import ReviewFinding
from afteraction.web.incidents.models import Seat
from afteraction.web.reviews.gates.carrying import Asked, is_unanswered, working_days
from afteraction.web.reviews.gates.matrix_rows import CLASSES, OUTCOMES
from afteraction.web.reviews.gates.sheet import PROPERTIES, Sheet, known_properties

BARRIERS = {
    Barrier.PREVENT: ("shield", "Prevent"), Barrier.DETECT: ("eye", "Detect"), Barrier.MITIGATE: ("undo", "Mitigate"),
    Barrier.REPAIR: ("repeat", "Repair"), Barrier.INVESTIGATE: ("search", "Investigate"),
    Barrier.PROCESS: ("list", "Process"),
}  # fmt: skip
STATES = {
    ChangeState.PROVISIONAL: "Provisional", ChangeState.PROPOSED: "Proposed", ChangeState.COMMITTED: "Committed",
    ChangeState.ACCEPTED: "Accepted", ChangeState.IN_PROGRESS: "In progress", ChangeState.CLAIMED: "Claimed done",
    ChangeState.CANCELLED: "Cancelled", ChangeState.VERIFIED: "Not yet", ChangeState.DRIFTED: "Not yet",
}  # fmt: skip
# What a nudge is shown for; a process change that misses nothing gets none.
_NUDGED = (ChangeClass.INTENTION, ChangeClass.ONE_OFF, ChangeClass.ASSISTED_PRACTICE)


@dataclass(frozen=True)
class Property:
    """One of the eight: its name, what it asks, what it is, why, and whether people set it."""

    name: str
    asks: str
    value: bool | None
    because: str
    is_set: bool

    @property
    def word(self) -> str:
        """`yes`, `no` or `unknown`."""
        return "unknown" if self.value is None else "yes" if self.value else "no"


@dataclass(frozen=True)
class ChangeRow:
    """One change as the table shows it. `number` is what the drawing calls it."""

    change: Change
    rev: int
    number: str
    place: str
    place_icon: str
    place_note: str
    kind: ChangeClass
    class_word: str
    class_note: str
    bars: tuple[bool, ...]
    overruled: bool
    verdict: Verdict
    properties: tuple[Property, ...]
    barrier: tuple[str, str]
    state: str
    owner: str
    is_mine: bool
    due_note: str
    proposed: Due
    priority: Suggestion
    averted: Averted | None
    figure: str
    figure_per_day: float
    weak_note: str
    missing: tuple[str, ...]
    commit_refused: str
    waiting: str
    is_back: bool
    nudge: str
    open: tuple[ReviewFinding, ...]
    targets: tuple[tuple[str, str], ...]
    asked_note: str = ""
    is_unanswered: bool = False
    holds: int = 0
    is_full: bool = False

    @property
    def hints(self) -> tuple[ReviewFinding, ...]:
        """What is shown beside the change at a time: at most two, those that a commit waits for first."""
        ordered = sorted(
            self.open, key=lambda each: each.severity.value != "must" and each.code not in COMMIT_WAITS_FOR
        )
        vague = any(each.code == "A2" for each in ordered)
        return tuple(each for each in ordered if not (vague and each.code == "S1"))[:AT_A_TIME]

    @property
    def more(self) -> int:
        """How many points are left behind those."""
        return len(self.open) - len(self.hints)

    @property
    def is_held(self) -> bool:
        """Whether somebody committed to it."""
        return self.change.state not in (ChangeState.PROVISIONAL, ChangeState.PROPOSED, ChangeState.CANCELLED)


@dataclass(frozen=True)
class OpenGap:
    """A gap that no change answers: what usually closes it."""

    gap: GateGap
    title: str
    icon: str
    note: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Plan:
    """The table with everything around it."""

    gaps: tuple[ChangeRow | OpenGap, ...]
    lasting: tuple[ChangeRow, ...]
    others: tuple[ChangeRow, ...]
    cancelled: tuple[ChangeRow, ...]
    mix: tuple[tuple[str, int, tuple[bool, ...]], ...]
    aims: tuple[tuple[str, str, int], ...]
    triad: tuple[TriadPart, ...]
    strength: str
    sentence: str
    provisional: str
    coverage: str
    left: str
    no_action: bool
    open: tuple[ReviewFinding, ...]
    by_figure: tuple[ChangeRow, ...] | None = None
    unanswered: tuple[ChangeRow, ...] = ()

    @property
    def triad_waived(self) -> tuple[TriadPart, ...]:
        """Detection, prevention or mitigation that this plan does without, for a reason."""
        return tuple(each for each in self.triad if each.waived_because)

    @property
    def count(self) -> int:
        """How many changes stand."""
        return len([each for each in self.gaps if isinstance(each, ChangeRow)]) + len(self.lasting) + len(self.others)


def plan_of(sheet: Sheet, *, by_figure: bool = False) -> Plan:
    """The plan of a review; `by_figure` lists its changes by expected loss averted per day of effort, the largest first
    and those without that figure last, in place of the order by gaps."""
    rows = {each.id: change_row(sheet, each) for each in sheet.live}
    gaps: list[ChangeRow | OpenGap] = []
    placed: set[str] = set()
    for gap in _by_first_change(sheet.gaps):
        gaps += [rows[each] for each in gap.changes]
        placed |= set(gap.changes)
        if not gap.changes:
            gaps.append(_open_gap(sheet, gap))
    if RUNBOOK_GAP in sheet.candidates:
        gaps.append(_runbook_gap(sheet))
    lasting = [row for name, row in rows.items() if name not in placed and _is_lasting(sheet, row.change)]
    placed |= {row.change.id for row in lasting}
    cancelled = [each for each in sheet.document.changes.values() if each.state is ChangeState.CANCELLED]
    subjects = set(rows)
    return Plan(
        gaps=tuple(gaps), lasting=tuple(lasting),
        others=tuple(row for name, row in rows.items() if name not in placed),
        cancelled=tuple(change_row(sheet, each) for each in cancelled),
        mix=_mix(rows), aims=_aims(rows), triad=triad(sheet.document.changes, sheet.document.frame.waivers),
        strength=strength_line(strength_mix(sheet.document.changes, sheet.judged)),
        sentence=_sentence(sheet, rows), provisional=_provisional(sheet), coverage=sheet.coverage_sentence,
        left=_left(sheet), no_action=bool(sheet.document.frame.no_action_because.strip()),
        open=tuple(each for each in sheet.open_plan if each.subject not in subjects),
        unanswered=tuple(
            row for row in rows.values() if row.is_unanswered or (row.asked_note and not row.change.owner)
        ),
        by_figure=tuple(sorted(rows.values(), key=_figure_first)) if by_figure else None,
    )  # fmt: skip


def _figure_first(row: ChangeRow) -> tuple[bool, float, tuple[int, str]]:
    return row.averted is None, -row.figure_per_day, natural(row.change.id)


def _by_first_change(gaps: tuple[GateGap, ...]) -> list[GateGap]:
    """Answered gaps in the order of their changes, open ones behind them."""

    def key(gap: GateGap) -> tuple[bool, int, str]:
        first = gap.changes[0] if gap.changes else ""
        return (not first, len(first), first)

    return sorted(gaps, key=key)


def _open_gap(sheet: Sheet, gap: GateGap) -> OpenGap:
    row = sheet.document.gates[gap.row]
    icon, word, _ = OUTCOMES[row.outcome]
    return OpenGap(gap, row.title, icon, word.lower(), sheet.candidates.get(gap.row, ()))


def _runbook_gap(sheet: Sheet) -> OpenGap:
    gap = GateGap(row=RUNBOOK_GAP, title=GAP_TITLE)
    return OpenGap(gap, GAP_TITLE, "warn", "as the response was answered", sheet.candidates[RUNBOOK_GAP])


def change_row(sheet: Sheet, change: Change) -> ChangeRow:
    """One change."""
    verdict = sheet.judged[change.id]
    kind = class_of(change, sheet.judged) or verdict.change_class
    steps, word, note = CLASSES[kind]
    place, icon, place_note = _place(sheet, change)
    averted = loss_averted(change, recurrence=None, loss=None, unit=_unit(sheet))
    ready = replace(change, state=ChangeState.PROPOSED)
    refused = why_not_commit(ready, sheet.facts.window, sheet.now)
    return ChangeRow(
        change=change, rev=sheet.work.revs.get(f"change:{change.id}", 0), number=change.id.lstrip("C") or change.id,
        place=place, place_icon=icon, place_note=place_note, kind=kind, class_word=word, class_note=note,
        bars=tuple(at < steps for at in range(4)), overruled=change.classed not in (None, verdict.change_class),
        verdict=verdict, properties=_properties(change, verdict), barrier=BARRIERS[change.barrier],
        state=STATES[change.state], owner=owner_word(sheet, change), is_mine=change.owner == str(sheet.work.reader.pk),
        due_note=_due_note(sheet, change), proposed=sheet.due_for(change), priority=sheet.priorities[change.id],
        averted=averted, figure=figure_line(averted) if averted else "",
        figure_per_day=averted.per_day.value if averted else -1.0,
        weak_note=verifiable_note(change.kind) if change.kind else "", missing=commit_gaps(change),
        commit_refused=_refused(sheet, change, str(refused.sentence) if refused else ""),
        waiting=waiting_line(change, sheet.facts.window, sheet.now), is_back=change.id in sheet.coming_back,
        nudge=verdict.question if kind in _NUDGED and not change.closes_because.strip() else "",
        open=tuple(each for each in sheet.open_plan if each.subject == change.id), targets=_targets(sheet, change),
        asked_note=_asked_note(sheet, change), is_unanswered=is_unanswered(change, sheet.asked, sheet.facts.today),
        holds=_standing(sheet, change).open_commitments, is_full=_standing(sheet, change).is_overloaded,
    )  # fmt: skip


def _refused(sheet: Sheet, change: Change, because: str) -> str:
    """Why it cannot be committed now: what is missing, else what its words leave open; "" for nothing."""
    waits = () if because else commit_objections(change, sheet.document.dismissals, check=sheet.work.checker.action)
    return waits[0].sentence if waits else because


def _place(sheet: Sheet, change: Change) -> tuple[str, str, str]:
    """What a change answers: a gap with what the gate did, or the first node it works on."""
    row = sheet.document.gates.get(change.gap)
    if row is not None:
        icon, word, _ = OUTCOMES[row.outcome]
        return row.title, icon, "let it pass" if word == "Passed" else word.lower()
    if change.gap == RUNBOOK_GAP:
        return GAP_TITLE, "warn", "as the response was answered"
    nodes = sheet.document.graph.nodes
    node = next((nodes[each] for each in change.targets if each in nodes), None)
    if node is None:
        return "No gap yet", "unknown", "linked to no cause"
    at = f"{node.valid_from.utc:%H:%M}" if node.valid_from and node.valid_from.precision.value in ("s", "min") else ""
    return node.bone.value.replace("_", " ").capitalize() if node.bone else "Cause", "clock", f"{node.id} {at}".strip()


def _is_lasting(sheet: Sheet, change: Change) -> bool:
    """Whether it works on what made it last, or mitigates."""
    if change.gap in sheet.document.gates:
        return False
    tops = {each.id for each in sheet.document.graph.outcomes(TopEvent.LASTED)}
    return change.barrier is Barrier.MITIGATE or bool(tops & set(change.targets))


def _properties(change: Change, verdict: Verdict) -> tuple[Property, ...]:
    known = known_properties(change)
    return tuple(
        Property(name, NAMES[name], verdict.properties[name], verdict.because.get(name, ""),
                 known.get(name) is not None)
        for name in PROPERTIES
    )  # fmt: skip


def owner_word(sheet: Sheet, change: Change) -> str:
    """Who owns it as the page says: the role that was written, else the seat; "" for nobody."""
    if change.owner_role:
        return change.owner_role
    member = sheet.members.get(change.owner)
    return Seat(member.seat).label if member else "Somebody without a seat" if change.owner else ""


def _standing(sheet: Sheet, change: Change) -> Standing:
    return sheet.standings.get(change.id, Standing())


def _asked_note(sheet: Sheet, change: Change) -> str:
    """Who gave it back, or since when somebody is asked; "" where neither is so."""
    asked = sheet.asked.get(change.id, Asked())
    if not change.owner:
        if not asked.gave_back:
            return ""
        member = sheet.members.get(asked.gave_back[-1])
        who = f"the {Seat(member.seat).label.lower()}" if member else "its owner"
        return f"given back by {who}, choose another owner"
    if change.accepted_at or asked.since is None:
        return ""
    days = working_days(asked.since, sheet.facts.today)
    return f"asked {days} working {'day' if days == 1 else 'days'} ago" if days else "asked today"


def _due_note(sheet: Sheet, change: Change) -> str:
    if change.due is None:
        return "a date follows from the size" if change.size is None else ""
    days = (change.due - sheet.facts.today).days
    if days == 0:
        return "today"
    near = f"{abs(days)} {'day' if abs(days) == 1 else 'days'}"
    return f"in {near}" if days > 0 else f"{near} ago, not seen yet"


def _unit(sheet: Sheet) -> str:
    return str((sheet.work.head.get("metrics", {}).get("M12") or {}).get("unit") or "")


def _targets(sheet: Sheet, change: Change) -> tuple[tuple[str, str], ...]:
    nodes = sheet.document.graph.nodes
    return tuple((each, nodes[each].statement) for each in change.targets if each in nodes)


def _mix(rows: dict[str, ChangeRow]) -> tuple[tuple[str, int, tuple[bool, ...]], ...]:
    counted = Counter(row.kind for row in rows.values())
    plural = {1: "", 2: "s"}
    return tuple(
        (word.lower() + plural[min(counted[kind], 2)], counted[kind], tuple(at < steps for at in range(4)))
        for kind, (steps, word, _) in CLASSES.items() if counted[kind]
    )  # fmt: skip


def _aims(rows: dict[str, ChangeRow]) -> tuple[tuple[str, str, int], ...]:
    counted = Counter(row.change.barrier for row in rows.values())
    return tuple(
        (icon, word.lower(), counted[barrier]) for barrier, (icon, word) in BARRIERS.items()
        if counted[barrier] or barrier in TRIAD
    )  # fmt: skip


def _sentence(sheet: Sheet, rows: dict[str, ChangeRow]) -> str:
    """How many gaps there are, and how many of them a process change answers."""
    gaps = sheet.gaps
    if not gaps:
        return "No gap is known yet." if not rows else "No gap is known yet; these changes answer causes."
    strong = [
        gap for gap in gaps
        if any(rows[each].kind is ChangeClass.PROCESS_CHANGE or _closed(rows[each].change) for each in gap.changes)
    ]  # fmt: skip
    left = [gap.title.lower() for gap in gaps if gap not in strong]
    counted = "1 gap" if len(gaps) == 1 else f"{len(gaps)} gaps"
    said = f"{counted}, {len(strong)} answered by a process change or with a reason"
    return f"{said}; open: {', '.join(left)}." if left else f"{said}."


def _closed(change: Change) -> bool:
    return bool(change.closes_because.strip())


def _provisional(sheet: Sheet) -> str:
    window = sheet.facts.window
    if not sheet.facts.is_cooling:
        return ""
    if window is None:
        return "Provisional: " + sheet.facts.start.because
    return f"Provisional until {window.opens.astimezone(UTC):%-d %b %H:%M} UTC, 24 h after resolution"


def _left(sheet: Sheet) -> str:
    found = sheet.coverage
    if found is None or not found.ways:
        return ""
    left = len(found.remaining)
    return "no way is left" if not left else "one is left" if left == 1 else f"{left} are left"

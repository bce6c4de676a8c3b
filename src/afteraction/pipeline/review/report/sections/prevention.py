"""Why the quality system let it through, what changes, which signals were missing and which decisions are asked.

Knows how gates, changes and replays read. Refuses to call a change done: its checks read "not yet" until one ran.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.engine.causes.graph import TopEvent
from afteraction.engine.causes.ways import statements, way_in_words
from afteraction.engine.gates.chances import chances_line, gate_gaps, headline, matrix_order
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.prevention.changes import Change, ChangeClass, ChangeKind, ChangeState, DoneWhen, Size
from afteraction.engine.prevention.checks import CHECKS
from afteraction.engine.prevention.dates import lines_to_audit
from afteraction.engine.prevention.plan import (
    class_line,
    class_of,
    live_changes,
    shortened,
    strength_line,
    strength_mix,
)
from afteraction.engine.review.document import Question, Signal
from afteraction.pipeline.review.report.blocks import (
    Aside,
    Asked,
    Audience,
    Block,
    Grid,
    Heading,
    Item,
    Points,
    Promise,
    Promises,
    Prose,
    Rows,
)
from afteraction.pipeline.review.report.told import Told

_STATES = {
    ChangeState.PROVISIONAL: "Provisional", ChangeState.PROPOSED: "Proposed", ChangeState.COMMITTED: "Committed",
    ChangeState.ACCEPTED: "Accepted", ChangeState.IN_PROGRESS: "In progress", ChangeState.CLAIMED: "Claim only",
    ChangeState.VERIFIED: "Verified", ChangeState.DRIFTED: "Drifted", ChangeState.CANCELLED: "Cancelled",
}  # fmt: skip
_CLASSES = {
    ChangeClass.PROCESS_CHANGE: "process change", ChangeClass.ASSISTED_PRACTICE: "assisted practice",
    ChangeClass.ONE_OFF: "one-off", ChangeClass.INTENTION: "intention",
}  # fmt: skip
# What changes software, what changes how people work, and what does both (SPEC R009).
_SOFTWARE = frozenset({
    ChangeKind.CODE, ChangeKind.CONFIG, ChangeKind.TEST, ChangeKind.GATE, ChangeKind.ALERT, ChangeKind.DASHBOARD,
    ChangeKind.SYNTHETIC, ChangeKind.ARCHITECTURE, ChangeKind.ACCESS, ChangeKind.CAPACITY,
})  # fmt: skip
_BOTH = frozenset({ChangeKind.TEST, ChangeKind.GATE, ChangeKind.ALERT, ChangeKind.SYNTHETIC})
LARGE = (Size.L,)


def gates(told: Told, _: Audience) -> Iterator[Block]:
    """The second headline of a report: why our quality system let it through."""
    document, answer = told.review, told.review.answers.get(Question.GATES)
    if answer and answer.text.strip():
        yield Prose(text=answer.text, source="answer.q3.text")
    elif document.gates:
        yield Prose(text=headline(told.chances))
    if not document.gates:
        yield Asked(text="Which gates did it pass, and could each have caught it?")
        return
    rows = tuple(_gate(row) for row in matrix_order(document.gates))
    yield Grid(label="Gates", header=("Gate", "Reached", "Could catch", "Outcome", "Why"), rows=rows)
    yield Aside(text=chances_line(told.chances, document.gates))


def _gate(row: GateRow) -> tuple[str, ...]:
    why = row.why.strip() or row.not_applicable_because.strip() or "Not answered yet."
    cites = "".join(f" [{label}]" for label in row.labels[:3])
    return (
        row.title,
        row.reached.value.replace("_", " "),
        row.could.value,
        row.outcome.value.replace("_", " "),
        why + cites,
    )


def changes(told: Told, audience: Audience) -> Iterator[Block]:
    """Every live change with what it answers, what it really is, who sees to it by when, and its checks."""
    document, answer = told.review, told.review.answers.get(Question.CHANGES)
    live = live_changes(document.changes)
    if audience is Audience.PUBLIC:
        yield from _public_changes(live)
        return
    if answer and answer.text.strip() and audience is Audience.INTERNAL:
        yield Prose(text=answer.text, source="answer.q4.text")
    if not live:
        yield from _no_changes(told)
        return
    if any(each.state is not ChangeState.VERIFIED for each in live):
        yield Aside(text="A change counts as verified once a machine saw it in force. No check has run yet.")
    gap_of = {each: gap.title for gap in gate_gaps(document.gates, document.changes) for each in gap.changes}
    yield Promises(items=tuple(_promise(told, each, gap_of.get(each.id, ""), audience) for each in live))
    for sentence in told.coverage_words:
        yield Prose(text=sentence)
    if audience is Audience.INTERNAL:
        mix = strength_line(strength_mix(document.changes, told.judged))
        yield Aside(text=f"What they are: {class_line(document.changes, told.judged)}. Strength: {mix}.")
        yield from _to_audit(live)


def _to_audit(live: tuple[Change, ...]) -> Iterator[Block]:
    """What whoever audits takes along: every line of a commit that a machine or somebody named can look at."""
    items = tuple(
        Item(head=f"{change.id}.", text=f"{line.text.strip().rstrip('.')}: {_auditor(line)}.")
        for change, line in lines_to_audit(live)
    )
    if items:
        yield Heading(text="To be audited in the next sprint")
        yield Points(items=items)


def _auditor(line: DoneWhen) -> str:
    check = CHECKS.get(line.check)
    told = [f"{check.title} ({line.check})" if check else line.check] if line.check.strip() else []
    return " and ".join([*told, *([f"by hand, {line.auditor.strip()}"] if line.auditor.strip() else [])])


def _public_changes(live: tuple[Change, ...]) -> Iterator[Block]:
    plain = [each for each in live if each.public.strip()]
    if not plain:
        yield Asked(text="Which of the changes may customers read, and in which words?")
        return
    yield Promises(items=tuple(Promise(state=_STATES[each.state], text=each.public.strip()) for each in plain))
    yield Aside(
        text="“Committed” means that somebody took it on with a date; none is called done before it was seen to work."
    )


def _no_changes(told: Told) -> Iterator[Block]:
    frame = told.review.frame
    if frame.no_action_because.strip():
        again = f" Looked at again on {frame.revisit:%-d %B %Y}." if frame.revisit else ""
        yield Prose(text=f"Decided: no action, because {frame.no_action_because.strip().rstrip('.')}.{again}")
    else:
        yield Asked(text="What will be different, who sees to it, and how would a machine see that it is in force?")


def _promise(told: Told, change: Change, gap: str, audience: Audience) -> Promise:
    owner = change.owner_role or "no owner yet"
    due = f"due {change.due:%-d %b %Y}" if change.due else "no date yet"
    meta = f"{owner[:1].upper()}{owner[1:]}, {due}."
    proof: tuple[str, ...] = ()
    aim = gap or _aim(told, change)
    detail = f"Answers: {aim}." if aim else "Linked to nothing yet."
    if audience is Audience.INTERNAL:
        detail += "".join(f" {each}" for each in _judged(told, change))
        meta, proof = f"{change.id}. {meta}", tuple(_proof(change))
    return Promise(
        state=_STATES[change.state], text=change.text, detail=detail, meta=meta, proof=proof,
        source=f"change.{change.id}.text",
    )  # fmt: skip


def _judged(told: Told, change: Change) -> Iterator[str]:
    """What a change really is, and how far it reaches."""
    kind, verdict = class_of(change, told.judged), told.judged.get(change.id)
    word = (_CLASSES[kind] if kind else "not judged").capitalize()
    power = f", {verdict.power.value}" if verdict else ""
    yield f"{word}{power}; {_target(change)}, to {change.barrier.value}."
    if change.covers.strip():
        yield f"Covers {change.covers.strip().rstrip('.')}."
    if change.closes_because.strip():
        yield f"Why it closes the gap: {change.closes_because.strip()}"


def _proof(change: Change) -> Iterator[str]:
    """How one would know that it is in force."""
    for line in change.done_when:
        by = f" by {line.auditor}" if line.auditor else ""
        yield f"{line.text.strip().rstrip('.')}. Check{by}: not yet."
    for phase in change.phases:
        due = f", {phase.due:%-d %b %Y}" if phase.due else ""
        yield f"Then: {phase.text.strip().rstrip('.')}{due}."


def _target(change: Change) -> str:
    if change.kind in _BOTH:
        return "software and process"
    return "software" if change.kind in _SOFTWARE else "process"


def _aim(told: Told, change: Change) -> str:
    nodes = told.review.graph.nodes
    return next((nodes[each].statement.rstrip(".") for each in change.targets if each in nodes), "")


def signals(told: Told, _: Audience) -> Iterator[Block]:
    """Which signal was missing, and what it would have told on the incident's own series."""
    document, answer = told.review, told.review.answers.get(Question.SIGNALS)
    if answer and answer.text.strip():
        yield Prose(text=answer.text, source="answer.q5.text")
    found = sorted(document.signals.values(), key=lambda each: (len(each.id), each.id))
    if found:
        yield Rows(items=tuple(Item(head=each.title, text=_replay(told, each)) for each in found))
    elif not (answer and answer.text.strip()):
        yield Asked(text="Which signal would have told us earlier?")


def _replay(told: Told, signal: Signal) -> str:
    replay = told.replays.get(signal.id)
    said = (
        replay.sentence
        if replay
        else str(signal.result.get("sentence", "")) or "Not replayed on the stored series yet."
    )
    return f"{said} {'Taken up as a change.' if signal.taken else 'Proposed.'}"


def decisions(told: Told, _: Audience) -> Iterator[Block]:
    """What only somebody with a budget or a mandate can settle."""
    asked = list(_decisions(told))
    if asked:
        yield Points(items=tuple(asked), look="decide")
    else:
        yield Prose(text="None: every change has an owner and a date, and no known way is left open.")


def _decisions(told: Told) -> Iterator[Item]:
    names = statements(told.review.graph)
    for top, found in told.coverages.items():
        this = "it can last this long again" if top is TopEvent.LASTED else "it can happen again"
        for way in found.remaining[:3]:
            yield Item(
                head="Close or accept the way that is left.",
                text=f"Without a further change {this} through {way_in_words(way, names)}.",
            )
    for change in live_changes(told.review.changes):
        missing = [
            word
            for word, lacks in (("an owner", not (change.owner or change.owner_role)), ("a date", change.due is None))
            if lacks
        ]
        if missing:
            yield Item(head=f"Find {' and '.join(missing)}.", text=f"For “{shortened(change.text, 90)}”")
        elif change.size in LARGE and change.effort_days:
            told_short, until = shortened(change.text, 90), f"by {change.due:%-d %B %Y}"
            yield Item(
                head="Confirm the effort.",
                text=f"“{told_short}” takes about {change.effort_days:g} days, {until}.",
            )
    cost = told.document.get("metrics", {}).get("M12")
    if cost and cost["state"] == "unknown":
        yield Item(
            head="Agree what a minute or a failed attempt costs.",
            text="Until then the cost of this incident stays unknown.",
        )

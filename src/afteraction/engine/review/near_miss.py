"""Reviews of what did not happen and of what went right (SPEC R050, R129): a near miss asks what stopped it, a
milestone asks for goals, help and hindrance.

Knows the parts of each template and what each needs. Refuses to invent impact for either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afteraction.engine.causes.graph import MitigatorKind, Node, NodeKind, Status, TopEvent
from afteraction.engine.gates.matrix import SEED_GATES, Could, GateRow, Outcome, Reached
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.review.document import Answer, Question, Review
from afteraction.engine.review.findings import ReviewFinding, Severity

COMMITMENTS = "commitments"
# What takes the place of a follow-up where luck is left as it is.
ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of a template: the id of its answer, its title and the question it puts."""

    id: str
    title: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Template:
    """The spine of a review for one kind of incident. `has_impact` is False where impact and cost are not applicable,
    `has_gates` where no change came by gates."""

    kind: str
    parts: tuple[Part, ...]
    has_impact: bool = True
    has_gates: bool = True
    needs_mitigators: bool = False


_FIVE = (
    Part(Question.IMPACT, "Impact and detection", "What did not work, for whom, for how long, and who noticed?"),
    Part(Question.CAUSES, "Trigger and chain", "What set it off, and what had to be so for it to get this far?"),
    Part(Question.GATES, "Gates", "Which gate could have caught it, and what let it through?"),
    Part(Question.CHANGES, "Process changes", "What will be done differently every time, for each gap?"),
    Part(Question.SIGNALS, "Missing signals", "Which signal would have told earlier?"),
)
_POTENTIAL = Part(Question.IMPACT, "Potential impact", "What would have failed, for whom, had nothing stopped it?")
_MILESTONE = (
    Part("goals", "Goals", "What was to be reached, and what was reached?"),
    Part("helped", "What helped", "What made it easier than it might have been?"),
    Part("hindered", "What hindered", "What cost time or nerve that it need not cost again?"),
    Part(COMMITMENTS, "Commitments", "What will be done differently the next time, and by when?"),
)


def template_for(kind: str) -> Template:
    """The template of a kind of incident (`core.analysis.KINDS`)."""
    if kind == "milestone":
        return Template(kind, _MILESTONE, has_impact=False, has_gates=False)
    if kind == "near_miss":
        return Template(kind, (_POTENTIAL, *_FIVE[1:]), has_impact=False, needs_mitigators=True)
    return Template(kind, _FIVE)


def asked_before_review(kind: str) -> tuple[Part, ...]:
    """The parts that people answer before it is reviewed: all but the commitments, which the step *committed* asks
    for."""
    return tuple(part for part in template_for(kind).parts if part.id != COMMITMENTS)


def template_findings(kind: str, review: Review) -> tuple[ReviewFinding, ...]:
    """What a near miss or a milestone still needs before it counts as reviewed; nothing for other kinds."""
    template = template_for(kind)
    if template.needs_mitigators:
        return tuple(_what_stopped_it(review))
    if kind == "milestone":
        return tuple(_unanswered(template, review))
    return ()


def _what_stopped_it(review: Review) -> Iterator[ReviewFinding]:
    mitigators = [node for node in review.graph.nodes.values() if node.kind is NodeKind.MITIGATOR]
    if not any(node.status is not Status.REFUTED and node.statement.strip() for node in mitigators):
        yield ReviewFinding(
            code="NM1", severity=Severity.MUST, sentence="Nothing says what stopped it.",
            question="What stopped it: something built for it, somebody's routine, or luck?",
            next_step="Add what stopped it",
        )  # fmt: skip
    answer = review.answers.get(Question.IMPACT)
    if answer is None or not (answer.text.strip() or answer.degradation.strip()):
        yield ReviewFinding(
            code="NM2", subject=Question.IMPACT, severity=Severity.MUST,
            sentence="What could have happened is not told.", question=_POTENTIAL.prompt,
            next_step="Tell what could have happened",
        )  # fmt: skip


def _unanswered(template: Template, review: Review) -> Iterator[ReviewFinding]:
    for part in asked_before_review(template.kind):
        answer = review.answers.get(part.id)
        if answer is None or not answer.text.strip():
            yield ReviewFinding(
                code="MS1", subject=part.id, severity=Severity.MUST, sentence=f"“{part.title}” is not answered.",
                question=part.prompt, next_step="Answer it",
            )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissForm:
    """The form of two minutes: what nearly happened, what it would have meant, and what stopped it. `gate` is a seed
    gate that it came by ("" for none or nobody knows), `gate_held` whether it caught it. `follow_up` is one idea: where
    luck stopped it, what could take its place. Who fills it in is not part of it."""

    nearly: str
    stopped_by: str
    stopped_how: MitigatorKind | None = None
    would_have: str = ""
    gate: str = ""
    gate_held: bool | None = None
    follow_up: str = ""


def near_miss_problems(form: NearMissForm) -> dict[str, str]:
    """What keeps a form from being sent, by field; empty when nothing does."""
    problems = {}
    if not form.nearly.strip():
        problems["nearly"] = "Say in one sentence what nearly happened."
    if not form.stopped_by.strip():
        problems["stopped_by"] = "Say what stopped it; “luck” is an answer."
    if form.stopped_how is MitigatorKind.LUCK and not form.follow_up.strip():
        problems["follow_up"] = "Luck will not do the next time: say what could take its place, or “accepted”."
    if form.gate and form.gate not in dict(SEED_GATES):
        problems["gate"] = f"“{form.gate}” is none of {', '.join(title.lower() for _, title in SEED_GATES)}."
    elif form.gate and form.gate_held is None:
        problems["gate_held"] = "Say whether the gate held."
    return problems


def near_miss_parts(form: NearMissForm) -> tuple[Node | Answer | GateRow | Change, ...]:
    """The first parts of the review that a form opens: its top event, what stopped it, what could have been, the gate
    that was named, and the idea as a provisional change: like every idea of the first day it comes back once."""
    parts: list[Node | Answer | GateRow | Change] = [
        Node(id="N1", kind=NodeKind.OUTCOME, statement=form.nearly.strip(), top=TopEvent.HAPPENED),
        Node(id="N2", kind=NodeKind.MITIGATOR, statement=form.stopped_by.strip(), mitigator=form.stopped_how,
             follow_up=form.follow_up.strip() if form.stopped_how is MitigatorKind.LUCK else ""),
    ]  # fmt: skip
    if form.would_have.strip():
        parts.append(Answer(id=Question.IMPACT, text=form.would_have.strip()))
    if form.gate:
        parts.append(_gate(form.gate, held=bool(form.gate_held)))
    idea = form.follow_up.strip()
    if idea and idea.rstrip(".").casefold() != ACCEPTED:
        gap = form.gate if form.gate and not form.gate_held else ""
        parts.append(Change(id="C1", text=idea, targets=("N1",), gap=gap, state=ChangeState.PROVISIONAL))
    return tuple(parts)


def _gate(seed: str, *, held: bool) -> GateRow:
    """A gate that held caught it; of one that did not, whether it could have is asked later."""
    title = dict(SEED_GATES)[seed]
    if held:
        return GateRow(id=seed, title=title, seed=seed, reached=Reached.YES, could=Could.YES, outcome=Outcome.CAUGHT)
    return GateRow(id=seed, title=title, seed=seed, reached=Reached.YES, outcome=Outcome.PASSED)

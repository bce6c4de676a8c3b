"""The questions of a review as cards: how far each is answered, its text, and what it was filled in from. Incidents
have the five, a milestone the parts of its own template.

Knows the words of a card's head. Refuses to answer: what nobody wrote stays open, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from afteraction.engine.review.document import Answer, AnswerState, Question
from afteraction.engine.review.near_miss import COMMITMENTS, Part, template_for
from afteraction.web.reviews.questions.changes import Plan
from afteraction.web.reviews.questions.impact import Impact
from afteraction.web.reviews.questions.prose import Originals, cited_in, rendered, words_in
from afteraction.web.reviews.questions.signals import Replayed
from afteraction.web.reviews.standing import Standing
from afteraction.web.reviews.workspace import TITLES


@dataclass(frozen=True)
class Card:
    """One question; `question` is the id of its answer. `state` is open, answered, prefilled or parked; `note` stands
    below its name in the spine, `prefill` in its head; `proposal` is what it could begin with."""

    question: str
    number: int
    name: str
    heading: str
    answer: Answer
    rev: int
    state: str
    note: str
    prefill: str
    proposal: str
    html: SafeString

    @property
    def template(self) -> str:
        """The template that draws it; parts of a milestone but for its commitments are words alone."""
        if self.question == COMMITMENTS:
            return f"reviews/review_{Question.CHANGES.value}.html"
        return f"reviews/review_{self.question if self.question in set(Question) else 'part'}.html"

    @property
    def anchor(self) -> str:
        """Its place in the page; the keys 1 to 5 go there."""
        return f"q{self.number}"

    @property
    def words(self) -> int:
        """How many words were written."""
        return words_in(self.answer.text)

    @property
    def citations(self) -> int:
        """How many pieces of evidence they cite."""
        return len(cited_in(self.answer.text))

    @property
    def pill(self) -> tuple[str, str, str]:
        """Colour, icon and word of the state."""
        return {
            "answered": ("m-hold", "check", "Answered"), "parked": ("m-people", "clock", "Parked"),
            "prefilled": ("dash", "bars", "Prefilled"), "open": ("line", "unknown", "Open"),
        }[self.state]  # fmt: skip


def cards_of(standing: Standing, impact: Impact, plan: Plan, signals: list[Replayed]) -> list[Card]:
    """All of them, in their order."""
    if not template_for(standing.work.incident.kind).has_gates:
        return list(_of_milestone(standing, plan))
    work, document = standing.work, standing.work.document
    parts = {part.id: part for part in template_for(work.incident.kind).parts}
    originals = Originals.of(work.incident.key, work.head)
    claims = standing.picture.counts
    gates = [each for each in document.gates.values() if each.prefilled or each.record]
    tested = sum(each.is_tested for each in signals)
    chances = standing.chances
    answered = len(chances.gates) - len(chances.unanswered)
    notes = {
        Question.IMPACT: f"{impact.findings} findings" if impact.findings else "no evidence yet",
        Question.CAUSES: f"{claims['supported']} supported, {claims['hypotheses']} hypotheses",
        Question.GATES: f"{answered} of {len(chances.gates)} gates answered" if chances.gates else "no gate yet",
        Question.CHANGES: f"{plan.answered} of {plan.gaps} gaps answered"
        if plan.gaps
        else _changes(len(document.changes)),
        Question.SIGNALS: f"{len(signals)} proposed, {tested} back-tested" if signals else "no signal proposed",
    }
    prefills = {
        Question.IMPACT: f"prefilled from {impact.findings} findings" if impact.findings else "",
        Question.CAUSES: f"from a graph of {len(document.graph.nodes)} nodes" if document.graph.nodes else "",
        Question.GATES: f"from {len(gates)} gate records" if gates else "",
        Question.CHANGES: "candidates from the gate matrix" if plan.gaps else "",
        Question.SIGNALS: f"{tested} of {len(signals)} signals back-tested" if signals else "",
    }
    filled = {
        Question.IMPACT: bool(impact.findings), Question.CAUSES: bool(document.graph.nodes),
        Question.GATES: bool(document.gates), Question.CHANGES: bool(document.changes),
        Question.SIGNALS: bool(signals),
    }  # fmt: skip
    found = []
    for number, (question, (name, heading)) in enumerate(TITLES.items(), start=1):
        answer = document.answers.get(question) or Answer(id=question)
        if work.incident.kind == "near_miss" and question is Question.IMPACT:
            name, heading = parts[question].title, parts[question].prompt
        found.append(
            Card(
                question=question.value, number=number, name=name, heading=heading, answer=answer,
                rev=work.revs.get(f"answer:{question.value}", 0), state=_state(answer, filled=filled[question]),
                note=_note(answer, notes[question]), prefill=prefills[question],
                proposal=impact.proposal if question is Question.IMPACT else "",
                html=rendered(answer.text, originals),
            )
        )  # fmt: skip
    return found


def _of_milestone(standing: Standing, plan: Plan) -> Iterator[Card]:
    """Goals, what helped, what hindered, commitments: nothing of them is filled in but the commitments."""
    document = standing.work.document
    originals = Originals.of(standing.work.incident.key, standing.work.head)
    for number, part in enumerate(template_for(standing.work.incident.kind).parts, start=1):
        answer = document.answers.get(part.id) or Answer(id=part.id)
        yield Card(
            question=part.id, number=number, name=part.title, heading=part.prompt, answer=answer,
            rev=standing.work.revs.get(f"answer:{part.id}", 0), state=_state(answer, filled=_is_kept(part, plan)),
            note=_note(answer, _changes(len(document.changes)) if part.id == COMMITMENTS else "not answered yet"),
            prefill="", proposal="", html=rendered(answer.text, originals),
        )  # fmt: skip


def _is_kept(part: Part, plan: Plan) -> bool:
    return part.id == COMMITMENTS and bool(plan.rows)


def _state(answer: Answer, *, filled: bool) -> str:
    if answer.state is not AnswerState.OPEN:
        return answer.state.value
    return "prefilled" if filled else "open"


def _note(answer: Answer, known: str) -> str:
    if answer.state is AnswerState.PARKED:
        return f"parked: {answer.parked_because}"
    if answer.state is AnswerState.ANSWERED:
        return f"answered, {known}"
    return f"written, {known}" if answer.text.strip() else known


def _changes(count: int) -> str:
    return f"{count} change{'' if count == 1 else 's'}" if count else "no change yet"

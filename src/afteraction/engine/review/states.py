"""How far a review has come, and what stands before its next step (SPEC R008, R143, R164, R167).

Knows the order, the conditions of each step and which are not yet to be taken. Refuses to take a step: the web does,
and keeps who, when and what was open. `verified` and `followed_up` exist, and read "not yet" until checks verify
changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from afteraction.engine.gates.matrix import Could, Outcome, Reached
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.review.document import Question, Review
from afteraction.engine.review.findings import ReviewFinding, Severity, open_findings
from afteraction.engine.review.near_miss import template_findings, template_for


class ReviewState(StrEnum):
    """The states of a review, in their order."""

    OPENED = "opened"
    FACTS_CONFIRMED = "facts_confirmed"
    ANALYSIS = "analysis"
    REVIEWED = "reviewed"
    COMMITTED = "committed"
    PUBLISHED = "published"
    VERIFIED = "verified"
    FOLLOWED_UP = "followed_up"


ORDER = tuple(ReviewState)
STATE_TITLES: Mapping[ReviewState, str] = {
    ReviewState.OPENED: "Opened", ReviewState.FACTS_CONFIRMED: "Facts confirmed", ReviewState.ANALYSIS: "Analysis",
    ReviewState.REVIEWED: "Reviewed", ReviewState.COMMITTED: "Committed", ReviewState.PUBLISHED: "Published",
    ReviewState.VERIFIED: "Verified", ReviewState.FOLLOWED_UP: "Followed up",
}  # fmt: skip
NOT_YET = (ReviewState.VERIFIED, ReviewState.FOLLOWED_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFacts:
    """What the conditions need beside the review. `change_triggered` None is unknown. `commit_from` (aware) is when the
    pause after the incident is over, None while its clock has not started. `is_emergency` is the tag that lets people
    commit before. `is_solo` says that one person does the review: nothing but an owner is asked for. `people` are who
    took part, counted."""

    state: ReviewState = ReviewState.OPENED
    kind: str = "outage"
    facts_confirmed: bool = False
    has_owner: bool = True
    change_triggered: bool | None = None
    commit_from: datetime | None = None
    is_emergency: bool = False
    is_solo: bool = False
    people: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A step that was asked for. `open` is everything open at that moment, MUST first; `blocking` is what stands before
    it. `note` is what the record says besides (solo). `needs_reason` is for a step back."""

    to: ReviewState
    allowed: bool
    open: tuple[ReviewFinding, ...] = ()
    note: str = ""
    needs_reason: bool = False

    @property
    def blocking(self) -> tuple[ReviewFinding, ...]:
        """What has to be met or overridden with a reason first."""
        return tuple(each for each in self.open if each.severity is Severity.MUST)


def next_state(state: ReviewState) -> ReviewState | None:
    """The state after; None after the last."""
    place = ORDER.index(state) + 1
    return ORDER[place] if place < len(ORDER) else None


def may_move(
    review: Review,
    facts: StateFacts,
    findings: Iterable[ReviewFinding],
    now: datetime,
    to: ReviewState | None = None,
) -> Move:
    """Whether a review may take its next step, or step back to `to`, with everything that is open. `findings` are those
    of the other rooms (graph, plan, meeting), before anything was set aside; they block *reviewed* and what follows."""
    wished = to or next_state(facts.state) or facts.state
    if ORDER.index(wished) < ORDER.index(facts.state):
        return Move(to=wished, allowed=True, needs_reason=True, open=open_findings(findings, review.dismissals))
    if wished is not next_state(facts.state):
        return Move(to=wished, allowed=False, open=(_out_of_order(facts.state, wished),))
    own = tuple(_CONDITIONS[wished](review, facts, now))
    others = list(findings)
    if ORDER.index(wished) < ORDER.index(ReviewState.REVIEWED):
        others = [_as_suggestion(each) for each in others]
    left = open_findings([*own, *others], review.dismissals)
    # A step that cannot be taken yet, or out of order, is nothing that a reason could override.
    fixed = tuple(each for each in own if each.code in _FIXED and each not in left)
    left = (*fixed, *left)
    allowed = not any(each.severity is Severity.MUST for each in left)
    return Move(to=wished, allowed=allowed, open=left, note=_solo_note(facts))


def commitments(review: Review) -> tuple[Change, ...]:
    """Changes that somebody stands for: committed or further, with an owner who accepted, and a date."""
    return tuple(
        each for each in review.changes.values()
        if each.state in _STANDING and each.owner and each.accepted_at and each.due is not None
    )  # fmt: skip


def has_gate_matrix(review: Review) -> bool:
    """Whether any gate was looked at: a row of which everything is unknown says nothing."""
    return any(
        row.reached is not Reached.UNKNOWN or row.could is not Could.UNKNOWN or row.outcome is not Outcome.UNKNOWN
        for row in review.gates.values()
    )


def has_decision(review: Review) -> bool:
    """Whether it was decided not to act, with the reason and a day on which that is looked at again (R008)."""
    return bool(review.frame.no_action_because.strip()) and review.frame.revisit is not None


_STANDING = frozenset({
    ChangeState.COMMITTED, ChangeState.ACCEPTED, ChangeState.IN_PROGRESS, ChangeState.CLAIMED, ChangeState.VERIFIED,
    ChangeState.DRIFTED,
})  # fmt: skip
_FIGURE = re.compile(r"[~≈<>±£$€]?\d[\d.,:]*\s*[%‰]?")
_WORD = re.compile(r"[^\W\d_]{2,}")
# What stands beside a number and says nothing of what did not work: units, counted things, hedges.
_UNITS = frozenset(
    """
    about affected almost and approximately around at circa customer customers day days down downtime error errors for
    from hour hours hr hrs impact impacted least less lost min mins minute minutes more most ms nearly of or outage
    over per percent rate request requests roughly sec second seconds some than the to total under until up user users
    was were with
    """.split()  # noqa: SIM905
)
_FEWEST_WORDS = 3


def degradation_problem(text: str) -> str:
    """Why a sentence does not say what did not work and for whom (R143); empty when it may. "Unknown" is an answer, a
    bare number is none."""
    text = text.strip()
    if not text:
        return "It does not say yet what did not work and for whom. “Unknown” is an answer."
    if text.rstrip(".").casefold() == "unknown":
        return ""
    words = [word for word in _WORD.findall(_FIGURE.sub(" ", text)) if word.casefold() not in _UNITS]
    if not words and _FIGURE.search(text):
        return f"“{text}” is a bare number: it does not say what did not work."
    # Scripts without spaces between words are not counted in words.
    spaced = not any("\u2e80" <= letter <= "\uffdc" for letter in text)
    if not words or (spaced and len(_WORD.findall(text)) < _FEWEST_WORDS):
        return f"“{text}” is no sentence: say what did not work and for whom."
    return ""


def _must(code: str, sentence: str, next_step: str, *, subject: str = "", question: str = "") -> ReviewFinding:
    return ReviewFinding(
        code=code, subject=subject, severity=Severity.MUST, sentence=sentence, question=question, next_step=next_step
    )


def _out_of_order(state: ReviewState, wished: ReviewState) -> ReviewFinding:
    after = next_state(state)
    next_step = f"Go to {STATE_TITLES[after].lower()} first" if after else "Nothing is left to do"
    sentence = f"{STATE_TITLES[wished]} does not follow on {STATE_TITLES[state].lower()}."
    return _must("ST0", sentence, next_step)


def _as_suggestion(finding: ReviewFinding) -> ReviewFinding:
    return ReviewFinding(
        code=finding.code, subject=finding.subject, severity=Severity.MAY, sentence=finding.sentence,
        question=finding.question, next_step=finding.next_step,
    )  # fmt: skip


def _solo_note(facts: StateFacts) -> str:
    if facts.is_solo or facts.people == 1:
        return "One perspective so far: one person did this review."
    return ""


def _to_facts(_: Review, facts: StateFacts, __: datetime) -> Iterator[ReviewFinding]:
    if not facts.has_owner:
        yield _must("ST1", "Nobody owns the review.", "Take it or name an owner")
    if not facts.facts_confirmed:
        yield _must("ST2", "The facts of the incident are not confirmed.", "Confirm the facts")


def _to_analysis(_: Review, __: StateFacts, ___: datetime) -> Iterator[ReviewFinding]:
    yield from ()


def _to_reviewed(review: Review, facts: StateFacts, _: datetime) -> Iterator[ReviewFinding]:
    template = template_for(facts.kind)
    yield from template_findings(facts.kind, review)
    answer = review.answers.get(Question.IMPACT)
    if template.has_impact:
        text = answer.degradation if answer else ""
        problem = degradation_problem(text)
        if problem:
            # Nothing written may be overridden with a reason; a number in the place of a sentence is refused.
            yield _must(
                "ST9" if _FIGURE.search(text) else "ST3", problem, "Write the sentence", subject=Question.IMPACT,
                question="What did not work, and for whom?",
            )  # fmt: skip
    if template.has_gates and facts.change_triggered and not has_gate_matrix(review):
        yield _must(
            "ST4", "A change set it off, and no gate was looked at.", "Fill in the gates", subject=Question.GATES,
            question="Which gates did the change come by, and which could have caught it?",
        )  # fmt: skip


def _to_committed(review: Review, facts: StateFacts, now: datetime) -> Iterator[ReviewFinding]:
    found = commitments(review)
    if not found and not has_decision(review):
        yield _nothing_decided("ST5", review)
    if facts.is_emergency or (facts.commit_from is not None and now >= facts.commit_from):
        return
    for each in found:
        if not each.commit_now_because.strip() and not each.emergency:
            yield _must(
                "ST6", f"“{each.text}” is committed before the pause of a day is over.", "Wait, or give a reason",
                subject=each.id, question="Why can it not wait until the pause is over?",
            )  # fmt: skip


def _nothing_decided(code: str, review: Review) -> ReviewFinding:
    if review.frame.no_action_because.strip():
        sentence = "The decision not to act has no day on which it is looked at again."
        return _must(code, sentence, "Set a day to look at it again")
    return _must(
        code, "There is no commitment that somebody accepted, and no decision not to act.",
        "Accept a change with a date, or write down why nothing is done",
        question="Who will change what by when?",
    )  # fmt: skip


def _to_published(review: Review, _: StateFacts, __: datetime) -> Iterator[ReviewFinding]:
    if not commitments(review) and not has_decision(review):
        yield _nothing_decided("ST7", review)


def _not_yet(*_: object) -> Iterator[ReviewFinding]:
    yield _must("ST8", "Not yet: no change of this review was verified by a check.", "Wait for checks")


_FIXED = frozenset({"ST0", "ST5", "ST7", "ST8", "ST9"})
_CONDITIONS: Mapping[ReviewState, Callable[[Review, StateFacts, datetime], Iterator[ReviewFinding]]] = {
    ReviewState.FACTS_CONFIRMED: _to_facts, ReviewState.ANALYSIS: _to_analysis, ReviewState.REVIEWED: _to_reviewed,
    ReviewState.COMMITTED: _to_committed, ReviewState.PUBLISHED: _to_published, ReviewState.VERIFIED: _not_yet,
    ReviewState.FOLLOWED_UP: _not_yet,
}  # fmt: skip

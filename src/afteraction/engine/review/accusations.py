"""What in the words of a review needs a decision before the organisation reads them (SPEC §4.1, R003).

Knows which texts are printed and which of them are about causes. Refuses to stand in the way of a draft, and of
anything but a person or human error as the explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Protocol

from afteraction.engine.language.findings import LanguageFinding, check_text
from afteraction.engine.language.findings import Severity as Loudness
from afteraction.engine.review.document import Question, Review
from afteraction.engine.review.findings import ReviewFinding, Severity

# SPEC §4.1: only these two may gate at all.
GATING = ("L1", "L4")


class Check(Protocol):
    """Reads a text by the rules that hold where it is asked: `check_text`, or that with what a team chose."""

    def __call__(
        self, text: str, *, field: str = "prose", known_people: Iterable[str] = ()
    ) -> tuple[LanguageFinding, ...]:
        """Findings in the order of the text."""


def accusations(
    review: Review, known_people: Iterable[str] = (), *, check: Check = check_text
) -> tuple[ReviewFinding, ...]:
    """Sentences that name a person as the fault, or human error as the cause: MUST, to be reworded or overridden with a
    reason before the review is published widely. `known_people` are names as they are written; `check` reads by the
    rules that a team has on."""
    names = tuple(known_people)
    found: dict[str, ReviewFinding] = {}
    for place, field, text in _texts(review):
        for each in check(text, field=field, known_people=names):
            if each.severity is Loudness.GATE and each.rule in GATING:
                finding = _finding(each, place)
                found.setdefault(finding.id, finding)
    return tuple(found.values())


def name_of(found: LanguageFinding, place: str) -> str:
    """The id under which a sentence of a place is set aside: the same wherever it stands there."""
    digest = sha256(" ".join(found.sentence.split()).encode()).hexdigest()[:12]
    return f"{found.rule}:{place[:20] or 'text'}:{digest}"


def _texts(review: Review) -> Iterator[tuple[str, str, str]]:
    """(place, field of the language rules, text) of the summaries and causes that a report prints. Remarks and changes
    are neither: there the same words are a nudge (SPEC §4.2, L1)."""
    yield "summary", "prose", review.frame.summary
    yield "public", "prose", review.frame.public
    for ident, answer in review.answers.items():
        yield ident, "cause" if ident == Question.CAUSES else "prose", f"{answer.degradation}\n\n{answer.text}"
    for title, text in review.frame.sections.items():
        yield "frame", "prose", f"## {title}\n\n{text}"


def _finding(found: LanguageFinding, place: str) -> ReviewFinding:
    return ReviewFinding(
        code=found.rule, subject=name_of(found, place).partition(":")[2], severity=Severity.MUST,
        sentence=f"“{_short(found.sentence)}” {found.message}", question=found.question,
        next_step="Reword it, override it with a reason, or publish to members only", suggestion=found.suggestion,
    )  # fmt: skip


def _short(sentence: str, most: int = 140) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"

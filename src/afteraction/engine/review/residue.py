"""What a template left behind in a review (SPEC R097): prompts that nobody answered, and words that only hold a place.

Knows how such words look. Refuses to judge what people did write, and never blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from afteraction.engine.meeting.phrases import FIVE_QUESTIONS, FOUR_QUESTIONS
from afteraction.engine.review.document import Question, Review
from afteraction.engine.review.findings import ReviewFinding, Severity

# What is set aside is kept under the rule and its subject, and that name has room for 80 characters.
LONGEST = 60
_ASKED = r"insert|describe|fill in|add|enter|write|explain|list|your|name of|date of|link to"
_PLACE_HOLDERS = (
    re.compile(r"\b(?:TODO|TBD|FIXME|XXX+)\b"),
    re.compile(r"\blorem ipsum\b", re.IGNORECASE),
    re.compile(r"\{\{[^{}\n]{1,80}\}\}"),
    re.compile(rf"[\[<](?:{_ASKED})\b[^\]>\n]{{0,120}}[\]>](?!\()", re.IGNORECASE),
    re.compile(r"<!--.{1,400}?-->", re.DOTALL),
    re.compile(r"\b(?:to be (?:filled in|written|completed)|fill (?:this )?in here|your text here)\b", re.IGNORECASE),
)
_PROMPTS = frozenset(
    " ".join(each.lower().split()).rstrip("?.: ") for each in (*FIVE_QUESTIONS.values(), *FOUR_QUESTIONS)
)


def residue_in(text: str) -> str:
    """The first words of a text that only hold a place, as they stand; "" where there are none."""
    found = [match for pattern in _PLACE_HOLDERS if (match := pattern.search(text))]
    if found:
        return min(found, key=lambda match: match.start())[0]
    for line in text.splitlines():
        plain = " ".join(line.lower().strip("#*_>- \t").split()).rstrip("?.: ")
        if plain in _PROMPTS and len(text.strip()) == len(line.strip()):
            return line.strip()
    return ""


def residue_findings(review: Review) -> tuple[ReviewFinding, ...]:
    """One point for each text of a review in which something only holds a place."""
    return tuple(
        ReviewFinding(
            code="R097", subject=subject, severity=Severity.MAY,
            sentence=f"{name} still has “{left if len(left) <= 60 else left[:59].rstrip() + '…'}”.",
            question="What belongs there, or should it go?", next_step="Write it",
        )
        for subject, name, text in _texts(review) if (left := " ".join(residue_in(text).split()))
    )  # fmt: skip


def _texts(review: Review) -> Iterator[tuple[str, str, str]]:
    """Id of the place, what it is called, its text."""
    yield "summary", "The summary", review.frame.summary
    yield "public", "What customers may read", review.frame.public
    for number, question in enumerate(Question, start=1):
        answer = review.answers.get(question)
        yield question.value, f"The answer to question {number}", answer.text if answer else ""
    for title, text in review.frame.sections.items():
        yield f"section {title}"[:LONGEST], f"The section “{title}”", text

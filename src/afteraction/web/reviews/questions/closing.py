"""What stands around the five questions: objective, summary, remarks, what was learned, when it is due.

Knows how each is asked for. Refuses to fill in an answer that nobody gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from afteraction.engine.review.document import Remark
from afteraction.web.reviews.questions.cards import Card
from afteraction.web.reviews.standing import Standing

LEARNINGS = ((0, "nothing new"), (1, "a little"), (2, "much"), (3, "it changed how we see the system"))
COLUMNS = (("well", "What went well"), ("poorly", "What went poorly"), ("lucky", "Where we were lucky"))
_ANSWERS = (("", "not answered"), ("yes", "yes"), ("no", "no"), ("unknown", "unknown"))
# The stored answer stays "no"; here it says what follows from it.
_ACCURATE = (("", "not answered"), ("yes", "yes"), ("no", "no, it misled"), ("unknown", "unknown"))
_FACTORS = (
    ("runbook", "Was a runbook used?"), ("runbook_accurate", "Was it accurate?"),
    ("alerts", "Did the alerts help to find it?"),
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """Remarks of one kind."""

    name: str
    title: str
    items: tuple[Noted, ...]


@dataclass(frozen=True)
class Noted:
    """One remark with the statement that it is bound to."""

    id: str
    text: str
    node: str
    node_text: str
    follow_up: str


@dataclass(frozen=True)
class Factor:
    """One question on the response, with the answer it has."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...] = _ANSWERS


@dataclass(frozen=True)
class DueMark:
    """What is due next: its name, how far it is, and the day."""

    name: str
    words: str
    day: str


def columns_of(standing: Standing) -> list[Column]:
    """Remarks in their three columns; one in an unknown column stands with what went poorly."""
    document = standing.work.document
    known = {name for name, _ in COLUMNS}

    def noted(remark: Remark) -> Noted:
        node = document.graph.nodes.get(remark.node)
        return Noted(remark.id, remark.text, remark.node if node else "", node.statement if node else "",
                     remark.follow_up)  # fmt: skip

    ordered = sorted(document.remarks.values(), key=lambda each: (len(each.id), each.id))
    return [
        Column(name, title, tuple(noted(each) for each in ordered if _column(each, known) == name))
        for name, title in COLUMNS
    ]


def factors_of(standing: Standing) -> list[Factor]:
    """The questions on the response."""
    frame = standing.work.document.frame
    return [
        Factor(name, label, getattr(frame, name), _ACCURATE if name == "runbook_accurate" else _ANSWERS)
        for name, label in _FACTORS
    ]


def due_of(standing: Standing) -> DueMark:
    """The next mark: the draft, else publishing."""
    found = standing.timers
    is_drafted = found.draft.done_at is not None
    mark = found.publish if is_drafted else found.draft
    name = "Publishing due" if is_drafted else "Draft due"
    if mark.done_at is not None:
        name = "Published"
    return DueMark(name, mark.words, f"{mark.due:%a %-d %b, %H:%M}" if mark.due else found.start.because)


def question_now(cards: list[Card]) -> str:
    """The first question that waits for an answer."""
    return next((each.question for each in cards if each.state in ("open", "prefilled")), cards[-1].question)


def _column(remark: Remark, known: set[str]) -> str:
    return remark.column if remark.column in known else "poorly"


def move_words(step: str) -> str:
    """The verb of the next step."""
    words: Mapping[str, str] = {
        "reviewed": "Mark reviewed", "committed": "Mark committed", "published": "Publish", "verified": "Mark verified",
        "followed_up": "Mark followed up",
    }  # fmt: skip
    return words.get(step, "Go on")

"""Ways to say it of the system: a message, a question, and where the sentence allows it a sentence in its place.

Knows templates. Refuses to invent: what a suggestion says beyond the sentence is only that nothing stopped it.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Token, Who


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said about a finding."""

    message: str
    question: str
    suggestion: str = ""


_SENSIBLE = "What made that the sensible thing to do? What would have let anyone else do the same?"
PERSON: dict[Manner, Wording] = {
    Manner.OMITTED: Wording("This says that somebody left something out.", "What made that step easy to leave out, and what would have caught it?"),
    Manner.SLIPPED: Wording("This makes somebody's slip the explanation.", "Which tool or process accepted it without a check?"),
    Manner.UNCHECKED: Wording("This says that somebody went without a check.", "What let it go ahead without that check?"),
    Manner.WRONG: Wording("This makes somebody's choice the fault.", _SENSIBLE),
    Manner.CAUSED: Wording("This gives a person as the cause.", "What made that possible?"),
    Manner.FAULT: Wording("This puts the fault on a person.", _SENSIBLE),
}  # fmt: skip
HUMAN_ERROR = Wording(
    "Human error explains nothing yet: it is where the questions begin.",
    "Slip, lapse or mistake – and what in the situation made it likely?",
)
ASKED = Wording("This question looks for a person.", "What made this possible?")
COUNTERFACTUAL = Wording(
    "This compares what was done with what one knows now.", "What did they know then? Which signal was missing?"
)
MISSED_CATCH = Wording(
    "This names something that could have caught it or told sooner.",
    "Shall this go to the gate matrix, with what let it pass?",
)
OWN_COUNTERFACTUAL = Wording(
    "You hold against yourself what you know now. Thank you for saying it.",
    "What did you know then, and what made it the sensible thing to do?",
)
HINDSIGHT = Wording("This is clear only afterwards.", "Which of this was visible at that minute?")


_ALIKE = {
    "PERSON": ("gives somebody as the cause", _SENSIBLE),
    "HUMAN_ERROR": ("explains by human error", HUMAN_ERROR.question),
    "COUNTERFACTUAL": ("compares with what one knows now", COUNTERFACTUAL.question),
    "GATE": ("names something that could have caught it", MISSED_CATCH.question),
}


def alike(category: str, words: Sequence[str]) -> Wording:
    """What a sentence is told that no rule found and that is like those of a category by `words` of it."""
    told, question = _ALIKE[category]
    its = f"its words “{' … '.join(words)}”" if words else "its words"
    return Wording(f"Perhaps this {told}. No rule found this; {its} often stand in sentences that do.", question)


def own(tokens: list[Token], fault: Fault) -> Wording:
    """A kind answer to self-blame (SPEC R166)."""
    said = " ".join(token.text for token in tokens[min(fault.agent.first, fault.verb) : fault.last + 1][:6])
    who = "we" if fault.agent.who is Who.WE else "you"
    verb = tokens[min(fault.verb, len(tokens) - 1)].word
    asked = "What made it easy to forget?" if verb == "forgot" else "What made it easy to do?"
    return Wording(f"{who.capitalize()} wrote “{said}”. Thank you for saying it; it could have been anyone.", asked)


_UNREVIEWED = Wording("This says that somebody went without a check.", "What let a change reach production unreviewed?")


def about_person(tokens: list[Token], fault: Fault) -> Wording:
    """The message and the question for a person at fault."""
    unchecked = fault.manner is Manner.UNCHECKED
    if unchecked and not {"review", "reviewed", "reviewing", "approval"}.isdisjoint(each.word for each in tokens):
        return _UNREVIEWED
    return PERSON[fault.manner]

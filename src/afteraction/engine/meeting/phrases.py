"""The words of a meeting: the questions that it answers, how it opens, and phrases for whoever facilitates.

Knows wordings. Refuses a phrase that asks for a person, and one that starts with why and means somebody.
"""

from __future__ import annotations

from collections.abc import Mapping

from afteraction.engine.review.document import Question

# SPEC R048 and R150, word for word.
FOUR_QUESTIONS: tuple[str, ...] = (
    "What happened?",
    "Why did it happen?",
    "What went well?",
    "What needs to change to stop it happening again?",
)
FIVE_QUESTIONS: Mapping[Question, str] = {
    Question.IMPACT: "What was the user-visible impact, and how was it detected?",
    Question.CAUSES: "What was the triggering change, and what was the causal chain?",
    Question.GATES: "At which quality gates did this defect pass through undetected?",
    Question.CHANGES: "What process or structural change would close each gap?",
    Question.SIGNALS: "What instrumentation is missing that would give us earlier signal?",
}
# What every review is for, on its page and in its report (SPEC R023).
PURPOSE = (
    "This review is for learning. It is no part of anybody's performance review, and nothing in it is a reason for "
    "discipline."
)
DEFAULT_OBJECTIVE = "Answer four questions. " + " ".join(FOUR_QUESTIONS)

DEFAULT_OPENING = "Each step made sense with what was known at that minute. We look for what made it make sense."
GROUND_RULES: tuple[str, ...] = (
    "We ask what and how. When a sentence turns to a person, we ask what the system showed at that minute.",
    "Only what was known at the time counts for a step taken at that time.",
    "What belongs elsewhere goes to the parking lot, with a place to come back to.",
)

# When it helps, and what to say; one line each, so that the card stays a card.
PHRASE_CARD: tuple[tuple[str, str], ...] = (
    ("To open an account", "What did you see at that moment?"),
    ("To go deeper", "What told you that this was the next step?"),
    ("When it sounds certain", "What was known at that minute, and what came later?"),
    ("When a person is named", "What would have let anybody else do the same?"),
    ("When one cause is enough", "What else had to be true for this to happen?"),
    ("When it sounds simple", "How does this work on an ordinary day?"),
    ("When the room is silent", "Let us write for two minutes, then go round."),
    ("When one voice leads", "How does this look from another team?"),
    ("When a fix comes early", "Which gap would this close? We park it for question four."),
    ("When it goes on and on", "What do we need to know to move on? The rest is parked."),
    ("Before the close", "What went well, and what was luck?"),
)
WALK_CUES: tuple[str, ...] = (
    "What were you focusing on?",
    "What did you expect to see?",
    "What could not be seen from there?",
    "Which options were open?",
    "Which pressures were there?",
    "Whom could you ask?",
)

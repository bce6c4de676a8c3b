"""How a sentence tells what happened, beside whom it accuses: hindsight, judgement, one cause, hidden agency.

Knows which of these rules are looked at in which field. Refuses to choose between them: `reading` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from afteraction.engine.language import triggers
from afteraction.engine.language.people.agents import Agent, Token, agents_in, tokens_of
from afteraction.engine.language.remarks import Remark
from afteraction.engine.language.rewording.rewriting import Wording
from afteraction.engine.language.rule import Severity
from afteraction.engine.language.telling import agency, animated, diminishing, hindsight, judging, residue, single_cause
from afteraction.engine.language.telling.external import outage_in, personal_data_in
from afteraction.engine.language.telling.inference import inference_in
from afteraction.engine.language.words.pack import Pack

Said = frozenset[str] | set[str]
NUDGE, NOTE = Severity.NUDGE, Severity.NOTE
HINDSIGHT = Wording("This is clear only afterwards.", "Which of this was visible at that minute?")
JUDGEMENT = Wording(
    "This judges in place of telling what was measured.", "Which measurement stands behind the adjective?"
)
ONE_CAUSE = Wording("This tells of one cause.", "What else had to be so for this to happen?")
ONE_OF_SEVERAL = Wording(
    "This tells of one cause, and the graph of causes has several.", "Shall the sentence name the others as well?"
)
AGENCY = Wording("This says that it happened and keeps back how.", "Through which tool or path did it happen?")
DIMINISHING = Wording("This makes it small without a number.", "How many, for how long, and how is that known?")
ANIMATED = Wording("This raises its voice.", "What happened, said as one would read it aloud?")
RESIDUE = Wording("This is left over from the template.", "What belongs here, or can it go?")
INFERENCE = Wording("This concludes; a timeline tells what was seen.", "What was seen or done at that minute?")
OUTAGE = Wording("“Outage” says that nothing worked.", "What worked, what did not, and for whom?")
PERSONAL = Wording("This tells the public who somebody is.", "Which role says the same?")


@dataclass
class Sentence:
    """One sentence, as written and masked, with its words, where it stands and the pack of its language. Tokens and
    agents are found when a rule asks for them."""

    written: str
    text: str
    said: Said
    field: str
    causes: bool
    several: bool
    known: frozenset[str]
    pack: Pack
    families: int

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and signs in order."""
        return tokens_of(self.text)

    @cached_property
    def agents(self) -> list[Agent]:
        """Everybody in it who might act."""
        return agents_in(self.tokens, self.pack, self.known)


def signs_in(part: str, said: Said) -> bool:
    """Whether a part of a text holds the signs that a raised voice or a template leaves."""
    return animated.has_signs(part) or residue.has_signs(part, said)


def residue_of(text: str, said: Said, families: int) -> Remark | None:
    """The remark on a sentence that a template left behind, which nothing else is said of."""
    if not families & triggers.RESIDUE and not residue.has_signs(text, said):
        return None
    place = residue.residue_in(text)
    return Remark("LT", "RESIDUE", NOTE, *place, RESIDUE) if place else None


def told_in(sentence: Sentence) -> Iterator[Remark]:
    """What these rules say of a sentence."""
    families = sentence.families
    for rule, category, severity, wording, family, find in _RULES:
        if not families & family or (rule in _NOT_IN.get(sentence.field, ())):
            continue
        place = find(sentence.text, sentence.said)
        if place is not None:
            yield Remark(rule, category, severity, *place, wording)
    if families & triggers.JUDGING:
        judged = _judging(sentence.pack).place_in(sentence.text, sentence.agents, cause=sentence.causes)
        if judged is not None:
            yield Remark("L5", "JUDGEMENT", NUDGE, *judged, JUDGEMENT)
    yield from _one_cause(sentence)
    if sentence.field == "timeline":
        concluded = inference_in(sentence.text, sentence.pack)
        if concluded is not None:
            start, end, neutral = concluded
            yield Remark("LI", "INFERENCE", NOTE, start, end, INFERENCE, neutral)
    if sentence.field == "external":
        yield from _external(sentence)
    place = animated.animated_in(sentence.text, sentence.said)
    if place is not None:
        yield Remark("LA", "ANIMATED", NOTE, *place, ANIMATED)


_Find = Callable[[str, Said], tuple[int, int] | None]
_RULES: tuple[tuple[str, str, Severity, Wording, int, _Find], ...] = (
    ("L3", "HINDSIGHT", NUDGE, HINDSIGHT, triggers.HINDSIGHT, hindsight.hindsight_in),
    ("L8", "DIMINISHING", NOTE, DIMINISHING, triggers.DIMINISHING, diminishing.made_small_in),
    ("L7", "AGENCY", NOTE, AGENCY, triggers.AGENCY, agency.agency_hidden_in),
)
# What a timeline says later of causes is an event of its own; an action is about what comes.
_NOT_IN = {"timeline": ("L8",), "action": ("L8", "L7")}


def _one_cause(sentence: Sentence) -> Iterator[Remark]:
    if sentence.field in ("timeline", "action") or not sentence.families & triggers.ONE_CAUSE:
        return
    place = single_cause.single_cause_in(sentence.text)
    if place is not None:
        severity, wording = (NUDGE, ONE_OF_SEVERAL) if sentence.several else (NOTE, ONE_CAUSE)
        yield Remark("L6", "SINGLE_CAUSE", severity, *place, wording)


def _external(sentence: Sentence) -> Iterator[Remark]:
    named = personal_data_in(sentence.text, sentence.tokens, sentence.agents)
    if named is not None:
        yield Remark("LP", "PERSONAL_DATA", NUDGE, *named, PERSONAL)
    place = outage_in(sentence.text)
    if place is not None:
        yield Remark("LO", "OUTAGE", NOTE, *place, OUTAGE)


@lru_cache(maxsize=8)
def _judging(pack: Pack) -> judging.Judging:
    return judging.Judging(pack)

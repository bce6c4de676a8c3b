"""What in a text accuses somebody, as findings with a place, a question and a way to say it of the system.

Knows the rules that are on and how loud each is in which field. Refuses to change a text, and to block for what people
say of themselves.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from afteraction.engine.language import rewriting
from afteraction.engine.language.accusing import accusation_in
from afteraction.engine.language.agents import Agent, Token, Who, agents_in, tokens_of
from afteraction.engine.language.asking import asks_for_somebody
from afteraction.engine.language.counterfactual import Past, hindsight_in, missed_in
from afteraction.engine.language.faults import Fault
from afteraction.engine.language.human_error import human_error_in
from afteraction.engine.language.masking import mask
from afteraction.engine.language.rules import EVERYTHING_ON, Rules, Severity
from afteraction.engine.language.sentences import blocks, sentences
from afteraction.engine.language.triggers import worth_reading
from afteraction.engine.language.words import laid_over
from afteraction.engine.language.words.english import ENGLISH
from afteraction.engine.language.words.pack import Pack

__all__ = ("FIELDS", "LanguageFinding", "Severity", "check_text", "forget_texts")
FIELDS = ("prose", "cause", "question", "heading", "timeline", "action", "external")
_SPACE = re.compile(r"[\r\n\t\v\f\x1c-\x1f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFinding:
    """One place that reads as an accusation. `rule` is the code of SPEC §4.2 and `category` its name; `start` and `end`
    are code points in the text, end exclusive. `sentence` is as written; `suggestion` says the same of the system and
    would replace the sentence, "" where there is none. `question` asks for what would help instead. `more` counts the
    findings of the same paragraph that are left out after this one, where `Rules.per_paragraph` left some out."""

    rule: str
    category: str
    severity: Severity
    start: int
    end: int
    sentence: str
    sentence_start: int
    message: str
    question: str
    suggestion: str = ""
    more: int = 0


def check_text(
    text: str, *, field: str = "prose", known_people: Iterable[str] = (), rules: Rules = EVERYTHING_ON
) -> tuple[LanguageFinding, ...]:
    """Findings in the order of the text. `field` says what the text is for: in a cause, or under a heading of causes,
    a person or human error as the explanation is a GATE; a question is looked at for whom it seeks; a timeline for what
    it concludes; an external text for names. An action is looked at as prose: `check_action` knows the rules of
    actions. `known_people` are names as they are written. `rules` is what a team chose. ValueError for another
    field."""
    if field not in FIELDS:
        raise ValueError(f"There is no field {field!r}. Use one of {', '.join(FIELDS)}.")
    known = _known_words(known_people)
    return (_read_once if len(text) <= _SHORT else _found)(text, field, known, rules)


def _found(text: str, field: str, known: frozenset[str], rules: Rules) -> tuple[LanguageFinding, ...]:
    masked = _SPACE.sub(_kept, mask(text))
    pack = _words_of(rules.packs)
    found: list[LanguageFinding] = []
    for block in blocks(masked):
        if field not in ("cause", "question") and not worth_reading(masked[block.start : block.end], pack):
            continue
        causes = field == "cause" or block.causes
        said: list[LanguageFinding] = []
        for start, end in sentences(masked, block.start, block.end):
            said.extend(_check_sentence(text, masked, (start, end), _Place(field, causes, block.heading), known, pack))
        found.extend(_chosen(said, rules))
    return tuple(found)


_LOUDEST = {Severity.GATE: 0, Severity.NUDGE: 1, Severity.NOTE: 2}


def _chosen(said: list[LanguageFinding], rules: Rules) -> list[LanguageFinding]:
    """What of a paragraph is shown, as loud as the team has it."""
    if not said:
        return said
    shown = [
        replace(each, severity=rules.severity_of(each.rule, each.severity))
        for each in said
        if rules.is_on(each.rule, each.category)
    ]
    most = rules.per_paragraph
    if most is None or len(shown) <= most:
        return shown
    kept = sorted(sorted(range(len(shown)), key=lambda at: (_LOUDEST[shown[at].severity], at))[:most])
    last = replace(shown[kept[-1]], more=len(shown) - most)
    return [*(shown[at] for at in kept[:-1]), last]


@lru_cache(maxsize=8)
def _words_of(packs: tuple[Pack, ...]) -> Pack:
    return laid_over(ENGLISH, *packs) if packs else ENGLISH


# The statements of a review are read again for each of its pages, and seldom changed in between.
_SHORT = 1_000
_read_once = lru_cache(maxsize=4096)(_found)


def forget_texts() -> None:
    """Forgets what was read before, for whoever measures the reading."""
    _read_once.cache_clear()


def _known_words(people: Iterable[str]) -> frozenset[str]:
    """Words of names: as written where they begin with a capital ("Will" is somebody, "will" is none), otherwise in
    small letters, by which they are found however they are written."""
    words = [word for name in people for word in name.split() if len(word) > 1]
    return frozenset(word if word[0].isupper() else word.casefold() for word in words)


@dataclass(frozen=True, slots=True)
class _Place:
    field: str
    causes: bool
    heading: bool


def _kept(match: re.Match[str]) -> str:
    return "\n" if match[0] == "\n" else " "


def _check_sentence(
    text: str, masked: str, span: tuple[int, int], place: _Place, known: frozenset[str], pack: Pack
) -> Iterator[LanguageFinding]:
    start, end = span
    sentence = masked[start:end].replace("\n", " ")
    if place.field == "prose" and not place.causes and not worth_reading(sentence, pack):
        return
    tokens = tokens_of(sentence)
    if not tokens:
        return
    agents = agents_in(tokens, pack, known)
    read = _Read(text, span, sentence, tokens, agents, place)
    is_question = sentence.rstrip(" \"”’')*_").endswith(("?", "؟", "？")) or place.field == "question"
    asked = asks_for_somebody(tokens, agents, pack, is_question=is_question)
    if asked is not None:
        yield read.finding(
            "L9", "WHO_WHY", Severity.NUDGE, tokens[asked[0]].start, tokens[asked[1]].end, rewriting.ASKED
        )
        return
    if is_question:
        return
    human = human_error_in(sentence)
    fault = accusation_in(tokens, agents, pack, cause=place.field == "cause")
    if (
        human is not None
        and fault is not None
        and tokens[fault.verb].start == human[0]
        and fault.verb > fault.agent.last
    ):
        # "someone fat-fingered it" says who: it is no explanation in general.
        human = None
    if human is not None:
        own = any(token.word in ("mine", "my", "me", "i") for token in tokens)
        severity = Severity.GATE if place.causes and not own else Severity.NUDGE
        yield read.finding("L4", "HUMAN_ERROR", severity, *human, rewriting.HUMAN_ERROR)
    if fault is not None and not (human and fault.agent.who not in (Who.SELF, Who.WE)):
        yield _accused(read, fault)
    if not place.heading:
        yield from _hindsight(read, fault)


def _hindsight(read: _Read, fault: Fault | None) -> Iterator[LanguageFinding]:
    """What was not done, could have caught it, or was clear only afterwards."""
    missed = missed_in(read.tokens, read.agents)
    if missed is not None:
        start, end = read.tokens[missed.first].start, read.tokens[missed.last].end
        if missed.kind is Past.CATCH:
            yield read.finding("L2g", "GATE", Severity.NOTE, start, end, rewriting.MISSED_CATCH)
        elif missed.kind is Past.DECISION:
            yield read.finding("L2", "COUNTERFACTUAL", Severity.NUDGE, start, end, rewriting.COUNTERFACTUAL)
        elif fault is None:
            yield read.finding("LS", "SELF", Severity.NUDGE, start, end, rewriting.OWN_COUNTERFACTUAL)
    hindsight = hindsight_in(read.sentence)
    if hindsight is not None:
        yield read.finding("L3", "HINDSIGHT", Severity.NUDGE, *hindsight, rewriting.HINDSIGHT)


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    span: tuple[int, int]
    sentence: str
    tokens: list[Token]
    agents: list[Agent]
    place: _Place

    def finding(
        self,
        rule: str,
        category: str,
        severity: Severity,
        start: int,
        end: int,
        wording: rewriting.Wording,
        suggestion: str = "",
    ) -> LanguageFinding:
        first = self.span[0]
        return LanguageFinding(
            rule=rule, category=category, severity=severity, start=first + start, end=first + end,
            sentence=self.text[first : self.span[1]], sentence_start=first, message=wording.message,
            question=wording.question, suggestion=suggestion or wording.suggestion,
        )  # fmt: skip


def _accused(read: _Read, fault: Fault) -> LanguageFinding:
    tokens, agent = read.tokens, fault.agent
    first, last = min(agent.first, fault.verb), max(agent.last, fault.last)
    last = min(last, len(tokens) - 1)
    start, end = tokens[first].start, tokens[last].end
    if agent.who in (Who.SELF, Who.WE):
        return read.finding("LS", "SELF", Severity.NUDGE, start, end, rewriting.own(tokens, fault))
    named = agent.who is Who.NAMED
    severity = Severity.GATE if read.place.causes or named else Severity.NUDGE
    original = read.text[read.span[0] : read.span[1]]
    suggestion = rewriting.of_system(original, tokens, fault)
    return read.finding("L1", "PERSON", severity, start, end, rewriting.PERSON[fault.manner], suggestion)

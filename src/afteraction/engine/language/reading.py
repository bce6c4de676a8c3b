"""One sentence read by all rules, and which of what they say is kept.

Knows which remark of two about the same words helps more. Refuses to know the text around: a place in it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from afteraction.engine.language import likeness
from afteraction.engine.language.blaming.accusing import accusation_in
from afteraction.engine.language.blaming.asking import asks_for_somebody
from afteraction.engine.language.blaming.faults import Fault
from afteraction.engine.language.glancing import words_in
from afteraction.engine.language.human.error import human_error_in
from afteraction.engine.language.other_past.counterfactual import Past, missed_in
from afteraction.engine.language.people.agents import Who
from afteraction.engine.language.remarks import Remark
from afteraction.engine.language.rewording import restating, rewriting
from afteraction.engine.language.rewording.restated_people import without_anybody
from afteraction.engine.language.rewording.rewrites import REWRITTEN, rewrite_of
from afteraction.engine.language.rewording.sayable import filled
from afteraction.engine.language.rule import Severity
from afteraction.engine.language.telling.hindsight import is_marked
from afteraction.engine.language.telling.manner import Said, Sentence, residue_of, told_in
from afteraction.engine.language.texts.masking import mask
from afteraction.engine.language.triggers import ABOUT_PEOPLE, ACCUSING, ASKING, EXPLAINING, MISSING, triggers_of
from afteraction.engine.language.words.pack import Pack

_CLOSING = " \"”’')*_"
_ACCUSING = frozenset({"L1", "L4", "LS"})
# What says less than another remark on the same sentence: a rule, and what it gives way to.
_GIVES_WAY = {
    "L2g": frozenset({"L3"}),
    "L5": _ACCUSING,
    "L6": _ACCUSING,
    "L7": _ACCUSING,
    "LA": _ACCUSING | {"L3"},
    "LI": frozenset({"L1", "L4"}),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: the field, whether among causes, whether it is a heading, whether the graph of causes
    has several contributors, and whether words are weighed where no rule finds anybody."""

    field: str
    causes: bool = False
    heading: bool = False
    several: bool = False
    weighing: bool = False


def remarks_on(
    text: str, masked: str, said: Said, place: Place, known: frozenset[str], pack: Pack, families: int
) -> Sequence[Remark]:
    """What the rules say of one sentence, given as written and masked, in the order of their places, each with a
    sentence in its place where one keeps all that it tells and draws no remark that is as loud. Of the rules the
    `families` alone are asked that may find something."""
    return _remarks_on(_Asked(text, masked, place, known, pack, families, said))


@dataclass(slots=True, unsafe_hash=True)
class _Asked:
    """A sentence to be read; its words follow from it."""

    text: str
    masked: str
    place: Place
    known: frozenset[str]
    pack: Pack
    families: int
    said: Said = field(compare=False)


# Whoever writes has the same sentences read again after each pause.
@lru_cache(maxsize=1024)
def _remarks_on(asked: _Asked) -> tuple[Remark, ...]:
    place = asked.place
    sentence = Sentence(
        asked.text, asked.masked, asked.said, place.field, place.causes, place.several, asked.known, asked.pack,
        asked.families,
    )  # fmt: skip
    remarks = _said_of(sentence, place)
    others = {each.rule for each in remarks}
    told = [_with_rewrite(each, sentence, place, others) for each in remarks]
    alike = _alike(sentence, place) if others.isdisjoint(_ACCOUNTS) else None
    return tuple(sorted([*told, alike], key=lambda each: (each.start, each.end)) if alike else told)


# Whoever is found by one of these rules is not looked for by likeness as well.
_ACCOUNTS = frozenset({*likeness.RULES.values(), "LS", "L9", "LT"})


def _alike(sentence: Sentence, place: Place) -> Remark | None:
    """The note on a sentence of prose in which no rule found anybody, and which is like those in which one does."""
    if (
        not place.weighing
        or place.heading
        or place.field not in ("prose", "cause")
        or sentence.text.rstrip(_CLOSING).endswith("?")
    ):
        return None
    alike = likeness.likeness_of(sentence.tokens, sentence.agents)
    if alike is None:
        return None
    words = alike.words or sentence.tokens
    return Remark(
        likeness.RULES[alike.category], alike.category, Severity.NOTE, words[0].start, words[-1].end,
        rewriting.alike(alike.category, [each.text for each in alike.words]), by_likeness=True,
    )  # fmt: skip


def forget_sentences() -> None:
    """Forgets sentences that were read before."""
    _remarks_on.cache_clear()


def _with_rewrite(remark: Remark, sentence: Sentence, place: Place, others: set[str]) -> Remark:
    if remark.rule not in REWRITTEN:
        return remark
    may_stay = _MAY_STAY | (others - {remark.rule})

    def is_quiet(anew: str) -> bool:
        read = mask(filled(anew))
        said = words_in(read)
        known, pack = sentence.known, sentence.pack
        families = triggers_of(pack).families(read, said) | (ACCUSING if known else 0)
        again = Sentence(filled(anew), read, said, place.field, place.causes, place.several, known, pack, families)
        return all(each.severity is Severity.NOTE and each.rule in may_stay for each in _said_of(again, place))

    return replace(remark, suggestion=rewrite_of(remark, sentence, is_quiet))


# A missed catch stays one: it is said as what was, and still belongs in the gate matrix.
_MAY_STAY = frozenset({"L2g", "L6", "LT"})


def _said_of(sentence: Sentence, place: Place) -> list[Remark]:
    masked, said, pack = sentence.text, sentence.said, sentence.pack
    if place.field in _ALL_READ or place.causes:
        sentence.families |= ABOUT_PEOPLE
    families = sentence.families
    left = residue_of(masked, said, families) if place.field != "question" and not place.heading else None
    if left is not None:
        return [left]
    is_question = place.field == "question" or masked.rstrip(_CLOSING).endswith(("?", "؟", "？"))
    remarks = list(_of_pack(masked, place, pack)) if pack.phrases else []
    if families & ASKING or (is_question and families & ABOUT_PEOPLE):
        asked = asks_for_somebody(sentence.tokens, sentence.agents, pack, is_question=is_question)
        if asked is not None:
            start, end = sentence.tokens[asked[0]].start, sentence.tokens[asked[1]].end
            return [Remark("L9", "WHO_WHY", Severity.NUDGE, start, end, rewriting.ASKED)]
    if families & ABOUT_PEOPLE and not is_question:
        remarks += _accusations(_Read(sentence, place))
    if not is_question and not place.heading and place.field != "heading":
        remarks += told_in(sentence)
    if any(each.rule == "L3" and is_marked(masked[each.start : each.end]) for each in remarks):
        # "In hindsight I should have …" is one thing, and the question about what was visible helps more.
        remarks = [each for each in remarks if each.wording is not rewriting.OWN_COUNTERFACTUAL]
    return _kept(remarks)


_ALL_READ = ("cause", "question")


def remarks_of_pack(masked: str, place: Place, pack: Pack) -> list[Remark]:
    """What a pack of phrases alone says of a sentence in its language."""
    return _kept(list(_of_pack(masked, place, pack)))


def _kept(remarks: list[Remark]) -> list[Remark]:
    """Those that say more than the others, one of each rule, in the order of their places."""
    rules = {each.rule for each in remarks}
    kept: dict[str, Remark] = {}
    for each in remarks:
        if _GIVES_WAY.get(each.rule, frozenset()).isdisjoint(rules):
            kept.setdefault(each.rule, each)
    return sorted(kept.values(), key=lambda each: (each.start, each.end))


def _of_pack(masked: str, place: Place, pack: Pack) -> Iterator[Remark]:
    """What the phrases of a pack find."""
    for phrase in pack.phrases:
        found = phrase.pattern.search(masked)
        if found is None or (phrase.unless is not None and phrase.unless.search(masked)):
            continue
        severity = Severity(phrase.severity)
        if severity is Severity.GATE and not place.causes:
            severity = Severity.NUDGE
        wording = rewriting.Wording(phrase.message, phrase.question, phrase.suggestion)
        yield Remark(phrase.rule, phrase.rule, severity, found.start(), found.end(), wording)


@dataclass(frozen=True, slots=True)
class _Read:
    sentence: Sentence
    place: Place


def _accusations(read: _Read) -> Iterator[Remark]:
    sentence, families = read.sentence, read.sentence.families
    human = human_error_in(sentence.tokens, sentence.text, sentence.pack) if families & EXPLAINING else None
    fault = None
    if families & ACCUSING:
        fault = accusation_in(sentence.tokens, sentence.agents, sentence.pack, cause=read.place.field == "cause")
    if (
        human is not None
        and fault is not None
        and sentence.tokens[fault.verb].start == human[0]
        and fault.verb > fault.agent.last
    ):
        # "someone fat-fingered it" says who: it is no explanation in general.
        human = None
    if human is not None:
        own = any(token.word in ("mine", "my", "me", "i") for token in sentence.tokens)
        severity = Severity.GATE if read.place.causes and not own else Severity.NUDGE
        yield Remark("L4", "HUMAN_ERROR", severity, *human, rewriting.HUMAN_ERROR)
    if fault is not None and not (human and fault.agent.who not in (Who.SELF, Who.WE)):
        yield _accused(read, fault)
    if families & MISSING and not read.place.heading:
        yield from _missed(read, fault)


def _missed(read: _Read, fault: Fault | None) -> Iterator[Remark]:
    """What was not done, or could have caught it."""
    missed = missed_in(read.sentence.tokens, read.sentence.agents)
    if missed is None:
        return
    start, end = read.sentence.tokens[missed.first].start, read.sentence.tokens[missed.last].end
    if missed.kind is Past.CATCH:
        if fault is not None and fault.agent.who not in (Who.SELF, Who.WE):
            # What somebody is accused of says more than the gate beside it.
            return
        yield Remark("L2g", "GATE", Severity.NOTE, start, end, rewriting.MISSED_CATCH)
    elif missed.kind is Past.DECISION:
        yield Remark("L2", "COUNTERFACTUAL", Severity.NUDGE, start, end, rewriting.COUNTERFACTUAL)
    elif fault is None:
        yield Remark("LS", "SELF", Severity.NUDGE, start, end, rewriting.OWN_COUNTERFACTUAL)


def _accused(read: _Read, fault: Fault) -> Remark:
    tokens, agent = read.sentence.tokens, fault.agent
    first, last = min(agent.first, fault.verb), max(agent.last, fault.last)
    last = min(last, len(tokens) - 1)
    start, end = tokens[first].start, tokens[last].end
    if agent.who in (Who.SELF, Who.WE):
        written = read.sentence.written
        anew = restating.of_system(written, tokens, fault) or without_anybody(written, tokens, fault)
        return Remark("LS", "SELF", Severity.NUDGE, start, end, rewriting.own(tokens, fault), anew)
    severity = Severity.GATE if read.place.causes or agent.who is Who.NAMED else Severity.NUDGE
    written = read.sentence.written
    anew = restating.of_system(written, tokens, fault) or without_anybody(written, tokens, fault)
    return Remark("L1", "PERSON", severity, start, end, rewriting.about_person(tokens, fault), anew)


def as_written(remark: Remark, category: str, wording: rewriting.Wording) -> Remark:
    """The remark of a phrase under the category of its rule, with the rule's words where the phrase has none."""
    own = remark.wording
    said = rewriting.Wording(own.message or wording.message, own.question or wording.question, own.suggestion)
    return replace(remark, category=category, wording=said)

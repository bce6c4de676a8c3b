"""The sentence that could stand in place of one with a finding: said of what happened, or none.

Knows which room writes for which rule, and what such a sentence has to hold: every fact, and silence under the rules
it comes from. Refuses to offer one that fails either.
"""

from __future__ import annotations

from collections.abc import Callable

from afteraction.engine.language.other_past.counterfactual import Past, missed_in
from afteraction.engine.language.people.agents import Agent, Token, Who, agents_in, tokens_of
from afteraction.engine.language.remarks import Remark
from afteraction.engine.language.rewording import restated_past, restated_words
from afteraction.engine.language.rewording.asked_anew import asked_of_the_system
from afteraction.engine.language.rewording.sayable import ended, keeps_facts
from afteraction.engine.language.telling.manner import Sentence
from afteraction.engine.language.texts.masking import mask

# Of these rules a finding is rewritten; INFERENCE brings its own neutral line, RESIDUE asks for what is not there.
REWRITTEN = frozenset({"L1", "L2", "L2g", "L3", "L4", "L5", "L6", "L7", "L8", "L9", "LA", "LO", "LP", "LS"})
_LONGEST = 400


def rewrite_of(remark: Remark, sentence: Sentence, is_quiet: Callable[[str], bool]) -> str:
    """A sentence in place of the one that a remark is about, "" where none keeps what it tells. `is_quiet` reads a
    sentence by the rules and the place of this one."""
    written = sentence.written
    if len(written) > _LONGEST or "\n" in written.strip():
        return ""
    anew = ended(remark.suggestion or _written_anew(remark, sentence))
    if not anew or anew.casefold().rstrip(".") == written.strip().casefold().rstrip("."):
        return ""
    if remark.rule == "L9":
        anew = anew.rstrip(".") if anew.endswith("?.") else anew
    left_out = [_place(each, sentence.tokens) for each in sentence.agents if _may_go(each)]
    if remark.rule == "LP":
        left_out = [(remark.start, remark.end)]
    return anew if keeps_facts(written, anew, left_out) and is_quiet(anew) else ""


def _may_go(agent: Agent) -> bool:
    return agent.who is not Who.PERHAPS


def _place(agent: Agent, tokens: list[Token]) -> tuple[int, int]:
    return tokens[agent.first].start, tokens[agent.last].end


def _written_anew(remark: Remark, sentence: Sentence) -> str:
    written, tokens, agents = sentence.written, sentence.tokens, sentence.agents
    start, end = remark.start, remark.end
    match remark.rule:
        case "L2" | "L2g" | "LS":
            return restated_past.as_it_was(written, tokens, agents, start, catch=remark.rule == "L2g")
        case "L3":
            return restated_words.as_seen_then(written) or _past_without_ease(sentence)
        case "L4":
            return restated_words.without_human_error(written, start, end, tokens, agents)
        case "L5":
            return restated_words.with_a_measure(written, start, end)
        case "L6":
            return restated_words.with_the_other_causes(written)
        case "L7":
            return restated_words.with_the_path(written, start, end)
        case "L8":
            return restated_words.with_numbers(written)
        case "L9":
            return asked_of_the_system(written, tokens, agents)
        case "LA":
            return restated_words.in_a_quiet_voice(written)
        case "LO":
            return restated_words.without_outage(written)
        case "LP":
            return restated_words.with_a_role(written, start, end)
    return ""


def _past_without_ease(sentence: Sentence) -> str:
    """ "It could easily have been caught": what is left of it once that is gone, as the past that was."""
    left = restated_words.without_easily(sentence.written)
    tokens = tokens_of(mask(left))
    agents = agents_in(tokens, sentence.pack, sentence.known)
    missed = missed_in(tokens, agents)
    if missed is None:
        return ""
    return restated_past.as_it_was(left, tokens, agents, tokens[missed.first].start, catch=missed.kind is Past.CATCH)

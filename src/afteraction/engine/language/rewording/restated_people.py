"""An accusation said of what was done, what was left undone and what was easy to miss, with nobody in it.

Knows a handful of shapes: "did not check the lag", "misread the graph", "was introduced by …", "somebody's decision
to …". Refuses every other, and whatever would lose what somebody said.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.faults import Fault
from afteraction.engine.language.people.agents import Token
from afteraction.engine.language.rewording.inflecting import base_of, is_many, participle_of, was
from afteraction.engine.language.rewording.objects_said import SOMEBODY, alone, leads, split_object
from afteraction.engine.language.rewording.sayable import DONE, LET, SENSIBLE
from afteraction.engine.language.words.pack import listed

_ADVERBS = listed("""
    also then just simply again even still clearly apparently unfortunately accidentally mistakenly wrongly knowingly
    deliberately nevertheless evidently actually really both all ever once inadvertently unintentionally initially carelessly
    hastily blindly unknowingly finally completely totally
""")
_UNDONE = listed("""
    check test verify validate notice read review confirm update tell inform notify communicate ask measure rehearse
    document escalate coordinate follow renew drain rotate add remove include consider announce run acknowledge inspect
    compare cover handle monitor watch report rename back save restore report tested checked
    finish complete disable enable close reset record record respond look
""")
_MISSED = listed("miss overlook notice see realise realize spot recognise recognize catch")
_EASY = {
    "misread": "misread", "misunderstood": "misunderstand", "misjudged": "misjudge", "underestimated": "underestimate", "overestimated": "overestimate",
    "overlooked": "overlook", "missed": "miss", "confused": "confuse", "mistook": "mistake", "mistaken": "mistake", "misinterpreted": "misinterpret",
    "misdiagnosed": "misdiagnose", "mixed up": "mix up", "misheard": "mishear", "misplaced": "misplace", "misconfigured": "misconfigure", "mistyped": "mistype",
    "forgot": "forget", "forgotten": "forget",
}  # fmt: skip
_UNANSWERED = listed("ignored disregarded dismissed")
# What somebody owns that says nothing against them by itself.
_NEUTRAL = listed("""
    commit change decision deploy deployment restart rollback migration patch push merge edit script choice clean-up cleanup
    release fix upgrade update configuration query test refactoring refusal habit insistence actions action shortcut handover
""")
_BLAMING = listed("""
    mistake mistakes error errors oversight oversights negligence carelessness typo slip sloppiness inattention incompetence
    misconfiguration blunder
""")
_AFTER_OWNED = re.compile(r"(?:$|[,.;:]| (?:in|on|to|of|at|with|was|were|caused|led|broke|brought|took|made|is|are|had|meant|prolonged|left|let|emptied|crashed|wiped|exposed|delayed|finally|that|which|corrupted|from|by|during|cost|ran)\b)")  # fmt: skip
_BY = re.compile(r"\b(?:was|were|been|got|is|being) (?:\w+ ){0,2}?(?P<done>\w+)(?: [\w-]+){0,2}? by $", re.IGNORECASE)
_AFTER_BY = re.compile(r"(?:$|[.,;]|\s(?:in|on|at|to|during|before|after|without|while|with|from|for|as)\b)")
_DOES = listed("was were is are and but so because since when who")


def without_anybody(sentence: str, tokens: list[Token], fault: Fault) -> str:
    """The sentence with what was done in place of who did it, "" where it has none of these shapes."""
    agent = fault.agent
    lead = sentence[: tokens[agent.first].start]
    if agent.owns:
        return _owned(sentence, tokens, fault)
    if tokens[agent.first - 1].word == "by" and agent.first > 1:
        return _done_by(sentence, tokens, fault)
    if not leads(lead):
        return ""
    at, undone = agent.last + 1, False
    had = False
    while at < len(tokens) and (tokens[at].word in _ADVERBS or tokens[at].word in _AUXILIARIES):
        undone |= tokens[at].word in _NOT
        had |= tokens[at].word in ("had", "has", "hadn't", "hasn't")
        at += 1
    if at >= len(tokens):
        return ""
    verb, rest = tokens[at].word, sentence[tokens[at].end :].strip().rstrip(".! ")
    if undone and verb == "bother" and rest.startswith("to ") and " " in rest[3:]:
        verb, rest = rest[3:].split(" ", 1)
    if SOMEBODY.search(rest):
        return ""
    said = _not_done(verb, rest, had) if undone else _was_easy(verb, rest) or _unanswered(verb, rest)
    return lead + alone(lead, said) if said else ""


_NOT = listed("not never didn't hadn't hasn't don't")
_AUXILIARIES = _NOT | listed("did had has have")


def _not_done(verb: str, rest: str, had: bool) -> str:
    """ "did not check the lag" -> "the lag was not checked, and nothing in the process asked for it"."""
    base = base_of(verb) if had else verb
    if base in _MISSED:
        found = split_object(rest)
        return f"nothing made {found[0]} stand out{found[1]}" if found else ""
    if base not in _UNDONE:
        return ""
    if base in ("read", "follow", "run") and not rest:
        return ""
    found = split_object(rest)
    if found is not None:
        what, where = found
        return f"{what} {was(what)} not {participle_of(base)}{where}, and nothing in the process asked for it"
    if base in ("check", "verify", "confirm", "ask", "test", "look", "respond") and re.match(r"(?:whether|if|that|which|on|for|at|with|in|to) ", rest):  # fmt: skip
        return f"nothing in the process asked anybody to {base} {rest}"
    return ""


def _was_easy(verb: str, rest: str) -> str:
    """ "misread the graph" -> "the graph was easy to misread"."""
    if verb == "mixed" and rest.startswith("up "):
        verb, rest = "mixed up", rest[3:]
    easy = _EASY.get(verb)
    found = split_object(rest) if easy else None
    if easy is None or found is None or re.search(r"\band\b", found[1]):
        return ""
    what, where = found
    if what.split(" ", 1)[0] in ("a", "an"):
        return ""
    what = re.sub(r"^(the|this|an?) obvious ", r"\1 ", what)
    return f"{what} {was(what)} easy to {easy}{where}"


def _unanswered(verb: str, rest: str) -> str:
    """ "ignored the first two pages" -> "the first two pages went unanswered, and nothing escalated them"."""
    if verb == "slept" and rest.startswith("through "):
        rest = rest.removeprefix("through ")
    elif verb not in _UNANSWERED:
        return ""
    found = split_object(rest)
    if found is None or re.search(r"\b(?:and|by)\b", found[1]) or re.search(r"\b(?:risk|window|procedure|fact|plan|policy|requests?)\b", found[0]):  # fmt: skip
        return ""
    what, where = found
    return f"{what} went unanswered{where}, and nothing escalated {'them' if is_many(what) else 'it'}"


def _done_by(sentence: str, tokens: list[Token], fault: Fault) -> str:
    """ "was introduced by Ana in the refactoring" -> "was introduced in the refactoring, and [what let it through]"."""
    first, last = tokens[fault.agent.first - 1].start, tokens[fault.agent.last].end
    before, after = sentence[: tokens[fault.agent.first].start], sentence[last:]
    done = _BY.search(before)
    if not done or "root cause" in before.lower():
        return ""
    relative = re.match(r" who (?:had )?(?P<verb>\w+) (?P<rest>[^,;]+?)\W*$", after)
    if relative is not None and done["done"] in ("caused", "triggered", "broken"):
        found = split_object(relative["rest"])
        if found is None or SOMEBODY.search(relative["rest"]) or not (relative["verb"].endswith("ed") or participle_of(relative["verb"]) != relative["verb"] + "ed"):  # fmt: skip
            return ""
        return f"{before}{found[0]} being {participle_of(relative['verb'])}{found[1]}, and nothing stopped it"
    if (
        not _AFTER_BY.match(after)
        or SOMEBODY.search(after)
        or done["done"] in ("caused", "triggered", "broken", "made")
    ):
        return ""
    said = f"{sentence[:first].rstrip()}{after}".rstrip(".! ")
    if not base_of(done["done"]):
        return ""
    if done["done"] in ("dismissed", "missed", "ignored", "overlooked", "forgotten", "skipped"):
        return f"{said}; {LET}" if re.match(r" (?:to|because|as|since)\b", after) else f"{said}, because {SENSIBLE}"
    return f"{said}, and nothing stopped it" if "without" in after else f"{said}; {LET}"


def _owned(sentence: str, tokens: list[Token], fault: Fault) -> str:
    """ "Priya's decision to skip it" -> "The decision to skip it"; "Sunita's oversight" -> "[what was done, …]"."""
    first, last = tokens[fault.agent.first].start, tokens[fault.agent.last].end
    at = fault.agent.last + 1
    while at < len(tokens) and tokens[at].word in ("careless", "hasty", "poor", "sloppy", "stupid", "slow", "wrong", "lazy", "reckless", "unreviewed", "own"):  # fmt: skip
        at += 1
    if at >= len(tokens) or at > fault.agent.last + 2:
        return ""
    noun, after = tokens[at].word, sentence[tokens[at].end :]
    lead = sentence[:first]
    if lead.strip() and not re.search(r"\b(?:by|of|to|from|because|due|that|with|was)\s$|[,:]\s$", lead):
        return ""
    if "unreviewed" in (tokens[at - 1].word,):
        noun = f"unreviewed {noun}"
    if not _AFTER_OWNED.match(after) or re.search(r"\b(?:he|she|his|her|him|who|to blame|at fault)\b", after):
        return ""
    if noun.split()[-1] in _NEUTRAL:
        det = "the" if re.match(r" (?:to|of)\b", after) or noun.endswith("s") else _a(noun)
        return f"{lead}{det} {noun}{after.rstrip('.! ')}; {LET}" if last else ""
    return f"{lead}{DONE}{after}" if noun in _BLAMING and not re.match(r" (?:to|of)\b", after) else ""


def _a(noun: str) -> str:
    return "an" if (noun[0] in "aeiou" and not noun.startswith("un")) or noun.startswith("unr") else "a"

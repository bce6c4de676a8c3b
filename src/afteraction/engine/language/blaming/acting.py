"""What somebody did in a sentence: the verbs of which they are the subject or the agent of a passive, over any phrase
between.

Knows how a clause is built. Refuses to judge what was done: `lapses` does.
"""

# Word lists are kept in one piece each: they read better than cut to a width.
# Word lists are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.words.pack import listed

_STOPS = listed(". ; : ! ? | — –")
_NEW_CLAUSE = listed("which because although though when while if unless since as whereas until so what how why where")
_NO_PAST = listed("""
    need feed speed seed embed red bed indeed exceed proceed succeed shed wed led-light hundred kindred sacred naked
    wicked rugged unattended based related dedicated so-called aforementioned united limited advanced
""")
_IRREGULAR = listed("""
    had ran set put left made sent began took brought shut cut hit did gave wrote undid went kept built drew chose drove
    held spent sold broke lost let got forgot overrode overrule overruled overwrote fell felt said told knew thought
    mistook misread read dug tore threw swung stuck wound paid bought caught taught bent lent dealt led fed met sat
    stood slept swept crept wept swore wore bore shot lit burnt learnt spilt spoilt typed hid bit rode rose spoke stole
    woke froze flew blew grew drank sang sank rang swam became came saw found heard understood misunderstood sought
    fought withheld withdrew overslept oversaw undercut reset input beat bet quit split spread slid slung dropped wiped
    mis-set mis-read misspoke misspelt mislaid misled forgave forewent forwent outdid overdid overcame overtook redid
    rewrote rebuilt remade reran reread resent
""")
_AROUND_SUBJECT = listed("""
    from on of in at with for behind under within inside working responsible assigned tasked trying attempting who
    that whose , ( during after before involved running using performing creating deploying making writing reviewing
    handling doing following executing applying updating covering operating supervising leading managing in-charge
    last next first here there called named new on-call on-duty himself herself themselves alone
""")
_OTHERS = listed("i we it they you there this")
_PREPOSITIONS_TO_SUBJECT = listed(
    "after before that because since as than when until once and but while where or whereas though although so"
)
_PARTICIPLES = listed(
    "done run given taken seen written gone known been begun broken chosen shown come become forgotten hidden thrown drawn driven fallen eaten stolen worn torn grown blown overwritten undone mistaken withdrawn"
)
_SEEN = listed(
    "show shows showed shown see saw seen had caught found find observed watched heard reveal revealed reveals"
)


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did: the token of the verb, the token where its group begins, and how it is said. `by` is True
    where somebody stands behind a passive; `negated` where it was not done."""

    verb: int
    start: int
    negated: bool = False
    perfect_now: bool = False
    be: bool = False
    modal: bool = False
    by: bool = False
    going: bool = False


def is_past(word: str) -> bool:
    """Whether a word may be a verb of the past."""
    if word in _IRREGULAR:
        return True
    return len(word) > 3 and word.endswith("ed") and word not in _NO_PAST


def acts_of(clause: Clause, agent: Agent) -> Iterator[Act]:
    """What the agent did, in the order of the words."""
    words = clause.words
    lead = words[agent.first - 1] if agent.first else ""
    if lead == "by":
        act = _passive(clause, agent)
        if act is not None:
            yield act
        at = agent.last + 1
        if words[at : at + 1] and words[at] in ("in", "at", "from", "on"):
            # "by the operator in Łódź, who took …".
            at = next((place for place in range(at + 1, min(at + 5, len(words))) if words[place] in (",", "who")), at)
        if words[at : at + 1] == ["who"] or words[at : at + 2] == [",", "who"]:
            yield from _from(clause, at + 1 + (words[at] == ","))
        return
    if not _is_subject(clause, agent):
        at = agent.last + 1
        if words[at : at + 1] == ["who"] and not agent.owns:
            yield from _from(clause, at + 1)
        return
    yield from _from(
        clause,
        agent.last + 1,
        whoever=words[agent.last] == "whoever",
        seen=lead in _SEEN or words[max(0, agent.first - 2) : agent.first] == ["resulted", "in"],
    )


def _is_subject(clause: Clause, agent: Agent) -> bool:
    words = clause.words
    if not agent.first or agent.owns:
        return not agent.owns
    lead = words[agent.first - 1]
    if lead in clause.pack["prepositions"] and lead not in _PREPOSITIONS_TO_SUBJECT:
        return False
    return lead not in (
        "if",
        "unless",
        "let",
        "lets",
        "help",
        "helps",
        "make",
        "makes",
        "allow",
        "allowed",
        "no",
        "not",
        "to",
        "lest",
        "should",
        "asked",
        "told",
        "paged",
        "called",
    )


def _passive(clause: Clause, agent: Agent) -> Act | None:
    words, pack = clause.words, clause.pack
    for place in range(agent.first - 2, max(-1, agent.first - 8), -1):
        if is_past(words[place]) or words[place] in (
            "done",
            "made",
            "given",
            "taken",
            "begun",
            "written",
            "broken",
            "run",
            "shut",
        ):
            start = clause.back(place)
            if place < agent.first - 2 and pack["be"].isdisjoint(words[max(0, place - 4) : place]):
                return None
            around = words[start:place]
            negated = not pack["negations"].isdisjoint(around)
            modal = not (pack["modals"] - {"to"}).isdisjoint(words[max(0, place - 5) : place])
            if words[place] in ("unnoticed", "undetected", "unaffected", "used", "owned", "followed", "caused"):
                return None
            return Act(place, start, negated=negated, modal=modal, by=True)
        if words[place] in _STOPS:
            break
    return None


def _from(clause: Clause, at: int, *, whoever: bool = False, seen: bool = False) -> Iterator[Act]:
    """The acts told from a token behind a subject on."""
    words, pack = clause.words, clause.pack
    if at >= len(words):
        return
    if seen and words[at].endswith("ing"):
        yield Act(at, at)
        return
    if (
        words[at] in ("each", "all", "themselves", "himself", "herself", "alone")
        and at + 1 < len(words)
        and _is_verb(clause, at + 1)
    ):
        at += 1
    if words[at] in ("and", "&", "or", "nor", "both"):
        # "Vasquez and Lindqvist both assumed …".
        for place in range(at + 1, min(at + 6, len(words))):
            if _is_verb(clause, place):
                act = _act(clause, place)
                if act is not None:
                    yield act
                return
            if words[place] in _STOPS:
                return
        return
    if _is_verb(clause, at):
        act = _act(clause, at)
        if act is None:
            return
        yield act
        if whoever:
            yield from _second(clause, act.verb)
        return
    if words[at] not in _AROUND_SUBJECT and not words[at].endswith("ing") and not _is_name(clause, at):
        return
    relative = words[at] in ("who", "that") or words[at : at + 2] == [",", "who"]
    place = at + 1
    while place < min(at + 18, len(words)):
        word = words[place]
        stops = word in _STOPS and not (word == "." and len(words[place - 1]) == 1)
        if stops or (word in _NEW_CLAUSE and place > at + 1 and word != "as") or (word in _OTHERS and not relative):
            return
        if _is_verb(clause, place) and (
            word in pack["be"] or words[place - 1] not in pack["determiners"] | pack["prepositions"]
        ):
            act = _act(clause, place)
            if act is None:
                return
            yield act
            if relative:
                yield from _second(clause, act.verb)
            return
        place += 1


def _is_name(clause: Clause, at: int) -> bool:
    """ "Compliance officer Ortiz let …"."""
    return clause.tokens[at].text[:1].isupper() and at + 1 < len(clause.words)


def _second(clause: Clause, verb: int) -> Iterator[Act]:
    """The verb of the sentence behind that of a relative clause: "the person who set it up routed …"."""
    words, pack = clause.words, clause.pack
    for place in range(verb + 2, min(verb + 14, len(words))):
        if words[place] in _STOPS or words[place] in _NEW_CLAUSE:
            return
        if _is_verb(clause, place) and words[place - 1] not in pack["determiners"] | pack["prepositions"] | {
            "and",
            ",",
        }:
            act = _act(clause, place)
            if act is not None:
                yield act
            return


def _is_verb(clause: Clause, place: int) -> bool:
    pack, word = clause.pack, clause.words[place]
    if word in pack["be"] or word in pack["have"] or word in pack["negations"] or word in pack["modals"] - {"to", "if"}:
        return True
    if word == "did" or is_past(word):
        return True
    adverb = word in pack["adverbs"] or (word.endswith("ly") and len(word) > 4) or word in pack["careless adverbs"]
    return adverb and place + 1 < len(clause.words) and _is_verb(clause, place + 1)


def _act(clause: Clause, start: int) -> Act | None:
    """The verb group that begins at a token."""
    words, pack = clause.words, clause.pack
    negated = be = modal = have = did = False
    for place in range(start, min(start + 8, len(words))):
        word = words[place]
        if word in pack["modals"] and word not in ("to", "if"):
            modal = True
            negated |= word.endswith("n't")
        elif word in pack["negations"]:
            negated = True
            be |= word in pack["be"]
            have |= word in pack["have"]
            did |= word == "didn't"
            if word in ("don't", "doesn't"):
                return None
        elif word in pack["be"]:
            be = True
        elif word in pack["have"] and _goes_on(clause, place + 1):
            have = True
        elif (
            word == "did"
            and not clause.is_object_next(place + 1)
            and words[place + 1] not in ("wrong", "bad", "poor", "sloppy", "incorrect", "nothing")
        ):
            did = True
        elif (
            word in pack["adverbs"]
            or (word.endswith("ly") and len(word) > 4)
            or (word in ("ever", "even", "at", "all") and negated)
        ):
            continue
        elif not word[0].isalpha() and word not in ("'", '"'):
            return None
        else:
            if not (did or modal or negated or be or is_past(word) or word in _PARTICIPLES):
                return None
            now = have and not {"has", "hasn't", "have", "haven't", "'ve"}.isdisjoint(words[start:place])
            return Act(place, start, negated=negated, perfect_now=now, be=be, modal=modal, going=have or did)
    return None


def _goes_on(clause: Clause, place: int) -> bool:
    """Whether "had" is followed by what makes it an auxiliary: "had not run", "had already been"; not "had access"."""
    pack, words = clause.pack, clause.words
    for ahead in range(place, min(place + 4, len(words))):
        word = words[ahead]
        if (
            word in pack["be"]
            or is_past(word)
            or word
            in (
                "done",
                "run",
                "given",
                "taken",
                "seen",
                "written",
                "gone",
                "known",
                "been",
                "begun",
                "broken",
                "chosen",
                "shown",
                "come",
                "become",
            )
        ):
            return True
        if not (word in pack["negations"] or word in pack["adverbs"] or word.endswith("ly")):
            return False
    return False


def may_lapse(agent: Agent) -> bool:
    """Whether somebody is meant of whom a lapse is told to others."""
    return agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN, Who.TEAM)

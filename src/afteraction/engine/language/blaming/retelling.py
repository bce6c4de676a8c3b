"""The same deed told plainly: "By restarting the node, the operator …" as "the operator restarted the node".

Knows the constructions in which a deed stands elsewhere than behind its doer: a gerund before or behind somebody, a
passive with "by", a participle, "with somebody having …", a second predicate, "the one who … was somebody". Refuses to
judge what is told: `accusing` asks the same judges as for a plain sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from afteraction.engine.language.blaming.clauses import CLAUSE_ENDS, Clause
from afteraction.engine.language.blaming.faults import Fault
from afteraction.engine.language.people.agents import Agent, Token, Who
from afteraction.engine.language.words.pack import listed
from afteraction.engine.language.words.verb_forms import past_of_gerund, past_of_participle

_BEFORE_GERUND = listed("by through in when while after upon on from")
# What stands before somebody whose gerund is told as a fact.
_TELLING_OF = listed("""
    of to by from with through after show shows showed shown caught saw seen involved meant involves reveals revealed
    and because follows followed was is
""")
_NOT_SO = listed("""
    prevent prevents preventing avoid avoids avoiding stop stops keep risk risks chance chances possibility likelihood
    without instead if against despite not never no could would might may should rather than before rules
    prevented avoided stopped kept help helps helping
""")
_NEW_SUBJECT = listed("""
    which that who whom because since although though while when if unless until whereas as so what how why whether
    it they we i he she there this you
""")
_BE = listed("was were got been being is are be")
_AUXILIARIES = _BE | listed("had has have having also then later again just simply mistakenly accidentally")
_PARTICLES = listed("through up off down out over loose into")
_UNDONE = listed("unnoticed undetected unaffected untouched unseen unused")
_CLAUSE_OPENERS = listed("that because since when after while although though and but which so as where until before")


@dataclass(frozen=True, slots=True)
class Retold:
    """A plain clause of which somebody is the first word, and for each of its words the place it came from."""

    clause: Clause
    agent: Agent
    places: tuple[int, ...]

    def as_written(self, fault: Fault, agent: Agent) -> Fault:
        """The fault at the places of the sentence."""
        last = len(self.places) - 1
        verb, end = self.places[min(fault.verb, last)], self.places[min(fault.last, last)]
        return Fault(agent, fault.manner, verb, max(verb, end) if verb > agent.last else verb)


def retold(clause: Clause, agent: Agent) -> Iterator[Retold]:
    """The deeds that a sentence tells of somebody in another way than as their verb."""
    if agent.who in (Who.THEY, Who.WE, Who.NOBODY, Who.PERHAPS) or agent.doubtful:
        return
    yield from _behind(clause, agent)
    if agent.owns:
        return
    yield from _fronted(clause, agent)
    yield from _passive(clause, agent)
    yield from _second(clause, agent)
    yield from _pointed(clause, agent)


def _told(clause: Clause, agent: Agent, verb: int, past: str, rest: list[int], *, had: int = -1) -> Retold:
    """The clause of somebody, a verb in the past and what goes with it."""
    tokens = clause.tokens
    who = list(range(agent.first, agent.last + 1))
    places = [*who, *([had, had] if had >= 0 else []), verb, *rest]
    said: list[Token] = []
    for at in who:
        token = tokens[at]
        said.append(token._replace(word=token.word.removesuffix("'s")) if agent.owns and at == agent.last else token)
    if had >= 0:
        said += [tokens[had]._replace(word="had"), tokens[had]._replace(word="not")]
    said.append(tokens[verb]._replace(word=past))
    said += [tokens[at] for at in rest]
    plain = replace(agent, first=0, last=agent.last - agent.first, owns=False)
    return Retold(Clause(said, clause.pack), plain, tuple(places))


def _behind(clause: Clause, agent: Agent) -> Iterator[Retold]:
    """ "the result of Ana restarting …", "with the DBA having dropped …", "Ana's skipping of the checks"."""
    words, at = clause.words, agent.last + 1
    if at < len(words) and words[at] == "'" and agent.owns:
        at += 1
    lead = words[max(0, agent.first - 7) : agent.first]
    if not _NOT_SO.isdisjoint(lead):
        return
    while at < len(words) and (words[at] in clause.pack["adverbs"] or words[at].endswith("ly")):
        at += 1
    if at + 1 >= len(words):
        return
    end = _end(words, at)
    if words[at] in ("having", "not"):
        denied = "not" in words[at : at + 2]
        verb = at + 1 + denied if "having" in words[at : at + 2] else at + 1
        past = past_of_participle(words[verb]) if verb < len(words) else ""
        past = past or (past_of_gerund(words[verb]) if verb < len(words) else "")
        if past:
            yield _told(clause, agent, verb, past, list(range(verb + 1, end)), had=at if denied else -1)
        return
    past = past_of_gerund(words[at])
    if not past:
        return
    following = words[at + 1]
    if agent.owns:
        if following == "of" or following in clause.pack["determiners"]:
            yield _told(clause, agent, at, past, list(range(at + 1 + (following == "of"), end)))
    elif (lead and lead[-1] in _TELLING_OF) or (agent.first == 0 and following in clause.pack["determiners"]):
        yield _told(clause, agent, at, past, list(range(at + 1, end)))


def _end(words: list[str], at: int) -> int:
    """Where what belongs to a verb ends."""
    return next((place for place in range(at, len(words)) if words[place] in CLAUSE_ENDS), len(words))


def _fronted(clause: Clause, agent: Agent) -> Iterator[Retold]:
    """ "By restarting the wrong node, the operator …", "Having skipped the checks, Ana …"."""
    words = clause.words
    if agent.first < 3 or words[agent.first - 1] != ",":
        return
    start = 0
    for place in range(agent.first - 2, -1, -1):
        if words[place] in CLAUSE_ENDS:
            start = place + 1
            break
    if words[start : start + 1] and words[start] in ("and", "but", "then", "so"):
        start += 1
    at = start + 1 if words[start] in _BEFORE_GERUND else start
    denied = words[at : at + 1] == ["not"]
    at += denied
    while at < agent.first and (words[at] in clause.pack["adverbs"] or words[at].endswith("ly")):
        at += 1
    if at >= agent.first - 1:
        return
    rest = list(range(at + 1, agent.first - 1))
    if words[at] == "having":
        past = past_of_participle(words[at + 1])
        rest = rest[1:]
        at += 1
    else:
        past = past_of_gerund(words[at])
    if past:
        yield _told(clause, agent, at, past, rest, had=at if denied else -1)


def _passive(clause: Clause, agent: Agent) -> Iterator[Retold]:
    """ "the node was restarted by Ana", "a flag set by the developer", "Left unattended by the guard, …"."""
    words = clause.words
    if agent.first < 2 or words[agent.first - 1] != "by":
        return
    by = agent.first - 1
    for verb in range(by - 1, max(-1, by - 9), -1):
        word = words[verb]
        if word in CLAUSE_ENDS or word in _NEW_SUBJECT or word in ("by", ","):
            return
        past = "" if word in _UNDONE else past_of_participle(word)
        if past and (verb == 0 or words[verb - 1] not in clause.pack["determiners"]):
            break
    else:
        return
    being = verb
    while being > 0 and (words[being - 1] in _AUXILIARIES or words[being - 1].endswith("ly")):
        being -= 1
    group = words[max(0, being - 3) : verb]
    if (
        not _NOT_SO.isdisjoint(group)
        or not clause.pack["negations"].isdisjoint(group)
        or "to" in group
        or "will" in group
    ):
        return
    what = [at for at in range(_start(words, being), being) if words[at] != "which"]
    aside = [at for at in range(being, verb) if words[at].endswith("ly")]
    rest = list(range(agent.last + 1, _end(words, agent.last)))
    behind = list(range(verb + 1, by))
    with_it = behind[:1] if behind and words[behind[0]] in _PARTICLES else []
    yield _told(clause, agent, verb, past, [*with_it, *what, *behind[len(with_it) :], *aside, *rest])


def _start(words: list[str], before: int) -> int:
    """Where the subject that ends at a place begins."""
    for place in range(before - 1, max(-1, before - 10), -1):
        if words[place] in CLAUSE_ENDS or words[place] == "," or words[place] in _CLAUSE_OPENERS:
            return place + 1
    return max(0, before - 10)


def _second(clause: Clause, agent: Agent) -> Iterator[Retold]:
    """ "Ana restarted the node and purged the queue": the second predicate as the first."""
    words, at = clause.words, agent.last + 1
    while at < len(words) and (words[at] in clause.pack["adverbs"] | {"had", "then"} or words[at].endswith("ly")):
        at += 1
    if at >= len(words) or not (clause.is_past(words[at]) or past_of_participle(words[at]) or words[at] == "was"):
        return
    for place in range(at + 1, _end(words, at) - 1):
        word = words[place]
        if word in _NEW_SUBJECT:
            return
        if word not in ("and", "but", "then", "or", "yet"):
            continue
        verb = place + 1
        while verb < len(words) - 1 and (
            words[verb] in ("then", "also", "just", "later", "had") or words[verb].endswith("ly")
        ):
            verb += 1
        if words[verb] not in _BE and (clause.is_past(words[verb]) or past_of_participle(words[verb])):
            past = words[verb] if clause.is_past(words[verb]) else past_of_participle(words[verb])
            yield _told(clause, agent, verb, past, list(range(verb + 1, _end(words, verb))))


def _pointed(clause: Clause, agent: Agent) -> Iterator[Retold]:
    """ "The one who dropped the table was Ana"."""
    words = clause.words
    if agent.first < 5 or words[agent.first - 1] not in ("was", "is", "were"):
        return
    if agent.last + 1 < len(words) and words[agent.last + 1] not in (".", ",", "!"):
        return
    who = next((at for at in range(agent.first - 2) if words[at] in ("who", "that")), -1)
    if who < 0 or who > 5:
        return
    past = words[who + 1] if clause.is_past(words[who + 1]) else past_of_participle(words[who + 1])
    if past:
        yield _told(clause, agent, who + 1, past, list(range(who + 2, agent.first - 1)))

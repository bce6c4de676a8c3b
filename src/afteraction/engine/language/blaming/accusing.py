"""Whom a sentence accuses, and in which words: one fault of somebody, others before oneself.

Knows the order in which people are looked at. Refuses to say how loud that is: `findings` does.
"""

from __future__ import annotations

from afteraction.engine.language.blaming import blame, causes, circumstances, deeds, omissions, predicates
from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.blaming.consequences import consequence_of
from afteraction.engine.language.blaming.faults import Fault
from afteraction.engine.language.blaming.lapses import lapse_of
from afteraction.engine.language.blaming.own_blame import own_blame
from afteraction.engine.language.blaming.retelling import retold
from afteraction.engine.language.blaming.signs import sign_of
from afteraction.engine.language.blaming.warranted import is_warranted
from afteraction.engine.language.people.agents import Agent, Token, Who
from afteraction.engine.language.words.pack import Pack, listed

_META = listed("blameless blamelessly blamelessness")


def accusation_in(tokens: list[Token], agents: list[Agent], pack: Pack, *, cause: bool) -> Fault | None:
    """What the sentence holds against somebody, or None. As a `cause` a person alone is one too."""
    if not _META.isdisjoint(token.word for token in tokens):
        return None
    clause = Clause(tokens, pack)
    own: Fault | None = None
    for agent in agents:
        if _is_writer(clause, agent):
            continue
        fault = (
            fault_of(clause, agent)
            or lapse_of(clause, agent)
            or sign_of(clause, agent)
            or _in_other_words(clause, agent)
            or consequence_of(clause, agent)
        )
        if fault is None or is_warranted(clause, fault):
            continue
        if agent.who not in (Who.SELF, Who.WE):
            return fault
        own = own or fault
    own = own or own_blame(clause, agents)
    if own is None:
        own = omissions.neglected_by_anybody(clause)
    if own is None and cause and agents:
        return blame.person_as_cause(clause, agents)
    return own


def _is_writer(clause: Clause, agent: Agent) -> bool:
    """ "As the analyst on call I misjudged it"."""
    words = clause.words
    after = next((word for word in words[agent.last + 1 : agent.last + 3] if word != ","), "")
    return agent.first > 0 and words[agent.first - 1] == "as" and after == "i"


def _in_other_words(clause: Clause, agent: Agent) -> Fault | None:
    """What is held against somebody in a deed that is told in another construction."""
    for told in retold(clause, agent):
        fault = (
            predicates.as_subject(told.clause, told.agent)
            or lapse_of(told.clause, told.agent)
            or sign_of(told.clause, told.agent)
            or consequence_of(told.clause, told.agent)
        )
        if fault is not None:
            return told.as_written(fault, agent)
    return None


def fault_of(clause: Clause, agent: Agent) -> Fault | None:
    """What the sentence says that the agent did wrong, or None."""
    if agent.who is Who.NOBODY:
        return omissions.left_undone(clause, agent)
    if agent.owns:
        return (
            blame.owned_fault(clause, agent) or deeds.owned_deed(clause, agent) or causes.named_as_cause(clause, agent)
        )
    return (
        predicates.as_subject(clause, agent)
        or blame.after_by(clause, agent)
        or blame.beside_noun(clause, agent)
        or blame.blamed(clause, agent)
        or deeds.deed_by(clause, agent)
        or predicates.in_relative(clause, agent)
        or circumstances.in_circumstances(clause, agent)
        or omissions.neglected_by(clause, agent)
        or causes.named_as_cause(clause, agent)
    )

"""What somebody did not do: "did not add a test", "never ran it on real data", "was not reviewed by its author".

Knows which verbs of people are no omission when denied. Refuses to mind what could not be done, and what the sentence
itself explains by the system.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.clauses import CLAUSE_ENDS, Clause, Group
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.words.pack import listed, pasts

# Doing these is owed; what is denied of other verbs tells how things were.
_OWED = listed("""
    add watch monitor answer pass drain renew run write back set rotate enable remove clean test complete finish record
    close lock take call page warn sign save keep provide attach include sanitise sanitize escape schedule plan prepare
    train raise report involve hand share copy rehearse patch upgrade label tag post reply assign appoint
    delegate maintain protect encrypt mask limit throttle request obtain mention double flag highlight log lint scan
    ping coordinate align agree own support question challenge study learn research design model specify list count
    re-enable reenable commit rebase bump increment regenerate order book pay reserve size budget sync
""")
_OWED_DONE = pasts(_OWED) | _OWED
_THEY_OWE = listed("""
    tell told inform informed test tested check checked ask asked verify verified bother bothered review reviewed
    notify notified warn warned communicate communicated read announce announced consult consulted
""")
_EXPLAINED = re.compile(
    r"\b(?:because|since|as (?:the|there|no|it|its)|given|due to|so that|in order|which was|who was)\b"
)
_CARED_FOR = re.compile(
    r"\b(?:test(?:ed)?|check(?:ed)?|verif(?:y|ied)|review(?:ed)?|validated?|follow(?:ed)?|read|consult(?:ed)?|updated?|renew(?:ed)?|monitor(?:ed)?|watch(?:ed)?|announced?|document(?:ed)?|communicated?|maintained|inspected|approved|rehearsed|exercised|run|completed|performed|carried out|done|considered|escalated|notified|informed|respected|observed|acted upon|questioned|backed up|configured)\b"
)
_NEGLECTED = re.compile(
    r"\b(?:was|were|had|has|been|being|is|are)(?:n't| not| never)(?: been)?(?: \w+ly| even| fully| correctly)? ([a-z-]+(?: (?:out|upon|up))?)(?: \w+ly)? by$"
)
_BY_ANYBODY = re.compile(
    r"\b(?:was|were|had|has|is|are)(?:n't| not| never)(?: been)?(?: \w+ly| even| ever)? ([a-z-]+)(?: \w+){0,2} by (?:anyone|anybody|any (?:of the |other )?(?:engineers?|developers?|reviewers?|team|person|operators?|members?))\b"
)
_DUTIES = pasts(
    listed(
        "check test verify review read validate monitor watch follow look update inform notify tell ask consult escalate renew inspect examine confirm own take question pay act do try raise report document speak rotate challenge remember communicate listen attend object stop"
    )
) | listed("noticed")
_NOTHING_OWED = re.compile(
    r"^(?:any |an |a )?(?:impact|effect|harm|difference|change|issues?|problems?|errors?|anything wrong|down|over (?:the|from))\b"
)
_VERIFYING = pasts(
    listed(
        "check test verify review read validate monitor watch follow update renew inspect examine own question escalate rotate challenge"
    )
) | {"looked", "took"}


def denied(clause: Clause, agent: Agent, group: Group) -> Fault | None:
    """ "did not drain the node", "never tested the restore": of others alone."""
    words, main = clause.words, group.main
    verb = words[main]
    if agent.who in (Who.SELF, Who.WE, Who.PERHAPS) or agent.doubtful or group.modal:
        return None
    never = words[main - 1] == "never"
    before = words[max(0, main - 4) : main]
    past = group.did and not {"do", "don't", "does", "doesn't"} & set(before)
    perfect = "had" in before or "hadn't" in before
    if not (past or perfect or never):
        return None
    if verb in ("have", "had") and words[main + 1 : main + 3] in (["the", "patience"], ["the", "courtesy"]):
        return Fault(agent, Manner.OMITTED, main, main)
    if words[main - 1] in ("have", "had", "has") and not perfect:
        return None
    cared = verb in clause.pack["cares"]
    if not (cared or verb in _OWED_DONE):
        return None
    if verb in ("take", "taken", "took", "get", "got", "keep", "kept", "set", "run", "back", "pass") and words[
        main + 1 : main + 2
    ] in (["part"], ["any"], ["effect"], ["long"], ["place"], ["off"], ["out"], ["into"]):
        return None
    if verb in ("notice", "noticed", "see", "think", "understand") and agent.who is Who.TEAM:
        return None
    if not cared and _EXPLAINED.search(" ".join(words[main:])):
        return None
    if agent.who is Who.THEY and verb not in _THEY_OWE and not never:
        return None
    return Fault(agent, Manner.OMITTED, main, main)


def neglected_by(clause: Clause, agent: Agent) -> Fault | None:
    """ "The checklist was not followed by the operator"."""
    if agent.owns or agent.doubtful or agent.who in (Who.PERHAPS, Who.THEY, Who.WE):
        return None
    words = clause.words
    if agent.first < 3 or words[agent.first - 1] != "by":
        return None
    found = _NEGLECTED.search(" ".join(words[max(0, agent.first - 9) : agent.first]))
    if found is None or not _CARED_FOR.match(found[1]):
        return None
    return Fault(agent, Manner.OMITTED, agent.first - 2, agent.last)


def neglected_by_anybody(clause: Clause) -> Fault | None:
    """ "The change was not reviewed by anyone on the team"."""
    if "by" not in clause.words:
        return None
    said = " ".join(clause.words)
    found = _BY_ANYBODY.search(said)
    if found is None or not _CARED_FOR.match(found[1]):
        return None
    first = len(said[: found.start()].split())
    last = min(first + len(found[0].split()) - 1, len(clause.words) - 1)
    return Fault(Agent(last, last, Who.NOBODY), Manner.OMITTED, first, last)


def left_undone(clause: Clause, agent: Agent) -> Fault | None:
    """ "nobody bothered to look", "neither Paul nor Ana checked the lag"; not "nobody noticed any impact"."""
    words, at = clause.words, agent.last + 1
    if words[agent.first] == "neither" and words[agent.last] != "of":
        return _neither(clause, agent)
    named = (words[at : at + 1] and words[at] in ("on", "from", "in", "of", "at")) or words[agent.last] == "of"
    if named:
        verb = next(
            (
                place
                for place in range(at, min(at + 8, len(words)))
                if words[place] in _DUTIES | clause.pack["cares"] or words[place] in ("had", "has")
            ),
            -1,
        )
        at = verb if verb >= 0 else len(words)
    group = clause.group(at)
    if group.main < 0 or group.be or group.modal or group.negated:
        return None
    verb_word, rest = words[group.main], " ".join(words[group.main + 1 : group.main + 8])
    if "yet" in rest.split():
        return None
    if verb_word in ("had", "has") or group.have:
        patience = re.search(r"\b(?:patience|courtesy|decency|courage|sense|time) to\b", rest)
        cared = words[group.main] in _VERIFYING
        return Fault(agent, Manner.OMITTED, group.main, group.main) if patience or cared else None
    if verb_word in ("bothered", "thought", "cared", "remembered", "informed", "told"):
        return Fault(agent, Manner.OMITTED, group.main, group.main)
    if _NOTHING_OWED.match(rest) or "yet" in rest.split():
        return None
    owed = _DUTIES if named else _VERIFYING
    if verb_word in owed and not (verb_word == "noticed" and {"until", "till"} & set(words)):
        return Fault(agent, Manner.OMITTED, group.main, group.main)
    return None


def _neither(clause: Clause, agent: Agent) -> Fault | None:
    """ "Neither the author nor the reviewer noticed …"; what they could not see is no fault."""
    words = clause.words
    nor = next((place for place in range(agent.last + 1, min(agent.last + 7, len(words))) if words[place] == "nor"), -1)
    if nor < 0:
        return None
    for place in range(nor + 2, min(nor + 7, len(words))):
        if words[place] in CLAUSE_ENDS or words[place] in clause.pack["modals"] | clause.pack["be"]:
            return None
        if words[place] in _DUTIES:
            return Fault(agent, Manner.OMITTED, place, place)
    return None

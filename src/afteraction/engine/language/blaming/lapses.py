"""An act of somebody together with a sign that it is held against them: denied, harmful, defiant, careless, wrong,
mistaken, left behind, by somebody unfit, or named as what is to blame.

Knows which sign counts for which act. Refuses to mind a neutral act, a remedy, an observation, and what the sentence
explains by the situation.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.acting import Act, acts_of, may_lapse
from afteraction.engine.language.blaming.aftermath import (
    CLOCK,
    does_harm,
    is_amiss,
    is_defiant,
    is_sure,
    made_worse,
    mends,
    was_defied_before,
)
from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.words import lapses as said_of
from afteraction.engine.language.words.pack import listed

_REASON = re.compile(
    r"\b(?:because|since|as (?:the|there|no|it|its|they|he|she|planned|agreed)|when|after|while|which|that|where|who|so that|so|and|but(?! (?:against|on|in|to|with|for|at|from))|until|once|whereas|to (?:limit|protect|keep|avoid|save|reduce|test|see|spare|prevent|rule))\b|[;:]"
)
_JOINED_DENIAL = re.compile(
    r"(?:, |; )?\b(?:and|but|yet|then) (?:\w+ly )?(?:did not|didn't|never|had not|hadn't|without ever) (?:\w+ly |even |actually |really |first )?([a-z-]+)"
)
_JOINED = re.compile(r"(?:, )?\b(?:and|but|then|yet|or) (?:then |also |just |simply |later |again |so |even |\w+ly )?")
_CLEFT = re.compile(
    r"\b(?:it|this|that) (?:is|was|'s|turned out to be|must have been)(?: in fact| actually| really| apparently)?$"
)
_DEED = re.compile(
    r"(?:[a-z-]+ )?(?:change|changes|commit|commits|edit|edits|refactoring|refactor|script|scripts|patch|merge|migration|query|cleanup|fix|hotfix|code|update|upgrade|rollout|deploy|release|tweak|command|config|workaround|decision|choice|pr|branch|test|experiment|restart|import|export|job|rewrite|template|macro|spreadsheet|formula|wiring|repair|installation|shortcut|handiwork|work) (?:then |also |had |has |again )*((?:silently|quietly|accidentally|inadvertently|mistakenly) [a-z]+|(?:broke|wiped|leaked|exposed|crashed|killed|took (?:down|out)|brought (?:down|the)|knocked|flooded|overloaded|cost|ruined|corrupted|dropped the|removed the|disabled the|deleted the|swallowed|hid|masked|blew|tripped|caused|triggered)\b.*)"
)
_DETERMINED = re.compile(r" (?:the|a|an|one|our|some|this|that)(?: (?!of\b|to\b|with\b|by\b|for\b|on\b)[\w-]+){0,2}$")
_PRAISED = listed("""
    noticed found saw spotted detected reported identified fixed resolved restored reverted saved discovered caught
    diagnosed helped stopped mitigated asked suggested proposed warned raised paged alerted called rolled recovered
    realised realized wrote led kept answered repaired
""")
_IDLE = re.compile(
    r"(?:does|do)(?: not|n't) (?:\w+ly |even |really )?(?:care|listen|read|test|follow|bother|respect|check|look|ask|review|communicate|talk to)\b|(?:simply |still )?(?:never|seldom|rarely) (?:reads?|checks?|tests?|listens?|asks?|follows?|reviews?|looks?|documents?|cares?)\b"
)
_WISHED = re.compile(
    r"(?:had )?(?:only )?(?:done (?:his|her|their|its|the) (?:job|work|homework|duty)|been (?:awake|paying attention|listening|watching|more \w+|careful|on (?:his|her|their) (?:toes|post)|at (?:his|her|their) (?:desk|post)|less \w+)|answered (?:the|his|her|their|its)|picked up|paid (?:more |any )?attention|bothered|listened|cared|taken (?:the time|more care|care)|kept (?:his|her|their) (?:eyes|promise|word)|run the|read the|checked (?:the|his|her|with)|followed the|asked (?:anyone|anybody|somebody|someone|first)|stuck to|thought)\b"
)
_PEOPLE_ONLY = listed("""
    typed entered keyed pressed pasted signed insisted approved uploaded unplugged turned waived forgot thought shipped
    assumed decided told said believed handed bumped clicked tripped spilled wired wore drove chose overruled skipped
    confused plugged emailed mailed posted shared gave booked ordered wrote put decided argued filed cut granted
""")
_TALKING = listed(
    "agreed proposed suggested offered considered discussed asked planned recommended noticed found reported confirmed thanked"
)
_ANYBODY = listed("people operator operators staff humans human personnel man engineers admins somebody someone anyone")


def lapse_of(clause: Clause, agent: Agent) -> Fault | None:
    """What the sentence holds against somebody by the signs around what they did, or None."""
    lead = " ".join(clause.words[max(0, agent.first - 14) : agent.first])
    if agent.who is Who.THEY and clause.words[agent.first] == "you":
        told = re.match(
            r"(?:\w+ly )?(?:[a-z]+ed|ran|sent|put) (?:\w+ ){1,4}?over (?:my|our|the \w+'s) (?:objections?|protests?)",
            " ".join(clause.words[agent.last + 1 : agent.last + 12]),
        )
        return Fault(agent, Manner.FAULT, agent.last + 1, agent.last + 1) if told else None
    blamed = _blamed(clause, agent, lead)
    if blamed is not None:
        return blamed
    if not may_lapse(agent) or agent.owns:
        return None
    if not agent.doubtful and (idle := _IDLE.match(" ".join(clause.words[agent.last + 1 : agent.last + 6]))):
        return Fault(agent, Manner.FAULT, agent.last + 1, agent.last + len(idle[0].split()))
    ahead = lead or clause.words[agent.first]
    wishing = ahead.endswith(("had", "only")) and re.search(r"(?:^|[,;] |\bif )(?:had|if only|only)$", ahead)
    if wishing and (wished := _WISHED.match(" ".join(clause.words[agent.last + 1 : agent.last + 9]))):
        return Fault(agent, Manner.FAULT, agent.last + 1, agent.last + len(wished[0].split()))
    for act in acts_of(clause, agent):
        fault = _judged(clause, agent, act, lead)
        if fault is not None:
            return fault
    return None


def _blamed(clause: Clause, agent: Agent, lead: str) -> Fault | None:
    """ "because of the backend team", "the doing of whoever …", "It was Zdeněk who …", "the technician's haste"."""
    words = clause.words
    if agent.who in (Who.SELF, Who.WE, Who.THEY, Who.NOBODY):
        return None
    if words[agent.first] not in clause.pack["determiners"]:
        lead = _DETERMINED.sub("", lead)
    if agent.owns:
        for word in words[agent.last + 1 : agent.last + 5]:
            if word in said_of.OWN_FAULTS and agent.who is not Who.PERHAPS:
                denied = said_of.GRAMMAR.search(lead[-24:])
                return None if denied else Fault(agent, Manner.FAULT, agent.first, agent.last + 1)
            if (not word[0].isalpha() and word != "'") or word in clause.pack["be"] | clause.pack["prepositions"]:
                break
        if agent.who is not Who.PERHAPS and (deed := _DEED.match(" ".join(words[agent.last + 1 : agent.last + 9]))):
            denied = said_of.PLANNED.search(deed[1]) or said_of.RELIEVED.search(deed[1])
            return None if denied else Fault(agent, Manner.CAUSED, agent.first, agent.last + 2)
        if lead.endswith("on") and words[agent.last + 1 : agent.last + 2] in (["watch"], ["shift"]):
            return Fault(agent, Manner.FAULT, agent.first, agent.last + 1)
    sure = agent.who in (Who.ROLE, Who.NAMED, Who.TEAM) and not agent.doubtful
    if not lead or (said_of.GRAMMAR.search(lead[-30:]) and "had it" not in lead and "were it" not in lead):
        return None
    if sure or agent.who is Who.ROLE or (agent.owns and agent.who is Who.NAMED):
        if said_of.BLAMED_NOUN.search(lead) and not agent.owns:
            if agent.first == agent.last and words[agent.first] in _ANYBODY:
                return None
            return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
        found = said_of.BLAMED.search(lead)
        if found is not None and (sure or found[0] not in ("down to", "due to", "because of", "owing to")):
            plain = found[0] in ("down to", "due to", "because of", "owing to")
            if plain and (
                words[agent.last + 1 : agent.last + 2] in (["of"], ["being"], ["having"]) or not _harmed(clause, agent)
            ):
                return None
            if found[0].startswith("attributed") or (agent.owns and found[0] in ("because of", "due to", "owing to")):
                return None
            return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
    who = words[agent.last + 1 : agent.last + 3]
    if who[:1] == ["who"] and len(who) > 1 and _CLEFT.search(lead):
        at = agent.last + 2
        verb = next((word for word in words[at : at + 5] if word not in ("has", "had", "then", "also", "first")), "")
        if verb not in _PRAISED and verb not in said_of.LOOKING and verb not in clause.pack["be"]:
            return Fault(agent, Manner.CAUSED, at, min(at, len(words) - 1))
    return None


def _harmed(clause: Clause, agent: Agent) -> bool:
    """Whether a sentence that gives somebody as the reason tells of harm."""
    text = " ".join(clause.words)
    rest = " ".join(clause.words[agent.last + 1 :])
    return not said_of.RELIEVED.search(text) and (
        said_of.HARMED.search(text) is not None
        or re.match(r", (?:the|our|customers|users|all|we|orders|\w+) ", rest) is not None
    )


def _judged(clause: Clause, agent: Agent, act: Act, lead: str) -> Fault | None:
    words = clause.words
    if act.modal:
        return _supposed(clause, agent, act)
    verb = words[act.verb]
    end = min(len(words), act.verb + 46)
    tail = " ".join(words[act.verb : end])
    if act.by:
        tail = (
            verb + " " + " ".join(words[max(0, act.verb - 12) : act.verb]) + " " + " ".join(words[agent.last + 1 : end])
        )
    if act.be:
        tail = "was " + " ".join(words[act.start : end]).split(" ", 1)[-1] if not act.by else tail
        if said_of.CONDUCT.match(_state(tail)) and not agent.doubtful and not said_of.BENIGN_AFTER_DENIED.search(tail):
            return _fault(agent, act, Manner.FAULT)
        if not act.by:
            return None if verb.endswith("ing") is False else _doing(agent, act, tail)
    if act.negated:
        return _denied(clause, agent, act, tail)
    sign = _sign(clause, agent, act, verb, tail, lead)
    if sign is not None:
        return _fault(agent, act, sign)
    return _joined(clause, agent, act, tail)


def _state(tail: str) -> str:
    """ "were not very familiar" as "was not very familiar"."""
    return re.sub(r"^was (?:(?:has|have|had) )?(?:been |was |were |is |are )?", "was ", tail)


def _doing(agent: Agent, act: Act, tail: str) -> Fault | None:
    """ "was deploying without a plan"."""
    if said_of.WITHOUT.search(tail) and not said_of.UNHARMED.search(tail):
        return _fault(agent, act, Manner.UNCHECKED)
    return None


def _supposed(clause: Clause, agent: Agent, act: Act) -> Fault | None:
    """ "must have bumped the cord", "should not have been touching production"."""
    said = " ".join(clause.words[act.start : act.verb + 8])
    if agent.who is Who.TEAM or agent.doubtful:
        return None
    must = re.match(r"(?:\w+ly )?(?:must|may well) have (\w+ .*)", said)
    if must and (said_of.BETRAYED.match(must[1]) or said_of.CONDUCT.match(must[1]) or said_of.LEAVING.match(must[1])):
        return _fault(agent, act, Manner.CAUSED)
    if re.match(r"(?:should not|shouldn't|ought not to) have been \w+ing\b", said):
        return _fault(agent, act, Manner.FAULT)
    return None


def _denied(clause: Clause, agent: Agent, act: Act, tail: str) -> Fault | None:
    """ "did not do the needful testing", "has not mentioned the migration", "never opened the diff"."""
    verb = clause.words[act.verb]
    group = clause.words[act.start : act.verb]
    if (
        re.match(
            r"know (?:what (?:he|she|they|it) (?:was|were)|better|how to)|(?:have|show) (?:the )?(?:courtesy|decency|patience|skills?|slightest|faintest)|think (?:it|about|to|twice|through)|sleep",
            tail,
        )
        and not agent.doubtful
    ):
        return _fault(agent, act, Manner.FAULT)
    if said_of.BENIGN_AFTER_DENIED.search(tail) or verb in said_of.BENIGN_DENIED or agent.doubtful:
        return None
    if act.perfect_now and (
        agent.who is Who.TEAM or verb in ("confirmed", "replied", "responded", "provided", "answered", "decided")
    ):
        return None
    if not {"still", "yet"}.isdisjoint(group):
        return None
    past = not {"did", "didn't", "had", "hadn't", "never", "has", "hasn't"}.isdisjoint(group)
    if not past or "not" in clause.words[agent.first : agent.last]:
        return None
    return _fault(agent, act, Manner.OMITTED)


def _fault(agent: Agent, act: Act, manner: Manner) -> Fault:
    return Fault(agent, manner, act.verb, agent.last if act.by else act.verb)


def _sign(clause: Clause, agent: Agent, act: Act, verb: str, tail: str, lead: str) -> Manner | None:
    """How an act is held against somebody, or None."""
    if agent.doubtful and verb not in _PEOPLE_ONLY:
        return None
    if said_of.CONDUCT.match(tail) and (verb not in _PRAISED or verb == "kept"):
        return None if verb in ("had", "improvised") and said_of.BENIGN_AFTER_DENIED.search(tail) else Manner.FAULT
    if verb in clause.pack["human faults"] and not act.by and "nothing" not in tail[:30]:
        return Manner.OMITTED
    if (
        verb in ("skipped", "omitted", "bypassed", "violated", "breached")
        and (is_sure(agent) or agent.who is Who.TEAM)
        and "nothing" not in tail[:30]
    ):
        return None if said_of.BENIGN_AFTER_DENIED.search(tail) or mends(tail) else Manner.OMITTED
    if said_of.BELIEF.match(tail):
        if not {"people", "everyone", "everybody", "folks"}.isdisjoint(clause.words[agent.first : agent.last + 1]):
            return None
        group = " ".join(clause.words[act.start : act.verb])
        return None if said_of.NOT_BELIEF.search(group + " " + tail) or agent.doubtful else Manner.FAULT
    if said_of.LEAVING.match(tail) and not said_of.PLANNED.search(tail):
        return Manner.CAUSED
    looking = verb in said_of.LOOKING or said_of.CALLS.match(tail) is not None
    between = " ".join(clause.words[agent.last + 1 : act.start])
    if not looking and (said_of.LACKING.search(between) or said_of.BELIEVING.search(between)):
        return Manner.FAULT
    phrase = clause.words[agent.first : agent.last]
    if not looking and verb not in said_of.MENDING and not said_of.DEFICIENT.isdisjoint(phrase):
        return Manner.FAULT
    if verb not in _TALKING and said_of.WITHOUT.search(tail) and not said_of.UNHARMED.search(tail):
        return None if said_of.BENIGN_AFTER_DENIED.search(tail) else Manner.UNCHECKED
    if looking:
        early = verb in ("mailed", "emailed", "announced", "told", "informed", "texted", "invited")
        return Manner.FAULT if early and said_of.PREMATURE.search(tail) else None
    reason = _REASON.search(tail)
    near = tail[: reason.start()] if reason else tail
    mending = verb in said_of.MENDING and not said_of.NOT_CURING.match(tail)
    if is_amiss(agent, verb, near, tail, act, mending):
        return Manner.FAULT
    before = lead.rsplit(" , ", 1)[0] if " , " in lead or lead.endswith(",") else ""
    if not said_of.BENIGN_AFTER_DENIED.search(tail) and (
        said_of.BELIEVING.search(tail) or (before and lead.endswith(",") and said_of.BELIEVING.search(before))
    ):
        return None if "instead of" in (said_of.BELIEVING.search(tail) or [""])[0] or mending else Manner.FAULT
    if (
        mending
        and re.match(r"(?:contrary to|against|in (?:violation|breach|defiance) of) ", lead)
        and lead.endswith(",")
    ):
        return Manner.FAULT
    if mending and verb not in said_of.CURING and is_defiant(tail):
        return Manner.FAULT
    if mending and (verb in said_of.CURING or not does_harm(clause, tail)):
        return Manner.CAUSED if made_worse(near, tail) else None
    if said_of.LACKING.search(near) or (act.by and said_of.LACKING.search(tail)):
        return Manner.FAULT
    if is_defiant(tail) or was_defied_before(lead):
        return Manner.FAULT
    planned = said_of.PLANNED.search(tail)
    down = said_of.TAKEN_DOWN.match(tail) and not CLOCK.search(tail)
    if not planned and (said_of.BETRAYED.match(tail) or down):
        return Manner.CAUSED
    if verb in said_of.DESTROYED and not planned and said_of.PRECIOUS.match(tail) and not CLOCK.search(tail):
        return Manner.CAUSED
    return Manner.CAUSED if not planned and does_harm(clause, tail) else None


def _joined(clause: Clause, agent: Agent, act: Act, tail: str) -> Fault | None:
    """A second verb of the same subject: "marked it as done and never told anybody", "and left the valve open"."""
    denied = _JOINED_DENIAL.search(tail)
    if (
        denied is not None
        and denied[1] not in said_of.BENIGN_DENIED
        and not said_of.BENIGN_AFTER_DENIED.search(tail[denied.end() :])
        and not agent.doubtful
    ):
        return _fault(agent, act, Manner.FAULT)
    for found in _JOINED.finditer(tail):
        rest = tail[found.end() :]
        if said_of.LEAVING.match(rest) or (said_of.CONDUCT.match(rest) and not rest.startswith("was ")):
            return _fault(agent, act, Manner.FAULT)
        if act_is_wrong(rest) and rest.split(" ", 1)[0] not in said_of.LOOKING | said_of.MENDING:
            return _fault(agent, act, Manner.FAULT)
        if (
            (said_of.BETRAYED.match(rest) or said_of.TAKEN_DOWN.match(rest))
            and not said_of.PLANNED.match(rest)
            and not said_of.RELIEVED.search(tail)
        ):
            return _fault(agent, act, Manner.CAUSED)
    return None


def act_is_wrong(rest: str) -> bool:
    """ "pressed the wrong key"."""
    return (
        re.match(r"(?:[a-z-]+ed|ran|set|put|sent|took|gave|cut|shut|hit|wrote) (?:\w+ ){0,4}?wrong\b", rest) is not None
    )

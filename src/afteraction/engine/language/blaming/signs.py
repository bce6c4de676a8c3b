"""A deed of somebody with a sign around it that no verb gives: what was gone without, in whose belief, how late, what
came of it, or that it is named as where the trouble comes from.

Knows how signs and deeds stand together. Refuses to mind a remedy, an observation, and a deed that the situation
explains.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.acting import Act, acts_of
from afteraction.engine.language.blaming.aftermath import CLOCK
from afteraction.engine.language.blaming.clauses import CLAUSE_ENDS, Clause
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.words import lapses as said_of
from afteraction.engine.language.words import signs as words_of
from afteraction.engine.language.words.pack import listed
from afteraction.engine.language.words.verb_forms import past_of_gerund

_OTHERS = (Who.ROLE, Who.NAMED, Who.PRONOUN, Who.TEAM, Who.SELF)
_GOOD = re.compile(
    r"\b(?:resolved|recovered|restored|limited|shorter|shortened|saved|avoided|prevented|detected|noticed|contained|survived|succeeded|caught|spotted|mitigated|fixed|intact|no (?:data|customer|user|impact|loss|downtime)|stayed up|kept running|back up|quick(?:ly)?|in time|could (?:restore|recover|roll)|ended|was over|stopped growing|subsided|cleared|went away|relieved|protected)\b"
)
_EXPLAINED = re.compile(
    r"\b(?:which is (?:what|how|where)|as (?:the|its|their) [\w-]+ (?:says?|said|shows?|showed|asks?|asked|told)|as announced|because (?!of (?:his|her|their))|since (?:the|it|there|no)|as (?:the|there|it|no|planned|agreed|instructed|documented|requested|intended)|per the|according to|in order to|so that|following the|on request|to (?:limit|protect|keep|avoid|reduce|prevent|restore|mitigate|relieve|contain|stop|test|see|rule))\b"
)
_UNTOLD = re.compile(
    r"\b(?:not|never|n't|no|if|could|may|might|would|whether|rather than|prevent\w*|avoid\w*|nobody|unless)\b[^,;]{0,40}$"
)
_HAPPENED_WHEN = re.compile(
    rf"\b{words_of.TROUBLE}(?: [\w'-]+){{0,8}}? (?:happened|occurred|began|started|came about|arose|came|was (?:caused|triggered|introduced|created)|were (?:caused|triggered))(?: \S+){{0,3}}? (?:when|because|after|as|since)$"
)
_BECAUSE = re.compile(r"\b(?:because|since|simply because|only because|all because|just because)$")
_DETERMINERS = re.compile(r"(?: (?:the|a|an|one|our|some|this|that|your|my|another|any))?(?: [\w-]+)?$")
_WAS_WRONG = re.compile(
    r"(?:reading|understanding|estimate|calculation|assumption|guess|judge?ment|decision|choice|diagnosis|interpretation|arithmetic|maths?|sums?|figures?|numbers?|entry|entries|order|advice|instructions?|design|wiring|labelling|labeling|settings?|query|config\w*|analysis|answer|information|claim|plan|idea|reaction|response|handling|attention|mind|eyes|thoughts) (?:of (?:[\w-]+ ){1,5}?|to (?:\w+ ){1,5}?|about (?:\w+ ){1,4}?)?(?:was|were|proved|turned out)(?: to be)? (?:\w+ly )?(?:wrong|incorrect|mistaken|flawed|false|off by|too (?:late|slow|optimistic|hasty|low|high)|careless|sloppy|hasty|elsewhere|on (?:his|her|their)|(?:upside )?down|backwards|nonsense|rushed|reckless|premature)\b"
)
_MISLED = re.compile(
    r"(?:^|[.;:] )(?:misled|fooled|confused|distracted|tricked|lulled|tempted|blinded|deceived|overwhelmed|bored|blinkered) (?:by|into|with) (?:(?! [.;,] ).){1,50} ,$"
)
_OF_WHOM = re.compile(
    r"\bit (?:is|was) (?:\w+ly |very |rather |quite |so |simply |just )*(?:careless|negligent|foolish|reckless|stupid|irresponsible|thoughtless|naive|sloppy|unprofessional|unwise|silly|hasty|lazy|wrong|inconsiderate|rash|premature|dangerous|a mistake|an error) (?:of|for|by)$"
)
_PART = re.compile(
    r"\b(?:mistakes?|errors?|oversights?|lapses?|slips?|negligence|carelessness|inattention|misjudge?ment|failures?|neglect|omissions?|haste|inexperience|ignorance|confusion|misunderstanding|blunders?|lack of [\w-]+|forgetfulness|complacency) on$"
)
_BADLY = re.compile(
    r"\b(?:properly|correctly|thoroughly|carefully|in time|sufficiently|adequately|even once|not once)\b"
)
_NOT_OWED = listed("work worked start started fit function functioning")
_SO = re.compile(
    r", (?:and )?so (?:that )?(?:[\w'-]+ ){0,4}?(?:nothing|nobody|no one|could not|couldn't|cannot|can't|never|failed|lost|stopped|empty|wrong|stranded|missing|twice)\b"
)
_FOUND_OUT = re.compile(
    r"\b(?:turned out|turns out|transpired|emerged|came to light|came out|discovered|found out|revealed|established|admitted)(?: later| out| afterwards)? that$"
)
_LAY_WITH = re.compile(
    r"\b(?:ticket|report|request|alert|page|mail|email|case|warning|complaint|call|message|bug|patch|review|pr|form)s? (?:\w+ )?(?:sat|lay|lingered|languished|gathered dust|was stuck|rested|rotted|remained|stayed) (?:\w+ )?(?:with|on the desks? of|in the (?:queue|inbox|backlog) of|at|unread with|untouched with)$"
)
# What it ends with.
_LAY_ENDS = ("with", "of", "at")
_ANSWERED = listed(
    "answered acknowledged replied responded escalated called paged arrived reported sent started stopped closed opened reacted delivered informed told submitted filed noticed joined logged handed returned"
)
_NO_DEED = listed("""
    left joined arrived returned slept lived worked sat stood went came was were had got became began started continued
    thanks needed wanted expected received lacked
""")


def sign_of(clause: Clause, agent: Agent) -> Fault | None:
    """What the sentence holds against somebody by a sign around their deed, or None."""
    if agent.doubtful or agent.who not in _OTHERS:
        return None
    words = clause.words
    lead = " ".join(words[max(0, agent.first - 22) : agent.first])
    named = _named_as_source(clause, agent, lead)
    if named is not None or agent.owns:
        return named
    for act in acts_of(clause, agent):
        manner = _manner(clause, agent, act, lead)
        if manner is not None:
            return Fault(agent, manner, act.verb, agent.last if act.by else act.verb)
    return None


def _manner(clause: Clause, agent: Agent, act: Act, lead: str) -> Manner | None:
    words = clause.words
    if act.modal or act.by:
        return None
    if act.negated:
        tail = " ".join(words[act.verb : act.verb + 16])
        badly = _BADLY.search(tail) and not _EXPLAINED.search(tail) and not act.be
        return Manner.OMITTED if badly and words[act.verb] not in _NOT_OWED else None
    verb = words[act.verb]
    tail = " ".join(words[act.verb : min(len(words), act.verb + 46)])
    if act.be or said_of.RELIEVED.search(tail):
        return None
    if verb in _ANSWERED and words_of.TOO_LATE.search(tail):
        return Manner.OMITTED
    if words_of.LAPSED.match(tail):
        return None if _EXPLAINED.search(tail) else Manner.FAULT
    if verb in words_of.USED and words_of.STALE.search(tail) and not _EXPLAINED.search(tail):
        return Manner.WRONG
    if said_of.TAKEN_DOWN.match(tail) and not (
        said_of.PLANNED.search(tail) or _EXPLAINED.search(tail) or _GOOD.search(tail) or CLOCK.search(tail)
    ):
        return Manner.CAUSED
    if _MISLED.search(lead) and verb not in said_of.LOOKING | said_of.CURING:
        return Manner.WRONG
    once = verb in said_of.LOOKING and verb not in ("scheduled", "submitted", "filed")
    if not once and verb not in words_of.NOT_DOUBLED and words_of.DOUBLED.search(tail.split(" and ")[0]):
        return Manner.FAULT
    if verb in said_of.LOOKING:
        return None
    if verb in said_of.CURING:
        return None
    without = words_of.WITHOUT_ANY.search(tail)
    if without is not None and without["what"] not in words_of.UNCARED_GERUNDS and not said_of.UNHARMED.search(tail):
        return Manner.UNCHECKED
    if words_of.MINDED.search(tail):
        return None if _EXPLAINED.search(tail) else Manner.FAULT
    if verb in said_of.MENDING and not said_of.NOT_CURING.match(tail):
        return None
    if words_of.UNFIT.search(tail) and not _EXPLAINED.search(tail):
        return Manner.FAULT
    if verb in words_of.DELAYED and words_of.LATE.search(tail):
        return Manner.OMITTED
    return _in_causes(clause, agent, act, lead, tail)


def _in_causes(clause: Clause, agent: Agent, act: Act, lead: str, tail: str) -> Manner | None:
    """ "went down because Ana unplugged it", "Ana unplugged it, which is why it went down"."""
    verb = clause.words[act.verb]
    if verb in _NO_DEED:
        return None
    found_out = _FOUND_OUT.search(lead) is not None
    lead = _DETERMINERS.sub("", lead) if not lead.endswith(("because", "when", "after", "since", "as")) else lead
    if _HAPPENED_WHEN.search(lead) and not _GOOD.search(lead) and not _UNTOLD.search(lead):
        return Manner.CAUSED
    if _BECAUSE.search(lead) and not _GOOD.search(lead) and _went_wrong(lead):
        return Manner.CAUSED
    if found_out and act.going and verb not in said_of.MENDING:
        return Manner.CAUSED
    if clause.words[agent.last] == "whoever" and verb not in ("designed", "built", "invented", "thought"):
        return Manner.CAUSED
    so = _SO.search(tail)
    if so is not None and not CLOCK.search(tail) and not _GOOD.search(tail) and verb not in said_of.MENDING:
        return Manner.CAUSED
    therefore = words_of.THEREFORE.search(tail)
    if therefore is None or (CLOCK.search(tail) and therefore[0].strip(" ,;").startswith("and")):
        return None
    then = tail[therefore.end() :]
    whole = therefore[0] + then
    if _GOOD.search(then):
        return None
    bad = words_of.ENOUGH_SAID.search(whole) or said_of.HARMED.search(then) or words_of.HARMED_MORE.search(whole)
    return Manner.CAUSED if bad else None


def _went_wrong(lead: str) -> bool:
    """Whether the clause before "because" tells of harm."""
    return bool(said_of.HARMED.search(lead) or words_of.HARMED_MORE.search(lead)) and not _UNTOLD.search(
        lead[:-8].rpartition(",")[0]
    )


def _named_as_source(clause: Clause, agent: Agent, lead: str) -> Fault | None:
    """ "The regression came from Tibor's cleanup", "what broke it was our SRE running …", "and that is on Gerd"."""
    words, at = clause.words, agent.last + 1
    if agent.owns:
        return _owned(clause, agent, lead)
    if not lead or (agent.who is Who.PRONOUN and not lead.endswith((" on", " to", " with"))):
        return None
    ends = at >= len(words) or words[at] in (
        *CLAUSE_ENDS,
        ",",
        "who",
        "and",
        "alone",
        "again",
        "for",
        "in",
        "on",
        "at",
        ")",
    )
    acting = at < len(words) and past_of_gerund(words[at]) != ""
    if _OF_WHOM.search(lead) and words[at : at + 1] in (["to"], ["not"]):
        return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
    undetermined = _DETERMINERS.sub("", lead)
    if (undetermined.endswith(_LAY_ENDS) and _LAY_WITH.search(undetermined)) or (
        lead.endswith(_LAY_ENDS) and _LAY_WITH.search(lead)
    ):
        return Fault(agent, Manner.OMITTED, agent.first - 1, agent.last)
    if words_of.IS_ON.search(lead) and ends and not _UNTOLD.search(lead):
        return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
    if not (ends or acting) or _UNTOLD.search(lead):
        return None
    source = words_of.COMES_FROM.search(lead) or (acting and words_of.WHAT_BROKE.search(lead))
    return Fault(agent, Manner.CAUSED, agent.first - 1, agent.last) if source else None


def _owned(clause: Clause, agent: Agent, lead: str) -> Fault | None:
    """ "Facundo's backfill flooded the queue", "came from Tibor's cleanup of the error path"."""
    words = clause.words
    at = agent.last + 1 + (words[agent.last + 1 : agent.last + 2] == ["'"])
    if words[at : at + 1] == ["part"] and _PART.search(lead) and not _UNTOLD.search(lead):
        return Fault(agent, Manner.FAULT, agent.first, at)
    if agent.who is Who.TEAM:
        return None
    if words_of.COMES_FROM.search(lead) and not _UNTOLD.search(lead) and words[at : at + 1]:
        noun = next(
            (
                word
                for word in words[at : at + 4]
                if word in clause.pack["deeds"] or word.endswith(("up", "fill", "ing", "tion", "ment"))
            ),
            "",
        )
        return Fault(agent, Manner.CAUSED, agent.first, at) if noun else None
    if words[at : at + 1] and _WAS_WRONG.match(" ".join(words[at : at + 12])):
        return Fault(agent, Manner.FAULT, agent.first, at)
    for place in range(at + 1, min(at + 5, len(words))):
        word = words[place]
        if word in clause.pack["prepositions"] | clause.pack["be"] | clause.pack["modals"] or not word[0].isalpha():
            return None
        if word in words_of.HARMING_VERBS:
            rest = " ".join(words[place + 1 : place + 9])
            if word in words_of.BRINGS_DOWN and not words_of.DOWN.match(rest):
                return None
            if not rest or rest[0] in ".,;" or said_of.RELIEVED.search(word + " " + rest) or _GOOD.search(rest):
                return None
            return Fault(agent, Manner.CAUSED, agent.first, place)
    return None

"""Under which circumstances somebody acted, where these accuse: "without asking", "in his haste", "not knowing what it does".

Knows phrases before a subject, set off behind it, and behind its verb. Refuses to mind them where what was done mends
something.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import Pack, listed

_WITHOUT = re.compile(
    r"\bwithout (?:first |even |ever |having (?!to\b)|so much as |properly |actually |any |prior |a |an |the |\w+ly )*([a-z-]+)"
)
_PERFECT = re.compile(r"\bwithout having (?!to\b)")
_CARELESS = Sought(
    r"\b(?:not|never) (?:\w+ly )?(?:knowing|realising|realizing|noticing|understanding|thinking|checking|reading|looking|bothering|waiting|caring|being aware|aware|having)\b"
    r"|\bhaving (?:\w+ly )?(?:skipped|ignored|forgotten|misread|missed|overlooked|misunderstood|not|never|failed|neglected|bypassed|disabled|assumed|confused|mistaken|disregarded)\b"
    r"|\b(?:not|never) (?:been )?(?:trained|read|checked|tested|asked|looked|verified|followed|understood|consulted|bothered|waited|satisfied)\b|\b(?:ought to|should) have known\b"
    r"|\bduring (?:the |a |our )?(?:[\w-]+ )?freeze\b"
    r"|\bat once (?:instead of|rather than)\b"
    r"|\bin (?:(?:his|her|their|a|an|great|too much of a|such a|too great a|some) )+(?:\w+ )?(?:haste|hurry|rush|eagerness|panic|impatience)\b"
    r"|\bdespite (?:[\w-]+ ){0,4}?(?:warnings?|advice|policy|policies|runbook|freeze|instructions?|procedures?|rules?|objections?|concerns|alarms?|alerts?|reminders?|told|warned|advised|knowing)\b"
    r"|\b(?:although|though|even though|despite|after) (?:(?:he|she|they) (?:had been|was|were|had|has been)|having been|being)(?: \w+ly| specifically| twice| repeatedly)? (?:told|warned|asked|instructed|advised|reminded|supposed) (?:not|to (?:wait|hold|check|ask|stop)|against|of|about|that|by|twice|repeatedly|several)?"
    r"|\b(?:although|though|even though|despite|while) (?:the |all |its |their |our )?(?:[\w-]+ ){1,3}(?:was|were|had been|being) (?:red|failing|frozen|against it|in force|still running)\b"
    r"|\bby (?:\w+ly )?(?:not|never|failing to|neglecting|forgetting|ignoring|skipping|bypassing|overlooking|misreading|disregarding|misjudging)\b"
    r"|\b(?:unaware|oblivious|ignorant) (?:of|that|to)\b|\bunfamiliar with\b|\bdistracted by\b|\bout of (?:sheer |pure )?(?:laziness|carelessness|ignorance|impatience|habit|convenience|curiosity|boredom|spite)\b"
    r"|\bthrough (?:sheer |pure |simple )?(?:carelessness|negligence|inattention|ignorance|laziness|impatience|haste|incompetence)\b"
    r"|\b(?:contrary to|in violation of|in breach of|in defiance of|ignoring|disregarding|in disregard of) (?:[\w-]+ ){0,3}?(?:policy|policies|procedures?|process|rules?|runbook|advice|warnings?|freeze|instructions?|guidelines?|standards?|checklist|agreement|orders?|protocol|alerts?|alarms?|tests?|canary)\b"
    r"|\bon (?:his|her|their) own (?:authority|initiative|account)\b|\bbehind (?:our|everyone's|the team's) backs?\b|\bwith no (?:knowledge|understanding|idea|regard|thought|testing|review|warning|approval|notice)\b|\bwith (?:little|scant) regard\b"
)
_BELIEVING = re.compile(
    r"\b(?:believing|thinking|assuming|convinced|under the impression|supposing|imagining|expecting)\b"
)
_BECAUSE = re.compile(
    r"\b(?:because|since|as the|as there|as no|so that|in order to|which (?:showed|said|listed|told))\b"
)
_STUBBORN = re.compile(r"\b(?:nevertheless|nonetheless|regardless|anyway|all the same|even so|heedless|on a whim)\b")
_TO_THE_WRONG = re.compile(
    r"\b(?:against|on|in|to|into|at|for|from|with) (?:[\w./*:-]+ ){1,5}?(?:instead of|rather than|and not|when it should have been)\b"
)
_ON_PURPOSE = Sought(
    r"\bfirst (?:instead|rather)\b|\bto (?:limit|protect|keep|avoid|save|reduce|test|see|spare|prevent|let|make|give|rule)\b|\bas (?:planned|agreed|documented|the runbook)\b|\bbecause\b"
)
_AIMED = listed("""
    ran run executed applied deployed pushed released shipped sent imported promoted pointed fired issued started
    launched entered loaded uploaded copied restored migrated merged published routed installed triggered flipped
    toggled
""")
# What limits harm, whatever its circumstances.
_MENDING = listed("""
    rolled reverted restored failed fixed paused stopped drained isolated escalated declared paged moved shifted noticed
    saw found spotted detected reported asked confirmed observed identified investigated acknowledged joined opened
    discovered recovered mitigated replied answered managed began worked wrote spent was were had received got needed
    succeeded helped kept stayed
""")
_DESTROYING = listed("""
    deleted dropped wiped removed terminated destroyed ran restarted rebooted erased purged truncated killed disabled
    overwrote deployed reformatted formatted reimaged detached unplugged revoked merged pushed emptied stopped
    decommissioned shut executed
""")


def is_careless(words: list[str], pack: Pack) -> bool:
    """Whether words tell of carelessness: "without asking anyone", "in great haste"."""
    said = " ".join(words)
    if _CARELESS.search(said) or _PERFECT.search(said):
        return True
    return any(
        found[1] in pack["missing care"] and found[1] not in pack["harmless after without"]
        for found in _WITHOUT.finditer(said)
    )


def in_circumstances(clause: Clause, agent: Agent) -> Fault | None:
    """What the words around a subject say of how it acted, or None."""
    if agent.who in (Who.WE, Who.THEY, Who.PERHAPS, Who.NOBODY) or agent.doubtful or agent.owns:
        return None
    words, at = clause.words, agent.last + 1
    aside: list[str] = []
    if words[at : at + 1] in (["who"], ["that"]):
        return None
    doing = _doing(clause, agent, at)
    if doing is not None:
        return doing
    if words[at : at + 1] == [","]:
        closing = next((place for place in range(at + 2, min(at + 16, len(words))) if words[place] == ","), -1)
        if closing < 0:
            return None
        aside, at = words[at + 1 : closing], closing + 1
    elif words[at : at + 1] in (["with"], ["in"], ["on"]):
        aside = words[at : at + 5]
        at = next(
            (place for place in range(at + 1, min(at + 9, len(words))) if clause.is_past(words[place])), len(words)
        )
    group = clause.group(at)
    if group.main < 0 or group.modal or group.be:
        return None
    verb = words[group.main]
    if group.negated:
        lead = words[_clause_start(words, agent.first) : agent.first]
        skipped = lead[-1:] == [","] and re.search(
            r"\bhaving (?:\w+ly )?(?:skipped|ignored|misread|forgotten)\b", " ".join(lead)
        )
        return Fault(agent, Manner.OMITTED, group.main, group.main) if skipped else None
    if verb in _MENDING or not clause.is_past(verb):
        return None
    before = words[_clause_start(words, agent.first) : agent.first]
    behind = words[group.main + 1 : clause.end_of(group.main)]
    told = " ".join(behind)
    fault = Fault(agent, Manner.UNCHECKED, group.main, group.main)
    if re.search(r"\b(?:emergency|fix|hotfix|with (?:the )?approval|approved|exception)\b", told) and "freeze" in words:
        return None
    if (aside and is_careless(aside, clause.pack)) or (before[-1:] == [","] and is_careless(before, clause.pack)):
        return fault
    if verb in _AIMED and _TO_THE_WRONG.search(told) and not _ON_PURPOSE.search(told):
        return Fault(agent, Manner.WRONG, group.main, group.main)
    if _STUBBORN.search(told[-40:]) or not {"nevertheless", "nonetheless"}.isdisjoint(words[agent.last : group.main]):
        return fault
    if (_CARELESS.search(told) or _PERFECT.search(told)) and agent.who is not Who.SELF:
        return fault
    around = " ".join([*before, *aside, *behind])
    if verb in _DESTROYING and _BELIEVING.search(around) and not _BECAUSE.search(around):
        return Fault(agent, Manner.WRONG, group.main, group.main)
    return None


def _doing(clause: Clause, agent: Agent, at: int) -> Fault | None:
    """ "was deploying without a rollback plan", "was using an outdated diagram"."""
    group = clause.group(at)
    if not group.be or group.negated or group.modal or group.main < 0:
        return None
    verb = clause.words[group.main]
    if (
        not verb.endswith("ing")
        or verb[:-3] + "ed" in _MENDING
        or (verb in ("trying", "working", "going") and "without" in clause.words and not agent)
    ):
        return None
    behind = clause.words[group.main + 1 : clause.end_of(group.main)]
    said = " ".join(behind)
    careless = is_careless(behind, clause.pack) or _LACKING.search(said)
    stale = verb in ("using", "following", "reading", "looking") and re.search(
        r"\b(?:outdated|out-dated|obsolete|wrong|old version)\b", said
    )
    live = re.search(r"^(?:\w+ ){0,3}?directly (?:on|in|against) (?:the )?(?:\w+ )?(?:production|prod|live)\b", said)
    return Fault(agent, Manner.UNCHECKED, group.main, group.main) if careless or stale or live else None


_LACKING = re.compile(
    r"\bwithout (?:a |an |any |the )?(?:\w+ )?(?:plan|backup|rollback|monitoring|supervision|approval|tests?|review)\b"
)


def _clause_start(words: list[str], first: int) -> int:
    """Where the clause before a subject begins: behind the last stop."""
    for place in range(first - 1, max(-1, first - 22), -1):
        if words[place] in (".", ";", ":", "|", "—", "–"):
            return place + 1
    return max(0, first - 22)

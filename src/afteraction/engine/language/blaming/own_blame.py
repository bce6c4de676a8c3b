"""What people say against themselves: "this one is on me", "I should not have", "sorry, I ran it on the wrong branch".

Knows phrases in the first person singular. Refuses to mind what somebody merely did, regrets for others, and an apology
of an organisation.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Agent, Who

_AS = r"(?:(?:really|simply|just|so|very|too|a bit|a little|rather|quite|still|also|clearly|frankly|honestly|obviously|completely|totally|entirely|fully|far|probably|\w+ly) )*"
_OWN = re.compile(
    rf"\bi (?:do )?{_AS}(?:regret|regretted|feel (?:bad|terrible|awful|guilty|responsible|ashamed|stupid|sick|rotten)|felt (?:bad|terrible|awful|guilty|ashamed|stupid)|blame myself|take (?:the |all |all the |full |complete |the full )*(?:blame|responsibility|fault)|own (?:this|that|it|the (?:mistake|error|failure|miss|bug|outage|delay))|(?:will )?hold (?:up )?my hands?|put my hands? up|hang my head|kick myself|could (?:have )?kick(?:ed)? myself|let (?:\w+ ){{1,3}}down|have (?:no|only myself|nobody|no one) (?:excuse|to blame|but myself)|had no excuse|must (?:admit|confess|own up)|confess|owe (?:\w+ ){{0,3}}an apology|broke it|broke (?:the|prod|production|everything|main|master)|caused (?:this|it|the|all)|am the (?:one|person|idiot|culprit|reason|cause) (?:who|that)|was the (?:one|person|idiot|culprit|reason|cause)|am (?:the |solely |entirely |fully |partly )*(?:to blame|at fault|guilty|culprit|ashamed|embarrassed|mortified)|was {_AS}(?:to blame|at fault|careless|sloppy|lazy|stupid|foolish|negligent|reckless|naive|wrong|hasty|overconfident|complacent|impatient|distracted|confused|tired|asleep|in (?:a|too much of a) (?:hurry|rush)|not (?:paying|careful|thorough|concentrating|looking|thinking|attentive))|knew better|was not thinking|wasn't thinking|wasn't paying|had a (?:brain|senior moment|blackout)|got (?:cocky|careless|sloppy|lazy|complacent|confused|carried away|it wrong|this wrong|that wrong|the \w+ wrong|greedy|impatient)|made (?:an? |the |that |this |some |one )?(?:\w+ )?(?:mistake|error|blunder|bad call|wrong call|typo|wrong (?:assumption|decision|choice)|poor (?:decision|choice|call)|bad (?:decision|choice|assumption)|slip)|(?:did not|didn't|never|forgot to|failed to|neglected to|omitted to) (?:{_AS})(?:think|look(?:ed)?|check(?:ed)?|test(?:ed)?|read|verif(?:y|ied)|ask(?:ed)?|tell|told|bother(?:ed)?|double-check(?:ed)?|pay attention|paid attention|consider(?:ed)?|realise|realize|wait(?:ed)?|review(?:ed)?|escalate(?:d)?|warn(?:ed)?|follow(?:ed)?|announce(?:d)?|notif(?:y|ied)|inform(?:ed)?)|should (?:not|never) have(?= ?[.,;!]|$)|shouldn't have(?= ?[.,;!]|$)|dropped the ball|messed|screwed|goofed|blew it|cocked|botched|bungled|flubbed|fat-?fingered|forgot|misread|misjudged|misunderstood|mistook|misclicked|mistyped|misconfigured|miscalculated|overlooked|neglected|underestimated|cut corners|jumped the gun|fell asleep|overslept|panicked|rushed (?:it|this|the)|skimmed|guessed|winged|eyeballed|ignored|dismissed|skipped)\b"
)
_MINE = re.compile(
    r"\b(?:my (?:own )?(?:\w+ )?(?:bad|fault|mistake|mistakes|error|errors|oversight|blunder|slip|typo|doing|carelessness|negligence|haste|laziness|stupidity|ignorance|impatience|sloppiness|misjudge?ment|misunderstanding|misreading|brain fart|screw-?up|goof|apologies|fat fingers?|thoughtlessness|stubbornness|inattention|hubris|forgetfulness|shame)|mea culpa|shame on me|silly me|stupid me|stupid of me|careless of me|dumb of me|foolish of me|naive of me|sloppy of me|wrong of me|blame me|the (?:blame|fault|mistake|error|responsibility|culprit|idiot) (?:\w+ )?(?:is|was|lies|rests|falls)(?: entirely| all| squarely| solely)? (?:mine|me|with me|on me)|(?:this|that|it|failure|outage|one|mistake|miss|delay|bug|incident|mess|error|call|decision) (?:is|was|'s)(?: \w+)? (?:on me|mine|down to me|my doing)|(?:mine|me) to (?:own|answer|carry)|it was me\b|that was me\b|this was me\b|guilty as charged|yours truly|(?:is|was|were|are) (?:all |entirely |only |purely )?mine(?= [.,;!]|$))\b"
)
_SORRY = re.compile(r"\b(?:sorry|apologies|apologise|apologize|my apologies)\b")
_OF_ALL = re.compile(
    r"\b(?:sorry|apologi\w+) (?:sincerely |again |deeply )?(?:to|for|about|that) (?:all |any |our |the |this |your |every)*(?:\w+ )?(?:customers?|users?|inconvenience|disruption|trouble|outage|delay|impact|downtime|noise|interruption|everyone|frustration|confusion|length)\b"
)
_DID = re.compile(
    r"\bi (?:\w+ly |also |then |just |had )?(?:ran|[a-z]+ed|put|set|sent|took|left|wrote|made|did|went|gave|broke|cut)\b"
)
_UNREAL = re.compile(
    r"\b(?:not|never|n't|nobody|if|whether|don't|doesn't|isn't|wasn't|did you|who|would|may|might|in case)\b(?: \w+){0,3}$"
)
_GENTLE = re.compile(
    r"\bi (?:\w+ly )?(?:ignored|dismissed|skipped|guessed) (?:the |that |this )?(?:\w+ )?(?:failed|failing|broken|canary|noise|spam|rest|suggestion|advice of|first)\b"
)
WORDS = frozenset({"i", "me", "my", "mine", "myself", "mea", "i'm", "i'd", "i've"})


def own_blame(clause: Clause, agents: list[Agent]) -> Fault | None:
    """Where a sentence holds something against its writer, or None."""
    if WORDS.isdisjoint(clause.words):
        return None
    said = " ".join(clause.words)
    found = _MINE.search(said) or _OWN.search(said)
    if found is None and _SORRY.search(said) and not _OF_ALL.search(said):
        found = _DID.search(said)
    if found is None or _UNREAL.search(said[: found.start()]) or _GENTLE.match(said, found.start()):
        return None
    first = len(said[: found.start()].split())
    last = min(first + len(found[0].split()) - 1, len(clause.words) - 1)
    own = next((each for each in agents if each.who is Who.SELF and each.first >= first), None)
    return Fault(own or Agent(first, first, Who.SELF), Manner.FAULT, first, last)

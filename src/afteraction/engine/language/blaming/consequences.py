"""A deed of somebody told together with what came of it, or as what the harm came from.

Knows how a sentence joins a deed and harm: "and viewers saw nothing", "which left the wards blind", "so refunds became
charges", "the index was empty since …", "set off by somebody draining …". Refuses a deed with the hour at which it was
done, a remedy, a report, and a consequence that is good.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.acting import Act, acts_of
from afteraction.engine.language.blaming.aftermath import CLOCK
from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.words import lapses as said_of
from afteraction.engine.language.words.pack import listed
from afteraction.engine.language.words.verb_forms import past_of_gerund

_OTHERS = (Who.ROLE, Who.NAMED, Who.PRONOUN, Who.TEAM)
_GOOD = re.compile(
    r"\b(?:luck\w*|resolved|recover(?:ed|y)|restor(?:ed|ing)|limited|short(?:er|ened)|sav(?:ed|ing)|avoid(?:ed|ing)|prevent(?:ed|ing)|detected|noticed|contain(?:ed|ing)|caught|spotted|mitigat(?:ed|ing)|fixed|fixing|intact|unhurt|well|no (?:data|customers?|users?|impact|loss|downtime|harm|patients?|one|more)|nobody|none|without (?:loss|harm|impact|incident)|stayed up|kept|back|quick(?:ly)?|in time|ended|over|subsided|cleared|clearing|went away|reliev(?:ed|ing)|protect(?:ed|ing)|freed|freeing|help(?:ed|ing)|reduc(?:ed|ing)|lower(?:ed|ing)|stopp(?:ed|ing) (?:the (?:leak|spread|alarm|alert|error|flood|loss|attack|growth|bleed)\w*|further)|allow(?:ed|ing)|enabl(?:ed|ing)|confirm(?:ed|ing)|thank\w*|praise\w*|grateful|commendable|good|great|right|correct(?:ly|ed)?|normal|safe(?:ly)?|available|healthy|green|up|works?|worked|passed|succeeded|found|apologi[sz]ed|refunded|paid|answered|replied|agreed|informed|told|asked|called|phoned|noted|logged|reported|reverted|rolled|repaired|replaced|as (?:planned|agreed|trained|intended|expected|designed))\b"
)
_BAD = r"(?:los[et]s?|losing|lost|miss(?:ed|ing)|disappear(?:ed|ing)?|vanish(?:ed|ing)?|collaps(?:ed|ing)|wreck(?:ed|ing)|gibberish|nonsense|fantasy|garbage|fail(?:ed|s|ing|ure|ures)?|never|could not|couldn't|cannot|can't|unable|drown(?:ed|ing)|blind(?:ed)?|blank|black|dark|dead|down|late|delay(?:ed|ing)?|stuck|stranded|locked|reject(?:ed|ing)|refus(?:ed|ing|e)|quarantined|crash(?:ed|ing)?|stopp?ed|halt(?:ed|ing)?|wrong(?:ly)?|off by|incorrect|stale|empty|twice|double|doubled|duplicat\w+|spoil(?:t|ed)|ruin(?:ed)?|scrap(?:ped|ping)|shatter(?:ed|ing)|crossed|contaminat\w+|garbled|corrupt\w*|overload\w*|starv(?:ed|ing)|chok(?:ed|ing)|flood(?:ed|ing)|leak\w*|expos(?:ed|ing)|public|everyone|everybody|all shards|overrun|offline|unreachable|uninstallable|unusable|unavailable|unable|unreadable|slash(?:ed)?|fined?|penalt\w+|trip(?:ped)?|dropp?(?:ed|ing)|cut (?:off|out)|knock(?:ed|ing)|brick(?:ed|ing)|banned|suspended|cancelled|deleted|overwritten|wiped|erased|broke(?:n)?|burn(?:t|ed)|cooked|melted|spill(?:ed)?|released|swung|fell|went (?:off|out|mad|bad|to|into|wrong|live)|sent into|turn(?:ed|ing) (?:into|to|a|black|blank|gibberish)|became|rerouted|misdirected|charges?|charged|instead|rather than|open|unmonitored|unprotected|without|false|short|saw (?:colour|nothing|blank|wrong|an?)|colour bars|alarms?|outage|loss(?:es)?|damage\w*|gas|injur\w+|overdose|chaos|confusion|gaps?|shut|out of|no (?:power|heat|signal|access|water|link|route|orders|payment|displays?|light|reading|data|sound)|nothing|danger|safe mode|throttled|exhausted|filled|jammed|aground|ground(?:ed)?|got (?:stuck|lost|salt|the)|carried|did (?:as|not)|disappeared|out)"
_HARM = re.compile(rf"\b{_BAD}\b")
# "…, so …", "…, hence …", "that is how …": what follows came of the deed.
_THEREFORE = re.compile(
    r"(?:, (?:and )?(?:so|hence|thus|thereby)(?! that| as| far)\b|, taking (?:[\w,'-]+ ){1,5}with (?:it|them)\b|, (?:and )?(?:which|that|this) (?:is|'s|was) (?:why|how)\b|, as a (?:result|consequence) of which\b|, with the (?:result|effect) that\b|, a fact that\b|\band with it went\b|\bhence the\b|\bthereby\b|[,;] as a result\b)"
)
_WHICH = re.compile(r", which (?:then |later |also |promptly |in turn |\w+ly )?([a-z]+)\b")
_LEAVING = re.compile(r", (?:thus |thereby |\w+ly )?([a-z]+ing) ")
_AND_SO = re.compile(r"(?:,|;| —| –| -)? \b(?:and|;|until|whereupon)\b ((?:[\w'.,%-]+ ){1,6})")
_HAPPENED_FOR = re.compile(
    r"(?:\b(?:because|since|as|when|after|once|through|thanks to|on account of|owing to|due to)|[:=])(?: (?:the|a|an|one|our|some|this|that|two|another))?$"
)
_SET_OFF = re.compile(
    r"\b(?:set off|brought about|brought on|kicked off|started|sparked|thrown off|knocked (?:out|over|down)|taken (?:out|down)|put out|brought down|shattered|blown|spoilt|ruined) by(?: (?:the|a|an|one|our|some))?$"
    r"|\b(?:cause|origin|root)\b[\w .-]{0,40} (?:lies?|lay) (?:in|with)(?: (?:the|a|an|one|our|some))?$|\b(?:root|source|origin|heart|bottom) of (?:the|this|our|all this) (?:trouble|problem|mess|matter|incident|outage|evil|delay|loss|failure) ?(?:is|was|:|=|—|–)(?: (?:the|a|an|one|our|some))?$"
    r"|\b(?:root )?(?:cause|trigger|reason) ?[:=—–](?: (?:the|a|an|one|our|some))?$|\bat the hands of(?: (?:the|a|an|one|our|some))?(?: \w+)?$|\bon account of(?: (?:the|a|an|our))?$"
    r"|\bwhat (?:killed|broke|wrecked|ruined|sank|knocked out|took down|brought down|cost us|spoilt|spoiled|flooded|emptied)\b[\w' -]{1,60} (?:is|was)(?: (?:the|a|an|our))?$"
    r"|\b(?:this|that|it|we|which) (?:we )?owe to(?: (?:the|a|an|our))?$|\bmay we owe to the$|\bwe owe to(?: (?:the|a|an|our))?$|\bgoes back to(?: (?:the|a|an|our))?$|\bcame about through(?: (?:the|a|an|our))?$"
)
_IT_WAS = re.compile(
    r"^(?:[\w' ]{0,30}[,:;] )?(?:it|that) (?:is|was)(?: (?:the|a|an|one of|our))?$|\bwhat (?:[a-z]+ ){1,3}(?:the |our |\w+'s )?[\w' -]{1,60} (?:was|is)(?: (?:the|a|an|our))?$"
)
_REASON_IS = re.compile(
    r"\b(?:reason|cause|trouble|what (?:went|goes) wrong|explanation)\b[\w' ,-]{0,70} (?:is|was) that(?: (?:the|a|an|our|one of our))?$"
    r"|^(?:the )?(?:root )?(?:cause|reason|trigger)(?: of [\w' -]{1,40})? ?[:=](?: (?:the|a|an|our))?$|^why (?:[\w'-]+ ){2,9}: ?(?:the|a|an|our)?$"
)
_BADLY_BY = re.compile(
    r"\b(?:careless|sloppy|negligent|shoddy|slapdash|clumsy|hasty|reckless|slipshod|inept|botched) (?:\w+ )?(?:handling|work|reading|wiring|cabling|editing|testing|labelling|treatment|use|storage|checking|planning|preparation|execution|typing|entry|driving|packing|filing)\b[\w' -]{0,50} by(?: (?:the|a|an|one of our|our))?$"
)
_ODD_OF = re.compile(
    r"(?:[\w-]+ ){0,1}?(?:stray|untested|unreviewed|unapproved|unchecked|unannounced|ill-timed|mistimed|botched|garbled|hand-written|late|wrong|mistyped|misplaced|premature|half-finished) [\w-]+ (?:[\w'-]+ ){0,5}?(?:gave|emptied|broke|took|sent|put|left|led|cost|was what|was the|brought|dropped|wiped|flooded|knocked|stopped|opened|closed|introduced|caused|made|cut)\b"
    r"|(?:transposition|misreading|mix-up|confusion|mislabelling|mislabeling|miscounting|misrouting|overwriting|double-booking|mishandling|misfiling|swap) of (?:the |two |both |a |an )?[\w-]+"
    r"|(?:override|bypass|disabling|removal|skipping) of the [\w-]+ (?:[\w-]+ )?(?:is|was) (?:what|why)\b"
)
_THANKED = re.compile(
    r"^(?:is|was) the one to (?:thank|blame) for\b|^at fault\b|^to blame\b|^owns this one\b|^again [.!]"
)
# Signs within the deed itself.
_ODD = re.compile(
    r"\b(?:un(?:closed|redacted|latched|released|tested|finished|signed|locked|verified|approved|reviewed|labelled|labeled|checked|fastened|secured|encrypted|validated|sealed|read|attended|hooked|screened|masked|announced|authori[sz]ed|planned|related|balanced|calibrated)|transposed|flipped|swapped|reversed|upside down|back to front|inside out|outdated|out-of-date|expired|leftover|stray|identical)\b"
    r"|\b(?:yesterday's|last (?:week|month|year|night)'s|the previous (?:day|week|month|year|release|owner|season)'?s?|of the previous (?:day|week|month|year|run)|(?:meant|intended|reserved|written|drawn up|made) (?:only )?for (?:the|an?|another|testing|tests?|staging|internal)|(?:for|of) the (?:twin|sister|neighbouring|adjacent|other|next) \w+|(?:the )?(?:neighbouring|adjacent|healthy|live|sister|twin) (?:one|row|rack|disk|drive|feeder|line|unit|node|panel|volume|port|breaker))\b"
    r"|\bwhere (?:the|his|her|their) [\w-]+ (?:said|says|asked|called|showed|read)\b|\bwhen (?:he|she|they) meant\b|\b(?:while|though|although|with) [\w' -]{1,40}? (?:still (?:in|on|at|under|inside|up|open|running|live|attached|connected)|was still|were still|showed|expects?|attached)\b|\bthat (?:was|were) still\b|\bstill (?:needed|in use|depended|used|relied)\b"
    r"|\b(?:in|as) the wrong \w+|\bin (?:one go|bulk without|full day|place of the)\b|\bwithout (?:a word|referral|so much|sample|a sample|notice|papers|proving|sliding|scanning|checking|cleaning|saying|telling|asking|counting|opening|having)\b|\bafter misunderstanding\b|\bbelieving (?:it|them|that|this) to be\b|\bjumped the gun\b|\blost (?:sight|patience|track|count)\b|\bpaid no heed\b|\bof (?:his|her|their|its) own (?:accord|decision)\b|\bby own decision\b|\bin training mode\b|\bin test mode\b|\bover(?:wrote|laid|wound)\b|\btypo'd\b|\b(?:keyed|typed|entered|put|read|dispensed|picked) [\w.'-]+(?: [a-z]+)? for [\w.,-]+(?: [.,;]|$)|\b(?:coded|graded|declared|keyed|entered|booked|logged) (?:the |a |an |it |them )?[\w-]+ as (?:an? |the )?[\w-]+(?: [\w-]+)?(?: [.,;]|$)"
)
_FOLLOWED = re.compile(
    r"\b(?:and|but) (?:told nobody|never|did not|didn't|then did nothing|saved over|kept selling|left it|kept it|shared the code|forgot|broke|cooked|choked|scrapped|ruined|erased|black-holed|contaminated|wiped|lost|blinded|got slashed|opened it to all|released the|lifted it for everyone)\b"
)
_NO_DEED = listed("""
    left joined arrived returned slept lived worked sat stood went came was were had got became began started continued
    needed wanted expected received lacked called asked told informed reported noticed found saw spotted detected phoned
    telephoned escalated paged warned raised opened logged noted confirmed answered replied spoke said explained agreed
    proposed suggested offered recommended considered discussed investigated checked tested reviewed inspected examined
    measured read stayed helped apologised apologized thanked praised saved rescued contacted missed guided requested
    declared announced published convened chaired flagged talked acted followed
""")
_PUBLISHED = listed("published opened declared read left called told")
_NOT_SO = re.compile(
    r"\b(?:if|could|might|may|would|whether|unless|until|once|prevent\w*|avoid\w*|rather than|not because|nobody|no one|will|shall|must|should|can)\b"
)
_RULE = re.compile(
    r"\b(?:must|shall|should|may|can|will|would|could|might|is required|are required|if|whenever|every time|in future|from now on|please|no longer)\b"
)
# "…, which was off by two metres" is said of a thing.
_STATES = listed("was were is are had has")


def consequence_of(clause: Clause, agent: Agent) -> Fault | None:
    """What a sentence holds against somebody by what came of their deed, or None."""
    if agent.who not in _OTHERS or agent.doubtful:
        return None
    words = clause.words
    lead = " ".join(words[max(0, agent.first - 24) : agent.first])
    behind = " ".join(words[agent.last + 1 : agent.last + 14])
    if agent.owns:
        return _owned(clause, agent, behind)
    if _BADLY_BY.search(lead) and agent.who is not Who.PRONOUN and not _NOT_SO.search(lead):
        return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
    if _THANKED.match(behind) and agent.who is not Who.PRONOUN:
        return Fault(agent, Manner.FAULT, agent.last + 1, min(agent.last + 3, len(words) - 1))
    if _RULE.search(" ".join(words)):
        return None
    if (
        _REASON_IS.search(lead)
        and agent.who is not Who.PRONOUN
        and (given := _given_as_reason(clause, agent)) is not None
    ):
        return given
    named = _named(clause, agent, lead)
    if named is not None:
        return named
    for act in acts_of(clause, agent):
        if act.modal or act.be or act.negated or act.by:
            continue
        if _came_of(clause, agent, act, lead):
            return Fault(agent, Manner.CAUSED, act.verb, act.verb)
    return None


def _owned(clause: Clause, agent: Agent, behind: str) -> Fault | None:
    """ "a designer's untested table gave everybody …", "the clerk's transposition of two digits"."""
    if agent.who not in (Who.ROLE, Who.NAMED) or _RULE.search(" ".join(clause.words)):
        return None
    found = _ODD_OF.match(behind.removeprefix("' "))
    return Fault(agent, Manner.CAUSED, agent.first, agent.last + 1) if found and not _GOOD.search(behind) else None


def _given_as_reason(clause: Clause, agent: Agent) -> Fault | None:
    """ "The reason it lagged is that the squad never raised …": whatever was done or left undone."""
    words = clause.words
    for act in acts_of(clause, agent):
        verb = words[act.verb]
        if act.modal or act.be or act.by or verb in _NO_DEED or verb in said_of.LOOKING | said_of.CURING:
            continue
        if not CLOCK.search(" ".join(words[act.verb : act.verb + 20])):
            return Fault(agent, Manner.OMITTED if act.negated else Manner.CAUSED, act.verb, act.verb)
    return None


def _named(clause: Clause, agent: Agent, lead: str) -> Fault | None:
    """ "set off by an SRE draining four nodes", "Root trigger = Kenji restarting …", "the cause lies in the crew …"."""
    words, at = clause.words, agent.last + 1
    if agent.who is Who.PRONOUN or not _SET_OFF.search(lead):
        return None
    doing = at < len(words) and (
        past_of_gerund(words[at]) != "" or words[at] in ("who", ",", "that", ".", "in", "at", "from")
    )
    ends = at >= len(words) or doing
    return Fault(agent, Manner.CAUSED, agent.first - 1, agent.last) if ends else None


def _came_of(clause: Clause, agent: Agent, act: Act, lead: str) -> bool:
    words = clause.words
    verb = words[act.verb]
    tail = " ".join(words[act.verb : act.verb + 46])
    if said_of.RELIEVED.search(tail) or said_of.PLANNED.search(tail):
        return False
    clocked = CLOCK.search(tail) is not None
    if verb in _NO_DEED and verb not in _PUBLISHED:
        return False
    if verb in said_of.LOOKING and verb not in _PUBLISHED:
        return False
    if verb in said_of.CURING:
        return False
    own = re.split(r" (?:because|since|when the|after the|as the|as there|so that) ", tail)[0]
    mending = verb in said_of.MENDING
    if (
        not clocked
        and not mending
        and verb not in _PUBLISHED
        and (_ODD.search(own, len(verb)) or _FOLLOWED.search(own))
    ):
        return True
    if clocked or mending:
        return False
    for found in _THEREFORE.finditer(tail):
        rest = tail[found.end() :]
        if not _GOOD.search(rest):
            return True
    for found in _WHICH.finditer(tail):
        rest = tail[found.start(1) :]
        if found[1] not in _STATES and not _GOOD.search(rest) and _HARM.search(rest):
            return True
    for found in _LEAVING.finditer(tail):
        rest = tail[found.start(1) :]
        if not _GOOD.search(rest) and _HARM.search(rest):
            return True
    for found in _AND_SO.finditer(tail):
        rest = tail[found.start(1) :]
        first = rest.split(" ", 1)[0]
        near = " ".join(rest.split()[:10])
        if found.start() < 110 and not first.endswith("ed") and not _GOOD.search(rest) and _HARM.search(near):
            return True
    before = _HAPPENED_FOR.search(lead)
    if before is not None and agent.who is not Who.PRONOUN:
        harm = lead[: before.start()]
        near = harm.rpartition(" . ")[2]
        return bool(_HARM.search(near)) and not _GOOD.search(near) and not _NOT_SO.search(near)
    return False


# One of them stands wherever something is found here: what joins, or what came of it.
WORDS = (
    frozenset(re.findall(r"[a-z]{4,}", _BAD.replace("?", " ")))
    | listed("""
    so hence thus thereby which account fault thank owns owe hands lies lay wrong still meant typed keyed shattered
    trigger root over typo'd because since stray untested transposition override yesterday's stopped drained missing
    unredacted unlatched identical nonetheless careless sloppy hasty lost fell went off blank empty became
    """)
) - listed(
    "without other line line nothing anything into back open with have from that this everyone times time public turn turning"
)

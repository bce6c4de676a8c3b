"""Somebody given as the cause: "because the DBA thought …", "it was Farid who pushed it", "the blame goes to …".

Knows how causes are named, and that of good ends there is no blame. Refuses to mind a cause that names nobody's doing.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.blaming.faults import Fault, Manner
from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.words.pack import gerunds, listed, pasts

_HARMED = re.compile(
    r"\b(?:outages?|incidents?|failures?|failed|lost|loss|broken?|broke|dropped|deleted|wiped|down|expired|lapsed|filled|backed up|late|longer|worse|too long|so long|unavailable|overloaded|crashed|corrupt(?:ed|ion)|leaked|exposed|delay(?:ed|s)?|went out|slipped|stopped|missing|downtime|this|happened|errors?|rejected|double|twice|wrong|offline|stuck|prolonged|disruption|data|bug|slow|hours)\b"
)
_GOOD = re.compile(
    r"\b(?:ended|resolved|recovered|restored|found|limited|shorter|shortened|short|saved|avoided|prevented|early|earlier|quick(?:ly)?|fast|faster|detected|noticed|contained|small|smaller|brief|succeeded|survived|stayed up|kept running|stayed online|kept working|worked|passed|safe|caught|spotted|no (?:data|customer|user|impact|loss)|nothing|without (?:loss|impact)|came back|back up|only (?:one|two|a few)|fixed|intact|not (?:affected|lost|happen|repeat))\b"
)
_CAUSE_OF = re.compile(
    r"(?:\bbecause(?: of the fact that)?|\bdue to the fact that|\bcauses? (?:of .{1,60}? )?(?:was|is|were|being)(?: simply| just)?(?: that| because)?|\breason (?:for .{1,60}? )?(?:was|is) (?:that|because)|\bhappened (?:when|after|because)|\bcaused when|\bthe cause:|\broot cause:|\bcauses?:)(?: \w+ly)?$"
)
_DUE = re.compile(
    r"(?:\bdue to|\bbecause of|\bowing to|\bthanks to|\bresult(?:ed|s|ing)? (?:from|of)|\bcaused by|\bstem(?:s|med|ming)? from|\barose from|\bcauses? (?:was|is)|\bdown to|\btraced (?:back )?to|\bresulted in|\btriggered by|\battribut(?:ed|able) to)$"
)
_ACTING = pasts(
    listed(
        "deploy push merge commit ship release run execute apply enter type use select choose pick copy introduce write change add set configure send publish roll enable disable delete remove drop terminate restart reboot modify update click start stop overwrite truncate wipe revoke rotate unplug disconnect pull switch turn take force-push put leave kill approve assume think believe pause expect trust comment edit rename move plug swap reset upgrade downgrade migrate decide mistake import load grant"
    )
) | listed("thought left paused took kept reset")
_ACTS = gerunds(
    listed(
        "deploy push merge commit ship release run execute apply enter type use select choose pick copy introduce write change add set configure send publish enable disable delete remove drop terminate restart reboot modify update click start stop overwrite truncate wipe revoke rotate unplug disconnect pull switch turn take put leave kill approve assume think believe pause trust comment edit rename move plug swap reset import become wait"
    )
) | listed("not never having being deciding being")
_NO_BLAME = re.compile(r"\b(?:blameless|no one to blame|not to blame|nobody is to blame|anyone could)\b")
_BLAMED = re.compile(
    r"\b(?:blame|responsibility|fault|accountability|liability)(?: for [^.;]{1,50}?| in this case| here)? (?:(?:squarely|clearly|solely|entirely|ultimately|must|should|has to|needs to|therefore|partly|mostly|largely|firmly|it) )*(?:goes? to|went to|lies? with|lay with|rests? with|rested with|falls? on|fell on|belongs? to|sits? with|is with|lands? on|to go to)$"
    r"|\b(?:can|must|may) (?:all )?thank$|\b(?:outage|incident|failure|downtime|loss|bug|mess|one|problem|delay|this|breakage) (?:was|is|were) (?:(?:all|entirely|mainly|mostly|purely|simply|squarely|just|only|solely|largely|basically|ultimately|100 %) )*(?:down to|on|the work of|the doing of)$"
    r"|(?:^|[.;,:] )(?:that|this|it)(?:'s| is| was) (?:(?:all|entirely|squarely|totally|completely|just|on) )*on$"
    r"|\b(?:guilty|culprit|(?:at fault|to blame|responsible|guilty|accountable)(?: (?:for|of) [^.;]{1,40}?)?|who (?:really |actually )?(?:failed|broke|caused|did|deleted|dropped|wrote|pushed|messed)(?: [^.;]{1,30}?)?|one who (?:broke|caused|did|deleted|dropped|wrote|pushed|messed|let|made|forgot|missed|ignored|took)[^.;]{0,30}?) (?:was|is|were|are|here is|here was)(?: clearly| obviously| in fact)?$"
)
_WHO_DID = pasts(
    listed(
        "deploy push merge commit ship run execute apply change introduce delete remove drop wipe disable break cause trigger forget miss ignore skip overwrite approve misconfigure leak expose unplug kill take bring make crash write leave pull turn switch sign let start enter type kick"
    )
) | listed("made broke let")
_SHARED = re.compile(
    r"\b(?:miscommunication|misunderstanding|confusion|lack of (?:communication|coordination|alignment)|poor (?:communication|coordination)|bad communication|rivalry|disagreement|quarrel|infighting) (?:between|among|amongst|within|by|from|on the part of|in|of)(?: \w+ and)?(?: the)?$"
)
_LACKING = re.compile(
    r"\b(?:(?:lack of|insufficient|inadequate|poor|bad|sloppy|careless|hasty|negligent|missing|no|little|incorrect|wrong|flawed|questionable|shoddy|late|slow|rushed|reckless|incomplete) (?:\w+ )?(?:attention|diligence|care|planning|judgement|judgment|communication|preparation|knowledge|experience|training|discipline|understanding|awareness|testing|review|oversight|foresight|handling|execution|coordination|work|decision|choice|reasoning|response|assumption|move|call|workmanship|supervision|skills?|competence|advice|instructions?|handover)|(?:mistake|mistakes|error|errors|oversight|negligence|carelessness|misjudgement|misjudgment|inattention|ignorance|incompetence|typo|slip|blunder|confusion|misunderstanding|omission|lapse|wrong assumption|assumption|decision|change|edit|misconfiguration|oversights|haste) ?)(?: (?:was |were )?(?:made|caused|committed|shown|displayed|taken|introduced))? (?:by|from|of|on the part of|on the side of)(?: the)?$"
)
_SOFT_NOUN = re.compile(r"\b(?:assumption|decision|change|edit)(?: \w+)? (?:by|from|of|on the part of|on the side of)$")
_DENIED = re.compile(
    r"\b(?:not|never|no|nor|isn't|wasn't|weren't|without|if|could|may|might|whether|rather than|prevent|avoid|nobody)\b[^,;]{0,40}$"
)


def named_as_cause(clause: Clause, agent: Agent) -> Fault | None:
    """Somebody behind words that make the next one the cause."""
    if agent.doubtful or agent.who in (Who.WE, Who.NOBODY) or (agent.owns and agent.who is Who.SELF):
        return None
    words = clause.words
    lead = " ".join(words[max(0, agent.first - 18) : agent.first]).replace(" :", ":")
    if not lead or _NO_BLAME.search(lead):
        return None
    if agent.owns:
        return _owned_cause(clause, agent, lead)
    return (
        _told(clause, agent, lead)
        or _cleft(clause, agent, lead)
        or _pointed_at(clause, agent, lead)
        or _because(clause, agent, lead)
    )


def _because(clause: Clause, agent: Agent, lead: str) -> Fault | None:
    """ "The index was dropped because the DBA thought …", "due to the operator not reading …"."""
    words, at = clause.words, agent.last + 1
    if agent.who in (Who.SELF, Who.PERHAPS, Who.THEY):
        return None
    if agent.who is Who.PRONOUN and lead.endswith("because"):
        unseen = re.match(
            r"(?:did(?: not|n't)|had(?: not|n't)|never) (?:\w+ly )?(?:see|know|notice|realise|realize|read|check|understand|think|look|wait|ask|test|seen|known|noticed|looked|checked)\b",
            " ".join(words[at : at + 4]),
        )
        calm = re.search(
            r"\b(?:escalated|asked|called|paged|waited|stopped|paused|rolled|reverted|reported|joined|declared|restored)\b",
            lead,
        )
        return Fault(agent, Manner.OMITTED, at, at + 2) if unseen and not calm else None
    found = _CAUSE_OF.search(lead)
    if found:
        main = lead[: found.start()] + " " + found[0]
        if (not _HARMED.search(main) and "cause" not in found[0]) or _GOOD.search(main) or _DENIED.search(main):
            return None
        at = _behind_phrase(clause, at)
        group = clause.group(at)
        acts = group.main >= 0 and not (group.modal or group.be) and words[group.main] in _ACTING
        if not acts:
            return None
        if group.negated and not (group.did or group.have):
            return None
        return Fault(agent, Manner.CAUSED, group.main, group.main)
    due = _DUE.search(lead)
    if due and words[at : at + 1] and words[at] in _ACTS:
        main = lead[: due.start()]
        if _GOOD.search(main) or _DENIED.search(main):
            return None
        return Fault(agent, Manner.CAUSED, at, at)
    return None


_FOUND_OUT = re.compile(
    r"\b(?:turned out|turns out|transpired|emerged|discovered|found out|revealed|showed|shown|learned|learnt|found|came to light|determined|established)(?: later| out| afterwards)? that$"
)
_UNDOING = listed(
    "disabled deleted removed dropped overwritten renamed revoked unplugged paused commented muted silenced changed edited switched turned run altered"
)
_WHEN = re.compile(
    r"(?:^|[^\w])(?:this|that) is (?:exactly )?what (?:happens|you get|we get)(?: when| if)(?: you let| we let)?$"
)
_WAITED = re.compile(
    r"(?:over |about |almost |nearly |more than |another |a full )?(?:\d+|an?|half an?|two|three|ten|twenty|thirty|forty|fifty|several|many) ?(?:\w+ )?(?:minutes?|hours?|min|h|days?) (?:just )?to (?:answer|respond|realis|realiz|notice|acknowledg|react|understand|admit|escalat|wake|figure|read|look|check|see)"
)


def _told(clause: Clause, agent: Agent, lead: str) -> Fault | None:
    """ "It turned out that a colleague had disabled the job", "this is what happens when …", "thanks to Pawel we lost …"."""
    words, at = clause.words, agent.last + 1
    if agent.who not in (Who.ROLE, Who.NAMED):
        return None
    rest = " ".join(words[at : at + 16])
    if _WHEN.search(lead):
        return Fault(agent, Manner.CAUSED, agent.first, agent.last)
    if lead.endswith("it took") and _WAITED.match(rest) and not re.search(r"\b(?:because|since|as the)\b", rest):
        return Fault(agent, Manner.SLIPPED, agent.first, agent.last)
    if (
        lead.endswith("thanks to")
        and re.search(r"\b(?:lost|outage|down|broke|wasted|weekend|failed|disaster|mess)\b", rest)
        and not _GOOD.search(rest)
    ):
        return Fault(agent, Manner.CAUSED, agent.first, agent.last)
    if _FOUND_OUT.search(lead):
        group = clause.group(_behind_phrase(clause, at))
        done = group.main >= 0 and group.have and not (group.be or group.modal or group.negated)
        if done and words[group.main] in _UNDOING and "already" not in words[at : group.main]:
            return Fault(agent, Manner.CAUSED, group.main, group.main)
    return None


def _behind_phrase(clause: Clause, at: int) -> int:
    """The verb behind "on call", "on the payments team", "from finance"."""
    words = clause.words
    if words[at : at + 1] and words[at] in ("on", "from", "of", "in", "at", "with"):
        return next((place for place in range(at + 1, min(at + 6, len(words))) if words[place] in _ACTING), at)
    return at


def _cleft(clause: Clause, agent: Agent, lead: str) -> Fault | None:
    """ "It was Farid who pushed the broken image"; finding, reporting and mending are praise."""
    if not re.search(r"(?:^|[^\w])(?:it|that) (?:was|is|'s)(?: once again| again| actually| in fact| our)?$", lead):
        return None
    words = clause.words
    who = next(
        (at for at in range(agent.last + 1, min(agent.last + 7, len(words))) if words[at] in ("who", "that")), -1
    )
    if who < 0 or who + 1 >= len(words):
        return None
    group = clause.group(who + 1)
    if group.main < 0 or group.be or group.negated or group.modal or words[group.main] not in _WHO_DID:
        return None
    rest = " ".join(words[group.main + 1 : group.main + 8])
    mends = re.search(
        r"\b(?:fix|fixes|revert|rollback|patch|possible|recover|safe|call|progress|sure|better|report)\b", rest
    )
    return None if mends else Fault(agent, Manner.CAUSED, group.main, group.main)


def _pointed_at(clause: Clause, agent: Agent, lead: str) -> Fault | None:
    """ "The blame goes to …", "this one is on …", "a lack of care by …", "miscommunication between …"."""
    if agent.who is Who.SELF and re.search(r"(?:\b(?:one|this|it|that)(?:'s| is| was)|\b(?:outage|incident|bug|mistake|failure) (?:is|was))(?: all| entirely| totally| completely)? on$", lead):  # fmt: skip
        return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
    if agent.who in (Who.THEY, Who.SELF) and not lead.endswith(" by"):
        return None
    words = clause.words
    found = _BLAMED.search(lead)
    if found and not _DENIED.search(lead[: found.end() - 3]):
        if _keeps(clause, lead):
            return None
        if lead.endswith(" on") and not _ends_here(words, agent.last + 1):
            return None
        return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
    if agent.who is Who.PERHAPS or _DENIED.search(lead):
        return None
    if _SHARED.search(lead):
        return Fault(agent, Manner.FAULT, agent.first - 1, agent.last)
    if _LACKING.search(lead) and not _SOFT_NOUN.search(lead):
        of = lead.endswith(" of")
        if of and agent.who not in (Who.ROLE, Who.NAMED):
            return None
        return Fault(agent, Manner.FAULT, agent.first - 2, agent.last)
    return None


_KEEPS = re.compile(
    r"\b(?:responsibility|accountability|responsible|accountable)\b(?P<squarely>.*\bsquarely\b)?(?: (?:for|of) (?P<what>[^.;]{1,50}?))? (?:lies|lay|rests|rested|is|was|are|were|belongs|squarely)\b"
)


def _keeps(clause: Clause, lead: str) -> bool:
    """Whether a responsibility is somebody's work: "responsibility for backups lies with the storage team"."""
    found = _KEEPS.search(lead)
    if found is None:
        return False
    if found["what"] is None:
        return "squarely" not in lead and "entirely" not in lead and "solely" not in lead
    return clause.pack["harm"].isdisjoint(found["what"].split())


def _ends_here(words: list[str], at: int) -> bool:
    return at >= len(words) or words[at] in (
        ".",
        ",",
        ";",
        "!",
        ")",
        "who",
        "for",
        "and",
        "alone",
        "here",
        "again",
        "—",
        "–",
    )


def _owned_cause(clause: Clause, agent: Agent, lead: str) -> Fault | None:
    """ "The root cause was Nikhil's decision …", "it was Mr Okonjo's decision … that exposed …"."""
    words = clause.words
    ahead = words[agent.last + 1 : agent.last + 6]
    deed = next((each for each in ahead if each in clause.pack["deeds"] or each == "belief"), "")
    if not deed:
        return None
    # "the engineer's fix"
    caused = re.search(
        r"\b(?:(?:root |main |real |underlying )?causes? (?:of .{1,50} )?(?:was|is)|due to|because of|result of|stem(?:s|med) from|resulted from|caused by|triggered by|traced to|down to)(?: \w+ly| the)?$",
        lead,
    )
    main = (lead[: caused.start()] if caused else "") + " " + " ".join(words[agent.last + 1 : agent.last + 16])
    if caused and not _GOOD.search(main) and not _DENIED.search(main) and deed not in ("fix", "hotfix", "rollback"):
        return Fault(agent, Manner.CAUSED, agent.first, agent.last + 1 + ahead.index(deed))
    if lead.endswith("not been for"):
        praised = re.search(
            r"\b(?:quick|careful|prompt|calm|good|swift|early|timely|alert|great|presence|help|work)\b", main
        )
        return None if praised else Fault(agent, Manner.CAUSED, agent.first, agent.last + 1)
    if re.search(r"\b(?:it|that) (?:was|is)$", lead):
        rest = " ".join(words[agent.last + 1 : agent.last + 26])
        harm = re.search(
            r"\b(?:that|which) (?:\w+ )?(?:exposed|caused|broke|took|brought|wiped|deleted|dropped|led|triggered|cost|killed|crashed|destroyed|started|overloaded|corrupted|locked|flooded|made)\b(?! \w+ (?:back|possible|better))",
            rest,
        )
        if harm:
            return Fault(agent, Manner.CAUSED, agent.first, agent.last + 1)
    return None

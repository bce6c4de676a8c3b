"""Passives and nouns behind which the mechanism disappears: "was accidentally deleted", "mistakes were made" (L7).

Knows how deeds are told without their path. Refuses to mind a passive that says through what it happened, one that is
prevented or feared, and one of which nothing needs to be known ("the deployment was rolled back").
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.remarks import is_denied
from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import listed

WORDS = listed("""
    crept happened happen incorrectly cut lost wrong imported somehow point stage operated unplugged pulled commented loose unsecured slipped
    accidentally inadvertently mistakenly unintentionally unwittingly accidently erroneously accidental inadvertent mistaken
    unintentional erroneous accident mistake mistakes errors error decided assumed agreed overlooked missteps oversights
    forgotten neglected missed omitted somehow decision decisions deemed wrongly unknowingly skipped misjudged choices
    oversight misunderstood miscommunicated believed went mishandled disregarded ignored wrong incorrect felt judged
    considered assumptions left faults reason
""")
_BY_ACCIDENT = listed("""
    accidentally accidently inadvertently mistakenly unintentionally unwittingly erroneously unknowingly wrongly accident
    mistake error somehow accidental inadvertent unintentional erroneous mistaken
""")
_ADVERB = r"(?:accidentally|accidently|inadvertently|mistakenly|unintentionally|unwittingly|erroneously|unknowingly|wrongly|by accident|by mistake|in error|somehow)"
_DONE = r"(?:\w+ed|run|set|put|sent|made|left|taken|brought|shut|cut|given|overwritten|written|begun|broken|built|driven|drawn|chosen|hit|lost|sold|thrown|undone|withdrawn|split|rebuilt|rewritten|reset|bound|held|kept|misread)"
_PASSIVE = Sought(
    rf"\b(?:was|were|been|being|got|get|is|are)(?: \w+)?? {_ADVERB}(?: and \w+)? (?:\w+ )??(?P<one>{_DONE})\b"
    rf"|\b(?:was|were|been|being|got) (?:\w+ )?(?P<two>{_DONE})(?: \w+){{0,3}}? {_ADVERB}\b"
    rf"|\b{_ADVERB} (?:got|was|were|been) (?P<three>{_DONE})\b",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"(?:configured|labell?ed|typed|formatted|spelled|sized|named|routed|reported|marked|classified|counted|parsed|detected|interpreted|calculated|treated|flagged|believed|assumed|considered)$",
    re.IGNORECASE,
)
_NOUN = Sought(
    r"\b(?:an?|the|this|that|one|some|several|another|due to|caused by|because of)\s(?:[\w-]+ ){0,2}?(?:accidental|inadvertent|unintentional|erroneous|mistaken) (?:[\w-]+ ){0,2}?(?:execution|destroy|destruction|manipulation|operation|configuration|setting|command|action|entry|intervention|handling|firing|deletion|removal|change|modification|deployment|restart|shutdown|release|publication|commit|merge|push|update|upgrade|activation|deactivation|disconnection|revocation|rollback|reboot|exposure|disclosure|introduction|drop|truncation|termination|overwrite|invocation|misconfiguration|switch|failover|edit|inclusion|omission|reset|wipe|purge|apply|run|unplugging|deprovisioning|decommissioning|rotation|cancellation|expiry|closure|migration|reconfiguration|disabling|enabling|deploy|submission|leak|move|transfer|release|alteration|adjustment|click)s?\b",
    re.IGNORECASE,
)
_MADE = Sought(
    r"\b(?:mistakes?|errors?|slips?|oversights?|misunderstandings?|missteps?|inaccuracies|things) (?:\w+ )?(?:crept|slipped|sneaked|happened|occurred|found their way|were inevitable)(?: in| into| along| through| during| while)\b|\bmistakes (?:have )?happened\b|\bby mistake,? (?:it|the|a|an|our|this|two|one|some) (?:[\w-]+ ){0,4}?(?:was|were|got|had been)\b"
    r"|\b(?:the |a |an )?(?:wrong|incorrect) (?:[\w-]+ ){1,2}?(?:got|was|were|had been|has been) (?:\w+ly )?(?:cut|operated|unplugged|pulled|connected|closed|opened|drilled|removed|deleted|loaded|started|stopped|switched|shut|isolated|disconnected|replaced|shipped|mounted|called|restored|promoted|patched|swapped|moved|chosen|taken)\b"
    r"|\b(?:prices?|values?|parameters?|limits?|settings?|rates?|thresholds?|quotas?|permissions?|labels?|dates?|amounts?|routes?|records?|tariffs?|addresses|configuration|config|the \w+) (?:was|were|had been|got|has been|have been) (?:incorrectly|wrongly|erroneously|mistakenly|improperly) (?:updated|entered|set|changed|keyed|typed in|edited|applied|assigned|filled in|modified|adjusted|copied|imported|uploaded|programmed|wired|connected|installed|mounted)\b(?! by)"
    r"|\b(?:got|was|were|had been) (?:\w+ )?(?:removed|lost|changed|deleted|dropped|disabled|turned off|switched off|overwritten|edited|added) (?:at some (?:point|stage|time)|somewhere along|along the way|in the process|one way or another|in the shuffle)\b|\bsomehow,? (?:[\w'-]+ ){1,5}?(?:have|has|had) been\b|\bit so happened that\b|\b(?:was|were|had been) left (?:open|unlocked|unattended|commented out|switched (?:on|off)|turned (?:on|off)|disconnected|unplugged|loose|unsecured|disabled|enabled|in (?:debug|test|maintenance) mode|logged in|running|bypassed|jumpered)\b(?! (?:for|by design|on purpose|as|so that|until|in accordance|because))|\bhappened accidentally\b|\bwithout (?:anyone |anybody |the team )?reali[sz]ing that\b"
    r"|\b(?:mistakes?|errors?|faults?|wrong (?:assumptions?|decisions?|choices?|turns?)|missteps?|oversights?|(?:bad|poor|wrong) (?:decisions?|choices?|calls?)|wrong settings?) (?:was|were|have been|had been|has been|got) (?:\w+ )?(?:made|introduced|committed)\b"
    r"|\b(?:wrong|incorrect) (?:[\w-]+ ){1,2}(?:got|was|were|had been) (?:flipped|deleted|removed|pushed|deployed|applied|selected|used|chosen|run|restarted|copied|uploaded|merged|changed|switched|picked|edited|entered|rebooted|unplugged|disabled|enabled|sent|installed|updated|turned|stopped|dropped|wiped|terminated|typed|pasted|set|pressed|clicked|ticked|checked|filled|opened|closed|assigned|booked|rolled)\b|^(?:some |several |two |the |a few )?(?:steps|checks|warnings|alerts|pages) (?:was|were|had been) (?:missed|skipped|omitted|left out)\b(?! by)"
    r"|\b(?:went|got|ended up|made (?:its|their) way|found (?:its|their) way|slipped|landed)\b[^.;:]{0,50}\bby (?:mistake|accident)\b|\bby (?:mistake|accident),[^.;:]{0,60}\b(?:was|were|got) \w+ed\b"
    r"|\b(?:a|the) decision (?:was|had been|has been) (?:\w+ )?(?:made|taken|reached)\b(?! (?:by|in|at (?:the|a) \w+ meeting|because|after|as|since))"
    r"|\bit (?:was|had been|has been) (?:\w+ )?(?:decided|agreed|assumed|deemed|overlooked|forgotten|felt|judged|believed|misunderstood|considered (?:safe|unnecessary|acceptable))\b(?! (?:by|at the|in the \w+ meeting))"
    r"|\b(?:was|were|had been|has been|have been|got|being) (?:(?:also|simply|unfortunately|just|apparently|completely|entirely|again) )?(?:overlooked|forgotten|neglected|misjudged|misunderstood|mishandled|miscommunicated|disregarded|ignored|left out)\b(?! (?:by|because|due|password|by the))"
    r"|\b(?:was|were|had been) (?:(?:also|simply|unfortunately|just|apparently|completely|entirely|somehow) )(?:missed|skipped|omitted)\b(?! by)"
    r"|\b(?:the|a|one|this|that|his|her) (?:[\w-]+ ){0,3}?(?:step|check|warning|alert|page|email|review|test|item|note|reminder|ticket|notification|line|flag|setting|instruction)s? (?:was|were|had been) (?:missed|skipped|omitted|left out)\b(?! (?:by|because|due|in (?:the )?\w+ (?:log|report)))"
    r"|\bdue to an oversight\b|\bthrough an oversight\b|\bby an oversight\b|\ban oversight (?:led|caused|meant|resulted|was made|occurred|happened)\b"
    r"|\b(?:things|something|stuff) (?:\w+ )?went wrong\b(?= (?:during|in|with|when|while|at)\b| ?[.!]| ?$)"
    r"|\b(?:somehow|for some reason),? (?:the |a |an |this |that |it |all |our |some |\w+ )?(?:[\w-]+ ){0,4}?(?:got|was|were|ended up|had been|disappeared|vanished|changed|went)\b"
    r"|\b(?:got|ended up|was|were|had been|managed to get) (?:\w+ )?somehow\b",
    re.IGNORECASE,
)
_PATH = re.compile(
    r"\b(?:by (?!mistake|accident|error|hand\b|an? (?:mistake|accident|error|oversight)|\d|now|then|that time|default|oversight)|via|through (?!an? (?:mistake|oversight|accident))|when (?:a|the|our|an|its|one|we|applying|running|terraform|deploying)|because (?!of an? (?:mistake|accident|error|oversight))|since the|as (?:the|a) (?:script|job|tool|pipeline|playbook|controller|result of (?:the|a) (?:script|job|tool|bug|race))|which (?:a|the) \w+ (?:job|script)|due to (?:a|the) (?:bug|race|script|default|wildcard|glob|regex|typo|missing|stale|filter|selector)|as part of|using (?:the|a))\b",
    re.IGNORECASE,
)
_FEARED = re.compile(
    r"\b(?:prevent\w*|avoid\w*|protect\w*|guard\w*|safeguard\w*|could|can|may|might|would|should|if|unless|lest|risks?|possib\w+|potential\w*|ensure|make sure|so that|stop\w*|block\w*|reduc\w+|less likely|harder|chance|warn(?:s|ed|ing (?:of|about|against))?|to be|will|cannot|against|whether|from being|detect\w*|disallow\w*|forbid\w*|in case)\b[^.;:]{0,70}$",
    re.IGNORECASE,
)


def agency_hidden_in(sentence: str, said: frozenset[str] | set[str]) -> tuple[int, int] | None:
    """Where a sentence hides through what something happened (L7), or None."""
    accidental = not _BY_ACCIDENT.isdisjoint(said)
    for pattern in (_PASSIVE, _NOUN, _MADE):
        if pattern is not _MADE and not accidental:
            continue
        found = pattern.search(sentence)
        if found is None or _FEARED.search(sentence[: found.start()]) or is_denied(sentence, found.start(), 18):
            continue
        if pattern is not _NOUN and _PATH.search(sentence, max(0, found.end() - 3)):
            continue
        done = (found["one"] or found["two"] or found["three"]) if pattern is _PASSIVE else ""
        if (
            done
            and _STATES.match(done.split()[-1])
            and not re.search("accident|inadvert|unintent", found[0], re.IGNORECASE)
        ):
            continue
        if pattern is _NOUN and re.search(
            r"\b(?:protection|prevention|guard|lock)\b", sentence[found.end() : found.end() + 16]
        ):
            continue
        return found.span()
    return None

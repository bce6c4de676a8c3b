"""What is said of careless people in several words: "dropped the ball", "left the port open", "should be held to account".

Knows phrases behind a subject. Refuses to find the subject: `predicates` does.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.faults import Manner
from afteraction.engine.language.words.pack import listed

_OWN = r"(?:his|her|their|its|the)"
_SELF = r"(?:himself|herself|themselves|themself)"
_LEAD = r"(?:(?:had|has|have|then|also|just|again|somehow|once|never|still|always|often|even|both|all|(?!only|barely|hardly|scarcely)\w+ly) )*"
_BE = r"(?:is|was|were|are|had been|has been|have been|'s)(?: (?:also|still|again|clearly|simply|just|so|very|rather|quite|a bit|far|much|\w+ly))*"
_NOT = r"(?:did not|didn't|does not|doesn't|do not|don't|had not|hadn't|has not|never)(?: (?:even|really|actually|simply|properly|fully))?"
_BAD = r"(?:very |really |rather |utterly )?(?:bad|poor|wrong|terrible|stupid|questionable|careless|hasty|rash|foolish|dumb|silly|rookie|beginner's|costly|sloppy|awful|lousy|half-hearted|grave|serious|basic|reckless)"
_OMITTED = (
    rf"{_NOT} (?:do {_OWN} (?:job|work|part|homework|duty|due diligence)|care\b|know (?:what (?:he|she|they) (?:was|were)|better|how to)|have the (?:skills?|competence|experience|knowledge)|take (?:it|this|the \w+) seriously|pay (?:any |much |enough )?attention|listen|live up to|lift a finger|speak up|act (?:on|in time)|see fit)",
    r"did (?:nothing|little) (?:about|to|when)|had no (?:idea|clue) (?:how|what (?:he|she|they) )|had no business|could(?: not|n't) be bothered|lost (?:track|sight)|dropped the ball|blew it|let (?:us|them|me|everyone|everybody|the \w+|\w+ team) down\b|let (?:\w+ ){1,3}slip\b",
    r"(?:sat on|slept on|slept through|shirked|slacked|glossed over|brushed (?:off|aside)|shrugged off|skimmed|eyeballed|winged)\b|looked the other way|turned a blind eye|cut corners|fell asleep|asleep (?:on|at)|dragged (?:his|her|their) feet",
    rf"{_BE} (?:sleeping|asleep|dozing|slacking|not paying|too busy \w+ing|playing games)\b",
    rf"neglected {_OWN} \w+|took (?:no notice|(?:a )?shortcuts?)|paid (?:no|little|too little|insufficient|scant) attention|gave no thought|(?:only|barely|hardly|scarcely) (?:checked|tested|skimmed|looked|read|verified|glanced|reviewed|updated|validated|half)",
    r"dismissed (?:the |all |several |every |an? )?(?:\w+ )?(?:warnings?|alerts?|alarms?|concerns?|reports?)|refused to|kept (?:on )?(?:ignoring|pushing|skipping|forgetting|missing|breaking|making|silencing|overlooking)",
    rf"{_BE} (?:supposed|expected|meant|obliged|required) to .{{1,50}}(?:but|and|,) (?:\w+ )?(?:never|did not|didn't|failed|forgot|was at|was not|wasn't)",
    r"could have (?:\w+ ){1,6}(?:but|and) (?:did not|didn't|chose not|never)\b|left (?!(?:the |a |this )?(?:ticket|issue|bridge|incident|call|room|bug|door|case|thread)\b)(?:\w+ ){1,4}(?:open|exposed|unprotected|unattended|unlocked|unpatched|unencrypted|unmonitored|undocumented|untested|lying around|half-done|half-finished|unfinished|dangling|public|world-readable)\b",
)
_WRONG = (
    rf"(?:got|became|grew|was getting) (?:too |a bit too |a little too |over)?(?:complacent|careless|sloppy|lazy|confused|distracted|cocky|overconfident|confident|impatient|carried away|greedy|ahead of {_SELF})|got (?:it|this|that|the \w+) (?:all )?wrong|jumped to (?:a |the )?(?:wrong )?conclusions?|panicked|lost (?:his|her|their) (?:nerve|head|temper|cool)",
    r"confused (?:\w+ ){1,5}(?:with|and|for)\b|mixed up|mistook|took (?:the |an? )?(?:\w+ ){1,3}for (?:the |an? )|(?:entered|typed|pressed|clicked|selected|pasted|hit|targeted|keyed in|picked|dialled) (?:[\w.-]+ ){1,6}(?:instead of|rather than)\b",
    rf"(?:made|committed) (?:an? |the |some |several )?(?:\w+ )?{_BAD} (?:\w+ )?(?:call|decision|choice|assumption|judgement|judgment|job|mistake|error|move|estimate)s?|did (?:an? )?{_BAD} job|gave (?:\w+ ){{0,3}}(?:bad|wrong|poor|misleading|incorrect) (?:advice|instructions?|information|orders?)|showed (?:poor|bad|no|little|a lack of) \w+",
    rf"(?:acted|behaved|reacted|responded) (?:too (?:late|slowly|hastily|quickly)|outside|against|on (?:his|her|their) own|without|like|as if|irresponsibly)|(?:deviated|strayed|departed) from|took it upon {_SELF}|insisted on \w+ing|rushed (?!to\b|in\b|over\b|back\b|out\b)|knew about the risks?|abused|improvised (?:and|instead)|overstepped|gambled|cheated|lied\b|misled|covered (?:it |this |the \w+ )?up\b|concealed|hid (?:the|a|this|that)\b",
    r"(?:decided|chose|opted|elected|preferred|tried|was quick|attempted) to (?:bypass|skip|ignore|disable|circumvent|forgo|override|cut corners|sneak|not)\b|(?:decided|chose|opted) (?:not to|against) (?:test|check|verify|ask|wait|tell|inform|review|follow|use|read|escalate|testing|checking|asking|following|reading|escalating|waiting)\b",
    rf"(?:{_BE} |had been )(?:told|asked|warned|advised|instructed|reminded)\b.{{0,50}}\b(?:but|and|yet|, )(?: still| then| nevertheless)? ?(?:did not|didn't|went|continued|ignored|deployed|carried|proceeded|never|pressed)\b",
    r"(?:continued|proceeded|deployed|merged|pushed|went ahead|carried on|pressed on|released|shipped|restarted|ran)\b[^.;]{0,40}\b(?:anyway|regardless|nonetheless|all the same|in spite of)\b|hard-?coded|approved (?:his|her|their) own\b",
)
_SLOW = (
    rf"{_BE} (?:too )?(?:slow|late) (?:to|in|at|with)\b|{_BE} too (?:slow|late|hasty|quick|eager|careless|lazy|confident|impatient|trusting|optimistic|reluctant|timid|proud)\b|(?:waited|hesitated|dithered|slept) (?:far |much |way )?too long|took (?:far |much |way )?too (?:long|much time)|wasted\b|procrastinated",
    r"(?:delayed|held up|slowed down|prolonged|extended|lengthened) (?:the |our |this |any )?(?:\w+ )?(?:rollback|response|recovery|escalation|fix|mitigation|diagnosis|resolution|restore|failover|outage|incident|downtime)\b",
)
_FAULT = (
    rf"(?:should|must|needs? to|has to|have to|deserves? to|ought to|will) be (?:held (?:accountable|responsible|to account)|disciplined|fired|blamed|ashamed|punished|reprimanded|retrained|demoted|dismissed|sacked|let go)\b|deserves? (?:the |all the |some )?(?:blame|punishment)|(?:has|have|had) only {_SELF} to blame",
    rf"{_BE} the (?:main |sole |only |real )?(?:reason|cause)\b|(?:bears?|bore|carries|carried|shares?|shared) (?:the |full |sole |most of the |some of the |some |all |much of the )*(?:responsibility|blame)\b|{_BE} wrong (?:to|in|when)\b|{_BE} (?:the one )?at fault\b|{_BE} guilty\b",
    r"(?:cannot|can't|can not|could not|couldn't|should not|should never|shouldn't|must not|must never) (?:have )?(?:be|been) trusted\b|(?:should not|should never|shouldn't|ought not to) have (?:been (?:allowed|let|permitted|given)|had access)|(?:should|must|ought to|needed to) (?:have )?(?:be|been) (?:far |much |a bit |a little )?more (?:careful|attentive|thorough|diligent|cautious|vigilant)\b|should have known better\b",
    rf"{_BE} (?:careless|negligent|sloppy|reckless|inattentive|incompetent|lazy|irresponsible|clueless|complacent|overconfident|absent-minded|thoughtless|unprofessional|oblivious|ignorant|drunk)\b|{_BE}(?: not|n't) (?:up to|careful|attentive|thorough|diligent|competent|qualified|vigilant|cautious|professional|paying|following|thinking)\b",
)
_CAUSED = (
    r"introduced (?:an? |the |this |another )?(?:\w+ )?(?:race condition|memory leak|leak|deadlock|loop|infinite loop|vulnerability|backdoor|bug|typo|regression|off-by-one|flaw|hole)\b|wrote (?:the |this |some |such )?(?:buggy|bad|sloppy|broken|faulty|poor|terrible)\b",
    r"(?:took|brought|knocked) down (?!(?:the |a |an |this |that )?(?:notes?|details?|phishing|page|old|faulty|broken|bad|stale|maintenance|minutes|names?|test|staging)\b)(?!.* for maintenance)(?![\w.-]*\d)\w+",
)
IDIOMS = tuple(
    (manner, re.compile(rf"{_LEAD}(?:{'|'.join(parts)})"))
    for manner, parts in (
        (Manner.OMITTED, _OMITTED),
        (Manner.WRONG, _WRONG),
        (Manner.SLIPPED, _SLOW),
        (Manner.FAULT, _FAULT),
        (Manner.CAUSED, _CAUSED),
    )
)
# One of these stands in each phrase that no other rule would look at a sentence for.
IDIOM_WORDS = listed("""
    ball blew slip slept skimmed eyeballed winged shirked slacked glossed brushed shrugged corners eye asleep sleeping
    dozing slacking dragged supposed meant obliged expected required told asked warned advised instructed reminded
    decided chose opted elected preferred attempted confused mixed mistook entered typed pressed clicked selected
    pasted picked keyed dialled held accountable disciplined ashamed punished reprimanded retrained demoted sacked
    deserves deserve responsible bears bore carries shares shared reason slow late hasty quick eager waited hesitated
    dithered delayed prolonged procrastinated left unattended complacent panicked insisted overstepped gambled cheated
    lied misled covered concealed hid anyway regardless nonetheless negligent reckless incompetent lazy irresponsible
    clueless overconfident distracted bothered idea clue homework diligence seriously attention
""")
_REACH = 16


def idiom_at(words: list[str], at: int) -> tuple[Manner, int] | None:
    """The manner and the last token of a phrase that begins at a token, or None."""
    said = " ".join(words[at : at + _REACH])
    for manner, pattern in IDIOMS:
        found = pattern.match(said)
        if found is not None:
            return manner, min(at + len(found[0].split()) - 1, len(words) - 1)
    return None

"""What is said of careless people in several words: "dropped the ball", "left the port open", "should be held to account".

Knows phrases behind a subject. Refuses to find the subject: `predicates` does.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.faults import Manner
from afteraction.engine.language.words.pack import listed

_OWN = r"(?:his|her|their|its|the)"
_SELF = r"(?:himself|herself|themselves|themself)"
_LEAD = r"(?:(?:had|has|have|then|also|just|again|somehow|once|never|still|always|often|even|both|all|(?!only|barely|hardly|scarcely)\w+ly) )*"
_BE = r"(?:is|was|were|are|had been|has been|have been|'s)(?: (?:also|still|again|clearly|simply|just|so|very|rather|quite|a bit|far|much|\w+ly))*"
_NOT = r"(?:did not|didn't|does not|doesn't|do not|don't|had not|hadn't|has not|never)(?: (?:even|really|actually|simply|properly|fully))?"
_BAD = r"(?:very |really |rather |utterly )?(?:bad|poor|wrong|terrible|stupid|questionable|careless|hasty|rash|foolish|dumb|silly|rookie|beginner's|costly|sloppy|awful|lousy|half-hearted|grave|serious|basic|reckless)"
_PROTECTION = r"(?:[\w-]+ )?(?:safety|safeguards?|guard ?rails?|guardrails?|approvals?|interlocks?|protections?|change control|review process|code review|peer review|audit|checks?|validations?|alarms?|alerts?|monitoring|tests?|warnings?|limits?|limiter|freeze|policy|locks?|backups?)"
_CONFIDENTIAL = r"(?:[\w-]+ ){0,3}?(?:secrets?|tokens?|keys?|passwords?|credentials?|certificate|database dump|customer data|personal data|\.env)"
_UNDONE = (
    r"(?:was|were|had been)(?: not|n't) (?:\w+ly )?(?:monitoring|watching|looking|listening|checking|following|verifying|reading|prepared)\b|(?:clicked|waved|nodded|whisked) (?:[\w-]+ ){0,5}?through\b|walked away|walked off|went (?:home|to lunch|off shift|to bed|on holiday)\b(?!.*\b(?:handed|handing|handover|relieved)\b)|gone (?:home|to lunch|to bed|on holiday)\b|left for (?:the day|lunch|the weekend)\b|did nothing\b|lost control|stood by|sat idle|looked on\b|phoned it in",
    r"left (?:[\w-]+ ){0,5}?(?:in place|disabled|commented[ -]out|broken|half-configured|unattended|behind|hanging|in (?:a |an )(?:\w+ )?(?:mess|state))(?= [.,;]|$| in | for | on | after | when )|left (?:the |a |an |his |her )?(?:\w+ )?(?:debug|verbose|default|temporary|test|trace)[\w -]*? (?:on|enabled|in place|in)\b|left (?:himself|herself|themselves) logged in",
    r"commented out (?!the (?:\w+ )?(?:line|code) that )(?:[\w-]+ ){0,4}?(?:check|checks|test|tests|assertion|assertions|validation|alert|alerts|guard|line|lines|step|call|hook|probe)\b|locked (?:himself|herself|themselves|everyone|everybody|us|the (?:whole )?team)(?: \w+){0,4} out\b|gave (?:everyone|everybody|anyone|all \w+|the whole \w+|himself|herself|themselves) (?:\w+ )?(?:write|admin|root|full|public|owner|production) (?:access|rights|permissions?|privileges)",
    r"(?:pushed|committed|merged|deployed|shipped|released|wrote|edited|changed|tested|developed|worked|experimented|debugged)(?! (?:the |a |this |that |her |his )?(?:\w+ )?(?:fix|hotfix|revert|rollback|patch)\b)(?: [\w./-]+){0,4} (?:directly|straight) (?:to|into|in|on|from|onto|against) (?:main|master|production|prod|live|trunk|his|her|their|the (?:main|live|production|release|prod)|a laptop)\b|(?:tested|developed|experimented|debugged|tried (?:it|this|things|the change) out) (?:\w+ ){0,3}?(?:in|on|against) (?:production|prod|the live)\b|force-pushed|force pushed|force-merged",
    rf"(?:overrode|overruled|defeated|circumvented|skirted|sidestepped|evaded|dodged|subverted|sabotaged|jumped|bypassed) (?:the |our |all |every |a |an |any )?{_PROTECTION}\b|(?:deliberately|intentionally|wilfully|willfully|consciously|knowingly|secretly|quietly|simply|just|permanently) (?:disabled|ignored|skipped|left|broke|withheld|removed|switched off|turned off|suppressed|muted|silenced)\b",
    r"(?:never|not) (?:turned|switched|put|set|brought|enabled|rolled|took|removed|restored|cleaned|undid|reverted|unmuted|unsilenced|re-enabled)\b",
)
_DISGRACED = (
    r"(?:guessed|made up|invented) (?:the|a|an|his|her|some)\b|relied on (?:his |her |their )?(?:memory|luck|hope|instinct|gut)|made (?:an? |the |some |several |further |more )?(?:unauthori[sz]ed|unapproved|unreviewed|undocumented|unannounced|untested|careless|hasty|ill-advised|unplanned) |made (?:\w+ ){1,6}?that (?:nobody|no one|no-one) (?:had )?(?:approved|reviewed|asked|known|requested)|claimed to have|thought (?:he|she|they) could (?:skip|just|get away|do without|ignore|bypass|save)|got away with",
    r"let (?:the |this |a |that )?(?:\w+ )?(?:bug|mistake|error|change|defect|regression|typo) (?:through|pass|slip)\b|went back to (?:sleep|bed)|(?:muted|silenced|switched off|turned off|ignored) (?:his|her|their) (?:phone|pager|laptop|notifications)|took no action|(?:closed|dismissed|resolved|waved away|wrote off) (?:the |this |that |an? )?(?:\w+ )?(?:alert|page|ticket|alarm|warning|report) as (?:a |an )?(?:false|noise|noisy|harmless|duplicate|known|unimportant|spurious)|told (?:the |our |a )?\w+ (?:the )?wrong\b|dragged (?:its|their|his|her) feet|(?:typed|entered|used|selected|pasted|put|gave|chose) [^.;]{3,50} where [^.;]{3,40} (?:was|were) (?:intended|meant|required|expected|needed|correct)",
    r"(?:has|have|had)(?: since| now| already)? been (?:spoken to|retrained|disciplined|reprimanded|let go|fired|sacked|suspended|demoted|removed from|sent home|given a warning|formally warned)|received an? (?:written |formal |official |final )(?:warning|reprimand)|(?:should|must|ought to) (?:be (?:banned|kept away|ashamed)|feel (?:ashamed|bad))|(?:need|needs|has|have) to (?:be|become|learn to be|get) (?:far |much |a lot )?more (?:careful|attentive|thorough|diligent|cautious|vigilant|disciplined)|needs a (?:talking|good talking)|(?:likes|loves|tends) to (?:deploy|skip|ignore|forget|break|bypass|merge|cut)|(?:keeps?|always|constantly) (?:breaking|forgetting|ignoring|skipping|pushing|breaks|forgets|ignores|skips)\b|(?:has|have) a (?:\w+ )?(?:track record|history|habit|tendency|reputation) (?:of|for|to)",
    r"(?:does|do)(?: not|n't) (?:\w+ly |even |really )?(?:understand (?!why\b|yet\b)|care\b|listen\b|test (?:their|his|her|its)|know how to|take (?:\w+ ){1,3}seriously|read (?:the )?(?:docs|documentation|runbooks?|messages|tickets|alerts))|never (?:writes|tests|reads|checks|asks|listens|reviews|documents)\b|(?:was|were) (?:so |too |very |completely |totally )?(?:indecisive|overwhelmed and|out of control|hopeless|clueless|useless|unhelpful|overhasty)\b|(?:was|were) (?:at|in) (?:a |the )?(?:party|pub|bar|gym|cinema|lunch|toilet)\b",
    r"(?:tried|attempted|sought) to (?:hide|conceal|cover)|covered (?:his|her|their) tracks|snuck|sneaked|slipped (?:\w+ ){1,4}in\b|(?:is|was|are|were) (?:well )?known for (?:not|never|breaking|skipping|his|her|being careless)|(?:has|had|have) a (?:bad |long )?(?:habit|history|reputation|tendency) (?:of|for|to)|(?:is|was|are) (?:always|constantly|forever|again) (?:breaking|forgetting|ignoring|skipping|pushing|deploying|causing|doing)\b",
    rf"(?:clicked|fell for)(?: on)? (?:a|an|the|this) (?:[\w-]+ )?(?:phishing|malicious|fraudulent|fake)|tripped over|spilled|spilt|knocked (?:over|out|loose)|kicked (?:out|loose|over)|(?:leaked|exposed|published|lost|disclosed|posted|shared|pasted|committed|e?mailed|uploaded|checked in|pushed) (?:the |an? |our |his |her |their |some |live |real |production )?{_CONFIDENTIAL}(?= (?:on|to|in|into|publicly|online|via|with|through|at) )(?! (?:to the vault|in the vault|to vault|into vault))",
    r"gave (?:us |the team |everyone |them )?(?:contradictory|conflicting|unclear|vague|confusing|false|wrong|bad|misleading|no)\b|(?:pressured|pressed|pushed|forced|bullied|urged|coerced) (?:us|the (?:\w+ )?(?:team|engineers?|developers?|crew)|everyone|everybody|them|him|her|developers?|engineers?) (?:to|into)\b|pushed for (?:the|a|an) (?:early |quick |fast |hasty |premature )?(?:release|launch|go-live|deploy\w*|rollout)\b.{0,40}(?:despite|although|against|anyway|before|too)",
    r"made (?:it|this|that|things|matters|everything|the (?:\w+ )?(?:situation|outage|incident|problem|impact|damage)) (?:even |much |far |a lot |only )?worse|(?:worsened|aggravated|compounded|exacerbated) (?:it|this|the|things|matters)|put (?:the |our |all |everyone's |customer |customers' )?(?:[\w'-]+ ){1,4}(?:at risk|in jeopardy|in danger)|jeopardi[sz]ed|(?:cost|lost) (?:us|the company|the customer|the business|our customers?)\b|(?:lost|forfeited) (?:the |our )?(?:[\w-]+ )?(?:customer data|backups?|trust)\b",
    r"(?:has |have |had )?(?:nuked|hosed|borked|bricked|clobbered|torched|trashed|wrecked|yolo'd|yoloed|yolo-deployed|cowboyed|winged|butchered|mangled|ruined|sabotaged|flubbed|muffed|bollixed|cocked up|ballsed up|stuffed up|mucked up|fluffed|goofed|fubared|fucked|messed up|screwed up|blew up|tanked|zapped|obliterated|annihilated|trampled)\b(?! (?:by|the (?:stale|stuck|test|old)))|(?:pulled|made|did) a (?:fast one|stupid|boo-?boo)|shot (?:himself|herself|themselves|us|itself) in the foot|asleep at the wheel|(?:opened|left open) a can of worms|threw (?:us|the \w+) under the bus|passed the buck|took (?:his|her|their) eyes? off|fell down on the job|was caught napping|were caught napping|let (?:it|this|that) happen|let (?:the |our |a )?(?:[\w-]+ ){0,2}?(?:cert\w*|domain|licen[cs]e|subscription|disk|queue|contract) (?:expire|lapse|run out|run full|fill|fill up|run dry)|went rogue|jumped the gun|played fast and loose|bit off more|cried wolf|ran (?:with it|amok|wild)|threw caution|rested on",
    r"(?:told|claimed|said|reported|insisted|assured|promised|swore|maintained|stated|announced)\b.{1,50}\b(?:when|although|even though|but) (?:it|that|this|they|he|she|the \w+) (?:(?:was|were|had|did)(?: not|n't)|clearly|never)\b|(?:falsely|wrongly|incorrectly) (?:claimed|reported|told|assumed|believed|stated|thought)",
    r"(?:executed|ran|applied|did|performed|followed|entered|carried out) (?:the |all |two |these |those |them |it )?(?:[\w-]+ ){0,3}(?:out of order|in the wrong order|in reverse order|in the wrong \w+|against the wrong|on the wrong)|(?:ran|executed|fired|issued|launched|kicked off) (?:an? |the |another )?(?:[\w-]+ )?(?:destructive|dangerous|unbounded|risky|untested|unindexed|unreviewed|reckless|ill-advised|careless|rogue|wrong)\b|(?:used|followed|relied on|worked from|trusted|copied) (?:an? |the )?(?:outdated|out-dated|obsolete|unapproved|incorrect|wrong|unsupported|out-of-date|expired) ",
    r"could(?: not|n't) (?:decide|make up (?:his|her|their) mind|cope|be bothered|care less)|(?:continued|proceeded|carried on|pressed on|went ahead|kept going|moved on|forged ahead) (?:\w+ ){0,5}?(?:after|although|while|even though|when|with|despite|past) (?:[\w-]+ ){0,4}?(?:failed|red|warnings?|failing|alerts?|errors?|alarms?|objected|said no)\b|(?:had been|was|were|kept) \w+ing (?:[\w-]+ ){1,6}?(?:by hand|manually|from (?:his|her|their) laptop|in production) (?:for|since)\b|shared (?:one|a|the same|their|his|her) (?:\w+ )?(?:logins?|passwords?|accounts?|credentials?)\b",
    r"overestimated|copy-pasted|copied and pasted|cargo-culted|(?:waited|took|needed|sat|stalled|hesitated) (?:for )?(?:over|more than|almost|nearly|another|a full|a whole|half|two|three|four|five|several|\d+) (?:an? |full )?(?:hours?|minutes?|days?|weeks?|half an hour|hour)? ?.{0,24}?(?:before|until|to) (?:(?:he|she|they) )?(?:told|telling|inform\w*|escalat\w+|ask\w*|notif\w+|respond\w*|react\w*|realis\w+|realiz\w+|answer\w*|acknowledg\w+|page|paging|call\w*|speak\w*|report\w*|rais\w+|admit\w*)",
    r"(?:did|do|does)(?: not|n't) (?:give a \w+|lift|care|give it|give them|have the (?:patience|courtesy|decency|sense))|took (?:a|an) (?:cavalier|careless|casual|relaxed|lax|reckless|lackadaisical) |(?:showed|displayed|demonstrated) (?:a |an )?(?:lack|disregard|carelessness|negligence|complete|poor|bad|little|no)\b|thought (?:he|she|they) knew better|knew better than|had (?:better things to do|other priorities)|played down|downplayed|sat on (?:his|her|their|it|the)",
)
_STATES = (
    r"(?:was|were|had been)(?: \w+ly| clearly| simply| also| still| just)* (?:unaware|ignorant|oblivious) (?:of|that|to)\b(?!.*\b(?:because|since|as no|as the|as there|nothing|nobody)\b)|(?:was|were)(?: not|n't) (?:fully |even |really )?aware (?:of|that)\b(?! any\b)(?!.*\b(?:because|since|as no|as the|as there|nothing|nobody|so they)\b)|(?:was|were) (?:not (?:sufficiently |very |at all )?familiar|unfamiliar) with\b(?!.*\b(?:because|since|new to)\b)|(?:was|were)(?: \w+ly| clearly| simply| just| also)* (?:far |much |way )?too (?:inexperienced|junior|green|tired|drunk|proud|stubborn|slow|busy|distracted|careless|lazy|trusting|casual|eager|hasty|confident|sure of|ambitious|cheap|afraid|scared|shy|arrogant)\b|(?:was|were) in (?:too much of )?(?:a|such a|too much of a|too great a) (?:\w+ )?(?:hurry|rush)\b|(?:was|were) (?:asleep|out of (?:his|her|their) depth|in over (?:his|her|their) head|incapable|unfit|unable to cope|not up to|caught off guard|drunk|hung over|hungover|incompetent|unqualified|inattentive|sloppy|reckless|negligent|careless|impatient|overconfident|arrogant|stubborn|forgetful|distracted (?:and|by)|confused (?:and|about|as to)|being (?:careless|lazy|sloppy|stubborn))\b",
)
_OMITTED = (
    rf"{_NOT} (?:do {_OWN} (?:job|work|part|homework|duty|due diligence)|care\b|know (?:what (?:he|she|they) (?:was|were)|better|how to)|have the (?:skills?|competence|experience|knowledge)|take (?:it|this|the \w+) seriously|pay (?:any |much |enough )?attention|listen|live up to|lift a finger|speak up|act (?:on|in time)|see fit)",
    r"did (?:nothing|little) (?:about|to|when)|had no (?:idea|clue) (?:how|what (?:he|she|they|it|(?:the|this|that|his|her) [\w-]+) )|had no business|could(?: not|n't) be bothered|lost (?:track|sight)|dropped the ball|blew it|let (?:us|them|me|everyone|everybody|the \w+|\w+ team) down\b|let (?:\w+ ){1,3}slip\b",
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
        (Manner.OMITTED, (*_OMITTED, *_UNDONE)),
        (Manner.WRONG, (*_WRONG, *_DISGRACED)),
        (Manner.SLIPPED, _SLOW),
        (Manner.FAULT, (*_FAULT, *_STATES)),
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

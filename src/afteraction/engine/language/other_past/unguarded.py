"""A guard that is not there or cannot see, told of whatever has none: "asks for no confirmation", "does not compare the two
dates", "looks at types but not at ranges", "so the swap went unnoticed", "the alarm goes to a mailbox nobody reads".

Knows how a system tells that it guards against nothing, and how one tells that something passed unseen. Refuses to know
which gates there are, what people left undone, and what is wished for.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import listed

_N = r"(?:[\w'%-]+ )"
_SIGNAL = r"(?:confirmation|preview|warnings?|complaints?|prompts?|objections?|questions?|flags?|alarms?|alerts?|bells?|murmur|notice|signal|count|page|resistance|challenge)"
_GUARD = r"(?:limits?|caps?|ceilings?|floors?|(?:upper |lower )?bounds?|guards?|guardrails?|interlocks?|sensors?|prompts?|checks?|validations?|confirmations?|safeguards?|previews?|alarms?|alerts?|warnings?|breakers?|thresholds?|(?:delete |branch |write )?protections?|constraints?|locks?|locking|tests?|alerting|rule against|rate limit(?:ing|er)?|versioning|dead man's switch|second (?:approval|approver|check|signature|pair of eyes))"
_LOOKS = r"(?:looks? (?:only )?(?:at|for)|looked at|covers?|covered|checks?|checked|validates?|validated|verif(?:y|ies|ied)|compares?|compared|counts?|counted|charts?|tests?|watch(?:es)?|samples?|measures?|measured|is measuring|monitors?|scans?|reports?|runs?|inspects?|parses?|sees?)"
_DENIES = r"(?:does not|doesn't|do not|don't|did not|didn't|will not|won't|cannot|can't|never)"
_REFUSES = r"(?:warns?|warned|verif(?:y|ies|ied)|validates?|validated|compares?|compared|cross-check|reconciles?|rejects?|refuses?|assert|asserts|alert|alerts|page on|ask(?:s|ed)? (?:for|whether|you|if|to)|look for|limits?|enforces?|raise|raises|flag|flags|checks?(?= (?:that|whether|if|for|the|how|its))|notify|complains?|prevents?|prevented|detects?|detected|stops?(?! (?:to|\w+ing)\b)|block|blocks|guard|contain any|exercise|include any|cover)"
_SO = r"(?:so|hence|thus|therefore|consequently|whereby|which is why|that is why|which is how|as a result|and so|and thus|and therefore|accordingly|and hence|and)"
_UNSEEN = r"(?:unnoticed|undetected|unseen|unremarked|unobserved|unflagged|unchallenged|unspotted|invisible|hidden|in silence|without (?:a |any )?(?:single )?(?:warning|alarm|alert))"
_UNGUARDED = Sought(
    rf"\b(?:asks?|asked|asking|offers?|offered|shows?|showed|gives?|gave|raises?|raised|issues?|issued|prints?|requires?|required|demands?|sends?|sent) (?:for )?(?:no|not a single) {_N}{{0,2}}?{_SIGNAL}\b"
    rf"|\b(?:with no|without) (?:so much as )?(?:an? |any )?(?:further |single |typed |second |additional )?(?:confirmation|warning|murmur|complaint|prompt|objection|approval|preview|alert|alarm|sanity check|validation)\b"
    rf"|\b(?!(?:we|they|he|she|i|who|you|people|nobody|engineer|team|operator|why|how|if|providers|builds|which)\b)[\w'-]+ {_DENIES} (?:even |also |actually |{_N}?ly )?{_REFUSES}\b"
    rf"|\bonly (?:warns?|warned)\b|\b(?:asks?|asked) no (?:further )?questions?\b"
    rf"|\b{_LOOKS} {_N}{{1,8}}?(?:only|alone)(?= ?[,;.]| and\b| otherwise\b|$)|\b{_LOOKS} (?:only|just|exactly one|a single)\b|\b{_LOOKS} {_N}{{1,7}}?,? ?(?:but|and|,) (?:not|never)\b(?! only)"
    rf"|\b{_SO} ,? ?{_N}{{0,9}}?(?:went|passed|stayed|remained|lapsed|was|were|kept|had been|lay) (?:completely |entirely |wholly |quite |totally )?{_UNSEEN}\b"
    rf"|\b{_SO} ,? ?{_N}{{0,9}}?(?:sailed|went|walked|slipped|slid|got|sneaked|passed|came) (?:straight |right |clean |directly )?(?:through|past)(?: (?:it|us|them|unnoticed|undetected|every \w+)| ?[.,;]|$)"
    rf"|\b(?:so|hence|thus|therefore|and) ,? ?{_N}{{0,2}}?(?:nobody|no one|no-one|nothing|not a soul) (?:saw|noticed|rang|paged|heard|fired|was told|was alerted|was paged|tripped|warned|got|complained|flagged)\b"
    rf"|\b(?:so|hence|thus|therefore|and) ,? ?{_N}{{0,2}}?no (?:\w+ )?(?:bell|alarm|alert|warning|signal|page|flag|error) (?:\w+ )?(?:rang|rose|risen|popped|came|fired|sounded|was|went|appeared|reached)\b"
    rf"|\b(?:so|thus|therefore|hence|and so|and thus) (?:therefore )?(?:\w+ ){{0,7}}?(?:(?:could not|couldn't|cannot|can't|could never) (?:have )?(?:be |been )?(?:seen?|picked|pick|tell|told|surfaced?|shown?|noticed?|noticing|detected?|detect|catch|caught|reveal|spot)|never (?:told|tripped|noticed|came across|saw|fired|came to|reached us|surfaced)|gave (?:us )?no|said nothing|told nobody|raised no|had no chance of|missed (?:the|it|this))\b"
    rf"|\b(?:goes|go|went|sent|mails?|mailed|e?mails|lands?|wired|reads? out|writes?|reports?|is shown|displayed) {_N}{{0,6}}?(?:to|in|on|at|into) {_N}{{0,6}}?(?:(?:that |which |where )?(?:nobody|no one|no-one) (?:reads?|watch(?:es)?|can|looks?|sees?|stands?|monitors?|opens?|is|checks?)|empty|unread|unattended|abandoned|unmonitored|retired|in a drawer|(?:was|were) given up)"
    rf"|\b(?:has|have|had|having|with|carr(?:y|ies)|there (?:is|was|are|were)|there's|exists?|places?|sets?|imposes?) no {_N}{{0,3}}?{_GUARD}(?= (?:on|for|against|that|which|in|at|to|of|when|between|whatever|before)\b| ?[.,;]|$)"
    rf"|\b(?:lacks?|lacked|lacking|missing) (?:an? |any )?{_N}{{0,2}}?{_GUARD}\b|\b{_GUARD} (?:on|for|of|at|in) {_N}{{1,5}}?(?:is|was|were|are) (?:missing|absent|lacking|not set|never set)\b|\bno {_N}{{0,2}}?{_GUARD} (?:was|were|is|had been|has been) (?:set|in place|defined|configured|run|written|built|placed)\b"
    rf"|\b(?:accepts?|accepted|takes|permits?|permitted|allows) (?:an? )?(?:any|every)\b|\b(?:accepts?|accepted|takes|permits?|permitted) {_N}{{1,9}}?(?:without (?!need)|with (?:no|a mere)|as well as|including|even)\b"
    rf"|\bnothing (?:in|on|at|about|inside|along) {_N}{{1,5}}?(?:checks?|checked|limits?|limited|stops?|stopped|compares?|compared|caps?|capped|prevents?|prevented|warns?|warned|covers?|covered|asks?|tells?|told|looks?|enforces?|verif(?:y|ies)|guards?|keeps?|kept|forbids?)\b|\bnothing (?:limits?|limited|caps?|capped|prevents?|prevented|enforces?|bounds|forbids?|keeps|warns)\b"
    rf"|\b(?:nobody|no one|no-one|no human) (?:gets|got|is|was) (?:told|alerted|paged|an alert|notified|warned|a (?:page|mail|message))\b"
    rf"|\b(?:no|none of our|none of the|not one) {_N}{{1,4}}?(?:caps|capped|limits|limited|prevented|stopped|fired|fires|blocks|blocked|forbids|refused|refuses|warned|warns|compares|complained|bars|barred)\b"
    rf"|\b(?:threshold|delay|window|tolerance|limit|alarm|alert|trip|warning) {_N}{{0,6}}?(?:of|at|to|was|is) {_N}{{1,5}}?,? ?(?:and )?(?:too (?:high|late|long|low|wide) to\b|so (?:fired|it fired|rang))|\b(?:too late|too slow|too coarse) to (?:save|act|stop|catch|warn|prevent|halt)\b"
    rf"|\b(?:alarms?|alerts?|warnings?|(?:\w+-)?detection|probe|gauge|trip|warning light|control|step|check|monitor) {_N}{{0,7}}?(?:(?:is|are|was|were|had been|has been|left|been) (?:{_N}ly )?)(?:inhibited|muted|paused|bypassed|off|optional|snoozed|disabled|disconnected|not connected|unplugged|switched off|pointed at)\b(?! by| because)"
    rf"|\b(?:alarms?|alerts?) inhibited\b|\b(?:control|check|interlock|alarm|trip) did not (?:operate|act|engage|work|fire)\b"
    rf"|\b(?:would|should|could)(?: (?:\w+ly|very|also|at once|then))* have (?:screamed|refused|rejected|blocked|bounced|discarded|barred|leapt out|leaped out|stood out|come to light|shown up|betrayed|revealed|exposed|turned it (?:down|away)|halted|tripped|caught|flagged|been (?:refused|rejected|blocked|discarded|seen at once|caught))\b(?! (?:our|us|the whole|everybody|everyone)\b)"
    rf"|\b(?:would have|had) (?:\w+ )?(?:made|left) it impossible to\b"
    rf"|\b(?:check|monitoring|test|tests|checks|checking|preview|validation|scan|scanner|rehearsals?|self-test|probe|checker|audit|finder|qa|step|listener|detection) (?:\w+ ){{0,4}}?(?:skips?|ignores?|never (?:runs?|opens?|cut|run|looks?|sees?|asks?)|omits?|(?:was|is) (?:paused|pointed at)|(?:did|does) not extend)\b"
    rf"|\bif the (?:test|dry run|drill|check|rehearsal|review|scan|canary|probe|validation) had\b|\bhad (?:the|an?|any) (?:[\w'-]+ ){{0,3}}?(?:check|test|edit|stage|limit|alert|alarm|probe|cap|lock|list|rule|validation|canary|gate|scan) (?:\w+ ){{0,2}}?(?:asserted|been (?:placed|on|in place|set|screened|run|there)|checked|covered|compared|run|looked|fired)\b"
)
_WISHED = Sought(
    r"\b(?:will|shall|must|todo|please|to be added|action item|by design|on purpose|may|might|why|investigate|add|implement|ensure|create|self recovers?|prevent|without need(?:ing)?|in any case|as (?:expected|intended|designed|planned)|we (?:now|have since|have added|added)|now (?:asks?|warns?|refuses|checks|rejects|compares|validates|requires)|no longer|false (?:alarms?|positives?)|(?:did|does) not (?:affect|need)|intended|deliberately|so it (?:is|was) (?:safe|fine)|is not needed|nor (?:should|need)|no (?:customer )?data (?:was|were) lost|was expected)\b"
)
# A sentence that tells of an unguarded passage has one of them, and one that says it was not there or not seen.
_ABSENT = listed("""
    no not none nothing nobody no-one never without doesn't don't didn't couldn't cannot can't won't only alone lacks lacked
    lacking missing unnoticed undetected unseen unremarked unobserved unflagged unchallenged invisible hidden through past
    accepts accepted takes permits permitted allows inhibited muted paused bypassed off optional snoozed disabled
    disconnected unplugged would should could too ignores skips skip ignore omits pointed retired empty unread unattended drawer mailbox had absent
""")
_MEANT = listed("""
    confirmation preview warning warnings warn warns warned complaint prompt objection question questions flag flags alarm
    alarms alert alerts bell murmur signal count page resistance verify verifies validate validates compare compares
    compared cross-check reconcile reconciles reconciled reject rejects refuse refuses refused assert ask asks asked limit
    limits limited enforce enforces raise raises raised check checks checked checking notify complain complains complained
    prevent prevents prevented detect detects detection stop stops stopped block blocks blocked look looks looked covers
    validated counts charts test tests samples measures measured measuring monitor monitors monitoring scans scan so hence
    thus therefore consequently whereby which why nobody no-one soul rang reads read mails mailed emails mailbox wired cap
    caps capped ceiling floor bound bounds guard guards interlock sensor sensors validation safeguard alarm breaker threshold
    protection constraint lock versioning accepts accepted takes permits permitted allows warns forbids told notified paged
    tolerance trip gauge probe step control have impossible rehearsal self-test checker audit finder listener dry drill
    canary edit stage rule save act catch
""")
PAIRS = ((_ABSENT, _MEANT),)


def unguarded_in(words: list[str], sentence: str) -> tuple[int, int] | None:
    """First and last word that tell of what no guard saw, or None. `sentence` are the words with blanks between them."""
    if _ABSENT.isdisjoint(words) or _MEANT.isdisjoint(words) or _WISHED.search(sentence):
        return None
    found = _UNGUARDED.search(sentence)
    if found is None:
        return None
    first = len(sentence[: found.start()].split())
    return first, min(max(first, len(sentence[: found.end()].split()) - 1), len(words) - 1)


__all__ = ("PAIRS", "unguarded_in")

"""What makes an incident small, or pushes it away, without a number (L8).

Knows the phrases. Refuses to mind them beside a figure ("minimal: 3 of 9,000 requests"), in a plan ("keep the impact
minimal"), and where customers are told that they need do nothing.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.remarks import is_denied
from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import listed

WORDS = listed("""
    hardly unavoidable drama scheme things life worth complained limits okay ok fine harmless intranet break breaks regrettable non-event lucky fortunately luckily only norms moving missed anyway hurt normal industry meh just happy
    nobody no-one noticed low before what
    negligible minimal minor trivial insignificant marginal marginally tiny slight small hiccup hiccups blip blips glitch
    glitches bump nuisance nil needed need reason nothing usual one-off isolated freak luck unlucky unfortunate control
    responsibility fault handful few couple inconvenience inconveniences annoyance rare unlikely vendor's provider's
    supplier's host's customer's happen happens happened deal serious exaggerated overblown hardly barely noticeable
    inconsequential unavoidable unnoticeable measures measure lessons grave dramatic tragic worse matter concern harm won't
    ours hands influence formality follow-up follow-ups little big huge major real
    blamed responsible perfect action actions significant right correctly
""")
# These push away only beside a no, "we had worse" aside.
_NOTHING = listed("no nothing not never nobody cannot can't couldn't won't n't only isn't wasn't")
_BESIDE_NO = listed("need needed reason action actions measure measures lessons follow-up follow-ups concern")
_SMALL_WORDS = listed("""
    low limited
    negligible minimal minor trivial insignificant marginal marginally tiny slight small little hiccup hiccups blip blips glitch
    glitches bump nuisance nil inconvenience inconveniences annoyance handful few couple hardly barely noticeable formality
    significant serious concern inconsequential unnoticeable big major real huge deal noticed nothing zero none typo slip lasting
    great meaningful actual
""")
_PUSHING = (
    WORDS
    - _BESIDE_NO
    - listed(
        "small low noticed little few couple big real major negligible minimal trivial marginal tiny slight handful"
    )
)
_EFFECT = "impact|detriment|effects?|disruption|consequences?|damage|harm|inconvenience|degradation|downtime|loss|interruption|issues?|problems?|incident|outage|event"
_SMALL = "negligible|minimal|minor|trivial|insignificant|marginal|inconsequential|barely noticeable|hardly noticeable|unnoticeable|tiny|very small|very limited|nil|close to (?:nil|zero|none)|practically (?:nil|zero|none)|virtually (?:nil|zero|none)|next to nothing|not (?:significant|serious|noticeable|severe|a concern|worth mentioning|that (?:bad|serious|big))"
_UNMEASURED = Sought(
    rf"\b(?<!ing the )(?:impact|detriment|effects?|disruption|consequences|damage|harm|degradation|loss|outage|incident|issue|problem)\b(?: (?:on|to|for|of|in|was|were)\b[^.;:?!]{{0,50}}?)? (?:was|were|is|are|remained|stayed|seems|seemed|appears to have been|has been) (?:\w+ )??(?:{_SMALL})\b"
    rf"|\b(?:only|just|merely|with|had|caused|saw|an?|of) (?:an? )?(?:(?:very|rather|only|relatively|fairly) )?(?:negligible|minimal|trivial|insignificant|marginal|inconsequential|tiny|minor|slight|little) (?:[\w-]+ ){{0,2}}?(?:{_EFFECT})\b"
    rf"|\bno (?:real|big|major|serious|lasting|actual|great|meaningful|true) (?:{_EFFECT}|deal)\b|\bnot (?:really )?(?:a |that )?(?:big|huge|serious|major) (?:a )?(?:deal|issue|problem|incident|outage)\b"
    rf"|^\W*impact(?: on [\w ]{{1,30}})?: ?(?:{_SMALL}|low|small)\W*$|\b(?:impact|severity|risk|disruption) (?:was|is) (?:considered|deemed|judged|regarded|estimated|thought|assessed) (?:to be |as )?(?:{_SMALL}|low|small|limited)\b"
    r"|\b(?:only|just|merely) (?:an? )?(?:very )?(?:(?:small|minor|brief|little|tiny|slight|short|temporary|quick) )*(?:hiccups?|blips?|glitch(?:es)?|bump|nuisance|inconvenience|annoyance|formality|typo|slip)\b|\b(?:small|minor|little|tiny|brief|slight) (?:hiccups?|blips?|glitch(?:es)?|inconveniences?|bump in the road)\b"
    r"|\b(?:only|just|merely|no more than|affected) (?:an? )?(?:very )?(?:handful|few|couple|tiny (?:number|fraction|share)|small (?:number|fraction|subset|share|percentage)) (?:of )?(?:(?:our|the|internal|test|external) )?(?:users?|customers?|requests?|people|clients?|accounts?|teams?|visitors|tenants?|orders?|sites?)\b"
    r"|\b(?:hardly|barely) (?:any(?:one|body|thing)?|noticed|affected|a (?:problem|blip))\b",
    re.IGNORECASE,
)
_PUSHED_AWAY = Sought(
    r"\b(?:hardly|barely|scarcely|not (?:really )?) ?worth (?:a |an |the |any |much )?(?:review|report|mention\w*|postmortem|discussion|write-up|effort|fuss|talking|writing|meeting)\b|\bnobody (?:really |even |much )?(?:missed (?:it|the|anything|this)|cared|minded|noticed anyway|hurt\b|was bothered)|\bin the (?:grand|greater|big|overall) (?:scheme|picture)\b[^.;]{0,30}\b(?:nothing|minor|small|little|irrelevant|negligible)|\bnothing in the (?:grand|greater) scheme"
    r"|\b(?:such|these|those|this (?:kind|sort|type) of|(?:incidents|outages|failures|errors|interruptions) (?:of (?:this|that) \w+|like (?:this|that|these))) ?(?:incidents?|outages?|failures?|problems?|interruptions?|things?)? (?:are|is|remain|will always be) (?:simply |sadly |just )?(?:an? )?(?:unavoidable|inevitable|normal|part of|to be expected|unpreventable|bound to happen)|\b(?:fortunately|luckily|thankfully),? (?:it|this|that) (?:was|only hit|only affected|hit) (?:only |just )?(?:the |a |an )?\w+(?: \w+)? ?[.!]?$"
    r"|\b(?:things|stuff|systems|computers|machines|servers|disks) (?:do |will |just |always )?(?:break|fail|go wrong|breaks)\b(?= ?[.,;!]|$)|\b(?:that|such) is life\b|\bthat['’]s life\b|\b(?:it was |there was )?only (?:one|a single) (?:\w+ )?(?:customer|user|merchant|tenant|person|client|site|team)s? (?:who |that )?(?:\w+ )?(?:complained|noticed|called|reported|asked|was affected|affected)\b|\b(?:damage|harm|impact|loss|effects?|consequences?) (?:was |were |is )?(?:\w+ )?(?:kept |stayed |remained |holds? (?:itself )?|held )(?:with)?in (?:\w+ )?limits\b"
    r"|\bcould (?:have )?happen(?:ed)? (?:to|at|in|with) (?:any|every|the best)\b|\bno (?:big |great |real |huge |major )?(?:drama|tragedy|catastrophe|disaster|biggie|worries|harm,? no foul)\b|\b(?:so|and) (?:it|this|that|all) (?:is|was|'s) (?:okay|ok|fine|not (?:a )?problem|no problem|alright|acceptable)\b|\b(?:a|was a|largely a|basically a) non-event\b|\bnothing (?:really )?happened(?: really)?\b(?= ?[.,!]|$)|\bis regrettable,? (?:but )?our\b|\bwell within (?:\w+ )?(?:norms?|industry|normal|tolerance|expectations|limits of the industry)\b(?! (?:range|temperature))|^\W*meh\b|\b(?:worse|bigger) things (?:have )?happen(?:ed)?\b|\bremains industry[- ]leading\b"
    r"|^\W*as (?:usual|always|ever),|\bit is what it is\b|\bnever happened before,? (?:so|and)\b|\b(?:was|is) (?:just |only |merely )?an? (?:small |minor |brief |temporary )?(?:glitch|hiccup|blip)\b|\b(?:cost of doing business|normal part of (?:running|operating|operations|business|life|doing))\b"
    r"|\b(?:so |therefore |hence )?(?:there (?:is|was) )?no (?:real |further |immediate )?(?:need|reason) (?:to (?:take|do|change|worry|act|panic|investigate|follow|improve|fix|write|dig|look|spend|overreact)|for (?:any )?(?:further )?(?:action|measures|changes?|follow[ -]?up|concern|alarm|improvement))"
    r"|\bno (?:further |additional )?(?:measures|actions?|follow[ -]?ups?|changes|improvements?|lessons?) (?:(?:is|are|was|were|seem|seems) )?(?:needed|necessary|required|to (?:learn|draw|be (?:taken|learned|learnt|made)))\b(?! (?:by|from|for|on) (?:you|users|customers|clients|your|our users|our customers))"
    r"|\bnothing (?:really |very |too |all that |that )?(?:bad|serious|major|dramatic|important|terrible|critical)(?: (?:should have|could have|actually|really))?(?: (?:happened|came of|was lost|broke|to see))\b|\bnothing (?:bad|serious) should (?:have )?happen(?:ed)?\b|\bnothing to (?:worry about|see here|learn)\b|\bnothing (?:more )?(?:that )?(?:we|anyone|anybody|one|the team|they|i) (?:\w+ )??(?:could|can|could have|might have)\b"
    r"|\b(?:a|an|this|it|just|only|purely|merely|simply)(?: \w+)?? (?:one[ -]off(?= ?(?:event|incident|case|thing|issue|problem|mistake|error|bug|accident|occurrence|[.,;!]|and\b|$))|one[ -]time thing|isolated (?:incident|case|event|occurrence)|freak (?:accident|event|incident|occurrence))\b|\b(?:just|pure|sheer|plain|simply|really) (?:bad luck|unlucky|unfortunate)\b|\b(?:was|were|is) (?:very |extremely |just )?unlucky\b"
    r"|\b(?:will|can)(?: (?:not|never)|n['’]t) (?:ever )?(?:happen|occur|recur)(?: \w+)? (?:again|any ?more|a second time)\b|\b(?:is|are|was|seems?) (?:very |highly |extremely |quite )?unlikely to (?:happen|occur|recur|repeat)(?: again)?\b|\bwon['’]t happen again\b"
    r"|\b(?:beyond|outside|out of|outside of) (?:of )?(?:our|their|my|the team's|anyone's|anybody's) (?:direct )?(?:control|hands|influence|responsibility)\b|\b(?:no|any|little) (?:real |direct )?control over\b(?! (?:when|which))"
    r"|\b(?:not|n['’]t|never) (?:really )?(?:our|my|the team's|anyone's|anybody's) (?:fault|problem|responsibility|job|doing|concern|business)\b|\b(?:is|was) (?:entirely |completely |purely )?(?:someone else|somebody else|the (?:vendor|provider|supplier|customer|client|isp|host|hoster|cloud provider|other team))['’]s (?:fault|problem|responsibility|mistake)\b|, not ours\b"
    r"|\b(?:we|the team) (?:did|have done|had done) (?:everything|all) (?:right|correctly|possible|we could|by the book|that could be)\b|\b(?:we )?(?:cannot|can['’]t|could not|should not) be (?:held |made )?(?:blamed|responsible|expected to)\b"
    r"|\b(?:this|that|these|such|those)(?: an?)?(?: (?:sort|kind)s? of)? things? (?:can |could |may |might )?(?:just |simply |do |does |will |always )*happens?\b(?! (?:when|if|after|because|on|at|in|every))|(?<!as )\b(?:it|stuff|shit|sh\*t|mistakes|bugs|outages|accidents) (?:just |simply |do |does |can |will )?happens?\b(?= ?[.!,]|$)|\bcould(?: have)? happen(?:ed)? to (?:anyone|anybody|everyone|everybody)\b|\b(?:had|seen|been through|known) (?:much |far )?worse\b|\bmatter is (?:now |herewith |therefore )?(?:closed|settled)\b|\bnot (?:considered |deemed |regarded )?(?:to be )?(?:of|a) (?:\w+ )?concern\b|\b(?:basically|practically|virtually|almost) (?:nobody|no ?one) noticed\b|\b(?:it|this|that|which) (?:is|was) (?:really )?(?:not|no) (?:really )?(?:a |so |very |that |all that |too )?(?:grave|dramatic|tragic|problem|big problem|disaster|drama|catastrophe|big deal|tragedy)\b(?! (?:with|of|in|for))|\bpart of (?:the game|life|doing business)\b|\bnot the end of the world\b|\bmuch ado about nothing\b|\b(?:exaggerated|overblown|blown out of proportion)\b"
    r"|\b(?:everyone|everybody) (?:else )?(?:makes|does|has) (?:mistakes|this|it|bugs|outages)\b|\bnobody(?:'s| was| is) (?:perfect|(?:hurt|harmed)(?!,? (?:and|nor|or) (?:no|not|the|there)\b))\b|\bno harm (?:was |has been )?done\b|\ball's well that ends well\b|\bonly (?:internal|test|staging|a test)(?: (?:users|system|environment|data))?,? so\b|\bunavoidable\b(?= ?[.!,]|$)",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\d|%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|half|third|quarter) (?:[\w-]+ )?(?:of|users?|customers?|requests?|minutes?|seconds?|hours?|people|orders?|percent|pages?|jobs?|sites?|accounts?)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:to|will|would|should|could|can|may|might|if|keep\w*|ensure|expected?|expect\w*|aim\w*|so that|make|whether|severity|sev)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
_TOLD_CUSTOMERS = re.compile(
    r"\b(?:customers?|users?|you|your|clients?)\b[^.;:]{0,25}\b(?:do|take|need|change)|(?:by|from|on|for) (?:you|your|users?|customers?|clients?)\b",
    re.IGNORECASE,
)


def made_small_in(sentence: str, said: frozenset[str] | set[str]) -> tuple[int, int] | None:
    """Where a sentence makes it small or pushes it away (L8), or None."""
    found = None if _SMALL_WORDS.isdisjoint(said) else _UNMEASURED.search(sentence)
    if found is not None and not _MEASURED.search(sentence) and not _PLANNED.search(sentence[: found.start()]):
        return found.span()
    said_no = not _NOTHING.isdisjoint(said)
    if not said_no and _PUSHING.isdisjoint(said):
        return None
    found = _PUSHED_AWAY.search(sentence)
    if found is None or is_denied(sentence, found.start(), 12):
        return None
    if found[0].lower().lstrip().startswith(("no ", "there", "so no")) and _TOLD_CUSTOMERS.search(sentence):
        return None
    if re.match(r"\s*(?:if|unless|so that|to make sure|to ensure|whether)\b", sentence, re.IGNORECASE):
        return None
    return found.span()

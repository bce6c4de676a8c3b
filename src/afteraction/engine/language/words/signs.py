"""Signs around a deed that hold it against whoever did it, whatever the verb: what was gone without, what was not known,
in whose place, how late, and what came of it.

Knows phrases, written for this project. Refuses to find whose deed it is: `signs` does.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.words.pack import gerunds, listed, pasts

_NEVER = r"(?:never|not|n't|didn't|hadn't|wasn't|weren't|hasn't|haven't|couldn't)"
# Going without doing these is no lack of care.
UNCARED_GERUNDS = gerunds(
    listed("""
    interrupt impact affect lose cause need touch disrupt stop wait restart reboot blame name damage hesitate redeploy
    add use succeed change require break exceed drop fail delay hurt harm trigger
    """)
) | listed("meaning being wanting intending giving having")
WITHOUT_ANY = re.compile(
    r"\b(?:without|w/o) (?:(?:even|ever|first|once|so much as|actually|really|properly|having|to|bothering to) )*(?P<what>[a-z-]+ing|tell|ask|check|inform|test|verify|notify|read|look)\b"
)
# In which state of mind, or in whose disregard, something was done.
MINDED = re.compile(
    r"\b(?:the very [\w-]+ (?:that|which)|over (?:our|everyone's|everybody's|the \w+'s) heads?|taking (?:it|this|that|them|him|her|the (?:[\w-]+ ){1,4}?)(?: )?for\b|confusing (?:it|this|that|them|the [\w-]+) with|blind(?:ly)?(?= ?[.,;]|$)|with the (?:[\w-]+ ){1,3}?(?:un(?:quoted|set|checked|finished|plugged|tested|read|signed|secured|locked|protected)|left (?:off|out|on|open|blank|empty)|missing|off|reversed|swapped|switched off|turned off|disabled)|under (?:another|someone else's|somebody else's|the (?:old|wrong))|(?:another|someone else|somebody else|the neighbour|the neighbor)(?: (?:patient|customer|tenant|client|person|team|user|company|passenger|student|member|guest|subscriber|account|ward|department))?'s|in the (?:mistaken |false |wrong |firm |naive )?(?:belief|assumption|hope|conviction|expectation|understanding|opinion) that|in (?:total |complete |open |clear |blatant |full )?(?:disregard|ignorance|defiance|contempt|violation|breach|contravention) of|(?:on|under) the (?:mistaken |false |wrong |silent |tacit )?assumption|under the (?:mistaken |false |wrong )?(?:belief|impression|illusion)|on autopilot|(?:from|out of|by force of|purely from) (?:sheer |pure |old |mere )?(?:habit|laziness|spite|curiosity|boredom|impatience|frustration|panic|convenience|ignorance)|for convenience|to save (?:time|effort|face|money|a (?:few|couple)|him|her|them)|on a (?:hunch|whim|dare|guess)|at a guess|in a (?:fit|moment|panic|hurry|rush|muddle)|in (?:the|his|her|their|a|all the|great) (?:haste|hurry|rush|confusion|panic|excitement|heat of)|(?:with|paying|giving) (?:no|little|scant|hardly any|barely any) (?:regard|thought|attention|care|consideration|heed|preparation|warning|notice|testing|understanding|experience|training|supervision|knowledge|plan|rollback|backup|review|approval|check|checks|margin|coordination|communication|idea|clue|explanation)|with (?:his|her|their) (?:eyes|mind|head|thoughts) (?:closed|shut|elsewhere|on)|while (?:half[- ]asleep|distracted|drunk|tired|chatting|on the phone|on (?:his|her|their) phone|playing|watching|eating|driving|texting|juggling|multitasking)|half[- ]asleep|in one go|all at once(?= (?:instead|rather|without))|single-?handed(?:ly)?|off the top of (?:his|her|their) head|as usual|yet again|once again|one time too (?:many|often)|once too often)\b"
)
# What was not known, not ready or not meant of what somebody used.
UNFIT = re.compile(
    rf"\b(?:(?:that|which|whose|who) )?(?:he|she|they|nobody|no one|no-one|none of (?:us|them))(?: had|'d| has| have| was| were| did| could)? ?(?:\w+ly )?(?:{_NEVER}|barely|hardly|scarcely|only half|must have|clearly|plainly|obviously) (?:\w+ly |even |yet |been |have |to be |once )*(?:booted|tested|tried|read|seen|checked|opened|looked|run|understood|understand|reviewed|verified|approved|asked|agreed|known|know|knew|met|authori[sz]ed|permitted|allowed|supposed|meant|intended|ready|finished|used|validated|compiled|built|executed|dry-run|rehearsed|measured|confirmed)\b"
    rf"|\b(?:that|which) (?:was|were|had|is|are)(?: {_NEVER}|n't)(?: been)?(?: \w+ly| yet| even| his| hers| theirs| for| the)?(?: to)?(?: be)? (?:meant|intended|ready|finished|tested|reviewed|approved|his|hers|theirs|released|supported|compatible|valid|live|complete|signed|cleared|in scope|part of|the right|the correct|due|agreed)\b"
    r"|\b(?:that|which) (?:belonged to (?:somebody|someone|another|a different)|was (?:meant|intended|destined|written|ordered|reserved) for (?:another|a different|someone|somebody|the (?:other|next|old|test|staging)))"
    r"|\bnobody (?:had )?(?:asked|approved|agreed|reviewed|read|signed|wanted|tested|requested|knew)\b|\blong after (?:he|she|they|it) (?:had )?(?:promised|agreed|was (?:told|asked)|said)\b|\bin the wrong\b|\bfor no (?:good |apparent |particular )?reason\b|\bas (?:smp-)?safe\b"
)
LATE = re.compile(
    r"\b(?:\w+ |\d+ )(?:minutes|hours|days|weeks|months|min|h) (?:too )?late\b|\bfor (?:\w+ )?(?:months|years|ages|weeks on end|days on end)\b(?=.*\b(?:until|before|because|and)\b|[ .,]*$)"
)
TOO_LATE = re.compile(r"\b(?:minutes|hours|days|weeks|months|an hour|a day|a week|far|much|way) (?:too )?late\b")
DELAYED = pasts(
    listed("postpone defer delay neglect ignore stall procrastinate dither hesitate dawdle linger tolerate shelve")
) | listed("put-off sat slept")
DOUBLED = re.compile(
    r"\b(?:twice|a second time|two times|three times|again by mistake)\b(?! (?:a|an|per|every|daily|weekly|each|as|in (?:the|a) (?:day|week)|to (?:make|be)|and (?:confirmed|got|saw))\b)"
)
NOT_DOUBLED = pasts(
    listed(
        "check try ask test verify read call restart reboot page warn look confirm ring fail meet retry review remind attempt ping escalate knock visit say tell measure count note"
    )
) | listed("said told tried met rang read")
# Verbs and objects that are a lapse by themselves.
LAPSED = re.compile(
    r"(?:(?:had|has|have|then|just|simply|also|\w+ly) )*(?:left no \w+|left (?:it|them|everything|things|that) (?:so|that way|like that|open|there|as (?:it|they) (?:was|were))|bothered to|decided (?:that )?(?:the|this|that|it) (?:[\w-]+ ){1,6}?(?:not|n't|no|didn't|wasn't|doesn't|unimportant|harmless)\b|(?:committed|pushed|shipped|checked in|deployed|merged|published|released) (?:his|her|their) (?:own|local|private|personal|test|debug|unfinished|half|draft|experimental)\b|did what (?:\w+ ){1,3}always|(?:saw|noticed|knew of|read|heard) (?:the |a |an |two |three )?(?:\w+ )?(?:red|failing|failed|warnings?|alerts?|alarms?|open|errors?|smoke|message)(?: \w+){0,4} (?:and|but) (?:still |then |just |simply |\w+ly )*(?:merged|clicked|deployed|ignored|closed|went|carried|continued|pressed|proceeded|left|did nothing|pushed|shipped|signed|said nothing)|(?:assured|told|promised|claimed|said|swore|insisted|stated|reported|declared)\b.{3,80} , which (?:it|this|that|they|he|she) (?:\w+ )?(?:was|were|did|had|is)(?: not|n't)\b|had no (?:business|right|permission|mandate|authority)|left out|left off|left behind|missed out|omitted|skipped over|passed over|mixed|muddled|jumbled|transposed|reversed the (?:two|order|sign|polarity)|swapped the (?:two|source|order|left|primary)|inverted the|flipped the sign|refused (?:to|any|the)|declined to (?:roll|stop|wait|escalate|test|help|review|fix)|got (?:\w+ )?(?:sloppy|careless|lazy|complacent|cocky|overconfident|confused|distracted|carried away|greedy|impatient|lost|mixed up|the \w+ (?:wrong|backwards))|got (?:it|this|that) (?:all )?wrong|grew (?:complacent|careless|impatient|sloppy)|became (?:complacent|careless|impatient|sloppy|confused)|took (?:an? |the |his |her |that |this |one |it |what )(?:[\w'-]+ ){0,6}?for (?:an? |the |granted|one\b|another|its|his|her|some)|took (?:no|little) (?:action|notice|heed|care|precautions?|interest|account|steps|backup|snapshot|responsibility)|took it (?:upon|on) (?:him|her|them)|took (?:the )?(?:easy|lazy|quick) (?:way|route|option)|read (?:an? |the |it|this |that |his |her )(?:[\w'-]+ ){0,4}?as (?:an? |the |if|\d)|tested (?:\w+ ){0,4}?(?:only|nothing|none|just)\b|(?:only|just|merely|hardly|barely) (?:tested|checked|skimmed|glanced|looked|read|tried|reviewed|half)|tested (?:in|on|against) (?:production|prod|live)\b|did (?:nothing|no |not a |little|next to nothing|neither)|(?:told|informed|asked|warned|consulted|notified|alerted|paged|called) (?:nobody|no one|no-one|none|neither|only (?:his|her|the))|said nothing|(?:checked|verified|tested|reviewed|read|documented|validated|questioned|monitored|backed up|announced|escalated|confirmed) (?:nothing|none|neither|no |only (?:the|one|half|a))|chose (?:speed|convenience|haste|comfort|cost|the (?:quick|easy|cheap|lazy|fast)\w*)|(?:put|valued|placed|ranked|favou?red|preferred) (?:speed|convenience|the deadline|the schedule|the date|cost|features|comfort|delivery|shipping) (?:before|over|above|ahead)|went (?:straight|directly|ahead|over|past|behind|off|rogue|around|for (?:lunch|coffee|a |the )|to (?:lunch|bed|sleep)|home|ahead)|worked around (?!the (?:bug|issue|problem|limitation|outage|fault|defect))|found (?:it )?(?:a )?(?:way|ways) around the|cheated|fibbed|bluffed|blundered|slipped up|erred|faltered|floundered|fumbled|bodged|botched|bungled|bluffed|blagged|lapsed|nodded off|dozed off|zoned out|overslept|loitered|dawdled|dithered|hesitated|stalled|vacillated|equivocated|trusted (?!the (?:result|data|measurement)s?\b)|relied (?:blindly|solely|only|entirely|on (?:memory|luck|hope|his|her|their|an? |hearsay|guess))|guessed|eyeballed|winged|hoped (?:for|that|it|nobody|no one)|gambled|bet (?:on|that)|presumed|supposed|had (?:[\w-]+ ){1,5}?(?:the wrong way|backwards|upside down|mixed up|reversed|swapped)\b|took (?:chances|liberties|a chance|risks)|(?:hard-?wired|hard-?coded|copy-?pasted|force-?pushed|self-?approved|self-?merged|yoloed|cowboyed)|(?:shared|leaked|exposed|posted|published|disclosed|mailed|emailed|pasted|uploaded|committed|printed|wrote down|stuck|taped) (?:the |a |an |his |her |their |our |its |all |live |real )*(?:\w+ )?(?:passwords?|credentials?|secrets?|tokens?|private keys?|api keys?|pin|customer (?:data|list|records)|personal data|salaries)\b|(?:gave|granted|handed|lent) (?:[\w'-]+ ){0,4}?(?:root|admin\w*|superuser|owner|full|sudo|production|write|unrestricted|master) (?:\w+ )?(?:access|rights?|permissions?|privileges?|passwords?|keys?|role|credentials)\b|kept (?:\w+ )?(?:it|this|that|the \w+|them|quiet|silent|mum|schtum)(?: \w+)? (?:secret|quiet|to (?:him|her|them)sel\w+|under wraps|hidden|back|from (?:us|the|everyone))|kept (?:quiet|silent|mum|pushing|pressing|insisting|retrying|clicking|ignoring|postponing|deferring|delaying|changing|hammering|restarting it|rerunning)|hid |concealed|withheld|covered up|buried (?:the|it|this|a)|swept|glossed|fudged|faked|massaged the|put off |put (?:the )?\w+ off (?:for|until|again)|hurried |rushed |raced through|sped through|breezed|flew through|skimmed|half-read|half-finished|half-tested|half-did|abandoned (?:the \w+|it|his|her|their) (?:half|mid|without|before)|walked away|walked off|wandered|strayed|deviated|departed from|overstepped|exceeded (?:his|her|their|its) (?:authority|mandate|brief|remit|permissions?)|meddled|tampered|fiddled|tinkered|messed|monkeyed|mucked|played (?:around|about|fast|with)|experimented (?:on|in|with|directly)|poked|improvised|freelanced|ad-?libbed|second-guessed|overthought|overcorrected|overreacted|underreacted|overpromised|oversold|underestimated|overestimated|misled|deceived|fooled|duped|was (?:fooled|duped|tricked|misled|taken in|caught out|caught off guard|caught napping|lulled|phished|outwitted)|fell (?:for|asleep|into the trap|short|down on|behind on)|lost (?:track|sight|count|patience|interest|focus|concentration|his|her|their|the (?:only|last|plot|thread|usb|key|keys|password|passphrase|laptop|paper|form|ticket))|locked (?:us|everyone|everybody|all of us|the (?:whole|entire|rest|\w+ team)|himself|herself|themselves)|scared|frightened|alarmed half|annoyed|infuriated|mystified|blindsided|surprised (?:us|everyone|the)|let (?:it|this|that|them|him|her|us|the \w+|things|matters)(?: \w+){0,2} (?:happen|slip|slide|drift|lapse|expire|down|go|rot|linger|fester|pile|run|through|out))\b"
)
# Of a copy, a branch, a map: what is no longer so.
STALE = re.compile(
    r"\b(?:last (?:year|month|quarter|week|season)'s|yesterday's|an? (?:old|older|outdated|out-of-date|stale|expired|superseded|obsolete|previous|retired|two-year-old|borrowed|pirated|cracked|counterfeit|foreign|half-finished|unfinished|half-written|leftover|personal|private|home-?made|self-?made|untested|unreviewed|unsigned|unlabelled|unmarked|look-?alike)|(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)'s|the (?:old|older|outdated|stale|expired|superseded|obsolete|last|previous|debug|draft|unfinished|half-finished|untested|dummy|placeholder|example|sample|demo|personal)) (?:[\w-]+ ){0,3}?(?:checkout|branch|build|map|drawings?|list|template|copy|version|file|config\w*|runbook|manual|spreadsheet|schema|dump|key|certificate|table|database|binary|image|package|library|tag|release|diagram|plan|price list|tariff|schedule|form|script|instructions?|firmware|driver|sheet|recipe|data|dataset|model|feed|rates?|file|prices?|location|code|codes|roster|menu)\b|\b(?:drawings?|maps?|plans?|manuals?|lists?|copy|copies|diagrams?|spreadsheets?|tables?|versions?|documents?|docs|instructions) (?:from|of|dated) (?:19|20)\d\d\b"
)
USED = pasts(
    listed(
        "use load upload copy restore build start boot provision install deploy ship restore import apply push release run attach print submit publish follow paste mount trust flash commit"
    )
) | listed("ran opened scanned keyed entered sent took put fed wrote worked-from checked-in")
# What came of it, told as a consequence.
THEREFORE = re.compile(
    r"(?:, |; |\. |— |– )?\b(?:which is why|that is why|that's why|this is why|which explains|which is how|that is how|that's how|so that is (?:where|why|how)|and (?:from|since) (?:that|then)(?: (?:second|moment|minute|point|day|time|on))*|and (?:so|thus|thereby|hence|therefore|thus|that)|thereby|hence|and this is the result|with the result(?: that)?|with (?:predictable|known|disastrous|dire) (?:results|consequences)|and here we are|and the rest is|and (?:it|that|this) (?:caught up|came home|came back|backfired|bit|blew up|ended|finished|cost|was that|did not end|went)|came home to roost|and (?:the )?[\w-]+(?: [\w-]+){0,3} (?:paid|suffered|went down|stopped|broke|failed|crashed|collapsed|died|fell over))\b"
)
# What went wrong, as a noun that heads a sentence.
TROUBLE = r"(?:blame|guilt|outages?|incidents?|interruptions?|disruptions?|regressions?|wipes?|loss(?:es)?|losses|problems?|issues?|failures?|faults?|bugs?|errors?|mistakes?|defects?|crash(?:es)?|leaks?|breach(?:es)?|downtime|delays?|mess|corruption|collision|spill|fires?|blackouts?|lockouts?|overloads?|duplicates?|mix-?ups?|confusion|damage|trouble|accidents?|disasters?|debacle|fiasco|flood|spike|backlog|degradation|misrouting|deletion|exposure|deadlock|typo|misconfiguration|breakage|shortage|shutdown|standstill|stoppage|false alarms?|bad (?:data|deploy|config|push|release|rows|records|values?|entries)|wrong \w+|chaos|alarm|complaints?|discrepanc(?:y|ies)|slowdown|hang|stall|gap|omission|oversight|whole thing|all of this|all this|this)"
COMES_FROM = re.compile(
    rf"\b{TROUBLE}\b[^.;:]{{0,70}}?\b(?:came|comes|has come|had come|come|stem(?:s|med)|arose|arises|originat(?:es|ed)|(?:goes|went|go|dates?|dated|leads?|led|can be traced|could be traced|was traced|were traced|is traced|traced|tracked) (?:all the way )?back|is imputable|was imputable|imputable|is attributable|was attributable|attributable|ascribable|chargeable|owed|is owing|is due|was due|is down|was down|boils down|came down|comes down|is thanks|falls|fell|lies|lay|rests|laid|be laid|placed|sits|began|begins|started|starts) (?:(?:squarely|entirely|solely|directly|mostly|largely|clearly|wholly|fully|mainly|only|straight|again) )*(?:from|to|with|on|at the (?:hands|door|feet|doorstep) of|on the shoulders of|to the account of)(?: (?:the (?:hands|desk|keyboard|work|doing|pen) of))?(?: (?:the|a|an|our|one of(?: the| our)?|your|another|some))?(?: [\w-]+)??$"
)
WHAT_BROKE = re.compile(
    r"\bwhat (?:actually |really |finally |in fact |then )?(?:broke|caused|triggered|killed|took|brought|crashed|did|stopped|started|tripped|set|tipped|made|happened|went wrong)\b[^.;:]{0,40}?\b(?:is|was)(?: that| simply| just)*$"
)
IS_ON = re.compile(
    r"(?:^|[,;.:—–] ?|\b(?:and|but|so|because) )(?:and |so |but )?(?:that|this|it|which|that one|this one|all of it|all this|(?:the|this|that|our) (?:whole )?(?:outage|incident|failure|bug|mess|delay|loss|problem|breakage|mistake|error|deletion|leak|regression)) (?:is|was|'s|lands|falls|rests|sits) (?:(?:entirely|squarely|completely|totally|fully|all|100 %|wholly|solely|partly|mostly|also|just|still|firmly|clearly) )*(?:on|down to|with)$"
)
# Of these no good came.
ENOUGH_SAID = re.compile(
    r"roost|caught up|backfired|here we are|this is the result|hence today|disastrous|dire|\bbit\b"
)
HARMED_MORE = re.compile(
    r"\b(?:refus(?:ed|ing) (?:good|valid|all|every|the|to)|turned away|scared|no longer|could not|couldn't|cannot|can't|unable to|not (?:work\w*|reach\w*|load\w*|start\w*|respond\w*|arrive\w*|available|sent|delivered|paid)|without (?:power|water|heating|service|data|signal|cover|access|network|internet|email|phones?|lights?)|wrong|went live|unprotected|in the dark|half (?:the|of|our)|twice|double|thousands|hundreds|dozens|nothing (?:worked|left|ran|moved)|nobody could|no one could|everyone (?:was|lost|got)|everybody (?:was|lost|got)|everything (?:stopped|went|was|failed)|(?:fell|falling|fall) (?:over|behind|apart|silent)|(?:went|goes|going|gone) (?:wrong|down|dark|missing|astray|offline|out)|stood still|stopped|died|failed|failing|broke(?:n)?|crashed|lost|dropped|expired|missing|empty|stale|stuck|rejected|late|outage|incident|downtime|errors?|failures?|loss|corrupt\w*|unusable|unreachable|down for|angry|complaints?|refunds?|fine[sd]?|overnight|all night)\b"
)
HARMING_VERBS = pasts(
    listed("""
    flood overload crash break corrupt wipe erase destroy exhaust saturate swamp choke starve deadlock leak expose cost
    ruin kill tank hose brick trash wreck cripple paralyse paralyze stall block jam clog clobber overrun overflow derail
    bork overwhelm strand scramble poison hammer trample nuke tip knock melt sink trip blow bring take drag disable
    disrupt delay prolong worsen trigger cause provoke spark ignite unleash
    """)
) | listed("broke overwrote took brought knocked cost blew sank overran hit cut")
DOWN = re.compile(
    r"^(?:[\w'-]+ ){0,6}?(?:down|offline|out|over|to (?:its|their|a|the) (?:knees|halt|standstill|stop))\b"
)
BRINGS_DOWN = listed("took brought knocked dragged pulled tipped blew tripped hit cut")

WORDS = listed("""
    another else's blind heads unquoted properly correctly thoroughly emerged transpired turned revealed whoever bothered
    local personal private clicked only second sat lay languished lingered stuck
    without w/o belief disregard assumption impression autopilot habit haste hurry rush panic nobody never not n't
    omitted refused declined sloppy twice late left took tested told kept hid concealed put rushed hurried
    guessed relied trusted lost locked scared let went gave granted handed chose worked fell got grew shared posted
    postponed deferred delayed hesitated stalled stale outdated debug superseded why hence
    thereby roost imputable attributable stems broke because meant unfit
    messed tampered fiddled meddled presumed supposed hoped bet swapped reversed inverted transposed mixed muddled
    flooded leaked exposed caused triggered cost flooding disrupted stopped outage outages incident incidents regression
    wipe failure failures mistake
""")

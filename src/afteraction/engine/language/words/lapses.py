"""Words for how somebody's act is told as a lapse: what is denied, harmed, defied, gone without, wrong, believed, left.

Knows words and patterns, written for this project. Refuses to find whose act it is: `acting` does.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.words.pack import listed, pasts

# Denied of somebody, these tell what the situation allowed and what there was.
BENIGN_DENIED = listed("""
    have had be been know known receive received see seen need needed get got gotten find found experience experienced
    able want wanted expect expected like liked mean meant intend intended cause caused break broke broken affect
    affected impact impacted lose lost touch touched cut change changed delete deleted trigger triggered contribute
    contributed matter work worked help helped succeed succeeded exist existed happen happened appear appeared belong
    require required observe observed encounter encountered manage managed access accessed hear heard feel felt agree
    agreed panic panicked hesitate hesitated give given gave blame blamed violate violated err erred think hold held
    arrive arrived reach reached start started finish finished resolve resolved recover recovered reproduce reproduced
    login log connect connected accept accepted hurt damage damaged suffer suffered miss missed stop stopped die
    respond-yet publish published replicate correlate suspect suspected anticipate immediately deserve leave left
    believe believed sleep slept join joined live lived seem seemed use used apply applied return returned complete completed
    expose exposed support supported emit retry retried implement reconcile handle handled provide provided crash raise
    raised escape escaped investigate investigated figure figured look-into introduce introduced buy bought sell sold win won plan planned speak spoke spoken like fear feared abandon abandoned
""")
BENIGN_AFTER_DENIED = re.compile(
    r"\b(?:because|since (?!\d|last|then|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|the (?:last|start|beginning|spring|summer))|given that|due to|as (?:the|there|no|it|its|they were)|so that|until|yet|so far|in order to|which (?:was|were|had)|anything (?:wrong|unusual)|any (?:impact|effect|issues?|problems?|errors?|harm|difference))\b"
)
WHERE_MEANT = re.compile(
    r"\bwhere (?:(?! [.;] ).){2,40}? (?:was|were|is) (?:meant|intended|required|needed|expected|correct|right|called for)\b"
)
# What limits harm or looks: such an act is no lapse for what follows it.
LOOKING = pasts(
    listed("""
    notice find see spot detect report identify observe confirm investigate acknowledge discover realise realize
    recognise recognize determine trace diagnose debug analyse analyze check verify inspect examine measure compare
    review watch monitor suspect flag learn hear read log record document write note describe explain say tell ask
    announce inform notify call page escalate alert warn email mail phone message ping text contact join attend meet
    discuss agree suggest propose recommend advise brief mention answer reply respond thank praise help assist
    volunteer offer request wait arrive return begin continue need want expect hope know understand remember
    receive get experience lose try attempt study interview apologise apologize consider file invite
    convene declare estimate calculate plan schedule count ruled test rehearse practise practice
    """)
) | listed(
    "found saw said told wrote read knew understood met heard got felt began lost sent-word ruled had been was were took sat stood worked collected gathered spotted flagged logged debugged planned pinged referred submitted"
)
MENDING = pasts(
    listed("""
    roll revert restore fix repair mitigate recover pause stop drain isolate fail shift rebuild correct resolve patch
    rescue save prevent avoid contain limit protect reinstate re-enable reenable resume revive undo replace swap add
    increase scale extend expand raise move reroute throttle block quarantine cordon halt abort cancel hold suspend
    restart reboot reset clear flush evict drain depool repool renew rotate replay reprocess compensate refund
    postpone delay freeze lock secure harden improve split halve reduce lower free reclaim archive clean unblock
    """)
) | listed("undid froze held split")
# Of those, what does nothing but make good.
CURING = pasts(
    listed(
        "roll revert restore fix repair mitigate recover rescue resolve save prevent avoid contain protect reinstate undo correct compensate refund renew cancel abort"
    )
)
NOT_CURING = re.compile(r"^(?:rolled|rolls) (?:out|forward|on|over)\b|^(?:failed) (?:over )?both\b")
CALLS = re.compile(
    r"^(?:opened|raised) (?:a|an|the|another|two|three|this|that|up) (?:\w+ ){0,2}?(?:call|bridge|ticket|incident|case|pr|pull request|issue|channel|dashboard|war room|document|thread|laptop|console|line|alert|alarm|concern|question|discussion|bug)\b"
)
HARMED = re.compile(
    r"\b(?:(?:went|gone|go|going) (?:\w+ )?(?:down|offline|dark|blank|silent|read-only|missing|astray|unanswered|unnoticed|out)\b|(?:stalled|crashed|cascaded|overheated|hung|died|collapsed|melted|starved|deadlocked|oom(?:ed|'d)?|imploded|derailed|tripped|lapsed|ground to|came to a halt|fell over|fell behind|fell apart|timed out|ran (?:out|dry|hot|full)|filled up|flooded|exploded|froze|bounced|caught fire|burned down|seized up|lost (?:access|power|their|its|his|her|service|data|connectivity|connection|contact|everything|quorum|signal|pressure|cooling|money|orders?|all)|blew up|backed up|piled up|stuck|jammed|flapped|diverged|went to (?!plan|sleep|bed))\b"
    r"|(?:was|were|got|been|being|be) (?:\w+ )?(?:lost|dropped|deleted|wiped|corrupted|exposed|leaked|duplicated|overcharged|undercharged|charged (?:twice|double)|double[- ](?:charged|billed|booked|paid)|locked out|cut off|grounded|blocked|overloaded|flooded|stranded|stuck|misrouted|misdirected|mislabelled|denied|refused|turned away|unavailable|unreachable|unusable|inaccessible|offline|overwritten|destroyed|damaged|scrapped|thrown away|delayed|postponed|cancelled|canceled|disconnected|orphaned|stopped|halted|paralysed|paralyzed|expired|down)\b"
    r"|(?:took|takes|taking|taken|brought|bringing|brings|knocked|knocking|pulled|dragged|dropping|knocks) (?:[\w'’-]+ ){0,6}?(?:down|offline|out|off the (?:air|network|grid|internet)|with (?:it|them)|to (?:its|their) knees|to a (?:halt|standstill|stop|crawl))\b|(?:took|taking|wiped|wiping|knocked|knocking) (?:down|out)\b"
    r"|(?:crashed|crashing|broke|breaking|breaks|blocked|blocking|grounded|grounding|overloaded|overloading|flooded|flooding|exhausted|exhausting|saturated|saturating|corrupted|corrupting|wiped|wiping|emptied|emptying|drained|draining|exposed|exposing|leaked|leaking|locked|locking|killed|killing|destroyed|destroying|prolonged|prolonging|delayed|delaying|halted|halting|stranded|stranding|stopped|stopping|tripped|tripping|severed|severing|disconnected|disconnecting|paralysed|paralyzed|paralysing|overwrote|overwriting|deleted|deleting|evicted|evicting|orphaned|orphaning|swamped|swamping|starved|starving|choked|choking|doubled|doubling|tripled|disabled|disabling|invalidated|invalidating|desynchronised|duplicated|duplicating|cancelled|cancelling|silenced|silencing|scrambled|cut off|cutting off|shut down|shutting down|shut out|locked out|locking out|burned|burnt|burning|fried|frying|poisoned|poisoning|ruined|ruining|tanked|tanking|hosed|nuked) (?:up |off |out |down |almost |nearly |over |nearly all |both )?(?:the|a|an|all|every|both|our|us|its|their|half|most|several|some|many|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens|hundreds|thousands|\d[\d,.]*|customers?|users?|patients?|production|prod|traffic|logins?|orders?|payments?|everyone|everybody|everything|access|service)\b"
    r"|(?:caused|causing|causes|triggered|triggering|provoked|provoking|led to|leading to|leads to|resulted in|resulting in|results in|ended in|ending in|meant|meaning) (?:[\w,%-]+ ){0,7}?(?:outages?|downtime|incidents?|loss|losses|failures?|errors?|crash(?:es)?|damage|delays?|corruption|disruptions?|chaos|havoc|storms?|loops?|backlog|queues?|alerts?|breach|leaks?|degradation|interruption|timeouts?|problems?|stop|halt|fire|flood(?:ing)?|collapse|deadlocks?|split[- ]brain|mess|crisis|duplicates?|complaints?|shutdown|blackout|lockout|restarts?|bounced|full|lost|dropped|failed|broken|missing|corrupted|delayed|wrong|stale|refused|rejected|unpaid|overbooked|double|injury|injuries|spill|fine|fines|penalty|lawsuit|refunds?|rework|retries|resets?|overload|exposure|lock-?ups?|stoppage|standstill|gaps?|misrouting|mismatch(?:es)?|drift)\b"
    r"|(?:made|making|makes) (?:[\w-]+ ){1,4}?(?:worse|unreachable|unavailable|unusable|inaccessible|impossible|public|visible to|fail)\b|at risk\b|(?:cost|costing|costs) (?:us|the|our|\d|about|some|[€$£])"
    r"|had to be (?:\w+ )?(?:rebuilt|restored|redone|repeated|replayed|reprinted|recalled|scrapped|thrown|reissued|re-issued|re-run|rerun|re-entered|re-keyed|rolled|reset|refunded|rescheduled|replaced|corrected|reversed|cancelled|evacuated|rewritten|reimaged|re-imaged|reinstalled|repaired|closed|shut|stopped|grounded|diverted)\b"
    r"|(?:leaving|left|leaves) (?:[\w,'’-]+ ){1,7}?(?:without|unprotected|exposed|down|offline|stranded|stuck|blind|unable|dead|open|in the dark|unreachable|unmonitored|inconsistent|with no|hanging|waiting|idle|cold|dry|unserved|orphaned|broken|empty)\b"
    r"|(?:outage|downtime|data loss|blackout|meltdown)\b)",
)
CONSEQUENCE = re.compile(
    r"(?:, (?:which|who|so|and|thus|thereby|hence|that|causing|leading|resulting|leaving|making|meaning|taking|bringing|\w+ing)\b|; | [—–-] |\b(?:and|so|thereby|thus|hence|causing|leading to|resulting in|leaving|due to which|because of which|as a result|with the result|which|until|then)\b)"
)
EXPLICIT = re.compile(
    r"\b(?:which|causing|leading|resulting|thereby|thus|hence|so|leaving|making|taking|bringing|knocking|due to which|because of which|as a result|with the result)\b"
)
RELIEVED = re.compile(
    r"\b(?:errors?|error rates?|latency|latencies|alerts?|alarms?|load|loads|attack|leak|lag|usage|cpu|memory|pressure|retries|rate|rates|backlog|queue depth|temperature|noise|bleeding|spread|storm|flapping|temperatures) (?:\w+ ){0,3}?(?:dropped|drop|fell|fall|go down|went down|come down|drain|recover|stopped|died|subsided|cleared|was cleared|were cleared|drained|was stopped|were stopped|came down|ended|disappeared|vanished)\b"
    r"|\b(?:stopped|stopping|halted|halting|blocked|blocking|ended|ending|cut|cutting|cleared|clearing|killed|killing|drained|draining|broke|breaking|prevented|took out|shut down) (?:the |all |any |further |this |that |more |its |our )?(?:\w+ )?(?:errors?|alerts?|alarms?|load|attacks?|attackers?|leak|leaks|bleeding|spread|storm|retries|flapping|loop|bad|malicious|abusive|rogue|runaway|stuck|backlog|queue|requests from|further|cycle|flood|noise|impact|incident|outage|damage|loss|deletion|writes|rollout|bot|bots|crawler|deadlock|leaked|old|stale|compromised|infected|faulty|broken|failing|unhealthy|backups?)\b"
    r"|\b(?:as (?:planned|agreed|documented|intended|designed|expected|instructed|requested)|according to (?:the )?(?:plan|runbook|instructions?|procedure)|per (?:the )?(?:plan|runbook|ticket|procedure)|no (?:data|customer|user|orders?|traffic) \w*(?: \w+)? (?:was|were) lost|without (?:a )?(?:loss|losing|downtime|impact)|no (?:outage|downtime|data loss|impact|one was)|was resolved|were resolved|recovered|came back|was restored|were restored|back to normal|returned to normal|outage was (?:over|averted|avoided)|avoid(?:ed|ing)?|averted|prevent(?:ed|ing)?)\b"
)
DEFIED = re.compile(
    r"\b(?:despite|in spite of|notwithstanding|in defiance of|contrary to|in violation of|in breach of|knowing (?:that|full well|perfectly well|very well|about)|over (?:my|our|the|his|her|their|\w+'s) (?:objections?|protests?|veto)|against (?:the |our |my |all |his |her |their |explicit |express |repeated |clear |\w+'s |\w+s' )*(?:advice|warnings?|policy|policies|rules?|orders?|instructions?|wish(?:es)?|recommendations?|guidance|guidelines?|freeze|protocol|procedures?|better judge?ment|will|agreement|plan|regulations?|checklist|runbook|standards?)|in the teeth of|(?<!if )anyway|nevertheless|nonetheless|regardless(?: of)?|heedless of|unbothered by|undeterred by|ignoring|disregarding|dismissing|overriding|bypassing|skipping|circumventing)\b"
)
THOUGH = re.compile(
    r"\b(?:even though|although|though|even when) (?:[\w'’/-]+ ){0,12}?(?:warned|told|advised|asked|instructed|reminded|pending|failing|failed|red|not|never|n't|\w+n't|no|only|missing|incomplete|unfinished|freeze|frozen|policy|policies|forbid|forbids|forbade|forbidden|banned|prohibited|offline|objected|warnings?|alarms?|alerts?|behind|lagging|late|full|degraded|unhealthy|in use|live|knew|clear|clearly|obviously|already|flashing|ringing|sounding|beeping|blinking|blaring|smoke|known|untested|unreviewed|unapproved|prohibits?|requires?|required|demands?|says|said|open|unresolved|closed|disagreed|expired|against)\b"
)
KNOWING = re.compile(r"\b(?:while|whilst|even though|although|though|when|with) (?:the |all |both |our |its |his |her )?(?:[\w-]+ ){1,3}?(?:was|were|still|being) (?:\w+ )?(?:offline|away|unmanned|unattended|asleep|absent|on holiday|on leave|on vacation|red|failing|live|in use|in progress|busy|energi[sz]ed|under load|under power|at peak|pending|frozen|unfinished|still \w+ing)\b")  # fmt: skip
PREMATURE = re.compile(
    r"\bbefore (?:the |any |all |every |both |its |their |his |her |it |they |he |she |anyone |anybody |that |this |[\w-]+ ){1,7}?(?:was|were|had been|had|got|is) (?:\w+ )?(?:clear|cleared|ready|fenced|migrated|finished|complete|completed|approved|reviewed|tested|verified|validated|done|backed up|synced|in sync|synchroni[sz]ed|replicated|confirmed|caught up|signed off|signed|announced|drained|over|gone|qualified|trained|informed|told|notified|checked|switched|moved|updated|authori[sz]ed|granted|released|isolated|de-energi[sz]ed|locked out|evacuated|warm|healthy|up|shut down|cut over|closed|answered|agreed|stopped|looked|warmed up)\b"
)
CARE = (
    r"(?:check|verif|test|ask|tell|inform|read|look|wait|review|consult|notif|watch|think|execut|realis|realiz|request|"
    r"announc|confirm|seek|obtain|follow|understand|know|consider|prepar|warn|coordinat|co-ordinat|validat|inspect|examin|"
    r"escalat|document|communicat|agree|discuss|sign|plan|train|brief|measur|monitor|schedul|backing|log|record|tag|"
    r"secur|isolat|drain|lock|stopp|open|clear|pausing|hav|giv|tak|mak|gett|doing|do|car|updat|dry-run|dry|arrang|talk|clos|latch|re-?enabl|turn|rotat|label|stag|archiv|return|clean|hand|leav|captur|copy|sav|snapshott|insert|fasten|tighten|shutt|pull|paus|provid|arm|switch|scrutini|investigat|discuss|cooperat|co-operat|"
    r"prevent|mention|say|speak|respect|compar|count|scann|consult|double-check|cross-check|rehears|run|us|involv|attach|add|compl)"
)
WITHOUT = re.compile(
    rf"\b(?:without|w/o|w / o|sans) (?:(?:to|ever|even|first|properly|fully|really|actually|so much as|prior|any|anybody|anyone|a|an|the|his|her|their|our|due|proper|previous|formal|explicit|written|a single|further|adequate|sufficient|enough|much|required|necessary|manager|managerial|medical|peer|second|two-person|customer|code|change|safety) )*(?:{CARE}(?:y|e|n|t|p|d)?(?:ing|)\b|{CARE}\w*ing\b|approvals?|permission|authori[sz]ation|consent|notice|testing|tests?|reviews?|backups?|warning|understanding|supervision|oversight|sign-?off|checks?|verification|announcement|rollback|knowledge|regard|thought|care|training|permit|clearance|coordination|consultation|preparation|experience|instructions?|order|reason|cause|explanation|plan|ticket|change request|mandate|agreement|safeguards?|snapshot|limit|filter|where clause|dry[- ]run|monitoring|maintenance window|evidence|asking|telling|reading|looking|checking|saying|word|survey|justification|heads-up|so much as a|a second (?:look|thought|opinion|pair)|precautions?|isolation|escort|labels?|records?|clue|hesitating|protection|grounding|gloves)\b"
)
# Going without these is no lack of care.
UNHARMED = re.compile(
    r"\b(?:without|w/o) (?:a |an |any |the |further |much |causing |having |having to |needing |need |losing |making )*(?:issues?|problems?|impact|impacting|downtime|incident|interruptions?|interrupting|success|succeeding|errors?|loss|losing|luck|trouble|delay|customer impact|data loss|effect|affecting|disruption|disrupting|touching|stopp?(?:ing)?|a stop|hesitation|hesitating|restart(?:ing|s)?|reboot(?:ing)?|wait(?:ing)? (?:for )?(?:the )?(?:page|alert|vendor)|being (?:asked|told|paged|prompted)|blam\w+|fault|result|finding|having to|taking (?:it|them|the \w+) (?:down|offline)|doing anything wrong|making changes|redeploy\w*|intervention|noticing any|giving up|losing the nerves?|damage|access|symptoms|knowing (?:that|why)|seeing (?:any|an)|a (?:break|gap|trace)|using|adding|getting|running)\b"
)
WRONG = re.compile(
    r"\b(?:wrong|incorrect|mistaken|erroneous|invalid|inverted|outdated|out-of-date|obsolete|stale|bogus|garbled|mismatched|non-existent|nonexistent|misspelled|misspelt|mistyped|faulty|buggy|untested|unreviewed|unapproved|unverified|unsigned|dirty|dead|defective|incompatible)\b"
)
AMISS = re.compile(
    r"\bby (?:mistake|accident|error|misunderstanding|misreading|mistaking|confusing|mixing|forgetting)\b|\bin error\b|\bmistakenly\b|\baccidentally\b|\binadvertently\b|\berroneously\b|\bunintentionally\b|\bincorrectly\b|\bwrongly\b|\bcarelessly\b|\bimproperly\b"
    r"|\b(?:far |much |way )?too (?:early|late|soon|quickly|fast|hastily|often|low|high|hard|far|long|short|small|large|big|tight|loose|loosely|tightly|few|little)\b(?! (?:for the|to))|\b(?:a|an|one|two|three|\d+) (?:full |whole )?(?:minutes?|hours?|days?|weeks?|months?|years?|steps?) (?:too )?(?:early|late)\b|\bone (?:zero|digit|column|row|line|step|character|decimal) (?:too|off|short)\b|\b(?:zeros?|zeroes|digits?) too (?:many|few)\b"
    r"|\bwhere [^.;]{2,40}? (?:was|were|is) (?:meant|intended|required|needed|expected|correct|right|called for)\b|\b(?:upside down|backwards|back to front|the wrong way|in reverse(?: order)?|out of (?:order|sequence)|the other way (?:round|around)|inside out|in the dark|from memory|by eye|by guesswork|on a hunch|off the books|behind (?:our|everyone's|the \w+'s) backs?|behind closed doors|in a (?:hurry|rush|panic)|in haste|at random)\b"
    r"|\b(?:unread|untested|unworked|unreviewed|unchecked|unverified|unseen|uninspected|unsigned|unfinished|half-read|half-done|half-finished|half-asleep|unprepared|unannounced|unsupervised|unattended|unplanned|unasked)(?= [.,;]|$| at | on | in | after | before | and )"
    r"|\b(?:directly|straight) (?:in|into|on|onto|to|against) (?:the )?(?:production|prod|live|main|master|trunk)\b|\b(?:with|using|from|over|under) (?:the |a |an |his |her |their |own |somebody else's )?(?:debug|test|dirty|personal|private|shared|root|expired|old|stale|outdated|wrong|home|unpatched|leaked|default|production) (?:\w+ )?(?:key|keys|account|laptop|working tree|tree|branch|build|password|token|login|credentials|drawing|drawings|map|manual|copy|machine|certificate|settings?|config|checkout|admin)\b"
    r"|\bthe night before\b|\bas (?:root|superuser|domain admin|sysadmin)\b|\bfrom (?:a|some|an) (?:forum|blog|chat|wiki|stack overflow|tutorial|old \w+|email)\b|\b(?:his|her|their) (?:private|personal|home) (?:address|account|mail|e-?mail|laptop|drive|phone|bucket|machine|cloud)\b|\b(?:test|staging|demo|dummy|sample|training) (?:[\w-]+ ){1,4}?(?:into|in|to|on|onto|against|at) (?:the )?(?:live|production|prod|real)\b|\b(?:that )?(?:nobody|no one|no-one) (?:had |has )?(?:\w+ed|asked for|known|wanted|understood)\b|\bto (?:spare) (?:money|time|costs?|a few|effort|face|(?:him|her|them)self|(?:him|her|them)selves)\b|\bout of (?:laziness|spite|convenience|habit|boredom|curiosity|greed|haste|impatience|pride)\b|\binto (?:the )?production by\b|\bon (?:a |the )?friday (?:evening|night|afternoon)\b|\bin the middle of (?:the |a )?(?:day|trading|shift|peak|working day|business day|busiest|sale|match|surgery|operation|session)\b|\bduring (?:the |a )?(?:peak|freeze|change freeze|trading hours|business hours|working hours|rush hour|opening hours|the sale|exam|live \w+)\b"
)
ASIDE_FROM_RIGHT = re.compile(r"\b(?:instead of|rather than|in place of|in lieu of|and not|but not|not) (?:the |a |an |to |on |in |into |using |from |at |as |its |his |her |today|tomorrow|yesterday|just |only |back|one |two |four |five |\d|[\w-]+ing\b|[\w-]+)")  # fmt: skip
TWICE = pasts(
    listed(
        "release send pay charge post submit import apply execute book trigger load bill run enter issue print publish schedule dispatch upload credit debit order ship process inject administer dose"
    )
) | listed("paid sent ran dosed hit")
BELIEVED = listed("""
    thought assumed believed presumed supposed figured reckoned imagined mistook confused confounded conflated trusted
    guessed misremembered misjudged expected
""")
BELIEF = re.compile(
    r"^(?:thought|assumed|believed|presumed|supposed|figured|reckoned|imagined|guessed|trusted)(?: (?:wrongly|incorrectly|mistakenly|falsely|naively|blindly|simply|apparently))? (?:that|the|it|he|she|they|this|these|all|everything|everyone|both|each|someone|somebody|another|no|nobody|nothing|there|his|her|their|its|our|a|an|we|i|somebody|prod|production|staging)\b"
    r"|^(?:mistook|confused|confounded|conflated|mixed up|muddled|transposed|mixed|swapped round)\b|^(?:had )?(?:believed|taken) (?:\w+ ){1,3}for granted"
)
NOT_BELIEF = re.compile(
    r"^(?:assumed|assume) (?:command|control|the (?:role|lead|command)|responsibility|duty|charge|ownership)|\b(?:initially|at first|first|originally|correctly|rightly|still)\b|\b(?:because|since|as the|as there|based on|which turned out to be (?:right|correct|true)|and (?:was|were) right|with good reason|reasonably)\b"
)
BELIEVING = re.compile(
    r"\b(?:thinking|believing|assuming|supposing|imagining|presuming|mistaking|confusing|confounding|misreading|misunderstanding|misinterpreting|misjudging|underestimating|forgetting|overlooking|not (?:realis|realiz|know|notic|see|understand|check|read|look|think|pay|wait|consider|remember|expect|bother|appreciat|recogni[sz])ing|unaware (?:of|that)|oblivious (?:of|to)|ignorant of|what (?:he|she|they) (?:thought|believed|assumed|took) (?:was|were|to be|for)|under the (?:mistaken |false |wrong )?(?:impression|assumption|belief)|in the (?:mistaken |false )?belief|(?:firmly |quite |wrongly )?convinced (?:that|it|the|of)|having (?:mistaken|misread|forgotten|confused|skipped|ignored|overlooked|waived|misunderstood|neglected|failed|lost|left|bypassed|disabled|never|not)|failing to|neglecting to|omitting to|instead of)\b"
)
LEAVING = re.compile(
    r"^(?:left|leaving|had left|leave) (?!(?:the|a|this|our|for) (?:call|bridge|office|company|site|premises|scene|desk|team|meeting|room|channel|comment|note|message|review|project|organi[sz]ation|building|firm|ticket)\b)(?:(?:[\w./'’,-]+ ){1,8}?(?:running|open|enabled|unlocked|in place|commented out|hard-?coded|on|behind|exposed|unattended|unplugged|disconnected|disabled|off|unsecured|unencrypted|public|writable|world-readable|half-\w+|unfinished|unpatched|unconfigured|unmonitored|unprotected|mounted|logged in|at (?:its |the )?(?:default|zero|maximum|\d\S*)|set to|in (?:the|a|his|her|its|debug|test|maintenance|permissive|bypass|manual|plain|an?)|inside|under|loose|untightened|unterminated|ungrounded|uncovered|switched (?:on|off)|turned (?:on|off)|pointing|dangling|blank|empty|unset|untouched|unanswered|unread|overnight|over the weekend|for (?:weeks|months|days|years|hours)|since)\b)"
    r"|^(?:let|allowed) (?:the |a |an |our |its |this |that |two |three |both )?(?:[\w'’-]+ ){0,4}?(?:to )?(?:expire|lapse|run (?:out|dry|full|down|hot|over|unattended)|fill up|rot|slip|drift|pile up|overflow|overheat|go stale|fall behind|boil over|slide|die|drop|deteriorate|through)\b"
)
BETRAYED = re.compile(
    r"^(?:broke|wiped|nuked|erased|leaked|exposed|severed|destroyed|ruined|corrupted|bricked|overwrote|clobbered|crashed|spilled|spilt|bumped|unplugged|reformatted|re-?imaged|trashed|torched|fried|shorted|short-circuited|flooded|poisoned|sabotaged|deadlocked|lost|scrambled|smashed|ripped|tore|punctured|pierced|burst|dented|jammed|derailed|grounded|stranded|overloaded|exhausted|emptied|botched|bungled|wrecked|damaged|hosed|obliterated|dug (?:up|through|into)|drilled (?:through|into)|cut (?:through|into|off)|ran over|backed into|drove (?:into|over|through)|tripped (?:over|on)?|knocked (?:over|out|loose|off)?|kicked (?:out|loose|over|off)?|yanked|pulled out|took down|brought down|took out|knocked out|locked (?:us|everyone|everybody|all|himself|herself|themselves|the (?:whole|entire)|out)) "
    r"(?!.*\b(?:by|into) (?:parts|steps|two|three|smaller)\b)(?:the|a|an|all|every|both|our|its|their|his|her|half|most|several|some|two|three|four|five|\d|customers?|production|prod|live|out|us|everyone|everybody|over|on|through|into|off|loose|down|up|himself|herself|themselves|main|staging|billing|checkout|login|[\w-]+)\b"
)
TAKEN_DOWN = re.compile(
    r"^(?:took|brought|knocked|pulled|dragged) (?:(?:the|all|our|half|most|both|every|a|an|two|three|four|\d+|entire|whole|[\w'’-]+) ){1,5}?(?:down|offline|out|off the (?:air|network|grid))\b(?! (?:for (?:maintenance|repair|the upgrade|an upgrade|inspection)|of (?:rotation|service|the pool|the rotation|the load|load)|gracefully|cleanly|to ))"
)
DESTROYED = listed(
    "deleted dropped removed purged truncated terminated killed emptied revoked decommissioned detached disabled cut cancelled canceled uninstalled shut switched turned closed disconnected"
)
PRECIOUS = re.compile(
    r"^\w+(?: (?:off|down|out))? (?:(?:the|our|all|every|both|its|a|an|all of|half|most|entire|whole|active|running|live|of|\d+) ){0,3}(?:[\w-]+ )?(?:production|prod|live|customers?|customer's|customers'|users'|patients?|primary|only|last|good|healthy|working|active|master|main|whole|entire|real|shared|backups?)\b"
)
PLANNED = re.compile(
    r"^\w+(?: \w+){0,2}? (?:stuck|stale|old|temporary|temp|test|unused|unneeded|duplicate|obsolete|orphaned|expired|broken|bad|faulty|failed|failing|hung|idle|empty|malicious|infected|compromised|leaked|rogue|suspicious|redundant|spare|canary|staging|dev|corrupt|corrupted|poison|poisoned|deprecated|legacy|dead|defective|two old|demo)\b|\b(?:as (?:planned|agreed|documented|intended|instructed|requested|part of|per|(?:the|our) (?:runbook|policy|procedure|manual|plan|checklist|docs|documentation|vendor|instructions?))|per (?:the )?(?:runbook|ticket|plan|procedure)|according to|following the|to (?:recover|free|relieve|stop|contain|limit|reduce|restore|mitigate|protect|prevent|avoid|save|release|make room|let|allow|give|isolate|spare|reclaim)|in order to|so that|on request|until (?:the|a|an|it|we|they|monday|tuesday|wednesday|thursday|friday|further)|at the request|on purpose|during (?:the )?(?:planned|scheduled) |because|since the)\b"
)
DEFICIENT = listed("""
    careless hasty negligent untrained inexperienced overconfident over-confident sloppy reckless inattentive
    incompetent lazy irresponsible unprepared unqualified clueless ignorant complacent unprofessional clumsy impatient
    overzealous over-zealous overeager over-eager distracted drunk sleepy tired overtired exhausted stressed panicking
    panicked rogue disgruntled stubborn arrogant thoughtless forgetful absent-minded unsupervised unauthorised
    unauthorized unlicensed uncertified half-trained green bumbling hapless cowboy amateurish overambitious ambitious
    nervous hurried rushed confused bewildered overwhelmed unthinking undisciplined lax slapdash hot-headed headstrong
    gung-ho trigger-happy cavalier ham-fisted bored gullible naive naïve unwary unsuspecting unwitting apathetic
    overworked unrested sleep-deprived unmotivated uninterested indifferent uncooperative obstinate sullen greedy
""")
LACKING = re.compile(
    r"\b(?:lacking|with (?:no|little|insufficient|inadequate|not enough|scant|poor|limited|zero|barely any|hardly any|only \w+ weeks? of|too little)|without (?:any |the |proper |adequate |sufficient |enough |the requisite |the required |much )?|short on|low on|missing) ?(?:the |any |requisite |required |necessary |proper |adequate |formal |relevant |prior |product |safety |real |of )*(?:training|experience|skills?|knowledge|qualifications?|expertise|understanding|supervision|authori[sz]ation|clearance|certification|sleep|attention|competence|familiarity|idea|clue|grasp|care|patience)\b"
    r"|\b(?:not|un|never)(?: |-)?(?:properly |formally |fully |sufficiently |adequately |yet |been )*(?:authori[sz]ed|qualified|trained|entitled|permitted|allowed|cleared|licen[sc]ed|certified|briefed|supposed|fit) (?:to|for|on|in)\b|\bwith (?:too (?:many|much|broad|wide)|far too) |\bwith no where\b|\bwho (?:had|has) (?:only |just |barely )?(?:been|worked|joined) (?:there|here|with us|at the \w+|on the \w+)?(?: for)? ?(?:only |just |barely |less than )?(?:a|one|two|three|few) (?:days?|weeks?|months?)\b|\bon (?:his|her|their) (?:first|second) (?:day|week|shift|night)\b|\b(?:left alone|in a (?:hurry|rush|panic)|in haste|half asleep|hung ?over|under the influence|fresh out of|straight out of|new to|unfamiliar with|out of (?:his|her|their) depth|eager to (?:leave|finish|impress|go home)|keen to (?:leave|finish|impress|go home)|tired (?:of|after|from)|distracted by|confused by|misled by|busy (?:with|on) (?:his|her|their)|on (?:his|her|their) phone|glued to)\b"
)
CONDUCT = re.compile(
    r"^(?:used (?:an? |the |his |her |their )?(?:old|outdated|out-of-date|wrong|stale|obsolete|expired|incorrect|unapproved) |left for (?:the )?(?:weekend|day|lunch|home|holiday|vacation|airport)|(?:decided|chose|opted|elected|preferred|saw fit|took it upon (?:himself|herself|themselves|itself)) (?:on (?:his|her|their|its) own |alone |unilaterally |simply |deliberately |quietly |knowingly |to just )*(?:not to|to (?:just |simply )?(?:skip|ignore|bypass|cut|omit|do nothing|go ahead|proceed|push on|press on|carry on|forgo|forego|waive|disregard|override|wing|gamble|risk|rush|look away|save (?:time|money|cost)|sit|hide|conceal|keep quiet|work around|circumvent|leave out))\b"
    r"|(?:decided|acted|changed|deployed|merged|went ahead|did (?:it|this|that|so)|\w+ed)(?: [\w-]+){0,5}? (?:on (?:his|her|their|its) own(?: initiative| authority| account)?\b|off (?:his|her|their) own bat|unilaterally|single-handedly|high-handedly|arbitrarily)|(?:swore|promised|claimed|assured|maintained|asserted|guaranteed|vowed) .{3,80} [;,] (?:but )?(?:it|this|that|they|which) (?:was|were|did|had)(?: not|n't)\b|clicked (?:away|past|through)|double-(?:booked|charged|billed|counted|posted)|over-?(?:booked|tightened|filled|dosed|promised|torqued|charged)|under-?(?:staffed|sized|dosed|torqued|charged)|mis-?(?:heard|spoke|counted|placed|laid|wired|dosed|filed|shipped|sent)|insisted (?:on|that|the|it|this|we|everything|there)|kept (?:adding|changing|moving|asking for|delaying|overriding|deferring|refusing|retrying|hammering|promising)|(?:closed|dismissed|resolved|marked|filed|wrote off|waved away|classified|treated|downgraded) (?:[\w#-]+ ){0,5}?as (?:a |an )?(?:benign|noise|noisy|harmless|false|spurious|duplicate|cosmetic|minor|unimportant|low|expected|known|irrelevant|flaky|done)\b(?! (?:after|because|since))|overruled|overrode|vetoed the (?:rollback|fix|halt|delay|revert|postponement)|talked (?:us|the \w+|everyone|him|her|them) (?:into|out of)|made (?:an? |the |some )?(?:\w+ )?(?:bad|poor|wrong|terrible|rash|costly|fatal|reckless|stupid|foolish|false|ill-\w+|lousy|careless|hasty|questionable|clumsy|naive|dumb|critical|grave|serious|silly) (?:\w+ )?(?:bet|call|decision|choice|move|assumption|guess|judge?ment|estimate|mistake|error|change|edit|deal|trade-?off|bargain|attempt|slip|blunder|calculation|shortcut|remark|promise)|did (?:an? |the |some )?(?:\w+ )?(?:bad|poor|wrong|sloppy|terrible|lousy|half-hearted|shoddy|careless|incorrect|incomplete|rushed|botched|superficial|cursory|hasty) "
    r"|abused|misused|gamed|faked|forged|falsified|fabricated|doctored|fudged|backdated|embellished|lied|bluffed|bullied|shouted|scolded|sneered|gave (?:the |to |a |his |her |our )?(?:[\w-]+ ){0,4}?(?:wrong|away|everyone|everybody|anyone|all \w+|the whole \w+)\b|(?:has |had |have )?given (?:[\w,-]+ ){0,5}?(?:to (?:all|everyone|everybody|the wrong)|instead of)|got (?:the |a |an |his |her |their |our |it |this |that |all |both |\w+ )(?:[\w-]+ ){0,5}?(?:wrong|backwards|mixed up|confused|muddled|the wrong way (?:round|around))|fell for|took the bait|(?:told|informed|notified|asked|warned|consulted) (?:no one|nobody|no-one|none of|neither)|said (?:nothing|not a word)|kept (?:quiet|silent|mum|it (?:quiet|secret|to)|this (?:quiet|secret|to)|pushing|ignoring|skipping|postponing|putting)|(?:stayed|remained) silent|(?:argued|quarrelled|quarreled|squabbled|bickered|dithered|debated|wrangled|feuded|chatted|gossiped|joked|played|slept|napped)\b.{0,50}\b(?:while|instead|as the)\b"
    r"|(?:knew|(?:has|had|have) known) (?:about |of |that |the |perfectly |very |full ).{1,60}\b(?:and|but|yet) (?:\w+ )?(?:did nothing|did not|didn't|chose|never|said nothing|failed|kept|still|ignored|told no|left|went ahead|let|sat|decided|deployed|shipped|pushed|merged|approved)|made (?:things|stuff|numbers|values|it|the \w+) up\b|had (?:absolutely |really |clearly )?no (?:clue|idea|notion|inkling|understanding|business|grasp|concept|plan b?|intention|patience|excuse)\b|confounded|confused|mixed up|muddled (?:up)?|transposed|mis-?keyed|mis-?typed|mis-?dialled|mis-?tagged|mis-?filed|mis-?routed|managed to (?:\w+ )?(?:wipe|break|delete|destroy|lose|take|bring|crash|kill|leak|expose|corrupt|lock|brick|overwrite|drop|knock|trip|cut|block|flood|empty|ruin|erase|nuke|unplug|misconfigure|miss|overlook|send|get \w+ wrong)"
    r"|was (?:\w+ )?(?:supposed|meant|expected|asked|told|instructed|due|scheduled|responsible|required|reminded|assigned|obliged) (?:to|for|with) .{2,80}\b(?:but|and|yet) (?:\w+ )?(?:did not|didn't|never|had not|hadn't|failed|forgot|was (?:asleep|away|at|out|busy|not|on)|wasn't|simply|instead|went|ignored|left|then)|(?:waved|nodded|rubber-?stamped|whisked|ticked|signed) (?:[\w#-]+ ){0,6}?(?:through|off (?:blindly|unread|anyway))\b|waived|rubber-?stamped|whitewashed|swept (?:[\w-]+ ){1,4}under|brushed (?:off|aside)|shrugged (?:off|at)|laughed (?:off|at)|scoffed|ridiculed|mocked|belittled|snapped at|stonewalled|sat on|sat by|stood by|looked away|looked the other|walked (?:away|off|out)|went (?:home|to lunch|off shift|to bed|fishing|for a (?:smoke|coffee|run|walk))|wandered off|ran off|took (?:a nap|shortcuts?|a shortcut|the easy way|chances?|liberties|a gamble|a risk|an? (?:unnecessary|undue|stupid) risk|no (?:care|notice|precautions?|interest|backup|snapshot|action))|gambled|cheated|cut corners|winged it|improvised|guessed|fiddled|tinkered|messed|meddled|tampered|monkeyed|fooled around|poked (?:about|around)|played (?:around )?with|experimented (?:on|in|with)"
    r"|was (?:also |again |still |clearly |simply |just |apparently )?(?:(?:too|overly|far too|much too|way too|so|rather|quite|very) (?:slow|hasty|quick|eager|trusting|busy|tired|proud|confident|lax|lenient|greedy|impatient|ambitious|relaxed|careless)|late (?:in|to|with)|slow (?:to|in)|(?:half |fast |sound )?asleep|under the (?:\w+ )?(?:impression|illusion|delusion)|(?:\w+ly )?(?:convinced|certain|sure|positive|confident) (?:that|of|it|the)|drunk|hungover|distracted|oblivious|inattentive|overwhelmed|out of (?:his|her|their) depth|nowhere to be found|unreachable|absent without|missing in action|awol|on (?:his|her|their) phone|watching (?:a |the )?(?:film|movie|match|game|tv|football|youtube|netflix)|playing|chatting|daydreaming|dozing|napping|in over (?:his|her|their|its) head|guilty|careless|negligent|reckless|sloppy|lazy|rude|arrogant|dishonest|wrong to|foolish|unwise|naive|irresponsible|unprofessional|disorganised|disorganized|unprepared|incompetent|useless|clueless|confused|unhelpful|dismissive|evasive|the (?:culprit|weak link|weakest link|problem|bottleneck|one to blame|reason|root cause|cause)|(?:in )?too (?:much of )?an? (?:hurry|rush)|in (?:a|such a|too great a) (?:hurry|rush|panic)|(?:not|never) (?:\w+ )?(?:familiar|authori[sz]ed|qualified|trained|paying|monitoring|watching|looking|listening|following|prepared|careful|attentive|concentrating|competent|certified|entitled|supposed to|up to|thorough|diligent|awake|sober|cooperative|helpful|honest|interested)|unfamiliar|untrained|unqualified|inexperienced|unaware|ignorant|responsible for the (?:failed|botched|bad|outage|incident|loss|failure|crash|breach|leak|delay|mess|error|mistake|deletion|corruption|disaster)|(?:at fault|to blame|in error|in breach|in the wrong)|remiss|derelict|liable))\b"
    r"|failed (?:in (?:his|her|their|its) (?:duty|role|task|job)|us\b|the (?:\w+ )?team\b)|bent the rules|broke (?:the )?(?:rules?|protocol|ranks|freeze|procedure|policy)|jumped (?:the gun|the queue|to)|dropped the ball|pulled the (?:trigger|plug)|opened the floodgates|hit (?:send|enter|delete|deploy|the wrong|the red|return|reset|ok|yes)\b.{0,40}\b(?:before|without|too|instead|twice|thinking|while)"
)
OWN_FAULTS = listed("""
    haste hurry stubbornness carelessness refusal insistence inability failure neglect laziness silence overconfidence
    negligence inattention impatience indecision inexperience ignorance arrogance sloppiness recklessness incompetence
    complacency hubris greed ego impatience forgetfulness clumsiness reluctance unwillingness distraction panic
    confusion misunderstanding misreading mistake mistakes blunder blunders error errors oversight slip slips
    inaction lethargy passivity indifference disregard obstinacy naivety naïvety gullibility bravado eagerness
    thoughtlessness inexperience disobedience dishonesty procrastination dithering tardiness slowness hesitation
    absent-mindedness habit tendency fault misjudgement misjudgment misconception overreaction disinterest secrecy rashness
""")
BLAMED = re.compile(
    r"(?:\bbecause of|\bthe (?:doing|handiwork|fault) of|\bcourtesy of|\b(?:credit|blame|responsibility|thanks|fault) for (?:this|the|that|our|all|it)(?: [\w-]+){0,4} (?:goes|belongs|must go|has to go|lies|lay|rests|rested|falls|fell) (?:to|with|on)|\b(?:author|architect|source|cause|reason|origin|root|father) (?:of|for) (?:this|the|all|our|that) (?:\w+ )?(?:mess|outage|disaster|incident|chaos|trouble|problem|failure|misery|crash|loss|leak|breach|delay|bug|damage|fiasco|debacle|downtime) (?:is|was)|\bhad it not been for|\bwere it not for|\bif it (?:were not|weren't|had not been|hadn't been) for|\b(?:failure|fault|blame|error|mistake|guilt|omission)\b[\w ]{0,50} (?:lies|lay|rests|rested|sits|sat|stays|remains) (?:\w+ )?with|\bbut for|\b(?:had|were) it (?:been )?(?:up to )?anyone (?:but|other than)|\bwe (?:owe|can thank|have) (?:this|the|that|all of this|it)(?: \w+){0,3} to|\bculprit (?:\w+ )?(?:was|is|turned out to be|proved to be|seems to be|appears to be)|\bbrought to (?:us|you) by|\b(?:down|due|owing|attributable|traced back|traced|ascribed|attributed|pinned) (?:to|on))$"
)
BLAMED_NOUN = re.compile(
    r"\b(?:haste|hurry|stubbornness|carelessness|refusal|insistence|inability|failure|neglect|laziness|overconfidence|negligence|inattention|impatience|indecision|inexperience|ignorance|arrogance|sloppiness|recklessness|incompetence|complacency|hubris|greed|forgetfulness|clumsiness|reluctance|unwillingness|mistake|mistakes|blunder|blunders|oversight|slip|lapse|lapses|inaction|indifference|disregard|obstinacy|naivety|bravado|thoughtlessness|procrastination|dithering|misjudge?ment|misconduct|sabotage|omission|omissions|malpractice|overreaction|bad (?:call|decision|judge?ment|habits?)|poor (?:call|decision|judge?ment|work|workmanship|choice|planning|handling)|wrong (?:call|decision|choice|move)) (?:by|of|from|on the part of|on the side of|among|at)$"
)
GRAMMAR = re.compile(r"\b(?:is|was) not (?:the |a |an )?|\bnot\b|\bno\b|\bnever\b|\bisn't\b|\bwasn't\b|\brather than\b|\bwithout\b|\bwhether\b|\bpossible\b|\bcould\b|\bmight\b|\bmay\b")  # fmt: skip


_SMALL = listed("""
    that this with from have been were what when they them then than there their which while where into over only also
    some more most many such very much each both just even still again after before about because since until other
    same able like make makes making take takes time need used using will would could should does done doing came come
    goes going gone went last long part first second third whole open running enabled place point said says tell told
    read test tests check work made left took gave kept found back down away through under within down data code with
    error errors failed failure production service traffic access users customers request requests change changes
    week weeks days hours minutes month months year years full ticket runbook plan policy state order review backup
    queue load loads alerts alert incident outage users live main master branch build default config settings team
    anyone anybody everyone everybody someone nobody being known case such during into onto version times level
    based system machine engineer resolved restored recovered impact latency rate customer orders online offline
    backlog errors dropped stopped closed cleared caused causing leading resulted high small large short public
""")


def _anchors(*patterns: re.Pattern[str]) -> frozenset[str]:
    return (
        frozenset(word for each in patterns for word in re.findall(r"(?<![\\\[?a-z])[a-z]{4,}", each.pattern)) - _SMALL
    )


# Words without one of which no sign is there, so that a text without them is passed over.
WORDS = (
    _anchors(WRONG, AMISS, DEFIED, BELIEVING, BETRAYED, CONDUCT, LACKING, HARMED)
    | BELIEVED
    | DEFICIENT
    | OWN_FAULTS
    | listed("""
    twice instead rather w/o without never although though despite before while left let allowed which causing thereby
    overloaded crashed grounded drained stalled cascaded cut took brought knocked deleted dropped removed truncated
    killed emptied revoked switched turned clicked double-booked unanswered due because doing credit live save watch silently owe traced disaster mess under loose dirty dead has hasn't habit who
    """)
)

"""English words about actions: verbs, what is abstract, what enforces itself, what rests on memory.

Knows words, written for this project. Refuses to class an action: `properties`, `changes` and `actions` do.
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.words.pack import listed


def _sign(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


VAGUE_VERBS = listed("""
    improve enhance increase strengthen optimise optimize fix resolve address minimise minimize reduce make harden
    streamline refine better boost bolster rethink revisit modernise modernize tidy simplify handle stabilise
    stabilize implement add introduce create setup provide have get
""")  # fmt: skip
# These are vague only before something that has no edge at all.
ADDING_VERBS = listed("implement add introduce create setup provide have get handle")
ABSTRACT = listed("""
    monitoring alerting alert alerts observability visibility communication communications process processes
    documentation docs testing tests coverage reliability resilience resiliency stability performance quality
    automation security governance logging logs tooling tools handling awareness procedures procedure detection
    response redundancy robustness scalability practices discipline hygiene culture understanding knowledge
    collaboration coordination management maintenance infrastructure system systems setup workflow workflows
    deployment deployments releases release reviews review code architecture paging dashboards metrics insight
    insights error errors bugs downtime incidents outages speed efficiency usability experience planning
    preparedness readiness stack safety ownership transparency responsiveness diligence probes configuration
    failover availability things training measures support care control controls structure standards standard
    validation capacity consistency usability durability durability support checks workflows strategy strategies
    practice configs tuning cleanup hardening
""")  # fmt: skip
EMPTY_OBJECTS = listed("""
    it this that things everything stuff issue issues problem problems bug bugs error errors situation incident
    outage mess
""")
NO_CONTENT = listed("""
    the a an our this that these those all some any of more better overall general for and to in on around with
    its their it up
""")
COMPARATIVES = listed("""
    better more improved clearer clear good proper stronger faster closer greater enhanced increased tighter
    additional further stricter smarter nicer deeper wider broader
""")

# Verbs that make something better without saying when it is.
IMPROVING_VERBS = listed("""
    improve enhance strengthen better boost bolster rethink modernise modernize streamline uplift elevate increase
    optimise optimize overhaul reinforce mature
""")
FIXING_VERBS = listed("fix resolve address handle solve tackle correct remedy mitigate debug remediate")
LESSENING_VERBS = listed("reduce minimise minimize decrease lower lessen")
# What has a value that can be set; less or more of it is an action, of anything else a wish.
SETTINGS = listed("""
    timeout timeouts ttl retention limit limits quota quotas interval intervals size sizes replicas permissions privileges
    access scope pool memory cpu requests threads workers frequency capacity concurrency retries backoff severity
    priority length count weight disk storage bandwidth instances nodes threshold thresholds buffer cache period delay
    verbosity parallelism sample sampling rate
""")
LESSENED = listed("""
    fatigue risk risks noise impact time radius errors mistakes toil load complexity frequency dependency dependencies
    debt chance likelihood latency cost costs effort failures disruption duration number amount confusion friction
""")
TIDYING_VERBS = listed("""
    harden simplify stabilise stabilize refactor tidy clean cleanup refine rework revisit restructure secure automate
    scale standardise standardize unify maintain
""")
# What could be anything.
GENERIC = listed("""
    platform database databases db server servers service services app apps application applications cluster clusters
    network pipeline pipelines codebase script scripts query queries config configs component components environment
    environments site website api apis backend frontend package packages dependencies dependency library libraries
    version versions software hardware runbook runbooks playbook playbooks guide guides wiki page pages test unit
    integration checks check alarm alarms metric metric monitor monitors dashboard user users customers team teams
    policy policies procedures steps step training options solution solutions approach approaches strategy root cause
    underlying known open remaining outstanding memory leak production prod staging data file files
""")
PREPOSITIONS = listed("""
    for in on with to of from at by during against across around into within when if so that which where about under
    before after until because via using while since and or
""")
# Verbs whose object has to say which one.
PLAIN_VERBS = listed("""
    update document write automate monitor test upgrade refactor clean cleanup change migrate review check rewrite
    restart deploy scale create add implement configure extend expand revise adjust tune rework set fix remove replace
    simplify investigate install run build publish define
""")
OPEN_LEADS = listed(
    "investigate explore consider review discuss evaluate assess examine research study revisit analyse analyze rethink"
)
_OPENING = r"^\W*(?:(?:further|please|let['’]?s|also|then|possibly|maybe|perhaps|continue to|(?:we|i|the team|someone|somebody|\w+ team) (?:should|need(?:s)? to|must|will|could|might|may|want(?:s)? to|would like to|are going to)|should|(?:we['’]ll|i['’]ll)|need(?:s)? to|to) (?:also |probably |maybe |perhaps )?)*"
OPEN_VERBS = re.compile(
    _OPENING
    + r"(?P<weak>(?:further |re-?)?investigat(?:e|ing)|investigation (?:of|into)|look(?:ing)? (?:in ?to|at|for ways)|explor(?:e|ing)|consider(?:ing)?|review|discuss(?:ing)?|re-?evaluat(?:e|ing)|evaluat(?:e|ing)|re-?assess(?:ing)?|assess(?:ing)?|think(?:ing)? (?:about|of|through)|monitor(?= (?:the (?:situation|system|site|service|servers?|cluster|logs|impact|progress|fix|performance|results?|environment|effect|change|health)|this|it|these|those|closely|for (?:further|any|a|the next|recurrence|reoccurrence)|(?:\w+ ){1,5}(?:closely|for (?:a|the next|the coming|further)|to see|carefully|going forward)))|ensur(?:e|ing)|mak(?:e|ing) sure|figur(?:e|ing) out|continu(?:e|ing) (?:to|with|working|the|our|monitoring|investigating)|keep (?:an eye|monitoring|looking|investigating|working|watching|track)|stud(?:y|ying)|research|revisit|rethink|examin(?:e|ing)|try(?:ing)?(?: to| out)?\b(?! again)|work (?:on|with|towards?)|follow(?:ing)? up|reflect (?:on|if|whether)|brainstorm|talk (?:to|with|about)|learn (?:about|more|how)|understand|determine (?:whether|if|how|why|what|the best)|decide (?:whether|if|how|on)|see (?:if|whether|how|what)|check (?:if|whether) (?:we|it|there)|check with|aim (?:to|for)|plan (?:to|for|how)|start (?:looking|thinking|investigating|exploring|considering)|get a better|come up with (?:a |an |some )?(?:plan|idea|way|solution|strateg)|find (?:a |an |some |better |other )*(?:ways?|solutions?|options?|alternatives?|possibilit)|identify (?:ways?|options?|possible|potential|opportunit|areas|how|why|what)|look around|deep[- ]dive|dig (?:in|deeper)|analy[sz]e (?:the )?(?:options?|how|why|whether|if|possib|ways|what)|put more thought|watch (?:for|the|out))\b",
    re.IGNORECASE,
)
DREAMING_VERBS = _sign(
    r"^(?:(?:further |please |let's |we (?:should|need to|will|could) )?(?:look into|look at|explore|consider|discuss|think about|continue (?:to|with|working)|keep (?:an eye|looking)|try to|work on|prioriti[sz]e|revisit|hope to|aim (?:to|for)|plan to|strive|foster|promote|cultivate|nurture|clean up our|endeavou?r|commit to|do our best|get better))\b"
)
BOUNDED = _sign(
    r"spike|see \d+ options|→ ?decision|->.{0,20}decision|decision (?:record|doc\w*|memo)|(?:and|then) (?:decide|write (?:up|down)|report|document|propose|present|publish|record|share the) |time-?box(?:ed)?|write[- ]up|(?:every|each) (?:sprint|week|month|quarter)|weekly|monthly|quarterly|report(?:ing)? (?:back )?by|decision (?:record )?by|write[- ]?up by|by (?:\d|january|february|march|april|may|june|july|august|september|october|november|december|mon|tue|wed|thu|fri)|decide (?:by|before)|and (?:publish|deliver|record|write)|audit all\b"
)

ENFORCED = _sign(
    r"(?:holds?|pauses?|stops?|keeps?) (?:[\w-]+ ){1,9}until\b|(?:ci|pipeline|tool|deployer|gateway|console|bot|controller|job|workflow|script|client|server|proxy|api|service|system|form|wizard|cli|importer|scheduler|config generator) (?:to )?(?:requires?|refuses?|rejects?|blocks?|demands?|aborts?|denies|deny)\b|enforc(?:e|es|ed|ing)\b|required (?:status )?(?:check|gate|automated|job|step|workflow)|required (?:\w+ ){0,3}(?:gate|check|in (?:the )?(?:ci|pipeline))|block(?:s|ed|ing)? (?:the |any |all |a |every |each )?(?:merges?|deploys?|deployments?|releases?|rollouts?|promotion|promotions|builds?|changes?|prs?|pull requests?|commits?|requests?|writes?|pushes|push|it|them|unless|when|if|until|on)\b|blocking (?:gate|check|test|step)"
    r"|^(?:please )?block (?:[\w-]+ ){1,4}(?:on|in|from|for|to|across|into) (?:all|any|every|each)\b|(?:by|through|via|with|in) (?:an? |the |our )?(?:org(?:ani[sz]ation(?:al)?)?|service control|admission|network|bucket|resource|firewall|egress|ingress|security group|lifecycle|iam|branch) polic(?:y|ies)\b"
    r"|fail(?:s|ing)? (?:the )?(?:build|pipeline|ci|deploy|deployment|job|merge|pr|check|run|release)\b|reject(?:s|ed|ing)?\b|refuse[sd]?\b|den(?:y|ies|ied)\b|disallow(?:s|ed|ing)?\b|forbid(?:s|den)?\b|prohibit(?:s|ed)? by|make (?:it )?impossible|impossible to|cannot be (?:merged|deployed|bypassed|created|applied|deleted)|can(?:no|'|’)t (?:be )?(?:merge|deploy|run|delete|apply)|branch protection|codeowners|admission (?:controller|policy|webhook|control)|validating webhook|policy[- ]as[- ]code|\bopa\b|gatekeeper|kyverno|conftest|assert(?:s|ion|ions)?\b|deletion protection|prevent_destroy|termination protection|object lock|only (?:accepts?|allows?|permits?|lets?|runs?) (?:\w+ )?\w+|read[- ]only by default|fail[- ]?safe|interlock|poka[- ]?yoke"
)
PERMISSION = _sign(
    r"least[- ]privilege|(?:remove|revoke|drop|restrict|limit|reduce|scope|strip|withdraw)\b.{0,50}\b(?:permissions?|privileges?|access|rights?|grants?|roles?|credentials?)\b|(?:restrict|limit|lock)(?:s|ed)?\b.{1,60}\bto (?:the |a |an )?.{0,30}\b(?:roles?|groups?|service accounts?|admins?|pipeline|break-glass)|\brbac\b|\biam polic|permission boundar|service control polic"
)
GUARD = _sign(
    r"(?:set|put|give|define|enforce|require|add) (?:an? |the )?(?:[\w-]+ ){0,2}(?:memory|cpu|connection|depth|size|concurrency|request|upload|disk) (?:limits?|quotas?)\b(?=.{0,60}\b(?:all|any|every|each)\b)|push protection|secret scanning|(?<!\S)(?:page|alert) (?:the |an |a )?\[?[\w-]+\]?(?: [\w-]+){0,2} (?:when|if|as soon as|once|on)\b|pre-?submit|pre-?merge|merge (?:gate|queue|check)|ci(?:/cd)?\b(?= (?:step|job|check|gate|pipeline|test|run|stage|build|lint|workflow|that|to|which))|in (?:the )?(?:ci|ci/cd|pipeline|build)\b|(?:to|into) (?:the |our )?(?:ci|ci/cd|(?:\w+ )?pipelines?|build|presubmit)\b|(?:ci(?:/cd)?|build|deploy(?:ment)?|release|daily|delivery|staging) pipeline|quality gate|(?:automated|automatic) (?:\w+ ){0,2}(?:gate|check|test|rollback|halt|validation|verification|failover|lint)|(?:stop|halt|roll back|rolls back|revert|abort|fail over|scale|restart|block|reject|disable|expire|rotate|renew|pause)(?:s|ed|d)? automatically|automatically (?:\w+ )?(?:roll|halt|stop|block|reject|fail|revert|disable|scale|fail over|expire|rotate|detect|page|open|drain|restart)|auto[- ]?(?:rollback|rolled? back|halt|revert|scal\w+|failover|heal\w*|renew\w*)|automat(?:e|es|ed|ically) (?:the )?(?:rotation|renewal|rollback|failover|limitranges?|enforcement|expiry|provisioning|reclaim)|schema validation|validate (?:\w+ ){1,5}(?:at|before|on|in)\b|(?:json|config|input|type) (?:schema|validation|check)|db constraint|(?:unique|foreign[- ]key|not[- ]null|check) constraint|type system|compile[- ]time|static (?:analysis|check)|lint(?:er)? rule|rate[- ]?limit\w*|limit the rate|circuit[- ]?breakers?|quotas?\b|limit ?ranges?|canar(?:y|ies)|progressive (?:delivery|rollout)|staged rollout|feature flags?|guard ?rails?|cron ?job|scheduled (?:job|check|task|run)|nightly (?:job|check|test|run)|daily (?:job|check|pipeline)|controller that|dead man'?s switch|synthetic (?:monitor\w*|check|test|probe|transaction)s?|health ?checks?|liveness|abort(?:s|ed|ing)? (?:the |any |all |every |a )?\w+|expire(?:s|d)? (?:\w+ ){0,4}(?:after|automatically)|(?:cap|limit|bound|throttle)(?:s|ped|ed|d)? (?:the )?(?:rate|number|size|depth|retries|concurrency|connections|requests|batch\w*|parallel\w*|memory|blast radius)|(?:drop|shed|discard|throttle)(?:s|ped|ed)? (?:traffic|requests?|connections?|messages?|records?|load)|(?:isolate|separate|partition) \w+ (?:into|by|per|from)|require(?:s)? .{3,60} before (?:any|every|each|all)\b|(?:compare|reconcile|diff)\b.{3,80}\b(?:page|alert)|exponential back-?off|shared (?:\w+ ){0,2}(?:client|library|module|chart|sdk|middleware|image)|base image|terraform module|pod disruption budget|confirm(?:ation)? prompt|(?:ask|prompt)s? for confirmation|dry[- ]run by default|two[- ]person|time[- ]?outs? (?:on|for|to)\b|backpressure|load[- ]shedding|bulkheads?|safe default"
)
SIGNAL = _sign(
    r"alert(?:s|ing|ed)?\b|alarms?\b|page(?:s|d)? (?:the |an |a )?(?:\w+ )?(?:on-?call|team|engineer|when|if|us|sre|owner)|paging\b|monitor(?:s|ing)?\b|slo burn|burn[- ]rate"
)
PRACTICE = _sign(
    r"banners?\b|stickers?\b|(?:contact|phone|cheat) sheets?\b|sheet\b|check-?lists?\b|templates?\b|run-?books?\b|play-?books?\b|wiki\b|documentation\b|docs?\b|document(?:s|ed|ing)?\b|guides?\b|guidelines?\b|handbook|how-?to\b|readme|onboarding|(?:mandatory |annual |regular )?training\b|workshops?\b|brown[- ]bag|tech talk|lunch and learn|announce\w*|mailing list|newsletter|subscribe|rota\b|rotation\b|roster|assign (?:someone|somebody|a person|one person)|(?:weekly|monthly|daily|regular|quarterly) (?:meeting|review|sync|check-in|check|call|audit)|stand-?ups?\b|hand-?(?:over|off)\b|calendar|tabletop\w*|walk-?throughs?\b|videos?\b|screencasts?\b|intranet|release meeting|stand-?in|session\b|game ?days?|drills?\b|exercises?\b|test plan\b|smoke test plan|policy\b|polic(?:y|ies) (?:that|on|for)|rules? (?:on|for|about|that)|procedures?\b|(?:code |peer |manual |explicit |specific |second )review\b|sign[- ]?off|(?:on|every|each) (?:mon|tues|wednes|thurs|fri)days?|reminders?\b|remind(?:s|ing)? bot|slack bot|best practices?|standard operating|\bsops?\b|communication plan|cheat ?sheets?|(?:naming |coding )?(?:convention|standard)s?\b|escalation (?:path|matrix|list)|contact list|ask (?:the )?\w+ to|request teams|post-?mortem review|decision tree|list of\b|every (?:sprint|week|month|quarter|year)|each (?:sprint|week|month|quarter|year)|(?:weekly|monthly|quarterly|regularly|periodically)\b|second (?:engineer|person|pair)|ask \w+ to|when (?:somebody|someone|the)\b|write down|keep (?:a|the|an) (?:list|inventory|record)|buddy|shadow\w*|pair(?:ing)? "
)
PRACTICE_HEAD = _sign(
    r"^(?:please )?(?:document|write|draft|describe|practi[sc]e|rehearse|write down|keep (?:a|an|the) (?:list|inventory|record)|ask \w+ to|review\b.{0,60}\b(?:every|each|weekly|monthly|quarterly|regularly)|describe|publish|announce|train|teach|educate|subscribe|remind|communicate|share|present|schedule|hold|organi[sz]e|(?:record|film|make|produce) (?:an? |the |some )?(?:[\w-]+ ){0,2}(?:walk-?throughs?|videos?|screencasts?|recordings?|tutorials?|demos?|talks?|presentations?)\b|run a (?:workshop|training|game ?day|drill)|assign|update (?:the |our |all )?(?:\w+ ){0,3}(?:docs?|documentation|run-?books?|play-?books?|guides?|wiki|readme|checklist|templates?)|(?:add|include|put)\b.{0,70}\b(?:to|in|into) (?:the |our |a )?(?:[\w-]+ ){0,3}(?:check-?list|run-?book|play-?book|docs?|documentation|wiki|guide|handbook|test plan|template|onboarding|agenda|readme)|(?:create|write|add|prepare|develop|define|agree on|establish|introduce|set up) (?:an? |the |our |more |new |some )?(?:[\w-]+ ){0,3}(?:check-?lists?|run-?books?|play-?books?|docs?|documentation|guides?|guidelines?|templates?|polic(?:y|ies)|rules?|procedures?|process|rota|rotation|training|workshop|standard|convention))\b"
)
NOT_PRACTICE = _sign(
    # A template that machines fill in is no sheet for people.
    r"(?:chart|helm|config(?:uration)?|pod|terraform|cloudformation|deployment|job|pipeline|manifest|launch|instance|vm|project|service|workflow) templates?\b|(?:org(?:ani[sz]ation(?:al)?)?|service control|admission|network|bucket|resource|firewall|egress|ingress|lifecycle|iam|branch) polic(?:y|ies)\b|(?:rather than|instead of|not|replac(?:e|es|ing)|no longer|without) (?:\w+ ){0,4}(?:check-?lists?|run-?books?|docs?|documentation|wiki|reminders?|training|memory)"
)
CLASS = _sign(
    r"any\b|all\b|every\b|each\b|per[- ](?:node|pod|service|cluster|host|team|namespace|instance|region|tenant|customer|database|queue|topic|user|request)|(?:schema|config(?:uration)?|code|database|dns|infrastructure|terraform|workflow|network|data[- ]?layer|api) changes|changes (?:to|touching|that)|(?:new|future) \w+s\b|by default|fleet|across\b|operations\b|commits\b|pull requests\b|prs\b|merges\b|deployments\b|releases\b|migrations\b|namespaces\b|services\b|clusters\b|requests\b|hosts\b|certificates\b|writes\b|queries\b|jobs\b|images\b|whole class|no single"
)
ONE_INSTANCE = _sign(
    r"(?-i:the [A-Z][a-z]+(?:[A-Z][a-zA-Z]+)+ (?:alarm|alert|check|job|rule))|this (?:alert|test|bug|job|server|host|node|service|instance|incident|case|query)\b|before the next|for (?:the )?next release|once\b|one[- ]off|single (?:alert|test)|(?:an?|the) (?:new |missing |regression |unit |integration |single |specific )?(?:alert|alarm|test(?: case)?) (?:for|on|covering|that)\b|the (?:affected|broken|failed|old|stale|existing|current|remaining)\b"
)
REPAIR = _sign(
    r"^(?:please )?(?:fix|repair|restore|revert|roll ?back|replace|delete|clean ?up|clear|purge|rotate|rename|move|migrate|upgrade|patch|bump|restart|reboot|reinstall|rebuild|resize|recreate|re-?enable|re-?index|backfill|refund|reimburse|merge|deploy|increase|raise|lower|reduce|decrease|set|change|switch|correct|adjust|tune|run|finish|complete|close|open|file|investigate|evaluate|assess|analy[sz]e|find|check|identify|determine|contact|buy|order|install|remove|drop|decommission|retire|remediate|renew|swap|refactor|rewrite|add (?:an? )?(?:index|missing|disk|node|replica|memory|field|retry|log|metric|test|unit test|regression test|alert|alarm|panel|dashboard))\b|\b(?:fixed|replaced|upgraded|restarted|increased|removed|reverted|deleted|rotated|restored)\b"
)
THRESHOLD = _sign(
    r"thresholds?|pass/fail|pass or fail|exceed\w*|(?:above|below|over|under|more than|less than|greater than|at least|at most|within|up to|limit(?:ed)? to|max(?:imum)?(?: of)?|min(?:imum)?(?: of)?|[<>≥≤]) ?\d[\d.,]*(?: ?(?:%|percent|ms|s|seconds?|sec|min|minutes?|hours?|h|gb|mb|days?)\b)?|(?:number|rate|size|count|depth|concurrency|parallelism|memory|limits?)\b[^.;]{0,60} (?:at|of) \d[\d.,]*|\d+(?:[.,]\d+)? ?(?:%|percent|ms\b|s\b|sec|min|hour|h\b|gb|mb|req|rps|qps|days?\b)|equal(?:s)? (?:to )?|matches\b|constraint|when \w+ (?:is|are) (?:missing|empty|null|invalid)|do(?:es)? not provide|is (?:missing|empty|null)|without (?:a|an|any)\b|expected[- ]present"
)
CONDITION = _sign(
    r"checks?\b|tests?\b|lint\w*|validat\w+|assert\w*|gate\b|reject\w*|disallow\w*|health ?checks?|synthetic|schema|constraint|quota|rate[- ]?limit|disruption budget|circuit[- ]?breaker|back-?off|time-?out|deletion protection|expir\w+|retries|only (?:accepts?|allows?|permits?)"
)
EFFECT = _sign(
    r"(?:push|deletion|branch|write|termination) protection|block(?:s|ed|ing)?\b|reject\w*|fail(?:s|ing)? the|page[sd]?\b|paging|alert(?:s|ing)?\b|roll(?:s|ed|ing)? ?back|rollback|halt(?:s|ed)?|refus\w+|den(?:y|ies|ied)|disallow\w*|gate\b|gating|enforc\w+|prevent(?:s|ed)?\b|stop(?:s|ped)? the|requir(?:ed|es|ing)\b|branch protection|codeowners|admission|limit(?:s|ed)? the rate|abort(?:s|ed)?|drop(?:s|ped)? the|shed|throttl\w+|fail(?:s)? over|disconnect"
)
OWNED = _sign(r"own(?:ed|er|s)\b|maintained by|kept green|responsible team|(?:team|group) keeps")
NO_BYPASS = _sign(
    r"(?:cannot|can['’]t|no|without) (?:be )?(?:bypass\w*|overrid\w+|override|skipped|exception)|bypass(?:es)? (?:is|are) logged|logged override|break[- ]glass|audit(?:ed)? (?:log|trail)|branch protection|admission"
)
BYPASS = _sign(
    r"opt[- ]in|optional(?:ly)?|disabled by default|off by default|can be (?:skipped|bypassed|overridden)|best[- ]effort|warn(?:s|ing)?[- ]only|advisory|non[- ]blocking|not required|if possible|where possible"
)
AUDITED = _sign(r"audit\w*|check V\d\d|\bV\d\d\b|verified by|measured|reported weekly")
STRONG = _sign(
    r"remove the (?:step|need)|make (?:it )?impossible|impossible|isolat\w+|safe default|by default|type system|compile[- ]time|automatic(?:ally)? roll|auto[- ]?rollback|(?:unique|foreign[- ]key|not[- ]null|check|expected-present) constraint|constraint|deletion protection|separate (?:account|cluster|network|database)"
)

"""What an entry's own words say it is: a milestone by its label, an event kind by its clear words.

Knows labels and verbs. Refuses to guess: a milestone is only what a label or a set phrase states, and an entry
without a clear word stays a note. "Repaired" is t_mitigated (users are served again), "Resolved" is t_resolved.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from afteraction.core.findings import Milestone
from afteraction.core.records import EventKind
from afteraction.formats.postmortem import cues
from afteraction.formats.postmortem.cues import folded, for_lower, for_words, held_by, holds, vocabulary

_WAS = r"(?:is\s+|was\s+|were\s+|has been\s+|have been\s+)?"
_TAIL = r"(?:\s+(?:at|on|time|date|by|declared))*"

# Whole labels, as in "First detected 2024-05-01 10:00" or "Resolved: 12:07". The first that fits counts.
_LABELS: tuple[tuple[Milestone, str], ...] = (
    (Milestone.LATENT, r"(?:latent (?:since|from)|bug introduced|defect introduced|introduced|condition introduced)"),
    (Milestone.TRIGGER, r"(?:trigger(?:ed)?|change (?:made|deployed|applied)|triggering (?:event|change))"),
    (
        Milestone.FIRST_USER_REPORT,
        r"(?:first (?:user |customer )report(?:ed)?|first reported(?: by (?:a )?(?:user|customer)s?)?)",
    ),
    (Milestone.FIRST_MONITOR, r"(?:first (?:alert|alarm|page)(?: fired)?|alert(?:ed)?(?: fired)?|monitoring alerted)"),
    (
        Milestone.IMPACT_START,
        r"(?:(?:user |customer )?impact(?: start(?:s|ed)?| began| begins)?|(?:start|beginning|begin|onset) of (?:the )?(?:incident|outage|impact|issue)"
        r"|(?:incident|outage|fault|problem|issue|disruption|downtime) (?:occurs|occurred|starts?|started|begins|began)|start(?:ed)?(?: time)?|began|begin(?:s|ning)?"
        r"|impact time|impact window|fault occurs)",
    ),
    (
        Milestone.DETECTED,
        r"(?:first |initially |initial )?(?:detected|detection|noticed|discovered|team aware|team notified|we (?:became|were) aware|aware)"
        r"|(?:incident|outage|issue|problem|fault) (?:first )?(?:detected|noticed|discovered)",
    ),
    (Milestone.ACKNOWLEDGED, r"(?:(?:alert |page |incident )?ack(?:ed|nowledged)?|acknowledgement)"),
    (Milestone.FIRST_ACTION, r"(?:first action|response started|investigation started)"),
    (
        Milestone.DECLARED,
        r"(?:incident|outage|sev\S*|major incident)?\s*(?:declared|opened)|incident (?:raised|called|created)",
    ),
    (
        Milestone.DIAGNOSED,
        r"(?:diagnosed|(?:root )?cause (?:was )?(?:found|identified|determined|established)|issue diagnosed)",
    ),
    (
        Milestone.MITIGATED,
        r"(?:incident |issue |fault |service |temporarily )?(?:mitigated|repaired|fixed|repair|mitigation)(?: declared)?|workaround (?:in place|applied)",
    ),
    (
        Milestone.IMPACT_END,
        r"(?:(?:user |customer )?impact (?:ends?|ended|over|stopped)|(?:end|finish) of (?:the )?(?:incident|outage|impact|issue)"
        r"|(?:incident|outage|disruption|downtime|fault) (?:ends?|ended|over|finished)|(?:end(?:ed)?|finish(?:ed)?)(?: time)?"
        r"|(?:service(?:s)? )?(?:restored|recovered|restoration|recovery))",
    ),
    (
        Milestone.RESOLVED,
        r"(?:incident |issue |fault |fully )?(?:declared )?(?:resolved|resolution)(?: declared)?|incident declared resolved",
    ),
    (Milestone.REVIEWED, r"(?:reviewed|review (?:held|date|meeting)|post-?mortem (?:held|meeting|review))"),
    (Milestone.CLOSED, r"(?:incident )?closed"),
)
_LABEL = tuple(
    (milestone, re.compile(rf"^{_WAS}(?:{pattern}){_TAIL}$", re.IGNORECASE)) for milestone, pattern in _LABELS
)

# Set phrases inside an entry of a timeline, which state a milestone in so many words.
_PHRASES: tuple[tuple[Milestone, re.Pattern[str]], ...] = tuple(
    (milestone, re.compile(pattern, re.IGNORECASE))
    for milestone, pattern in (
        (Milestone.RESOLVED, r"^(?:the )?(?:incident|outage|issue) (?:is |was |has been )?(?:declared |marked )?(?:as )?(?:fully |now )?resolved\b"),
        (Milestone.RESOLVED, r"^incident (?:was |is )?(?:repaired and )?resolved\b|^outage is declared as resolved|^resolved\s?by\b"),
        (Milestone.CLOSED, r"^(?:the )?(?:incident|outage) (?:is |was )?closed\b"),
        (Milestone.MITIGATED, r"^(?:the )?(?:active )?(?:incident|outage|issue) (?:is |was )?(?:declared )?mitigated\b"),
        (Milestone.DECLARED, r"^(?:an? |the )?(?:major )?(?:incident|outage|sev\S*) (?:is |was |has been )?declared\b(?!\s+(?:as\s+)?(?:resolved|mitigated|over))"),
        (Milestone.DECLARED, r"\bincident declared\b(?!\s+(?:as\s+)?(?:resolved|mitigated|over))"),
        (Milestone.IMPACT_START, r"\b(?:(?:first|second|third|\d\w\w) )?(?:outage|incident|impact) (?:begins|starts)\b"),
        (Milestone.IMPACT_START, r"^(?:start|beginning) of (?:the )?(?:incident|outage|impact|downtime)\b|^incident start(?:ed|s)?\b|^problem starts\b|\bmark(?:s|ed|ing) the (?:start|beginning) of (?:the |an? |this )?(?:incident|outage|impact|downtime)\b"),
        (Milestone.IMPACT_END, r"\b(?:(?:first|second|third|\d\w\w) )?(?:outage|incident|impact) (?:ends|over)\b"),
        (Milestone.IMPACT_END, r"^(?:end) of (?:the )?(?:incident|outage|impact|downtime)\b|^incident ended\b"),
        (Milestone.DIAGNOSED, r"\broot cause (?:is |was |has been )?(?:identified|found|determined)\b(?! later)"),
    )
)  # fmt: skip
# In running text the verb has to stand right before the time: "the outage started at about 10:15".
_BEFORE_TIME: tuple[tuple[Milestone, re.Pattern[str]], ...] = tuple(
    (milestone, re.compile(pattern + r"\s+(?:again\s+)?(?:at|on|around|by|about|approximately|from|since)?[\s~(]*(?:about|around|approximately|approx\.?)?[\s~(]*$", re.I))
    for milestone, pattern in (
        (Milestone.IMPACT_START, r"\b(?:outage|incident|impact|disruption|downtime|issue|problem)\b[^.;]{0,60}\b(?:started|began|begins?|starting|beginning)"),
        (Milestone.IMPACT_END, r"\b(?:outage|incident|impact|disruption|downtime)\b[^.;]{0,40}\b(?:ended|was over|lasted until)"),
        (Milestone.RESOLVED, r"\b(?:outage|incident|issue|problem|it|this)\b[^.;]{0,40}\b(?:resolved)"),
        (Milestone.DETECTED, r"\b(?:outage|incident|issue|problem|it|this)\b[^.;]{0,40}\b(?:was|were)\s+(?:first\s+|initially\s+)?(?:detected|noticed|discovered)"),
        (Milestone.DECLARED, r"\bincident\b[^.;]{0,30}\bdeclared"),
    )
)  # fmt: skip
_PHRASES_READ = tuple(
    ((milestone, pattern, for_lower(pattern)), words)
    for (milestone, pattern), words in zip(_PHRASES, cues.PHRASES, strict=True)
)
_ANY_PHRASE = tuple(dict.fromkeys(word for words in cues.PHRASES for word in words))
_BEFORE_TIME_READ = tuple(zip(_BEFORE_TIME, cues.BEFORE_TIME, strict=True))
_OUTAGE_WORDS = re.compile(
    r"\b(?:down|unavailab\w+|outage|offline|broken|brok[en]\w*|error\w*|degrad\w+|fail\w*|inaccessible|unreachable|interrupt\w+"
    r"|disrupt\w+|impact\w*|affect\w+|lost|unable|could not|couldn't|not (?:available|accessible|working|able)|5xx|timeouts?|slow)\b",
    re.IGNORECASE,
)
_NOBODY_HURT = re.compile(
    r"\bno (?:end[- ])?(?:users?|customers?|impact|outage|downtime)\b|\bnobody (?:was|noticed)|\bnot affect|\bwithout (?:user )?impact",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:outage|downtime|unavailable|inaccessible|offline|unreachable|(?:is|was|were|are|fully|completely|hard) down|no (?:service|access))\b",
    re.IGNORECASE,
)
_WINDOW_LABEL = re.compile(
    r"^(?:(?:user |customer |service )?(?:impact|outage|downtime|disruption|degradation)(?: (?:time|window|period|duration|\d+|[a-c]))?"
    r"|duration|(?:incident|window|time)(?: (?:window|period|duration|\d+|[a-c]))?|when|first|second|third|affected(?: period)?)"
    r"(?: of (?:the )?(?:incident|impact|outage))?$",
    re.IGNORECASE,
)


def milestone_of_label(label: str) -> Milestone | None:
    """The milestone that a label in front of a time names, or None."""
    text = re.sub(r"\([^)]*\)", " ", label) if "(" in label else label
    text = re.sub(r"[*_`\"'#|\[\]]", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" :=-–—.,@")
    if not text or len(text) > 60:
        return None
    return next((milestone for milestone, pattern in _LABEL if pattern.match(text)), None)


def _bare(text: str) -> str:
    """A text without the marks of emphasis and code."""
    return text.replace("*", "").replace("_", "").replace("`", "")


@lru_cache(maxsize=2048)
def milestone_of_entry(text: str) -> Milestone | None:
    """The milestone that an entry's text states in a set phrase ("Incident declared", "OUTAGE BEGINS"), or None."""
    plain = _bare(text).strip(" -–—:.,")
    short = milestone_of_label(plain) if len(plain) <= 32 else None
    if short is not None and short is not Milestone.IMPACT_START:
        return short
    low = folded(plain)
    if not holds(low, _ANY_PHRASE):
        return None
    is_ascii = plain.isascii()
    for (milestone, pattern, lower), words in _PHRASES_READ:
        if holds(low, words) and (lower.search(low) if is_ascii else pattern.search(plain)):
            return milestone
    return None


def milestone_before(text: str) -> Milestone | None:
    """The milestone that the words right before a time in running text state, or None."""
    low = folded(text)
    for (milestone, pattern), words in _BEFORE_TIME_READ:
        if holds(low, words) and pattern.search(text):
            return milestone
    return None


def is_window_label(label: str) -> bool:
    """True when a label says that the range after it is when users were hurt."""
    return _WINDOW_LABEL.match(re.sub(r"[*_`#:]", "", label).strip()) is not None


def is_down(text: str) -> bool:
    """True when an entry with a beginning and an end says that the service was down in between."""
    return _DOWN.search(text[:60]) is not None


def tells_outage(text: str) -> bool:
    """True when a sentence says that something did not work."""
    return _OUTAGE_WORDS.search(text) is not None and _NOBODY_HURT.search(text) is None


_KINDS: tuple[tuple[EventKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            EventKind.USER_REPORT,
            r"\b(?:user|customer|client|community (?:rep\w*|member)|developer|editor|people|someone|volunteer|researcher)s?\b[^.;:]{0,50}"
            r"\b(?:report\w*|complain\w*|mention\w*|noti(?:ced?|fies|fied)|raised?|let us know|reach(?:ed|ing)? out|emails?)\b"
            r"|\b(?:user|customer|community)\s+(?:issue |bug )?reports?\b"
            r"|\b(?:first|second|more|additional|initial|several|multiple)\s+(?:user |customer |issue |bug )?reports?\s+(?:of|from|in|that|by|on|arrive|come)\b"
            r"|\breport(?:s|ed)?\b[^.;]{0,40}\b(?:by|from)\b[^.;]{0,24}\b(?:users?|customers?|community)\b|\bsupport tickets? (?:is |was |were )?opened by"
            r"|\b(?:author|maintainer|owner)s? of \S+(?: (?:and|or) \S+)* (?:reports?|reported)\b|\bticket is opened by the community|^reports? (?:in|on|of)\b|\breport(?:s|ed)? that (?:some |many |several )?(?:users|customers)\b",
        ),
        (
            EventKind.RECOVERY,
            r"\b(?<!to )recover(?:ed|s|y|ing|)\b(?! (?:attempt|step|plan|procedure)s?)|\brestored\b|\bback (?:to normal|online|up|in operation)\b|\b(?:fully|now) operational\b"
            r"|\bservice operational\b|\bresolved(?:by)?\b|\bsystems? operational\b|\bworking again\b|\breports? (?:back )?(?:that )?it works\b|\bback operation\b|\boutage ends\b|\breturn(?:s|ed)? to normal"
            r"|\bresumes?\b|\bself-heals?\b|\bend of (?:the )?incident\b|\bissue goes away\b|\bis ok\b.*\bok:|^recovery\b",
        ),
        (
            EventKind.DETECTION,
            r"\b(?:alert|alarm|page|monitor\w*|check|pager\w*|pingdom|nagios|icinga\S*|shinken|uptime check)s?\b[^.;]{0,50}"
            r"\b(?:fire[sd]?|firing|trigger\w*|report\w*|detect\w*|alert\w*|warn\w*|notif\w+|fail\w*|raised|start\w*|sen[dt]\w*|go(?:es)? off|critical|show\w*)\b"
            r"|\b(?:receiv(?:ed|es|ing)|get(?:s|ting)?|got)\b[^.;]{0,40}\b(?:alert|alarm|page)s?\b|\bPROBLEM\b.*\bis (?:CRITICAL|WARNING|DOWN)\b|\[FIRING"
            r"|\bfirst (?:alert|alarm|page)\b|\b(?:is|was|were|got) paged\b|\bpaging alert\b|\b(?:issue|incident|outage|problem) (?:is |was )?(?:first )?detected\b"
            r"|\bfirst detected\b|\balerts? (?:is|was|were) (?:raised|triggered|seen)\b|\balarm fired\b|\bteam (?:aware|alerted)\b",
        ),
        (
            EventKind.COMMUNICATION,
            r"\bstatus\s?page\b|\b(?:send|sends|sent|post|posts|posted|publish\w*|shares?|announc\w+|tweets?)\b[^.;]{0,60}"
            r"\b(?:update|notice|e-?mail|announcement|message|mailing list|summary|report|blog|community|labs-(?:l|announce)|slack|outage)\b"
            r"|\b(?<!been )(?<!is )(?<!was )(?<!to )notif(?:y|ies|ied)\b|\bcommunity informed\b|\bcommunicat\w+\b|\bupdates (?:the )?(?:incident channel|\w+ community)|\bnotice\b.*\bsent\b",
        ),
        (
            EventKind.MITIGATION,
            r"\b(?:roll(?:ed|s|ing)?[- ]?back|rollback|revert(?:s|ed|ing)?|mitigat\w+|hot-?fix\w*|failed over|fail(?:s)? over|failover|depool\w*"
            r"|workaround|disabled? (?:the )?rate|throttl\w+|scaled? (?:up|down|to zero)|fix (?:is |was )?(?:deployed|applied|merged|released|rolled out)"
            r"|(?:applied|deploy(?:s|ed)?|released?|ships?|shipped)\b[^.;]{0,30}\bfix|applies fix|change reverted|downgraded)\b",
        ),
        (
            EventKind.ESCALATION,
            r"\b(?:escalat\w+|join(?:s|ed)\b(?! (?:the )?cluster)|call(?:s|ed)? (?:for help|in)\b|paged\b.*\b(?:team|engineer|on-?call)|hand(?:s|ed)? off|incident (?:is |was )?(?:declared|created|opened|raised)"
            r"|war-?room|ping(?:s|ed)\b|calls? \w+ for help|brought in|pulled in|involve[sd]?|ticket (?:is |was )?(?:opened|raised|created))\b|\bincident declared\b",
        ),
        (EventKind.DECISION, r"\b(?:decid\w+|decision|agree[ds]?|it (?:is|was|'s) (?:decided|agreed)|concluded? to|opt(?:s|ed) to)\b"),
        (
            EventKind.SIGNAL,
            r"\b(?:usage|rates?|memory|latency|load|errors?|traffic|cpu|backlog|queues?|success)\b[^.;]{0,30}\b(?:increas\w+|grow\w*|rises?|climb\w*|drop\w*|reaches)\b"
            r"|\b(?:errors?|fatals?|fail(?:s|ed|ing|ures?)?|crash\w*|timeouts?|timing out|spikes?|drop(?:s|ped)?|unresponsive|latency|full|exhaust\w*"
            r"|degrad\w+|outage begins|goes down|went down|is down|are down|unavailable|unreachable|oom|increase in|elevated|saturat\w+|stop(?:s|ped)? (?:working|responding|receiving|inserting|accepting|being)\b|lag(?:s|ging)?)\b",
        ),
        (
            EventKind.ACTION,
            r"\b(?:deploy\w*|upgrad\w*|roll(?:s|ed|ing)? out|rollout|merg(?:e|es|ed|ing)|restart\w*|reboot\w*|appl(?:y|ies|ied)|delet\w+|kill\w*|remov\w+|add(?:s|ed)|creat\w+|increas\w+|changed"
            r"|updat(?:ed|ing)|install\w*|enabl\w+|disabl\w+|re-?deploy\w*|synchroni[sz]ed|sync(?:s|ed)?|runs?|ran|start(?:s|ed)? (?:debug|investigat|migrat|restor|roll|rebuild)\w*"
            r"|investigat\w+|scal(?:e|ed|ing)|cordon\w*|switch\w*|migrat\w+|rotat\w+|releas(?:ed|ing)|launched|triggered|opens?|opened|filed|revok\w+|patch\w*|stop(?:s|ped))\b",
        ),
    )
)  # fmt: skip

# A kind, its pattern, the same for ASCII text in lower case, its cues.
KindCues = tuple[tuple[EventKind, re.Pattern[str], re.Pattern[str], tuple[str, ...]], ...]
_KINDS_READ: KindCues = tuple(
    (kind, pattern, for_words(pattern), words) for (kind, pattern), words in zip(_KINDS, cues.KINDS, strict=True)
)
# These words decide wherever they stand; of the other kinds the word that comes first does.
_FIRST = (EventKind.USER_REPORT, EventKind.RECOVERY, EventKind.DETECTION)
_SETTLED = (Milestone.RESOLVED, Milestone.IMPACT_END)
_MACHINE_ALERT = re.compile(
    r"^(?:\W*[\w-]+\W+)?PROBLEM\b.*\bis (?:CRITICAL|WARNING|DOWN)\b|\[FIRING|^triggered through the (?:API|integration)",
    re.IGNORECASE,
)
_OF_MACHINES = ("problem", "[firing", "triggered through the ")
# "GitHub updates their status page": what a vendor tells of itself is neither our noticing nor our update.
_OF_OTHERS = re.compile(
    r"\btheir status ?page\b|\b(?:github|gitlab|aws|azure|gcp|google(?: cloud)?|cloudflare|fastly|docker ?hub|quay(?:\.io)?|slack|okta|pagerduty|heroku"
    r"|vendor|provider)(?:['’]s?)? (?:\w+ ){0,3}status ?page\b",
    re.IGNORECASE,
)
_WORKS = re.compile(r"\bit works\b|\bworks? (?:well|fine|again)\b|\bworking again\b", re.IGNORECASE)
_NOT_YET = re.compile(r"(?:n't|\bnot|\bno|\bnever|\buntil)\b\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_ABOUT_REPORTS = re.compile(r"\b(?:investigat\w+|look\w*|respon\w+|reply|replies)\b[^.;]{0,20}$", re.IGNORECASE)

# "Error rates remain high despite rollback" tells of no mitigation, "Upgrade rolled back" does.
_NOT_DONE = re.compile(
    r"\b(?:despite|after|without|plan\w* to|prefer to|won't|before|consider\w*|could)\b\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)

_UNDOING = ("despite", "after", "without", "plan", "prefer to", "won't", "before", "consider", "could")

_OF_MILESTONE = {
    Milestone.LATENT: EventKind.LATENT,
    Milestone.TRIGGER: EventKind.TRIGGER,
    Milestone.IMPACT_START: EventKind.SIGNAL,
    Milestone.FIRST_USER_REPORT: EventKind.USER_REPORT,
    Milestone.FIRST_MONITOR: EventKind.DETECTION,
    Milestone.DETECTED: EventKind.DETECTION,
    Milestone.ACKNOWLEDGED: EventKind.ACTION,
    Milestone.FIRST_ACTION: EventKind.ACTION,
    Milestone.DECLARED: EventKind.ESCALATION,
    Milestone.DIAGNOSED: EventKind.NOTE,
    Milestone.MITIGATED: EventKind.MITIGATION,
    Milestone.IMPACT_END: EventKind.RECOVERY,
    Milestone.RESOLVED: EventKind.RECOVERY,
}


# Below so many texts it is quicker to look for every cue.
_FEW = 12


def kinds_among(texts: Iterable[str]) -> KindCues:
    """What `kind_of` has to look for in any of these texts: most documents hold few of all cues."""
    together = folded(_bare("\n".join(texts)))
    if together.count("\n") < _FEW:
        return _KINDS_READ
    words = vocabulary(together)
    found = ((kind, pattern, lower, held_by(words, known)) for kind, pattern, lower, known in _KINDS_READ)
    return tuple(item for item in found if item[3])


def kind_of(
    text: str, milestone: Milestone | None = None, *, labelled: bool = False, among: KindCues = _KINDS_READ
) -> EventKind:
    """The event kind that clear words state; a label decides before words, NOTE when nothing is clear. `among` is what
    `kinds_among` found for texts of which this is one."""
    if milestone in _SETTLED or (labelled and milestone is not None):
        return _OF_MILESTONE.get(milestone, EventKind.NOTE)
    plain = _bare(text)
    low = folded(plain)
    if "status" in low and _OF_OTHERS.search(plain):
        return EventKind.NOTE
    if holds(low, _OF_MACHINES) and _MACHINE_ALERT.search(plain):
        return EventKind.DETECTION
    matches: list[tuple[EventKind, int]] = []
    is_ascii = plain.isascii()
    for kind, pattern, lower, words in among:
        if not holds(low, words) or not (match := lower.search(low) if is_ascii else pattern.search(plain)):
            continue
        start = match.start()
        matches.append((kind, start))
        if kind is EventKind.USER_REPORT and (_ABOUT_REPORTS.search(plain[:start]) or _WORKS.search(plain)):
            continue
        if kind in _FIRST and not (kind is EventKind.RECOVERY and _NOT_YET.search(plain[:start])):
            return kind
    # What somebody did usually comes before why: "Disabled the rule after errors" is an action.
    if told := _first_told(matches, plain):
        return told
    return _OF_MILESTONE.get(milestone, EventKind.NOTE) if milestone is not None else EventKind.NOTE


def _is_undone(before: str) -> bool:
    """True when the words before a mitigation say that it was not made, or had not helped."""
    return holds(folded(before), _UNDOING) and _NOT_DONE.search(before) is not None


def _first_told(matches: list[tuple[EventKind, int]], plain: str) -> EventKind | None:
    """The kind whose words come first; an action and its mitigation are one, and a mitigation counts when it was
    done."""
    mitigated = any(kind is EventKind.MITIGATION and not _is_undone(plain[:start]) for kind, start in matches)
    unwanted = (EventKind.USER_REPORT, EventKind.RECOVERY, EventKind.ACTION if mitigated else EventKind.MITIGATION)
    best, earliest = None, len(plain) + 1
    for kind, start in matches:
        if start < earliest and kind not in unwanted:
            best, earliest = kind, start
    return best

"""What a short message says about the course of an incident, by neutral word rules.

Knows how people announce, acknowledge, diagnose, act, report and close, in English. Refuses to judge wording or
persons (`engine.language` does the former), and reads no question, quotation or condition as a statement.
"""

# ruff: noqa: E501 (alternatives of one pattern read better side by side)
from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Says(StrEnum):
    """What a message states."""

    DECLARES = "declares"
    ACKNOWLEDGES = "acknowledges"
    DIAGNOSES = "diagnoses"
    ACTS = "acts"
    ROLLS_BACK = "rolls_back"
    MITIGATED = "mitigated"
    RECOVERS = "recovers"
    RESOLVES = "resolves"
    ESCALATES = "escalates"
    DECIDES = "decides"
    REPORTS_USERS = "reports_users"
    NOTICES = "notices"
    WATCHES = "watches"
    BY_ACCIDENT = "by_accident"
    UPDATES = "updates"
    IMPACT_STARTS = "impact_starts"
    ALERT_FIRES = "alert_fires"
    CHANGES_SOMETHING = "changes_something"


_ACTION = (
    "restart|reboot|bounc|drain|paus|purg|flush|kill|cordon|toggl|revok|disabl|enabl|block|throttl|scal|switch|deploy|"
    "appl|increas|rais|lower|reduc|stopp|delet|remov|reset|fail|patch|fix|mov|redirect|reroute|isolat|evict|clear|"
    "turn|rotat|recreat|rebuil|replay|resiz|upgrad|trigger|initiat"
)
_I = r"(?:\b(?:i|we|team|on-call)(?:['’](?:ve|m|re))?(?: have| am| are| just| now| also| then)* |^\W*(?:ok,? |now )?)"
# (words of which one has to be there, in lower case; the pattern)
_RULES: dict[Says, tuple[tuple[str, ...], str]] = {
    Says.DECLARES: (
        ("declar", "incident", "calling", "treating", "this is a", "raising"),
        r"\bdeclar(?:e|ed|es|ing)\b.{0,40}\b(?:incident|sev|outage|p[0-4]\b)"
        r"|\bincident (?:\S+ )?(?:has been |was |is )?(?:declared|opened|started|created)\b"
        r"|/incident (?:declare|new|open|start)|\bopen(?:ed|ing) (?:an? )?(?:new )?(?:incident|sev)\b"
        r"|\b(?:this is|calling (?:it|this)|treating (?:it|this) as) (?:an? )?(?:sev|p)[- ]?[0-4]\b"
        r"|\braising (?:an?|this).{0,15}(?:incident|sev)|\b(?:sev|p)[- ]?[0-4] (?:incident )?declared",
    ),
    Says.ACKNOWLEDGES: (
        ("ack", "on it", "looking", "look", "investigat", "checking", "got it", "got this", "taking"),
        r"\back(?:ed|nowledg(?:ed|e|ing))?\b|\b(?:i['’]?m|i am|we['’]?re) (?:on it|on this|checking|investigating|here)"
        r"|(?:^|[,.!] *)on it\b|(?:^\W*|\b(?:i['’]?m|i am|we['’]?re|we are|am|now|already|start(?:ed|ing)) )looking\b"
        r"(?! (?:good|better|ok|fine|healthy|stable|forward|like|great))|\btaking a look\b|^\W*checking\b"
        r"|\b(?:i['’]ll|i will|let me|will|going to) (?:take a look|look|check|investigate)\b|^\W*investigating\b"
        r"|\b(?:engineers?|team|on-?call|sres?|responders?) (?:\w+ ){0,2}(?:investigat(?:ed|es?|ing)|look(?:s|ing|ed)? into)\b"
        r"|\b(?:starts?|started|begins?|began) (?:to )?(?:investigat|look)|\binvestigations? (?:starts?|started|begins|began)\b|\bi['’]?ve got (?:it|this)\b|\bgot it, ",
    ),
    Says.DIAGNOSES: (
        ("found", "cause", "identified", "pinpoint", "located", "isolated", "culprit", "due to", "that’s", "that's"),
        r"\bfound (?:it\b|(?:out )?(?:the |a |what )?(?:root )?(?:cause|problem|issue|culprit|bug|reason|source)\b)"
        r"|\bcause (?:is|was|found|identified)\b|\bcause (?:has been |was |is )(?:found|identified)\b|\broot cause:"
        r"|\b(?:identified|pinpointed|located|isolated|traced|determined) (?:that |the |a )?"
        r"(?:root |likely )?(?:cause|issue|problem|source|culprit|bug)|\bculprit (?:is|was|found)\b|\bculprit:"
        r"|\b(?:it['’]s|this is|issue is|problem is|errors are) (?:being )?(?:caused by|due to|because)"
        r"|\bthat['’]s (?:it\b|the (?:cause|problem|culprit))",
    ),
    Says.ROLLS_BACK: (
        ("roll", "revert"),
        r"\broll(?:ed|ing|s)[ -]?back\b|\brevert(?:ed|ing|s)\b|\broll-?back (?:is |was |has )?(?:now )?"
        r"(?:started|starts|complete\w*|done|finished|in progress|under ?way|through|initiated|running|deployed)\b",
    ),
    Says.MITIGATED: (
        ("roll", "mitigat", "revert", "fix", "restored", "workaround"),
        r"\broll[ -]?back (?:is |was |has )?(?:now )?(?:complete|done|finished|through)|\brolled back\b|\breverted\b"
        r"|\bmitigated\b|\b(?:mitigation|workaround|fix) (?:is |was |has been )?(?:now )?"
        r"(?:in place|deployed|live|out|applied|rolled out)\b|\bservices? (?:is |was |are |were |has been )?restored\b",
    ),
    Says.RECOVERS: (
        ("recover", "normal", "drop", "gone", "again", "restored", "healthy", "back up", "come back", "solved", "away",
         "fix", "resum", "operational", "back operation", "back online", "works"),
        r"\brecover(?:ed|ing|y|s)\b|\b(?:back|return(?:s|ed)?) to normal\b|\berrors?\b.{0,25}\b(?:dropp(?:ing|ed)|gone|falling|stopped)\b"
        r"|\b(?:works?|working|healthy|up|available|online|operational) again\b|\b(?:is|are|was|were|been) restored\b|\brunning\b.{0,30}\bagain\b"
        r"|\b(?:sol|resol)ve[sd] the (?:issue|problem|outage|incident)\b|\b(?:issue|problem|error|alert)s? (?:goes|go|went) away\b"
        r"|\bfixe[sd] the (?:issue|problem|outage)\b|\bservices? (?:resumes?|resumed)\b|\b(?:service|systems?|components)(?: \w+)? (?:is |are |were |was )?operational\b"
        r"|\bback (?:up|online|in operation|operation)\b|\bthat it works\b|\bworks (?:well|fine)\b|\b(?:service|traffic|site|access) (?:fully )?restored\b",
    ),
    Says.RESOLVES: (
        ("resolv", "all clear", "clos", "stand", "fully re", "incident over", "is over"),
        r"\bresolved\b|\ball clear\b|\bincident (?:is |was )?(?:now )?(?:over|closed|ended)\b"
        r"|\bclosing (?:the |this )?(?:incident|out|this)\b|\bstand(?:ing)? down\b|\bfully (?:recovered|restored)\b",
    ),
    Says.ESCALATES: (
        ("pag", "escalat", " in", "need"),
        r"\bpag(?:ed|ing) (?!file)|\bescalat(?:e|ed|es|ing|ion)\b|\b(?:loop|pull|call|bring|rop)(?:ed|ing|ped|ping)? "
        r"(?:@?\S+ ){0,3}in\b|\b(?:loop|pull|call|bring)(?:ed|ing)? in\b|\bneed (?:someone|help|hands) from\b",
    ),
    Says.DECIDES: (
        ("let's", "let’s", "decid", "decision", "going to", "we will", "we'll", "we’ll", "agreed"),
        r"\blet['’]s\b|\bdecid(?:ed|e|ing)\b|\bdecision\b|\bwe(?:['’]ll| will| are going to|['’]re going to)\b|\bagreed to\b",
    ),
    Says.ACTS: (
        (*_ACTION.split("|"), "ran ", "running", "roll"),
        rf"{_I}(?:re)?(?:{_ACTION}|runn|roll)(?:ed|ing|ped|ping|led|ling|ied|ying|ting|t)?\b|{_I}ran\b"
        r"|\b(?:restart|failover|fail-over|reboot|rollback|revert|switchover|scale-?up|drain|hotfix|fix|runbook)\b.{0,20}"
        r"\b(?:initiated|started|in progress|under ?way|done|complete[d]?|triggered|running)\b",
    ),
    Says.REPORTS_USERS: (
        ("customer", "user", "client", "buyer", "merchant", "ticket", "people", "support", "report", "complain"),
        r"\b(?:customers?|users?|clients?|buyers?|merchants?|people|tenants?|subscribers?) (?:\S+ ){0,3}?"
        r"(?:report(?:ed|ing|s)?|complain(?:ed|ing|s)?|seeing|writing|unable|saying|noticed|notice|asking|can(?:['’]t|not))\b"
        r"|\b(?:user|customer) (?:reports?|complaints?)\b|\bsupport (?:tickets?|requests?)\b|\breport(?:ed|s)? (?:by|from) "
        r"(?:an? |our |the |several |some |many )?(?:customer|user|client|buyer)|\b(?:tickets?|reports?) coming in\b"
        r"|\breceived (?:an? |the |several |many |first |initial |more )*(?:user |customer |bug )?reports?\b",
    ),
    Says.NOTICES: (
        ("seeing", "notic", "spotted", "observed", "discover"),
        r"\b(?:i['’]?m|we['’]?re|am|are) seeing\b|^\W*seeing\b|\bnotic(?:ed|es|ing)\b|\bspotted\b|\bobserved\b|\bdiscovered\b",
    ),
    Says.WATCHES: (
        ("watching", "monitoring", "eye on", "babysitting", "following"),
        r"\b(?:watching|monitoring|keeping an eye on|babysitting|following) (?:\S+ ){0,4}?"
        r"(?:deploy\w*|roll-?out|release|canary|migration|change|upgrade)\b",
    ),
    Says.BY_ACCIDENT: (
        ("accident", "chance", "happened to", "else", "unrelated", "another"),
        r"\bby (?:accident|chance)\b|\baccidentally (?:noticed|found|saw|discovered)\b"
        r"|\bhappened to (?:notice|see|look|find|be)\b|\b(?:while|when) (?:\S+ ){0,3}?(?:working on|debugging|looking (?:at|into)"
        r"|investigating|testing|checking|doing) (?:something else|another|an? unrelated|other)\b",
    ),
    Says.UPDATES: (
        ("update", "summary", "sitrep", "tldr", "tl;dr", "status", "recap"),
        r"^\W*(?:\w+ )?(?:update|summary|sitrep|tl;?dr|status|recap)\b\s*(?:#?\d+)?\s*[:\-–—,(]|\bnext update\b",
    ),
    Says.IMPACT_STARTS: (
        ("begin", "start", "outage", "fail", "down", "unavailable", "impact"),
        r"\b(?:outage|impact|incident|errors?|failures?|problems?|degradation|downtime) (?:begins?|began|starts?|started)\b"
        r"|\b(?:begins?|began|starts?|started) (?:to )?(?:fail(?:ing)?|return(?:ing)? errors|error(?:ing)?|time out|timing out)\b"
        r"|\b(?:went|goes|became|becomes) (?:down|offline|unavailable)\b|\b(?:start|beginning) of (?:the )?(?:outage|impact)\b",
    ),
    Says.ALERT_FIRES: (
        ("alert", "firing", "paged", "pagerduty", "opsgenie", "alarm", "triggered", "pingdom"),
        r"\balert(?:s|ed|ing)?\b.{0,60}\b(?:fir(?:ed|ing|es)|trigger(?:ed|s)?|received|raised|went off|sent|came in)\b"
        r"|\b(?:fir(?:ed|ing)|trigger(?:ed|s)?|received|raised|got)\b.{0,30}\b(?:alerts?|alarms?)\b|\[firing\b|\balerted\b"
        r"|\b(?:pagerduty|opsgenie|pingdom|nagios|monitoring) (?:\S+ )?(?:alert|page|pages|paged|notif|trigger|incident)"
        r"|\bon-?call (?:\S+ ){0,3}(?:was |is |were )?paged\b|\balarms? (?:fire|fired|went)\b|^\W*(?:high|low)?\w* ?alert:",
    ),
    Says.CHANGES_SOMETHING: (
        ("deploy", "releas", "merg", "rolled out", "rollout", "upgrad", "migration", "switched", "enabled", "changed"),
        r"\b(?:deploy(?:ed|ment|s|ing)?|releas(?:ed|e|ing)|merg(?:ed|e|es)|rolled out|roll-?out|upgraded?|migration|enabled"
        r"|switched|pushed|changed|applied)\b",
    ),
}  # fmt: skip
_COMPILED = {what: (marks, re.compile(pattern, re.MULTILINE)) for what, (marks, pattern) in _RULES.items()}
_MARKS = tuple(dict.fromkeys(mark for marks, _ in _COMPILED.values() for mark in marks))
# A mark that holds another one is there only where the other is.
_LEAST = tuple(mark for mark in _MARKS if not any(other in mark for other in _MARKS if other != mark))
_LEFT_OUT = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]+`|^\s*(?:&gt;|>).*$|https?://\S+|[\"“][^\"”\n]*[\"”]", re.DOTALL | re.MULTILINE
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:\.(?=\S)[^.!?\n]*)*[.!?]*")
_CONDITION = re.compile(
    r"(?:\b(?:not|never|no|isn['’]?t|aren['’]?t|wasn['’]?t|hasn['’]?t|haven['’]?t|don['’]?t|doesn['’]?t|didn['’]?t|cannot|"
    r"can['’]?t|without|until|if|once|unless|should|could|would|might|may|maybe|whether|before|to be|will be|ruled out|"
    r"suspect|possibly|probably|perhaps|as soon as|when)\b)[^,;:]{0,45}$"
)
# Statements that something is so: a condition or a negation before them takes them back.
_CLAIMS = frozenset(
    {Says.DIAGNOSES, Says.MITIGATED, Says.RECOVERS, Says.RESOLVES, Says.ACTS, Says.ROLLS_BACK, Says.DECLARES,
     Says.IMPACT_STARTS}
)  # fmt: skip
# "Raising the limit needs a restart" weighs an action, it does not report one.
_WEIGHED = re.compile(r"^\W*\w+ing\b.*\b(?:needs?|requires?|would|means|could|might)\b")
LONGEST = 1200
_NOTHING: frozenset[Says] = frozenset()


# Every step of a reconstruction asks again, one event after the other: a cache that cannot hold all of them holds none.
@lru_cache(maxsize=250_000)
def what_it_says(text: str) -> frozenset[Says]:
    """Everything the text states; questions, quoted lines, code and addresses are left out, the first 1,200
    characters count."""
    low = _LEFT_OUT.sub(" ", text[:LONGEST]).lower()
    if not [mark for mark in _LEAST if mark in low]:
        return _NOTHING
    found = {mark for mark in _MARKS if mark in low}
    candidates = [what for what, (marks, _) in _COMPILED.items() if not found.isdisjoint(marks)]
    sentences = [s for s in (m.group().strip() for m in _SENTENCE.finditer(low)) if s and not s.endswith("?")]
    return frozenset(what for what in candidates if any(_states(what, sentence) for sentence in sentences))


def _states(what: Says, sentence: str) -> bool:
    match = _COMPILED[what][1].search(sentence)
    if match is None or (what is Says.ACTS and _WEIGHED.search(sentence)):
        return False
    return what not in _CLAIMS or not _CONDITION.search(sentence[: match.start()])

"""A catch that was missed, told without a "should have": "no test covered it", "the alarm stayed silent".

Knows what looks at a change or at a running system on somebody's behalf, and how one tells that it saw nothing. Refuses
to mind one that worked, one that is wished for, and one that was not needed.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import listed

GATES = listed("""
    test tests testing alert alerts alerting alarm alarms monitoring monitor monitors check checks checking checker review
    reviews reviewer reviewers canary canaries flag flags lint linter linters linting rule validation validations validator ci staging
    detection detector dashboard dashboards metric metrics logging probe probes rollout rollouts runbook runbooks
    documentation pipeline gate gates page paging notification notifications automation audit audits policy dry-run scan
    scanner scanning simulation rehearsal drill drills limit limits quota quotas threshold thresholds guard guards
    guardrail guardrails assertion assertions breaker breakers hook hooks max-prefix approval sentry tracing
    schema compiler type types snapshot snapshots diff fuzzing inspection reconciliation synthetic synthetics
    healthcheck heartbeat fullstack protection prompt confirmation checklist lock locks permissions safeguard
    observability telemetry instrumentation comparison preview sandbox backpressure budget slo slos four-eyes control
    controls interlock interlocks qa uat otdr beta watchdog sensor sensors burn-in soak preflight pre-flight verification
    sign-off walkthrough walkthroughs simulator simulators spot-check spot-checks row-count exercise-run e2e analyzer analyser typechecker plausibility farm two-person trace failsafe limiter limiters suite suites dialog dialogs
""")
_GATE = (
    r"(?:(?:unit|integration|contract|load|smoke|regression|end-to-end|e2e|soak|acceptance|restore|stress|performance|fuzz|ui|browser|system|functional|automated) )?(?:tests?|testing)|alerts?|alerting|alarms?|monitoring|monitors?|(?:health |sanity |status |plausibility |schema |type |pre-flight |preflight )?checks?|"
    r"(?:code|peer|design|change|security|pre-merge)? ?reviews?|canar(?:y|ies)|linters?|lint|validations?|validators?|ci|staging|detectors?|detection|dashboards?|probes?|synthetics?|heartbeats?|audits?|scans?|scanners?|"
    r"thresholds?|guards?|guardrails?|assertions?|reconciliation|telemetry|observability|instrumentation|slos?|pipeline|qa|uat|dry[ -]run|rehearsal|type checkers?|compiler|hooks?|walkthroughs?|(?:rate )?limiters?|confirmation (?:dialogs?|prompts?|steps?)|interlocks?|failsafes?|safeguards?|drills?|(?:test |regression )?suites?|walk-throughs?|simulators?|spot[ -]checks?|watchdogs?|sensors?|metrics?|inspections?|verification|simulation"
)
_SEE = r"(?:catch|detect|flag|notice|cover|exercise|fire|page|alert|trigger|see|find|spot|reject|block|stop|include|warn|pick|reveal|show|complain|react|respond|go off|ring|sound|tell|raise|recogni[sz]e|identify|look at|ring out|trip|discover|surface|exist|extend|reach|hold|measure|watch|check|test|work|run long enough|use|contain|simulate|reproduce|account for|escalate|distinguish|contain|know|consider|compare|count|keep|prevent|protect|require|enforce|verify|validate|run (?:on|for|in|because|since|at)|take)"
_SEEN = (
    r"(?:(?:that |which )?(?:caught|detected|flagged|noticed|covered|exercised|fired|paged|alerted|triggered|saw|found|spotted|rejected|blocked|stopped|warned|picked|revealed|showed|existed|exists|covers|checks|exercises|watches|watched|looks at|looked at|tests|tested|measures|measured|went off|rang|sounded|reported|raised|tripped|ran|reproduces|reproduced|includes|included|complained|kept|prevented|protected|limited|asks|asked|warns|forced|requires|required|compares|compared"
    r"|(?:were|was|is|are) (?:in place|configured|set up|defined|there)|had been set up)|for|on|around|between|in place|at all|(?:that|which) (?:would|could|covers?|covered|checks?|checked|tests?|tested|watche[sd]))"
)
_NOT = r"(?:did not|didn't|do not|don't|does not|doesn't|failed to|fails to|could not|couldn't|cannot|can't|never|was not able to|were not able to|had not|hadn't|has not|hasn't)"
_MISSED = Sought(
    rf"\b(?:{_GATE})\b(?: (?:in|on|of|for|at|from) (?:[\w'-]+ ){{1,4}}?| )(?:also |itself |simply |even |still |only |therefore |just )?(?:had |has |have )?{_NOT} (?:even |also |actually |really |properly )?{_SEE}\b"
    rf"|\b(?:{_GATE})\b(?: (?:in|on|of|for|at|from) (?:[\w'-]+ ){{1,4}}?| )(?:(?:had |has |have )?never (?:fired|went|paged|ran|covered|caught|looked|tested|triggered|alerted|reached|exercised|rang|saw|checked|included)|missed|overlooked|passed over|lets? (?:[\w'-]+ ){1, 3}?(?:through|pass|slip)|slept|(?:stayed|remained|kept|was|were|had been|is|are) (?:silent|quiet|mute|muted|silenced|blind|snoozed|switched off|turned off|disabled|off|missing|absent|commented out|skipped|bypassed(?! by)|overridden(?! by)|circumvented|suspended|deactivated|not (?:configured|enabled|in place|set up|set|run|running|active|part))|only (?:looks?|looked|covers?|covered|checks?|checked|tests?|tested|watche[sd]|runs?|ran|measures?|measured|averages?|sees?|saw))\b(?! (?:flow|part of))"
    rf"|\b(?:no|not a single|none of (?:the|our|these)|not one of (?:the|our)) (?:[\w'-]+ ){{0,3}}?(?:{_GATE}) {_SEEN}\b"
    rf"|\b(?:there (?:was|were|is|are|had been)|we (?:had|have)|has|had|have) no (?:[\w'-]+ ){{0,3}}?(?:{_GATE})\b(?! (?:needed|results?|run|environment|environments|account|accounts|data|team|user|users|code))"
    rf"|\b(?:nothing|nobody) (?:in|on|at) (?:our |the )?(?:{_GATE})(?: \w+)? {_SEEN}\b"
    rf"|\b(?:lacked|lacks|lack of|absence of|missing|missing :) (?:an? |any |automated |proper )*(?:[\w'-]+ ){{0,2}}?(?:{_GATE})\b"
    rf"|\b(?:went|gone|remained|stayed|been|lay|ran|dark) (?:[\w'-]+ ){{0,6}}?(?:unseen|undetected|unalerted) by\b|\b(?:remained|went|stayed) (?:unnoticed|undetected|unseen)\b.{{0,40}}\b(?:because|as|since|by) (?:[\w'-]+ ){{0,4}}?(?:{_GATE})\b"
    rf"|\b(?:{_GATE})\b(?: [\w'-]+){{0,5}}? (?:passed|was green|were green|went green|succeeded) ?,? (?:because|since|as) (?:it|they|the|its|their)\b"
    rf"|\b(?:{_GATE})\b(?: (?:for|on|of|in) (?:[\w'-]+ ){{1,4}}?| )(?:is|was|were|are|had been|sits) (?:set |placed |at |configured |tuned )?(?:far |much |so |way |set )*(?:too |so )(?:high|low|wide|loose|coarse|late|lax|generous|tolerant|slow|strict|narrow|short|shallow|forgiving)\b"
    rf"|\b(?:type checker|linter|alert|alarm|check|test|monitor|probe|validation|canary)s? (?:was|were|is|had been) (?:off|disabled|muted|silenced|switched off|turned off|skipped)\b",
)
_NEVERTHELESS = Sought(
    r"\b(?:will|shall|to be added|action item|was needed|were needed|not needed|flow|account|if (?:an?|the|no|your)|unless|should|would|could|may|might|once the|until the (?:check|test)|by design|data loss|must|todo|please|as expected|false (?:alarms?|positives?)|intermittent|flaky|add missing|after the (?:fix|patch|rollback)|(?:test|check|alert|alarm|monitor)s? (?:failed|pass(?:ed)?) on)\b"
)
_DENYING = listed("""
    no not none nothing nobody never didn't don't doesn't couldn't cannot can't failed fails missed overlooked passed let
    silent quiet muted silenced green disabled off missing absent skipped lacked lacks lack absence unseen unnoticed
    bypassed overridden circumvented suspended deactivated through past slipped supposed meant designed red green throughout
    hid hides masked obscured mock mocks stub learned learnt heard exception exclusion exempt excluded suppressed blind gap
    gaps below under within distinguish exempted snoozed excludes list lists found told notified informed pass slip without undetected only hadn't hasn't high low late wide loose
""")
_LEARNT = Sought(
    r"\b(?:we|us|the team|nobody|everybody|they) (?:only |first )?(?:learned|learnt|heard|found out|knew|were told|noticed) (?:of it |about it |of this |this |it )?(?:only )?(?:from|by|through|when|because) (?:[\w'-]+ ){0,3}?(?:customers?|users?|twitter|drivers|a tweet|patients|tenants|the press|players|tickets|complaints)\b.{0,60}\b(?:no|not|missing|without|lack)\b"
)

DENYING = _DENYING
# "Missing instrumentation" heads what follows and tells nothing yet.
_TITLE = 4


def blind_gate_in(words: list[str], sentence: str) -> tuple[int, int] | None:
    """First and last word of a sentence that tells of a gate which saw nothing, or None. `sentence` are the words with
    blanks between them."""
    if GATES.isdisjoint(words) or _DENYING.isdisjoint(words):
        return None
    if words[0] == "missing" and len(words) <= _TITLE:
        return None
    found = _MISSED.search(sentence) or _LEARNT.search(sentence)
    if found is None:
        return None
    # "There was no alarm, and one would have told us": of what was not there one says what it would have done.
    absent = found[0].startswith(("there ", "no ", "we had no", "nothing "))
    if _NEVERTHELESS.search(sentence[: found.start()] if absent else sentence):
        return None
    first = len(sentence[: found.start()].split())
    return first, min(max(first, len(sentence[: found.end()].split()) - 1), len(words) - 1)

"""Human error given as an explanation.

Knows how it is named, denied, prevented and supposed. Refuses to mind the words where they explain nothing: "designed to
prevent human error", "'operator error' is never a root cause".
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.human_lapses import NAMED
from afteraction.engine.language.sought import Sought

_NAMED = Sought(
    r"(?P<kind>\b(?:human|operator|operators['’]?|operational human|personnel|staff|administrator|admin|sysadmin|pilot|developer|engineer|engineering|deployer|technician|manual|people|person|individual|clerical|employee|maintainer|author|programmer|copy[- ](?:and[- ])?paste|fat[- ]finger|manual (?:\w+ )?(?:entry|keying|input|typing|handling|configuration|data[ -]entry)|keying|data[ -]entry|typing|keyboard|operation|operative|operating|administrative|operations)[ -](?:errors?|mistakes?|failings?)\b)"
    r"|(?P<human>\bhuman(?:[ -](?:oversights?|failures?|slip[- ]?ups?|slips?|lapses?|negligence|carelessness|blunders?|fallibility|fault|inattention)))\b"
    r"|(?P<user>\b(?:user|users['’]?)[ -](?:error|mistake)\b)"
    r"|(?P<slang>\b(?:PEBKAC|PICNIC error|ID-10-T|fat[- ]finger(?:ed|ing)?(?![ -](?:error|mistake))|finger trouble|cockpit error|wetware (?:error|failure|problem)|layer[- ]8 (?:problem|issue|error)))\b"
    r"|(?P<being>\b(?:error|mistake)s? (?:made |committed |caused |introduced )?(?:by|of|on the part of) (?:a |the |an |one )?(?:humans?|human beings?|person|individual|operator|member of (?:the )?staff|staff)\b|\ba human(?: being)? (?:doing|did|made|making|pressed|typed|getting)\b|\b(?:error|mistake)s? of (?:manipulation|handling|operation)\b|\b(?:mis-?operation|mishandling|wrong operation) (?:by|of) (?:an? |the )?(?:operator|staff|human|employee|person)\b)",
    re.IGNORECASE,
)  # fmt: skip
_DENIED_BEFORE = re.compile(
    r"(?:\b(?:not|never|no|n['’]t|rather than|instead of|isn['’]t|wasn['’]t|aren['’]t|without|neither|nor|beyond|other than|as opposed to|more than|anything but|cannot|can['’]t)\b(?: (?:be|been|about|due|to|caused|by|a|an|the|just|simply|merely|only|any|of|because|from|result|case|matter|it|one|single|pure|explained|blame|blamed|on|in|necessarily|really|mere|simple|down|call|say|as|label|seen)){0,6} ?[\"“'‘(]*"
    r"|\b(?:prevent|prevents|prevented|preventing|prevention of|avoid|avoids|avoiding|reduc(?:e|es|ed|ing)|minimi[sz](?:e|es|ing)|mitigat(?:e|es|ing)|eliminat(?:e|es|ed|ing)|limit(?:s|ing)?|remov(?:e|es|ing)|lower(?:s|ing)?|guard(?:s|ing)? against|protect(?:s|ing|ed|ion)? (?:\w+ )?(?:against|from)|proof against|resilient (?:to|against)|resistant to|toleran(?:t|ce) (?:of|to|for)|toler(?:ate|ates|ating)|prone to|susceptible to|vulnerable to|exposed to|subject to|sensitive to|open to|immune to|safe from|chances? (?:of|for)|likelihood of|risks? (?:of|for|from|due to|that)|possibilit(?:y|ies) (?:of|for)|potential(?: for| of)?|probability of|room for|scope for|space for|opportunit(?:y|ies) for|source of|margin (?:of|for)|danger of|catch(?:es|ing)?|detect(?:s|ing)?|account(?:s|ing)? for|allow(?:s|ing)? for|anticipate|expect|design(?:ed|ing)? for|cope with|rule[sd]? out|ruling out|exclude[sd]?|suspect(?:ed|s|ing)?|assum(?:e|ed|es|ing)|possible|possibly|perhaps|maybe|probable|types? of|kinds? of|categor(?:y|ies) of|forms? of|class(?:es)? of|definition of|term|label|phrase|concept of|word|words|call(?:ing)? it|saying|blam(?:e|ing)(?: it)? on|attributing (?:\w+ )?to|hypothetical|any|if|against|handle|handles|handling|less|fewer|more|future|further|such|question of)\b(?: (?:the|a|an|any|further|future|all|such|of|for|more|this|that|kind|kinds|type|types|sort|sorts|similar|simple|potential|possible|some|it|to|be|was|is|these|those|other|another|from|impact|effects?|data|loss|due|caused|by|risk|number|chance|most|manual|occasional|inevitable|basic|in|as|on|recurrence)){0,7} ?[\"“'‘(]*)$",
    re.IGNORECASE,
)  # fmt: skip
_MODAL_BEFORE = re.compile(
    r"\b(?:could|can|may|might|would|should|will)(?: \w+){0,3} (?:be|have been|cause|come from|result from|lead to|introduce|occur|happen|stem from|arise from)(?: (?:a|an|the|due|to|by|of|caused|from|result|as|some|more|again))*\s*[\"“'‘]?$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^[\"”'’)*_]{0,3},?\s*(?:(?:is|are|was|were|can|may|will|should|must|does|do)(?: \w+)? (?:never|not|no|n['’]t|rarely|hardly|seldom|inevitable|unavoidable|expected|always|only (?:a|the) (?:symptom|start|starting|beginning)|a symptom|symptoms|the symptom|a starting|the starting|the beginning|normal|part of)\b"
    r"|(?:isn|wasn|aren|weren|can|won|shouldn)['’]?t\b|(?:can|could|may|might|will|would) (?:easily |still |always |also )?(?:happen|occur|be|creep|cause|slip|lead|arise|have)\b|happens?\b|(?:rates?|analysis|taxonom|factors?|budget|prevention|handling|prone|probabilit|assessment|reduction|management|categor|class|types?|messages?|logs?|codes?|pages?|logs?|log\b|reports?|metrics?|counts?|responses?|rate\b|tolerance|tolerant|theory|as an? (?:explanation|root cause|excuse|label|category))"
    r"|-(?:prone|proof|free|resistant|related)\b|\?$| ?in the (?:\w+ )?logs?\b|[,/] (?:process(?:es)?|technology|environment|equipment|machine)\b(?! (?:was|were)))",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"\b(?:says?|said|reads?|shows?|showed|printed|returned|returns|logged|logs|message|labelled|labeled|status|code|titled|named)(?: [\w:]+)? ?[\"“'‘(]+$",
    re.IGNORECASE,
)
_CHOSEN = re.compile(r"\W*(?:applies|was (?:chosen|assigned|recorded|given|ticked))\b", re.IGNORECASE)
_SORTED = re.compile(r"(?:^|[\s|*])(?:classification|category|cause|root cause|trigger|reason|type|rc|why)[\s*]*[:=|][\s*]*(?:an? )?$", re.IGNORECASE)  # fmt: skip
_RELATED = re.compile(
    r"\b(?:whether|types?|kinds?|categories|classif\w+|taxonomy|label(?:s|led|ed)? (?:as|it|of|with)|tag(?:s|ged)?)\b",
    re.IGNORECASE,
)
_USER_CAUSES = re.compile(
    r"(?:^|[.:;–—|-]\s*|\b(?:due to|because of|caused by|cause of|cause was|cause is|cause:|by|result of|resulted from|owing to|down to|was|were|is|pure|simple|entirely|just|a|an|attributed to|under|case of|to|as|ascribed to|blamed on|traced (?:back )?to|from|stemmed from|some|and|or|human and))\s*(?:an? |some |the |entirely |simple |pure |probably |mainly |partly |just )?$",
    re.IGNORECASE,
)
_USER_SUPPOSED = re.compile(r"\b(?:assum\w+|suspect\w*|thought|initially|appeared|seemed|looked|believed|dismissed|treated|closed|counted|return\w*|http|4\d\d|status)\b", re.IGNORECASE)  # fmt: skip
_META = Sought(r"\b(?:blameless\w*|never a root cause|not a root cause|symptom of|new view|second stor(?:y|ies)|just culture|hindsight bias)\b", re.IGNORECASE)  # fmt: skip


# A first guess that turned out wrong, and a form or a rule that names it.
_SIMULATED = re.compile(
    r"^ ?(?:was|were|is|are) (?:\w+ )?(?:simulated|injected|rehearsed|practised|practiced|discussed|modelled|modeled|studied|trained)\b",
    re.IGNORECASE,
)
_TURNED_OUT_WRONG = Sought(
    r"\b(?:first|initial|early|original|working|our) (?:guess|hypothesis|assumption|suspicion|theory|report|impression|idea|diagnosis)\b.{0,80}\b(?:wrong|ruled out|disproved|refuted|dismissed|discarded|did not hold|incorrect|abandoned|disproven|contradicted)|\b(?:errors?|mistakes?|human factors?|failure)\b.{0,60}(?:\b(?:was|were|been|later|has been) (?:later |quickly |soon |finally )?(?:ruled out|excluded|disproved|refuted|discarded|dismissed)\b|\(later ruled out|, (?:which|but|and) (?:was|the \w+|it|that|we)(?: \w+){0,3} (?:wrong|disproved|disproves|refuted|ruled (?:it|that|this) out|contradicts))",
    re.IGNORECASE,
)
_COUNTED = Sought(
    r"\b(?:counts?|lists?|includes?|offers?|has|names?|knows|forbids?|bans?|avoids?|contains?) [\"“'‘]?(?:human|operator|user) (?:error|factors?|mistake)[\"”'’]? (?:among|as (?:one of|an option|a category|a cause|a root cause|an answer)|in (?:its|the) (?:list|categories|drop))"
    r"|\b(?:never|not|don't|do not|no longer|nobody|without|stop|refuse to|cannot|avoid)\b[^.;]{0,60}\b(?:human|operator|user) (?:error|mistakes?)[\"”'’]? (?:as|for) (?:the|a|an|its|our) (?:\w+ )?(?:cause|explanation|reason|answer|root cause|conclusion|finding)"
    r"|\b(?:human|operator|user) error[\"”'’]? is (?:what (?:an?|the|we|our|they|such)|something|where|only|just|never|not|normal|inevitable|the start|a symptom|the label)\b|\b(?:human|operator|user|pilot|admin) errors? (?:dialogs?|screens?|pages?|banners?|strings?|texts?|toasts?|enum|fields?|column|messages?|tracking)\b"
    r"|\b(?:response|status|code|error code|reason code)\b \d+ ?[\"“'‘(]+(?:\w+ )?(?:operator|user|human) errors?[\"”'’)]+ (?:is|means|was) (?:what|returned|sent|the|a|an)\b|\b(?:4\d\d|5\d\d|http|status)\b.{0,12}\bmeans\b|\b(?:calling|call) (?:it|this|that) (?:a )?(?:human|operator|user)\b",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")


def human_error_in(sentence: str) -> tuple[int, int] | None:
    """The place in a masked sentence where human error is given as an explanation, or None."""
    if (_NAMED.search(sentence) is None and NAMED.search(sentence) is None) or _META.search(sentence):
        return None
    if _TURNED_OUT_WRONG.search(sentence) or _COUNTED.search(sentence):
        return None
    for match in _NAMED.finditer(sentence):
        if _explains(sentence, match):
            return match.start(), match.end()
    for match in NAMED.finditer(sentence):
        if _lapse_explains(sentence, match):
            return match.start(), match.end()
    return None


def _lapse_explains(sentence: str, match: re.Match[str]) -> bool:
    """Whether a lapse of humans in general is told as having happened, and not feared, planned for or quoted."""
    before = _SPACES.sub(" ", sentence[max(0, match.start() - 90) : match.start()])
    after = _SPACES.sub(" ", sentence[match.end() : match.end() + 60])
    if _QUOTED.search(before) or _DENIED_AFTER.match(after) or _MODAL_BEFORE.search(before):
        return False
    return not _is_denied(before)


def _explains(sentence: str, match: re.Match[str]) -> bool:
    before = _SPACES.sub(" ", sentence[max(0, match.start() - 90) : match.start()])
    after = _SPACES.sub(" ", sentence[match.end() : match.end() + 60])
    if _QUOTED.search(before):
        return bool(_CHOSEN.match(after))
    if _SORTED.search(before):
        return True
    if _DENIED_AFTER.match(after) or _MODAL_BEFORE.search(before) or _SIMULATED.match(after):
        return False
    if re.match(r" in (?:an? |the )?(?:bash|python|sql|perl|ruby|go|rust|javascript|the expression|regex|query|syntax|jq|awk|promql)\b", after, re.IGNORECASE):  # fmt: skip
        return False
    named = match[0][0].isupper() and match[0].split()[-1][0].isupper() and before[-1:] in "\"“'‘"
    if named and before.strip("\"“'‘ "):
        return False
    if match["user"] and re.search(r"\b(?:cannot|can['’]t|could not|never)\b", after):
        return False
    if match["user"]:
        return bool(_USER_CAUSES.search(before)) and not _USER_SUPPOSED.search(before)
    if match["slang"] and match["slang"].lower().startswith("fat"):
        return match["slang"].lower().endswith("ed") or "due to" in before or "caused by" in before
    if re.match(r"[ ,/]", after) and _RELATED.search(before):
        return False
    return not _is_denied(before)


def _is_denied(before: str) -> bool:
    clause = re.split(r"[;:.!?–—]\s|, (?:but|so|and|which|because)\b", before)[-1]
    return bool(_DENIED_BEFORE.search(clause))

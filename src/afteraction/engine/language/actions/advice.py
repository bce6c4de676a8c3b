"""Actions that tell people to be better, and rest on their memory (SPEC A4).

Knows the words of advice and the mechanisms that make it needless. Refuses to call an action advice that something
other than a person carries out.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.words import actions as words
from afteraction.engine.language.words.action_verbs import ACTION_VERBS, THIRD

_PEOPLE = r"(?:everyone|everybody|nobody|no[- ]one|anyone|anybody|(?:all |the |our |other |each |every |any )*(?:engineers?|developers?|devs?|people|humans|folks|team ?members?|operators?|reviewers?|authors?|deployers?|responders?|on-?callers?|on-?call(?: engineers?)?|admins?|administrators?|staff|colleagues|managers?|leads?|teams?|sres?|employees|contributors|maintainers)|all of us|we all|(?<!\w)@[\w.-]+|[\w.-]+@)"
# Wherever it stands, it asks for care.
_CARE = re.compile(
    r"\b(?:be(?:ing)? (?:more |extra |very |much more |a bit more |super |particularly )?(?:careful|vigilant|mindful|attentive|cautious|diligent|thorough|proactive|conscious|aware|alert|disciplined|rigorous)\b"
    r"|(?:more|extra|greater|better|take|taking|exercise|exercising|with) (?:care|caution|diligence|vigilance)\b|(?:more|closer|greater|better|extra) attention\b|pay(?:ing)? (?:\w+ )?attention|keep(?:ing)? in mind|bear(?:ing)? in mind|closer inspection"
    r"|(?:don['’]t|do not|never|not to) forget|remember(?:ing)? (?:to|that)\b|think (?:twice|before|harder)|try (?:harder|to be)|raise awareness|spread (?:the )?(?:awareness|word)|do better\b|(?:communicate|coordinate|collaborate|talk|test|check|review|plan|think|prepare|document|monitor|read) (?:better|more(?: carefully| often| thoroughly| closely)?|carefully|thoroughly|harder|twice)(?=\W*(?:$|and\b|with\b|before\b|when\b|during\b|about\b|in\b|on\b|the\b|all\b|every\b|each\b|next\b))"
    r"|(?:clear|better|more|improved) communication\b|learn from (?:this|our|the|past|these)|avoid (?:making )?(?:such |similar |these |this |further |the same |human |careless )*(?:mistakes?|human errors?)\b)",
    re.IGNORECASE,
)
# Only as what the action itself says: not as what it is good for ("… to make sure everyone can").
_TELLING = re.compile(
    r"(?:^|[;:] )(?:please |let['’]?s |we (?:should|need to|must|will|have to) (?:all )?|also |always |need to |to )*(?:"
    r"be (?:more \w+|better|prepared|ready|stricter|quicker|faster)\b|(?:encourage|urge|remind|advise|tell|instruct|ask)(?! .{0,80}\b(?:bot|automat\w+|tool|slack)\b) (?:\w+ ){0,4}(?:to|not to|about|that|of|on)\b"
    r"|(?:train|teach|educate)(?! .{0,80}\b(?:simulat\w+|drill)\b) (?:\w+ ){0,4}?(?:(?<!how )to|not to|about (?!how)|on (?:the importance|being|how important))\b"
    r"|double[- ]check\b|follow (?:the |our |all |proper |correct )*(?:\w+ )?(?:process(?:es)?|procedures?|rules|polic(?:y|ies)|guidelines?|protocols?|best practices?|run-?books?|check-?lists?|conventions?)\b"
    r"|(?:communicate|coordinate|collaborate|listen|respect)\b(?! with\b)(?! .{0,80}\b(?:automat\w+|via|through|endpoint|api)\b)"
    r"|(?:make sure|ensure|see to it|verify)(?: that)? (?:everyone|everybody|nobody|no[- ]one|(?:all (?:of )?)?(?:the |our )?(?:engineers|developers|devs|staff|team members|people|operators|reviewers|deployers|on-?callers?|humans|folks))\b"
    rf"|(?:make sure|ensure|see to it)(?: that)? (?:we|you|{_PEOPLE}) (?:all |always |never |do |don['’]t |do not |properly |really )*(?:know|understand|read|follow|check|remember|react|review|communicate|coordinate|talk|are aware|is aware|pay|respond|keep|think|miss|forget|double|learn|test|use the|notice|agree|look|plan)\b)",
    re.IGNORECASE,
)
_PEOPLE_SHOULD = re.compile(
    rf"^(?:{_PEOPLE})(?: \w+)? (?:to|should|must|need|needs|has|have|ought|shall|are|is)(?: to)?(?: not| always| never| all)? (?!be (?:able|paged|notified|alerted|asked|prompted|warned|blocked|required|told)|(?:have|get|receive|see|own|approve|implement|add|fix|write|build|migrate|move|create|remove|update|set|enable|deploy|configure)\b)(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"^(?:please |we (?:should|must|need to) |engineers (?:should|must) )*(?:always (?!(?:send|return|set|retry|log|emit|pass|pull|on\b)\w*)[a-z-]+|(?:never|do not|don['’]t|no longer|stop)(?: ever)? (?!.{0,60}\b(?:automatically|by default|in code|on startup|config)\b)(?:deploy(?:ing)?|forget|rush(?:ing)?|assum\w+|merg\w+|push(?:ing)?|ignor\w+|work(?:ing)?|panic|trust(?:ing)?|leav\w+|mak\w+ (?:changes|mistakes)|run(?:ning)? (?:\w+ )?(?:commands?|scripts?|anything)|touch(?:ing)?|blindly|skip(?:ping)?|approv\w+|shar\w+|copy|wait(?:ing)?|hesitat\w+|be afraid|tak\w+|releas\w+))\b",
    re.IGNORECASE,
)
_NEXT_TIME = re.compile(
    r"^(?:[\w.@-]+ to |we (?:should|must|need to|will) |please |the [\w-]+ team to |always )*(?P<verb>inform|tell|ask|check|coordinate|communicate|consult|notify|look|ping|read|review|remember|watch|wait|verify|confirm|announce|warn|mention|be|try|use|test|talk|think|plan)\b.{0,120}\b(?:in (?:the )?future|going forward|next time|from now on|this time|at all times|before (?:every|each|any) \w+ (?:in|from))\b",
    re.IGNORECASE,
)
# What people are to do from now on, said as if it were so: "nobody runs it by hand any more".
_FROM_NOW_ON = re.compile(
    rf"^(?:(?:nobody|no[- ]one|everyone|everybody) (?:ever |always |now )?(?!(?:is|was|has|had|does|did|knows|knew|owns|understands|sees|saw|notices|gets|likes|needs|reads|remembers|misses|believes|thinks|loses)\b)(?P<does>[a-z]+s)\b|{_PEOPLE} (?:no longer|never|always) (?P<base>[a-z]+)\b)",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r",? (?:so that|so|in order to|to (?:make sure|ensure|encourage|remind|help|let|allow|avoid|prevent|see))\b"
)
_ADVISES = re.compile(
    r"(?:train|remind|teach|educate|communicate|tell|ask|encourage|urge)\b.*\b(?:not to|to (?:be|read|check|remember|follow|look|test|review|drain|use)|better|careful|about)",
    re.IGNORECASE,
)


def is_advice(sentence: str) -> str:
    """The words that tell people to be better (A4), "" where a mechanism does it or nothing tells anybody."""
    if words.ENFORCED.search(sentence) or words.PERMISSION.search(sentence):
        return ""
    if words.PRACTICE_HEAD.search(sentence) and not _ADVISES.match(sentence):
        return ""
    first = next(iter(_PURPOSE.finditer(sentence, 8)), None)
    head = sentence[: first.start()] if first else sentence
    for found in (
        _CARE.search(head),
        _TELLING.search(head),
        _PEOPLE_SHOULD.match(head),
        _ALWAYS.match(head),
        _NEXT_TIME.match(sentence),
    ):
        if found:
            return found[0].strip(" ;:")
    said = _FROM_NOW_ON.match(head)
    verb = (said["base"] or THIRD.get((said["does"] or "").lower(), "")).lower() if said else ""
    return said[0] if said and verb in ACTION_VERBS and not words.GUARD.search(head) else ""


__all__ = ("is_advice",)

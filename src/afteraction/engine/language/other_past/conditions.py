"""What would have come of another past: "had we drained it first, …", "with more patience …", "by stopping it earlier …".

Knows the clause that supposes and whether what follows from it is better, worse or a price. Refuses to mind what might
have been worse, what would have cost, and chance ("had the disk failed as well").
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.other_past.catches import GATES
from afteraction.engine.language.other_past.past import Missed, Past, place_of
from afteraction.engine.language.sought import Sought

_HARM = r"(?:worse|lost|affected|longer|later|admitted|exposed|corrupted|crashed|spread|leaked|down|full|more|overloaded|overrun|deleted|killed|destroyed|hit|impacted|missed|stopped|failed|disrupted|compromised|unavailable|broken|duplicated|dropped|flooded|worn|cost|needed|required|taken|meant|doubled|seen)"
_BAD_END = Sought(
    rf"(?<!no )(?:\b(?P<few>no|none|nobody|nothing|fewer|less|only|just|neither|not)\b (?:[\w',%-]+ ){{0,5}}?)?\b(?:would|could|might|'d)(?P<neg>n't)?(?: (?P<not>not|never))?(?: also| still| even| probably| likely| easily)* have (?:(?:been|also|gone|become|taken|got|had|\w+ly) )*{_HARM}\b"
)
_GOOD_END = Sought(
    r"\b(?:would|could|might)(?:n't| not| never)(?: \w+ly| all| even)? (?:have|be|need|happen)\b|\b(?:no|none|nobody|nothing|fewer|neither|hardly|not one) (?:[\w'-]+ ){0,5}?(?:would|could)\b|\bnone of (?:this|it) would\b|\bnothing would have happened\b|\bwould have (?:ended|finished)\b|\b(?:would|could|might) (?:\w+ly )?have (?:\w+ly )?(?:been )?(?:\w+ly )?(?:avoided|prevented|averted|shorter|smaller|less|fewer|caught|noticed|seen|known|stopped|limited|contained|isolated|saved|survived|worked|succeeded|fine|safe|spared|recovered|sooner|faster|quicker|earlier|easier|better|worthless|harmless|minutes|able|reduced|cut|stayed|rolled|restored|mitigated|detected|kept|remained|escaped|continued|reopened|gone out|told|helped|held|resolved|fixed|replaced|moved|arrived|made it|left|shown|warned|bought|given|let|a non-event|in time|intact|served|delivered|open|sent|informed|refuelled|available|unaffected|a matter)\b|\b(?:could|would) (?:be|have been) (?:avoided|prevented|stopped|averted)\b|\bwe(?: would|'d) (?:still )?have\b|\bwouldn't\b|\b(?:would|could|might) (?:still )?be (?:still )?(?:there|here|intact|alive|up|less|lower|smaller|fine|better|online|open|in place|a thing|avoided|prevented|detected|noticed|caught|known|a non-event|shorter)\b|\bdoesn't get\b|\bwould have gone (?:red|off)\b"
)
_CONDITION = Sought(
    r"(?:^|[.,;:] |\b(?:and|but|however|also) )(?P<had>(?:had|should (?=(?:the|a|an|our|somebody|someone|we|they|he|she)\b)(?=(?:[\w'-]+ ){1,6}have\b)) ?(?!to\b|the (?:effect|same)\b|an? \w+ (?:effect|impact)\b)(?:[\w'-]+ ){1,8}?(?:not |never |only )?(?:been )?(?:\w+ed|been|done|run|set|made|taken|given|told|written|kept|left|put|caught|seen|known|read|held|built|sent|shut|chosen|thought|gone|found|had|paid|spoken|cut|met|brought)\b)"
    r"|(?<=[a-z] )(?P<been>had (?:the|an?|our|this|that|these|those) (?:[\w'-]+ ){1,5}?(?:not |only )?been \w+)"
)
_IF_HAD = Sought(
    r"\b(?:if|unless|provided) (?P<who>(?:[\w'-]+ ){0,7}?[\w-]+ ?)(?<!')(?:\bhad|hadn't|would have|'d|were|was|did|could have|wasn't|weren't)(?: not| never| only| also| simply| just| already| \w+ly)* (?P<verb>[\w'-]+)(?P<rest>(?: [\w'-]+){0,3})"
)
_NATURAL = re.compile(
    r"\bthe (?:users?|customers?|attackers?|partition|event|traffic|load)\b|\b(?:lasted|continued|filled|grown|persisted|occurred|happened|hit|spread|failed|crashed|gone on|stopped|reached|lost|coincided|fallen|struck|exploited|attacked|leaked|died|exceeded|run out|broken|come (?:later|earlier)|remained|in \w+ mode|on site|available|higher|lower|larger|smaller|busier|been a real attack|already left|come off|come loose)\b|\bhad it run\b"
)
_STAYED = re.compile(
    r"\b(?:we|they|he|she|team|operator|engineer|crew|staff|somebody|someone|anybody|management|board|stopped the|nobody)\b"
)
_IN_PLACE = re.compile(
    r"\b(?:exist(?:ed)?|in place|configured|enabled|set up|present|paged|fired|covered|verified|caught|warned|alerted|been there|there (?:was|were|had been|been)|had there been|included|contained|been running|had (?:an? )?(?:[\w-]+ )?(?:check|alert|test|monitoring|limit)\w*|running|run)\b"
)
_BETTER_WITH = Sought(
    r"(?:^|[.,;:] )(?P<with>(?:with|without|by|under|given) (?:only )?(?P<what>[^.;]{3,140}?)) (?P<end>(?:would|could|might|couldn't|wouldn't)\b.*)"
)
_DEED = re.compile(
    r"^(?:\w+ing|more|better|less|fewer|a bit|a little|some|earlier|closer|greater|slower|proper|due|the (?:\w+ ){1,5}(?:left|kept|turned|held|switched|put)|a (?:\w+ )?(?:plan|phone|call|word|pause|rota|handover|conversation|warning|notice|second|spare|different|better|simple|quick|slower|smaller|longer|shorter|clear|proper|little|written|decent)|the hasty|the (?:premature|early|late|hurried|second|first|forced|manual|unneeded|needless) \w+|another|clearer|wiser|two|three|an? (?:earlier|immediate|early|orderly|older|extra))\b"
)
_WORSE_WITHOUT = re.compile(
    r"^without (?:the |his |her |their |our )?(?:quick|prompt|early|fast|swift|help|good|timely|calm|cache|backup|replica|luck|efforts?|support)"
)
_END_BY = Sought(
    r"\b(?:would|could|might) (?:\w+ly )?have (?:been )?(?:\w+ly )?(?:avoided|prevented|averted|saved|spared|shortened|reduced|limited|contained|halved|held|kept|cut|mitigated|stopped|resolved|minimi[sz]ed)\b.{0,60}?\b(?:by (?:not )?(?:\w+ly )?(?P<ing>\w+ing)|if (?:we|they|he|she|the \w+|somebody|someone|only)|with (?:more|better|less|a|some|earlier))\b"
)


def supposed_past(words: list[str], sentence: str) -> Missed | None:
    """A decision in place of another, or a gate that was not, supposed in one clause and its good end in the other."""
    if not {"would", "could", "might", "wouldn't", "couldn't", "would've", "could've", "doesn't"} & set(
        words
    ) and not any(word.endswith("'d") for word in words):
        return None
    return _had(words, sentence) or _with(words, sentence) or _by(words, sentence)


def is_bad(sentence: str) -> bool:
    """Whether the other past would have been worse, or would have had its price."""
    return any(not (found["few"] or found["neg"] or found["not"]) for found in _BAD_END.finditer(sentence))


def _had(words: list[str], sentence: str) -> Missed | None:
    if {"if", "had", "unless", "should"}.isdisjoint(words):
        return None
    had, if_had = _CONDITION.search(sentence), _IF_HAD.search(sentence)
    decided = if_had if had is None else had
    if is_bad(sentence) or decided is None or not (_GOOD_END.search(sentence) or _is_decided(decided[0], sentence)):
        return None
    if had is not None:
        said = had["had"] or had["been"]
        start = had.start("had" if had["had"] else "been")
    elif if_had is not None and if_had["verb"] != "to":
        said, start = if_had[0], if_had.start()
    else:
        return None
    chance = _NATURAL.search(said)
    if (chance and not _STAYED.search(said)) or re.search(r"\bnot\b.*\bnot\b", said):
        return None
    if re.search(r"\bnot been for\b", sentence) or "unlikely" in words:
        return None
    clause = said + re.split(r" [,;.]", sentence[start + len(said) :])[0]
    if " , " not in sentence[start:]:
        clause = " ".join(clause.split()[:9])
    gate = _IN_PLACE.search(clause) and _of_gate(clause) and not re.match(r"(?:if|had) (?:the team|somebody|someone|anybody|he|she|they|we (?:only |just )?\w+ed) ", said)  # fmt: skip
    if gate and re.match(
        r"(?:if|had) we (?!had (?:an? |the |any )?(?:[\w-]+ )?(?:check|alert|test|monitoring|limit|[\w-]+ing check))",
        said,
    ):
        gate = False
    return _at(Past.CATCH if gate else Past.DECISION, words, sentence, start)


_DECIDED = re.compile(
    r"\b(?:we|they|he|she|you|team|management|board|somebody|someone)\b|\b(?:decision|advice|warning|call|plan|approval|notice|request|order|announcement|offer|budget|rule|agreement|proposal|change|deployment|rollout|migration|maintenance)\b.{0,40}\b(?:taken|made|heeded|given|approved|followed|sent|declared|called|accepted|announced|paid|delayed|postponed|cancelled|split|staged|held)\b"
)
_OTHER_END = re.compile(
    r"\b(?:could|would|might|'d)(?:n't)? (?:not |never |\w+ly )?(?:have|'ve)\b|\w'd (?:not |never )?have\b"
)


def _is_decided(condition: str, sentence: str) -> bool:
    """Whether a condition is about what people decide, so that whatever would have come of it is held against them."""
    if re.search(r"\bhadn't\b|\bnot\b|\bnever\b", condition):
        return False
    return _DECIDED.search(condition) is not None and _OTHER_END.search(sentence) is not None


def _with(words: list[str], sentence: str) -> Missed | None:
    found = _BETTER_WITH.search(sentence)
    if found is None or is_bad(sentence) or _WORSE_WITHOUT.match(found["with"]):
        return None
    if not _GOOD_END.search(found["end"]):
        return None
    without = found["with"].startswith("without")
    what = found["what"].split(" ,")[0]
    if not without and _of_gate(what) and not re.search(r"\b(?:left|kept|turned|switched)\b", what):
        return _at(Past.CATCH, words, sentence, found.start("with"))
    by_deed = found["with"].startswith("by") and re.match(r"by (?:only |not |simply )?\w+ing\b", found["with"])
    if by_deed or (not found["with"].startswith("by") and _DEED.match(what)):
        return _at(Past.DECISION, words, sentence, found.start("with"))
    return None


def _by(words: list[str], sentence: str) -> Missed | None:
    found = _END_BY.search(sentence)
    if (
        found is None
        or is_bad(sentence)
        or found["ing"] in ("anything", "something", "nothing", "monitoring", "testing")
    ):
        return None
    return _at(Past.DECISION, words, sentence, found.start())


def _of_gate(said: str) -> bool:
    return not GATES.isdisjoint(said.split()) or bool(
        re.search(r"\b(?:dry run|type system|load test|second pair)\b", said)
    )


def _at(kind: Past, words: list[str], sentence: str, start: int) -> Missed:
    first = place_of(words, start)
    return Missed(kind, first, min(first + 3, len(words) - 1))

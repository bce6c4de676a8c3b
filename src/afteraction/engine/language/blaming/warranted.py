"""Deeds that a sentence tells together with what warranted them: an order, a plan, a permit, somebody's consent.

Knows phrases of warrant. Refuses to excuse a deed that went wrong all the same.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.blaming.clauses import Clause
from afteraction.engine.language.blaming.faults import Fault, Manner

_GIVEN = r"(?:request|requests|advice|orders?|instructions?|consent|approval|agreement|permission|behest|direction|say-so|go-ahead|blessing|recommendation)"
_PAPER = r"(?:plan|procedure|runbook|policy|rules?|manual|checklist|instructions?|protocol|schedule|contract|standard|guide|guideline|guidelines|playbook|permit|handbook|law|regulations?|training|statement|waiver|standing order|order|document|documentation|recipe|drill)"
_WARRANT = re.compile(
    rf"\b(?:(?:on|at|with|by|upon|under|after) (?:[\w-]+ ){{0,3}}?[\w-]+(?:'s|s ') {_GIVEN}\b"
    rf"|(?:on|at|upon|by|with) (?:(?:the|an?|written|explicit|prior|verbal) )*{_GIVEN} (?:of|from|by)\b|on (?:request|instruction|instructions|orders|advice)\b"
    rf"|(?:in (?:line|accordance|agreement|keeping|compliance|conformity) with|pursuant to|as per|according to|as laid down in|as set out in|as described in) "
    rf"|under (?:the |a |an )?(?:[\w-]+ ){{0,3}}?(?:permit|procedure|waiver|derogation|exemption|dispensation|standing order)\b"
    rf"|as (?:the|our|their|its|his|her|every) (?:[\w-]+ ){{0,3}}?{_PAPER} (?:asks?|asked|says?|said|demands?|demanded|requires?|required|prescribes?|prescribed|told|tells|wants|wanted|allows?|allowed|foresees|provides|foresaw|calls? for|called for|lays down)\b"
    r"|as (?:trained|instructed|ordered|taught|briefed|rehearsed|prescribed|told|advised)\b)"
)
_WENT_WRONG = re.compile(
    r"\b(?:wrong\w*|mistak\w+|by accident|accidentally|inadvertently|contrary|not|never|n't|but|yet|instead|rather|without|which|failed|forgot|careless\w*|blindly|so(?! that))\b"
)
_TOLD = frozenset({Manner.OMITTED, Manner.CAUSED, Manner.FAULT, Manner.UNCHECKED})


def is_warranted(clause: Clause, fault: Fault) -> bool:
    """Whether a deed, or a step that was passed over, is told with the order, plan or consent behind it: "skipped the
    stage in line with the procedure", "unplugged the feed at the operator's request"."""
    if fault.manner not in _TOLD or fault.verb <= fault.agent.last or fault.agent.owns:
        return False
    words = clause.words
    tail = " ".join(words[fault.verb : fault.verb + 40])
    return _WARRANT.search(tail) is not None and _WENT_WRONG.search(tail) is None

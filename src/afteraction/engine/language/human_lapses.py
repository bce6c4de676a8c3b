"""Lapses that are told of humans in general, in whatever frame: "a slip by the night crew", "a mistake in executing the
runbook", "category: human", "an honest mistake".

Knows who stands for humans in general and how a lapse is named. Refuses to judge whether it explains anything:
`human_error` does.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.sought import Sought

_WHO = r"(?:humans?|human beings?|operators?|persons?|people|personnel|staff|employees?|technicians?|administrators?|admins?|sysadmins?|individuals?|workers?|crew|workforce|somebody|someone|member of (?:the )?(?:staff|team)|(?:shift|night|field|maintenance|operations|operating|site|service|ground) (?:crew|staff|personnel|operators?|technicians?))"
_LAPSE = r"(?:errors?|mistakes?|slips?|lapses?|slip-?ups?|failures?|oversights?|mishaps?|inattention|inattentiveness|misjudge?ments?|blunders?|mix-?ups?|carelessness|negligence|misunderstandings?)"
_PLAIN = r"(?:errors?|mistakes?|slips?|lapses?|oversights?|mishaps?|inattention|inattentiveness|carelessness|negligence|blunders?|misses|miss)"
_HANDLING = r"(?:handling|manipulation|operation|input|entry|action|intervention|keying|deletion|execution|configuration|typing|usage|use|connection|setting|wiring|labell?ing|data entry|activation|selection|disconnection|switching)"
_WRONGLY = r"(?:erroneous|incorrect|faulty|wrong|improper|mistaken|inadvertent|unintentional|unintended|inappropriate|false|accidental)"
_BY = r"(?:by|of|on the part of|made by|committed by|caused by|on the side of|among)"
_THE = r"(?:an? |one |some |untrained |unknown |night |field |local |maintenance |switching |cleaning |duty |shift )*(?:(?:the |our )(?=(?:humans|people|personnel|staff|crew|workforce|\w+ (?:crew|staff|personnel))\b))?"

NAMED = Sought(
    rf"\b{_PLAIN} (?:\w+ ){{0,1}}?{_BY} {_THE}{_WHO}\b(?!['’]s?\b)|\b(?:failure|failings?|mishandling|misoperation|mis-operation) {_BY} {_THE}(?:humans?|human beings?|persons?|people|personnel|staff|operators?|employees?|individuals?|crew)\b|\bmistakes? on (?:the|our) (?:users?|operators?|customers?)['’]s? side\b"
    rf"|\b(?:errors?|mistakes?|slips?|mishandling|handling|operation) (?:by|of|on the part of|made by) the (?:\w+ ){{0,1}}?(?:operator|administrator|admin|user|technician|person|individual)\b(?! (?:agent|team|interface|id|account|pod|\w+ string)|['’-])"
    rf"|\b(?:operator|personnel|staff|user|operators?['’]?|technician|administrator|employee|crew|procedural|clerical|individual|technician['’]s|operator['’]s|user['’]s|employee['’]s|admin['’]s|administrator['’]s) (?:(?!(?:(?<=operator )|(?<=user )|(?<=staff )|(?<=personnel )|(?<=technician )|(?<=administrator )|(?<=employee ))(?:errors?|mistakes?)|(?<=operator )oversight){_LAPSE})\b(?! (?:rates?|counts?|logs?|pages?|messages?))"
    r"|\bhuman (?:factors?|elements?|miss|misses|actions?|misjudge?ments?|missteps?|mix-ups?|imprecision|forgetfulness|weakness|mishaps?|interventions? error)\b(?= (?:was|were|is|are|to|at|in|played|explains?|led|caused)\b| ?[.,;:)(]|$)(?! (?:engineer|specialist|training|research))"
    rf"|\b{_WRONGLY} (?:human |manual |operator )(?:{_HANDLING})\b|\b{_WRONGLY} (?:{_HANDLING}) (?:by|of|from) (?:hand|{_THE}{_WHO})\b|\b(?:un)?intentional human actions?\b|\b{_WRONGLY} human (?:\w+)\b|\b(?:faulty|erroneous|incorrect) (?:manual )(?:\w+ )?\w+\b(?= (?:into|of|in|during|by)\b)"
    rf"|\b(?:handling|typing|operating|keying|procedural|transcription|wiring|cabling|labell?ing|copying|copy|clerical|entry|input|switching|manipulation|execution) (?:errors?|mistakes?|slips?)\b(?! (?:rates?|counts?|messages?|handler|handling|page))"
    r"|\b(?:an? |one |the |simple |honest |genuine |plain |common |innocent |pure |silly |stupid |avoidable )*mistakes? (?:made )?(?:while|in|during|when|at) (?:the |a |an |our |this )?(?:manual |manually |routine |planned |nightly )*(?:\w+ing\b|failover|maintenance|works?|handover|switchover|change|upgrade|migration|procedure|runbook|deployment|rollout|operation|swap|cutover|intervention|configuration|merge)"
    r"|\b(?:an? |one )?(?:honest|genuine|innocent|simple|plain) mistakes?\b|\b(?:someone|somebody|one of us|a person|a human|an individual) (?:\w+ )?(?:made|committed) (?:an? |the |one )?(?:\w+ )?(?:error|mistake|slip|blunder)\b"
    r"|\b(?:lapses?|loss|moment) of (?:concentration|attention|attentiveness|focus|care|vigilance|diligence|inattention|carelessness)\b|^carelessness (?:during|in|while|when|at|by|of)\b|\b(?:due to|because of|caused by|out of) (?:\w+ )?(?:carelessness|inattention|negligence)\b|\ba mishandling of\b|\b(?:mishap|slip|lapse|slip-up|oversight|accident) (?:during|in|while) (?:the |a |an |our )?(?:manual|handling|routine|maintenance|\w+ing)\b"
    r"|\bfailure of (?:people|humans|the human)\b|\b(?:weakest|weak) (?:link|point) (?:was|is|remains|remained) (?:always |once again |again |as always )?(?:the )?humans?\b|\berrare humanum est\b|\bto err is human\b"
    r"|(?:^|[.:;|*\s])(?:the )?(?:root )?(?:cause|category|reason|trigger|type|class|classification|origin|source)s?(?: (?:category|class|code|type|of (?:cause|failure|error|fault|(?:the )?(?:outage|incident))))?(?:\W{1,3}| (?:was|is|were|:) )(?:human(?:s| factors?| element)?|people|personnel|staff)\b(?=\W*$| ?[.,;–—(-])"
    r"|\buntrained (?:personnel|staff|operators?)\b[^.;]{0,40}\b(?:was|were) the (?:cause|reason|trigger)\b|\bfat[- ]finger (?:on|in|at|of|during|by|when|trade|incident|event)\b|\bpeople problem\b",
    re.IGNORECASE,
)

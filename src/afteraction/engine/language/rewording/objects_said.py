"""What stands behind a verb: its object, as a subject could stand before one, and the rest of the sentence.

Knows where a noun phrase ends. Refuses two objects, a clause, and whatever speaks of somebody again.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

LEAD = re.compile(
    r"^(?:\W*|(?:on|at|in|during|around|after|before|by|since|later|then|however|next|unfortunately|that|this|yesterday)\b[^,]{0,60}, |(?:at|on|around) \S*\d\S*(?: [A-Z]{2,4})? |[\w /-]{2,24}: |[\W\d]*\d[\w:. -]*[-–|:]? |(?:\w+ ){1,8}(?:because|that) |(?:sorry|my bad|ugh|unfortunately|apparently|because|after),? )$",
    re.IGNORECASE,
)
STATES = re.compile(
    r"\b(?:hurry|haste|rush|without|not|by \w+ing|having|despite|unaware|although|though|\w+ing,)\b", re.IGNORECASE
)
SOMEBODY = re.compile(
    r"\b(?:he|she|his|her|him|himself|herself|they|their|theirs|them|themselves|my|i|myself|own|who|whom)\b",
    re.IGNORECASE,
)
_STOP = (
    "on|in|at|to|from|for|with|without|while|when|where|during|before|after|because|and|but|by|so|as|instead|rather|into|"
    "onto|across|via|until|who|which|that|against|over|too|blindly|again|twice|if|under|since|about|first|earlier|sooner|"
    "properly|directly|manually|correctly|carefully|thoroughly|beforehand|the|a|an|another|thinking|assuming|believing|"
    "expecting|what|how|whether|why|is|was|were|are|be|been|has|had|have|would|could|should|did|does|do|than|yesterday|"
    "today|last|not|never|immediately|straight|upfront|up|off|down|out|only|even|also|more|better|no"
)
_OBJECT = re.compile(
    r"(?P<what>(?:(?:the|a|an|all|every|both|our|this|that|these|those|two|three|one|it|any|each|some|half)\b|[\w./`-]*[\d`A-Z._/-][\w./`-]*|(?!(?:"
    + _STOP
    + r")\b)[a-z][\w-]*s\b|[a-z]+(?= [\w./-]*\d| `)|(?:testing|production|staging|backups?|access|capacity|traffic|replication|logging|monitoring|data|input|permissions)\b)(?:(?! (?:"
    + _STOP
    + r"|\w+ing (?:it|the|that|this|to))\b) [\w./`'’:-]+){0,6}(?: of (?:the |a |an |our )?[\w./`-]+(?: (?!(?:"
    + _STOP
    + r")\b)[\w./`-]+){0,3}?(?= (?:on|in|at|to|from|for|without|while|when|during|before|after|with|and|first|earlier|sooner)\b|[.,;]|$))?)(?P<rest>.*)$",
    re.DOTALL,
)
_NO_REST = re.compile(r"(?:the|a|an|another|is|was|were|are|be|been|has|had|have|would|could|did|does|do|no|up|off|down|out|that|who|which|what|why|than|and \w+ed|not|thinking|assuming|believing|expecting|\w+ing (?:it|the|that|this|to))\b")  # fmt: skip


def leads(lead: str) -> bool:
    """Whether what stands before somebody may stand before anything: a time, a label, "because"."""
    low = lead.lower()
    if "root cause" in low or re.search(r"\b(?:mine|fault|responsib\w+|mistake|error|culprit|i)\b", low):
        return False
    return LEAD.match(lead) is not None and STATES.search(lead) is None


def alone(lead: str, said: str) -> str:
    """What is said, without ", and nothing stopped it" where another clause stands before that: "because …, …"."""
    done, found, nothing = said.rpartition(", and nothing ")
    after = re.match(r"\W*(?:because|since|after|when|as)\b", lead, re.IGNORECASE)
    return done if found and "," in done and (after or nothing.startswith("stopped")) else said


def split_object(said: str) -> tuple[str, str] | None:
    """The object and the rest with a blank before it ("" where there is none); None where it is not plain."""
    found = _OBJECT.match(said)
    if found is None:
        return None
    what, rest = found["what"].strip(), found["rest"].strip()
    if found["rest"][:1].strip(" ,.") and not rest.startswith(","):
        return None
    if rest[:1] in (":", ";", "(", "–", "—", "-", "’", "'") or _NO_REST.match(rest):
        return None
    if what.lower() in ("it", "this", "that") and re.match(r"(?:anyone|anybody|us)\b", rest):
        return None
    if what.rstrip().lower().endswith((" the", " a", " an", " of")) or what.lower() in ("the", "a", "an", "all", "every", "one", "two", "any", "some"):  # fmt: skip
        return None
    if rest[:1] == ",":
        return what, rest
    return what, f" {rest}" if rest else ""

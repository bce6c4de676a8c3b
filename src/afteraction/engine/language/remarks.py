"""What a rule says of a sentence: which rule, where, and in which words.

Knows the shape that the rules beside the accusations answer in, and how far a "not" reaches. Refuses to find anything.
"""

# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass

from afteraction.engine.language.rewording.rewriting import Wording
from afteraction.engine.language.rule import Severity

_NOT = re.compile(
    r"(?:\b(?:not|never|no|none|nothing|without|nor|neither|hardly|less|rather than|instead of|cannot|any)|n['’]t)\b(?: [\w'’-]+){0,4} ?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding within one sentence: `start` and `end` are places in the sentence. `by_likeness`: no rule found it."""

    rule: str
    category: str
    severity: Severity
    start: int
    end: int
    wording: Wording
    suggestion: str = ""
    by_likeness: bool = False


def is_denied(sentence: str, at: int, reach: int = 45) -> bool:
    """Whether a "not", "no" or "without" shortly before a place takes back what stands there."""
    return bool(_NOT.search(sentence[max(0, at - reach) : at]))

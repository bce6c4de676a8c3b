"""What a rule of the language is, and how loud it may be.

Knows the shape of an entry of the catalogue. Refuses to find anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """GATE asks for a decision before a text is published widely, NUDGE is shown where it stands, NOTE only to the
    facilitator."""

    GATE = "gate"
    NUDGE = "nudge"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of SPEC §4.2 or §5.2. `code` and `category` are what a finding carries; `loudness` is the loudest it
    gets where nobody sets it otherwise. `reason` says in one or two sentences why the rule is there, `question` what it
    asks in the place of a reproach; the examples are a sentence that draws it and one that says the same without."""

    code: str
    category: str
    loudness: Severity
    title: str
    reason: str
    question: str
    example_bad: str
    example_good: str

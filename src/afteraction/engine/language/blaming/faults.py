"""What an accusation is: of whom, in which manner, and in which words.

Knows the manners. Refuses to find any.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from afteraction.engine.language.people.agents import Agent


class Manner(StrEnum):
    """In which way somebody is accused."""

    OMITTED = "omitted"
    SLIPPED = "slipped"
    UNCHECKED = "unchecked"
    WRONG = "wrong"
    CAUSED = "caused"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Fault:
    """An accusation: of whom, in which manner, and the tokens from `verb` to `last` that say so."""

    agent: Agent
    manner: Manner
    verb: int
    last: int

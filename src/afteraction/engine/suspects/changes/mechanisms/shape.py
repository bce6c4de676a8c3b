"""What a row of the table of mechanisms holds.

Knows the shapes of signs in a diff and of what a mechanism produces. Refuses to hold rows: the other files do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from afteraction.engine.suspects.changes.symptoms.kinds import Kind


class Way(Enum):
    """Which way a value was turned."""

    DOWN = -1
    UP = 1
    EITHER = 0


@dataclass(frozen=True, slots=True)
class Turns:
    """A setting whose words match `words` was turned `way`. Numbers weigh by how often they doubled or halved."""

    words: re.Pattern[str]
    way: Way = Way.EITHER
    texts: bool = False


@dataclass(frozen=True, slots=True)
class Loses:
    """More lines that match went than came."""

    pattern: re.Pattern[str]
    strength: float = 0.8


@dataclass(frozen=True, slots=True)
class Gains:
    """More lines that match came than went; none may match `unless`, anywhere in the change."""

    pattern: re.Pattern[str]
    strength: float = 0.7
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Shows:
    """A fact that `facts` finds in the structure of the change, by its name."""

    fact: str
    strength: float = 0.8


Sign = Turns | Loses | Gains | Shows


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One way in which a change can start an incident. `says` goes on "This change …"; `reason` says why it does
    what `produces` lists: kinds of symptoms, from 0 to 1 how much they belong to it. `delayed` mechanisms need time,
    load or a full cache before they show."""

    name: str
    says: str
    reason: str
    signs: tuple[Sign, ...]
    produces: Mapping[Kind, float]
    delayed: bool = False


def pattern(text: str) -> re.Pattern[str]:
    """A pattern of signs: letters in either case, blanks in the source ignored."""
    return re.compile(text, re.I | re.X)

"""What most likely started an incident, as the engine says it.

Knows suspects, their probability and the terms that make it, each with its evidence. Refuses to give a verdict: a
suspect is a question for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from afteraction.core.evidence import EvidenceRef


class SuspectKind(StrEnum):
    """What a suspect is. `NONE` is the hypothesis that no change of the case explains the incident."""

    SERVICE = "service"
    CHANGE = "change"
    COMPONENT = "component"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One reason for or against a suspect. `log_odds` is natural: positive speaks for it. `says` is one sentence for
    people; `evidence` is what it rests on."""

    name: str
    log_odds: float
    says: str = ""
    evidence: tuple[EvidenceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """One hypothesis. `name` is the service, component or title of the change; `service` is where a change went;
    `change` is the id that its source gave it. `at` is when a change went live, `onset` when the suspect began to
    show, both in UTC epoch seconds. `settles` says what people could look at to decide."""

    kind: SuspectKind
    name: str
    probability: float
    service: str = ""
    change: str = ""
    at: float | None = None
    onset: float | None = None
    terms: tuple[Term, ...] = ()
    settles: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspects:
    """Suspects, best first; their probabilities and `remaining` sum to one. `abstained` is True where the evidence
    does not tell more than chance would: the list is then an order without weight, and `why` says what is missing.
    `onset` (UTC epoch seconds) is when the incident began by the data."""

    listed: tuple[Suspect, ...] = ()
    remaining: float = 1.0
    abstained: bool = True
    why: str = ""
    onset: float | None = None

"""What the API gives and takes of the policy of reviews, and of incidents without one.

Knows names and types. Refuses to repeat every field of a policy: `policy_document` reads it and names what
does not fit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

Document = dict[str, Any]
Because = Annotated[str, Field(max_length=1000)]


class PolicyOut(Schema):
    """A policy and the number of its version; 0 is the seed, which holds until somebody saves one."""

    number: int
    policy: Document


class DifferenceOut(Schema):
    """One field in which two policies differ, in the words of the form."""

    name: str
    before: str
    after: str


class VersionOut(Schema):
    """A version: who saved it, why, what it changed, and which one it brought back, if it did."""

    number: int
    at: datetime
    by: str
    reason: str
    restores: int | None
    changed: list[DifferenceOut]


class Versions(Schema):
    """The newest fifty, newest first."""

    versions: list[VersionOut]


class Presets(Schema):
    """Policies to begin with, by name. None holds before it is saved."""

    presets: dict[str, Document]


class PolicyIn(Schema):
    """A policy, as `GET /policy` gives it. Fields that are not named have the value of the seed."""

    policy: Document


class PolicyChange(PolicyIn):
    """The next version. `based_on` is the number that you read; `reason` stays with it."""

    based_on: Annotated[int, Field(ge=0, le=2**31 - 1)]
    reason: Because


class Restoring(Schema):
    """Which version you read last, and why an older one comes back."""

    based_on: Annotated[int, Field(ge=0, le=2**31 - 1)]
    reason: Because


class CrossingOut(Schema):
    """One incident for which a rule would have fired."""

    incident: str
    at: datetime
    value: float


class TrialOut(Schema):
    """What a metric rule would have done in the last 90 days. `unknown` are incidents of which nobody posted it."""

    rule: str
    words: str
    sentence: str
    fired: list[CrossingOut]
    quiet: int
    unknown: list[str]


class Preview(Schema):
    """What a policy would change and what its metric rules would have done. Nothing is saved."""

    changed: list[DifferenceOut]
    trials: list[TrialOut]


class GapOut(Schema):
    """An incident that met a trigger and has no review. `declined_because` is set for a SEV-1 only; `offered` means
    that nothing but what is offered fired."""

    key: str
    title: str
    fired: list[Document]
    declined_because: str
    offered: bool


class DeclinedOut(Schema):
    """A declined review: why, when, which triggers stood, and whether it is offered for a light look."""

    key: str
    title: str
    reason: str
    at: datetime
    triggers: list[Document]
    sampled: bool


class Gaps(Schema):
    """What is without a review by the version `policy`, as far as you may see. `not_looked_at` counts incidents beyond
    what is judged at once."""

    policy: int
    gaps: list[GapOut]
    declined: list[DeclinedOut]
    not_looked_at: int

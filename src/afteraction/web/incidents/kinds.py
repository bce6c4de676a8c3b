"""Kinds of incidents, and which questions of the record make sense for each.

Knows the words people see. Refuses to know metrics: what is not applicable there is the engine's to say.
"""

from __future__ import annotations

from afteraction.core.analysis import KINDS

KIND_NAMES = {
    "outage": "Outage",
    "degradation": "Degradation",
    "bug": "Bug",
    "wrong_data": "Wrong data",
    "configuration": "Configuration",
    "security": "Security",
    "failed_deployment": "Failed deployment",
    "near_miss": "Near miss",
    "milestone": "Milestone",
    "other": "Other",
}
SEVERITIES = ("SEV-1", "SEV-2", "SEV-3", "SEV-4")
ENVIRONMENTS = ("production", "staging", "test", "development")
_LOSS = ("has_data_loss", "data_loss", "data_loss_because")
# What a kind hardly ever has is not asked: a near miss hurt nobody, a milestone went right.
_NOT_ASKED: dict[str, frozenset[str]] = {
    "near_miss": frozenset({"severity", *_LOSS, "is_near_miss"}),
    "milestone": frozenset({"severity", *_LOSS, "is_near_miss", "is_security"}),
    "security": frozenset({"is_security"}),
}


def fits(kind: str, field: str) -> bool:
    """Whether a question makes sense for a kind."""
    return field not in _NOT_ASKED.get(kind, frozenset())


def stands_without_evidence(kind: str) -> bool:
    """Whether what people typed may be all there is: a near miss may leave nothing in machines, and so may what went
    right. Anything else without evidence has no facts yet."""
    return kind in ("near_miss", "milestone")


def implied(kind: str) -> dict[str, bool]:
    """What a kind says by itself: a near miss is one, a security incident is one."""
    return {"is_near_miss": kind == "near_miss", "is_security": kind == "security"}


CHOICES = [(kind, KIND_NAMES[kind]) for kind in KINDS]

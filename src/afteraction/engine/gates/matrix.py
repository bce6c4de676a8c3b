"""The gate matrix as a value (SPEC R146, M22): one row a gate, with what was reached, what could have caught it and why
it did not.

Knows shapes and the seed gates. Refuses to say what a gate did: evidence prefills that and people decide it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reached(StrEnum):
    """Whether the change came by this gate at all."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Could(StrEnum):
    """Whether this gate, doing its work, could have caught it."""

    YES = "yes"
    PLAUSIBLY = "plausibly"
    NO = "no"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What became of the change at this gate (M22). IGNORED: it spoke and nobody acted; FLAKY_IGNORED: it spoke and was
    taken for a flaky run."""

    PASSED = "passed"
    CAUGHT = "caught"
    ABSENT = "absent"
    SKIPPED = "skipped"
    BYPASSED = "bypassed"
    IGNORED = "ignored"
    FLAKY_IGNORED = "flaky_ignored"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """One gate. `seed` is the name of a seed gate ("" for one of the team's own). `why` says why it let it through,
    `not_applicable_because` why it does not apply. `labels` are citations, `record` one line of what its evidence says
    (`2 approvals, 11 May 16:22`), `node` the barrier node it stands for. `answered_by` are ids of changes. `position`
    orders custom gates among the others."""

    id: str
    title: str
    seed: str = ""
    reached: Reached = Reached.UNKNOWN
    could: Could = Could.UNKNOWN
    outcome: Outcome = Outcome.UNKNOWN
    why: str = ""
    record: str = ""
    labels: tuple[str, ...] = ()
    node: str = ""
    not_applicable_because: str = ""
    prefilled: bool = False
    position: float = 0


SEED_GATES: tuple[tuple[str, str], ...] = (
    ("code_review", "Code review"),
    ("unit_tests", "Unit tests"),
    ("integration_tests", "Integration tests"),
    ("staging", "Staging"),
    ("canary", "Canary"),
    ("monitoring", "Production monitoring"),
)
# A common gate of one's own: performance incidents are asked for it (SPEC R169).
LOAD_TEST = ("load_test", "Load test")

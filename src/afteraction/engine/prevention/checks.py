"""Which checks can show that a change is in force (SPEC §8.2), by what is changed (R010, R124), with examples (R091).

Knows the catalogue and what is only weak. Refuses to run anything: a check without a verifier reads "not yet".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from afteraction.engine.prevention.changes import ChangeKind

NOT_VERIFIABLE = "not machine-verifiable (weak)"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckTemplate:
    """One check of the catalogue: `passes` says when. `weak` ones never close a gap alone; `manual` ones need a named
    auditor who is not the owner."""

    id: str
    title: str
    passes: str
    weak: bool = False
    manual: bool = False


_ALL = (
    ("V01", "CI job required", "the job is required on the default branch, cannot be bypassed and really runs"),
    ("V02", "CI gate blocks", "a change that breaks the rule was refused by it"),
    ("V03", "Regression test passes", "the test ran in the last 3 runs, passed, and failed before the fix"),
    ("V04", "Alert can fire", "the rule is loaded, its series exist, and it fires on this incident's data"),
    ("V05", "Alert reaches a person", "its route ends at a pager that somebody carries at any hour"),
    ("V06", "Detection target met", "a drill was detected within the target in the last 90 days"),
    ("V07", "Dashboard panel exists", "the panel shows the named signal, with data of the last 24 h"),
    ("V08", "Synthetic check", "a probe covers the failed journey and alerts when it breaks"),
    ("V09", "SLO burn alert", "the pair of windows is there and matches the SLO"),
    ("V10", "Runbook changed", "the linked section changed after the incident and another person reviewed it"),
    ("V11", "Config value", "the live value satisfies the condition on all targets"),
    ("V12", "Review protection", "owners must approve these paths, and did so on the last 20 merges"),
    ("V13", "Canary or automatic rollback", "the stage exists, can abort, and the last rollouts used it"),
    ("V14", "Fail-over drill", "the scenario ran within 90 days and was mitigated within the target"),
    ("V15", "Backup restore", "a restored set was verified within 30 days"),
    ("V16", "Permission removed", "that identity may not do the dangerous thing and may do the needed one"),
    ("V17", "Guard against the wrong target", "the tool refuses a mismatching target on every known path"),
    ("V18", "Policy as code", "the policy denies the known bad and is in the required path"),
    ("V19", "Limits, timeouts, retries, quota", "every workload in scope has limits and bounded retries"),
    ("V20", "Pinned dependencies", "no floating version in scope"),
    ("V21", "Expiry is watched", "each certificate or credential has an alert 21 days ahead"),
    ("V22", "Kill switch", "the switch exists, is safe by default, and worked in a drill"),
    ("V23", "Load gate", "the scenario has the failing load and its threshold is enforced"),
    ("V24", "Ticket closed", "the tracker says done; that is only a claim"),
    ("V25", "Document published", "it exists, changed, and is linked where it is used"),
    ("V26", "No drift from the repository", "what runs contains the fix in every environment in scope"),
    ("V27", "Manual audit", "an auditor who is not the owner signed with an artefact"),
    ("V28", "Absence over exposure", "no such event over the agreed exposure, with its interval"),
)
_WEAK = frozenset({"V07", "V24", "V25", "V28"})
CHECKS: Mapping[str, CheckTemplate] = {
    ident: CheckTemplate(id=ident, title=title, passes=passes, weak=ident in _WEAK, manual=ident == "V27")
    for ident, title, passes in _ALL
}

# The checks that fit what is changed, the telling one first; for what no machine can see there is only an audit.
CHECKS_FOR: Mapping[ChangeKind, tuple[str, ...]] = {
    ChangeKind.CODE: ("V03", "V26", "V17", "V20"),
    ChangeKind.CONFIG: ("V11", "V26", "V19", "V22"),
    ChangeKind.TEST: ("V03", "V01"),
    ChangeKind.GATE: ("V01", "V02", "V13", "V18", "V23"),
    ChangeKind.ALERT: ("V04", "V05", "V06", "V09", "V21"),
    ChangeKind.DASHBOARD: ("V07",),
    ChangeKind.SYNTHETIC: ("V08", "V05"),
    ChangeKind.RUNBOOK: ("V10", "V14"),
    ChangeKind.REVIEW_PRACTICE: ("V12", "V18"),
    ChangeKind.TRIAGE: ("V06", "V05", "V27"),
    ChangeKind.COMMUNICATION: ("V27", "V25"),
    ChangeKind.ARCHITECTURE: ("V14", "V19", "V26", "V15"),
    ChangeKind.ACCESS: ("V16", "V12"),
    ChangeKind.CAPACITY: ("V19", "V23", "V11"),
    ChangeKind.TRAINING: ("V27", "V25"),
    ChangeKind.POLICY: ("V25", "V27", "V18"),
}
# Nothing that a machine can look at shows that these work; they are offered with a named auditor.
WEAK_KINDS = frozenset({ChangeKind.COMMUNICATION, ChangeKind.TRAINING, ChangeKind.DASHBOARD})

# The pick-list of R124.
GROUPS: Mapping[str, tuple[ChangeKind, ...]] = {
    "Code and tests": (ChangeKind.CODE, ChangeKind.CONFIG, ChangeKind.TEST),
    "Signals and thresholds": (ChangeKind.ALERT, ChangeKind.DASHBOARD, ChangeKind.SYNTHETIC),
    "Change control": (ChangeKind.GATE, ChangeKind.REVIEW_PRACTICE, ChangeKind.ACCESS, ChangeKind.POLICY),
    "Runbooks and response": (
        ChangeKind.RUNBOOK, ChangeKind.TRIAGE, ChangeKind.COMMUNICATION, ChangeKind.TRAINING,
    ),
    "Architecture": (ChangeKind.ARCHITECTURE, ChangeKind.CAPACITY),
}  # fmt: skip

# How will we know? One figure and one moment each (R091).
SUCCESS_EXAMPLES: tuple[str, ...] = (
    "A held connection in a game day is detected within 30 s.",
    "A build that exhausts the pool is aborted in the canary within 5 min.",
    "The regression test fails on the old version and passes on every merge for 30 days.",
    "The alert fires on this incident's data at least 5 min before the page that came.",
    "The alert pages at most once in 30 healthy days.",
    "A drill of the fail-over restores orders within 10 min.",
    "A rollback reaches all pods within 5 min of the decision.",
    "The load gate refuses a build with twice the usual hold time.",
    "No rollout of the next 30 skips the canary.",
    "The restore of last night's backup matches row counts within 2 h.",
    "The account can no longer drop tables, and deployments still succeed.",
    "No incident with this cause in the next 90 days, at the usual number of releases.",
)


def verifiable_note(kind: ChangeKind) -> str:
    """`not machine-verifiable (weak)` for kinds that no machine can see working; "" for the others."""
    return NOT_VERIFIABLE if kind in WEAK_KINDS else ""

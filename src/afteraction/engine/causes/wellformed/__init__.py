"""Well-formedness of a cause graph: what is still open about it (SPEC §7.8).

Knows the rules W01 to W25 and the hint at luck (R063). Refuses to block a draft and to change anything: each finding
says what is so, asks what would settle it, and names the way out. W16 and W24 hold by construction (`causes.bones`,
`causes.whys`) and find nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial

from afteraction.engine.causes.graph import CauseGraph, natural
from afteraction.engine.causes.wellformed.case import Case, Check
from afteraction.engine.causes.wellformed.evidence import check_counter_evidence, check_support, check_times_of_evidence
from afteraction.engine.causes.wellformed.likeness import check_likeness
from afteraction.engine.causes.wellformed.luck import check_luck
from afteraction.engine.causes.wellformed.order import check_order
from afteraction.engine.causes.wellformed.people import check_accounts, check_people
from afteraction.engine.causes.wellformed.plan import check_coverage, check_lasting, check_strength, check_targets
from afteraction.engine.causes.wellformed.statements import check_absences, check_clauses
from afteraction.engine.causes.wellformed.structure import (
    check_barriers,
    check_depth,
    check_factors,
    check_reach,
    check_severity_tree,
    stop_hint,
)
from afteraction.engine.gates.matrix import GateRow, Reached
from afteraction.engine.language.actions.changes import classify
from afteraction.engine.language.actions.properties import NAMES
from afteraction.engine.language.findings import check_text
from afteraction.engine.prevention.changes import Change, Power
from afteraction.engine.review.document import Frame
from afteraction.engine.review.findings import ReviewFinding

RULES = (
    check_people,
    check_accounts,
    check_support,
    check_counter_evidence,
    check_times_of_evidence,
    check_order,
    check_reach,
    check_depth,
    check_factors,
    check_barriers,
    check_severity_tree,
    check_absences,
    check_clauses,
    check_likeness,
    check_targets,
    check_lasting,
    check_strength,
    check_coverage,
    check_luck,
)


def check_graph(
    graph: CauseGraph,
    *,
    impact: tuple[datetime, datetime | None] | None = None,
    changes: Mapping[str, Change] | None = None,
    gates: Mapping[str, GateRow] | None = None,
    frame: Frame | None = None,
    change_triggered: bool | None = None,
    restore_s: float | None = None,
    long_after_s: float = 3600,
    spread: bool = False,
    uncovered: Sequence[Collection[str]] | None = None,
    powers: Mapping[str, Power] | None = None,
    evidence_ids: Collection[str] | None = None,
    check: Check | None = None,
) -> tuple[ReviewFinding, ...]:
    """Every open point, in the order of the rules and then of ids; the same whatever the order of the parts.

    `impact` is when it began and ended (aware, UTC; None for an end that is not known), `restore_s` is M08 in seconds
    (the span of `impact` where it is not given) and `long_after_s` the policy that W23 holds it against; `spread` says
    that impact spread. `change_triggered` says that a change set it off (None: it did if one came by a gate of the
    matrix). `uncovered` are cut sets that no change hits (None: nobody computed them), `powers` how strong each change
    is, by its id (None: as their words say). `evidence_ids` are the pieces of evidence that are there (None: not
    looked at). `check` finds accusing language in a statement (None: the language rooms do). A graph without nodes has
    no form to judge: nothing is found."""
    if not graph.nodes:
        return ()
    case = Case(
        graph=graph,
        check=check or partial(check_text, field="cause"),
        impact=impact,
        changes=changes or {},
        gates=gates or {},
        frame=frame or Frame(),
        change_triggered=_came_by_a_gate(gates or {}) if change_triggered is None else change_triggered,
        restore_s=restore_s,
        long_after_s=long_after_s,
        spread=spread,
        uncovered=uncovered,
        powers=_powers(changes or {}) if powers is None else powers,
        evidence_ids=evidence_ids,
    )
    found = [finding for rule in RULES for finding in rule(case)]
    return tuple(sorted(found, key=lambda each: (each.code, natural(each.subject))))


def stop_hints(
    graph: CauseGraph,
    *,
    impact: tuple[datetime, datetime | None] | None = None,
    gates: Mapping[str, GateRow] | None = None,
) -> dict[str, str]:
    """What to ask where each path ends, by the node at its end; ends that are systemic have none."""
    case = Case(graph=graph, check=lambda _: (), impact=impact, gates=gates or {})
    return {leaf.id: hint for leaf in case.paths.leaves if (hint := stop_hint(case, leaf))}


def _came_by_a_gate(gates: Mapping[str, GateRow]) -> bool:
    return any(row.reached is Reached.YES for row in gates.values())


def _powers(changes: Mapping[str, Change]) -> dict[str, Power]:
    """How strong each change is, as its words and the properties that people set say."""
    return {
        ident: classify(each.text, {name: value for name, value in each.properties.items() if name in NAMES}).power
        for ident, each in changes.items()
    }

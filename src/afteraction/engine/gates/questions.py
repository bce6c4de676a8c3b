"""What a gate matrix leaves open (SPEC R141, R146, R161, R169), each as a finding with a way out.

Knows the rules and who they bind: a review of an incident that a change set off cannot be reviewed without them.
Refuses to answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from afteraction.engine.gates.chances import gate_gaps, is_answered, is_gap, is_load_gate, matrix_order
from afteraction.engine.gates.matrix import LOAD_TEST, SEED_GATES, GateRow, Outcome, Reached
from afteraction.engine.prevention.changes import Change
from afteraction.engine.review.findings import ReviewFinding, Severity


def gate_findings(
    rows: Mapping[str, GateRow],
    changes: Mapping[str, Change],
    *,
    change_triggered: bool,
    performance: bool = False,
    staging_differs: str = "",
    waivers: Mapping[str, str] | None = None,
) -> tuple[ReviewFinding, ...]:
    """Open points of the gate matrix. `change_triggered`: a change set the incident off, so the matrix is asked for;
    otherwise one may say in `waivers["R141"]` why it does not apply. `performance`: it degraded under load.
    `staging_differs` is the answer to what differed between staging and production."""
    waived = waivers or {}
    if not change_triggered and waived.get("R141", "").strip():
        return ()
    severity = Severity.MUST if change_triggered else Severity.MAY
    open_points = [*_whether_there_is_one(rows, severity)] or [*_unanswered(rows, severity)]
    if performance:
        open_points += _under_load(rows, staging_differs)
    open_points += _pairs(rows, changes, waived)
    return tuple(each for each in open_points if each.is_firm or not waived.get(each.id, "").strip())


def _whether_there_is_one(rows: Mapping[str, GateRow], severity: Severity) -> Iterator[ReviewFinding]:
    if any(is_answered(row) for row in rows.values()):
        return
    yield ReviewFinding(
        code="R141",
        severity=severity,
        is_firm=severity is Severity.MUST,
        sentence="A change set this off, and no gate is answered."
        if severity is Severity.MUST
        else "No gate is answered.",
        question="Why did the quality system let it through?"
        if severity is Severity.MUST
        else "Did a change pass any gate here? If not, say why the gates do not apply.",
        next_step="Answer the gates",
    )


def _unanswered(rows: Mapping[str, GateRow], severity: Severity) -> Iterator[ReviewFinding]:
    there = {row.seed or row.id for row in rows.values()}
    for row in matrix_order(rows):
        if row.reached is Reached.NOT_APPLICABLE and not row.not_applicable_because.strip():
            yield _about(
                row, severity, "is set aside without a reason.", "Why does it not apply here?", "Give a reason"
            )
        elif not is_answered(row):
            yield _about(row, severity, "is not answered.", "Could it have caught this?", "Answer")
        elif is_gap(row) and not row.why.strip():
            question = "Why did it let this through?" if row.reached is Reached.YES else "Why was it not in the path?"
            yield _about(row, severity, "could have caught it, and nothing says why it did not.", question, "Write why")
        elif is_gap(row) and row.reached is Reached.UNKNOWN:
            yield _about(row, Severity.MAY, "may not have been reached.", "Did the change come by it?", "Answer")
    for seed, title in SEED_GATES:
        if seed not in there:
            yield ReviewFinding(
                code="R146", subject=seed, severity=severity, sentence=f"{title} is not in the matrix.",
                question="Could it have caught this?", next_step="Add gate",
            )  # fmt: skip


def _about(row: GateRow, severity: Severity, said: str, question: str, next_step: str) -> ReviewFinding:
    return ReviewFinding(
        code="R146", subject=row.id, severity=severity, sentence=f"{row.title} {said}", question=question,
        next_step=next_step,
    )  # fmt: skip


def _under_load(rows: Mapping[str, GateRow], staging_differs: str) -> Iterator[ReviewFinding]:
    if not any(is_load_gate(row) for row in rows.values()):
        yield ReviewFinding(
            code="R169", subject=LOAD_TEST[0], severity=Severity.MAY,
            sentence="It degraded under load, and no gate of the matrix tries a change under load.",
            question="Would a load test before the release have shown it?", next_step="Add load test",
        )  # fmt: skip
    staging = next((row for row in rows.values() if "staging" in (row.seed, row.id)), None)
    let_pass = staging is not None and staging.reached is Reached.YES and staging.outcome is Outcome.PASSED
    if staging is not None and let_pass and not staging_differs.strip():
        yield ReviewFinding(
            code="R169", subject=staging.id, severity=Severity.MAY,
            sentence="It worked in staging and degraded in production.",
            question="What differed between staging and production?", next_step="Write it",
        )  # fmt: skip


def _pairs(
    rows: Mapping[str, GateRow], changes: Mapping[str, Change], waived: Mapping[str, str]
) -> Iterator[ReviewFinding]:
    for gap in gate_gaps(rows, changes, waived):
        if gap.is_paired:
            continue
        missing = [
            name for name, found in (("change of this gate", gap.gate_changes), ("regression test", gap.tests))
            if not found
        ]  # fmt: skip
        yield ReviewFinding(
            code="R161", subject=gap.row, severity=Severity.MAY,
            sentence=f"{gap.title}: no {' and no '.join(missing)}.",
            question="Which test would have caught it?" if gap.gate_changes
            else "What would make this gate catch it every time?",
            next_step="Name the test" if gap.gate_changes else "Propose change",
        )  # fmt: skip

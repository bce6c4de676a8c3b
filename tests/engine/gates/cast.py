"""The matrix of an invented release: seven gates, of which six could have caught it."""

from __future__ import annotations

from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached

_YES, _NO = Reached.YES, Reached.NO


def row(ident: str, title: str, reached=_YES, could=Could.YES, outcome=Outcome.PASSED, **more) -> GateRow:
    return GateRow(
        id=ident, title=title, reached=reached, could=could, outcome=outcome, **({"why": "Looks away."} | more)
    )


def seven() -> dict[str, GateRow]:
    rows = [
        row("code_review", "Code review", could=Could.PLAUSIBLY, seed="code_review"),
        row("unit_tests", "Unit tests", could=Could.NO, seed="unit_tests"),
        row("integration_tests", "Integration tests", seed="integration_tests"),
        row("staging", "Staging", could=Could.PLAUSIBLY, seed="staging"),
        row("load_test", "Load test", _NO, outcome=Outcome.ABSENT, position=4.5),
        row("canary", "Canary", _NO, Could.PLAUSIBLY, Outcome.SKIPPED, seed="canary"),
        row("monitoring", "Production monitoring", outcome=Outcome.ABSENT, seed="monitoring"),
    ]
    return {each.id: each for each in rows}

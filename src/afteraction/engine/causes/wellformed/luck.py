"""What made it less bad by luck, and whether somebody said what could take its place (SPEC R063).

Knows mitigators and their follow-up. Refuses to block: luck may be left as it is, and "accepted" is an answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.engine.causes.graph import MitigatorKind, NodeKind, natural
from afteraction.engine.causes.paths import is_live
from afteraction.engine.causes.wellformed.case import Case, may
from afteraction.engine.causes.wording import quoted
from afteraction.engine.review.findings import ReviewFinding


def check_luck(case: Case) -> Iterator[ReviewFinding]:
    """R063: a mitigator by luck that nobody followed up, as a hint and never more."""
    for node in sorted(case.graph.nodes.values(), key=lambda each: natural(each.id)):
        is_luck = node.kind is NodeKind.MITIGATOR and node.mitigator is MitigatorKind.LUCK
        if is_luck and is_live(node) and node.statement.strip() and not node.follow_up.strip():
            yield may(
                "R063",
                node.id,
                f"{quoted(node)} made it less bad by luck, and nothing is planned in its place.",
                "Make this deliberate? What could take its place, or is it accepted as it is?",
                "Say what follows",
            )

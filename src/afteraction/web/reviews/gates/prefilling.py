"""Filling the gate matrix from what the evidence says.

Knows that what people said stands, and that the same evidence twice changes nothing. Refuses to bring back a gate that
people took out.
"""

from __future__ import annotations

from dataclasses import replace

from afteraction.engine.gates.chances import seed_rows
from afteraction.engine.gates.matrix import GateRow
from afteraction.engine.gates.prefill import filled
from afteraction.pipeline.review.parts import write_part
from afteraction.web.accounts.models import User
from afteraction.web.reviews.actions.change_parts import PartWish, change_parts
from afteraction.web.reviews.gates.facts import Facts, Reading
from afteraction.web.reviews.models import Review, ReviewPart
from afteraction.web.reviews.queries import document_from, revs_of, rows_of

LOAD_PLACE = 4.5


def fill_gates(review: Review, facts: Facts, *, actor: User, via: str = "page") -> int:
    """The six seed gates and those that the evidence speaks of, as it speaks; how many rows changed. Raises
    SeatMissing, and StaleParts when somebody answered meanwhile."""
    wishes = fillings(review, facts)
    if wishes:
        change_parts(review, wishes, verb="prefill", actor=actor, via=via)
    return len(wishes)


def fillings(review: Review, facts: Facts) -> list[PartWish]:
    """What filling would change; empty when everything is as the evidence says or as people said."""
    parts = rows_of(review, ("gate",))
    revs, standing = revs_of(parts), document_from(parts).gates
    taken_out = set(ReviewPart.objects.filter(review=review, sort="gate", removed=True).values_list("ident", flat=True))
    wishes = []
    for ident, fresh in _proposed_rows(facts).items():
        row = standing.get(ident, fresh)
        told = facts.readings.get(ident)
        wanted = _filled(row, told) if told else row
        if ident not in taken_out and (ident not in standing or wanted != row):
            wishes.append(PartWish("gate", ident, write_part(wanted), revs.get(f"gate:{ident}", 0)))
    return wishes


def _proposed_rows(facts: Facts) -> dict[str, GateRow]:
    """The seed gates, and one's own that the evidence knows of."""
    rows = seed_rows()
    for ident, told in facts.readings.items():
        rows.setdefault(ident, GateRow(id=ident, title=told.title, position=LOAD_PLACE))
    return rows


def _filled(row: GateRow, told: Reading) -> GateRow:
    wanted = filled(row, told.proposal)
    # Citations that people laid on a row stay, and so does their order.
    if wanted.prefilled or not row.labels:
        return replace(wanted, labels=tuple(dict.fromkeys((*row.labels, *told.labels))))
    return wanted

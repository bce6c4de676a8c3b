"""Making a change of what usually closes a gap.

Knows the candidates as the page proposed them. Refuses to take one for a gap that has none.
"""

from __future__ import annotations

from dataclasses import replace

from afteraction.engine.prevention.cooloff import first_state
from afteraction.pipeline.review.parts import write_part
from afteraction.web.accounts.models import User
from afteraction.web.reviews.actions.change_parts import PartWish, Saved, change_parts
from afteraction.web.reviews.gates.refusals import ChangeRefused
from afteraction.web.reviews.gates.sheet import Sheet


def take_candidate(sheet: Sheet, gap: str, at: int, *, actor: User, via: str = "page") -> Saved:
    """The candidate at that place of the gap as a new change. Raises ChangeRefused, SeatMissing."""
    found = sheet.candidates.get(gap, ())
    if at >= len(found):
        raise ChangeRefused("There is no such proposal any more.", next_step="Load the page once more.")
    row = sheet.document.gates.get(gap)
    targets = (row.node,) if row is not None and row.node in sheet.document.graph.nodes else ()
    state = first_state(sheet.facts.window, sheet.now)
    change = replace(found[at].taken("new"), state=state, targets=targets)
    return change_parts(
        sheet.work.review, [PartWish("change", "", write_part(change), 0)], verb="propose", actor=actor, via=via
    )

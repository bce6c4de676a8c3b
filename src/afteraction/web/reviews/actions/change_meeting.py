"""Changing the plan of a meeting and what stands around it, as one save of parts.

Knows that forms send what people decided and not whole parts: the plan is read and written under one lock. Refuses
nothing by itself; whoever calls it says which permission it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from afteraction.engine.review.document import Review as Document
from afteraction.pipeline.review.parts import sort_of, write_part
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.actions.change_parts import PartWish, Saved, change_parts
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.queries import document_from, revs_of, rows_of

Part = Any


@transaction.atomic
def change_meeting(
    review: Review, changed: Callable[[Document], Sequence[Part]], *, verb: str, permission: str = WORK,
    batch: str = "", actor: User, via: str = "page",
) -> Saved:  # fmt: skip
    """Writes the parts that `changed` makes of the review as it stands; parts with an id of "" are new. The same
    `batch` again is answered with what it did.

    Raises SeatMissing, PartUnusable, and what `changed` raises.
    """
    need(actor, permission, review.incident)
    locked = Review.objects.select_for_update().get(pk=review.pk)
    rows = rows_of(locked)
    revs = revs_of(rows)
    wishes = [
        PartWish(sort_of(part), part.id, write_part(part), revs.get(f"{sort_of(part)}:{part.id}"))
        for part in changed(document_from(rows))
    ]
    saved = change_parts(locked, wishes, verb=verb, batch=batch, actor=actor, via=via)
    review.version = locked.version
    return saved

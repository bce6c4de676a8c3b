"""Changing parts of a review: the one way in which anything in it is written.

Knows that a save names what it was based on, that two people's changes of different things both hold, and that what
collides is given back with both versions. Refuses a part that does not fit its shape.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from afteraction.core.errors import AfteractionError
from afteraction.engine.review.merging import Collision, merge
from afteraction.pipeline.review.parts import PartUnusable, read_part, write_part
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.blaming import check_override
from afteraction.web.reviews.causes.refusals import refuse_people
from afteraction.web.reviews.gates.refusals import check_change
from afteraction.web.reviews.models import Review, ReviewChange, ReviewPart
from afteraction.web.reviews.queries import body_at

Json = dict[str, Any]
# How a new part is named where its sender leaves that to us.
PREFIXES = {
    "node": "N", "edge": "L", "logic": "G", "support": "S", "ask": "A", "change": "C", "signal": "Q", "remark": "R",
    "gate": "gate",
}  # fmt: skip
MOST_WISHES = 2_000
LONGEST_BODY = 200_000


@dataclass(frozen=True)
class PartWish:
    """What somebody wants a part to be: `body` None removes it. `ident` "" or "?…" asks for an id; a placeholder
    ("?cause") may be used in the bodies of the same save. `based_on` is the revision that was seen (0: there was
    none); None overwrites whatever stands, which only undo and imports may."""

    sort: str
    ident: str
    body: Json | None
    based_on: int | None = None


@dataclass(frozen=True)
class Stale:
    """One part that two people changed in the same place: both versions whole, and the fields in which they collide."""

    sort: str
    ident: str
    rev: int
    mine: Json | None
    theirs: Json | None
    collisions: tuple[Collision, ...] = ()


class StaleParts(AfteractionError):
    """Somebody changed the same thing first. Nothing of this save was written."""

    def __init__(self, stale: Sequence[Stale]) -> None:
        super().__init__("Two people changed this.", next_step="Keep yours, keep theirs, or keep both as accounts.")
        self.stale = tuple(stale)


@dataclass(frozen=True)
class Saved:
    """What a save did: its `number`, the parts as they stand now by `sort:id`, and how placeholders were named.
    `joined` are parts in which somebody else's change was kept beside this one."""

    number: int
    parts: Mapping[str, ReviewPart]
    named: Mapping[str, str] = field(default_factory=dict)
    joined: tuple[str, ...] = ()


@transaction.atomic
def change_parts(
    review: Review, wishes: Sequence[PartWish], *, verb: str, batch: str = "", undo_of: int | None = None,
    actor: User, via: str = "page",
) -> Saved:  # fmt: skip
    """Writes all wishes or none.

    Raises SeatMissing, PartUnusable (a body that does not fit, or too many), ChangeRefused, CauseRefused, StaleParts.
    The same `batch` again is answered with what it did.
    """
    need(actor, WORK, review.incident)
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if batch and (done := _done_already(locked, batch)):
        return done
    if len(wishes) > MOST_WISHES:
        raise PartUnusable("review", review.incident.key, "", f"more than {MOST_WISHES} parts in one save")
    standing = _standing(locked, wishes)
    wishes, named = _named(locked, wishes)
    number = locked.version + 1
    outcome = [_settled(locked, wish, standing.get((wish.sort, wish.ident))) for wish in wishes]
    if stale := [each for each in outcome if isinstance(each, Stale)]:
        raise StaleParts(stale)
    settled = [each for each in outcome if isinstance(each, _Settled)]
    changed = [each for each in settled if each.before != each.after]
    for each in changed:
        if each.sort == "change":
            check_change(review, each.ident, each.before, each.after, verb=verb, actor=actor)
        elif each.sort == "dismissal":
            check_override(review.incident, each.ident, each.after, actor=actor)
    refuse_people(locked, {each.ident: (each.before, each.after) for each in changed if each.sort == "node"}, verb=verb)
    if changed:
        _write(locked, changed, number, _Save(verb, batch or uuid.uuid4().hex, undo_of, actor))
        record(
            actor, verb, review.subject, via=via, number=number, parts=[f"{each.sort}:{each.ident}" for each in changed]
        )
    review.version = locked.version
    return Saved(
        number=locked.version, parts=_now(locked, [(each.sort, each.ident) for each in settled]), named=named,
        joined=tuple(f"{each.sort}:{each.ident}" for each in settled if each.joined),
    )  # fmt: skip


@dataclass(frozen=True)
class _Settled:
    sort: str
    ident: str
    before: Json | None
    after: Json | None
    joined: bool = False


@dataclass(frozen=True)
class _Save:
    verb: str
    batch: str
    undo_of: int | None
    actor: User


def _settled(review: Review, wish: PartWish, row: ReviewPart | None) -> _Settled | Stale:
    """What the part becomes: the wish, or the wish joined with what somebody else did meanwhile."""
    theirs = row.body if row is not None and not row.removed else None
    mine = None if wish.body is None else _checked(wish.sort, wish.ident, wish.body)
    rev = row.rev if row is not None else 0
    if wish.based_on is None or wish.based_on == rev or mine == theirs:
        return _Settled(wish.sort, wish.ident, theirs, mine)
    base = body_at(review, wish.sort, wish.ident, wish.based_on)
    if base == theirs:
        return _Settled(wish.sort, wish.ident, theirs, mine)
    if mine is None or theirs is None or base is None:
        return Stale(wish.sort, wish.ident, rev, mine, theirs)
    merged = merge(base, mine, theirs)
    if merged.collisions:
        return Stale(wish.sort, wish.ident, rev, mine, theirs, merged.collisions)
    return _Settled(wish.sort, wish.ident, theirs, _checked(wish.sort, wish.ident, merged.body), joined=True)


def _checked(sort: str, ident: str, body: Json) -> Json:
    # A body that nobody wrote by hand is evidence, and belongs there.
    if len(str(body)) > LONGEST_BODY:
        raise PartUnusable(sort, ident, "", f"longer than {LONGEST_BODY:,} characters")
    return write_part(read_part(sort, ident, body))


def _standing(review: Review, wishes: Sequence[PartWish]) -> dict[tuple[str, str], ReviewPart]:
    idents = {wish.ident for wish in wishes}
    rows = ReviewPart.objects.filter(review=review, ident__in=idents)
    return {(row.sort, row.ident): row for row in rows}


def _named(review: Review, wishes: Sequence[PartWish]) -> tuple[list[PartWish], dict[str, str]]:
    """Wishes with ids for all that asked for one, and which placeholder got which."""
    fresh: dict[str, int] = {}
    named: dict[str, str] = {}
    idents: list[str] = []
    for wish in wishes:
        ident = wish.ident
        if not ident or ident.startswith("?"):
            ident = _next_ident(review, wish.sort, fresh)
            if wish.ident:
                named[wish.ident] = ident
        idents.append(ident)
    return [
        replace(wish, ident=ident, body=_with_names(wish.body, named))
        for wish, ident in zip(wishes, idents, strict=True)
    ], named


def _next_ident(review: Review, sort: str, fresh: dict[str, int]) -> str:
    if sort not in PREFIXES:
        raise PartUnusable(sort, "", "id", "is missing")
    prefix = PREFIXES[sort]
    if sort not in fresh:
        known = ReviewPart.objects.filter(review=review, sort=sort, ident__startswith=prefix)
        numbers = [ident.removeprefix(prefix) for ident in known.values_list("ident", flat=True)]
        fresh[sort] = max((int(each) for each in numbers if each.isdecimal()), default=0)
    fresh[sort] += 1
    return f"{prefix}{fresh[sort]}"


def _with_names(value: Any, named: Mapping[str, str]) -> Any:
    """The value with every string that is a placeholder replaced by the id it got."""
    if not named:
        return value
    if isinstance(value, dict):
        return {key: _with_names(each, named) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_names(each, named) for each in value]
    return named.get(value, value) if isinstance(value, str) else value


def _write(review: Review, changed: Sequence[_Settled], number: int, save: _Save) -> None:
    ReviewPart.objects.bulk_create(
        [
            ReviewPart(
                review=review, sort=each.sort, ident=each.ident, rev=number, removed=each.after is None,
                body=each.after if each.after is not None else each.before,
            )
            for each in changed
        ],
        update_conflicts=True, unique_fields=["review", "sort", "ident"], update_fields=["body", "rev", "removed"],
    )  # fmt: skip
    ReviewChange.objects.bulk_create([
        ReviewChange(
            review=review, number=number, sort=each.sort, ident=each.ident, verb=save.verb, before=each.before,
            after=each.after, batch=save.batch, undo_of=save.undo_of, by=save.actor,
        )
        for each in changed
    ])  # fmt: skip
    review.version = number
    review.save(update_fields=["version"])


def _done_already(review: Review, batch: str) -> Saved | None:
    rows = list(ReviewChange.objects.filter(review=review, batch=batch))
    if not rows:
        return None
    return Saved(number=rows[0].number, parts=_now(review, [(row.sort, row.ident) for row in rows]))


def _now(review: Review, which: Sequence[tuple[str, str]]) -> dict[str, ReviewPart]:
    rows = ReviewPart.objects.filter(review=review, ident__in={ident for _, ident in which})
    wanted = set(which)
    return {f"{row.sort}:{row.ident}": row for row in rows if (row.sort, row.ident) in wanted}

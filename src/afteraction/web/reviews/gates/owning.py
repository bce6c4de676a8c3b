"""Taking a change on: accepting and declining it, committing to it, and confirming it after the cool-off.

Knows who may. Refuses to do it for somebody else; refuses to commit to what nobody could look at afterwards.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.prevention.cooloff import Refusal, commit, confirm
from afteraction.pipeline.review.parts import read_part, write_part
from afteraction.web.accounts.models import User
from afteraction.web.reviews.actions.change_parts import PartWish, Saved, change_parts
from afteraction.web.reviews.gates.refusals import ChangeRefused, facts_of
from afteraction.web.reviews.models import Review, ReviewPart


@transaction.atomic
def accept_change(review: Review, ident: str, *, actor: User, via: str = "page") -> Saved:
    """The owner takes it; what nobody owns is taken by whoever accepts. Raises ChangeRefused, SeatMissing."""
    change, rev = _standing(review, ident)
    if change.state is ChangeState.CANCELLED:
        raise ChangeRefused(f"{ident} was cancelled.", next_step="Propose it again if it is wanted after all.")
    taken = replace(change, owner=change.owner or str(actor.pk), accepted_at=_stamp(review))
    return _save(review, taken, rev, "accept", actor, via)


@transaction.atomic
def decline_change(review: Review, ident: str, *, actor: User, via: str = "page") -> Saved:
    """The owner gives it back: it has none again. Raises ChangeRefused for anybody else."""
    change, rev = _standing(review, ident)
    if change.owner != str(actor.pk):
        raise ChangeRefused(f"{ident}: only its owner declines it.", next_step="Choose another owner instead.")
    return _save(review, replace(change, owner="", accepted_at=""), rev, "decline", actor, via)


@transaction.atomic
def commit_change(review: Review, ident: str, *, actor: User, via: str = "page") -> Saved:
    """Commits to a change as it stands. Raises ChangeRefused with what is missing."""
    change, rev = _standing(review, ident)
    facts = facts_of(review)
    return _save(review, _or_refused(commit(change, facts.window, facts.now)), rev, "commit", actor, via)


@transaction.atomic
def confirm_change(review: Review, ident: str, *, actor: User, via: str = "page") -> Saved:
    """Takes an idea of the first day once more. Raises ChangeRefused before the cool-off is over."""
    change, rev = _standing(review, ident)
    facts = facts_of(review)
    return _save(review, _or_refused(confirm(change, facts.window, facts.now)), rev, "confirm", actor, via)


def _standing(review: Review, ident: str) -> tuple[Change, int]:
    row = ReviewPart.objects.filter(review=review, sort="change", ident=ident, removed=False).first()
    if row is None:
        raise ChangeRefused(f"There is no change {ident} any more.", next_step="Load the page once more.")
    change: Change = read_part("change", ident, row.body)
    return change, row.rev


def _or_refused(found: Change | Refusal) -> Change:
    if isinstance(found, Refusal):
        raise ChangeRefused(found.sentence, next_step=found.next_step)
    return found


def _stamp(review: Review) -> str:
    return facts_of(review).now.isoformat(timespec="seconds").replace("+00:00", "Z")


def _save(review: Review, change: Change, rev: int, verb: str, actor: User, via: str) -> Saved:
    return change_parts(
        review, [PartWish("change", change.id, write_part(change), rev)], verb=verb, actor=actor, via=via
    )

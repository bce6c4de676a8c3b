"""Moving a review on to its next state, or back: who, when, and what was open then.

Knows that the rules say what stands before a step. Refuses to skip one, and to hide what was left open.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from afteraction.core.errors import AfteractionError
from afteraction.engine.review.findings import ReviewFinding
from afteraction.engine.review.states import ORDER, STATE_TITLES, Move, ReviewState
from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.actions.visibility import publish
from afteraction.web.incidents.models import FactsVersion
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.reviews.models import Review, ReviewStep
from afteraction.web.reviews.models.review import Step
from afteraction.web.reviews.standing import Standing
from afteraction.web.reviews.workspace import Workspace

LONGEST_REASON = 1_000


class MoveRefused(AfteractionError):
    """A step that cannot be taken now. `blocking` is what stands before it."""

    def __init__(self, said: str, blocking: tuple[ReviewFinding, ...] = (), next_step: str = "") -> None:
        super().__init__(said, next_step=next_step)
        self.blocking = blocking


@transaction.atomic
def move_review(
    review: Review, to: str, *, reason: str = "", narrowed_because: str = "", actor: User, via: str = "page"
) -> ReviewStep:
    """Takes the step to that state, with everything that was open written down beside it.

    Publishing opens the incident to the organisation unless it is restricted, or narrowed for the reason that is given.
    Raises SeatMissing, MoveRefused for what stands before it, CannotDo where there is nothing to publish.
    """
    need(actor, LEAD, review.incident)
    # A row that was read before the lock may be behind what somebody else moved.
    locked = Review.objects.select_for_update(of=("self",)).select_related("incident", "facts").get(pk=review.pk)
    wished = _state(to)
    standing = Standing(Workspace(locked, actor), timezone.now())
    if wished is standing.state:
        raise MoveRefused(f"It is {STATE_TITLES[wished].lower()} already.", next_step="Load the page anew.")
    narrowed = bool(narrowed_because.strip()) or not locked.incident.opens_widely
    move = standing.towards(wished, widely=not narrowed)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    _check(move, reason)
    if _passes_analysis(standing.state, wished):
        ReviewStep.objects.create(review=locked, step=Step.ANALYSIS, by=actor, version=locked.version)
    if wished is ReviewState.PUBLISHED and locked.incident.published_at is None:
        publish(locked.incident, narrowed_because=narrowed_because, actor=actor, via=via)
    step = ReviewStep.objects.create(
        review=locked, step=Step(wished.value), by=actor, version=locked.version, reason=reason,
        still_open=[{"id": each.id, "sentence": each.sentence, "severity": each.severity.value} for each in move.open],
    )  # fmt: skip
    locked.step = step.step
    locked.save(update_fields=["step"])
    review.step = locked.step
    record(
        actor, "move_review", locked.subject, via=via, to=step.step, open=len(move.open), reason=reason,
        version=locked.version,
    )  # fmt: skip
    return step


@transaction.atomic
def take_facts(review: Review, version: FactsVersion, *, actor: User | None, via: str = "page") -> None:
    """Rests the review on a confirmed version of the facts. The first one is its first step.

    Later versions wait until somebody takes them: a meeting rests on what was locked for it.
    """
    locked = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if locked.facts_id is not None and locked.step != Step.OPENED:
        return
    locked.facts, moves = version, locked.step == Step.OPENED
    if moves:
        locked.step = Step.FACTS_CONFIRMED
        ReviewStep.objects.create(review=locked, step=Step.FACTS_CONFIRMED, by=actor, version=locked.version)
    locked.save(update_fields=["facts", "step"])
    record(actor, "take_facts", locked.subject, via=via, version=version.number)


@transaction.atomic
def renew_facts(review: Review, *, actor: User, via: str = "page") -> FactsVersion:
    """Rests the review on the newest confirmed facts. Raises SeatMissing, CannotDo where no newer one was confirmed."""
    need(actor, LEAD, review.incident)
    locked = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    newest = FactsVersion.objects.filter(incident=locked.incident).order_by("-number").first()
    if newest is None or newest.pk == locked.facts_id:
        raise CannotDo("No newer version of the facts was confirmed. Confirm them on the timeline first.")
    before, locked.facts = locked.facts, newest
    locked.save(update_fields=["facts"])
    record(actor, "renew_facts", locked.subject, via=via, version=newest.number, before=before.number if before else 0)
    return newest


def _state(name: str) -> ReviewState:
    if name not in set(Step):
        # What comes after publishing needs checks, and none has run.
        known = name in set(ReviewState)
        said = "Not yet: no change of this review was verified by a check." if known else f"{name!r} is no state."
        raise MoveRefused(said, next_step="Wait for checks." if known else "Load the page anew.")
    return ReviewState(name)


def _check(move: Move, reason: str) -> None:
    if not move.allowed:
        count = len(move.blocking)
        first = move.blocking[0]
        more = f" And {count - 1} more." if count > 1 else ""
        raise MoveRefused(
            f"Not {STATE_TITLES[move.to].lower()} yet: {first.sentence}{more}", move.blocking,
            next_step=f"{first.next_step.rstrip('.')}." if first.next_step else "",
        )  # fmt: skip
    if move.needs_reason and not reason:
        raise MoveRefused(f"Going back to {STATE_TITLES[move.to].lower()} needs a reason.", next_step="Say why.")


def _passes_analysis(state: ReviewState, wished: ReviewState) -> bool:
    before = ORDER.index(ReviewState.ANALYSIS)
    return ORDER.index(state) < before < ORDER.index(wished)

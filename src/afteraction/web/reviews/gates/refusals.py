"""What a change may not be made into: somebody else's promise, two people's, or something that nobody has seen.

Knows owners, seats and the commit. Refuses nothing about what a change says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils import timezone

from afteraction.core.errors import AfteractionError
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.prevention.cooloff import why_not_commit
from afteraction.engine.prevention.wording import commit_objections
from afteraction.engine.review.document import Dismissal
from afteraction.engine.review.near_miss import template_for
from afteraction.pipeline.review.parts import read_part
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import seat_of
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.language.current import Checker
from afteraction.web.reviews.gates.facts import Facts
from afteraction.web.reviews.models import Review, ReviewPart

Json = dict[str, Any]
_SEEN = (ChangeState.VERIFIED, ChangeState.DRIFTED)
_HELD = (ChangeState.COMMITTED, ChangeState.ACCEPTED, ChangeState.IN_PROGRESS, ChangeState.CLAIMED)
# Taking a save back, and taking a whole review in, restore what was decided elsewhere. No page and no program sends
# these verbs: the actions of those names do.
_RESTORING = ("undo", "redo", "import", "history")


class ChangeRefused(AfteractionError):
    """A change that cannot be so, with what can be done instead."""


def check_change(
    review: Review, ident: str, before: Json | None, after: Json | None, *, verb: str, actor: User
) -> None:
    """Raises ChangeRefused for what nobody may write into a change: a second owner, one without a seat, an acceptance
    for somebody else, a state that needs a check, a commit that is not complete, and an end without a reason."""
    if after is None:
        return
    now = read_part("change", ident, after)
    was = read_part("change", ident, before) if before is not None else Change(id=ident, text="")
    _check_state(now, was)
    # A history tells who accepted what, elsewhere and then.
    if verb != "history":
        _check_owner(review.incident, now, was, verb)
        _check_acceptance(now, was, actor)
    if verb in _RESTORING:
        return
    if now.state in _HELD and was.state not in _HELD:
        _check_commit(review, now)
    if now.state is ChangeState.CANCELLED and not now.cancelled_because.strip():
        raise ChangeRefused(
            f"{now.id} is cancelled without a reason, and the way that it cut is open again.",
            next_step="Say why it is not done; readers of the plan see it.",
        )


def _check_state(now: Change, was: Change) -> None:
    if now.state in _SEEN and now.state is not was.state:
        raise ChangeRefused(
            f"{now.id} cannot be {now.state.value}: that takes a check which saw it, and none has run yet.",
            next_step="Leave it as claimed; it reads not yet until a check has seen it.",
        )


def _check_owner(incident: Incident, now: Change, was: Change, verb: str) -> None:
    if not now.owner or now.owner == was.owner:
        return
    if not (now.owner.isascii() and now.owner.isdigit()) or len(now.owner) > 12:
        raise ChangeRefused(f"{now.id} has one owner, a person with a seat.", next_step="Choose one of the members.")
    owner = User.objects.filter(pk=int(now.owner), is_active=True).first()
    if verb not in ("undo", "redo") and (owner is None or seat_of(owner, incident) is None):
        raise ChangeRefused(
            f"{now.id}: the owner has no seat in {incident.key}.", next_step="Share the incident with them first."
        )


def _check_acceptance(now: Change, was: Change, actor: User) -> None:
    if now.accepted_at and now.accepted_at != was.accepted_at and now.owner != str(actor.pk):
        raise ChangeRefused(f"{now.id}: only its owner accepts it.", next_step="Ask them; they see it on this page.")
    if now.accepted_at and now.owner != was.owner and now.accepted_at == was.accepted_at:
        raise ChangeRefused(f"{now.id}: a new owner has not accepted yet.", next_step="Leave the acceptance empty.")


def _check_commit(review: Review, now: Change) -> None:
    facts = facts_of(review)
    refused = why_not_commit(replace(now, state=ChangeState.PROPOSED), facts.window, facts.now)
    if refused is not None:
        raise ChangeRefused(refused.sentence, next_step=refused.next_step)
    waits = commit_objections(now, _dismissals(review, now.id), check=Checker().action)
    if waits:
        first = waits[0]
        raise ChangeRefused(
            first.sentence, next_step=f"{first.question} Reword it, or set {first.code} aside with a reason."
        )


def _dismissals(review: Review, ident: str) -> dict[str, Dismissal]:
    rows = ReviewPart.objects.filter(review=review, sort="dismissal", ident__endswith=f":{ident}", removed=False)
    return {each.ident: read_part("dismissal", each.ident, each.body) for each in rows}


def facts_of(review: Review) -> Facts:
    """The facts of the incident of a review, now."""
    analysis = latest_analysis(review.incident)
    head = analysis.head if analysis else {}
    has_impact = template_for(review.incident.kind).has_impact
    return Facts(head, review.incident.title, review.opened_at, timezone.now(), has_impact)

"""The parts of a review for scripts: read, save, undo, their history, and who is here.

Knows how a save and its refusals are answered. Refuses to decide anything: the verbs do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import SeatMissing, person_of
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews import queries
from afteraction.web.reviews.access import access_review, seat_word
from afteraction.web.reviews.actions import PartWish, StaleParts, change_parts, undo_change
from afteraction.web.reviews.actions.change_parts import Saved, Stale
from afteraction.web.reviews.models import Presence, Review
from afteraction.web.ui.characters import NoJson, Unheld, sent_json

Json = dict[str, Any]
VERBS = frozenset({
    "add", "edit", "remove", "link", "cite", "judge", "answer", "decide", "propose", "commit", "accept", "dismiss",
    "override", "arrange", "join", "restore", "note",
})  # fmt: skip


class UnreadableSave(AfteractionError):
    """What a script sent is not a save. Its text names the place."""


@require_safe
def parts(request: HttpRequest, key: str) -> JsonResponse:
    """Every part that stands, with the revision that a save of it is based on."""
    review = access_review(request, key)
    shown: Json = {}
    for row in queries.rows_of(review):
        shown.setdefault(row.sort, {})[row.ident] = {"rev": row.rev, "body": row.body}
    return JsonResponse({"version": review.version, "step": review.step, "parts": shown})


@require_POST
def save(request: HttpRequest, key: str) -> JsonResponse:
    """Saves parts, all or none: 409 with both versions where two people changed the same thing."""
    review = access_review(request, key)
    try:
        said = read_json(request)
        verb = said.get("verb", "edit")
        if verb not in VERBS:
            raise UnreadableSave(f"verb: {verb!r} is none of {', '.join(sorted(VERBS))}.")
        saved = change_parts(
            review, read_wishes(said), verb=verb, batch=str(said.get("batch", ""))[:64], actor=person_of(request)
        )
    except (AfteractionError, SeatMissing) as refused:
        return answer_refused(refused)
    return JsonResponse(told_of(saved))


@require_POST
def undo(request: HttpRequest, key: str, number: int) -> JsonResponse:
    """Takes one save back by its inverse."""
    review = access_review(request, key)
    try:
        saved = undo_change(review, number, actor=person_of(request))
    except (AfteractionError, SeatMissing) as refused:
        return answer_refused(refused)
    return JsonResponse(told_of(saved))


@require_safe
def history(request: HttpRequest, key: str, sort: str, ident: str) -> JsonResponse:
    """Every change of one part, newest first, with the bodies before and after."""
    review = access_review(request, key, WORK)
    return JsonResponse({
        "changes": [
            {
                "number": each.number, "verb": each.verb, "at": each.at.isoformat(), "before": each.before,
                "after": each.after, "by": seat_word(each.by, review), "undo_of": each.undo_of,
            }
            for each in queries.part_history(review, sort, ident)
        ]
    })  # fmt: skip


@require_POST
def here(request: HttpRequest, key: str) -> JsonResponse:
    """Says where somebody is in the review, and is told who else is here and which version stands."""
    review = access_review(request, key, WORK)
    try:
        place = str(read_json(request).get("place", ""))[:64]
    except UnreadableSave as refused:
        return answer_refused(refused)
    return JsonResponse(told_here(review, place, person_of(request)))


def told_here(review: Review, place: str, person: User) -> Json:
    """Notes where somebody is, and says who else is here and which version stands."""
    Presence.objects.update_or_create(
        review=review, person=person, defaults={"place": place, "seen_at": timezone.now()}
    )
    return {
        "version": review.version,
        "people": [
            {"seat": seat_word(each.person, review), "initials": each.person.initials, "place": each.place}
            for each in queries.people_present(review, but=person.pk)
        ],
    }


def read_json(request: HttpRequest) -> Json:
    """The body as a JSON object. Raises UnreadableSave where it is none."""
    try:
        said = sent_json(request)
    except (NoJson, Unheld) as problem:
        raise UnreadableSave(str(problem)) from problem
    if not isinstance(said, dict):
        raise UnreadableSave("The body is not a JSON object.")
    return said


def read_wishes(said: Mapping[str, Any]) -> list[PartWish]:
    """The wishes of a save. Raises UnreadableSave naming the one that is none."""
    wishes = said.get("parts")
    if not isinstance(wishes, list) or not wishes:
        raise UnreadableSave("parts: a list of what to save is missing.")
    return [_wish(index, each) for index, each in enumerate(wishes)]


def _wish(index: int, each: Any) -> PartWish:
    place = f"parts[{index}]"
    if not isinstance(each, dict) or not isinstance(each.get("sort"), str):
        raise UnreadableSave(f"{place}.sort is missing.")
    ident, body, based_on = each.get("id", ""), each.get("body"), each.get("based_on", 0)
    if not isinstance(ident, str) or len(ident) > 80:
        raise UnreadableSave(f"{place}.id is not a text of up to 80 characters.")
    if body is not None and not isinstance(body, dict):
        raise UnreadableSave(f"{place}.body is neither an object nor null.")
    if isinstance(based_on, bool) or not isinstance(based_on, int) or based_on < 0:
        raise UnreadableSave(f"{place}.based_on is not a revision.")
    return PartWish(each["sort"], ident, body, based_on)


def told_of(saved: Saved) -> Json:
    """What a save did, for scripts."""
    return {
        "number": saved.number, "named": dict(saved.named), "joined": list(saved.joined),
        "parts": {
            name: {"rev": row.rev, "body": None if row.removed else row.body} for name, row in saved.parts.items()
        },
    }  # fmt: skip


def answer_refused(refused: Exception) -> JsonResponse:
    """A save that was refused: 409 with both versions, 403 for the wrong seat, 422 for what does not fit."""
    if isinstance(refused, StaleParts):
        told = {"error": "stale", "detail": str(refused), "stale": [both_versions(each) for each in refused.stale]}
        return JsonResponse(told, status=409)
    status = 403 if isinstance(refused, SeatMissing) else 400 if isinstance(refused, UnreadableSave) else 422
    return JsonResponse({"error": str(refused), "detail": str(refused)}, status=status)


def both_versions(stale: Stale) -> Json:
    """One part that two people changed, as each of them has it."""
    return {
        "sort": stale.sort, "id": stale.ident, "rev": stale.rev, "mine": stale.mine, "theirs": stale.theirs,
        "fields": [
            {"field": each.field, "base": each.base, "mine": each.mine, "theirs": each.theirs}
            for each in stale.collisions
        ],
    }  # fmt: skip

"""Moving a review, looking at what somebody writes, and what changed meanwhile.

Knows how each verb is answered. Refuses to decide: the verbs and the rules do.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.access import CannotDo
from afteraction.web.incidents.access import SeatMissing, need, person_of
from afteraction.web.incidents.permissions import LEAD, WORK
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.actions.move_review import MoveRefused, move_review, renew_facts
from afteraction.web.reviews.coaching import LONGEST_TEXT
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.questions.prose import Originals, cited_in, rendered, words_in
from afteraction.web.reviews.views.parts import UnreadableSave, answer_refused, read_json

Json = dict[str, Any]


@require_POST
def move(request: HttpRequest, key: str) -> JsonResponse:
    """Takes a step: 409 with what stands before it where it cannot be taken."""
    review = access_review(request, key)
    try:
        need(person_of(request), LEAD, review.incident)
        said = read_json(request)
        step = move_review(
            review, str(said.get("to", "")), reason=str(said.get("reason", "")),
            narrowed_because=str(said.get("narrowed_because", "")), actor=person_of(request),
        )  # fmt: skip
    except MoveRefused as refused:
        blocking = [{"id": each.id, "sentence": each.sentence} for each in refused.blocking]
        return JsonResponse({"error": "blocked", "detail": str(refused), "blocking": blocking}, status=422)
    except CannotDo as refused:
        return JsonResponse({"error": str(refused), "detail": str(refused)}, status=422)
    except (AfteractionError, SeatMissing) as refused:
        return answer_refused(refused)
    return JsonResponse({"step": step.step, "open": len(step.still_open), "told": f"{step.get_step_display()}."})


@require_POST
def facts(request: HttpRequest, key: str) -> JsonResponse:
    """Rests the review on the newest confirmed facts."""
    review = access_review(request, key)
    try:
        version = renew_facts(review, actor=person_of(request))
    except CannotDo as refused:
        return JsonResponse({"error": str(refused), "detail": str(refused)}, status=422)
    except SeatMissing as refused:
        return answer_refused(refused)
    return JsonResponse({"told": f"The review rests on version {version.number} of the facts."})


@require_POST
def look(request: HttpRequest, key: str) -> JsonResponse:
    """What a text that is being written looks like; nothing is kept."""
    review = access_review(request, key, WORK)
    try:
        said = read_json(request)
        text = said.get("text", "")
        if not isinstance(text, str) or len(text) > LONGEST_TEXT:
            raise UnreadableSave(f"text: not a text of up to {LONGEST_TEXT:,} characters.")
    except UnreadableSave as refused:
        return answer_refused(refused)
    return JsonResponse(look_at(review, text))


def look_at(review: Review, text: str) -> Json:
    """A text as it will be read, its words and citations, and those that no evidence has."""
    analysis = latest_analysis(review.incident)
    originals = Originals.of(review.incident.key, analysis.head if analysis else {})
    return {
        "html": rendered(text, originals), "words": words_in(text), "citations": len(cited_in(text)),
        "unknown": [label for label in cited_in(text) if label not in originals.hashes],
    }  # fmt: skip

"""Moving a review, looking at what somebody writes, and what changed meanwhile.

Knows how each verb is answered. Refuses to decide: the verbs and the rules do.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from afteraction.core.errors import AfteractionError
from afteraction.engine.language.findings import LanguageFinding, Severity, check_text
from afteraction.engine.review.accusations import name_of
from afteraction.engine.review.document import Question
from afteraction.web.accounts.access import CannotDo
from afteraction.web.incidents.access import SeatMissing, need, person_of
from afteraction.web.incidents.models import Seat
from afteraction.web.incidents.permissions import LEAD, WORK, seat_of
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.actions.move_review import MoveRefused, move_review, renew_facts
from afteraction.web.reviews.blaming import known_names
from afteraction.web.reviews.models import Review, ReviewPart
from afteraction.web.reviews.questions.prose import Originals, cited_in, rendered, words_in
from afteraction.web.reviews.views.parts import UnreadableSave, answer_refused, read_json

Json = dict[str, Any]
LONGEST_TEXT = 100_000
PER_PARAGRAPH = 2
TITLES = {
    "PERSON": "Puts it on a person", "HUMAN_ERROR": "Human error explains nothing yet",
    "COUNTERFACTUAL": "Judges a past decision from today", "HINDSIGHT": "Clear only afterwards",
    "WHO_WHY": "Looks for a person", "SELF": "Hard on yourself", "GATE": "A gate may have caught it",
}  # fmt: skip


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
    """What a text that is being written looks like, and what in it reads as an accusation; nothing is kept."""
    review = access_review(request, key, WORK)
    try:
        said = read_json(request)
        text, question = said.get("text", ""), said.get("question", "")
        if not isinstance(text, str) or not isinstance(question, str) or len(text) > LONGEST_TEXT:
            raise UnreadableSave(f"text: not a text of up to {LONGEST_TEXT:,} characters.")
    except UnreadableSave as refused:
        return answer_refused(refused)
    is_facilitator = seat_of(person_of(request), review.incident) == Seat.FACILITATOR
    return JsonResponse(look_at(review, text, question, notes=is_facilitator))


def look_at(review: Review, text: str, question: str, *, notes: bool) -> Json:
    """A text as it will be read, its citations, and what in it reads as an accusation; `notes` are for a
    facilitator."""
    analysis = latest_analysis(review.incident)
    originals = Originals.of(review.incident.key, analysis.head if analysis else {})
    return {
        "html": rendered(text, originals), "words": words_in(text), "citations": len(cited_in(text)),
        "unknown": [label for label in cited_in(text) if label not in originals.hashes],
        "findings": _findings(review, text, question, notes=notes),
    }  # fmt: skip


def _findings(review: Review, text: str, question: str, *, notes: bool) -> list[Json]:
    """At most two a paragraph, without those that were dismissed; notes are for the facilitator."""
    shown: list[Json] = []
    taken: dict[int, int] = {}
    field = "cause" if question == Question.CAUSES else "prose"
    found = check_text(text, field=field, known_people=known_names(review.incident))
    wanted = [each for each in found if notes or each.severity is not Severity.NOTE]
    names = {name_of(each, question) for each in wanted}
    gone = ReviewPart.objects.filter(review=review, sort="dismissal", ident__in=names, removed=False)
    dismissed = set(gone.values_list("ident", flat=True))
    for each in wanted:
        paragraph = text.count("\n\n", 0, each.start)
        if name_of(each, question) in dismissed or taken.get(paragraph, 0) >= PER_PARAGRAPH:
            continue
        taken[paragraph] = taken.get(paragraph, 0) + 1
        shown.append(_told(each, question, text))
    return shown


def _told(found: LanguageFinding, question: str, text: str) -> Json:
    def units(at: int) -> int:
        # Scripts count in UTF-16.
        return len(text[:at].encode("utf-16-le")) // 2

    end = found.sentence_start + len(found.sentence)
    return {
        "id": name_of(found, question), "kind": TITLES.get(found.category, found.category.capitalize()),
        "severity": found.severity.value, "message": found.message, "question": found.question,
        "sentence": found.sentence, "suggestion": found.suggestion, "start": units(found.sentence_start),
        "end": units(end),
    }  # fmt: skip

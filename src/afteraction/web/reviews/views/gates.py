"""Gates and process changes: their page, and the verbs on it that take more than saving parts.

Knows addresses and what each answers. Refuses to decide anything: engines and verbs do.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from afteraction.core.errors import AfteractionError
from afteraction.web.incidents.access import SeatMissing, access_incident, person_of
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.gates.back_tests import back_tests_of, keep_replay
from afteraction.web.reviews.gates.matrix_rows import OUTCOMES, REACHED, matrix_of
from afteraction.web.reviews.gates.owning import accept_change, commit_change, confirm_change, decline_change
from afteraction.web.reviews.gates.plan_rows import plan_of
from afteraction.web.reviews.gates.prefilling import fill_gates, fillings
from afteraction.web.reviews.gates.refusals import facts_of
from afteraction.web.reviews.gates.sheet import Sheet
from afteraction.web.reviews.gates.taking import take_candidate
from afteraction.web.reviews.queries import review_of
from afteraction.web.reviews.views.parts import UnreadableSave, answer_refused, read_json, told_of
from afteraction.web.reviews.workspace import Workspace

Json = dict[str, Any]
GATES_SORTS = ("gate", "change", "signal", "frame", "dismissal")
VERBS = {"accept": accept_change, "decline": decline_change, "commit": commit_change, "confirm": confirm_change}


@require_safe
def gates_page(request: HttpRequest, key: str) -> HttpResponse:
    """The page; without a review the page that opens one."""
    incident = access_incident(request, key)
    review = review_of(incident)
    if review is None:
        return redirect("reviews:review", key)
    work = Workspace(review, person_of(request))
    sheet = Sheet(work, timezone.now())
    document = work.document
    context = {
        **work.context("gates"), "sheet": sheet, "matrix": matrix_of(sheet),
        "plan": plan_of(sheet, by_figure=request.GET.get("sort") == "averted"),
        "reached_words": REACHED, "outcome_words": OUTCOMES, "parts": _parts(work),
        "aside": [(each, document.dismissals[each.id].reason) for each in sheet.set_aside],
        "backtests": back_tests_of(sheet),
        "is_unfilled": work.may_work and bool(fillings(review, sheet.facts)),
    }  # fmt: skip
    return render(request, "reviews/gates.html", context)


@require_POST
def fill(request: HttpRequest, key: str) -> JsonResponse:
    """Fills the matrix from the evidence; the same evidence twice changes nothing."""
    review = access_review(request, key, WORK)
    try:
        changed = fill_gates(review, facts_of(review), actor=person_of(request))
    except (AfteractionError, SeatMissing) as refused:
        return answer_refused(refused)
    return JsonResponse({"changed": changed})


@require_POST
def change_verb(request: HttpRequest, key: str, ident: str, verb: str) -> JsonResponse:
    """Accepts, declines, commits to or confirms one change."""
    review = access_review(request, key, WORK)
    try:
        saved = VERBS[verb](review, ident, actor=person_of(request))
    except (AfteractionError, SeatMissing) as refused:
        return answer_refused(refused)
    return JsonResponse(told_of(saved))


@require_POST
def take(request: HttpRequest, key: str) -> JsonResponse:
    """Makes a change of one candidate of a gap."""
    review = access_review(request, key, WORK)
    try:
        said = read_json(request)
        gap, at = said.get("gap"), said.get("at", 0)
        if not isinstance(gap, str) or isinstance(at, bool) or not isinstance(at, int) or at < 0:
            raise UnreadableSave("gap, at: the id of a gate and the place of a candidate are needed.")
        sheet = Sheet(Workspace(review, person_of(request)), timezone.now())
        saved = take_candidate(sheet, gap, at, actor=person_of(request))
    except (AfteractionError, SeatMissing) as refused:
        return answer_refused(refused)
    return JsonResponse(told_of(saved))


@require_POST
def replay(request: HttpRequest, key: str, ident: str) -> JsonResponse:
    """Replays a proposed alert on the stored samples and keeps what was seen."""
    review = access_review(request, key, WORK)
    try:
        sheet = Sheet(Workspace(review, person_of(request)), timezone.now())
        saved = keep_replay(sheet, ident, actor=person_of(request))
    except (AfteractionError, SeatMissing) as refused:
        return answer_refused(refused)
    return JsonResponse(told_of(saved))


def _parts(work: Workspace) -> Json:
    """The parts that the page edits, with what a save of each is based on."""
    found: Json = {"version": work.review.version, "parts": {}}
    for row in work.rows:
        if row.sort in GATES_SORTS:
            found["parts"].setdefault(row.sort, {})[row.ident] = {"rev": row.rev, "body": row.body}
    return found

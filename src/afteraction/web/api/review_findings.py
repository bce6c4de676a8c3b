"""What is computed of a review, over the API: what is open, the ways it happens, the gates, and taking changes on.

Knows addresses. Refuses to compute: what the pages show is what is told here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router

from afteraction.engine.causes.cutsets import CutSets
from afteraction.engine.causes.importance import importance
from afteraction.engine.causes.ways import coverage_in_words, statements, way_in_words
from afteraction.engine.gates.chances import chances_line, headline
from afteraction.engine.prevention.wording import COMMIT_WAITS_FOR
from afteraction.engine.review.findings import ReviewFinding
from afteraction.web.api import review_shapes as shapes
from afteraction.web.api.callers import READ, WRITE, caller, scope
from afteraction.web.api.reviews import review_for
from afteraction.web.incidents.access import need
from afteraction.web.incidents.permissions import WORK
from afteraction.web.reviews.actions.move_review import move_review, renew_facts
from afteraction.web.reviews.causes.picture import Picture
from afteraction.web.reviews.gates.drafting import draft_of
from afteraction.web.reviews.gates.owning import accept_change, commit_change, confirm_change, decline_change
from afteraction.web.reviews.gates.prefilling import fill_gates
from afteraction.web.reviews.gates.refusals import facts_of
from afteraction.web.reviews.gates.sheet import Sheet
from afteraction.web.reviews.gates.taking import take_candidate
from afteraction.web.reviews.issues import FIXED
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.questions.blind_spots import blind_spots_in_words
from afteraction.web.reviews.standing import Standing
from afteraction.web.reviews.views.parts import told_of
from afteraction.web.reviews.workspace import Workspace

router = Router(tags=["reviews"])
MOST_SETS = 1_000
_VERBS = {"accept": accept_change, "decline": decline_change, "commit": commit_change, "confirm": confirm_change}


def _work(request: HttpRequest, key: str) -> Workspace:
    return Workspace(review_for(request, key), caller(request))


def _review_to_change(request: HttpRequest, key: str) -> Review:
    review = review_for(request, key)
    need(caller(request), WORK, review.incident)
    return review


@router.get("/{key}/review/findings", response=shapes.Findings, auth=scope(READ), summary="What is open")
def findings(request: HttpRequest, key: str) -> dict[str, Any]:
    """By all rules, with what stands before the next step."""
    standing = Standing(_work(request, key), timezone.now())
    following = standing.next
    gates = standing.work.document.gates
    return {
        "step": standing.state.value,
        "next": {"to": following.to.value, "allowed": following.allowed, "note": following.note} if following else None,
        "must": _listed(standing.must), "may": _listed(standing.may), "set_aside": _listed(standing.set_aside),
        "before_everyone": _listed(standing.before_everyone),
        "gates": [headline(standing.chances), chances_line(standing.chances, gates)],
        "blind_spots": blind_spots_in_words(standing.work),
    }  # fmt: skip


def _listed(found: Iterable[ReviewFinding]) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "code": each.code, "severity": each.severity.value, "subject": each.subject,
         "sentence": each.sentence, "question": each.question, "next_step": each.next_step,
         "suggestion": each.suggestion,
         "is_firm": each.is_firm or each.code in FIXED}
        for each in found
    ]  # fmt: skip


@router.post("/{key}/review/move", response=shapes.StepOut, auth=scope(WRITE), summary="Take a step")
def move(request: HttpRequest, key: str, said: shapes.Moving) -> dict[str, Any]:
    """409 with what stands before it where it cannot be taken. A step back needs a reason."""
    review = review_for(request, key)
    step = move_review(
        review, said.to, reason=said.reason, narrowed_because=said.narrowed_because, actor=caller(request), via="api"
    )
    return {"step": step.step, "at": step.at, "open": step.still_open, "reason": step.reason}


@router.get("/{key}/review/steps", response=shapes.Steps, auth=scope(READ), summary="The steps that it took")
def steps(request: HttpRequest, key: str) -> dict[str, Any]:
    """Oldest first, with who (as a seat) and what was open then."""
    standing = Standing(_work(request, key), timezone.now())
    return {
        "steps": [
            {"step": each.step, "at": each.at, "by": standing.seat_word(each),
             "open": each.still_open, "reason": each.reason}
            for each in standing.steps
        ]
    }  # fmt: skip


@router.post("/{key}/review/facts", response=shapes.Rests, auth=scope(WRITE), summary="Take newer facts")
def facts(request: HttpRequest, key: str) -> dict[str, Any]:
    """The review rests on the newest confirmed version from then on."""
    return {"facts": renew_facts(review_for(request, key), actor=caller(request), via="api").number}


@router.get("/{key}/review/ways", response=shapes.Ways, auth=scope(READ), summary="The ways it happens")
def ways(request: HttpRequest, key: str, top: Literal["happened", "lasted"] = "happened") -> dict[str, Any]:
    """Minimal cut sets and path sets of a top event, importance, and coverage by the changes."""
    picture = Picture(_work(request, key), "fault-tree", top)
    left = frozenset(picture.coverage.remaining) if picture.coverage.cut_by else frozenset()
    found = picture.coverage
    return {
        "top": picture.tree.top, "cut_sets": _sets(picture, picture.ways, left),
        "path_sets": _sets(picture, picture.preventions, frozenset()),
        "importance": [
            {"event": each.event, "birnbaum": each.birnbaum, "member_of": each.member_of, "ways": each.ways}
            for each in importance(picture.tree, picture.ways)
        ],
        "coverage": {
            "ways": found.ways, "planned": found.planned, "verified": found.verified,
            "remaining": len(found.remaining), "cut_by": dict(found.cut_by),
            "words": coverage_in_words(found, statements(picture.graph), lasting=top == "lasted"),
        },
    }  # fmt: skip


def _sets(picture: Picture, found: CutSets, left: frozenset[tuple[str, ...]]) -> dict[str, Any]:
    names = statements(picture.graph)
    sets = [
        {"nodes": list(each), "words": way_in_words(each, names), "is_left": each in left}
        for each in found.sets[:MOST_SETS]
    ]
    return {"sets": sets, "total": found.total, "single_points": list(found.single_points)}


@router.post("/{key}/review/gates/fill", response=shapes.Filled, auth=scope(WRITE), summary="Fill the gates")
def fill(request: HttpRequest, key: str) -> dict[str, Any]:
    """From the evidence; the same evidence twice changes nothing."""
    review = _review_to_change(request, key)
    return {"changed": fill_gates(review, facts_of(review), actor=caller(request), via="api")}


@router.get("/{key}/review/candidates", response=shapes.Candidates, auth=scope(READ), summary="Proposed changes")
def candidates(request: HttpRequest, key: str) -> dict[str, Any]:
    """What usually closes each gap."""
    found = Sheet(_work(request, key), timezone.now()).candidates
    return {
        "candidates": [
            {"gap": gap, "at": at, "text": each.text}
            for gap, several in found.items()
            for at, each in enumerate(several)
        ]
    }


@router.post("/{key}/review/candidates", response=shapes.SavedOut, auth=scope(WRITE), summary="Take a proposal")
def take(request: HttpRequest, key: str, said: shapes.Taking) -> dict[str, Any]:
    """It becomes a change."""
    work = Workspace(_review_to_change(request, key), caller(request))
    return told_of(take_candidate(Sheet(work, timezone.now()), said.gap, said.at, actor=caller(request), via="api"))


@router.post(
    "/{key}/review/changes/check", response=shapes.DraftOut, auth=scope(READ), summary="Check a change as written"
)
def check(request: HttpRequest, key: str, said: shapes.ChangeDraft) -> dict[str, Any]:
    """What its words, date and owner leave open, and what it is. Saves nothing."""
    found = draft_of(Sheet(_work(request, key), timezone.now()), said.dict())
    return {
        "hints": [
            {"rule": each.rule, "category": each.category, "must": each.rule in COMMIT_WAITS_FOR, "start": each.start,
             "end": each.end, "message": each.message, "question": each.question, "suggestion": each.suggestion}
            for each in found.hints
        ],
        "more": found.more, "commit_waits": found.waits, "change_class": found.verdict.change_class.value,
        "power": found.verdict.power.value,
        "properties": [
            {"name": name, "asks": asks, "so": found.verdict.properties[name], "because": because}
            for name, asks, _, because in found.properties
        ],
        "slot": found.completion.slot, "question": found.completion.question, "proposed": found.completion.proposed,
        "proposed_because": found.completion.because, "sentence": found.completion.sentence, "due": found.due.day,
        "due_because": found.due.because, "first_phase_by": found.due.first_phase_by, "prompt": found.due.prompt,
        "phases": list(found.ladder), "said": found.said.day if found.said else None, "owner_holds": found.holds,
        "owner_is_full": found.full,
    }  # fmt: skip


@router.post(
    "/{key}/review/changes/{ident}/{verb}", response=shapes.SavedOut, auth=scope(WRITE), summary="Take a change on"
)
def take_on(request: HttpRequest, key: str, ident: str, verb: str) -> dict[str, Any]:
    """`verb` is accept, decline, commit or confirm. Its owner accepts it; nobody does for somebody else."""
    review = _review_to_change(request, key)
    if verb not in _VERBS:
        raise Http404
    return told_of(_VERBS[verb](review, ident, actor=caller(request), via="api"))

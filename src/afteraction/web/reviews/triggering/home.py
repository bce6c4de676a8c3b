"""What reviews bring to somebody's home: how much is answered, the time left, and the next thing to do.

Knows the marks of a review as a drawing. Refuses to bring a review that is silent: while impact is open nobody is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from afteraction.engine.review.document import AnswerState, Question
from afteraction.engine.review.near_miss import asked_before_review
from afteraction.engine.review.timers import Mark, Standing, Timers
from afteraction.web.accounts.models import User
from afteraction.web.incidents.finding.brought import Brought
from afteraction.web.incidents.models import Incident
from afteraction.web.reviews.models import Review, ReviewPart
from afteraction.web.reviews.models.review import Depth, Step
from afteraction.web.reviews.triggering.due import timers_of

_LEFT, _PUBLISH, _RIGHT = 2.0, 89.27, 98.0
_ASKED: Mapping[str, str] = {
    Question.IMPACT: "what users felt and who noticed is not answered.",
    Question.CAUSES: "what set it off, and how it got so far, is not answered.",
    Question.GATES: "the gates that it passed are not answered.",
    Question.CHANGES: "the process changes are not answered.",
    Question.SIGNALS: "the missing signal is not answered.",
}
_AFTER = {
    Step.REVIEWED: ("the plan is not committed.", "Commit"),
    Step.COMMITTED: ("the review is not published.", "Publish"),
}


def reviews_brought(_user: User, incidents: Sequence[Incident]) -> Mapping[int, Brought]:
    """The reviews of these incidents, each of which the caller may see, but for silent and published ones."""
    rows = Review.objects.filter(incident__in=incidents, silent=False).exclude(step=Step.PUBLISHED)
    reviews = list(rows.select_related("incident"))
    answered = _answered(reviews)
    now = timezone.now()
    return {each.incident_id: _brought(each, answered.get(each.pk, set()), now) for each in reviews}


def _answered(reviews: Sequence[Review]) -> dict[int, set[str]]:
    """Which questions of each review are answered or set aside with a reason."""
    done = (AnswerState.ANSWERED.value, AnswerState.PARKED.value)
    asked = {part.id for each in reviews for part in asked_before_review(each.incident.kind)}
    parts = ReviewPart.objects.filter(review__in=reviews, sort="answer", removed=False, ident__in=asked)
    found: dict[int, set[str]] = {}
    for review, ident, body in parts.values_list("review", "ident", "body"):
        if body.get("state") in done:
            found.setdefault(review, set()).add(ident)
    return found


def _brought(review: Review, answered: set[str], now: datetime) -> Brought:
    marks = timers_of(review, now)
    left, rest = _left(marks)
    coming = marks.publish if marks.draft.done_at else marks.draft
    page = reverse("reviews:review", args=[review.incident.key])
    is_milestone = review.incident.kind == "milestone"
    asked = asked_before_review(review.incident.kind) if review.depth == Depth.FULL or is_milestone else ()
    return Brought(
        address=page, depth=f"{review.get_depth_display().lower()} review",
        answered=len(answered), asked=len(asked), timer=draw_timer(marks, now), left=left,
        rest=rest, is_late=coming.standing is Standing.PASSED, due=coming.due, step=(*_next(review, answered), page),
    )  # fmt: skip


def _next(review: Review, answered: set[str]) -> tuple[str, str]:
    if review.step in _AFTER:
        return _AFTER[Step(review.step)]
    parts = asked_before_review(review.incident.kind)
    for part in parts:
        if part.id not in answered:
            told = _ASKED.get(part.id, f"“{part.title}” is not answered.")
            if part.id == Question.IMPACT and review.incident.kind == "near_miss":
                told = "what could have happened is not answered."
            return f"{told} ({len(answered)} of {len(parts)} are)", "Continue"
    return "every question is answered; nobody has reviewed it yet.", "Review"


def _left(marks: Timers) -> tuple[str, str]:
    """The time left until the next mark in words, and what follows."""
    draft, publish = marks.draft, marks.publish
    if publish.due is None:
        return publish.words[:1].upper() + publish.words[1:], ""
    if draft.done_at is None and draft.standing is not Standing.PASSED:
        return f"Draft {draft.words}", f", publish {publish.due:%a %-d %b}"
    if draft.done_at is None:
        return f"Draft {draft.words}", f", publish {publish.words}"
    return f"Publish {publish.words}", ", draft done"


def draw_timer(marks: Timers, now: datetime) -> SafeString:
    """The clock of a review as a line: its start, draft, publish, and now. Empty while nothing has started it."""
    start, draft, publish = marks.start.at, marks.draft, marks.publish
    if start is None or draft.due is None or publish.due is None or publish.due <= start:
        return SafeString("")
    whole = (publish.due - start).total_seconds()

    def place(at: datetime) -> str:
        share = (at - start).total_seconds() / whole
        return f"{min(max(_LEFT + share * (_PUBLISH - _LEFT), _LEFT), _RIGHT):.2f}%"

    label = f"Draft {draft.words}, publish {publish.words}"
    return format_html(
        '<svg class="plot timer" height="32" role="img" aria-label="{}">'
        '<line class="track" x1="{}%" x2="{}" y1="9" y2="9"/><line class="track past" x1="{}%" x2="{}" y1="9" y2="9"/>'
        '{}{}{}<line class="now" x1="{}" x2="{}" y1="2" y2="16"/></svg>',
        label, _LEFT, place(publish.due), _LEFT, place(min(now, publish.due)), _late(publish.due, now, place(now)),
        _due(draft, place(draft.due), "middle"), _due(publish, place(publish.due), "end"), place(now), place(now),
    )  # fmt: skip


def _late(due: datetime, now: datetime, at: str) -> SafeString:
    if now <= due:
        return SafeString("")
    return format_html('<line class="track late" x1="{}%" x2="{}" y1="9" y2="9"/>', _PUBLISH, at)


def _due(mark: Mark, at: str, anchor: str) -> SafeString:
    shift = SafeString(' dx="8"') if anchor == "end" else ""
    text = format_html('<text class="tick" x="{}" y="27" text-anchor="{}"{}>{}</text>', at, anchor, shift, mark.name)
    if mark.done_at is None:
        return format_html('<circle class="due" cx="{}" cy="9" r="4.5"/>{}', at, text)
    return format_html(
        '<circle class="due done" cx="{}" cy="9" r="4.5"/><svg x="{}" y="9" overflow="visible">'
        '<path class="due-tick" d="M-2 0-.6 1.5 2-1.5"/></svg>{}', at, at, text,
    )  # fmt: skip

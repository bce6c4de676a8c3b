"""What pages ask of a review: its parts as a value, its history, who is in it.

Knows rows and how they become values. Refuses to decide who may see them: views come here with a review that they may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from afteraction.engine.review.document import Review as Document
from afteraction.engine.review.document import assembled
from afteraction.pipeline.review.parts import read_part
from afteraction.web.incidents.models import Incident
from afteraction.web.reviews.models import Presence, Review, ReviewChange, ReviewPart

Json = dict[str, Any]
# Whoever was not heard of for this long has left.
PRESENT_FOR = timedelta(seconds=40)


def review_of(incident: Incident) -> Review | None:
    """The review of an incident, if one was opened."""
    return Review.objects.filter(incident=incident).select_related("incident", "facts").first()


def rows_of(review: Review, sorts: Iterable[str] = ()) -> list[ReviewPart]:
    """The parts that stand, of these sorts or all of them."""
    rows = ReviewPart.objects.filter(review=review, removed=False).order_by("sort", "id")
    wanted = list(sorts)
    return list(rows.filter(sort__in=wanted) if wanted else rows)


def document_of(review: Review) -> Document:
    """The whole review as a value."""
    return document_from(rows_of(review))


def document_from(rows: Iterable[ReviewPart]) -> Document:
    """A review as a value from rows that were read already."""
    parts: dict[str, dict[str, Any]] = {}
    for row in rows:
        parts.setdefault(row.sort, {})[row.ident] = read_part(row.sort, row.ident, row.body)
    return assembled(parts)


def revs_of(rows: Iterable[ReviewPart]) -> Mapping[str, int]:
    """The revision of each part, by `sort:id`, for saves to be based on."""
    return {f"{row.sort}:{row.ident}": row.rev for row in rows}


def part_history(review: Review, sort: str, ident: str) -> list[ReviewChange]:
    """Every change of one part, newest first."""
    found = ReviewChange.objects.filter(review=review, sort=sort, ident=ident).select_related("by")
    return list(found.order_by("-number"))


def body_at(review: Review, sort: str, ident: str, rev: int) -> Json | None:
    """The body of a part as it stood at a revision; None where it was not there then."""
    change = (
        ReviewChange.objects.filter(review=review, sort=sort, ident=ident, number__lte=rev).order_by("-number").first()
    )
    return change.after if change else None


def people_present(review: Review, *, but: int) -> list[Presence]:
    """Who else has the review open, the longest known first."""
    since = timezone.now() - PRESENT_FOR
    others = Presence.objects.filter(review=review, seen_at__gte=since).exclude(person=but)
    return list(others.select_related("person").order_by("id"))

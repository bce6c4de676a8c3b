"""Insights of reviews: what came to light, who says that they surfaced it, and who thanked for it (SPEC R024).

Knows causes and reviews. Refuses to count people, and to order them by anything but their names: thanks lie on what was
found out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from afteraction.engine.causes.graph import NodeKind, Status, natural
from afteraction.web.accounts.models import Team, User
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.permissions import LEAD, VIEW, may, visible_to
from afteraction.web.reviews.models import Credit, Review, ReviewPart, Thanks
from afteraction.web.reviews.models.insights import InsightSort

WHOLE = "review"
DAYS = 31
MOST = 100
_NONE = frozenset({NodeKind.OUTCOME.value})


@dataclass(frozen=True)
class Insight:
    """One insight: a cause, or the review as a whole. `surfaced_by` and `thanked_by` are names, by name."""

    incident: Incident
    sort: str
    ident: str
    text: str
    surfaced_by: Sequence[str] = ()
    thanked_by: Sequence[str] = ()
    is_mine: bool = False
    is_thanked: bool = False


def may_thank(person: User, incident: Incident) -> bool:
    """Whoever leads the incident, or sees it and leads a team."""
    if may(person, LEAD, incident):
        return True
    return may(person, VIEW, incident) and Team.objects.filter(leads=person).exists()


def insight_there(review: Review, sort: str, ident: str) -> bool:
    """Whether a review has such an insight."""
    if sort == InsightSort.REVIEW:
        return ident == WHOLE
    return sort == InsightSort.CAUSE and any(part.ident == ident for part in _causes([review.pk]))


def insights_of(review: Review, reader: User) -> list[Insight]:
    """The review as a whole and then its causes, in the order of their ids."""
    found = [(InsightSort.REVIEW.value, WHOLE, _whole(review.incident))]
    causes = sorted(_causes([review.pk]), key=lambda part: natural(part.ident))
    found += [(InsightSort.CAUSE.value, part.ident, _statement(part)) for part in causes]
    return _with_words(review, found, reader)


def worth_reading(reader: User, now: datetime) -> list[Insight]:
    """What was thanked for in the last 31 days and near misses that were told in them, as far as the reader may see it:
    the newest first."""
    since, seen = now - timedelta(days=DAYS), visible_to(reader)
    wanted: dict[tuple[int, str, str], datetime] = {}
    thanked = Thanks.objects.filter(at__gte=since, review__incident__in=seen)
    newest = thanked.order_by().values("review", "sort", "ident").annotate(last=Max("at")).order_by("-last")
    for row in newest[:MOST]:
        wanted[(row["review"], row["sort"], row["ident"])] = row["last"]
    near = Review.objects.filter(incident__in=seen, incident__is_near_miss=True, opened_at__gte=since)
    for opened, at in near.order_by("-opened_at").values_list("pk", "opened_at")[:MOST]:
        wanted.setdefault((opened, InsightSort.REVIEW.value, WHOLE), at)
    reviews = Review.objects.select_related("incident").in_bulk({key[0] for key in wanted})
    told: dict[tuple[int, str, str], Insight] = {}
    for number, review in reviews.items():
        told |= {(number, each.sort, each.ident): each for each in insights_of(review, reader)}
    ordered = sorted(wanted, key=lambda key: wanted[key], reverse=True)
    return [told[key] for key in ordered if key in told][:MOST]


def _causes(reviews: Iterable[int]) -> list[ReviewPart]:
    parts = ReviewPart.objects.filter(review__in=reviews, sort=InsightSort.CAUSE, removed=False)
    return [
        part
        for part in parts
        if part.body.get("kind") not in _NONE and part.body.get("status") != Status.REFUTED.value and _statement(part)
    ]


def _statement(part: ReviewPart) -> str:
    return str(part.body.get("statement", "")).strip()


def _whole(incident: Incident) -> str:
    title = incident.title or incident.key
    return f"The near miss: {title}" if incident.is_near_miss else f"The review: {title}"


def _with_words(review: Review, found: Sequence[tuple[str, str, str]], reader: User) -> list[Insight]:
    credits_ = list(Credit.objects.filter(review=review).select_related("person"))
    thanks = list(Thanks.objects.filter(review=review).select_related("person"))
    told = []
    for sort, ident, text in found:
        surfaced = [row.person for row in credits_ if (row.sort, row.ident) == (sort, ident)]
        thanked = [row.person for row in thanks if (row.sort, row.ident) == (sort, ident)]
        told.append(
            Insight(review.incident, sort, ident, text, _names(surfaced), _names(thanked), reader in surfaced,
                    reader in thanked)
        )  # fmt: skip
    return told


def _names(people: Iterable[User]) -> list[str]:
    return sorted((str(each) for each in people), key=str.casefold)

"""Which incidents somebody compares, and each of them as a column.

Knows keys of an address and where facts and reviews are. Refuses to tell a key that is not there from one that its
reader may not see: neither has a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from afteraction.engine.review.compare import Column
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.overview import summary_of
from afteraction.web.incidents.permissions import visible_to
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.queries import document_of, review_of

Json = dict[str, Any]
MOST = 8
MOST_OFFERED = 12
LONGEST_SEARCH = 100
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,64}")


def read_keys(given: Iterable[str]) -> tuple[str, ...]:
    """The keys that an address names, `A,B` or one at a time, each once and in their order; words that are none are
    left out."""
    words = [word.strip() for text in given for word in text.split(",")]
    return tuple(dict.fromkeys(word for word in words if _KEY.fullmatch(word)))


def seen_of(person: User, keys: Sequence[str]) -> list[Incident]:
    """Those that somebody may see, in the order of the keys, at most eight."""
    found = {each.key: each for each in visible_to(person).filter(key__in=keys[:200])}
    return [found[key] for key in keys if key in found][:MOST]


def offered_to(person: User, text: str, but: Iterable[str]) -> list[Incident]:
    """Incidents to add, newest first: those whose key or title has the text, none that is there already."""
    rows = visible_to(person).exclude(key__in=list(but)).order_by("-id")
    if text:
        rows = rows.filter(key__icontains=text) | rows.filter(title__icontains=text)
    return list(rows[:MOST_OFFERED])


def columns_of(incidents: Sequence[Incident]) -> list[Column]:
    """Each incident as a column: the facts of its newest analysis, what its record says now, and its review."""
    return [_column(each) for each in incidents]


def _column(incident: Incident) -> Column:
    analysis = latest_analysis(incident)
    head: Json = analysis.head if analysis else {"milestones": {}, "metrics": {}, "conflicts": [], "impact_windows": []}
    # The head of its page shows the record, which may be newer than the analysis.
    record = {
        "kind": incident.kind, "severity": incident.severity, "environment": incident.environment,
        "services": list(summary_of(incident, analysis).services),
    }  # fmt: skip
    review = review_of(incident)
    return Column(
        key=incident.key, title=incident.title or incident.key,
        document={**head, "incident": {**head.get("incident", {}), **record}},
        review=document_of(review) if review else None, state=review.step if review else "",
    )  # fmt: skip

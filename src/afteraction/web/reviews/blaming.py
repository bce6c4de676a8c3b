"""Before a report is opened to the organisation: sentences of its review that blame somebody need a decision.

Knows whom an incident names. Refuses to judge a sentence: the language rules do; and to stand
before anything that only members read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from afteraction.engine.review.accusations import GATING, accusations
from afteraction.engine.review.findings import ReviewFinding, open_findings
from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import Incident, IncidentMember
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.incidents.queries import identities_of
from afteraction.web.reviews.queries import document_of, review_of
from afteraction.web.reviews.reading_by import checker_for

# A refusal is read in one glance; the review lists them all.
SHOWN = 3


def known_names(incident: Incident) -> frozenset[str]:
    """Names of people of an incident: those of its evidence and of its members."""
    names = set(identities_of(incident).get("names", {}).values())
    names |= set(IncidentMember.objects.filter(incident=incident).values_list("person__name", flat=True))
    return frozenset(each for each in names if len(each) > 2)


def refuse_blame(incident: Incident) -> None:
    """Raises CannotDo where a sentence of the review blames somebody, and nobody decided that it may stand."""
    review = review_of(incident)
    if review is None or not review.version:
        return
    document = document_of(review)
    found = open_findings(
        accusations(document, known_names(incident), check=checker_for(document.graph)), document.dismissals
    )
    if found:
        more = f" And {len(found) - SHOWN} more." if len(found) > SHOWN else ""
        raise CannotDo(
            f"Not open to everyone yet. {' '.join(_told(each) for each in found[:SHOWN])}{more} "
            "Reword it, override it with a reason on the review, or publish to members only."
        )


def check_override(incident: Incident, ident: str, after: Mapping[str, Any] | None, *, actor: User) -> None:
    """Raises SeatMissing where somebody who does not lead decides that such a sentence may stand."""
    if after is not None and after.get("overridden") and ident.partition(":")[0] in GATING:
        need(actor, LEAD, incident)


def _told(found: ReviewFinding) -> str:
    return f"{found.sentence} Say instead: “{found.suggestion}”" if found.suggestion else found.sentence

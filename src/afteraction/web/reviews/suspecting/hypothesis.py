"""Making a hypothesis of a suspect: a node of the cause graph with the evidence for and against it.

Knows what of a suspect becomes which part. Refuses to call it more than a hypothesis, and to make it twice.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.actions.change_parts import PartWish, change_parts
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.queries import document_of
from afteraction.web.reviews.suspecting.sheet import ident_of, suspect_named

Json = dict[str, Any]
LONGEST_STATEMENT = 300
# More would hide what matters under what hardly weighs.
MOST_CITED = 8


class SuspectGone(AfteractionError):
    """The evidence was analysed again, and the suspect is no longer listed."""


@transaction.atomic
def suppose(review: Review, ident: str, *, actor: User, via: str = "page") -> str:
    """The id of the node that stands for a suspect, made now unless it was before. Raises SuspectGone, SeatMissing."""
    need(actor, WORK, review.incident)
    locked = Review.objects.select_for_update(of=("self",)).select_related("incident").get(pk=review.pk)
    suspect = suspect_named(latest_analysis(locked.incident), ident)
    if suspect is None:
        raise SuspectGone("This suspect is no longer listed.", next_step="Load the page once more.")
    graph = document_of(locked).graph
    origin = f"suspect:{ident_of(suspect)}"
    known = next((node.id for node in graph.nodes.values() if node.origin == origin), None)
    if known:
        return known
    wishes = [PartWish("node", "?suspect", _node(suspect, origin), 0)]
    happened = next((node.id for node in graph.nodes.values() if str(node.top) == "happened"), None)
    if happened:
        edge = {"source": "?suspect", "target": happened, "relation": _relation(suspect), "necessity": "unknown"}
        wishes.append(PartWish("edge", "", edge, 0))
    wishes += [PartWish("support", "", body, 0) for body in _supports(suspect)]
    saved = change_parts(locked, wishes, verb="add", actor=actor, via=via)
    review.version = locked.version
    return saved.named["?suspect"]


def _node(suspect: Json, origin: str) -> Json:
    kind = {"change": "event", "none": "external"}.get(suspect["kind"], "condition")
    body: Json = {"kind": kind, "statement": statement_of(suspect)[:LONGEST_STATEMENT], "origin": origin}
    services = [suspect.get("service") or (suspect["name"] if suspect["kind"] == "service" else "")]
    if services[0]:
        body["services"] = services
    began = suspect.get("at") or suspect.get("onset")
    if began:
        body["valid_from"] = {"utc": began, "precision": "s" if suspect.get("at") else "min"}
    return body


def statement_of(suspect: Json) -> str:
    """The claim, as a clause about the system."""
    name, service = suspect["name"].rstrip("."), suspect.get("service", "")
    if suspect["kind"] == "change":
        return f"{service}: {name}" if service and service.lower() not in name.lower() else name
    if suspect["kind"] == "none":
        return name if name.lower() not in ("none", "") else "Something other than a recorded change set it off"
    return f"{name} left its normal behaviour first"


def _relation(suspect: Json) -> str:
    return "triggered" if suspect["kind"] in ("change", "none") else "contributed"


def _supports(suspect: Json) -> list[Json]:
    terms = sorted(suspect["terms"], key=lambda term: -abs(term["log_odds"]))
    found = []
    for term in terms:
        for cited in term["evidence"][:1]:
            found.append(
                {
                    "claim": "?suspect", "stance": "supports" if term["log_odds"] >= 0 else "contradicts",
                    "strength": "correlated", "label": cited["label"], "evidence_id": cited["sha256"],
                    "locator": cited["locator"], "note": (term["says"] or term["name"])[:200],
                    "excerpt": cited["excerpt"][:500],
                }
            )  # fmt: skip
    return found[:MOST_CITED]

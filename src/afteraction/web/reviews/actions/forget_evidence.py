"""Taking what a review quotes of purged evidence out of its parts, their history, and what opened it.

Knows quotations and names of places. Refuses to touch what people wrote in their own words: they are told to look.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from afteraction.web.incidents.models import Incident
from afteraction.web.reviews.models import (
    DeclinedReview,
    JudgedIncident,
    OfferedDeploy,
    Review,
    ReviewChange,
    ReviewPart,
)

Json = dict[str, Any]
# Fields of a support that come from the evidence itself.
_QUOTED = ("excerpt", "locator", "event_id")


@transaction.atomic
def forget_evidence(incident: Incident, hashes: Collection[str]) -> int:
    """How many supports rested on these originals; they stay as claims that something was seen, without its words."""
    wanted = set(hashes)
    parts = [
        each
        for each in ReviewPart.objects.filter(review__incident=incident, sort="support")
        if _rests(each.body, wanted)
    ]
    for part in parts:
        part.body = _without_quotes(part.body)
    ReviewPart.objects.bulk_update(parts, ["body"])
    changes = [
        each for each in ReviewChange.objects.filter(review__incident=incident, sort="support")
        if _rests(each.before, wanted) or _rests(each.after, wanted)
    ]  # fmt: skip
    for change in changes:
        change.before, change.after = (
            _without_quotes(body) if _rests(body, wanted) else body for body in (change.before, change.after)
        )
    ReviewChange.objects.bulk_update(changes, ["before", "after"])
    _forget_triggers(incident, wanted)
    return len(parts)


def _forget_triggers(incident: Incident, hashes: Collection[str]) -> None:
    """Whatever fired on this evidence fired; what it said of it goes."""
    for model, field in ((Review, "triggers"), (DeclinedReview, "triggers"), (JudgedIncident, "fired")):
        for row in model._default_manager.filter(incident=incident):
            kept = [_without_evidence(each, hashes) for each in getattr(row, field)]
            model._default_manager.filter(pk=row.pk).update(**{field: kept})
    # Their names come from the evidence; the next analysis names those again that are still there.
    OfferedDeploy.objects.filter(incident=incident).delete()


def _without_evidence(trigger: Json, hashes: Collection[str]) -> Json:
    rests = [each for each in trigger.get("evidence", ()) if each["sha256"] in hashes]
    if not rests:
        return trigger
    left = [each for each in trigger["evidence"] if each["sha256"] not in hashes]
    return {**trigger, "subject": "", "sentence": "What it rested on was purged.", "evidence": left}


def _rests(body: Json | None, hashes: Collection[str]) -> bool:
    return body is not None and body.get("evidence_id") in hashes


def _without_quotes(body: Json | None) -> Json:
    return {name: value for name, value in (body or {}).items() if name not in _QUOTED}

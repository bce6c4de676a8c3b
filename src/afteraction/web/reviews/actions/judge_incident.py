"""Holding the policy against an incident each time that something changed, and opening its review where it says so.

Knows that opening is silent while impact is open, that a declined review stays declined until something new fires, and
that a trigger which is only offered opens nothing. Refuses to ask anybody: it acts by itself, and the trail says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from afteraction.engine.review.choosing import is_sev1
from afteraction.engine.review.known_facts import write_fired
from afteraction.engine.review.triggers import Fired, Told, closed, depth_of, fired, is_silent, not_judged
from afteraction.web.accounts.audit import record
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.actions.open_review import open_review, take_confirmed_facts
from afteraction.web.reviews.models import DeclinedReview, JudgedIncident, OfferedDeploy, Review
from afteraction.web.reviews.triggering.current import policy_now
from afteraction.web.reviews.triggering.known import facts_of, is_filled_in

Json = dict[str, Any]


@transaction.atomic
def judge_incident(incident: Incident, now: datetime | None = None) -> Review | None:
    """The review of the incident as it stands after the policy was held against it; None without one."""
    if incident.deleted_at is not None:
        return None
    now = now or timezone.now()
    current, facts = policy_now(), facts_of(incident, now)
    triggers = fired(current.policy, facts)
    ended = closed(current.policy, facts)
    _keep(incident, current.number, triggers, not_judged(current.policy, facts), ended, now)
    review = Review.objects.filter(incident=incident).first()
    if review is None:
        wanted = [each for each in triggers if not each.offered]
        if not wanted or _is_declined(incident, wanted, always=is_sev1(current.policy, facts)):
            return None
        review = open_review(
            incident, depth=str(depth_of(wanted)), triggers=write_fired(triggers), policy_version=current.number,
            silent=is_silent(facts), actor=None, via="policy",
        )  # fmt: skip
    else:
        review = _refreshed(incident, review, triggers, ended, silent=is_silent(facts))
    take_confirmed_facts(review)
    _note_draft(incident, review, now)
    return review


def _keep(
    incident: Incident, number: int, triggers: Sequence[Fired], unknown: Sequence[Told], ended: Sequence[Told],
    now: datetime,
) -> None:  # fmt: skip
    JudgedIncident.objects.update_or_create(
        incident=incident,
        defaults={
            "policy_version": number, "fired": write_fired(triggers), "has_fired": bool(triggers), "at": now,
            "not_judged": [_told(each) for each in unknown], "closed": [_told(each) for each in ended],
        },
    )  # fmt: skip
    for each in triggers:
        if each.code == "TR8" and each.subject:
            OfferedDeploy.objects.get_or_create(deploy=each.subject, defaults={"incident": incident})


def _told(each: Told) -> Json:
    return {"code": each.code, "sentence": each.sentence}


def _is_declined(incident: Incident, wanted: Sequence[Fired], *, always: bool) -> bool:
    """Whether somebody declined just this: what fired since then opens a review after all, and a SEV-1 always does."""
    decline = DeclinedReview.objects.filter(incident=incident, ended_at=None).first()
    if decline is None or always:
        return False
    known = {(each["code"], each.get("subject", "")) for each in decline.triggers}
    return all((each.code, each.subject) in known for each in wanted)


def _refreshed(
    incident: Incident, review: Review, triggers: Sequence[Fired], ended: Sequence[Told], *, silent: bool
) -> Review:
    """The review with what fired since, with newer words for what had, and told where impact is over."""
    known = {(each["code"], each.get("subject", "")): each.get("depth", "") for each in review.triggers}
    added = [each for each in triggers if (each.code, each.subject) not in known]
    # The same trigger may become graver: a repeat that returns once more. A depth that somebody chose stands else.
    graver = [each for each in triggers if known.get((each.code, each.subject), each.depth) != each.depth]
    if added or graver:
        depth = depth_of(each for each in (*added, *graver) if not each.offered)
        review = open_review(
            incident, depth=str(depth or review.depth), triggers=write_fired(added), actor=None, via="policy"
        )
    stands = {(each["code"], each["subject"]): each for each in write_fired(triggers)}
    over = {each.code: each.sentence for each in ended}
    newer = [_renewed(each, stands, over) for each in review.triggers]
    is_told = review.silent and not silent
    if newer != review.triggers or is_told:
        fresh = [each["code"] for each in newer if "closed" in each and each not in review.triggers]
        review.triggers, review.silent = newer, review.silent and silent
        review.save(update_fields=["triggers", "silent"])
        if fresh:
            record(None, "close_trigger", review.subject, via="policy", codes=fresh, because=[over[c] for c in fresh])
        if is_told:
            record(None, "tell_review", review.subject, via="policy")
    return review


def _renewed(kept: Json, stands: dict[tuple[str, str], Json], over: dict[str, str]) -> Json:
    """A trigger as it is told now: what fires again is open again, what was given up says why."""
    name = (kept["code"], kept.get("subject", ""))
    if name in stands:
        return stands[name]
    return {**kept, "closed": over[kept["code"]]} if kept["code"] in over else kept


def _note_draft(incident: Incident, review: Review, now: datetime) -> None:
    """When the draft first told enough; what the program filled in counts."""
    analysis = latest_analysis(incident) if review.drafted_at is None else None
    if analysis is not None and is_filled_in(analysis):
        review.drafted_at = now
        review.save(update_fields=["drafted_at"])

"""A meeting as the API tells it.

Knows which fields each part has and who is shown what: the same as on the page. Refuses to compute.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from afteraction.engine.meeting.prompts import reminders_for
from afteraction.engine.prevention.cooloff import waiting_line
from afteraction.pipeline.review.meeting.pack import pre_read
from afteraction.web.reviews.meeting.in_the_room import known_then, priorities_of, steps_to_judge
from afteraction.web.reviews.meeting.notes import pulse_of
from afteraction.web.reviews.meeting.occasion import Occasion
from afteraction.web.reviews.meeting.rows import Candidate, guests_of, seat_rows

Told = dict[str, Any]
_OF_PEOPLE = ("invited", "speaking_order", "away", "missing")


def told_of_meeting(occasion: Occasion, known_by: int | None = None) -> Told:
    """Everything but private notes; with `known_by` (UTC microseconds) without what tells how it came out."""
    then = known_then(occasion, known_by)
    pulse = pulse_of(occasion.review)
    return {
        "plan": _plan(occasion),
        "readiness": [_named(each, "code", "title", "missing", "next_step") for each in occasion.readiness.points],
        "refusal": occasion.start.refusal,
        "checklist": [_named(each, "code", "title", "is_done", "words") for each in occasion.checklist],
        "seats": _seats(occasion),
        "waivers": dict(occasion.document.frame.waivers),
        "printed": [*occasion.waivers, *occasion.unknown, *filter(None, [occasion.start.printed])],
        **(_people(occasion) if occasion.work.may_work else dict.fromkeys(_OF_PEOPLE, ())),
        "followers": len(occasion.followers), "following": occasion.me in occasion.followers,
        "agenda": _agenda(occasion, is_hidden=then is not None),
        "pre_read": [_named(each, "title", "lines") for each in pre_read(occasion.document, occasion.facts)]
        if then is None else [],
        "for_you": {
            "prompts": [_named(each, "entry", "cue", "text") for each in occasion.prompts],
            "reminders": reminders_for(occasion.my_seats),
            "challenges": [_named(each, "subject", "claim", "question") for each in occasion.challenges],
        },
        "returned": [
            {"change": each.id, "text": each.text,
             "words": waiting_line(each, occasion.standing.window, occasion.now) or ""}
            for each in occasion.returned
        ],
        "pulse": _named(pulse, "sheets", "sentence", "worth_it"),
        "priorities": _priorities(occasion) if occasion.work.may_work else [],
        "steps_to_judge": [_named(each, "at", "title") for each in steps_to_judge(occasion)],
        "known_then": then and {
            **_named(then, "at", "hidden"), "reached": [_named(each, "at", "title") for each in then.reached],
        },
    }  # fmt: skip


def _named(thing: Any, *names: str) -> Told:
    return {name: getattr(thing, name) for name in names}


def _plan(occasion: Occasion) -> Told:
    plan = occasion.plan
    moments = {name: at.utc if (at := getattr(plan, name)) else None for name in ("start", "began", "ended")}
    return {
        **_named(plan, "zone", "minutes", "place", "opening", "recorded", "called_off", "override"), **moments,
        "profile": plan.profile.value, "objective": occasion.document.frame.objective,
    }  # fmt: skip


def _seats(occasion: Occasion) -> list[Told]:
    return [
        {"seat": row.seat.value, "title": row.title, "holders": _candidates(row.holders),
         "candidates": _candidates([*row.candidates, *row.more])}
        for row in seat_rows(occasion)
    ]  # fmt: skip


def _candidates(several: Iterable[Candidate]) -> list[Told]:
    return [
        {"person": int(each.verdict.person), "name": each.name, "standing": each.verdict.standing.value,
         "line": each.verdict.line, "barred_by": each.barred_by,
         "not_checked": [rule for rule in each.rules.split(",") if rule]}
        for each in several
    ]  # fmt: skip


def _people(occasion: Occasion) -> Told:
    return {
        "invited": [
            {"person": int(each.invitation.person), "name": each.name, "why": each.why,
             **_named(each.invitation, "optional", "label", "speaks_last")}
            for each in guests_of(occasion)
        ],
        "speaking_order": [
            {"person": int(one), "name": occasion.name(one), "place_known": one not in occasion.speaking.unknown}
            for one in occasion.speaking.order
        ],
        "away": [
            {"person": int(one), "name": occasion.name(one), "why": why}
            for one, why in occasion.plan.declined.items() if one.isdecimal()
        ],
        "missing": [_named(each, "role", "why", "waived") for each in occasion.invites.missing],
    }  # fmt: skip


def _priorities(occasion: Occasion) -> list[Told]:
    return [
        {"change": each.change.id, **_named(each.change, "text", "impact", "urgency"), "owner": each.owner,
         "owner_hidden": each.is_hidden}
        for each in priorities_of(occasion)
    ]  # fmt: skip


def _agenda(occasion: Occasion, *, is_hidden: bool) -> Told:
    agenda = occasion.agenda
    items = [
        _named(each, "code", "title", "begins", "minutes", "heading", "asks", "silent", "lines", "parked",
               "skipped_because")
        for each in agenda.items
    ]  # fmt: skip
    if is_hidden:
        items = [{**each, "lines": []} for each in items]
    return {"profile": agenda.profile.value, "length": agenda.length, "objective": agenda.objective, "items": items}

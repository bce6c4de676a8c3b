"""The pages of a meeting: what is prepared, the room while it runs, and what one takes along.

Knows which parts each page has and who sees them. Refuses to compute what they say, and to show a private note to
anybody but who was named before it was sent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from afteraction.engine.meeting.agenda import lengths_for
from afteraction.engine.meeting.people import ROLE_TITLES, SEAT_TITLES, Seat
from afteraction.engine.meeting.phrases import DEFAULT_OPENING, FOUR_QUESTIONS, PHRASE_CARD
from afteraction.engine.meeting.prompts import reminders_for
from afteraction.engine.meeting.pulse import PULSE_QUESTIONS
from afteraction.engine.meeting.sheet import GUARDS, facilitator_sheet
from afteraction.engine.prevention.changes import Grade
from afteraction.engine.prevention.cooloff import waiting_line
from afteraction.engine.review.document import Profile
from afteraction.pipeline.review.meeting.calendar import calendar_file
from afteraction.pipeline.review.meeting.pack import Pack, facilitator_page, meeting_pack, pre_read
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.permissions import LEAD, VIEW
from afteraction.web.incidents.timeline.stretch import read_known
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.in_roles import in_roles
from afteraction.web.reviews.meeting.in_the_room import known_then, priorities_of, steps_to_judge
from afteraction.web.reviews.meeting.notes import notes_for, pulse_of, readers_of
from afteraction.web.reviews.meeting.occasion import Occasion
from afteraction.web.reviews.meeting.rows import guests_of, seat_rows
from afteraction.web.reviews.meeting.taking_along import date_of
from afteraction.web.reviews.queries import review_of
from afteraction.web.reviews.workspace import Workspace

Json = dict[str, Any]
PROFILES = {
    Profile.FIVE_QUESTIONS: "Five questions, the timeline is ready before",
    Profile.DEBRIEF: "Debrief, walking the timeline together",
}
# What the scribe writes: its name, its words, and its key.
QUICK = (
    ("node", "Cause", "n"),
    ("gap", "Gap", "g"),
    ("action", "Action", "a"),
    ("quote", "Quote", "q"),
    ("park", "Park", "p"),
)
ZONES = ("UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata",
         "Asia/Tokyo", "Australia/Sydney")  # fmt: skip


@never_cache
@require_safe
def meeting_page(request: HttpRequest, key: str) -> HttpResponse:
    """What is prepared: people, agenda, what to read, and one's own part in it."""
    incident = access_incident(request, key)
    review = review_of(incident)
    if review is None:
        return redirect("reviews:review", key)
    occasion = Occasion(Workspace(review, person_of(request)), timezone.now())
    plan, work = occasion.plan, occasion.work
    context = {
        **_shared(occasion), "seat_rows": seat_rows(occasion), "guests": guests_of(occasion) if work.may_work else (),
        "missing": occasion.invites.missing, "profiles": PROFILES, "lengths": lengths_for(occasion.severity),
        "zones": dict.fromkeys((plan.zone, incident.zone, *ZONES)), "roles": ROLE_TITLES,
        "questions": "\n".join(FOUR_QUESTIONS), "usual_opening": DEFAULT_OPENING,
        "pre_read": pre_read(occasion.document, occasion.facts), "prompts": occasion.prompts,
        "challenges": occasion.challenges, "readers": readers_of(occasion), "notes": notes_for(occasion),
        "follows": occasion.me in occasion.followers, "sent": request.GET.get("sent", ""),
        "note_id": uuid4(), "sheet_id": uuid4(), "returned": _returned(occasion), "pulse": pulse_of(review),
        "pulse_questions": PULSE_QUESTIONS,
    }  # fmt: skip
    return render(request, "reviews/meeting.html", context)


@never_cache
@require_safe
def room_page(request: HttpRequest, key: str) -> HttpResponse:
    """The room while people meet: the item of this minute, the phrase card, what the scribe writes, and with
    `known` in the address a step as it was seen then."""
    occasion = _occasion(request, key)
    if not occasion.plan.began:
        return redirect("reviews:meeting", key)
    heard = [
        {"name": occasion.name(one), "unknown": one in occasion.speaking.unknown} for one in occasion.speaking.order
    ]
    priorities = priorities_of(occasion)
    context = {
        **_shared(occasion), "phrases": PHRASE_CARD, "guards": GUARDS, "heard": heard,
        "nobody_placed": {each["unknown"] for each in heard} == {True},
        "priorities": priorities, "owners_hidden": sum(each.is_hidden for each in priorities),
        "grades": tuple(Grade), "steps": steps_to_judge(occasion),
        "then": known_then(occasion, read_known(request.GET)), "written": QUICK, "line_id": uuid4(), "vote_id": uuid4(),
    }  # fmt: skip
    return render(request, "reviews/meeting_room.html", context)


@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The meeting for a calendar; with guests for whoever leads and sends it on."""
    occasion = _occasion(request, key, roles=True)
    when = date_of(occasion, request.get_host(), with_guests=occasion.work.may_lead)
    if when is None:
        raise Http404("The meeting has no date yet.")
    return _file(calendar_file(when, stamp=occasion.now), "text/calendar; charset=utf-8", f"{key}-meeting.ics")


@require_safe
def pack(request: HttpRequest, key: str) -> HttpResponse:
    """All that one takes along, as Markdown that needs no server."""
    occasion = _occasion(request, key, roles=True)
    incident = occasion.work.incident
    told = Pack(
        title=f"Meeting of the review of {key}: {in_roles(incident)(incident.title)}", agenda=occasion.agenda,
        when=date_of(occasion, request.get_host()), invites=occasion.invites,
        names={each.person: occasion.name(each.person) for each in occasion.invites.invited},
        seats=occasion.seat_lines, waivers=occasion.waivers, not_checked=occasion.unknown,
        started=occasion.start.printed, pre_read=pre_read(occasion.document, occasion.facts),
    )  # fmt: skip
    return _file(meeting_pack(told), "text/markdown; charset=utf-8", f"{key}-meeting.md")


@require_safe
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The page to lead by; reminders are in it for the facilitator alone."""
    occasion = _occasion(request, key, LEAD, roles=True)
    told = facilitator_sheet(occasion.agenda, occasion.waivers)
    text = facilitator_page(replace(told, reminders=reminders_for(occasion.my_seats)))
    return _file(text, "text/markdown; charset=utf-8", f"{key}-facilitator.md")


def _occasion(request: HttpRequest, key: str, permission: str = VIEW, *, roles: bool = False) -> Occasion:
    return Occasion(Workspace(access_review(request, key, permission), person_of(request), roles), timezone.now())


def _shared(occasion: Occasion) -> Json:
    return {
        **occasion.work.context("review"), "occasion": occasion, "plan": occasion.plan, "agenda": occasion.agenda,
        "reminders": reminders_for(occasion.my_seats), "is_facilitator": Seat.FACILITATOR in occasion.my_seats,
        "seat_titles": SEAT_TITLES,
    }  # fmt: skip


def _returned(occasion: Occasion) -> list[Json]:
    window = occasion.standing.window
    return [{"change": each, "words": waiting_line(each, window, occasion.now)} for each in occasion.returned]


def _file(body: bytes | str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

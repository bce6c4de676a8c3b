"""The meeting of a review over the API: date, seats, invitations, its course, notes and pulse.

Knows addresses. Refuses to decide: the pages' own verbs do; and for what is sent as nobody it hands no person to the
verb, notes no use of the token, and leaves no line in the log.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router
from ninja.params.functions import Query

from afteraction.engine.meeting.people import Seat as SeatOfReview
from afteraction.engine.meeting.pulse import PulseAnswer
from afteraction.web.accounts.models import User
from afteraction.web.api import meeting_shapes as shapes
from afteraction.web.api.callers import READ, WRITE, as_nobody, caller, scope
from afteraction.web.api.meeting_told import told_of_meeting
from afteraction.web.api.problems import InvalidFields
from afteraction.web.api.review_shapes import SavedOut
from afteraction.web.api.reviews import review_for
from afteraction.web.api.shapes import file_of
from afteraction.web.api.timeline import known_by
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import Seat
from afteraction.web.incidents.permissions import LEAD
from afteraction.web.reviews.actions.answer_pulse import answer_pulse
from afteraction.web.reviews.actions.change_parts import Saved
from afteraction.web.reviews.actions.contribute import contribute, contribute_as_nobody
from afteraction.web.reviews.actions.follow import follow
from afteraction.web.reviews.actions.seat_person import seat_person
from afteraction.web.reviews.meeting import acting
from afteraction.web.reviews.meeting.notes import notes_for, readers_of
from afteraction.web.reviews.meeting.occasion import Occasion
from afteraction.web.reviews.models import Following, Review
from afteraction.web.reviews.views import meeting as pages
from afteraction.web.reviews.views.parts import told_of
from afteraction.web.reviews.workspace import Workspace

router = Router(tags=["meetings"])
Told = dict[str, Any]


def _occasion(request: HttpRequest, key: str) -> Occasion:
    return Occasion(Workspace(review_for(request, key), caller(request)), timezone.now())


@router.get("/{key}/review/meeting", response=shapes.MeetingOut, auth=scope(READ), summary="The meeting")
def show(
    request: HttpRequest, key: str,
    known_at: str = Query("", description="Without what was not known by then, e.g. 2026-05-12T14:20:00Z"),
) -> Told:  # fmt: skip
    """What is prepared: people, agenda, what to read, and your own part in it."""
    return told_of_meeting(_occasion(request, key), known_by(request))


@router.put("/{key}/review/meeting", response=SavedOut, auth=scope(WRITE), summary="Plan the meeting")
def plan(request: HttpRequest, key: str, said: shapes.PlanIn) -> Told:
    """Date, length, profile, place and objective become what is sent."""
    return told_of(acting.plan_meeting(
        review_for(request, key), _texts(said), host=request.get_host(), now=timezone.now(), actor=caller(request),
        via="api",
    ))  # fmt: skip


def _texts(said: Any) -> dict[str, str]:
    """What was sent as a form would send it: flags that do not hold and what is not known are left out."""
    values = said.dict()
    return {name: str(value) for name, value in values.items() if value is not None and value is not False}


@router.put("/{key}/review/meeting/seats/{seat}", response=shapes.SeatedOut, auth=scope(WRITE), summary="Give a seat")
def give_seat(request: HttpRequest, key: str, seat: SeatOfReview, said: shapes.SeatIn) -> Told:
    """To that person alone; whoever had it has the seat from before again."""
    review = review_for(request, key)
    need(caller(request), LEAD, review.incident)
    person = User.objects.filter(pk=said.person).first()
    if person is None:
        raise InvalidFields({"person": "There is no such account."})
    seat_person(review, Seat(seat.value), person, actor=caller(request), via="api")
    return {"seat": seat.value, "person": person.pk, "name": str(person)}


@router.put("/{key}/review/meeting/waivers/{rule}", response=SavedOut, auth=scope(WRITE), summary="Waive a rule")
def waive(request: HttpRequest, key: str, rule: str, said: shapes.Because) -> Told:
    """Of the seats or the group, for a reason that is printed."""
    return _decided(request, key, acting.decide_seats, "waive", {"rule": rule, "because": said.because})


@router.delete("/{key}/review/meeting/waivers/{rule}", response=SavedOut, auth=scope(WRITE), summary="Let a rule hold")
def unwaive(request: HttpRequest, key: str, rule: str) -> Told:
    """Takes its waiver back."""
    return _decided(request, key, acting.decide_seats, "waive", {"rule": rule, "because": ""})


@router.post("/{key}/review/meeting/checked", response=SavedOut, auth=scope(WRITE), summary="Say what was checked")
def check(request: HttpRequest, key: str, said: shapes.Checking) -> Told:
    """By hand, of somebody in a seat, where it is not known here. It never clears a conflict."""
    told = {"person": str(said.person), "rules": ",".join(said.rules), "because": said.because}
    return _decided(request, key, acting.decide_seats, "clear", told)


@router.post("/{key}/review/meeting/guests", response=SavedOut, auth=scope(WRITE), summary="Invite somebody")
def invite(request: HttpRequest, key: str, said: shapes.GuestIn) -> Told:
    """Everybody is invited for a reason."""
    told = {"person": str(said.person), "why": said.why}
    return _decided(request, key, acting.decide_guests, "add", told)


@router.put("/{key}/review/meeting/guests/{number}", response=SavedOut, auth=scope(WRITE), summary="Describe somebody")
def describe(request: HttpRequest, key: str, number: int, said: shapes.AboutGuest) -> Told:
    """What they work as, and whether they are an executive."""
    executive = {True: "yes", False: "no", None: ""}[said.executive]
    told = {"person": str(number), "works_as": said.works_as, "executive": executive,
            "consented": "1" if said.consented else ""}  # fmt: skip
    return _decided(request, key, acting.decide_guests, "describe", told)


@router.post(
    "/{key}/review/meeting/guests/{number}/decline", response=SavedOut, auth=scope(WRITE), summary="Somebody stays away"
)
def decline(request: HttpRequest, key: str, number: int, said: shapes.NotComing) -> Told:
    """They are not invited any more."""
    return _decided(request, key, acting.decide_guests, "decline", {"person": str(number), "why": said.why})


@router.post(
    "/{key}/review/meeting/guests/{number}/return", response=SavedOut, auth=scope(WRITE), summary="Somebody comes"
)
def come_back(request: HttpRequest, key: str, number: int) -> Told:
    """After all."""
    return _decided(request, key, acting.decide_guests, "decline", {"person": str(number), "back": "1"})


@router.post("/{key}/review/meeting/without", response=SavedOut, auth=scope(WRITE), summary="Go without somebody")
def go_without(request: HttpRequest, key: str, said: shapes.Without) -> Told:
    """A role or a team that is not there, for a reason."""
    return _decided(request, key, acting.decide_guests, "without", _texts(said))


def _decided(request: HttpRequest, key: str, act: Callable[..., Saved], what: str, said: dict[str, str]) -> Told:
    return told_of(act(review_for(request, key), what, said, actor=caller(request), via="api"))


@router.post("/{key}/review/meeting/begin", response=SavedOut, auth=scope(WRITE), summary="Begin the meeting")
def begin(request: HttpRequest, key: str, said: shapes.Start) -> Told:
    """409 while something is missing and no reason is given. One that runs goes on."""
    review = review_for(request, key)
    return told_of(acting.begin_meeting(review, said.override, now=timezone.now(), actor=caller(request), via="api"))


@router.post("/{key}/review/meeting/end", response=SavedOut, auth=scope(WRITE), summary="End the meeting")
def end(request: HttpRequest, key: str) -> Told:
    """One that was ended stays as it is."""
    review = review_for(request, key)
    return told_of(acting.end_meeting(review, now=timezone.now(), actor=caller(request), via="api"))


@router.post("/{key}/review/meeting/lines", response=SavedOut, auth=scope(WRITE), summary="Write a line down")
def write(request: HttpRequest, key: str, said: shapes.LineIn) -> Told:
    """While people meet: points put off, quotes, drafts of causes, gaps and changes, and what becomes of the agenda."""
    told = {**_texts(said), "from": said.taken_from}
    return told_of(acting.write_down(
        review_for(request, key), said.what, told, now=timezone.now(), batch=str(said.ident or ""),
        actor=caller(request), via="api",
    ))  # fmt: skip


@router.get("/{key}/review/following", response=shapes.FollowingOut, auth=scope(READ), summary="What you follow")
def following(request: HttpRequest, key: str) -> Told:
    """Whether you do, and the document once it is published."""
    return _following(review_for(request, key), caller(request))


def _following(review: Review, person: User) -> Told:
    mine = Following.objects.filter(review=review, person=person).first()
    incident = review.incident
    return {
        "following": mine is not None,
        "document": reverse("incidents:report", args=[incident.key]) if incident.published_at else None,
        "looked_at": mine.looked_at if mine else None,
    }


@router.put("/{key}/review/following", response=shapes.FollowingOut, auth=scope(WRITE), summary="Follow a review")
def begin_following(request: HttpRequest, key: str) -> Told:
    """You read instead of coming."""
    review = review_for(request, key)
    follow(review, True, actor=caller(request), via="api")
    return _following(review, caller(request))


@router.delete("/{key}/review/following", response=shapes.FollowingOut, auth=scope(WRITE), summary="Stop following")
def stop_following(request: HttpRequest, key: str) -> Told:
    """You may be invited again."""
    review = review_for(request, key)
    follow(review, False, actor=caller(request), via="api")
    return _following(review, caller(request))


@router.get("/{key}/review/meeting/notes", response=shapes.Notes, auth=scope(READ), summary="Private notes")
def notes(request: HttpRequest, key: str) -> Told:
    """For the facilitator all of them; for everybody else their own, sent under their name."""
    occasion = _occasion(request, key)
    shown = [
        {"text": each.text, "day": each.day, "author": each.author, "is_mine": each.is_mine}
        for each in notes_for(occasion)
    ]
    return {"readers": readers_of(occasion), "notes": shown}


@router.post("/{key}/review/meeting/notes", response={204: None}, auth=scope(WRITE), summary="Send a private note")
def send_note(request: HttpRequest, key: str, said: shapes.NoteIn) -> HttpResponse:
    """To the facilitator, under your name."""
    contribute(review_for(request, key), said.text, ident=_ident(said.ident), actor=caller(request), via="api")
    return HttpResponse(status=204)


@router.post(
    "/{key}/review/meeting/anonymous-notes", response={204: None}, auth=as_nobody(WRITE),
    summary="Send a private note as nobody",
)  # fmt: skip
def send_note_as_nobody(request: HttpRequest, key: str, said: shapes.NoteIn) -> HttpResponse:
    """Your account is kept nowhere, of the time only the day, and your token is not noted as used. It cannot be taken
    back."""
    contribute_as_nobody(review_for(request, key), said.text, ident=_ident(said.ident), today=timezone.now().date())
    return HttpResponse(status=204)


@router.post(
    "/{key}/review/meeting/pulse", response={204: None}, auth=as_nobody(WRITE), summary="Hand in a sheet of the pulse"
)
def send_sheet(request: HttpRequest, key: str, said: shapes.SheetIn) -> HttpResponse:
    """As nobody. Hand in one: nothing here can tell one person from two."""
    answer = PulseAnswer(learnt=said.learnt, again=said.again, hard=said.hard)
    answer_pulse(review_for(request, key), answer, ident=_ident(said.ident), today=timezone.now().date())
    return HttpResponse(status=204)


def _ident(given: UUID | None) -> UUID:
    return given or uuid4()


def _file(name: str, media_type: str, view: Callable[..., HttpResponse], summary: str, told: str) -> None:
    @router.get(
        f"/{{key}}/review/meeting/{name}", auth=scope(READ), summary=summary, description=told,
        operation_id=f"meeting_{name.replace('.', '_')}", openapi_extra=file_of(media_type),
    )  # fmt: skip
    def file(request: HttpRequest, key: str) -> HttpResponse:
        return view(request, key)


_file("meeting.ics", "text/calendar", pages.calendar, "The meeting for a calendar", "404 while there is no date.")
_file("pack.md", "text/markdown", pages.pack, "What one takes along", "Markdown that needs no server.")
_file("sheet.md", "text/markdown", pages.sheet, "The page to lead by", "For who leads the review.")

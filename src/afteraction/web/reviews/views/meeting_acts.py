"""What people do on the pages of a meeting.

Knows forms and where one comes back to. Refuses to decide: verbs do; and for what is sent as nobody it hands no person
to the verb, says nothing in a message, and leaves no line in the log.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from afteraction.core.errors import AfteractionError
from afteraction.engine.meeting.pulse import PulseAnswer
from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import person_of
from afteraction.web.incidents.models import Seat
from afteraction.web.incidents.permissions import LEAD, WORK
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.actions.answer_pulse import answer_pulse
from afteraction.web.reviews.actions.contribute import contribute, contribute_as_nobody
from afteraction.web.reviews.actions.follow import follow
from afteraction.web.reviews.actions.seat_person import seat_person
from afteraction.web.reviews.meeting import acting

SAID = {"park": "Parked", "skip": "Left out", "vote": "Minutes moved", "quote": "Quote kept", "node": "Cause drafted",
        "gap": "Gap drafted", "action": "Change drafted", "priority": "Priority set"}  # fmt: skip


@require_POST
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Date, length, profile, place, objective."""
    review, said = access_review(request, key, WORK), request.POST.dict()
    host, now = request.get_host(), timezone.now()
    return _done(request, key, lambda: acting.plan_meeting(review, said, host=host, now=now, actor=person_of(request)))


@require_POST
def seats(request: HttpRequest, key: str) -> HttpResponse:
    """Gives a seat, waives a rule, or says what was checked by hand."""
    review = access_review(request, key, LEAD)
    said = request.POST.dict()
    what = said.get("do", "")
    if what in acting.SEATS:
        return _done(request, key, lambda: acting.decide_seats(review, what, said, actor=person_of(request)))
    number = said.get("person", "")
    person = User.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if person is None or said.get("seat") not in Seat.values:
        return _refused(request, key, "Nobody was chosen. Choose somebody of the list.")
    try:
        seat_person(review, Seat(said["seat"]), person, actor=person_of(request))
    except CannotDo as refused:
        return _refused(request, key, str(refused))
    return _back(key)


@require_POST
def guests(request: HttpRequest, key: str) -> HttpResponse:
    """Invites somebody, says what they are, or goes without."""
    review, said = access_review(request, key, WORK), request.POST.dict()
    return _done(request, key, lambda: acting.decide_guests(review, said.get("do", ""), said, actor=person_of(request)))


@require_POST
def run(request: HttpRequest, key: str) -> HttpResponse:
    """Begins or ends the meeting; without locked facts it begins only for a reason."""
    review, said, now = access_review(request, key, LEAD), request.POST.dict(), timezone.now()
    actor = person_of(request)
    if said.get("do") == "end":
        return _done(request, key, lambda: acting.end_meeting(review, now=now, actor=actor))
    try:
        acting.begin_meeting(review, said.get("override", ""), now=now, actor=actor)
    except AfteractionError as refused:
        return _refused(request, key, str(refused))
    return HttpResponseRedirect(reverse("reviews:meeting_room", args=[key]))


@require_POST
def write(request: HttpRequest, key: str) -> HttpResponse:
    """What the scribe writes while people meet, one thing at a time; scripts get what it became."""
    review, said = access_review(request, key, WORK), request.POST.dict()
    what, batch = said.get("what", ""), str(_ident(request))
    is_script = "json" in request.headers.get("Accept", "")
    room = HttpResponseRedirect(reverse("reviews:meeting_room", args=[key]))
    try:
        saved = acting.write_down(review, what, said, now=timezone.now(), batch=batch, actor=person_of(request))
    except AfteractionError as refused:
        if is_script:
            return JsonResponse({"error": str(refused), "detail": str(refused)}, status=422)
        messages.error(request, str(refused))
        return room
    if is_script:
        return JsonResponse({"number": saved.number, "said": SAID[what], "text": said.get("text", "").strip()})
    return room


@require_POST
def follow_review(request: HttpRequest, key: str) -> HttpResponse:
    """Follows the review, or no more."""
    review = access_review(request, key)
    follow(review, request.POST.get("do") != "stop", actor=person_of(request))
    return _back(key)


@require_POST
def note(request: HttpRequest, key: str) -> HttpResponse:
    """Sends a private note under the sender's name."""
    review = access_review(request, key)
    try:
        contribute(review, request.POST.get("text", ""), ident=_ident(request), actor=person_of(request))
    except AfteractionError as refused:
        return _refused(request, key, str(refused))
    return _back(key, "?sent=named#contribute")


@require_POST
def anonymous_note(request: HttpRequest, key: str) -> HttpResponse:
    """Sends a private note as nobody."""
    review = access_review(request, key)
    text, ident, today = request.POST.get("text", ""), _ident(request), timezone.now().date()
    try:
        contribute_as_nobody(review, text, ident=ident, today=today)
    except AfteractionError:
        return _without_line(_back(key, "?sent=unusable#contribute"))
    return _without_line(_back(key, "?sent=anonymous#contribute"))


@require_POST
def pulse(request: HttpRequest, key: str) -> HttpResponse:
    """Hands in one sheet of the pulse."""
    review = access_review(request, key)
    given = {name: {"yes": True, "no": False}.get(request.POST.get(name, "")) for name in ("learnt", "again", "hard")}
    try:
        answer_pulse(review, PulseAnswer(**given), ident=_ident(request), today=timezone.now().date())
    except AfteractionError:
        return _without_line(_back(key, "?sent=no-answer#pulse"))
    return _without_line(_back(key, "?sent=pulse#pulse"))


def _done(request: HttpRequest, key: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except AfteractionError as refused:
        return _refused(request, key, str(refused))
    return _back(key)


def _refused(request: HttpRequest, key: str, why: str) -> HttpResponse:
    messages.error(request, why)
    return _back(key)


def _back(key: str, more: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("reviews:meeting", args=[key]) + more)


def _ident(request: HttpRequest) -> UUID:
    """The random number that the form was made with, so that a double click is one note."""
    try:
        return UUID(request.POST.get("ident", ""))
    except ValueError:
        return uuid4()


def _without_line(response: HttpResponseRedirect) -> HttpResponseRedirect:
    response.leaves_no_line = True  # type: ignore[attr-defined]
    return response

"""What people do on the pages of a meeting.

Knows forms and where one comes back to. Refuses to decide: verbs do; and for what is sent as nobody it hands no person
to the verb, says nothing in a message, and leaves no line in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from afteraction.core.errors import AfteractionError
from afteraction.engine.meeting.pulse import PulseAnswer
from afteraction.engine.prevention.cooloff import first_state
from afteraction.engine.review.document import Review as Document
from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need, person_of
from afteraction.web.incidents.models import Seat
from afteraction.web.incidents.permissions import LEAD, WORK
from afteraction.web.reviews.access import access_review
from afteraction.web.reviews.actions.answer_pulse import answer_pulse
from afteraction.web.reviews.actions.change_meeting import change_meeting
from afteraction.web.reviews.actions.contribute import contribute, contribute_as_nobody
from afteraction.web.reviews.actions.follow import follow
from afteraction.web.reviews.actions.seat_person import seat_person
from afteraction.web.reviews.meeting import deciding
from afteraction.web.reviews.meeting.deciding import CannotDecide
from afteraction.web.reviews.meeting.occasion import Occasion
from afteraction.web.reviews.meeting.taking_along import date_of
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.workspace import Workspace

Part = Any
Decided = Callable[[Document, Mapping[str, str]], list[Part]]
GUESTS: Mapping[str, tuple[str, Decided]] = {
    "add": ("invite", deciding.add_guest), "decline": ("decline", deciding.decline),
    "describe": ("describe_guest", deciding.describe), "without": ("go_without", deciding.go_without),
}  # fmt: skip
WRITTEN: Mapping[str, tuple[str, Decided]] = {
    "park": ("park", deciding.park), "skip": ("skip_item", deciding.skip), "vote": ("vote", deciding.vote),
    "quote": ("quote", deciding.quote), "node": ("add", deciding.node), "gap": ("add", deciding.gap),
}  # fmt: skip
SAID = {"park": "Parked", "skip": "Left out", "vote": "Minutes moved", "quote": "Quote kept", "node": "Cause drafted",
        "gap": "Gap drafted", "action": "Change drafted"}  # fmt: skip


@require_POST
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Date, length, profile, place, objective."""
    review = access_review(request, key, WORK)
    when = date_of(_occasion(review, request), request.get_host())
    return _decided(
        request, review, "plan_meeting", lambda document: deciding.plan_date(document, request.POST.dict(), when)
    )


@require_POST
def seats(request: HttpRequest, key: str) -> HttpResponse:
    """Gives a seat, waives a rule, or says what was checked by hand."""
    review = access_review(request, key, LEAD)
    said = request.POST.dict()
    if said.get("do") == "waive":
        return _decided(request, review, "waive", lambda document: deciding.waive(document, said), LEAD)
    if said.get("do") == "clear":
        return _decided(request, review, "check_by_hand", lambda document: deciding.clear(document, said), LEAD)
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
    verb, decided = GUESTS.get(said.get("do", ""), ("", None))
    if decided is None:
        return _refused(request, key, "This page does not know what was asked.")
    return _decided(request, review, verb, lambda document: decided(document, said))


@require_POST
def run(request: HttpRequest, key: str) -> HttpResponse:
    """Begins or ends the meeting; without locked facts it begins only for a reason."""
    review, said, now = access_review(request, key, LEAD), request.POST.dict(), timezone.now()
    if said.get("do") == "end":
        return _decided(request, review, "end_meeting", lambda document: deciding.finish(document, said, now), LEAD)
    occasion = _occasion(review, request)
    refusal = occasion.refusal(said.get("override", ""))
    if refusal:
        return _refused(request, key, refusal)
    answer = _decided(request, review, "begin_meeting", lambda document: deciding.begin(document, said, now), LEAD)
    return answer if answer.status_code >= 400 else HttpResponseRedirect(reverse("reviews:meeting_room", args=[key]))


@require_POST
def write(request: HttpRequest, key: str) -> HttpResponse:
    """What the scribe writes while people meet, one thing at a time; scripts get what it became."""
    review, said = access_review(request, key, WORK), request.POST.dict()
    what, actor = said.get("what", ""), person_of(request)
    is_script = "json" in request.headers.get("Accept", "")
    verb, decided = WRITTEN.get(what, ("", None))
    if what == "action":
        state = first_state(_occasion(review, request).standing.window, timezone.now())
        verb, decided = "propose", lambda document, told: deciding.action(document, told, state)
    room = HttpResponseRedirect(reverse("reviews:meeting_room", args=[key]))
    try:
        if decided is None:
            raise CannotDecide("This page does not know what was asked.", next_step="Load it once more.")
        saved = change_meeting(review, lambda document: decided(document, said), verb=verb, actor=actor)
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


def _occasion(review: Review, request: HttpRequest) -> Occasion:
    return Occasion(Workspace(review, person_of(request)), timezone.now())


def _decided(
    request: HttpRequest, review: Review, verb: str, changed: Callable[[Document], list[Part]], permission: str = WORK
) -> HttpResponse:
    actor, key = person_of(request), review.incident.key
    need(actor, permission, review.incident)
    try:
        change_meeting(review, changed, verb=verb, permission=permission, actor=actor)
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

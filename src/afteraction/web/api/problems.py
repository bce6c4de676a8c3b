"""What the API answers when it cannot do what it was asked: one shape, RFC 9457.

Knows which error has which status. Refuses to tell a traceback: the request id finds it in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from afteraction.core.errors import AfteractionError
from afteraction.engine.review.policy import PolicyUnusable
from afteraction.engine.review.policy_document import write_policy
from afteraction.pipeline.review.exchange import NoReview
from afteraction.pipeline.review.meeting.zones import WallTimeUnusable
from afteraction.pipeline.review.parts import PartUnusable
from afteraction.web.accounts.access import CannotDo
from afteraction.web.api.callers import ScopeMissing
from afteraction.web.evidence.actions import WrongOffset
from afteraction.web.incidents.actions import StaleEdit, SweepMoved
from afteraction.web.incidents.actions.change_record import StaleRecord
from afteraction.web.incidents.by_person import FiltersByPerson
from afteraction.web.incidents.standing import seat_words
from afteraction.web.reviews.actions import StaleParts
from afteraction.web.reviews.actions.answer_pulse import SheetEmpty
from afteraction.web.reviews.actions.change_policy import StalePolicy
from afteraction.web.reviews.actions.contribute import NoteUnusable
from afteraction.web.reviews.actions.move_review import MoveRefused
from afteraction.web.reviews.actions.undo_change import NothingToUndo
from afteraction.web.reviews.causes.refusals import CauseRefused
from afteraction.web.reviews.gates.refusals import ChangeRefused
from afteraction.web.reviews.meeting.acting import CannotBegin
from afteraction.web.reviews.meeting.deciding import CannotDecide
from afteraction.web.reviews.suspecting.hypothesis import SuspectGone
from afteraction.web.reviews.views.parts import both_versions
from afteraction.web.ui.characters import NoJson, Unheld


class InvalidFields(Exception):
    """Values that a record may not have: per field what is wrong and how to mend it."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__("The record is not valid.")
        self.wrong = dict(wrong)


class Problem(Schema):
    """An error. `detail` says what and where, `next_step` what to do about it, `errors` the fields it is about."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    next_step: str = ""
    errors: list[dict[str, Any]] = []


def answer(status: int, title: str, detail: str = "", next_step: str = "", **more: Any) -> HttpResponse:
    """A problem as a response."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "next_step": next_step, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [{"field": ".".join(str(part) for part in each["loc"]), "message": each["msg"]} for each in error.errors]
    return answer(422, "The request is not valid.", next_step="Correct the fields listed.", errors=fields)


def _unreadable(request: HttpRequest, error: BadRequest) -> HttpResponse:
    return answer(400, "The request could not be read.", str(error))


def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return answer(401, "Nobody is signed in.", next_step="Send Authorization: Bearer <token> with a token that is "
                  "neither expired nor revoked. Tokens are made on the account page.")  # fmt: skip


def _scope(request: HttpRequest, error: ScopeMissing) -> HttpResponse:
    return answer(403, "The token is for something else.", str(error), "Make a token with that scope.")


def _forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    step = error.next_step if isinstance(error, FiltersByPerson) else "Ask an owner of the incident for that seat."
    return answer(403, "You may not do this.", str(error), step)


def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(404, "There is nothing here for you.")


def _refused(request: HttpRequest, error: AfteractionError) -> HttpResponse:
    more = {"received": error.received} if isinstance(error, WrongOffset) else {}
    return answer(getattr(error, "status", 400), "This cannot be done.", error.what, error.next_step, **more)


def _ruled_out(request: HttpRequest, error: CannotDo) -> HttpResponse:
    return answer(409, "The state of things rules this out.", str(error))


def _wrong(request: HttpRequest, error: InvalidFields) -> HttpResponse:
    fields = [{"field": name, "message": told} for name, told in error.wrong.items()]
    return answer(422, "The record is not valid.", next_step="Correct the fields listed.", errors=fields)


def _stale_record(request: HttpRequest, error: StaleRecord) -> HttpResponse:
    theirs = {**error.theirs.values(), "version": error.version}
    return answer(409, "Somebody saved before you.", error.what, error.next_step, theirs=theirs)


def _stale_edit(request: HttpRequest, error: StaleEdit) -> HttpResponse:
    seats = seat_words(error.theirs[0].incident, error.theirs) if error.theirs else {}
    theirs = [
        {"edit_id": each.edit_id, "verb": each.verb, "events": each.event_ids, "at": each.at.isoformat(),
         "by": seats.get(each.person_id, "somebody"), "value": each.value}
        for each in error.theirs
    ]  # fmt: skip
    return answer(409, "Somebody changed this before you.", error.what, error.next_step, theirs=theirs,
                  revisions=error.revisions)  # fmt: skip


def _moved(request: HttpRequest, error: SweepMoved) -> HttpResponse:
    return answer(409, "There are other proposals than you saw.", error.what, error.next_step, count=error.count)


def _stale_parts(request: HttpRequest, error: StaleParts) -> HttpResponse:
    stale = [both_versions(each) for each in error.stale]
    return answer(409, "Somebody changed this before you.", error.what, error.next_step, stale=stale)


def _unusable(request: HttpRequest, error: PartUnusable) -> HttpResponse:
    fields = [{"field": error.field, "message": error.what}]
    return answer(422, "A part does not fit.", error.what, error.next_step, errors=fields)


def _stale_policy(request: HttpRequest, error: StalePolicy) -> HttpResponse:
    theirs = {"number": error.current.number, "policy": write_policy(error.current.policy)}
    return answer(409, "Somebody saved before you.", str(error), theirs=theirs)


def _unusable_policy(request: HttpRequest, error: PolicyUnusable) -> HttpResponse:
    fields = [{"field": error.where, "message": error.what}]
    return answer(422, "The policy cannot hold.", error.what, error.next_step, errors=fields)


def _undecided(request: HttpRequest, error: AfteractionError) -> HttpResponse:
    return answer(422, "The request is not valid.", error.what, error.next_step)


def _undone(request: HttpRequest, error: NothingToUndo) -> HttpResponse:
    return answer(404, "There is nothing here for you.", error.what)


def _no_review(request: HttpRequest, error: NoReview) -> HttpResponse:
    return answer(422, "The request is not valid.", error.what, error.next_step)


def _blocked(request: HttpRequest, error: MoveRefused) -> HttpResponse:
    blocking = [{"id": each.id, "sentence": each.sentence} for each in error.blocking]
    return answer(409, "This step cannot be taken yet.", error.what, error.next_step, blocking=blocking)


def _refused_change(request: HttpRequest, error: AfteractionError) -> HttpResponse:
    return answer(409, "The state of things rules this out.", error.what, error.next_step)


def _refused_cause(request: HttpRequest, error: AfteractionError) -> HttpResponse:
    return answer(422, "A person is no supported cause.", error.what, error.next_step)


def _told(request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__
    if isinstance(cause, Unheld):
        fields = [{"field": cause.field, "message": cause.told}]
        return answer(422, "The request is not valid.", next_step="Correct the fields listed.", errors=fields)
    if isinstance(cause, NoJson):
        return answer(400, "The body could not be read.", str(cause), "Send one JSON object in UTF-8.")
    return answer(error.status_code, str(error))


def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    response = answer(503, "The database is busy.", next_step="Send the request again in a few seconds.")
    response["Retry-After"] = "5"
    return response


# What answers each kind of error; the framework asks the nearest kind first.
ANSWERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    ValidationError: _invalid,
    BadRequest: _unreadable,
    AuthenticationError: _unknown,
    ScopeMissing: _scope,
    PermissionDenied: _forbidden,
    Http404: _missing,
    AfteractionError: _refused,
    CannotDo: _ruled_out,
    InvalidFields: _wrong,
    StaleRecord: _stale_record,
    StaleEdit: _stale_edit,
    SweepMoved: _moved,
    StaleParts: _stale_parts,
    StalePolicy: _stale_policy,
    PartUnusable: _unusable,
    PolicyUnusable: _unusable_policy,
    CannotDecide: _undecided,
    WallTimeUnusable: _undecided,
    NoteUnusable: _undecided,
    SheetEmpty: _undecided,
    CannotBegin: _refused_change,
    NothingToUndo: _undone,
    NoReview: _no_review,
    ChangeRefused: _refused_change,
    SuspectGone: _refused_change,
    CauseRefused: _refused_cause,
    MoveRefused: _blocked,
    HttpError: _told,
    OperationalError: _busy,
}


def tell_problems(api: NinjaAPI) -> None:
    """Registers an answer for each kind of error."""
    for kind, told in ANSWERS.items():
        api.add_exception_handler(kind, told)

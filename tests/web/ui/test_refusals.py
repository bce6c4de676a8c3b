"""Refusals: each says what happened and what to do next, and gives nothing away."""

from __future__ import annotations

import errno
import html
import re

import pytest
from django.db import OperationalError
from django.test import Client

from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.jobs import reference

SCRIPT = {"X-Requested-With": "fetch", "Accept": "application/json"}
PAGE = "/incidents/INC-2041/"


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def without_its_own(response, key: str) -> str:
    """The page without the token that no two pages share, and without the address that was asked."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text_of(response)).replace(key, "")


@pytest.fixture
def broken(client, incident, monkeypatch):
    """Makes the incident's page fail with an error; the pages of refusals still come."""

    def break_with(error: BaseException) -> Client:
        def fail(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr("afteraction.web.incidents.access.incident_for", fail)
        client.raise_request_exception = False
        return client

    return break_with


def test_missing_and_invisible_get_one_and_the_same_answer(make_person, incident) -> None:
    outsider = Client()
    outsider.force_login(make_person("outsider@example.org"))
    missing, invisible = outsider.get("/incidents/INC-9999/"), outsider.get(PAGE)
    assert missing.status_code == invisible.status_code == 404
    assert without_its_own(missing, "INC-9999") == without_its_own(invisible, "INC-2041")
    assert "There is nothing here for you" in text_of(invisible)


def test_missing_and_invisible_are_the_same_to_scripts(make_person, incident) -> None:
    outsider = Client()
    outsider.force_login(make_person("outsider@example.org"))
    answers = [outsider.get(path, headers=SCRIPT) for path in ("/incidents/INC-9999/", PAGE, "/nowhere")]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert answers[0].json()["error"] == "not_found"


def test_who_may_read_and_not_change_learns_which_seat_it_takes_and_whom_to_ask(make_person, incident, rf) -> None:
    from afteraction.web.incidents.access import SeatMissing
    from afteraction.web.incidents.permissions import WORK
    from afteraction.web.ui.refusals import not_yours

    observer = make_person("observer@example.org")
    IncidentMember.objects.create(incident=incident, person=observer, seat=Seat.VIEWER)
    request = rf.get(PAGE)
    request.user = observer
    response = not_yours(request, SeatMissing(observer, WORK, incident))
    assert response.status_code == 403
    body = text_of(response)
    assert "You can read this incident, not change it" in body
    assert "This takes the seat of responder, owner, facilitator or scribe." in body
    assert "mailto:owner@example.org" in body


def test_a_failed_page_names_the_reference_that_stands_in_the_log(broken) -> None:
    with reference.under("abcd-1234"):
        response = broken(RuntimeError("secret detail")).get(PAGE)
    assert response.status_code == 500
    assert "This page could not be made" in text_of(response)
    assert "secret detail" not in text_of(response)
    assert "Reference" in text_of(response)


@pytest.mark.parametrize("error", [OperationalError("database is locked"), OperationalError("server closed")])
def test_a_busy_database_is_called_busy_and_says_when_to_come_back(broken, error) -> None:
    response = broken(error).get(PAGE)
    assert response.status_code == 503
    assert response["Retry-After"] == "2"
    assert "Nothing was changed by this request" in text_of(response)


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), OperationalError("database or disk is full")]
)
def test_a_full_disk_is_called_full(broken, error) -> None:
    response = broken(error).get(PAGE, headers=SCRIPT)
    assert response.status_code == 507
    assert response.json()["error"] == "disk_full"


def test_what_is_too_large_is_called_too_large(client, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post("/theme", {"back": "/" + "x" * 200})
    assert response.status_code == 413
    assert "larger than the server takes" in text_of(response)


class TestAFormWithoutProof:
    """The page was open while somebody signed in elsewhere, or the form is not ours."""

    def send(self, incident: Incident, person, **headers: str):
        careful = Client(enforce_csrf_checks=True)
        careful.force_login(person)
        typed = {"note": "Redis <b>was</b> not involved", "password": "correct horse"}
        return careful.post("/theme", typed, headers=headers)

    def test_it_keeps_what_was_typed_but_no_secret(self, incident, person) -> None:
        response = self.send(incident, person, Referer="http://testserver/incidents/INC-2041/")
        assert response.status_code == 403
        assert "Redis <b>was</b> not involved" in text_of(response)
        assert b"<b>was</b>" not in response.content
        assert "correct horse" not in text_of(response)
        assert 'href="/incidents/INC-2041/"' in text_of(response)
        assert "data-refused" in text_of(response)

    def test_it_shows_nothing_that_came_from_elsewhere(self, incident, person) -> None:
        response = self.send(incident, person, Origin="https://evil.example", Referer="https://evil.example/x")
        assert response.status_code == 403
        assert "Redis" not in text_of(response)
        assert "evil.example" not in text_of(response)

    def test_a_script_gets_a_sentence(self, incident, person) -> None:
        response = self.send(incident, person, **SCRIPT)
        assert response.status_code == 403
        assert response.json()["error"] == "forged"

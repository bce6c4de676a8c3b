"""Edits over HTTP: by script as JSON and by plain forms, each answered in its own way."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from afteraction.web.incidents import queries
from afteraction.web.incidents.models import IncidentMember, Seat, TimelineEdit, Triage

pytestmark = pytest.mark.django_db
PAGE = "/incidents/INC-2041/"
EDITS = PAGE + "edits/"
ACK, CHAT = "ev0004", "ev0107"


def post(client, said, address=EDITS):
    """A script's request."""
    return client.post(
        address, json.dumps(said), content_type="application/json", headers={"X-Requested-With": "fetch"}
    )


def triage(incident, event_id: str) -> str:
    return queries.event_of(queries.latest_analysis(incident), event_id).triage


@pytest.fixture
def viewer(incident, make_person) -> Client:
    """A browser of somebody who may look and not touch."""
    other = make_person("viewer@example.org")
    IncidentMember.objects.create(incident=incident, person=other, seat=Seat.VIEWER)
    browser = Client()
    browser.force_login(other)
    return browser


def test_a_script_hides_several_events_and_gets_their_rows_and_the_way_back(client, incident) -> None:
    answer = post(client, {"verb": "hide", "events": [ACK, CHAT], "edit_id": "one-1", "based_on": {ACK: 0}})
    assert answer.status_code == 200
    told = answer.json()
    assert told["told"] == "2 events hidden"
    assert set(told["rows"]) == {ACK, CHAT}
    assert "Hidden by owner" in told["rows"][ACK]
    assert told["counts"]["triage"] == 8
    assert told["recomputing"] is True
    back = post(client, {}, told["undo"])
    assert back.json()["is_withdrawn"] is True
    assert back.json()["counts"]["triage"] == 9
    assert triage(incident, ACK) == triage(incident, CHAT) == Triage.OPEN


def test_what_is_hidden_says_why_or_that_nobody_gave_a_reason_and_one_can_be_added(client, viewer, incident) -> None:
    told = post(client, {"verb": "hide", "events": [ACK], "edit_id": "one-1"}).json()
    assert "Hidden by owner: no reason given" in told["rows"][ACK] and "Give a reason" in told["rows"][ACK]
    form = client.get(EDITS + f"new/hide/?event={ACK}", headers={"X-Requested-With": "fetch"}).content.decode()
    assert "Why is it hidden?" in form
    newest = TimelineEdit.objects.latest("pk").pk
    said = {"verb": "hide", "events": ACK, "reason": "Another team's <drill>", "based_on": f"{ACK}={newest}"}
    client.post(EDITS, said)
    stone = "Hidden by owner: Another team&#x27;s &lt;drill&gt;"
    seen = viewer.get(PAGE + "?show=all").content.decode()
    assert stone in seen and "Give a reason" not in seen
    # Once more without a reason, and on the history of the event: the reason stays.
    assert stone in post(client, {"verb": "hide", "events": [ACK], "edit_id": "one-3"}).json()["rows"][ACK]
    assert "Another team&#x27;s &lt;drill&gt;" in viewer.get(PAGE + f"?event={ACK}").content.decode()


def test_a_reason_belongs_to_the_hiding_and_goes_when_the_event_is_kept_again(client, incident) -> None:
    said = {"verb": "hide", "events": [ACK], "reason": "A drill"}
    assert "Hidden by owner: A drill" in post(client, {**said, "edit_id": "one-1"}).json()["rows"][ACK]
    post(client, {"verb": "keep", "events": [ACK], "edit_id": "one-2"})
    again = post(client, {"verb": "hide", "events": [ACK], "edit_id": "one-3"}).json()
    assert "Hidden by owner: no reason given" in again["rows"][ACK]


def test_a_form_without_script_does_the_same_and_says_so(client, incident) -> None:
    answer = client.post(EDITS, {"verb": f"keep:{ACK}", "back": PAGE + "?show=all"})
    assert answer.status_code == 302
    assert answer["Location"] == PAGE + "?show=all"
    assert triage(incident, ACK) == Triage.KEPT
    assert "1 event kept" in client.get(PAGE).content.decode()


def test_a_form_cannot_lead_elsewhere(client, incident) -> None:
    answer = client.post(EDITS, {"verb": f"keep:{ACK}", "back": "https://evil.example/"})
    assert answer["Location"] == PAGE


def test_a_stale_save_is_409_with_the_other_version(client, incident) -> None:
    post(client, {"verb": "edit", "events": [ACK], "title": "Theirs", "based_on": {ACK: 0}})
    answer = post(client, {"verb": "edit", "events": [ACK], "title": "Mine", "based_on": {ACK: 0}})
    assert answer.status_code == 409
    told = answer.json()
    assert told["theirs"][0]["title"] == "Theirs"
    assert told["theirs"][0]["by"] == "owner"
    again = post(client, {"verb": "edit", "events": [ACK], "title": "Mine", "based_on": told["revisions"]})
    assert again.status_code == 200
    assert "Mine" in again.json()["rows"][ACK]


def test_a_stale_form_shows_both_versions_and_can_be_sent_again(client, incident) -> None:
    post(client, {"verb": "edit", "events": [ACK], "title": "Theirs"})
    said = {"verb": "edit", "events": ACK, "title": "Mine", "title_was": "x", "based_on": f"{ACK}=0"}
    answer = client.post(EDITS, said)
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Two people changed this event" in body
    assert "Theirs" in body
    assert "Mine" in body
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body.partition("side-a")[2])
    assert client.post(EDITS, dict(fields)).status_code == 302
    assert "Mine" in client.get(PAGE + "?show=all").content.decode()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{", "not JSON"), ("[]", "no object"), ('{"verb": "sing"}', "no verb"), ('{"verb": "hide"}', "No event"),
        ('{"verb": "hide", "events": [1]}', "list of texts"), ('{"verb": "hide", "events": ["x"]}', "no event x"),
        ('{"verb": "hide", "events": ["ev0004"], "based_on": {"ev0004": "x"}}', "no revision"),
        ('{"verb": "hide", "events": ["ev0004"], "based_on": {"ev0004": "²"}}', "no revision"),
        ('{"verb": "hide", "events": ["ev0004"], "based_on": 3}', "no object"),
        ('{"verb": "edit", "events": ["ev0004"], "time": "2026-13-05", "zone": "UTC"}', "2026-13-05"),
        ('{"verb": "edit", "events": ["ev0004"], "time": "2026-05-12 14:00"}', "no zone"),
        ('{"verb": "pin", "events": ["ev0004"], "milestone": "t_ack"}', "reason"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_and_nothing_is_kept(client, incident, body, told) -> None:
    answer = client.post(EDITS, body, content_type="application/json")
    assert answer.status_code == 422
    assert told in answer.json()["detail"]
    assert not TimelineEdit.objects.exists()


def test_unchanged_fields_of_the_form_are_no_correction(client, incident) -> None:
    form = client.get(EDITS + f"new/edit/?event={ACK}").content.decode()
    shown = dict(re.findall(r'<input type="hidden" name="(\w+_was)" value="([^"]*)"', form))
    said = {name.removesuffix("_was"): value for name, value in shown.items()}
    answer = client.post(EDITS, {"verb": "edit", "events": ACK, **shown, **said, "title": "Another wording"})
    assert answer.status_code == 302
    value = TimelineEdit.objects.get().value
    assert value["title"] == "Another wording"
    assert "instant" not in value
    assert "kind" not in value


@pytest.mark.parametrize("form", ["edit", "note", "hide", "milestone", "split"])
def test_every_form_is_a_page_of_its_own_and_a_part_for_scripts(client, incident, form) -> None:
    address = EDITS + f"new/{form}/?event={ACK}"
    page = client.get(address).content.decode()
    assert "<h1>" in page
    part = client.get(address, headers={"X-Requested-With": "fetch"}).content.decode()
    assert "<h1>" not in part
    assert "csrfmiddlewaretoken" in part


def test_the_form_of_a_disputed_milestone_offers_its_accounts(client, incident) -> None:
    page = client.get(EDITS + "new/pin/").content.decode()
    assert '<option value="t_resolved" selected>Resolved, conflicting' in page
    assert re.findall(r'name="account" value="(\w+)"', page) == ["ev0008", "ev0009", "typed"]
    said = {"verb": "pin", "milestone": "t_resolved", "account": "ev0009", "reason": "The page is what users saw.",
            "time": "2026-05-12 15:22:00", "zone": "UTC", "precision": "s"}  # fmt: skip
    assert client.post(EDITS, said).status_code == 302
    edit = TimelineEdit.objects.get()
    assert edit.event_ids == ["ev0009"]
    assert "instant" not in edit.value
    client.post(EDITS, {**said, "account": "typed", "time": "2026-05-12 15:25"})
    assert TimelineEdit.objects.order_by("-id")[0].value["instant"]["utc"] == "2026-05-12T15:25:00+00:00"


@pytest.mark.parametrize("address", [EDITS + "new/edit/?event=nothere", EDITS + "new/edit/", EDITS + "new/sing/"])
def test_a_form_about_nothing_is_not_there(client, incident, address) -> None:
    assert client.get(address).status_code == 404


def test_who_may_only_look_sees_no_buttons_and_is_refused(viewer, incident) -> None:
    page = viewer.get(PAGE).content.decode()
    assert 'form="act"' not in page
    assert "Confirm facts" not in page
    answer = post(viewer, {"verb": "hide", "events": [ACK]})
    assert answer.status_code == 403
    assert "viewer" in answer.json()["detail"]
    assert viewer.get(EDITS + f"new/note/?event={ACK}").status_code == 403
    assert viewer.get(PAGE + "facts/confirm/").status_code == 403
    assert not TimelineEdit.objects.exists()


def test_an_outsider_finds_nothing(incident, make_person) -> None:
    browser = Client()
    browser.force_login(make_person("outsider@example.org"))
    for answer in (
        post(browser, {"verb": "hide", "events": [ACK]}), browser.get(EDITS + f"new/note/?event={ACK}"),
        browser.get(PAGE + "recomputed"), browser.get(PAGE + "facts/1/"), browser.get(PAGE + "facts/1/report/"),
        browser.post(PAGE + "facts/1/return"), browser.post(EDITS + "x/withdraw"),
    ):  # fmt: skip
        assert answer.status_code == 404


def test_the_list_is_filtered_by_what_people_decided(client, incident) -> None:
    post(client, {"verb": "keep", "events": [ACK]})
    post(client, {"verb": "hide", "events": ["ev0005"]})

    def ids(show: str) -> list[str]:
        return re.findall(r'id="e-(\w+)"', client.get(f"{PAGE}?show={show}").content.decode())

    assert ACK not in ids("triage")
    assert "ev0005" not in ids("triage")
    assert ids("kept") == [ACK]
    everything = client.get(f"{PAGE}?show=all").content.decode()
    assert "Hidden by owner" in everything
    assert 'id="e-ev0005"' in everything


def test_notes_and_corrections_show_at_once_and_as_text(client, incident) -> None:
    post(client, {"verb": "note", "events": [ACK], "text": "<script>alert(1)</script> seen"})
    post(client, {"verb": "edit", "events": [ACK], "title": "<b>On-call</b> looks"})
    page = client.get(f"{PAGE}?event={ACK}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; seen" in page
    assert "&lt;b&gt;On-call&lt;/b&gt; looks" in page
    assert "corrected the wording" in page


def test_the_history_offers_to_bring_back_what_was_undone(client, incident) -> None:
    edit = post(client, {"verb": "edit", "events": [ACK], "title": "On-call looks"}).json()
    post(client, {}, edit["undo"])
    panel = client.get(PAGE + f"events/{ACK}/").content.decode()
    assert "undone by owner" in panel
    assert f"edits/{edit['edit_id']}/restore" in panel
    assert client.post(edit["restore"], {"back": PAGE}).status_code == 302
    assert "On-call looks" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("path", ["", "?show=all", "edits/new/pin/", f"edits/new/note/?event={ACK}", "facts/confirm/"])
def test_no_page_of_triage_carries_inline_style_or_script(client, incident, path) -> None:
    body = client.get(PAGE + path).content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", body)
    assert not re.search(r"<script(?![^>]*\ssrc=)", body)

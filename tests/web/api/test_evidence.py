"""Evidence over the API."""

from __future__ import annotations

import pytest
from django.test import Client

from afteraction.web.accounts.models import SiteRole

ROOT = "/api/v1/incidents/INC-2041"
LOG = b"2026-05-12T14:02:11Z ERROR checkout: pool wait 52 ms\n"


@pytest.fixture
def api(program, person, incident) -> Client:
    return program(person)


def send(api: Client, body: bytes, name: str = "app.log"):
    return api.post(f"{ROOT}/evidence?name={name}", body, content_type="application/octet-stream")


def names(api: Client) -> list[str]:
    return [each["name"] for each in api.get(f"{ROOT}/evidence").json()["files"]]


def test_the_same_bytes_twice_are_one_original(api) -> None:
    first, second = send(api, LOG), send(api, LOG, "again.log")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["file"]["sha256"] == second.json()["file"]["sha256"]
    assert second.json()["is_new"] is False
    assert names(api).count("app.log") == 1


def test_a_file_in_pieces_goes_on_where_it_was_broken_off(api) -> None:
    said = {"path": "big.log", "size": len(LOG), "mark": "m1"}
    upload = api.post(f"{ROOT}/uploads", said, content_type="application/json").json()
    place = f"{ROOT}/uploads/{upload['token']}"
    assert api.put(f"{place}?offset=0", LOG[:20], content_type="application/octet-stream").json()["received"] == 20
    wrong = api.put(f"{place}?offset=5", LOG[5:], content_type="application/octet-stream")
    assert (wrong.status_code, wrong.json()["received"]) == (409, 20)
    assert api.post(f"{place}/finish").status_code == 409
    again = api.post(f"{ROOT}/uploads", said, content_type="application/json").json()
    assert (again["token"], again["received"]) == (upload["token"], 20)
    api.put(f"{place}?offset=20", LOG[20:], content_type="application/octet-stream")
    assert api.post(f"{place}/finish").json()["file"]["name"] == "big.log"
    assert "big.log" in names(api)


def test_more_than_a_piece_at_once_is_refused_with_the_way_out(api) -> None:
    refused = send(api, b"x" * (16 * 1024 * 1024 + 1))
    assert refused.status_code == 413
    assert "uploads" in refused.json()["next_step"]


def test_a_logged_line_is_one_entry_however_often_it_is_sent(api) -> None:
    said = {"line": "14:05 rolled back checkout", "entry_id": "a1"}
    first, second = (api.post(f"{ROOT}/log", said, content_type="application/json").json() for _ in range(2))
    assert first["file"]["id"] == second["file"]["id"]
    assert first["file"]["report"]["entry"]["text"] == "rolled back checkout"


def test_a_recording_without_consent_is_refused(api) -> None:
    said = {"url": "https://meet.example.org/r/1", "kind": "recording", "at": "2026-05-12T14:10:00Z"}
    assert api.post(f"{ROOT}/links", said, content_type="application/json").status_code == 422


def test_the_secret_of_a_webhook_is_told_once(api) -> None:
    made = api.post(f"{ROOT}/webhooks", {"label": "alertmanager"}, content_type="application/json").json()
    assert made["secret"]
    assert [each["secret"] for each in api.get(f"{ROOT}/webhooks").json()["webhooks"]] == [""]
    assert api.delete(f"{ROOT}/webhooks/{made['id']}").status_code == 204


def test_a_zone_is_declared_and_taken_back(api) -> None:
    file = send(api, b"2026-05-12 16:02:11 ERROR pool\n").json()["file"]["id"]
    said = {"about": "zone", "value": "Europe/Berlin", "file": file}
    row = api.post(f"{ROOT}/declarations", said, content_type="application/json").json()
    assert row["value"] == "Europe/Berlin"
    assert api.delete(f"{ROOT}/declarations/{row['id']}").json()["withdrawn_at"]
    wrong = api.post(f"{ROOT}/declarations", {**said, "value": "Mars/Base"}, content_type="application/json")
    assert wrong.status_code == 422


def test_purging_takes_an_admin_with_a_seat_and_leaves_the_hash(api, program, person, make_person) -> None:
    file = send(api, b"token=abcdefgh12345678\n").json()["file"]
    address = f"{ROOT}/evidence/{file['id']}/purge"
    said = {"reason": "a live token was pasted"}
    assert api.post(address, said, content_type="application/json").status_code == 403
    outsider = program(make_person("root@example.org", role=SiteRole.ADMIN), "read", "admin")
    assert outsider.post(address, said, content_type="application/json").status_code == 404
    person.role = SiteRole.ADMIN
    person.save()
    purged = program(person, "admin").post(address, said, content_type="application/json")
    assert purged.json()["purged"] == [file["sha256"]]
    assert send(api, b"token=abcdefgh12345678\n").status_code == 409


def test_a_token_for_reading_brings_nothing_in(program, person, incident) -> None:
    assert send(program(person, "read", "write"), LOG).status_code == 403

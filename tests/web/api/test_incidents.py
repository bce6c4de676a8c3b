"""Incidents over the API."""

from __future__ import annotations

import pytest
from django.test import Client

ROOT = "/api/v1/incidents"


@pytest.fixture
def api(program, person) -> Client:
    return program(person)


def made(api: Client, **said) -> dict:
    answer = api.post(ROOT, {"title": "Search is slow", **said}, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_who_creates_an_incident_owns_it_and_finds_it_in_the_list(api, person) -> None:
    key = made(api, services=["search"], severity="SEV-3")["key"]
    assert [each["key"] for each in api.get(ROOT).json()["incidents"]] == [key]
    seats = api.get(f"{ROOT}/{key}/members").json()["members"]
    assert [(each["email"], each["seat"]) for each in seats] == [(person.email, "owner")]


def test_the_same_request_again_is_the_same_incident(api) -> None:
    assert made(api, opened_with="a1")["key"] == made(api, opened_with="a1")["key"]


def test_a_value_that_a_record_may_not_have_is_named_with_the_way_out(api) -> None:
    answer = api.post(ROOT, {"title": "x", "zone": "Mars/Base"}, content_type="application/json")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == "zone"
    assert "Europe/Berlin" in answer.json()["errors"][0]["message"]


def test_a_stale_save_hands_back_what_stands_now(api) -> None:
    first = made(api)
    path = f"{ROOT}/{first['key']}"
    mine = {"title": "Search answers late", "version": first["version"]}
    assert api.put(path, mine, content_type="application/json").json()["version"] == 2
    stale = api.put(path, {**mine, "title": "Other"}, content_type="application/json")
    assert stale.status_code == 409
    assert stale.json()["theirs"]["title"] == "Search answers late"
    assert stale.json()["theirs"]["version"] == 2


def test_a_draft_is_answered_to_an_outsider_like_one_that_is_not_there(api, program, make_person) -> None:
    key = made(api, title="Leaked signing key", is_security=True)["key"]
    outsider = program(make_person("out@example.org"))
    there, missing = outsider.get(f"{ROOT}/{key}"), outsider.get(f"{ROOT}/INC-999")
    assert (there.status_code, there.content) == (missing.status_code, missing.content)
    assert there.status_code == 404
    assert outsider.get(ROOT).json()["incidents"] == []


def test_a_deleted_incident_comes_back(api) -> None:
    path = f"{ROOT}/{made(api)['key']}"
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == 404
    assert api.post(f"{path}/restore").status_code == 200
    assert api.get(path).status_code == 200


def test_the_last_owner_cannot_leave(api) -> None:
    path = f"{ROOT}/{made(api)['key']}/members"
    member = api.get(path).json()["members"][0]["id"]
    refused = api.delete(f"{path}/{member}")
    assert refused.status_code == 409
    assert "owner" in refused.json()["detail"]


def test_pages_of_the_list_hold_every_incident_once(api) -> None:
    keys = {made(api)["key"] for _ in range(53)}
    seen: list[str] = []
    address = ROOT
    while address:
        page = api.get(address).json()
        seen += [each["key"] for each in page["incidents"]]
        address = f"{ROOT}?after={page['next']}" if page["next"] else ""
    assert len(seen) == len(keys) and set(seen) == keys


def test_a_token_does_only_what_its_scopes_say(program, person) -> None:
    reader = program(person, "read")
    assert reader.get(ROOT).status_code == 200
    refused = reader.post(ROOT, {"title": "x"}, content_type="application/json")
    assert refused.status_code == 403
    assert "write" in refused.json()["detail"]


def test_nobody_and_a_wrong_token_get_401_and_the_next_step(db) -> None:
    for headers in ({}, {"authorization": "Bearer aa_0123456789_nonsense"}):
        answer = Client(headers=headers).get(ROOT)
        assert answer.status_code == 401
        assert "token" in answer.json()["next_step"]


def test_a_browser_that_is_signed_in_may_call_and_writes_need_its_csrf_token(person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    assert browser.get(ROOT).status_code == 200
    assert browser.post(ROOT, {"title": "x"}, content_type="application/json").status_code == 403


def test_a_number_beyond_the_database_is_nothing(api) -> None:
    path = f"{ROOT}/{made(api)['key']}"
    assert api.delete(f"{path}/members/{10**30}").status_code == 404
    assert api.get(f"{ROOT}?after={10**30}").status_code == 422

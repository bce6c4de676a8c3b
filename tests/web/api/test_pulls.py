"""Pulls over the API."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

ROOT = "/api/v1/incidents/INC-2041/pulls"
WISH = {"source": "graphs", "start": "2026-05-12T14:00Z", "end": "2026-05-12T15:00Z"}


@pytest.fixture
def api(program, person, incident, settings, tmp_path: Path) -> Client:
    place = tmp_path / "sources.toml"
    place.write_text('[graphs]\nkind = "prometheus"\nurl = "https://graphs.example"\nasks = ["up"]\n')
    settings.SOURCES_FILE = str(place)
    return program(person)


def test_a_pull_is_asked_for_once_and_listed_with_the_sources(api: Client) -> None:
    first, second = (api.post(ROOT, WISH, content_type="application/json") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    listed = api.get(ROOT).json()
    assert listed["sources"] == [
        {"name": "graphs", "kind": "prometheus", "ask_word": "PromQL expression", "asks": ["up"], "takes_any": False}
    ]
    assert [(each["state"], each["asks"]) for each in listed["pulls"]] == [("going", ["up"])]
    again = api.post(f"{ROOT}/{first.json()['id']}/again")
    assert again.status_code == 200 and api.post(f"{ROOT}/999999/again").status_code == 404


def test_what_may_not_be_asked_is_refused(api: Client) -> None:
    refused = api.post(ROOT, {**WISH, "asks": ["other"]}, content_type="application/json")
    assert refused.status_code == 422 and "may not be asked" in refused.json()["detail"]

"""The lanes of any stretch of time, and the page as it was known at a moment."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from afteraction.web.incidents.timeline.stretch import read_known, read_stretch

pytestmark = pytest.mark.django_db
PAGE = "/incidents/INC-2041/"


def at(clock: str) -> int:
    """That time of the day in seconds since 1970."""
    return int(datetime.fromisoformat(f"2026-05-12T{clock}:00+00:00").timestamp())


def test_the_lanes_are_drawn_for_the_stretch_that_is_asked_for(client, incident) -> None:
    part = client.get(f"{PAGE}board?from={at('14:10')}&to={at('14:20')}").content.decode()
    assert f'data-from="{at("14:10")}"' in part
    assert 'data-span="14:10 to 14:20 UTC' in part
    assert "<html" not in part
    assert "CheckoutErrorRate" in part
    assert "payments-api v2.14" not in part, "it ended before"
    page = client.get(f"{PAGE}?from={at('14:10')}&to={at('14:20')}").content.decode()
    assert "14:10 to 14:20 UTC" in page


@pytest.mark.parametrize(
    "asked",
    ["from=1&to=x", "from=-5&to=7", "from=" + "9" * 40 + "&to=1", "from=²&to=5", "known=x", "known=" + "9" * 30],
)
def test_a_stretch_that_is_none_is_the_whole_incident(client, incident, asked) -> None:
    whole = re.search(r'data-span="([^"]*)"', client.get(PAGE + "board").content.decode())[1]
    answer = client.get(f"{PAGE}board?{asked}")
    assert answer.status_code == 200
    assert f'data-span="{whole}"' in answer.content.decode()


def test_a_stretch_is_at_least_a_minute_and_never_backwards() -> None:
    start, end = read_stretch({"from": "1000", "to": "1000"})
    assert (end - start).total_seconds() == 60
    start, end = read_stretch({"from": "5000", "to": "1000"})
    assert start == datetime.fromtimestamp(1000, UTC)
    assert read_known({"known": "12"}) == 12_000_000
    assert read_known({}) is None


def test_far_away_stretches_are_drawn_empty(client, incident) -> None:
    for asked in ("from=1&to=90000000000", "from=0&to=60", "from=99999999998&to=99999999999"):
        assert client.get(f"{PAGE}board?{asked}").status_code == 200, asked


def test_the_page_shows_nothing_that_was_learned_later(client, incident) -> None:
    everything = client.get(PAGE + "?show=all").content.decode()
    early = client.get(f"{PAGE}?show=all&known={at('14:12')}").content.decode()
    assert "rollback to v2.13.4" in everything
    assert "rollback to v2.13.4" not in early
    assert "CheckoutErrorRate firing" in early
    all_then = int(re.search(r'data-count="all">(\d+)', early)[1])
    assert 0 < all_then < int(re.search(r'data-count="all">(\d+)', everything)[1])
    assert "80 or 88 min" not in early
    listed = client.get(f"{PAGE}events/?show=all&known={at('14:12')}").content.decode()
    assert "rollback" not in listed
    assert client.get(f"{PAGE}events/ev0007/?known={at('14:12')}").status_code == 404


def test_the_page_says_whether_facts_are_being_computed(client, incident, run_jobs) -> None:
    told = client.get(PAGE + "recomputed").json()
    assert told["recomputing"] is False
    assert told["analysis"] > 0
    client.post(PAGE + "edits/", {"verb": "hide:ev0004"})
    assert client.get(PAGE + "recomputed").json()["recomputing"] is True
    assert "Recomputing" in client.get(PAGE).content.decode()

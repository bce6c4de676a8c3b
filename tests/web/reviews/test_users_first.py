"""Users told first: said at the incident and at question five, and asked for until something stands (SPEC R069)."""

from __future__ import annotations

import pytest

from afteraction.web.reviews.actions import open_review
from tests.web import documents

pytestmark = pytest.mark.django_db
REVIEW = "/incidents/INC-2041/review/"
API = "/api/v1/incidents/INC-2041/review"
AT_FIVE = 'id="users-first"'
AT_INCIDENT = "users told us first"


@pytest.fixture
def users_first(keep_small_incident, person):
    """The small incident, of which users told before any alert did, with its review."""
    told = {"M13": documents.metric("M13", -340.0, detail={"verdict": "users first"})}
    incident = keep_small_incident(metrics=documents.document()["metrics"] | told)
    return open_review(incident, actor=person)


def findings(client) -> list[dict]:
    told = client.get(f"{API}/findings").json()
    return [each for each in told["must"] if each["code"] == "R069"]


@pytest.mark.parametrize(
    "part",
    [
        {"sort": "signal", "id": "", "body": {"title": "Failed checkouts above 5 %", "source": ""}},
        {"sort": "change", "id": "", "body": {"text": "An alert pages on failed checkouts.", "kind": "alert"}},
    ],
    ids=["signal", "alert"],
)
def test_it_is_asked_until_one_of_them_stands_and_the_warning_stays(users_first, client, save, part) -> None:
    page = client.get(REVIEW).content.decode()
    assert AT_FIVE in page and AT_INCIDENT in page and "no change makes monitoring tell first" in page
    assert AT_INCIDENT in client.get("/incidents/INC-2041/").content.decode()
    (found,) = findings(client)
    assert found["sentence"].startswith("Users told us first.")
    assert save(part, verb="propose").status_code == 200
    assert not findings(client)
    again = client.get(REVIEW).content.decode()
    assert AT_FIVE in again and "no change makes monitoring tell first" not in again


def test_nothing_is_said_where_it_is_not_known(review, client) -> None:
    page = client.get(REVIEW).content.decode()
    assert AT_FIVE not in page and AT_INCIDENT not in page and not findings(client)

"""One review, one set of findings: what its pages and the API say is open has the same words, priorities and dates."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from tests.web import documents

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
REVIEW = "/incidents/INC-2041/review/"
OUTAGE = {"kind": "outcome", "statement": "Checkout failed for 34 % of buyers", "top": "happened"}


@pytest.fixture
def browser(review, client) -> Client:
    """Somebody in the review."""
    return client


@pytest.fixture
def incident(keep_small_incident, request):
    """Resolved in May, with what the test says of its evidence."""
    return keep_small_incident(**getattr(request, "param", {}))


def over_the_api(browser: Client) -> dict[str, Json]:
    told = browser.get("/api/v1/incidents/INC-2041/review/findings").json()
    return {each["id"]: each for name in ("must", "may") for each in told[name]}


def written_on(browser: Client, page: str) -> str:
    return html.unescape(browser.get(f"{REVIEW}{page}").content.decode())


def change(number: int, **body: Any) -> Json:
    text = f"The pipeline refuses a release without stage {number}."
    return {"sort": "change", "id": f"C{number}", "based_on": 0, "body": {"text": text, **body}}


def gates(change_triggered: bool | None) -> Json:
    return {"change_triggered": change_triggered, "began_at": None, "began": "", "readings": []}


def said_alike(browser: Client, finding: str) -> Json:
    """The finding, which the API, the review page and the gates page tell in the same words."""
    found = over_the_api(browser)[finding]
    for page in ("", "gates/"):
        assert found["sentence"] in written_on(browser, page), page
    return found


def test_equal_priorities_are_those_that_the_table_shows(browser, save) -> None:
    save(*(change(number) for number in range(1, 5)))
    assert said_alike(browser, "R077")["sentence"] == "All 4 changes have the priority medium."


def test_urgencies_that_are_alike_are_no_equal_priorities(browser, save) -> None:
    impacts = ("low", "medium", "high", "high")
    save(*(change(number, urgency="low", impact=impact) for number, impact in enumerate(impacts, 1)))
    assert "R077" not in over_the_api(browser)
    for page in ("", "gates/"):
        assert "changes have the priority" not in written_on(browser, page), page


def test_dates_are_counted_from_the_resolution_everywhere(browser, save) -> None:
    save(change(1, size="S", due="2026-05-22"), change(2, size="S", due="2026-06-30"), change(3, due="2026-05-11"))
    found = over_the_api(browser)
    assert "D2:C1" not in found, "ten days after the resolution is not past"
    assert "later than 2026-05-26" in said_alike(browser, "D2:C2")["sentence"]
    assert "2026-05-11, which is past" in said_alike(browser, "D2:C3")["sentence"]


@pytest.mark.parametrize("incident", [{"gates": gates(False)}], indirect=True)
def test_what_people_call_the_trigger_counts_before_the_evidence(browser, save) -> None:
    assert over_the_api(browser)["R141"]["severity"] == "may"
    trigger = {"kind": "event", "statement": "v2.14 went to 12 pods", "roles": ["trigger", "change"]}
    saved = save({"sort": "node", "id": "N1", "based_on": 0, "body": trigger})
    assert saved.status_code == 200, saved.content
    asked = over_the_api(browser)
    assert asked["R141"]["severity"] == asked["W13"]["severity"] == "must"
    assert "A change set this off, and no gate is answered." in written_on(browser, "")
    for page in ("", "graph/"):
        assert asked["W13"]["sentence"] in written_on(browser, page), page
    save({"sort": "node", "id": "N1", "based_on": 1, "body": {**trigger, "roles": ["trigger"]}})
    assert over_the_api(browser)["R141"]["severity"] == "may" and "W13" not in over_the_api(browser)


@pytest.mark.parametrize("incident", [{"gates": gates(True)}], indirect=True)
def test_a_change_that_the_evidence_knows_asks_for_the_gates(browser, save) -> None:
    assert over_the_api(browser)["R141"]["severity"] == "must"
    assert "A change set this off, and no gate is answered." in written_on(browser, "")
    save({"sort": "node", "id": "N1", "based_on": 0, "body": OUTAGE})
    asked = over_the_api(browser)["W13"]
    for page in ("", "graph/"):
        assert asked["sentence"] in written_on(browser, page), page


@pytest.mark.parametrize(
    "incident", [{"impact_windows": [{**documents.window("14:02", "15:21", 0.3, 1), "degradation": "Requests queued."}],
                  "series": []}], indirect=True,
)  # fmt: skip
def test_load_that_only_the_evidence_names_is_asked_after_on_both_pages(browser, save) -> None:
    save({"sort": "gate", "id": "canary", "based_on": 0, "body": {"title": "Canary", "could": "no", "reached": "yes"}})
    assert "R169:load_test" in over_the_api(browser)
    assert 'data-finding="R169:load_test"' in written_on(browser, "gates/")


@pytest.mark.parametrize("incident", [{"series": []}], indirect=True)
def test_load_that_only_people_name_is_asked_after_on_both_pages(browser, save) -> None:
    save({"sort": "gate", "id": "canary", "based_on": 0, "body": {"title": "Canary", "could": "no", "reached": "yes"}})
    assert "R169:load_test" not in over_the_api(browser)
    assert 'data-finding="R169:load_test"' not in written_on(browser, "gates/")
    slow = {**OUTAGE, "statement": "Checkout timed out under load"}
    save({"sort": "node", "id": "N1", "based_on": 0, "body": slow})
    assert "R169:load_test" in over_the_api(browser)
    assert 'data-finding="R169:load_test"' in written_on(browser, "gates/")


@pytest.mark.parametrize("incident", [{"milestones": {**documents.document()["milestones"], "t_mitigated": [],
                                                      "t_resolved": []}}], indirect=True)  # fmt: skip
def test_the_pause_counts_from_the_end_of_impact_where_nothing_else_is_known(browser, save) -> None:
    save(change(1, size="S", due="2026-05-14"))
    assert "is due before the cool-off is over" in said_alike(browser, "D3:C1")["sentence"]

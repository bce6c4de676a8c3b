"""Answering that the runbook misled opens a gap that asks for a runbook change with its check V10 (SPEC R072)."""

from __future__ import annotations

import pytest

from afteraction.web.reviews.models import ReviewPart

pytestmark = pytest.mark.django_db
REVIEW = "/incidents/INC-2041/review/"
GATES = f"{REVIEW}gates/"
API = "/api/v1/incidents/INC-2041/review"
GAP = "response-runbook"


@pytest.fixture
def misled(review, save):
    """The review after somebody answered so."""
    frame = {"sort": "frame", "id": "review", "body": {"runbook": "yes", "runbook_accurate": "no"}}
    assert save(frame, verb="answer").status_code == 200
    return review


def findings(client) -> list[dict]:
    told = client.get(f"{API}/findings").json()
    return [each for each in (*told["must"], *told["may"]) if each["code"] == "R072"]


def test_nothing_is_asked_before_somebody_says_so(review, client) -> None:
    assert not findings(client)
    page = client.get(REVIEW).content.decode()
    assert "no, it misled" in page and "The runbook misled" not in page
    assert "Runbook misled" not in client.get(GATES).content.decode()


def test_the_answer_opens_the_gap_on_both_pages_and_for_programs(misled, client) -> None:
    (found,) = findings(client)
    assert found["severity"] == "must" and "V10" in found["sentence"] and "V10" in found["next_step"]
    page = client.get(REVIEW).content.decode()
    assert "The runbook misled" in page and f"{GATES}#gap-{GAP}" in page
    gates = client.get(GATES).content.decode()
    assert f'id="gap-{GAP}"' in gates and "done when an engineer who did not write it has followed it" in gates


def test_taking_the_proposal_closes_it_with_a_runbook_change_that_the_check_decides(misled, client) -> None:
    listed = client.get(f"{API}/candidates").json()["candidates"]
    assert [each["gap"] for each in listed] == [GAP]
    taken = client.post(f"{API}/candidates", {"gap": GAP, "at": 0}, content_type="application/json")
    assert taken.status_code == 200
    body = ReviewPart.objects.get(sort="change").body
    assert body["kind"] == "runbook" and [line["check"] for line in body["done_when"]] == ["V10"]
    assert not findings(client) and not client.get(f"{API}/candidates").json()["candidates"]
    gates = client.get(GATES).content.decode()
    assert f'id="gap-{GAP}"' not in gates and "Runbook misled" in gates
    assert "linked to no cause and no gap" not in gates


def test_a_runbook_change_without_the_check_is_asked_for_it_at_its_own_place(misled, save, client) -> None:
    change = {"text": "The fail-over section is corrected.", "kind": "runbook"}
    assert save({"sort": "change", "id": "", "body": change}, verb="propose").status_code == 200
    (found,) = findings(client)
    assert found["subject"] == "C1" and "V10" in found["next_step"]
    assert f"{GATES}#C1" in client.get(REVIEW).content.decode()

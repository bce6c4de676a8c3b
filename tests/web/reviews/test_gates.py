"""The gates page by HTTP: what the evidence fills in, changes and their owners, the cool-off, replays, refusals."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.incidents.actions import confirm_facts
from afteraction.web.incidents.models import IncidentMember, Seat
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.models import Review, ReviewChange, ReviewPart
from tests.web import documents

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
PAGE = "/incidents/INC-2041/review/gates/"
CANARY = {
    "title": "Canary",
    "seed": "canary",
    "reached": "no",
    "could": "yes",
    "outcome": "skipped",
    "why": "Fast track.",
}
CHANGE: Json = {
    "text": "The pipeline refuses every release that did not pass the canary.", "gap": "canary", "kind": "gate",
    "size": "M", "due": "2026-06-05", "done_when": [{"text": "The stage is required", "check": "V13"}],
}  # fmt: skip


def reading(gate: str, title: str, reached: str, outcome: str, record: str) -> Json:
    cited = [documents.ref("chat/inc-2041.jsonl", line=3)]
    return {"gate": gate, "title": title, "reached": reached, "outcome": outcome, "record": record,
            "event_ids": [], "evidence": cited}  # fmt: skip


GATES: Json = {
    "change_triggered": True, "began_at": documents.instant("13:41"), "began": "Pull request #1187 opened",
    "readings": [
        reading("unit_tests", "Unit tests", "yes", "passed", "214 passed, 11 May 14:19"),
        reading("load_test", "Load test", "no", "absent", "stages.load_test.required is false"),
        reading("canary", "Canary", "no", "skipped", "canary stage not run (fast-track)"),
    ],
}  # fmt: skip


@pytest.fixture
def incident(keep_small_incident):
    return keep_small_incident(gates=GATES)


@pytest.fixture
def responder(review, make_person):
    person = make_person("responder@example.org")
    IncidentMember.objects.create(incident=review.incident, person=person, seat=Seat.RESPONDER)
    return person


@pytest.fixture
def other(responder) -> Client:
    browser = Client()
    browser.force_login(responder)
    return browser


def post(client: Client, path: str, said: Json | None = None) -> Any:
    return client.post(f"{PAGE}{path}", json.dumps(said or {}), content_type="application/json")


def gate(body: Json, based_on: int = 0, ident: str = "canary") -> Json:
    return {"sort": "gate", "id": ident, "body": body, "based_on": based_on}


def change(body: Json, based_on: int = 0, ident: str = "C1") -> Json:
    return {"sort": "change", "id": ident, "body": body, "based_on": based_on}


def stands(sort: str, ident: str) -> Json:
    return ReviewPart.objects.get(sort=sort, ident=ident).body


def rev(sort: str, ident: str) -> int:
    return ReviewPart.objects.get(sort=sort, ident=ident).rev


def test_without_a_review_the_page_leads_to_where_one_is_opened(incident, client) -> None:
    Review.objects.filter(incident=incident).delete()
    assert client.get(PAGE).headers["Location"] == "/incidents/INC-2041/review/"
    assert 'data-count="changes"' not in client.get("/incidents/INC-2041/").content.decode()


def test_an_empty_page_says_how_to_begin(review, client) -> None:
    page = client.get(PAGE).content.decode()
    assert "Fill in from the evidence" in page and "data-unfilled" in page
    assert 'aria-current="page">Gates and changes <span class="count" data-count="changes">0</span>' in page


def test_the_evidence_fills_the_gates_once_with_its_citations(review, client) -> None:
    assert post(client, "fill").json() == {"changed": 7}
    assert stands("gate", "canary") == {
        "title": "Canary", "seed": "canary", "reached": "no", "outcome": "skipped", "prefilled": True,
        "record": "canary stage not run (fast-track)", "labels": [documents.ref("chat/inc-2041.jsonl")["label"]],
    }  # fmt: skip
    assert "reached" not in stands("gate", "staging")
    assert set(ReviewChange.objects.values_list("verb", flat=True)) == {"prefill"}
    assert post(client, "fill").json() == {"changed": 0}
    page = client.get(PAGE).content.decode()
    assert "prefilled" in page and "PR 1187 opened" in page and "data-unfilled" not in page


def test_what_people_answered_stays_when_the_evidence_is_asked_again(review, client, save) -> None:
    save(gate({**CANARY, "reached": "yes", "outcome": "ignored"}))
    post(client, "fill")
    assert stands("gate", "canary")["outcome"] == "ignored" and not stands("gate", "canary").get("prefilled")


def test_a_gate_that_people_took_out_does_not_come_back(review, client, save) -> None:
    post(client, "fill")
    save(gate(None, rev("gate", "load_test"), "load_test"))
    assert post(client, "fill").json() == {"changed": 0}


def test_a_gap_without_a_change_is_offered_what_usually_closes_it_and_one_key_takes_it(review, client, save) -> None:
    save(gate(CANARY))
    page = client.get(PAGE).content.decode()
    assert "No change answers this gap yet" in page and 'data-do="take"' in page
    taken = post(client, "candidates", {"gap": "canary", "at": 0})
    assert taken.status_code == 200
    body = stands("change", "C1")
    assert body["gap"] == "canary" and body["done_when"][0]["check"] == "V13"
    assert ReviewChange.objects.get(sort="change").verb == "propose"
    assert post(client, "candidates", {"gap": "canary", "at": 0}).status_code == 422
    assert post(client, "candidates", {"gap": "canary", "at": "first"}).status_code == 400


def test_the_headline_the_chances_and_a_gate_set_aside_are_told(review, client, save) -> None:
    save(gate(CANARY), gate({"title": "Unit tests", "seed": "unit_tests", "reached": "yes", "could": "no",
                             "outcome": "passed"}, 0, "unit_tests"),
         gate({"title": "Staging", "seed": "staging", "reached": "not_applicable",
               "not_applicable_because": "There is no staging."}, 0, "staging"))  # fmt: skip
    page = client.get(PAGE).content.decode()
    assert "One of two gates could have caught this." in page
    assert "Not in the path: 1. Could not: 1. Does not apply: 1." in page
    assert "There is no staging." in page and "not a gap" in page


def test_only_the_owner_accepts_and_declining_frees_it(review, client, other, responder, save) -> None:
    save(change({**CHANGE, "owner": str(responder.pk)}))
    refused = post(client, "changes/C1/accept")
    assert refused.status_code == 422 and "only its owner accepts" in refused.json()["error"]
    assert post(client, "changes/C1/decline").status_code == 422
    assert post(other, "changes/C1/accept").status_code == 200
    accepted = datetime.fromisoformat(stands("change", "C1")["accepted_at"])
    assert abs(accepted - timezone.now()) < timedelta(minutes=1)
    assert post(other, "changes/C1/decline").status_code == 200
    assert "owner" not in stands("change", "C1") and "accepted_at" not in stands("change", "C1")


def test_what_nobody_owns_is_taken_on_by_whoever_accepts(review, other, responder, save) -> None:
    save(change(CHANGE))
    post(other, "changes/C1/accept")
    assert stands("change", "C1")["owner"] == str(responder.pk)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"owner": "{me} {responder}"}, "has one owner"),
        ({"owner": "{outsider}"}, "no seat in INC-2041"),
        ({"owner": "{responder}", "accepted_at": "2026-05-13T10:00:00Z"}, "only its owner accepts"),
        ({"state": "verified"}, "takes a check"),
        ({"state": "drifted"}, "takes a check"),
        ({"state": "cancelled"}, "cancelled without a reason"),
        ({"state": "cancelled", "cancelled_because": "  "}, "cancelled without a reason"),
        ({"state": "committed"}, "A commit needs an owner"),
    ],
)
def test_nobody_writes_what_is_not_so_into_a_change(
    review, save, person, responder, make_person, body, said
) -> None:  # fmt: skip
    people = {"me": person.pk, "responder": responder.pk, "outsider": make_person("outsider@example.org").pk}
    answer = save(change({**CHANGE, **{name: each.format(**people) for name, each in body.items()}}))
    assert answer.status_code == 422 and said in answer.json()["error"]
    assert not ReviewPart.objects.filter(sort="change").exists()


def test_a_new_owner_has_not_accepted_yet(review, save, person, responder, client) -> None:
    save(change({**CHANGE, "owner": str(person.pk)}))
    post(client, "changes/C1/accept")
    moved = {**stands("change", "C1"), "owner": str(responder.pk)}
    assert save(change(moved, rev("change", "C1"))).status_code == 422
    assert save(change({**moved, "accepted_at": ""}, rev("change", "C1"))).status_code == 200


def test_a_commit_needs_owner_date_and_a_definition_of_done_that_can_be_looked_at(
    review, client, save, person
) -> None:  # fmt: skip
    save(change({**CHANGE, "owner": str(person.pk), "done_when": [{"text": "It works"}]}))
    refused = post(client, "changes/C1/commit")
    assert refused.status_code == 422 and "a check or a named auditor" in refused.json()["error"]
    save(change({**CHANGE, "owner": str(person.pk)}, rev("change", "C1")))
    assert post(client, "changes/C1/commit").status_code == 200
    assert stands("change", "C1")["state"] == "committed" and stands("change", "C1")["confirmed_at"]
    assert "Not yet" in client.get(PAGE).content.decode()


@pytest.fixture
def fresh(keep_small_incident, person):
    """A review of an incident that was resolved an hour ago."""
    from afteraction.web.reviews.actions import open_review

    ended = documents.document()["milestones"]
    at = (timezone.now() - timedelta(hours=1)).isoformat(timespec="seconds").replace("+00:00", "Z")
    ended["t_resolved"] = [{**ended["t_resolved"][0], "value": at, "low": at, "high": at}]
    return open_review(keep_small_incident(milestones=ended), actor=person)


def test_ideas_of_the_first_day_are_provisional_and_a_commit_now_needs_a_reason(fresh, client, save, person) -> None:
    save(gate(CANARY))
    assert "Provisional until" in client.get(PAGE).content.decode()
    post(client, "candidates", {"gap": "canary", "at": 0})
    assert stands("change", "C1")["state"] == "provisional"
    body = {**CHANGE, "owner": str(person.pk), "state": "provisional"}
    save(change(body, rev("change", "C1")))
    assert "comes back" in client.get(PAGE).content.decode()
    refused = post(client, "changes/C1/commit")
    assert refused.status_code == 422 and "provisional until" in refused.json()["error"]
    assert post(client, "changes/C1/confirm").status_code == 422
    now = {**body, "state": "committed", "commit_now_because": "The partner launch is tonight."}
    assert save(change(now, rev("change", "C1")), verb="commit").status_code == 200


def test_a_provisional_idea_comes_back_for_one_click(review, client, save) -> None:
    save(change({**CHANGE, "state": "provisional"}))
    assert 'data-do="confirm"' in client.get(PAGE).content.decode()
    assert post(client, "changes/C1/confirm").status_code == 200
    assert "state" not in stands("change", "C1") and stands("change", "C1")["confirmed_at"]


def test_a_replay_on_the_stored_samples_is_kept_with_the_signal(review, client, save) -> None:
    save({"sort": "signal", "id": "Q1", "based_on": 0, "body": {
        "title": "Errors above 20 % for 2 min", "source": "checkout checkout_error_share", "threshold": 0.2,
        "for_s": 120}})  # fmt: skip
    page = client.get(PAGE).content.decode()
    assert "not yet: replay keeps it" in page and "bt-plot" in page
    assert post(client, "signals/Q1/replay").status_code == 200
    kept = stands("signal", "Q1")["result"]
    assert kept["state"] == "fires" and kept["series"] == "checkout checkout_error_share"
    assert len(kept["table"]) == 3
    assert "this result stands in the review" in client.get(PAGE).content.decode()


def test_what_was_not_recorded_cannot_be_replayed(review, client, save) -> None:
    save({"sort": "signal", "id": "Q1", "based_on": 0, "body": {"title": "Queue age", "source": "no such series"}})
    assert "Cannot be replayed" in client.get(PAGE).content.decode()
    refused = post(client, "signals/Q1/replay")
    assert refused.status_code == 422 and "Cannot back-test" in refused.json()["error"]
    assert post(client, "signals/Q9/replay").status_code == 422


def test_a_decision_not_to_act_has_a_reason_and_a_day(review, client, save) -> None:
    assert "No action, because" in client.get(PAGE).content.decode()
    decided = {"no_action_because": "Seen once in six years.", "revisit": "2027-05-12"}
    save({"sort": "frame", "id": "review", "based_on": 0, "body": decided}, verb="decide")
    page = client.get(PAGE).content.decode()
    assert "No action: Seen once in six years." in page and "Look again on 12 May 2027." in page


def test_findings_of_the_plan_are_set_aside_with_a_reason_and_open_again(review, client, save) -> None:
    save(change(CHANGE))
    page = client.get(PAGE).content.decode()
    assert 'data-finding="R079:detect"' in page and 'data-do="waive"' in page
    save({"sort": "frame", "id": "review", "based_on": 0, "body": {"waivers": {"R079:detect": "A page exists."}}})
    page = client.get(PAGE).content.decode()
    assert 'data-finding="R079:detect"' not in page and "waived, A page exists." in page


def open_at_the_gates(page: str) -> list[str]:
    return re.findall(r'data-open="([^"]+)"', page)


def test_what_the_matrix_leaves_open_stands_on_the_page_with_its_way_out(review, client, save) -> None:
    page = client.get(PAGE).content.decode()
    assert open_at_the_gates(page) == ["R141"] and "A change set this off, and no gate is answered." in page
    assert "1 is open here, 1 of them before reviewed" in page and 'data-finding="R141"' not in page
    save(gate(CANARY))
    page = client.get(PAGE).content.decode()
    found = open_at_the_gates(page)
    assert "R141" not in found and {f"R146:{each}" for each in ("code_review", "staging")} <= set(found)
    assert "R161:canary" in found and 'href="#canary">Canary' in page
    assert ": no change of this gate and no regression test.</a> What would make this gate catch it every time?" in page
    save({"sort": "dismissal", "id": "R146:staging", "body": {"reason": "None here.", "overridden": True}})
    save({"sort": "frame", "id": "review", "based_on": 0, "body": {"waivers": {"R161:canary": "It goes in May."}}})
    page = client.get(PAGE).content.decode()
    assert not {"R146:staging", "R161:canary"} & set(open_at_the_gates(page)) and "None here." in page


def test_without_gates_a_review_of_a_change_is_not_reviewed_whatever_the_reason(review, client, save, person) -> None:
    def move() -> Any:
        return client.post(
            "/incidents/INC-2041/review/move", {"to": "reviewed"}, content_type="application/json"
        )  # fmt: skip

    def open_points() -> list[str]:
        return [each["id"] for each in move().json().get("blocking", [])]

    analysis = latest_analysis(review.incident)
    confirm_facts(review.incident, analysis_id=analysis.pk, actor=person)
    save({"sort": "answer", "id": "q1", "body": {"degradation": "Buyers could not finish a checkout"}})
    assert "R141" in open_points()
    for ident in (each for each in open_points() if each != "R141"):
        save({"sort": "dismissal", "id": ident, "body": {"reason": "agreed", "overridden": True}})
    assert open_points() == ["R141"]
    save({"sort": "dismissal", "id": "R141", "body": {"reason": "We would rather not.", "overridden": True}})
    save({"sort": "frame", "id": "review", "based_on": 0, "body": {"waivers": {"R141": "We would rather not."}}})
    assert open_points() == ["R141"]
    save(gate(CANARY))
    assert "R141" not in open_points()


def test_a_change_is_dropped_for_a_reason_and_its_way_is_open_again(review, client, save) -> None:
    nodes = [
        {"sort": "node", "id": "N1", "body": {"kind": "outcome", "statement": "Checkout failed", "top": "happened"}},
        {"sort": "node", "id": "N2", "body": {"kind": "condition", "statement": "No cap", "status": "confirmed"}},
        {"sort": "edge", "id": "L1", "body": {"source": "N2", "target": "N1", "relation": "enabled"}},
    ]  # fmt: skip
    planned = {**CHANGE, "targets": ["N2"]}
    assert save(*nodes, change(planned)).status_code == 200
    assert coverage_words(client) == "The one way this could happen again is cut by these changes."
    dropped = {**planned, "state": "cancelled"}
    refused = save(change(dropped, rev("change", "C1")))
    assert refused.status_code == 422 and "cancelled without a reason" in refused.json()["error"]
    assert "state" not in stands("change", "C1")
    dropped["cancelled_because"] = "The service is switched off in June."
    assert save(change(dropped, rev("change", "C1"))).status_code == 200
    assert "is cut by these changes" not in coverage_words(client)
    assert "Cancelled: The service is switched off in June." in client.get(PAGE).content.decode()


def coverage_words(client: Client) -> str:
    """What the page says of the ways that are left."""
    return client.get(PAGE).context["sheet"].coverage_sentence


@pytest.mark.parametrize("form", ["gate", "gate?gate=canary", "change", "change?change=C1", "signal", "no-action"])
def test_every_form_opens_for_those_who_work_and_for_nobody_else(
    review, client, save, make_person, form
) -> None:  # fmt: skip
    save(gate(CANARY), change(CHANGE))
    assert client.get(f"{PAGE}form/{form}").status_code == 200
    viewer = make_person("viewer@example.org")
    IncidentMember.objects.create(incident=review.incident, person=viewer, seat=Seat.VIEWER)
    reads = Client()
    reads.force_login(viewer)
    assert reads.get(f"{PAGE}form/{form}").status_code == 403
    page = reads.get(PAGE)
    assert page.status_code == 200 and "data-works" not in page.content.decode()
    assert post(reads, "fill").status_code == 403
    assert post(reads, "changes/C1/accept").status_code == 403


def test_forms_of_what_is_not_there_are_not_found(review, client) -> None:
    for form in ("gate?gate=x", "change?change=C9", "signal?signal=Q9", "unknown"):
        assert client.get(f"{PAGE}form/{form}").status_code == 404


def test_people_overrule_a_property_and_a_class_with_a_reason(review, client, save) -> None:
    save(change({**CHANGE, "text": "Be more careful with releases."}))
    assert "Intention" in client.get(PAGE).content.decode()
    decided = {"classed": "assisted_practice", "classed_because": "A reminder exists.", "properties": {"P1": False}}
    save(change({**CHANGE, "text": "Be more careful with releases.", **decided}, rev("change", "C1")))
    page = client.get(PAGE).content.decode()
    assert "decided by people: A reminder exists." in page and "set by people" in page

"""A change while it is written, its owner's answer, and what of its words a commit waits for."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.incidents.models import IncidentMember, Seat
from afteraction.web.reviews.gates.carrying import ANSWER_DAYS
from afteraction.web.reviews.models import Review, ReviewChange, ReviewPart

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
PAGE = "/incidents/INC-2041/review/gates/"
DONE = {"due": "2026-06-05", "done_when": [{"text": "The stage is required", "check": "V13"}]}


@pytest.fixture
def responder(review: Review, make_person):
    person = make_person("responder@example.org")
    IncidentMember.objects.create(incident=review.incident, person=person, seat=Seat.RESPONDER)
    return person


@pytest.fixture
def other(responder) -> Client:
    browser = Client()
    browser.force_login(responder)
    return browser


def change(text: str, ident: str = "C1", based_on: int = 0, **more: Any) -> Json:
    return {"sort": "change", "id": ident, "body": {"text": text, **more}, "based_on": based_on}


def written(client: Client, **fields: str) -> str:
    return client.post(f"{PAGE}writing", fields).content.decode()


def commit(client: Client, ident: str = "C1") -> Any:
    return client.post(f"{PAGE}changes/{ident}/commit", "{}", content_type="application/json")


def test_two_points_at_most_stand_below_the_words_the_most_needed_first(review, client) -> None:
    page = written(client, text="Maybe investigate and improve monitoring soon, if possible")
    assert page.count('class="nudge"') == 2
    assert "more after these" in page
    assert 'class="nudge"' not in written(client, text="Add an index on orders.customer_id")


def test_a_commit_waits_for_words_that_nobody_could_check_until_a_reason_is_given(review, client, save, person) -> None:
    save(change("Improve monitoring", owner=str(person.pk), **DONE))
    refused = commit(client)
    assert refused.status_code == 422
    assert "no measure and no edge" in refused.content.decode()
    assert "state" not in ReviewPart.objects.get(sort="change", ident="C1").body
    save(*({"sort": "dismissal", "id": f"{code}:C1", "body": {"reason": "The vendor names it so."}, "based_on": 0}
           for code in ("A2", "S1")))  # fmt: skip
    assert commit(client).status_code == 200


def test_the_words_of_a_finished_sentence_hold_no_commit_up(review, client, save, person) -> None:
    save(
        change(
            "Page the on-call when the pool of ledger-db stays above 80 % for 5 minutes", owner=str(person.pk), **DONE
        )
    )
    assert commit(client).status_code == 200


def test_without_an_owner_or_a_date_a_change_stays_proposed(review, client, save, person) -> None:
    save(change("Add an index on orders.customer_id", done_when=DONE["done_when"]))
    assert "an owner and a date" in commit(client).content.decode()
    assert "state" not in ReviewPart.objects.get(sort="change", ident="C1").body


def test_the_eight_properties_stand_beside_the_form_with_the_words_that_show_them(review, client) -> None:
    page = written(client, text="Block deployments to production while an incident is open, for every service")
    assert "Reads as <b>process change" in page
    assert page.count("<li><span>P") == 8
    assert "Block deployments" in page
    assert "Reads as <b>intention" in written(client, text="Be more careful")


def test_the_form_shows_a_reminder_beside_the_same_as_a_gate(review, client) -> None:
    page = client.get(f"{PAGE}form/change").content.decode()
    halves = page.split('class="half"')[1:]
    assert "Assisted practice" in halves[0] and "Process change" in halves[1]


def test_the_size_proposes_a_day_and_large_work_its_phases(review, client) -> None:
    small, large = written(client, text="Add an index", size="S"), written(client, text="Split the ledger", size="XL")
    assert 'data-ladder=""' in small and 'data-due="20' in small
    days = large.split('data-ladder="')[1].split('"')[0].split()
    assert days == sorted(days) and len(days) == 3
    assert "Which phase is done by" in large


def test_a_day_in_the_words_is_offered_and_a_span_becomes_a_working_day(review, client) -> None:
    assert 'data-use-date="2031-04-15"' in written(client, text="Add an index on orders.id by 15 April 2031")
    page = written(client, text="Add an index on orders.id next sprint")
    assert "next sprint" in page and "data-use-date=" in page


def test_one_thing_is_asked_at_a_time(review, client) -> None:
    page = written(client, text="Add an alert on replication lag", barrier="detect")
    assert page.count('class="small asks-next"') <= 1


def test_phases_are_saved_with_their_days(review, client, save) -> None:
    phases = [{"text": "Double writes", "due": "2026-07-01", "done_when": [{"text": "Both stores agree"}]}]
    assert save(change("Split the ledger store from payments-api", size="XL", phases=phases)).status_code == 200
    assert "Double writes" in client.get(f"{PAGE}form/change?change=C1").content.decode()


def test_who_gave_it_back_is_told_and_asks_for_another_owner(review, client, other, save, responder) -> None:
    save(change("Add an index on orders.customer_id", owner=str(responder.pk)))
    assert other.post(f"{PAGE}changes/C1/decline", "{}", content_type="application/json").status_code == 200
    page = client.get(PAGE).content.decode()
    assert "given back by the responder, choose another owner" in page
    assert "For you who lead" in page
    assert "For you who lead" not in other.get(PAGE).content.decode()


def test_an_owner_who_has_not_answered_is_shown_to_those_who_lead_after_three_working_days(
    review, client, other, save, responder
) -> None:
    save(change("Add an index on orders.customer_id", owner=str(responder.pk)))
    assert "For you who lead" not in client.get(PAGE).content.decode()
    ReviewChange.objects.filter(sort="change").update(at=timezone.now() - timedelta(days=ANSWER_DAYS + 4))
    assert "waits for its owner" in client.get(PAGE).content.decode()
    other.post(f"{PAGE}changes/C1/accept", "{}", content_type="application/json")
    assert "For you who lead" not in client.get(PAGE).content.decode()


def test_the_picker_says_how_much_somebody_holds_without_saying_what(review, client, save, responder) -> None:
    for number in range(5):
        ReviewPart.objects.create(
            review=review, sort="change", ident=f"H{number}", rev=1,
            body={"text": f"Hidden {number}", "owner": str(responder.pk), "state": "committed"},
        )  # fmt: skip
    page = client.get(f"{PAGE}form/change").content.decode()
    assert "holds 5 (full)" in page and "Hidden" not in page
    assert "holds 5 open commitments already" in written(client, text="Add an index", owner=str(responder.pk))


@pytest.mark.parametrize(
    "fields", [{}, {"text": "", "size": "XXL"}, {"due": "soon", "owner": "x" * 500}, {"text": "🙂" * 3000}]
)
def test_fields_that_hold_nothing_of_use_are_left_out(review, client, fields: dict[str, str]) -> None:
    assert client.post(f"{PAGE}writing", fields).status_code == 200


def test_outsiders_see_nothing_of_it(review, make_person) -> None:
    browser = Client()
    browser.force_login(make_person("outside@example.org"))
    assert browser.post(f"{PAGE}writing", {"text": "x"}).status_code == 404


def test_the_api_tells_the_same_as_the_form(review, client, person) -> None:
    said = {"text": "Improve monitoring by 15 April 2031", "barrier": "detect", "size": "M"}
    reply = client.post(
        "/api/v1/incidents/INC-2041/review/changes/check", json.dumps(said), content_type="application/json"
    )
    assert reply.status_code == 200
    told = reply.json()
    assert [each["rule"] for each in told["hints"]][:1] == ["A2"] and told["commit_waits"]
    assert told["change_class"] == "intention" and len(told["properties"]) == 8
    assert told["said"] == "2031-04-15" and told["due"]

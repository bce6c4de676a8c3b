"""Before a report is opened to the organisation, sentences that blame somebody need a decision; a draft needs none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.reviews.models import Review

pytestmark = pytest.mark.django_db
PAGE = "/incidents/INC-2041/review/"
VISIBILITY = "/incidents/INC-2041/visibility"
API = "/api/v1/incidents/INC-2041"
BLAME = "John deployed v2.14 without review."
INSTEAD = "The deployment process let v2.14 be deployed without review."


@pytest.fixture
def write(save: Callable[..., HttpResponse], review: Review) -> Callable[[str], None]:
    """Writes the answer to the second question."""

    def done(text: str) -> None:
        rows = review.parts.filter(sort="answer", ident="q2")
        rev = rows.get().rev if rows.exists() else 0
        part = {"sort": "answer", "id": "q2", "body": {"text": text}, "based_on": rev}
        assert save(part).status_code == 200

    return done


def publish(client: Client, **said: str) -> str:
    return client.post(VISIBILITY, {"do": "publish", **said}, follow=True).content.decode()


def override(client: Client, save: Callable[..., HttpResponse], reason: str) -> HttpResponse:
    (found,) = client.get(f"{API}/review/findings").json()["before_everyone"]
    return save({"sort": "dismissal", "id": found["id"], "body": {"reason": reason, "overridden": True}})


def test_publishing_to_everyone_waits_and_says_which_sentence_with_a_rewrite(client, write) -> None:
    write(BLAME)
    told = publish(client)
    assert BLAME in told and INSTEAD in told and "override it with a reason" in told
    assert Incident.objects.get().published_at is None
    page = client.get(PAGE).content.decode()
    assert "Before everyone reads it" in page and BLAME in page and f"Say instead: “{INSTEAD}”" in page
    write(INSTEAD)
    assert "Before everyone reads it" not in client.get(PAGE).content.decode()
    assert "is published" in publish(client)


def test_the_api_refuses_the_same_and_lists_the_same(client, write) -> None:
    write(BLAME)
    (found,) = client.get(f"{API}/review/findings").json()["before_everyone"]
    assert found["code"] == "L1" and found["severity"] == "must" and found["suggestion"] == INSTEAD
    refused = client.post(f"{API}/publish", {}, content_type="application/json")
    assert refused.status_code == 409 and BLAME in refused.json()["detail"]
    assert Incident.objects.get().published_at is None


def test_a_draft_goes_on_and_members_may_read_it(client, write, make_person) -> None:
    write(BLAME)
    assert client.get(f"{API}/review/findings").json()["must"] == [
        each for each in client.get(f"{API}/review/findings").json()["must"] if each["code"] not in ("L1", "L4")
    ]
    assert "is published" in publish(client, open_to="members", reason="names a customer")
    assert Incident.objects.get().narrowed_because == "names a customer"
    client.post(VISIBILITY, {"do": "widen"})
    assert Incident.objects.get().narrowed_because == "names a customer"
    write(INSTEAD)
    client.post(VISIBILITY, {"do": "widen"})
    assert Incident.objects.get().narrowed_because == ""


def test_what_is_restricted_is_published_to_its_members_and_lifting_asks(client, write) -> None:
    write(BLAME)
    client.post(VISIBILITY, {"do": "restrict", "reason": "security"})
    assert "is published" in publish(client)
    client.post(VISIBILITY, {"do": "lift", "reason": "patched"})
    assert Incident.objects.get().restricted
    write(INSTEAD)
    client.post(VISIBILITY, {"do": "lift", "reason": "patched"})
    assert not Incident.objects.get().restricted


def test_whoever_leads_overrides_with_a_reason_that_is_recorded_and_printed(client, write, save) -> None:
    write(BLAME)
    assert override(client, save, "").status_code == 200
    assert "override it with a reason" in publish(client)
    row = Review.objects.get().parts.get(sort="dismissal")
    said = {"reason": "John asked for it", "overridden": True}
    assert save({"sort": "dismissal", "id": row.ident, "body": said, "based_on": row.rev}).status_code == 200
    assert "is published" in publish(client)
    kept = Review.objects.get().changes.filter(sort="dismissal").last()
    assert kept is not None and kept.by is not None and kept.after["reason"] == "John asked for it"
    printed = client.get("/incidents/INC-2041/report.md").content.decode()
    assert "John asked for it" in printed and "L1, overridden" in printed
    assert "Set aside" in client.get(PAGE).content.decode()


def test_who_does_not_lead_cannot_override(client, write, save, make_person, review) -> None:
    write(BLAME)
    other = make_person("responder@example.org")
    IncidentMember.objects.create(incident=review.incident, person=other, seat=Seat.RESPONDER)
    browser = Client()
    browser.force_login(other)
    (found,) = client.get(f"{API}/review/findings").json()["before_everyone"]
    part = {"sort": "dismissal", "id": found["id"], "body": {"reason": "fine", "overridden": True}}
    assert save(part, by=browser).status_code == 403
    assert BLAME in publish(client)


def test_a_name_of_the_incident_counts_as_a_person(client, write, make_person, review) -> None:
    other = make_person("zedka@example.org", name="Zedka Omm")
    IncidentMember.objects.create(incident=review.incident, person=other, seat=Seat.RESPONDER)
    write("Zedka dropped the wrong table.")
    assert "Zedka dropped the wrong table." in publish(client)


def test_what_an_embargo_will_open_by_itself_is_asked_before(client, write) -> None:
    write(BLAME)
    client.post(VISIBILITY, {"do": "restrict", "reason": "security"})
    assert "is published" in publish(client)
    said = {"until": "2031-06-01T10:00:00Z", "reason": "customers patch until then"}
    refused = client.put(f"{API}/embargo", said, content_type="application/json")
    assert refused.status_code == 409 and BLAME in refused.json()["detail"]
    write(INSTEAD)
    assert client.put(f"{API}/embargo", said, content_type="application/json").status_code == 200

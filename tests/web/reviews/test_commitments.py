"""Accountability is personal and on commitments; causes are nobody's; what is out of scope leaves without a word."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents.access import SeatMissing
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.reviews.actions.hand_on import hand_on
from afteraction.web.reviews.commitments import people_named, taken_on
from afteraction.web.reviews.models import ReviewPart

pytestmark = pytest.mark.django_db
PLACE = "/incidents/INC-2041/"
TODAY = date(2026, 11, 21)
CAUSE = "The pool of connections had no upper bound"


@pytest.fixture
def ada(incident, make_person):
    other = make_person("ada@example.org", name="Ada Moreau")
    IncidentMember.objects.create(incident=incident, person=other, seat=Seat.RESPONDER)
    return other


@pytest.fixture
def promised(review, save, ada):
    """What Ada took, what was only asked of her, what the owner took, and a cause."""
    changes = [
        {"text": "Bound the pool", "owner": str(ada.pk), "state": "committed", "due": "2026-11-01"},
        {"text": "Rewrite it all", "owner": str(ada.pk)},
        {"text": "Alert on the pool", "owner": str(review.incident.members.get(seat=Seat.OWNER).person_id),
         "state": "committed", "due": "2026-12-01"},
        {"text": "Rehearse the rollback", "owner": str(ada.pk), "accepted_at": "2026-11-02T10:00:00Z",
         "due": "2026-10-01"},
    ]  # fmt: skip
    for number, body in enumerate(changes, start=1):
        ReviewPart.objects.create(review=review, sort="change", ident=f"c{number}", body=body, rev=number)
    cause = {"kind": "condition", "statement": CAUSE}
    ReviewPart.objects.create(review=review, sort="node", ident="n1", body=cause, rev=9)
    return review


def test_a_person_yields_what_they_took_on_and_their_seats_by_date(promised, ada, person) -> None:
    found = taken_on(ada, person, TODAY)
    assert [(each.text, each.told) for each in found.commitments] == [
        ("Rehearse the rollback", "Accepted, not committed yet, past its date"),
        ("Bound the pool", "Committed, past its date"),
    ]
    assert [(each.incident.key, each.seat) for each in found.seats] == [("INC-2041", "Responder")]


def test_searching_for_a_person_never_gives_a_cause_and_never_a_count(client, promised, ada) -> None:
    page = client.get("/commitments/", {"who": "ada mor"}).content.decode()
    assert "Bound the pool" in page and "Responder" in page and "What Ada Moreau took on" in page
    assert CAUSE not in page and "Rewrite it all" not in page
    assert re.search(r"\d+ (commitments|changes|actions)", page) is None


def test_who_may_not_see_the_incident_sees_nothing_of_it(client, promised, ada, make_person) -> None:
    outsider = make_person("guest@example.org")
    found = taken_on(ada, outsider, TODAY)
    assert (found.commitments, found.seats) == ([], [])


def test_people_of_one_name_are_listed_by_name_and_by_nothing_else(client, promised, ada, make_person) -> None:
    make_person("zoe@example.org", name="Zoe Moreau")
    make_person("bea@example.org", name="Bea Moreau")
    assert [each.name for each in people_named("moreau")] == ["Ada Moreau", "Bea Moreau", "Zoe Moreau"]
    page = client.get("/commitments/", {"who": "moreau"}).content.decode()
    assert "Who is meant?" in page and "Bound the pool" not in page
    chosen = client.get("/commitments/", {"who": "moreau", "account": str(ada.pk)}).content.decode()
    assert "Bound the pool" in chosen
    for odd in ("x", "\x00a", "nobody at all"):
        assert people_named(odd) == []


def test_ones_own_commitments_are_shown_at_first(client, promised) -> None:
    page = client.get("/commitments/").content.decode()
    assert "What you took on" in page and "Alert on the pool" in page and "Bound the pool" not in page


def test_a_review_that_is_out_of_scope_is_restricted_and_nothing_else_is_kept(client, review, person) -> None:
    told = client.get(PLACE + "review/").content.decode()
    assert "What does not belong here" in told and "Hand it on" in told
    form = client.get(PLACE + "review/hand-on").content.decode().partition("<main")[2]
    assert re.findall(r'<(?:textarea|select)|name="(?!csrf)', form) == []
    client.post(PLACE + "review/hand-on", {"reason": "They meant to", "who": "Ada Moreau"})
    incident = Incident.objects.get(key="INC-2041")
    assert incident.is_restricted
    entry = AuditEntry.objects.first()
    assert entry is not None and (entry.verb, entry.detail) == ("restrict", {"reason": "The review was restricted."})
    kept = json.dumps(list(AuditEntry.objects.values("detail", "verb")))
    assert "They meant" not in kept and "Moreau" not in kept


def test_only_who_leads_hands_a_review_on(incident, ada) -> None:
    with pytest.raises(SeatMissing):
        hand_on(incident, actor=ada)
    incident.refresh_from_db()
    assert not incident.restricted


def test_the_line_is_said_on_a_page_of_its_own(client) -> None:
    page = client.get("/just-culture/").content.decode()
    assert "What does not belong here" in page and "no field for it" in page


def test_no_field_of_any_table_or_address_stores_who_is_to_blame() -> None:
    words = re.compile(r"culpab|disciplin|negligen|reckless|sanction|misconduct|at_fault|guilt|(^|_)blame")
    ours = [each for each in apps.get_models() if each.__module__.startswith("afteraction.")]
    fields = {f"{each.__name__}.{field.name}" for each in ours for field in each._meta.get_fields()}
    assert len(fields) > 200 and sorted(each for each in fields if words.search(each)) == []
    schemas = json.loads(Path("docs/reference/openapi.json").read_text("utf-8"))["components"]["schemas"]
    named = {f"{name}.{field}" for name, each in schemas.items() for field in each.get("properties", ())}
    assert len(named) > 300 and sorted(each for each in named if words.search(each)) == []

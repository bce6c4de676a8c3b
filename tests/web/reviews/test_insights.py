"""Credit is whoever's it is to take; thanks lie on what was found out; and nobody is counted (SPEC R024)."""

from __future__ import annotations

import inspect
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.models import AuditEntry, Team
from afteraction.web.incidents.access import SeatMissing
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.reviews import insights
from afteraction.web.reviews.actions import say_insight
from afteraction.web.reviews.actions.say_insight import leave_credit, take_back_thanks, take_credit, thank
from afteraction.web.reviews.models import Credit, ReviewPart, Thanks
from tests.web.access.routes import patterns

pytestmark = pytest.mark.django_db
HERE = "/incidents/INC-2041/review/insights/"
CAUSE = "The pool of connections had no upper bound"


@pytest.fixture
def found(review):
    """A review with a cause, a top event and a cause that was ruled out."""
    bodies = {
        "N1": {"kind": "outcome", "statement": "Checkout failed", "top": "happened"},
        "N2": {"kind": "condition", "statement": CAUSE},
        "N3": {"kind": "condition", "statement": "The disk was full", "status": "refuted"},
    }
    for rev, (ident, body) in enumerate(bodies.items(), start=1):
        ReviewPart.objects.create(review=review, sort="node", ident=ident, body=body, rev=rev)
    return review


@pytest.fixture
def seated(incident, make_person):
    """People with a seat, by the word of their address; called by it too."""

    def seat(word: str, seat: Seat = Seat.RESPONDER):
        person = make_person(f"{word.casefold()}@example.org", name=word)
        IncidentMember.objects.get_or_create(incident=incident, person=person, defaults={"seat": seat})
        return person

    return seat


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_an_insight_is_the_review_or_a_cause_that_stands(found, person) -> None:
    told = insights.insights_of(found, person)
    assert [(each.sort, each.ident, each.text) for each in told] == [
        ("review", "review", "The review: Checkout errors after payments-api v2.14"), ("node", "N2", CAUSE),
    ]  # fmt: skip
    for sort, ident in (("node", "N1"), ("node", "N3"), ("node", "N9"), ("review", "N2"), ("person", "1")):
        with pytest.raises(CannotDo):
            take_credit(found, sort, ident, actor=person)


def test_only_oneself_takes_and_leaves_credit_and_nobody_can_be_named(found, seated, person) -> None:
    ada = seated("Ada")
    sent = {"sort": "node", "ident": "N2", "person": str(ada.pk), "actor": str(ada.pk), "user": ada.email}
    said = browser(person).post(HERE + "credit", sent)
    assert (said.status_code, said["Location"]) == (302, f"{HERE}#node-N2")
    assert '<li id="node-N2">' in browser(person).get(HERE).content.decode()
    assert [row.person for row in Credit.objects.all()] == [person]
    take_credit(found, "node", "N2", actor=ada)
    assert browser(person).post(HERE + "credit", sent | {"back": "1"}).status_code == 302
    assert [row.person for row in Credit.objects.all()] == [ada]
    for verb in (take_credit, leave_credit, thank, take_back_thanks):
        named = set(inspect.signature(verb).parameters) - {"review", "sort", "ident", "actor", "via"}
        assert named == set(), verb
    leave_credit(found, "node", "N2", actor=ada)
    assert insights.insights_of(found, ada)[1].surfaced_by == []


def test_thanks_are_for_those_who_lead_and_lie_on_the_insight(found, seated, person, make_person) -> None:
    ada, leads = seated("Ada"), seated("Lea", Seat.VIEWER)
    with pytest.raises(SeatMissing):
        thank(found, "node", "N2", actor=ada)
    Team.objects.create(name="Payments", slug="payments").leads.add(leads)
    for actor in (leads, person, person):
        thank(found, "node", "N2", actor=actor)
    take_credit(found, "node", "N2", actor=ada)
    cause = insights.insights_of(found, ada)[1]
    assert (cause.surfaced_by, cause.thanked_by) == (["Ada"], ["Lea", str(person)])
    take_back_thanks(found, "node", "N2", actor=leads)
    assert insights.insights_of(found, ada)[1].thanked_by == [str(person)]
    outsider = make_person("lead@example.org")
    Team.objects.get().leads.add(outsider)
    with pytest.raises(SeatMissing):
        thank(found, "node", "N2", actor=outsider)
    assert not {field.name for field in Thanks._meta.get_fields()} & {"score", "points", "weight", "count", "about"}
    verbs = AuditEntry.objects.filter(subject=found.subject).order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-4:] == ["thank", "thank", "take_credit", "take_back_thanks"]


def test_no_people_are_ordered_by_any_count(client, found, seated, person) -> None:
    """Who surfaced the most and was thanked the most stands where their name puts them, on every page."""
    zoe, ada = seated("Zoe"), seated("Ada")
    for ident, statement in (("N4", "No alert saw it"), ("N5", "The rollback was by hand")):
        ReviewPart.objects.create(
            review=found, sort="node", ident=ident, body={"kind": "condition", "statement": statement}, rev=9
        )
    for ident in ("N2", "N4", "N5"):
        take_credit(found, "node", ident, actor=zoe)
        thank(found, "node", ident, actor=person)
    take_credit(found, "node", "N2", actor=ada)
    assert insights.insights_of(found, person)[1].surfaced_by == ["Ada", "Zoe"]
    for address in (HERE, "/insights/"):
        page = client.get(address).content.decode()
        assert "Surfaced by Ada, Zoe" in page
        words = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
        assert re.search(r"\b\d+ (?:insights?|thanks|credits?|causes?|times)\b", words) is None, address
    by_people = re.compile(r"leader|ranking|top-|scores?\b|contributors?|karma")
    assert [each for each in patterns() if by_people.search(each)] == []
    for module in (insights, say_insight):
        source = inspect.getsource(module)
        assert not re.search(r"Count\(|\.count\(|Sum\(|most_common|Counter", source), module


def test_what_is_worth_reading_is_by_time_and_only_what_one_may_see(client, found, person, make_person) -> None:
    thank(found, "node", "N2", actor=person)
    now = timezone.now()
    assert [each.text for each in insights.worth_reading(person, now)] == [CAUSE]
    assert insights.worth_reading(make_person("out@example.org"), now) == []
    assert insights.worth_reading(person, now + timedelta(days=32)) == []
    Incident.objects.update(is_near_miss=True)
    texts = {each.text for each in insights.worth_reading(person, now)}
    assert texts == {CAUSE, "The near miss: Checkout errors after payments-api v2.14"}
    page = client.get("/insights/").content.decode()
    assert CAUSE in page and "Thanks from Robin Keller" in page


def test_no_report_and_no_export_has_who_surfaced_it(client, found, seated, person) -> None:
    take_credit(found, "node", "N2", actor=seated("Zebedia"))
    thank(found, "node", "N2", actor=person)
    for form in ("md", "html", "json"):
        answer = client.get(f"/incidents/INC-2041/report.{form}?audience=internal")
        assert "Zebedia" not in answer.getvalue().decode() and "Surfaced by" not in answer.getvalue().decode()

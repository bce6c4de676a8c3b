"""The page of suspects: what the analysis ranked with its evidence, and how one becomes a hypothesis."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from afteraction.core.reading import ReadOptions
from afteraction.web.accounts.actions import tokens
from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.analyse import analyse_files
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.record import Record
from afteraction.web.reviews.actions import open_review
from afteraction.web.reviews.actions.begin_graph import begin_graph
from afteraction.web.reviews.models import Review, ReviewPart

CASE = Path(__file__).parents[3] / "examples" / "case"


@pytest.fixture
def case(person: User) -> Incident:
    incident = create_incident(Record(title="Checkout fails", kind="bug", severity="SEV-4"), actor=person)
    analyse_files(incident, [CASE], options=ReadOptions(), importer="test")
    return incident


@pytest.fixture
def studied(case: Incident, person: User) -> Review:
    review = open_review(case, actor=person)
    begin_graph(review, {"happened": "Checkout answered with errors"}, actor=person)
    return review


def page_of(client: Client, incident: Incident) -> str:
    return unescape(client.get(f"/incidents/{incident.key}/suspects/").content.decode())


def idents(page: str) -> list[str]:
    return re.findall(r'name="suspect" value="([^"]+)"', page)


def test_each_suspect_says_why_and_opens_its_evidence(case: Incident, client: Client):
    page = page_of(client, case)
    first = page[page.index('id="s-1"') : page.index('id="s-2"')]
    assert "Speaks for it" in first and "Speaks against it" in first
    [original, *_] = re.findall(r'class="cite" href="([^"]+)"', first)
    assert client.get(original).status_code == 200


def test_while_impact_is_open_it_offers_to_begin_the_review(case: Incident, client: Client):
    page = page_of(client, case)
    assert idents(page) == [] and "the review to work with it" in page


def test_a_suspect_becomes_a_hypothesis_with_what_speaks_for_it(studied: Review, client: Client):
    [first, *_] = idents(page_of(client, studied.incident))
    answer = client.post(f"/incidents/{studied.incident.key}/suspects/hypothesis", {"suspect": first})
    assert answer.status_code == 302
    node = answer["Location"].rpartition("node=")[2]
    body = ReviewPart.objects.get(review=studied, sort="node", ident=node).body
    assert body["origin"] == f"suspect:{first}"
    assert body.get("status", "hypothesis") == "hypothesis"
    supports = [row.body for row in ReviewPart.objects.filter(review=studied, sort="support")]
    assert supports and all(each["claim"] == node and each["evidence_id"] for each in supports)
    [edge] = [row.body for row in ReviewPart.objects.filter(review=studied, sort="edge")]
    assert edge["source"] == node and edge.get("status", "hypothesis") == "hypothesis"
    assert client.get(answer["Location"]).status_code == 200
    assert f"{node} in the cause graph" in page_of(client, studied.incident)


def test_twice_is_the_same_node(studied: Review, client: Client):
    [first, *_] = idents(page_of(client, studied.incident))
    address = f"/incidents/{studied.incident.key}/suspects/hypothesis"
    places = {client.post(address, {"suspect": first})["Location"] for _ in range(2)}
    assert len(places) == 1


def test_a_suspect_that_is_no_longer_listed_is_told(studied: Review, client: Client):
    answer = client.post(f"/incidents/{studied.incident.key}/suspects/hypothesis", {"suspect": "service:nowhere"})
    assert answer.status_code == 409
    assert "no longer listed" in answer.content.decode()
    assert not ReviewPart.objects.filter(review=studied, sort="edge").exists()


def test_an_incident_without_evidence_says_so(incident_without_evidence: Incident, client: Client):
    assert "There is no evidence yet." in page_of(client, incident_without_evidence)


@pytest.fixture
def incident_without_evidence(person: User) -> Incident:
    return create_incident(Record(title="Something is slow", kind="outage", severity="SEV-3"), actor=person)


def test_the_api_tells_the_same_and_supposes(studied: Review, person: User):
    _, secret = tokens.make_token("x", ["read", "write"], days=None, actor=person)
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    client = Client()
    address = f"/api/v1/incidents/{studied.incident.key}/suspects"
    told = client.get(address, **headers).json()
    assert sum(each["probability"] for each in told["suspects"]) + told["remaining"] == pytest.approx(1)
    first = told["suspects"][0]["ident"]
    posted = client.post(
        f"{address}/hypothesis", {"suspect": first}, content_type="application/json", **headers
    )  # fmt: skip
    assert posted.status_code == 200
    assert client.get(address, **headers).json()["suspects"][0]["node"] == posted.json()["node"]
    gone = client.post(f"{address}/hypothesis", {"suspect": "x"}, content_type="application/json", **headers)
    assert gone.status_code == 409 and gone.json()["detail"].startswith("This suspect is no longer listed")

"""The page of log templates: what was said before, during and after, narrowed by what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from afteraction.core.reading import ReadOptions
from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.analyse import analyse_files
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.record import Record

CASE = Path(__file__).parents[3] / "examples" / "case"


@pytest.fixture
def case(person: User) -> Incident:
    incident = create_incident(Record(title="Checkout fails", kind="bug", severity="SEV-4"), actor=person)
    analyse_files(incident, [CASE], options=ReadOptions(), importer="test")
    return incident


def test_new_messages_stand_first_with_their_counts_and_evidence(case: Incident, client: Client):
    page = client.get(f"/incidents/{case.key}/evidence/templates/").content.decode()
    first = page[page.index('class="tpl"') : page.index("</li>", page.index('class="tpl"'))]
    assert ">new<" in first and 'class="cite"' in first and "Before" in first and "During" in first


def test_it_narrows_to_one_kind_of_change(case: Incident, client: Client):
    page = client.get(f"/incidents/{case.key}/evidence/templates/?change=new").content.decode()
    assert "no connection within" in page and "reserved" not in page


def test_the_evidence_page_leads_there(case: Incident, client: Client):
    assert (
        f"/incidents/{case.key}/evidence/templates/" in client.get(f"/incidents/{case.key}/evidence/").content.decode()
    )


def test_without_evidence_it_says_so(person: User, client: Client):
    incident = create_incident(Record(title="Slow", kind="bug", severity="SEV-4"), actor=person)
    assert "There is no evidence yet." in client.get(f"/incidents/{incident.key}/evidence/templates/").content.decode()

"""The share of incidents that a change set off, above the list: of what the reader sees, unknown triggers told."""

from __future__ import annotations

import pytest
from django.test import Client

from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.finding.set_off import set_off_seen_by
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.record import Record


def incidents(person: User, *set_off: bool | None, **said: str) -> None:
    for told in set_off:
        record = Record(**{"title": "Slow", "kind": "bug", "severity": "SEV-4", **said})
        incident = create_incident(record, actor=person)
        Incident.objects.filter(pk=incident.pk).update(figures={"set_off_by_change": told})


@pytest.mark.both_databases
def test_it_counts_what_the_reader_sees_in_production(either_database: str, make_person) -> None:
    person, other = make_person("a@example.org"), make_person("b@example.org")
    incidents(person, True, True, True, False, False, None)
    incidents(person, True, environment="staging")
    incidents(other, True, True)
    told = set_off_seen_by(person)
    assert (told.by_change, told.otherwise, told.unknown) == (3, 2, 1)


def test_the_list_says_it_with_its_interval(client: Client, person: User) -> None:
    incidents(person, True, True, True, False, False)
    page = client.get("/incidents/").content.decode()
    assert "3 of 5 incidents with a known trigger were set off by a change (60 %, 95 % interval 23 % to 88 %)." in page


def test_nothing_is_said_where_no_trigger_is_known(client: Client, person: User) -> None:
    incidents(person, None, None)
    assert 'id="set-off"' not in client.get("/incidents/").content.decode()


def test_the_analysis_of_an_incident_tells_it(incident: Incident) -> None:
    incident.refresh_from_db()
    assert "set_off_by_change" in incident.figures

"""Keys of incidents: which words can be one, and which lead elsewhere."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import resolve

from afteraction.web.config.serve import serve
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.keys import RESERVED, NoKey
from afteraction.web.incidents.models import Incident
from tests.web.access.routes import patterns


@pytest.mark.parametrize("key", [*sorted(RESERVED), "", "INC 7", "a/b", "größe", "INC-7\n", "x" * 65])
def test_a_word_that_no_address_can_lead_to_is_refused(db, key: str) -> None:
    with pytest.raises(NoKey, match=r"e\.g\. INC-7"):
        open_incident(key, title="Checkout is slow")
    assert not Incident.objects.exists()


@pytest.mark.parametrize("key", ["INC-7", "news", "NEW", "2026_05_12"])
def test_any_other_key_leads_to_its_incident(client: Client, person, key: str) -> None:
    open_incident(key, person, title="Checkout is slow")
    assert "Checkout is slow" in client.get(f"/incidents/{key}/").content.decode()
    assert resolve(f"/incidents/{key}/").kwargs == {"key": key}


def test_every_word_below_incidents_that_is_no_incident_is_reserved() -> None:
    below = {found[1] for pattern in patterns() if (found := re.match(r"\^?incidents/([-\w]+)", pattern))}
    assert below == RESERVED


def test_a_start_says_which_key_it_cannot_use() -> None:
    told = CliRunner().invoke(serve, ["--incident", "publish"])
    assert told.exit_code == 2
    assert '"publish" cannot be the key of an incident: /incidents/publish is another page.' in told.output

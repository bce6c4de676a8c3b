"""Milestones without evidence stand in a list of their own, and the share is over milestones alone (SPEC R058)."""

from __future__ import annotations

import re

import pytest

from afteraction.core.findings import MILESTONE_TITLES, Milestone
from afteraction.pipeline.report.coverage import coverage
from afteraction.web.incidents.milestones import evidenced
from tests.web import documents

pytestmark = pytest.mark.django_db
PAGE = "/incidents/INC-2041/"


def without_evidence(*names: str):
    document = documents.document()
    for name in names:
        document["milestones"][name][0] = {
            **documents.candidate("15:24", source="person", reason="Robin watched the graph come down."),
            "evidence": [], "chosen_by": "Robin watched the graph come down.",
        }  # fmt: skip
    return document


def test_they_are_listed_with_why_and_linked_from_the_share(client, keep_small_incident) -> None:
    bare = ("t_impact_start", "t_resolved")
    document = without_evidence(*bare)
    keep_small_incident(**document)
    page = client.get(PAGE).content.decode()
    known = sum(bool(found) for found in document["milestones"].values())
    assert f'href="#h-unevidenced">{known - 2} of {known} with evidence</a>' in page
    section = page[page.index('class="card unevidenced"') :]
    section = section[: section.index("</section>")]
    assert "2 milestones without evidence" in section
    assert re.findall(r"<b>([^<]+)</b>", section) == [MILESTONE_TITLES[Milestone(name)] for name in bare]
    assert "Robin watched the graph come down." in section
    assert page.count('title="Without evidence"') == 2


def test_nothing_is_listed_while_every_milestone_has_some(client, incident) -> None:
    page = client.get(PAGE).content.decode()
    assert "h-unevidenced" not in page and 'title="Without evidence"' not in page
    assert re.search(r"(\d+) of \1 with evidence", page)


def test_events_that_are_no_milestones_never_change_the_share() -> None:
    document = without_evidence("t_resolved")
    for event in document["events"]:
        event["evidence"] = []
    found, told = evidenced(document), coverage(document)
    assert (found.known, found.cited) == (told["milestones_known"], told["milestones_with_evidence"])
    assert found.cited == found.known - 1 and told["share"] == found.cited / found.known

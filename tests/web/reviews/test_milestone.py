"""The shorter template of a milestone on its page, at home and in its report; and what a near miss asks instead of
impact."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.record import Record
from afteraction.web.reviews.models import Review
from afteraction.web.reviews.triggering.home import reviews_brought

MISSED = {"nearly": "The clean-up nearly emptied production.", "stopped_by": "The lock refused it.",
          "stopped_how": "designed"}  # fmt: skip


@pytest.fixture
def milestone(person: User) -> Incident:
    return create_incident(Record(title="Search left the old cluster", kind="milestone"), actor=person)


@pytest.fixture
def reached(incident: Incident) -> Incident:
    """One with evidence, so that there is a report."""
    Incident.objects.filter(pk=incident.pk).update(kind="milestone", severity="")
    incident.refresh_from_db()
    return incident


def page(client: Client, incident: Incident) -> str:
    answer = client.get(f"/incidents/{incident.key}/review/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_asks_for_goals_help_and_hindrance_and_not_for_impact_or_gates(client: Client, milestone: Incident) -> None:
    told = page(client, milestone)
    for part in ("goals", "helped", "hindered", "commitments"):
        assert f'data-question="{part}"' in told
    for number in range(1, 5):
        assert f'id="q{number}"' in told and f'data-spine="q{number}"' in told
    assert 'data-question="q1"' not in told and "degradation" not in told and 'id="q5"' not in told
    assert "“Goals” is not answered." in told and 'href="#q1"' in told
    assert "0 of 3 questions" in told


def test_an_answer_is_saved_like_every_other_and_counts(
    client: Client, save, milestone: Incident, person: User
) -> None:
    body = {"text": "Searches come from the new cluster since Monday.", "state": "answered"}
    saved: HttpResponse = save({"sort": "answer", "id": "goals", "body": body, "based_on": 0}, key=milestone.key)
    assert saved.status_code == 200, saved.content
    told = page(client, milestone)
    assert "new cluster since Monday" in told and "1 of 3 questions" in told
    assert "1 of 3 questions answered" in client.get("/").content.decode()
    brought = reviews_brought(person, [milestone])[milestone.pk]
    assert brought.step[0] == "“What helped” is not answered. (1 of 3 are)"


def test_its_report_has_its_parts_in_place_of_impact_and_causes(client: Client, save, reached: Incident) -> None:
    save(
        {"sort": "answer", "id": "helped", "body": {"text": "Two weeks without other work."}, "based_on": 0},
        key=reached.key,
    )
    told = client.get(f"/incidents/{reached.key}/report.md").content.decode()
    headings = [line.lstrip("# ") for line in told.splitlines() if line.startswith("## ")]
    assert headings[:4] == ["Summary", "Goals", "What helped", "What hindered"]
    assert "Two weeks without other work." in told
    assert not {"Impact", "Why it happened", "What happened"} & set(headings)
    public = client.get(f"/incidents/{reached.key}/report.md?audience=public").content.decode()
    assert "Two weeks without other work." not in public


def test_the_words_of_its_report_come_back_in(client: Client, save, reached: Incident) -> None:
    save({"sort": "answer", "id": "goals", "body": {"text": "All searches moved."}, "based_on": 0}, key=reached.key)
    told = client.get(f"/incidents/{reached.key}/report.md").content.decode()
    edited = told.replace("All searches moved.", "All searches moved but two.", 1)
    assert edited != told
    file = SimpleUploadedFile("report.md", edited.encode())
    assert client.post(f"/incidents/{reached.key}/review/import", {"file": file}).status_code == 200
    body = Review.objects.get().parts.get(sort="answer", ident="goals").body
    assert body["text"] == "All searches moved but two."


def test_a_near_miss_tells_what_stopped_it_apart_from_luck_and_no_impact(client: Client) -> None:
    client.post("/incidents/near-miss", {**MISSED, "would_have": "Carts would have been gone."})
    incident = Incident.objects.get()
    told = page(client, incident)
    stopped = told[told.index('id="live-stopped"') :]
    first, luck = stopped[: stopped.index("Luck <small")], stopped[stopped.index("Luck <small") :]
    assert "The lock refused it." in first and "None is named." in luck
    assert "Potential impact" in told and "degradation" not in told and "No impact window" not in told


def test_a_report_of_a_near_miss_tells_what_could_have_been_and_counts_no_impact(
    client: Client, save, incident: Incident
) -> None:
    Incident.objects.filter(pk=incident.pk).update(kind="near_miss", is_near_miss=True)
    body = {"text": "Carts would have been gone."}
    save({"sort": "answer", "id": "q1", "body": body, "based_on": 0})
    report = client.get(f"/incidents/{incident.key}/report.md").content.decode()
    assert "## Potential impact" in report and "Carts would have been gone." in report
    assert "Impact windows" not in report and "## Impact" not in report

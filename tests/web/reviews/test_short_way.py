"""The short way of what left nothing in machines: a near miss and a milestone, from what was typed to a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.actions import tokens
from afteraction.web.accounts.models import User
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.actions.visibility import publish
from afteraction.web.incidents.models import Incident
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.record import Record
from afteraction.web.jobs.models import Job
from afteraction.web.reviews.gates.refusals import facts_of
from afteraction.web.reviews.models import Review

MISSED = {
    "nearly": "The clean-up nearly emptied production.", "stopped_by": "The lock refused it.",
    "stopped_how": "designed",
    "would_have": "All carts of a day would have been gone.", "follow_up": "The clean-up asks which cluster it means.",
    "services": "carts",
}  # fmt: skip
NO_ACTION = {"no_action_because": "The lock did what it was built for", "revisit": "2031-06-01"}
Jobs = Callable[[], list[Job]]


def browser_of(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def confirmed(browser: Client, incident: Incident) -> Review:
    """Its review, after somebody confirmed what was typed on the page that says how much of it is unknown."""
    analysis = latest_analysis(incident)
    assert analysis is not None and analysis.event_count == 0 and analysis.head["files"] == []
    address = f"/incidents/{incident.key}/facts/confirm/"
    assert "unknown milestones" in browser.get(address).content.decode()
    answer = browser.post(address, {"analysis": analysis.pk, "note": "Nothing recorded it."})
    assert answer.status_code == 302
    review = Review.objects.get(incident=incident)
    assert review.step == "facts_confirmed"
    return review


def saved(browser: Client, incident: Incident, *parts: dict[str, object]) -> None:
    answer = browser.post(f"/incidents/{incident.key}/review/save", {"parts": parts}, content_type="application/json")
    assert answer.status_code == 200, answer.content


def moved(browser: Client, incident: Incident, to: str) -> None:
    answer = browser.post(f"/incidents/{incident.key}/review/move", {"to": to}, content_type="application/json")
    assert answer.status_code == 200, answer.content


def test_a_near_miss_of_two_minutes_goes_its_whole_way(either_database: str, make_person, run_jobs: Jobs) -> None:
    person, reader = make_person("owner@example.org"), make_person("reader@example.org")
    browser = browser_of(person)
    browser.post("/incidents/near-miss", MISSED)
    incident = Incident.objects.get()
    assert "being made into the first facts" in browser.get(f"/incidents/{incident.key}/").content.decode()
    with pytest.raises(CannotDo, match="are being computed"):
        publish(incident, actor=person)
    run_jobs()
    assert "Nothing recorded it" in browser.get(f"/incidents/{incident.key}/").content.decode()
    confirmed(browser, incident)
    saved(browser, incident, {"sort": "frame", "id": "review", "body": NO_ACTION, "based_on": 0})
    for step in ("reviewed", "committed", "published"):
        moved(browser, incident, step)
    incident.refresh_from_db()
    assert incident.published_at is not None
    report = browser_of(reader).get(f"/incidents/{incident.key}/report/").content.decode()
    for told in (MISSED["nearly"], MISSED["stopped_by"], MISSED["would_have"], MISSED["follow_up"]):
        assert told in report
    assert "A near miss hurt no user" in report and "When impact began is unknown" not in report
    assert "0 of 0 files" in report and "Time to acknowledge" in report
    file = browser.get(f"/incidents/{incident.key}/report.md").content.decode()
    assert MISSED["stopped_by"] in file and "not applicable" in file


def test_a_milestone_goes_its_whole_way_with_no_figure_of_harm(
    either_database: str, make_person, run_jobs: Jobs
) -> None:
    person = make_person("owner@example.org")
    browser = browser_of(person)
    incident = create_incident(Record(title="Search left the old cluster", kind="milestone"), actor=person)
    run_jobs()
    confirmed(browser, incident)
    told = {"goals": "All searches come from the new cluster.", "helped": "The shadow traffic.", "hindered": "Quotas."}
    for part, text in told.items():
        body = {"text": text, "state": "answered"}
        saved(browser, incident, {"sort": "answer", "id": part, "body": body, "based_on": 0})
    saved(browser, incident, {"sort": "frame", "id": "review", "body": NO_ACTION, "based_on": 0})
    for step in ("reviewed", "committed", "published"):
        moved(browser, incident, step)
    analysis = latest_analysis(incident)
    assert analysis is not None
    assert {each["state"] for each in analysis.head["metrics"].values()} <= {"not_applicable", "unknown"}
    assert {analysis.head["metrics"][name]["state"] for name in ("M01", "M08", "M10")} == {"not_applicable"}
    report = browser.get(f"/incidents/{incident.key}/report/").content.decode()
    for text in told.values():
        assert text in report


def test_its_ideas_come_back_once_after_the_first_day_of_its_review(client: Client, run_jobs: Jobs) -> None:
    client.post("/incidents/near-miss", MISSED)
    run_jobs()
    review = Review.objects.get()
    window = facts_of(review).window
    assert window is not None and window.opens == review.opened_at + timedelta(days=1)


def test_nothing_else_has_facts_without_evidence(person: User, run_jobs: Jobs) -> None:
    incident = create_incident(Record(title="Checkout is down", kind="outage", severity="SEV-2"), actor=person)
    assert run_jobs() == [] and latest_analysis(incident) is None
    with pytest.raises(CannotDo, match="has no evidence"):
        publish(incident, actor=person)


def test_what_turns_out_to_be_a_near_miss_gets_its_facts_then(client: Client, person: User, run_jobs: Jobs) -> None:
    from afteraction.web.incidents.actions.change_record import change_record

    incident = create_incident(Record(title="The disk nearly filled up", kind="bug"), actor=person)
    changed = Record(title=incident.title, kind="near_miss", is_near_miss=True)
    change_record(incident, changed, based_on=incident.version, actor=person)
    run_jobs()
    assert latest_analysis(incident) is not None


def test_reports_per_month_count_what_their_reader_sees_and_no_milestone(either_database: str, make_person) -> None:
    """M29."""
    person, other = make_person("owner@example.org"), make_person("other@example.org")
    for who, kind in ((person, "near_miss"), (person, "bug"), (person, "milestone"), (other, "near_miss")):
        create_incident(Record(title="x", kind=kind, is_near_miss=kind == "near_miss"), actor=who)
    page = browser_of(person).get("/incidents/?kind=near_miss").content.decode()
    assert "1 near miss was reported in the last 12 months, beside 1 incident." in page
    assert "were reported in the last" not in browser_of(person).get("/incidents/").content.decode()
    _, secret = tokens.make_token("x", ["read"], days=None, actor=other)
    told = Client().get("/api/v1/near-misses/reports", headers={"Authorization": f"Bearer {secret}"}).json()
    assert (told["near_misses"], told["incidents"], told["ratio"], len(told["months"])) == (1, 0, None, 12)

"""Pages answer, show what is stored and lead to the evidence. The cast is explained in `documents`."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.models import StoredAnalysis
from tests.web import documents

pytestmark = pytest.mark.django_db
PAGE = "/incidents/INC-2041/"


def text_of(response) -> str:
    """The body of an answer."""
    return response.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/incidents/", PAGE, PAGE + "evidence/", PAGE + "report/", PAGE + "?show=all&range=all&zone=written"]
)
def test_every_page_of_an_incident_answers(client, incident, path) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "Checkout errors after payments-api v2.14" in text_of(response)


@pytest.mark.parametrize("path", ["/", "/incidents/", PAGE, PAGE + "evidence/", PAGE + "report/"])
def test_no_page_carries_inline_style_or_script(client, incident, path) -> None:
    response = client.get(path)
    body = text_of(response)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", body)
    assert not re.search(r"<script(?![^>]*\ssrc=)", body)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"


def test_figures_are_those_of_the_stored_analysis(client, incident) -> None:
    body = text_of(client.get(PAGE))
    for told in ("9 min", "± 1", "5 min 37 s", "2 min 12 s", "41 min", "59 min", "32 hard", "80 or 88 min"):
        assert told in body, told
    assert "11 known" in body
    assert "1 conflicting" in body
    assert "3 unknown" in body


def test_another_figure_in_the_analysis_is_another_figure_on_the_page(client, keep_small_incident) -> None:
    metrics = documents.document()["metrics"]
    metrics["M01"] = documents.metric("Time to detect", state="at_least", value=7200)
    metrics["M10"] = documents.metric("Impacted minutes", None)
    keep_small_incident(metrics=metrics)
    body = text_of(client.get(PAGE))
    assert "at least 2 h" in body
    assert "59 min" not in body


def test_a_disputed_milestone_shows_both_accounts(client, incident) -> None:
    body = text_of(client.get(PAGE))
    assert "15:22 or 15:30" in body
    assert "Resolved, 2 accounts" in body
    assert "Accounts that differ" in body


def test_silences_stand_between_the_events(client, incident) -> None:
    body = text_of(client.get(PAGE)).partition('<ol class="events"')[2]
    gap = body.index("No public update for 38 min, 14:19 to 14:57.")
    assert body.index(">Investigating<small") < gap < body.index(">rollback to v2.13.4<small")


def test_the_panel_shows_the_original_with_the_cited_line_and_hides_secrets(client, incident) -> None:
    body = text_of(client.get(PAGE + "events/ev0003/"))
    hit = re.search(r'<span class="hit" data-n="(\d+)">(.*?)</span>', body)
    assert hit is not None
    assert hit[1] == "7"
    assert "2026-05-12T14:11:08.214Z" in hit[2]
    assert "hunter2secret" not in body
    assert documents.sha("alerts/firing.json") in body
    assert "Milestone <b>Detected</b>" in body


def test_originals_show_roles_in_place_of_names(client, incident) -> None:
    known = {"roles": {"chat:U1": "On-call engineer"}, "names": {"chat:U1": "CheckoutErrorRate"}}
    StoredAnalysis.objects.filter(incident=incident).update(identities=known)
    for address in (PAGE + "events/ev0003/", PAGE + f"evidence/{documents.sha('alerts/firing.json')}/"):
        lines = re.findall(r'data-n="\d+">(.*?)</span>', text_of(client.get(address)))
        assert any("On-call engineer" in line for line in lines), address
        assert not any("CheckoutErrorRate" in line for line in lines), address


def test_the_list_is_read_page_by_page_without_losing_or_repeating_an_event(client, incident) -> None:
    seen: list[str] = []
    address = PAGE + "events/?show=all"
    while address:
        body = text_of(client.get(address))
        seen += re.findall(r'<li class="event" id="e-(\w+)"', body)
        following = re.search(r'data-part="([^"]+)"', body)
        address = following[1].replace("&amp;", "&") if following else ""
    assert seen == [event["id"] for event in documents.events()]


def test_chat_that_carries_no_story_is_left_to_the_whole_list(client, incident) -> None:
    assert "message 7<" not in text_of(client.get(PAGE))
    assert "message 7<" in text_of(client.get(PAGE + "?show=all"))


@pytest.mark.parametrize(
    ("zone", "shown"), [("utc", "14:13:20"), ("local", "16:13:20"), ("written", "16:13:20"), ("mars", "14:13:20")]
)
def test_times_are_shown_in_the_chosen_zone(client, incident, zone, shown) -> None:
    body = text_of(client.get(PAGE + f"?zone={zone}"))
    row = body[body.index('id="e-ev0004"') :]
    assert f">{shown}</time>" in row[:400]


def test_the_chosen_zone_is_remembered(client, incident) -> None:
    client.get(PAGE + "?zone=local")
    assert ">16:11:08</time>" in text_of(client.get(PAGE))


def test_the_theme_is_kept_and_leads_back(client, incident) -> None:
    response = client.post("/theme", {"back": PAGE, "theme": "dark"})
    assert response["Location"] == PAGE
    assert 'data-theme="dark"' in text_of(client.get(PAGE))


@pytest.mark.parametrize("back", ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test", "javascript:x"])
def test_the_theme_never_leads_to_another_site(client, back) -> None:
    assert client.post("/theme", {"back": back})["Location"] == "/"


def test_the_theme_is_not_changed_by_another_site() -> None:
    assert Client(enforce_csrf_checks=True).post("/theme", {"theme": "dark"}).status_code == 403


def test_an_incident_without_evidence_says_what_to_do(client, person) -> None:
    open_incident("INC-7", owner=person, title="Something slow")
    assert "Drop the evidence of this incident here" in text_of(client.get("/incidents/INC-7/evidence/"))
    for tab in ("", "report/"):
        body = text_of(client.get(f"/incidents/INC-7/{tab}"))
        assert "No evidence yet" in body
        assert "afteraction serve --incident INC-7" in body


def test_no_incident_at_all_says_what_to_do(client) -> None:
    assert "No incident yet" in text_of(client.get("/"))


@pytest.mark.parametrize("path", ["/nowhere", "/incidents/INC-9/", PAGE + "events/none/", PAGE + "evidence/abc/"])
def test_what_is_not_here_is_a_404_that_leads_on(client, incident, path) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "There is nothing here for you" in text_of(response)


def test_a_page_that_fails_says_that_nothing_is_lost(client, incident, monkeypatch) -> None:
    monkeypatch.setattr("afteraction.web.incidents.views.timeline.timeline_of", lambda *_: 1 / 0)
    client.raise_request_exception = False
    response = client.get(PAGE)
    assert response.status_code == 500
    assert "Nothing was lost" in text_of(response)


def test_files_that_nobody_reads_and_lines_that_failed_are_listed(client, incident) -> None:
    body = text_of(client.get(PAGE + "evidence/"))
    assert "core.dump" in body
    assert "binary, begins with 7f 45" in body
    assert "is not a date." in body
    assert "Correct it and import again." in body


def test_an_original_downloads_as_it_came(client, incident) -> None:
    response = client.get(f"{PAGE}evidence/{documents.sha('alerts/firing.json')}/download")
    assert b"".join(response.streaming_content).decode() == documents.ALERTS
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"


def test_an_original_of_another_incident_is_not_shown(client, incident) -> None:
    open_incident("INC-8", title="Other")
    assert client.get(f"/incidents/INC-8/evidence/{documents.sha('alerts/firing.json')}/").status_code == 404


def test_text_is_never_served_as_a_picture(client, incident) -> None:
    assert client.get(f"{PAGE}evidence/{documents.sha('alerts/firing.json')}/picture").status_code == 404


@pytest.mark.parametrize(("form", "begins"), [("json", "{"), ("md", "#"), ("html", "<!doctype html>")])
def test_the_report_leaves_as_a_file(client, incident, form, begins) -> None:
    response = client.get(f"{PAGE}report.{form}")
    body = response.getvalue() if response.streaming else response.content
    assert body.decode().startswith(begins)
    assert response["Content-Disposition"] == f'attachment; filename="INC-2041-report.{form}"'


def test_text_from_evidence_is_never_markup(client, keep_small_incident) -> None:
    attack = '<img src=x onerror="alert(1)">'
    hostile = documents.event(1, "14:03", "alerts", "detection", attack, body=attack, service=attack)
    keep_small_incident(events=[hostile])
    for path in (PAGE, PAGE + "events/ev0001/", PAGE + "report/"):
        assert "<img src=x" not in text_of(client.get(path))


def test_an_analysis_without_any_time_still_has_a_page(client, keep_small_incident) -> None:
    nothing = {name: [] for name in documents.document()["milestones"]}
    keep_small_incident(
        events=[], milestones=nothing, impact_windows=[], detections=[], updates=[], gaps=[], conflicts=[], metrics={}
    )
    body = text_of(client.get(PAGE))
    assert "nothing to draw" in body
    assert "No event was found in the evidence." in body

"""The demo incident, from its evidence files to the figures that a reader sees first."""

from pathlib import Path

import jsonschema
import pytest

from afteraction.core.reading import ReadOptions
from afteraction.pipeline.analyze import Request, analyze
from afteraction.pipeline.findings import Question
from afteraction.pipeline.report.document import to_json
from afteraction.pipeline.report.html import html
from afteraction.stores.evidence import EvidenceStore
from tests.pipeline.test_analysis_document import SCHEMA

DEMO = Path(__file__).parents[2] / "examples/demo"
PEOPLE = (
    "U05MARA01",
    "U05JONAS1",
    "Lindqvist",
    "Petri",
    "Marchetti",
    "Menon",
    "Okoro",
    "Aylin",
    "Tomas",
    "Devika",
    "Rana Aziz",
)


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    options = ReadOptions(zone="Europe/Berlin", collected_at="2026-05-14T08:00:00Z")
    request = Request(paths=[DEMO], options=options, question=Question(suspects=40))
    return to_json(analyze(request, EvidenceStore(tmp_path_factory.mktemp("store"))))


def test_it_fits_the_schema(document):
    jsonschema.validate(document, SCHEMA)


def test_every_file_is_read(document):
    assert [file["name"] for file in document["files"] if file["state"] not in ("read", "partial")] == []


def minutes(metric):
    return round(metric["value"] / 60) if metric["unit"] == "s" else round(metric["value"])


@pytest.mark.parametrize(
    ("key", "expected"), [("M01", 9), ("M03", 2), ("M07", 41), ("M10", 59), ("M08", 32), ("M15", 38)]
)
def test_the_headline_figures_follow_from_the_evidence(document, key, expected):
    assert document["metrics"][key]["state"] == "value"
    assert minutes(document["metrics"][key]) == expected


def test_users_were_first_by_six_minutes(document):
    gap = document["metrics"]["M13"]
    assert gap["state"] == "value"
    assert round(gap["value"] / 60) == -6


def test_two_accounts_of_the_end_give_two_times_to_resolve(document):
    metric = document["metrics"]["M09"]
    assert metric["state"] == "conflict"
    assert sorted(minutes(other) for other in metric["alternatives"]) == [80, 88]
    assert any(conflict["subject"] == "t_resolved" for conflict in document["conflicts"])


def test_the_ticket_with_the_wrong_date_is_flagged_and_moves_nothing(document):
    doubtful = [event for event in document["events"] if event["lane"] == "customers" and event["flags"]]
    odd = [
        e
        for e in doubtful
        if set(e["flags"])
        & {"implausible_year", "day_month_swap", "implausible_month", "before_start", "far_from_neighbours"}
    ]
    assert odd
    assert document["milestones"]["t_first_user_report"][0]["value"].startswith("2026-05-12T14:05:31")


def test_one_alert_seen_by_webhook_and_chat_is_one_detection_with_both_sources(document):
    first = next(d for d in document["detections"] if d["fingerprint"] == "9c1f0a72be54d310")
    files = {source["file"].split("/")[0] for event in document["events"] if event["id"] in first["event_ids"]
             for source in event["evidence"]}  # fmt: skip
    assert {"alerts", "slack"} <= files


def test_the_silence_on_the_status_page_is_named(document):
    sentences = [gap["sentence"] for gap in document["gaps"] if gap["kind"] == "communication"]
    assert any("38 min" in sentence for sentence in sentences)


def test_questions_land_in_the_silence(document):
    asked = [question["value"] for question in document["questions"]]
    assert sum("2026-05-12T14:19" <= moment < "2026-05-12T14:57" for moment in asked) >= 5


def test_the_report_names_roles_and_no_person(document):
    page = html(document)
    assert "Incident commander" in page
    assert [name for name in PEOPLE if name in page or name in str(document)] == []


def test_no_service_and_no_word_is_taken_for_a_person(document):
    told = [event["title"] for event in document["events"]]
    assert "checkout says try again later" in [title.lower() for title in told]
    assert not [title for title in told if "Participant" in title]


def test_every_headline_cites_evidence_that_is_listed(document):
    labels = {file["label"] for file in document["files"]}
    for key in ("M01", "M03", "M07", "M09", "M10", "M13"):
        cited = {ref["label"] for ref in document["metrics"][key]["evidence"]}
        assert cited, key
        assert cited <= labels


def test_the_same_evidence_gives_the_same_analysis(document, tmp_path):
    options = ReadOptions(zone="Europe/Berlin", collected_at="2026-05-14T08:00:00Z")
    request = Request(paths=[DEMO], options=options, question=Question(suspects=40))
    again = to_json(analyze(request, EvidenceStore(tmp_path)))
    assert again == document


def test_the_coverage_matrix_says_which_kinds_are_there(document):
    kinds = document["coverage"]["kinds"]
    assert [kind for kind in kinds if not kinds[kind]["files"]] == ["trace", "document"]
    assert document["coverage"]["share"] == 1


def test_the_gates_are_prefilled_from_what_the_pipeline_left_behind(document):
    told = {each["gate"]: (each["reached"], each["outcome"]) for each in document["gates"]["readings"]}
    assert told == {
        "code_review": ("yes", "passed"), "unit_tests": ("yes", "passed"), "integration_tests": ("yes", "passed"),
        "staging": ("yes", "passed"), "load_test": ("no", "absent"), "canary": ("no", "skipped"),
        "monitoring": ("yes", "passed"),
    }  # fmt: skip
    assert document["gates"]["change_triggered"] and "1187" in document["gates"]["began"]
    assert all(each["evidence"] for each in document["gates"]["readings"])


def test_the_series_of_the_demo_are_kept_whole_and_cite_their_file(document):
    wait = next(each for each in document["series"] if each["name"].startswith("ledger_pool_wait"))
    assert wait["samples"] == len(wait["times"]) > 400
    assert [each["file"] for each in wait["evidence"]] == ["metrics/ledger-db-pool-wait.json"]


def test_the_rollout_that_was_taken_back_leads_the_suspects_and_its_commit_follows(document):
    first, second = document["suspects"][:2]
    assert first["name"] == "Deployment of payments-api v2.14 (f98398a) to production"
    assert second["name"] == "Keep ledger entry and capture in one transaction (#1187)"
    assert first["probability"] > 2 * second["probability"]
    reasons = {term["name"]: term for term in first["terms"]}
    assert "what was wrong ended with that" in reasons["rolled back, and it ended"]["says"]
    assert "of the lines of v2.14.0 are errors" in reasons["only where it went"]["says"]
    assert all(term["evidence"] for term in first["terms"])


def test_the_rollback_of_the_demo_is_no_suspect_and_every_rollout_is_listed_once(document):
    listed = [one for one in document["suspects"] if one["kind"] == "change"]
    names = [one["name"] for one in listed]
    assert len(names) == len(set(names))
    assert next(one["probability"] for one in listed if "v2.13.4" in one["name"]) < 0.01
    assert next(one["probability"] for one in document["suspects"] if one["kind"] == "none") < 0.05

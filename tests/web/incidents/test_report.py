"""The report: its editions, its forms, what they must not do, and the statement for stakeholders."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.pipeline.report.holding import holding
from afteraction.pipeline.report.markdown import markdown
from afteraction.pipeline.report.pdf import pdf
from afteraction.pipeline.report.story import ASKED
from afteraction.web.accounts.models import AuditEntry
from afteraction.web.incidents.actions import confirm_facts
from afteraction.web.incidents.actions.visibility import publish
from afteraction.web.incidents.models import IncidentMember, State
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.reports.event_table import inert
from tests.corpus import corpus
from tests.web import documents

HOSTILE = '#import "x" #eval("1") $x^2$ *b* _i_ `r` [l] <t> @a \\ // /* */ "q" ~ = - +'
HOSTILE += '\u202e\U0001f525 #read("/etc/passwd")'


@pytest.fixture
def confirmed(incident, person):
    analysis = latest_analysis(incident)
    confirm_facts(incident, analysis_id=analysis.pk, actor=person)
    incident.refresh_from_db()
    return incident


@pytest.mark.django_db
def test_a_draft_says_that_it_is_one_and_a_version_says_when_it_was_confirmed(client, confirmed):
    draft, version = client.get("/incidents/INC-2041/report/"), client.get("/incidents/INC-2041/report/?facts=1")
    assert "Draft, facts not confirmed" in draft.content.decode()
    assert re.search(r"Facts confirmed, version 1, \d+ \w+ \d{4}", version.content.decode())
    assert confirmed.state == State.CONFIRMED


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["facts=7", "facts=x", "facts=%00", "facts=²"])
def test_a_version_that_is_not_there_is_not_found(client, confirmed, asked):
    assert client.get(f"/incidents/INC-2041/report/?{asked}").status_code == 404
    assert client.get(f"/incidents/INC-2041/report.pdf?{asked}").status_code == 404


@pytest.mark.django_db
def test_readers_are_told_that_it_is_one_perspective(client, incident, person):
    publish(incident, actor=person)
    for form in ("html", "md"):
        assert "One perspective" in client.get(f"/incidents/INC-2041/report.{form}").content.decode()


@pytest.mark.django_db
def test_every_form_downloads_under_its_name_and_is_written_down(client, incident, person):
    begins = {
        "pdf": b"%PDF-1.",
        "html": b"<!doctype html>",
        "md": b"# Checkout",
        "json": b"{",
        "csv": b"\xef\xbb\xbfat_utc",
    }
    for form, begin in begins.items():
        answer = client.get(f"/incidents/INC-2041/report.{form}")
        assert (answer.getvalue() if answer.streaming else answer.content).startswith(begin), form
        assert f".{form}" in answer["Content-Disposition"]
    assert AuditEntry.objects.filter(verb="export_report", actor=person, subject=incident.subject).count() == 1


@pytest.mark.django_db
def test_outsiders_get_no_form_of_it(client, incident, make_person):
    client.force_login(make_person("outsider@example.org"))
    for form in ("pdf", "html", "md", "json", "csv"):
        assert client.get(f"/incidents/INC-2041/report.{form}").status_code == 404
    assert client.get("/incidents/INC-2041/report/").status_code == 404


@pytest.mark.django_db
def test_what_was_learned_later_is_left_out(client, incident):
    then = client.get("/incidents/INC-2041/report/?known_at=2026-05-12T14:20:00Z").content.decode()
    assert "As it was known on 12 May 2026, 14:20 UTC" in then
    assert "Resolved at" not in then
    assert client.get("/incidents/INC-2041/report.pdf?known_at=yesterday").status_code == 400


@pytest.mark.django_db
def test_the_six_sections_are_there_and_an_empty_one_asks_one_question(client, incident):
    page = client.get("/incidents/INC-2041/report/").content.decode()
    for section in ("Summary", "What happened", "Impact", *(each.title for each in ASKED)):
        assert re.search(rf"<h2[^>]*>{section}</h2>", page), section
    for each in ASKED:
        assert page.count(each.question) == 1
        assert each.question.count("?") == 1
    assert "lorem" not in page.lower()


def text_of(made: bytes) -> bytes:
    """Every stream of a PDF, unpacked."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    return b"".join(zlib.decompress(each) for each in found if each[:1] == b"\x78")


def test_the_pdf_is_a4_with_embedded_fonts_and_the_same_twice():
    document = documents.document()
    made = pdf(document)
    assert b"/MediaBox [0 0 595.2756 841.8898]" in made or b"841.88" in made + text_of(made)
    assert b"/FontFile" in made + text_of(made)
    assert pdf(document) == made


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_no_text_of_evidence_becomes_a_command_of_the_typesetter(said):
    document = documents.document()
    document["incident"] = {**document["incident"], "title": said or "x"}
    document["events"][0] = {**document["events"][0], "title": said, "body": said}
    document["files"][0] = {**document["files"][0], "name": said}
    assert pdf(document).startswith(b"%PDF")


def test_markup_and_calls_are_printed_as_they_stand(tmp_path):
    document = documents.document()
    document["incident"] = {**document["incident"], "title": HOSTILE}
    assert pdf(document).startswith(b"%PDF")


def test_a_huge_report_stays_bounded():
    document = documents.document()
    document["events"] = [
        {**document["events"][0], "id": f"ev{n}", "title": "long " * 2_000} for n in range(3_000)
    ]  # fmt: skip
    document["files"] = [{**document["files"][0], "name": f"f{n}.log"} for n in range(3_000)]
    assert len(pdf(document)) < 2_000_000


def test_the_statement_for_stakeholders_holds_no_guess_at_why():
    document = documents.document()
    told = " ".join(holding(document, "12 May 2026, 16:20 UTC"))
    guesses = [each["reason"] for each in document["milestones"]["t_trigger"]]
    guesses += [event["title"] for event in document["events"] if event["kind"] == "trigger"]
    assert guesses
    assert not any(guess in told for guess in guesses)
    assert "It began on Tue 12 May 2026 at 14:02" in told
    assert "15:22:00 or 15:30:00 (accounts differ)" in told


@pytest.mark.django_db
def test_the_statement_appears_once_facts_are_confirmed_and_for_members_only(client, confirmed, person, make_person):
    assert "as confirmed on" in client.get("/incidents/INC-2041/report/").content.decode()
    publish(confirmed, actor=person)
    client.force_login(make_person("outsider@example.org"))
    assert "as confirmed on" not in client.get("/incidents/INC-2041/report/").content.decode()


@pytest.mark.django_db
def test_the_statement_asks_for_facts_first(client, incident):
    page = client.get("/incidents/INC-2041/report/").content.decode()
    assert "It is made from confirmed facts, and there are none yet" in page


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "@SUM(A1)", "-cmd|x", "\t=1", "\r=1", "  =1", "\ufeff=1", "|x", "%0A"])
def test_a_cell_that_a_spreadsheet_would_compute_gets_an_apostrophe(cell):
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["12:00", "-5", "-0.5", "a=b", "", "checkout"])
def test_an_ordinary_cell_stays_as_it_is(cell):
    assert inert(cell) == cell


@pytest.mark.django_db
def test_the_table_has_a_row_per_event(client, incident):
    answer = client.get("/incidents/INC-2041/report.csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    events = json.loads(client.get("/incidents/INC-2041/report.json").getvalue())["events"]
    assert len(rows) == len(events)
    assert rows[0]["at_utc"] == events[0]["value"]


@pytest.mark.django_db
def test_a_viewer_reads_the_report(client, incident, make_person):
    viewer = make_person("viewer@example.org")
    IncidentMember.objects.create(incident=incident, person=viewer, seat="viewer")
    client.force_login(viewer)
    assert client.get("/incidents/INC-2041/report.pdf").status_code == 200


def test_each_of_the_six_sections_that_reviews_are_asked_for_has_a_heading():
    told = {
        "an incident summary": "Summary",
        "a detailed timeline": "What happened",
        "root cause analysis": "Why it happened",
        "impact assessment": "Impact",
        "lessons learned": "What we learned",
        "actionable follow-up items": "What changes",
    }
    examples = json.loads((corpus("INDEX.md").parent.parent / "seed_examples.json").read_text())
    wanted = next(each["items"] for each in _examples(examples) if each.get("id") == "S1-template-six-sections")
    page = markdown(documents.document())
    assert [section for section in wanted if f"\n## {told[section]}\n" not in page] == []


def _examples(value):
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _examples(each)
    elif isinstance(value, list):
        for each in value:
            yield from _examples(each)

"""What a reader of the report has to know of how the review was held is printed in every form of it."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from afteraction.engine.meeting.phrases import PURPOSE
from afteraction.pipeline.review.report.markdown import markdown
from afteraction.pipeline.review.report.pdf import values_of
from afteraction.web.accounts.models import SiteRole, Team, User
from afteraction.web.config.demo_review import load_review
from afteraction.web.incidents.models import Incident, IncidentMember, Seat, StoredAnalysis
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.reports.editions import ReportEdition
from afteraction.web.reviews.report import compose

pytestmark = pytest.mark.django_db
PLACE = "/incidents/INC-2041/"
IDENTITIES = {"roles": {"chat:kim": "Responder 1"}, "names": {"chat:kim": "Kim Larsen"}}
CONFLICT = "facilitator was also part of the timeline"
WHY = "We are three people"


def words(text: str) -> str:
    """Text alone, with one blank between its words."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\\", "").split())


@pytest.fixture
def told(client, person):
    """The words of a form of the report; of PDF what it is set from."""

    def read(form: str, audience: str = "internal") -> str:
        if form == "pdf":
            incident = Incident.objects.get()
            analysis = latest_analysis(incident)
            assert analysis is not None
            report = compose(ReportEdition(incident, analysis), audience, person, True)
            assert report is not None and markdown(report.report)
            return words(json.dumps(values_of(report.report), ensure_ascii=False))
        answer = client.get(f"{PLACE}report.{form}?audience={audience}")
        assert answer.status_code == 200
        if form == "docx":
            with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
                return words(packed.read("word/document.xml").decode())
        return words(answer.content.decode())

    return read


@pytest.fixture
def waived(review, client, save, make_person):
    """A facilitator who is in the timeline, by a waiver."""
    assert (
        save({"sort": "frame", "id": "review", "body": {"summary": "It was full.", "public": "It failed."}}).status_code
        == 200
    )
    StoredAnalysis.objects.update(identities=IDENTITIES)
    kim = make_person("kim@example.org", name="Kim Larsen")
    IncidentMember.objects.create(incident=review.incident, person=kim, seat=Seat.FACILITATOR)
    client.post(f"{PLACE}review/meeting/seats", {"do": "waive", "rule": "F1", "because": WHY})
    return review


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_a_waiver_of_a_seat_and_what_was_not_checked_are_printed_for_the_team(waived, told, form) -> None:
    text = told(form)
    assert f"F1 waived: {CONFLICT} (14:13). {WHY}." in text
    assert "F4 not checked: facilitator" in text and "Kim" not in text


@pytest.mark.parametrize("audience", ["executive", "public"])
@pytest.mark.parametrize("form", ["md", "html", "json", "pdf"])
def test_readers_outside_are_told_of_the_conflict_by_role_alone(waived, told, form, audience) -> None:
    text = told(form, audience)
    assert f"The {CONFLICT}." in text
    assert "14:13)" not in text and WHY not in text and "F1" not in text and "Kim" not in text


def test_a_word_file_says_it_too(waived, told) -> None:
    pytest.importorskip("pypandoc", reason="Word files need pandoc: pip install 'afteraction[docx]'")
    text = told("docx")
    assert WHY in text and CONFLICT in text and "It was full." in text and "Kim" not in text


def test_without_pandoc_a_word_file_is_refused_with_the_way_out(waived, client, monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypandoc", None)
    answer = client.get(f"{PLACE}report.docx")
    assert answer.status_code == 409
    assert "pip install 'afteraction[docx]'" in html.unescape(answer.content.decode())


def test_seats_are_told_by_what_their_holders_did_and_never_by_themselves(waived, told) -> None:
    assert "**Facilitator**: Responder 1" in told("md") and "**Review owner**: A member of this incident" in told("md")


def test_before_anybody_wrote_into_a_review_there_is_no_word_file(incident, client) -> None:
    assert client.get(f"{PLACE}report.docx").status_code == 404


def test_one_perspective_is_printed_inside(waived, told, client) -> None:
    client.post(f"{PLACE}visibility", {"do": "publish"})
    assert Incident.objects.get().published_alone
    for form in ("md", "html", "pdf"):
        assert "One perspective: nobody but its publisher" in told(form)
    assert "One perspective" in told("md", "executive") and "One perspective" not in told("md", "public")


def test_what_a_review_is_for_stands_on_its_page_and_in_its_report(waived, told, client) -> None:
    assert PURPOSE in words(client.get(f"{PLACE}review/").content.decode())
    assert all(PURPOSE in told(form) for form in ("md", "html", "pdf"))
    assert PURPOSE in told("md", "executive") and PURPOSE not in told("md", "public")


def test_a_report_says_that_it_was_published_late(waived, told, client) -> None:
    Incident.objects.update(published_at=datetime(2026, 6, 30, 9, tzinfo=UTC))
    late = "43 d past the 5 day mark"
    assert all(f"30 Jun 2026, {late}" in told(form) for form in ("md", "html", "pdf"))
    page = words(client.get(f"{PLACE}review/").content.decode())
    assert re.search(r"\d+ d past the 48 hour mark", page), "the draft is late by now"


def test_a_review_is_brought_in_from_its_page_and_from_where_one_is_opened(review, client) -> None:
    link = f'href="{PLACE}review/import"'
    assert link in client.get(f"{PLACE}review/").content.decode()
    review.delete()
    page = client.get(f"{PLACE}review/").content.decode()
    assert "No review was opened" in page and link in page


def test_changes_are_listed_by_the_loss_that_they_avert_per_day_of_effort(review, client: Client, save) -> None:
    for ident, loss, days in (("C1", 1000, 10), ("C2", 900, 1), ("C3", None, None)):
        body = {"text": f"Limit {ident}", "loss_averted": loss, "effort_days": days}
        assert save({"sort": "change", "id": ident, "body": body}).status_code == 200

    def listed(address: str) -> str:
        text: str = client.get(address).content.decode()
        return text[text.index('data-part="plan"') : text.index("</section>", text.index('data-part="plan"'))]

    page = listed(f"{PLACE}review/gates/?sort=averted")
    assert "by loss averted per day of effort" in page
    assert page.index("Limit C2") < page.index("Limit C1") < page.index("Limit C3")
    usual = listed(f"{PLACE}review/gates/")
    assert usual.index("Limit C1") < usual.index("Limit C2")


def test_the_seats_of_the_demo_are_checked(incident, client, person) -> None:
    User.objects.filter(pk=person.pk).update(role=SiteRole.ADMIN)
    person.refresh_from_db()
    load_review(incident, Path("examples/demo-review.json"), actor=person)
    assert set(Team.objects.values_list("name", flat=True)) >= {"Payments", "Database", "Release engineering"}
    page = words(client.get(f"{PLACE}review/meeting/").content.decode())
    seat = page[page.index("Quinn Adeyemi") :][:400]
    for fact in ("on call during the incident", "author of the change", "reviewer of the change"):
        assert f"not known whether {fact}" not in page, seat

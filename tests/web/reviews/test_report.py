"""The report of the whole review over the web: audiences, forms, refusals, and the way back in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from afteraction.web.reviews.models import Review
from afteraction.web.reviews.queries import document_of

pytestmark = pytest.mark.django_db
REPORT = "/incidents/INC-2041/report"
BRING_IN = "/incidents/INC-2041/review/import"


def frame(**said: str) -> dict[str, object]:
    return {"sort": "frame", "id": "review", "body": said, "rev": 0}


@pytest.mark.usefixtures("review")
def test_a_report_leaks_nowhere_and_the_public_file_is_refused_while_it_does(
    client: Client, save: Callable[..., HttpResponse]
) -> None:
    assert save(frame(summary="The pool was full.", public="See OPS-4411.")).status_code == 200
    assert b"The pool was full." in client.get(f"{REPORT}/").content
    preview = client.get(f"{REPORT}/?audience=public")
    assert (
        "ticket, run or other internal number “OPS-4411”" in preview.content.decode()
        and b"The pool was full." not in preview.content
    )
    refused = client.get(f"{REPORT}.html?audience=public")
    assert refused.status_code == 409 and "Content-Disposition" not in refused
    assert "Summary, paragraph 1: ticket, run or other internal number “OPS-4411”" in refused.content.decode()
    assert client.get(f"{REPORT}.csv?audience=public").status_code == 404


@pytest.mark.usefixtures("review")
def test_a_public_file_does_not_name_the_incident(client: Client, save: Callable[..., HttpResponse]) -> None:
    save(frame(summary="Inside.", public="Checkouts failed."))
    answer = client.get(f"{REPORT}.md?audience=public")
    text = answer.content.decode()
    assert answer.status_code == 200 and "Checkouts failed." in text and "INC-2041" not in text and "Inside" not in text
    assert "INC-2041" not in answer["Content-Disposition"]


def test_markdown_that_was_edited_comes_back_through_the_page(
    client: Client, review: Review, save: Callable[..., HttpResponse]
) -> None:
    save(frame(summary="The pool was full."))
    text = client.get(f"{REPORT}.md").content.decode().replace("The pool was full.", "The pool ran full.", 1)
    sent = client.post(BRING_IN, {"file": SimpleUploadedFile("report.md", text.encode())})
    assert sent.status_code == 200 and "was brought in" in sent.content.decode()
    assert document_of(review).frame.summary == "The pool ran full."


@pytest.mark.usefixtures("review")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"# Notes", "carries no review"),
        (b"\xff\xfe", "is no text in UTF-8"),
        (b"{", "is no JSON"),
        (b"{}", "is not a review"),
    ],
)
def test_a_file_that_is_no_review_is_refused_with_the_reason(client: Client, content: bytes, said: str) -> None:
    sent = client.post(BRING_IN, {"file": SimpleUploadedFile("notes.md", content)})
    assert sent.status_code == 400 and f"notes.md {said}" in sent.content.decode()

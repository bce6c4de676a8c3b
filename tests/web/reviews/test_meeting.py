"""The page of a meeting: who may be there and why, what is planned, and who is told what."""

from __future__ import annotations

PAGE = "/incidents/INC-2041/review/meeting/"


def test_the_page_shows_what_a_review_begins_with(review, client) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Gather the right people" in text and "Set an objective" in text and "Write it down fast" in text

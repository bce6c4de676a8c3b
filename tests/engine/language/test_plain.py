"""A sentence is read without the mark of its item and without emphasis, and told at its place."""

from __future__ import annotations

import pytest

from afteraction.engine.language.documents.document import check_document
from afteraction.engine.language.findings import check_text
from afteraction.engine.language.texts.plain import plain


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("The outage was caused by **human** error.", "human** error"),
        ("The cause was human **error**, again.", "human **error"),
        ("**Human** error caused this.", "Human** error"),
        ("The cause was _human_ <b>error</b>.", "human_ <b>error"),
        ("The cause was [human](https://example.org/a) error.", "human](https://example.org/a) error"),
    ],
)
def test_emphasis_within_a_phrase_hides_nothing(said: str, place: str) -> None:
    found = [each for each in check_text(said) if each.rule == "L4"]
    assert [said[each.start : each.end] for each in found] == [place]
    assert found[0].sentence in said


@pytest.mark.parametrize("mark", ["- ", "* ", "+ ", "• ", "- [ ] ", "[x] ", "– "])
@pytest.mark.parametrize(
    "said",
    [
        "Operations ignored the warning for two days.",
        "Product pushed us to ship and refused to listen to the warnings.",
        "Priya forgot to renew the certificate.",
    ],
)
def test_an_item_is_read_as_its_sentence_is(mark: str, said: str) -> None:
    (bare,), (item,) = check_text(said), check_text(mark + said)
    assert (item.rule, item.severity, item.start, item.end) == (
        bare.rule, bare.severity, bare.start + len(mark), bare.end + len(mark),
    )  # fmt: skip
    assert item.suggestion == (mark + bare.suggestion if bare.suggestion else "")
    page = f"# What happened\n\n{mark}{said}\n"
    assert [each.finding.rule for each in check_document(page, name="a.md").findings if each.field == "prose"] == ["L1"]


def test_places_lead_back_to_the_sentence_as_it_stands() -> None:
    written = "- It  was **human** <i>error</i> again."
    masked = "- It  was   human      error     again."
    assert len(masked) == len(written)
    read = plain(written, masked, first=True)
    assert read.masked == read.written == "  It was human error again."
    for word in ("It", "was", "human", "error", "again"):
        assert read.place(read.masked.index(word)) == written.index(word)


@pytest.mark.parametrize(
    "said",
    [
        "Nobody was hurt and no data left the building.",
        "It would have taken 40 minutes to restore from tape.",
        "It would have taken two hours to rebuild the index.",
    ],
)
def test_what_is_told_as_it_was_is_not_made_small_and_not_hindsight(said: str) -> None:
    assert check_text(said) == ()


def test_what_would_have_been_little_work_is_hindsight_still() -> None:
    assert [each.rule for each in check_text("It would have taken two minutes to check.")] == ["L3"]
    assert [each.rule for each in check_text("It would have taken only ten minutes to restore it.")] == ["L3"]

"""Whatever is pasted into a text, the same is found at its place as in the clean text."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.language.findings import FIELDS, LanguageFinding, check_text
from tests.effort import examples

FORGOT = "The developer forgot to run the migration."
ERROR = "The cause was human error."
SHOULD = "The team should have postponed the upgrade."
PLAIN = ["The queue was empty after four minutes.", "Rollback finished at 10:31.", "No data was lost."]
HITS = [FORGOT, ERROR, SHOULD, "In hindsight the limit was clearly wrong.", "The root cause was a missing index."]


def said(found: tuple[LanguageFinding, ...]) -> list[tuple[str, str]]:
    return [(each.rule, " ".join(each.sentence.split())) for each in found]


def places(text: str) -> list[tuple[str, str]]:
    return [(each.rule, text[each.start : each.end]) for each in check_text(text)]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\n\n\n"])
def test_line_ends_of_every_kind_part_sentences(end: str) -> None:
    text = end.join([FORGOT, PLAIN[0], ERROR])
    assert [each.rule for each in check_text(text)] == ["L1", "L4"]
    assert ("L1", "The developer forgot") in places(text)


@pytest.mark.parametrize(("text", "place"), [
    ("🙂🙃 The developer forgot to run it.", "The developer forgot"),
    ("e\u0301te\u0301: the developer forgot to run it.", "the developer forgot"),
    ("\ufeffThe developer forgot to run it.", "The developer forgot"),
    ("The\u00a0developer\u00a0forgot to run it.", "The\u00a0developer\u00a0forgot"),
    ("The\tdeveloper\tforgot to run it.", "The\tdeveloper\tforgot"),
    ("The developer\x00 forgot to run it.", "The developer\x00 forgot"),
    ("The de\u200bveloper for\u00adgot to run it.", "The de\u200bveloper for\u00adgot"),
    ("**The developer** forgot to run it.", "The developer** forgot"),
    ("<p>The <b>developer</b> forgot to run it.</p>", "The <b>developer</b> forgot"),
    ("<table><tr><td>The developer forgot to run it.</td></tr></table>", "The developer forgot"),
    ("<p>The developer&nbsp;forgot to run it.</p>", "The developer&nbsp;forgot"),
    ("توقف الخادم. The developer forgot to run it.", "The developer forgot"),
    ("\u202eThe developer forgot to run it.\u202c", "The developer forgot"),
    ("[The developer forgot](https://example.org/a) to run it.", "The developer forgot"),
    ("> quoted\n\nThe developer forgot to run it.", "The developer forgot"),
    ("The developer\nforgot to run it.", "The developer\nforgot"),
])  # fmt: skip
def test_the_place_is_told_in_code_points_of_the_text_as_pasted(text: str, place: str) -> None:
    assert ("L1", place) in places(text)


def test_one_sentence_per_line_is_read_as_each_alone() -> None:
    lines = ["The developer forgot to run the migration", "Rollback finished at 10:31", "The cause was human error",
             "The team should have postponed the upgrade", "No data was lost"]  # fmt: skip
    alone = [pair for line in lines for pair in said(check_text(line))]
    assert said(check_text("\n".join(lines))) == alone


@given(
    st.lists(st.sampled_from([*HITS, *PLAIN]), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", " "])
)
@settings(max_examples=examples(40), deadline=None)
def test_many_sentences_find_what_each_finds_alone(lines: list[str], between: str) -> None:
    alone = [pair for line in lines for pair in said(check_text(line))]
    assert said(check_text(between.join(lines))) == alone


@pytest.mark.parametrize("opener", ['"', "“", "'", "`", "(", "<", "<!--", "**", "```", "«", "[", "{{", "~~~"])
def test_what_opens_and_never_closes_swallows_no_later_paragraph(opener: str) -> None:
    text = f"Somebody wrote {opener}this and that.\n\n{FORGOT}\n\n{PLAIN[0]}"
    assert "L1" in {each.rule for each in check_text(text)}


@given(st.text(max_size=300), st.sampled_from(FIELDS))
@settings(max_examples=examples(80), deadline=None)
def test_any_text_at_all_is_read_without_a_fall(text: str, field: str) -> None:
    for each in check_text(text, field=field):
        assert 0 <= each.start <= each.end <= len(text)
        assert text[each.sentence_start :].startswith(each.sentence)
        assert each.sentence_start <= each.start


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                '"',
                "'",
                "`",
                "*",
                "_",
                "{{",
                "}}",
                "[",
                "](",
                ")",
                "<p>",
                "</p>",
                "<!--",
                "-->",
                "\n",
                "\n\n",
                " ",
                "The developer forgot ",
                "!!",
                "root cause was ",
                "it was ",
                "not ",
            ]
        ),
        max_size=60,
    )
)
@settings(max_examples=examples(80), deadline=None)
def test_broken_markup_is_read_without_a_fall(pieces: list[str]) -> None:
    text = "".join(pieces)
    for each in check_text(text):
        assert text[each.sentence_start :].startswith(each.sentence)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A",
        "AB ",
        "“",
        "-'",
        "was ",
        "(",
        "`",
        '"',
        "<",
        "[x](",
        "*",
        "**a",
        "not a ",
        "root cause ",
        "the ",
        "!",
        "\n",
        "should have ",
        "{{",
        "'s ",
        "é",
        "- ",
        "|",
    ],
)
def test_a_megabyte_of_the_same_is_read_in_a_time_that_grows_with_it(piece: str) -> None:
    begun = process_time()
    found = check_text(piece * (100_000 // len(piece)))
    # It takes a quarter of a second; where time grew as the square of the length it took seven.
    assert process_time() - begun < 5
    assert isinstance(found, tuple)


def test_an_empty_text_and_one_of_blanks_hold_nothing() -> None:
    assert [check_text(text) for text in ("", " ", "\n\n", "\t", "\x00", "\u200b")] == [()] * 6

"""Whatever the text is, nothing is raised and nothing is invented."""

from __future__ import annotations

import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from afteraction.formats.postmortem.layout import split_lines
from afteraction.formats.postmortem.moments import _all_moments, moments, promising
from afteraction.formats.postmortem.reader import READER
from tests.effort import examples
from tests.formats.postmortem.test_golden_twins import FOUR
from tests.formats.postmortem.test_milestones import KEY_EVENTS
from tests.formats.postmortem.test_styles import TABLE
from tests.formats.postmortem.writing import Reading, source

_PIECES = st.sampled_from(
    [
        *(
            "# ",
            "## ",
            "- ",
            "* ",
            "• ",
            "1. ",
            "|",
            "\n",
            "\n\n",
            "\r",
            "\u2028",
            "\t",
            ": ",
            " - ",
            "–",
            "~",
            "(",
            ")",
            "[",
            "]",
            "**",
            "`",
            "```",
            "---",
        ),
        *(
            "10:15",
            "25:61",
            "5:00 PM",
            "11.56",
            "24:00",
            "23:59:60",
            "2031-05-06",
            "20310-05-06",
            "0000-00-00",
            "99999-99-99",
            "31.12.9999",
        ),
        *(
            "May 6",
            "07/08/31",
            "2031-05-06T10:15:33Z",
            "UTC",
            "CET",
            "IST",
            "+14:00",
            "next day",
            "to",
            "between",
            "and",
            "103 minutes",
        ),
        *(
            "Timeline",
            "Impact",
            "Duration",
            "Resolved",
            "Incident declared",
            "All times in",
            "Time | Event",
            "é",
            "<!--",
            "-->",
            "> ",
        ),
    ]
)
_TEXTS = st.one_of(
    st.text(max_size=300), st.lists(_PIECES, max_size=60).map(" ".join), st.lists(_PIECES, max_size=60).map("".join)
)


@settings(max_examples=examples(250), deadline=None)
@given(_TEXTS)
@example("# 9999-12-31\n\n- 23:50 a\n- 00:10 b\n")
@example("# 0001-01-01\n\nAll times in +14:00\n\n- 00:10 +14:00 a\n")
@example("- 1/1/0001$0001-1-2T0000")
def test_any_text_is_read_without_an_error(text: str) -> None:
    reading = Reading(text)
    READER.sniff(source(text))
    lines = split_lines(text.lstrip("\ufeff"))
    for event in reading.events:
        line = lines[(event.evidence.locator.line or 0) - 1]
        assert event.instant.original_text
        assert event.instant.original_text in line
        assert event.until is None or event.until.original_text in line
        assert event.title
    assert len(reading.events) <= 30 * len(lines)
    places = [event.evidence.locator for event in reading.events]
    assert len(places) == len(set(places))


@settings(max_examples=examples(60), deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    Reading(data)


def _facts(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (event.instant, event.until, event.title, event.evidence.locator, event.attributes) for event in reading.events
    ]


def test_line_ends_marks_and_encodings_make_no_difference() -> None:
    for text in (FOUR, KEY_EVENTS, TABLE):
        plain = _facts(Reading(text))
        assert plain
        windows = text.replace("\n", "\r\n")
        for data in (
            windows.encode(),
            text.replace("\n", "\r").encode(),
            b"\xef\xbb\xbf" + windows.encode(),
            text.encode("utf-16"),
            b"\xff\xfe" + windows.encode("utf-16-le"),
            text.encode("utf-16-le"),
            b"\xfe\xff" + text.encode("utf-16-be"),
        ):
            assert _facts(Reading(data)) == plain


def test_bytes_that_are_no_text_cost_nothing_else() -> None:
    reading = Reading(b"# Incident 2031-05-06\n\n- 10:15 caf\xe9 down\n- 10:20 up\n")
    assert reading.times() == ["2031-05-06 10:15", "2031-05-06 10:20"]


def test_endless_lines_are_named_and_skipped_quickly() -> None:
    begun = time.process_time()
    text = "# Incident 2031-05-06\n\n- 10:15 a\n\n" + "10:15 2031-05-06 outage ( " * 40_000 + "\n\n- 10:20 b\n"
    reading = Reading(text)
    assert reading.times() == ["2031-05-06 10:15", "2031-05-06 10:20"]
    assert [failure.locator.line for failure in reading.failures] == [5]
    assert time.process_time() - begun < 5


def test_hostile_lines_take_no_endless_time() -> None:
    begun = time.process_time()
    for piece in (
        "(",
        "[",
        "*",
        "_",
        "- ",
        "a ",
        "1",
        "1.",
        "10:15 ",
        "May ",
        "|",
        "user ",
        "outage ",
        "times in ",
        "> ",
        "10:15-",
    ):
        Reading("# Incident 2031-05-06\n\n- 10:15 " + piece * (15_000 // len(piece)) + "\n")
    assert time.process_time() - begun < 20


def test_an_empty_document_gives_a_document_and_nothing_else() -> None:
    reading = Reading("")
    assert (reading.events, reading.failures) == ([], [])
    assert reading.document.title == "report"


WORDS = """
    to and Europe Paris UTC pm Am next day the following morning on Monday then users see errors ~ approx ( ) - – :
    , May . http://x/y `a` Est EST Z +1d after no noon 10:12 3
"""


@settings(max_examples=examples(200))
@given(
    st.sampled_from(["", "- ", "* ", "  • "]),
    st.integers(0, 30),
    st.integers(0, 70),
    st.sampled_from([" ", " - ", ": ", ""]),
    st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join),
)
def test_the_short_way_for_plain_entries_finds_what_the_long_way_finds(
    mark: str, hour: int, minute: int, gap: str, words: str
) -> None:
    line = f"{mark}{hour:02}:{minute:02}{gap}{words}"
    long_way = _all_moments(line) if promising(line) else ()
    assert moments(line) == long_way

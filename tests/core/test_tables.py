"""Tables are cut, and their times and numbers told apart from words."""

from __future__ import annotations

import pytest

from afteraction.core.evidence import Failure
from afteraction.core.tables import header_names, is_time_name, plain, rows_of, table_of
from tests.formats.originals import original


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_the_delimiter_is_told_from_header_and_rows(mark):
    table = table_of(original(f"# exported\n\ntime{mark}value\n2026-05-12T14:02:11Z{mark}1\n"))
    assert table is not None
    assert (table.delimiter, table.header_line, table.header) == (mark, 3, ("time", "value"))
    assert table.rows == (("2026-05-12T14:02:11Z", "1"),)


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n", "one word\nper line\n", '{"a": 1,\n"b": 2}\n', "| a | b |\n|---|---|\n| 1 | 2 |\n", "1,2\n3,4\n",
     "2026-05-12T14:02:11Z,5\n2026-05-12T14:02:12Z,6\n", "a,b\n1\n2\n3\n", "\0\1,\2\n" * 9],
)  # fmt: skip
def test_other_text_is_no_table(text):
    assert table_of(original(text)) is None


def test_names_of_a_header_are_unique():
    assert header_names('a,"b, c",,a,a', ",") == ("a", "b, c", "column 3", "a (2)", "a (3)")


def test_names_are_compared_without_their_case_and_signs():
    assert [plain(name) for name in ("Created At", "createdAt", "CREATED-AT")] == ["created_at"] * 3


@pytest.mark.parametrize("name", ["timestamp", "TimeStamp", "created_at", "StartTimeUnixNano", "Date", "time (UTC)"])
def test_names_of_moments_are_known(name):
    assert is_time_name(name)


@pytest.mark.parametrize("name", ["status", "data", "estimated", "catalog", "metric", "LatencyP50(s)"])
def test_names_of_other_things_are_not(name):
    assert not is_time_name(name)


@pytest.mark.parametrize(
    ("cells", "formats"),
    [
        (["2026-05-12T14:02:11Z"], ("iso",)),
        (["1778594531", "1778594591.5"], ("epoch",)),
        (["13/05/2026 14:02", "02/05/2026 14:03"], ("%d/%m/%Y %H:%M",)),
        (["05/13/2026 14:02:11"], ("%m/%d/%Y %H:%M:%S",)),
        (["02.05.2026 14:02"], ("%d.%m.%Y %H:%M",)),
        (["02/05/2026 14:02", "03/05/2026 14:02"], ()),
        (["7", "8"], ()),
        (["soon"], ()),
    ],
)
def test_times_are_told_by_what_the_whole_column_shows(cells, formats):
    table = table_of(original("when;other\n" + "".join(f"{cell};x\n" for cell in cells)))
    assert table is not None
    assert table.time_formats("when") == formats


def test_rows_keep_the_line_they_begin_on():
    text = 'a,b\n\n1,"two\n\nlines"\nonly one\n3,4\n'
    source = original(text)
    table = table_of(source)
    assert table is not None
    found = list(rows_of(source, table))
    assert found[0] == (3, {"a": "1", "b": "two\n\nlines"})
    assert isinstance(found[1], Failure)
    assert found[1].locator.line == 6
    assert found[2] == (7, {"a": "3", "b": "4"})

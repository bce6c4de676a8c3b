"""A table of calls becomes one document that names each call with its line."""

from __future__ import annotations

from pathlib import Path

from afteraction.core.records import Document
from afteraction.formats.topology_table import reader as module
from afteraction.formats.topology_table.reader import READER
from tests.formats.originals import file, original, read, winner

SAMPLE = Path(module.__file__).parent / "sample.csv"


def test_calls_stand_in_one_document():
    assert winner(file(SAMPLE)) == "topology_table"
    [document], failures = read(READER, file(SAMPLE))
    assert failures == [] and isinstance(document, Document)
    assert document.settings == {"storefront -> cart": "line 2", "cart -> stock": "line 3"}
    assert document.captured_at is None


def test_half_a_call_and_a_ragged_row_are_listed_with_their_lines():
    text = "caller,callee\na,b\na,\nx,y,z\na,b\n"
    [document], failures = read(READER, original(text, "topology.csv"))
    assert isinstance(document, Document) and list(document.settings) == ["a -> b"]
    assert [failure.locator.line for failure in failures] == [3, 4]

"""Large files of JSON lines are read line by line, with the same outcome."""

from __future__ import annotations

import json

import pytest

from afteraction.core import json_text
from afteraction.core.evidence import Failure
from afteraction.core.json_text import documents, streamed_documents
from tests.formats.originals import original

LINES = "\n".join([json.dumps({"a": 1}), "", '{"a": ', json.dumps([2]), '{"b": 3} {"b": 4}', json.dumps({"a": 5})])


def told(found):
    return [str(one) if isinstance(one, Failure) else (one.value(), one.locator()) for one in found]


@pytest.mark.parametrize("text", [LINES, json.dumps({"a": 1}), json.dumps([{"a": 1}], indent=1), "", "{no"])
def test_the_outcome_is_that_of_reading_it_whole(monkeypatch, text):
    whole = told(documents(original(text)))
    monkeypatch.setattr(json_text, "STREAMED_FROM", 0)
    assert told(streamed_documents(original(text))) == whole


def test_lines_are_not_held(monkeypatch):
    monkeypatch.setattr(json_text, "STREAMED_FROM", 0)
    monkeypatch.setattr(json_text, "LONGEST_TEXT", 10)
    found = [one.value() for one in streamed_documents(original("\n".join(['{"a": 1}'] * 50)))]
    assert found == [{"a": 1}] * 50

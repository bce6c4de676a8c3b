"""Whole folders that lack something, and texts and times in other forms."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.bad_cases.shop import (
    BEGAN,
    BROKE,
    alert,
    as_text,
    ask,
    changes,
    iso,
    log_objects,
    samples,
    whole,
    write,
)  # fmt: skip


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"a/b/.keep": ""},
        {"alert.json": alert()},
        {"changes.json": changes()},
        {"changes.json": changes(), "alert.json": alert()},
        dict.fromkeys(("metrics.csv", "traces.csv", "logs.jsonl", "changes.json", "alert.json", "topology.csv"), ""),
        {"metrics.csv": "timestamp,service,metric,value\n", "changes.json": "[]", "alert.json": "{}",
         "topology.csv": "caller,callee\n", "logs.jsonl": "\n"},
        {"metrics.csv": "\ufeff", "changes.json": "[", "alert.json": '{"fired_at": "soon"}', "logs.jsonl": b"\x00" * 9},
    ],
    ids=["nothing", "a folder", "alert", "changes", "alert and changes", "empty", "headers", "scraps"],
)  # fmt: skip
def test_where_nothing_was_measured_the_answer_abstains_and_says_what_is_missing(
    tmp_path: Path, files: dict[str, Any]
) -> None:
    found = ask(write(tmp_path, files))
    assert found.abstained and "add metrics" in found.document["suspects_note"]


def with_returns(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def marked(text: str) -> bytes:
    return codecs.BOM_UTF8 + text.encode()


def in_utf_16(text: str) -> bytes:
    return text.encode("utf-16")


def in_utf_16_big(text: str) -> bytes:
    return codecs.BOM_UTF16_BE + text.encode("utf-16-be")


@pytest.mark.parametrize("turned", [0, 1])
def test_the_same_text_in_other_forms_gives_the_same_answer(tmp_path: Path, turned: int) -> None:
    forms = [with_returns, in_utf_16, marked, in_utf_16_big][turned:]
    files = {
        name: forms[place % len(forms)](as_text(name, content)) for place, (name, content) in enumerate(whole().items())
    }
    found = ask(write(tmp_path, files))
    assert [one["failures_total"] for one in found.files.values()] == [0] * 6
    assert {name: one["rows"] for name, one in found.files.items()} == {
        "metrics.csv": 960, "traces.csv": 480, "logs.jsonl": 160, "changes.json": 3, "alert.json": 1, "topology.csv": 1,
    }  # fmt: skip
    assert found.first == "cart" and found.first_change == "d-2"


def number(at: datetime, step: int) -> str:
    """The moment in seconds, milli-, micro- or nanoseconds, or as text."""
    whole_seconds = int((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
    return iso(at) if step % 5 == 4 else str(whole_seconds * 1000 ** (step % 5))


def test_times_in_all_units_mixed_are_told_apart(tmp_path: Path) -> None:
    rows = [f"{number(one.at, step)},{one.service},{one.metric},{one.value}" for step, one in enumerate(samples())]
    logs = [one | {"timestamp": number(BEGAN + timedelta(seconds=15 * step), step)}
            for step, one in enumerate(log_objects())]  # fmt: skip
    moved = [one | {"at": number(datetime.fromisoformat(one["at"]), step)} for step, one in enumerate(changes())]
    files = {"metrics.csv": ["timestamp,service,metric,value", *rows], "logs.jsonl": logs, "changes.json": moved}
    found = ask(write(tmp_path, files | {"alert.json": alert(fired_at=int(BROKE.timestamp()) + 120)}))
    assert [(one["rows"], one["failures_total"]) for one in found.files.values()] == [
        (1, 0), (3, 0), (160, 0), (960, 0)]  # fmt: skip
    assert found.first == "cart" and found.first_change == "d-2"


def zoneless() -> dict[str, str]:
    return {name: as_text(name, content).replace("Z,", ",").replace('Z"', '"') for name, content in whole().items()}


def test_times_without_a_zone_are_refused_with_the_next_step(tmp_path: Path) -> None:
    found = ask(write(tmp_path, zoneless()))
    assert found.abstained
    for name in ("metrics.csv", "traces.csv", "logs.jsonl", "changes.json", "alert.json"):
        listed = found.files[name]
        assert listed["state"] == "failed" and "states no zone" in listed["failures"][0]["reason"]
        assert "--zone" in listed["failures"][0]["next_step"] and listed["failures"][0]["place"]


def test_with_a_zone_said_they_are_read_in_it(tmp_path: Path) -> None:
    found = ask(write(tmp_path, zoneless()), "--zone", "Europe/Berlin")
    assert found.first == "cart" and found.first_change == "d-2"
    began = next(one["at"] for one in found.document["suspects"] if one.get("change") == "d-2")
    assert began == iso(BROKE - timedelta(hours=2, minutes=1))

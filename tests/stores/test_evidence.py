"""Originals are frozen once and whole; pages, templates and counts say what is in the tables."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import EvidenceKind
from afteraction.stores.digests import page_key
from afteraction.stores.evidence import EvidenceStore
from tests.stores.evidence_files import LOGS, original

WHEN = datetime(2026, 5, 12, 18, 0, tzinfo=UTC)


def below(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_an_original_is_named_by_its_hash_and_kept_byte_for_byte(tmp_path):
    store = EvidenceStore(tmp_path)
    raw = bytes(range(256)) * 10_000
    taken = store.freeze(io.BytesIO(raw), "a.bin", importer="cli", imported_at=WHEN, kind=EvidenceKind.LOG)
    assert (taken.id, taken.size) == (hashlib.sha256(raw).hexdigest(), len(raw))
    with store.open_original(taken.id) as stream:
        assert stream.read() == raw
    assert store.evidence(taken.id) == taken
    assert not store.original_path(taken.id).stat().st_mode & 0o222


def test_freezing_the_same_bytes_again_changes_nothing(tmp_path):
    store = EvidenceStore(tmp_path)
    first = store.freeze(io.BytesIO(b"same"), "one.log")
    files = below(tmp_path)
    again = store.freeze(io.BytesIO(b"same"), "two.log")
    assert (again.id, again.name) == (first.id, "two.log")
    assert below(tmp_path) == files
    assert store.evidence(first.id) == first


@pytest.mark.parametrize(
    ("code", "said"), [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "may not read or write")]
)
def test_a_disk_that_refuses_leaves_nothing_half_written(tmp_path, monkeypatch, code, said):
    store = EvidenceStore(tmp_path)

    def refuse(target: object, chunk: bytes) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr("afteraction.stores.originals._write_all", refuse)
    with pytest.raises(AfteractionError, match=said) as caught:
        store.freeze(io.BytesIO(b"bytes"), "a.log")
    assert caught.value.next_step
    assert below(tmp_path) == []


def test_a_full_disk_during_an_import_leaves_no_table(tmp_path, monkeypatch):
    store = EvidenceStore(tmp_path)

    def refuse(path: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "no space", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(AfteractionError, match="the disk is full"):
        store.import_plan(original(b'{"time":"2026-05-12T14:02:11Z"}'), LOGS)
    assert below(tmp_path) == []
    monkeypatch.undo()
    assert store.import_plan(original(b'{"time":"2026-05-12T14:02:11Z"}'), LOGS).rows == {"logs": 1}


def test_an_error_of_the_giver_passes_as_it_is(tmp_path):
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, "input/output error")

    with pytest.raises(OSError, match="input/output"):
        EvidenceStore(tmp_path).freeze(Broken(), "a.log")
    assert below(tmp_path) == []


def test_an_original_that_is_not_here_says_so(tmp_path):
    with pytest.raises(AfteractionError, match="not in the evidence store"):
        EvidenceStore(tmp_path).original_path("0" * 64)


def test_a_case_cannot_leave_its_folder(tmp_path):
    for case in ("../other", "", "a/b", "tmp"):
        with pytest.raises(AfteractionError, match="cannot name a case"):
            EvidenceStore(tmp_path, case)


def test_raw_lines_are_bounded_and_keep_their_numbers(tmp_path):
    store = EvidenceStore(tmp_path)
    taken = store.freeze(io.BytesIO(b"\n".join(b"line %d" % n for n in range(1, 5001))), "a.log")
    assert store.raw_lines(taken.id, 3, 4) == [(3, "line 3"), (4, "line 4")]
    assert len(store.raw_lines(taken.id, 1, 5000)) == 1000
    assert store.raw_lines(taken.id, 5000, 5002) == [(5000, "line 5000")]


def test_raw_lines_of_a_wide_encoding_are_text(tmp_path):
    store = EvidenceStore(tmp_path)
    taken = store.freeze(io.BytesIO("eins\r\nzwei ✓\r\n".encode("utf-16")), "a.log")
    assert store.raw_lines(taken.id, 2, 2) == [(2, "zwei ✓")]


@pytest.fixture
def logs(tmp_path):
    """Ten minutes of one service: a request each second, an error with status 503 in every tenth."""
    lines = []
    for second in range(600):
        bad = second % 10 == 0
        entry = {
            "time": (WHEN + timedelta(seconds=second)).isoformat(), "service": "cart",
            "msg": f"stock 10.0.0.{second % 250}:8080 failed after {second} ms" if bad else f'saved "basket {second}"',
            "level": "ERROR" if bad else "info", "status": 503 if bad else 200,
        }  # fmt: skip
        lines.append(json.dumps(entry).encode())
    store = EvidenceStore(tmp_path)
    store.import_plan(original(b"\n".join(lines)), LOGS)
    return store


def test_templates_gather_lines_that_differ_in_numbers_and_quotes(logs):
    often, rare = logs.templates()
    assert (often.template, often.lines, often.level) == ("saved <*>", 540, "info")
    assert (rare.template, rare.lines, rare.level) == ("stock <*> failed after <*> ms", 60, "error")
    assert (rare.first, rare.last) == (WHEN.timestamp(), WHEN.timestamp() + 590)
    assert (rare.example, rare.evidence.locator.line) == ("stock 10.0.0.0:8080 failed after 0 ms", 1)
    assert len(logs.templates(limit=1)) == 1


def test_minutes_count_lines_errors_requests_and_failures(logs):
    minutes = logs.minutes()
    assert [minute.minute for minute in minutes] == [WHEN.timestamp() + 60 * step for step in range(10)]
    third = minutes[2]
    assert (third.service, third.lines, third.errors, third.requests, third.failures) == ("cart", 60, 6, 60, 6)
    assert third.evidence.locator.line == 121


def test_pages_follow_each_other_without_a_gap_or_a_repeat(logs):
    seen, after = [], None
    while page := logs.log_lines(after=after, limit=70):
        seen += [line.evidence.locator.line for line in page]
        after = page_key(page[-1])
    assert seen == list(range(1, 601))


def test_pages_can_be_narrowed(logs):
    found = logs.log_lines(since=WHEN + timedelta(minutes=1), until=WHEN + timedelta(minutes=2), level="error")
    assert [line.evidence.locator.line for line in found] == [61, 71, 81, 91, 101, 111]
    assert [line.status for line in logs.log_lines(containing="AFTER 590 ms")] == [503]
    assert logs.log_lines(service="search") == []


def test_several_threads_may_ask_at_once(logs):
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(len(logs.minutes()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [10] * 4


def test_an_import_that_never_finished_is_not_shown(logs):
    (receipt,) = (logs.places.case / "imports").glob("*.json")
    receipt.unlink()
    assert logs.counts() == {}
    assert logs.log_lines() == []


def test_questions_to_an_empty_store_have_empty_answers(tmp_path):
    store = EvidenceStore(tmp_path)
    assert (store.events(), store.series(), store.templates(), store.minutes(), store.counts()) == ([], [], [], [], {})
    assert below(tmp_path) == []

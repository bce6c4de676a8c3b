"""What every reader promises, whoever wrote it: it introduces itself, wins its own sample, and no bytes break it."""

from __future__ import annotations

import copy
import importlib
import json
import pkgutil
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.errors import AfteractionError
from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.reading import LONGEST_LINE, BulkReader, DocumentReader, Reader, Source
from afteraction.core.readplan import ReadPlan
from afteraction.core.records import Document, Event, SampleBlock
from tests.effort import examples
from tests.formats.originals import original

HOME = Path(formats.__file__).parent
NAMES = [module.name for module in pkgutil.iter_modules([str(HOME)]) if module.ispkg]
DECLARED: dict[str, Any] = {"zone": "Europe/Berlin", "year": 2026, "incident_start": "2026-05-12T14:00:00Z"}
DEEP = 10_000
LONGEST_TIME = 8.0  # seconds of processor time for any one of the originals here; 9 MB is the largest

HOSTILE = {
    "nothing": b"",
    "one byte": b"\x00",
    "every byte": bytes(range(256)) * 8,
    "zeros": bytes(4096),
    "a byte order mark alone": b"\xef\xbb\xbf",
    "half a UTF-16 character": b'\xff\xfe{\x00"',
    "UTF-16 text": "zeit: 2026-05-12T14:02:11Z\nnächste Zeile".encode("utf-16"),
    "UTF-16 JSON": '{"status": "firing", "ts": 1}'.encode("utf-16-be"),
    "UTF-32 text": "hello\nworld".encode("utf-32"),
    "bytes that are not UTF-8": b'{"message": "\xff\xfe\xc3"}\n\xc3\x28 12:00 x\n',
    "a cut-off gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "a cut-off picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff",
    "another cut-off picture": b"\xff\xd8\xff\xe1\xff\xffExif\x00\x00MM\x00*\xff\xff\xff\xff",
    "blank lines": b"\n" * 500 + b"\r\n" * 500,
    "carriage returns": b"12:00 up\r12:01 down\r",
    "JSON null": b"null",
    "JSON of nothing": b"[]\n{}\n[[]]\n",
    "JSON cut off": b'{"alerts": [{"labels": {"alertname": "Down"}, "startsAt": "2026-05',
    "JSON twice": b'{"a": 1}{"a": 2}',
    "JSON with no numbers": b'{"value": NaN, "values": [[Infinity, "1"]]}',
    "a number without end": b'{"ts": ' + b"9" * 5000 + b', "time": 1e999}',
    "half a character": b'{"message": "\\ud800", "ts": "\\udfff"}',
    "deep arrays": b"[" * DEEP,
    "deep arrays, closed": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep flow lists": b"key: " + b"[" * DEEP,
    "deep quotes": b"> " * DEEP + b"12:00 up",
    "deep lists": b"".join(b" " * depth + b"- a\n" for depth in range(300)),
    "a line without end": b"x" * (LONGEST_LINE + 1000),
    "a JSON line without end": b'{"time": "2026-05-12T14:02:11Z", "message": "'
    + b"x" * LONGEST_LINE
    + b'"}\n{"a": 1}\n',
    "a table without end": b"time|" + b"|" * 20000 + b"\n",
    "impossible dates": b"2026-13-45 25:61:61 x\n00:00 0000-00-00\n9999-12-31T24:00Z y\n| 99:99 | z |\n",
}


def reader(name: str) -> Any:
    return importlib.import_module(f"afteraction.formats.{name}.reader").READER


def samples(name: str) -> dict[str, bytes]:
    """The sample of a reader: `sample.*` or everything below `sample/`."""
    paths = [path for top in HOME.joinpath(name).glob("sample*") for path in (top, *top.rglob("*")) if path.is_file()]
    return {str(path.relative_to(HOME / name)): path.read_bytes() for path in sorted(paths)}


def try_out(found: Any, content: bytes, name: str = "evidence", **options: Any) -> None:
    """Sniffs and reads; whatever comes has to be what the contract names, and in bounded time."""
    began = time.process_time()
    _try_out(found, original(content, name, **options))
    assert time.process_time() - began < LONGEST_TIME, "this took out of all proportion to its size"


def _try_out(found: Any, source: Source) -> None:
    assert 0 <= found.sniff(source) <= 1
    if isinstance(found, DocumentReader):
        seen = set()
        for item in found.read(source):
            if isinstance(item, Failure):
                assert item.file and item.reason
            else:
                assert item.evidence.locator not in seen, "two records of one original share a place"
                seen.add(item.evidence.locator)
        return
    try:
        assert isinstance(found.plan(source), ReadPlan)
    except AfteractionError as error:
        assert error.what


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_introduces_itself(name):
    found = reader(name)
    assert isinstance(found, Reader)
    assert isinstance(found, DocumentReader) is not isinstance(found, BulkReader)
    assert found.name == name
    assert found.title and "\n" not in found.title
    assert isinstance(found.kind, EvidenceKind)
    assert found.example and len(found.example) <= 200


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_is_explained(name):
    text = (HOME / name / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ") and len(text.split()) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_wins_its_own_sample_and_reads_it(name):
    own = samples(name)
    assert own, f"{name} has no sample"
    found = reader(name)
    for path, content in own.items():
        source = original(content, path, **DECLARED)
        claims = [(sure, other.name) for sure, other in formats.sniff(source)]
        assert claims and claims[0][1] == name, f"{path} is claimed by {claims[:3]}"
        assert len(claims) < 2 or claims[1][0] < claims[0][0], f"{path} is a tie of {claims[:3]}"
        if isinstance(found, DocumentReader):
            items = list(found.read(source))
            assert items and not [item for item in items if isinstance(item, Failure)]
            assert all(
                item.instant.original_text for item in items if not isinstance(item, Document | Failure | SampleBlock)
            )
            assert all(item.title for item in items if isinstance(item, Event))
        else:
            assert isinstance(found.plan(source), ReadPlan)


def test_readers_have_names_of_their_own():
    names = [found.name for found in formats.readers()]
    assert names == sorted(set(names)) and set(NAMES) <= set(names)


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_bytes_give_failures_and_no_error(name, kind):
    try_out(reader(name), HOSTILE[kind])
    try_out(reader(name), HOSTILE[kind], **DECLARED)


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_sample_gives_what_is_left_of_it(name):
    found = reader(name)
    for path, content in samples(name).items():
        for cut in range(0, len(content), max(1, len(content) // 40)):
            try_out(found, content[:cut], path, **DECLARED)
            try_out(found, content[:cut] + b"\x00\xff\xfe" + content[cut + 3 :], path, **DECLARED)
            try_out(found, content[cut:], path)
        text = content.decode("utf-8", errors="replace")
        for other in (text.encode("utf-16"), text.replace("\n", "\r\n").encode(), text.replace("\n", " ").encode()):
            try_out(found, other, path, **DECLARED)
        try_out(found, content.replace(b"202", b"02"), path, **DECLARED)
        try_out(found, content * 3, path, **DECLARED)


JUNK = st.sampled_from([None, True, -1, 0, 10**30, 1.5, "", "soon", "2026-13-01", "\ud800", [], [None], {}, {"a": {}}])


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=examples(25), deadline=None)
@given(data=st.data())
def test_whatever_stands_in_a_field_no_error_escapes(name, data):
    own = samples(name)
    assert own, f"{name} has no sample"
    path = data.draw(st.sampled_from(sorted(own)))
    lines = own[path].decode("utf-8", errors="replace").splitlines()
    documents = [document for document in (_parsed("\n".join(lines)), *map(_parsed, lines)) if document]
    if not documents:
        noise = data.draw(st.text(max_size=20))
        place = data.draw(st.integers(0, max(0, len(lines) - 1)))
        words = lines[place].split(" ") if lines else [""]
        words[data.draw(st.integers(0, len(words) - 1))] = noise
        try_out(
            reader(name),
            "\n".join([*lines[:place], " ".join(words), *lines[place + 1 :]]).encode(errors="replace"),
            path,
        )
        return
    document = documents[0]
    for _ in range(data.draw(st.integers(1, 3))):
        _replace_one(document, data)
    try_out(reader(name), json.dumps(document).encode(), path, **DECLARED)


def _parsed(text: str) -> Any:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict | list) and found else None


def _replace_one(node: Any, data: st.DataObject) -> None:
    """Puts junk somewhere into a document, at any depth."""
    while True:
        keys = sorted(node) if isinstance(node, dict) else range(len(node))
        key = data.draw(st.sampled_from(list(keys)))
        below = node[key]
        if not isinstance(below, dict | list) or not below or data.draw(st.integers(0, 3)) == 0:
            node[key] = copy.deepcopy(data.draw(JUNK))
            return
        node = below

"""Analysing again from frozen originals: what changed is read, what did not change is not."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from afteraction.core.analysis import FileReport
from afteraction.core.evidence import Evidence
from afteraction.pipeline.analyze import Declared, Request, analyze, analyze_again
from afteraction.stores.evidence import EvidenceStore

LOG = "".join(
    json.dumps({"timestamp": f"2026-05-12T14:02:0{n}Z", "level": "error", "message": "checkout failed"}) + "\n"
    for n in (3, 9)
)
NAIVE = LOG.replace("Z", "")


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path, "incident-1")


def frozen(store: EvidenceStore, name: str, text: str | bytes) -> Evidence:
    data = text.encode() if isinstance(text, str) else text
    return store.freeze(io.BytesIO(data), name)


def run(store: EvidenceStore, *originals: Evidence, **said) -> dict[str, FileReport]:
    """The reports by name."""
    analysis, parts = analyze_again(Request(originals=originals, **said), store)
    store.keep_only(parts)
    return {report.evidence.name: report for report in analysis.files}


def parts_of(store: EvidenceStore) -> set[str]:
    return {path.name for path in (store.places.whole / "parts").glob("*")}


def modified(store: EvidenceStore) -> dict[str, int]:
    folder = store.places.whole / "parts"
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_the_same_originals_again_write_nothing(store: EvidenceStore) -> None:
    log = frozen(store, "app.log", LOG)
    first = run(store, log)
    before = modified(store)
    second = run(store, log)
    assert first == second
    assert first["app.log"].rows == {"logs": 2}
    assert modified(store) == before != {}


def test_a_new_original_leaves_the_reading_of_the_others(store: EvidenceStore) -> None:
    log = frozen(store, "app.log", LOG)
    run(store, log)
    before = modified(store)
    reports = run(store, log, frozen(store, "more.log", LOG.replace("14:", "15:")))
    assert set(reports) == {"app.log", "more.log"}
    assert before.items() <= modified(store).items()


def test_a_declared_zone_reads_that_file_alone_again(store: EvidenceStore) -> None:
    log, naive = frozen(store, "app.log", LOG), frozen(store, "naive.log", NAIVE)
    reports = run(store, log, naive)
    assert "zone" in reports["naive.log"].failures[0].reason
    kept = {path: at for path, at in modified(store).items() if log.id[:32] in path}
    reports = run(store, log, naive, declared={naive.id: Declared(zone="Europe/Berlin")})
    assert reports["naive.log"].rows == {"logs": 2}
    assert kept.items() <= modified(store).items()
    assert len(parts_of(store)) == 2


def test_what_is_set_aside_keeps_its_place_and_says_nothing(store: EvidenceStore) -> None:
    log, more = frozen(store, "app.log", LOG), frozen(store, "more.log", LOG.replace("14:", "15:"))
    store.destroy(log.id)
    analysis, _ = analyze_again(Request(originals=[log, more], set_aside={log.id: "purged"}), store)
    assert [(report.evidence.name, report.state) for report in analysis.files] == [
        ("app.log", "purged"), ("more.log", "read"),
    ]  # fmt: skip


def test_an_archive_is_unpacked_once(store: EvidenceStore, monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("in/app.log", LOG)
        archive.writestr("../out.log", LOG)
    packed = frozen(store, "logs.zip", buffer.getvalue())
    first = run(store, packed)
    monkeypatch.setattr("afteraction.pipeline.archives.members", lambda *_: pytest.fail("unpacked again"))
    second = run(store, packed)
    assert first == second
    assert first["logs.zip!in/app.log"].rows == {"logs": 2}
    assert "points outside the archive" in first["logs.zip"].failures[0].reason


def test_a_file_is_read_again_when_the_one_that_it_asked_for_arrives(store: EvidenceStore) -> None:
    message = {"type": "message", "user": "U1", "ts": "1778595720.000100", "text": "rolling back"}
    chat = frozen(store, "export/incident/2026-05-12.json", json.dumps([message]))
    users = frozen(store, "export/users.json", json.dumps([{"id": "U1", "name": "ada", "real_name": "Ada"}]))
    alone, _ = analyze_again(Request(originals=[chat]), store)
    known, _ = analyze_again(Request(originals=[chat, users]), store)
    assert [event.actor.name for event in alone.timeline.events if event.actor] != ["Ada"]
    assert [event.actor.name for event in known.timeline.events if event.actor] == ["Ada"]


def test_frozen_originals_give_what_the_files_gave(store: EvidenceStore, tmp_path: Path) -> None:
    demo = Path("examples/demo")
    if not demo.is_dir():
        pytest.skip("the demo was not generated: make demo")
    plain = analyze(Request(paths=[demo]), EvidenceStore(tmp_path / "plain"))
    originals = []
    for path in sorted(demo.rglob("*")):
        if path.is_file():
            originals.append(store.adopt(_copy(path, tmp_path), path.relative_to(demo).as_posix()))
    again, _ = analyze_again(Request(originals=originals), store)
    assert {event.id for event in again.timeline.events} == {event.id for event in plain.timeline.events}
    assert again.metrics == plain.metrics


def _copy(path: Path, folder: Path) -> Path:
    copy = folder / "staged"
    copy.write_bytes(path.read_bytes())
    return copy

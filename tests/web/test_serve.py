"""`afteraction serve`: what a start does, what it does not do twice, and what it says when it cannot start."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.web.entering import signed_in_opener

COMMAND = Path(sys.executable).parent / "afteraction"
# Tables that reading and analysing leave rows in, and when each row was made.
WORK = {"incidents_storedanalysis": "created_at", "evidence_evidencefile": "imported_at"}


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a start with its data below `folder`."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("AFTERACTION", "DJANGO", "DATABASE"))
    }
    return {**kept, "AFTERACTION_DATA": str(folder / "data"), **more}


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[tuple[str, str]]:
    """A running server: its address, and what it said."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = folder / "told"
    begin = time.monotonic()
    with told.open("w") as output:
        server = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port), *arguments],
            cwd=folder, env=environment(folder), stdout=output, stderr=output, process_group=0,
        )  # fmt: skip
    try:
        while "/enter/" not in told.read_text():
            assert server.poll() is None, told.read_text()
            assert time.monotonic() - begin < 300, told.read_text()
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}", told.read_text()
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(10)


def pages(address: str, told: str) -> Callable[[str], str]:
    """What gives the bodies of pages to the person whom the printed address lets in."""
    opener = signed_in_opener(told)

    def page(path: str) -> str:
        with opener.open(address + path, timeout=10) as answer:
            return answer.read().decode()

    return page


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """A folder with one alert."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    alert = {
        "version": "4", "status": "firing", "receiver": "page", "groupLabels": {}, "commonLabels": {},
        "commonAnnotations": {}, "externalURL": "", "groupKey": "{}",
        "alerts": [{"status": "firing", "labels": {"alertname": "DiskFull", "service": "store"}, "annotations": {},
                    "startsAt": "2026-05-12T14:11:08Z", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "",
                    "fingerprint": "ab"}],
    }  # fmt: skip
    (folder / "alert.json").write_text(json.dumps(alert))
    return folder


def test_a_start_analyses_and_the_next_one_only_answers(tmp_path: Path, evidence: Path) -> None:
    arguments = ("--incident", "INC-5", str(evidence))
    with started(tmp_path, *arguments) as (address, told):
        assert "INC-5: 1 event," in told
        page = pages(address, told)
        assert "DiskFull" in page("/incidents/INC-5/?show=all")
        first = page("/incidents/INC-5/report.json")
    made = work_done(tmp_path)
    assert len(made["incidents_storedanalysis"]) == 1
    with started(tmp_path, *arguments) as (address, told):
        assert "INC-5: " not in told
        assert pages(address, told)("/incidents/INC-5/report.json") == first
    assert work_done(tmp_path) == made


def work_done(folder: Path) -> dict[str, list[object]]:
    """What work leaves behind: rows of the evidence and of its analyses, files, and the moments of each."""
    data = folder / "data"
    with closing(sqlite3.connect(data / "afteraction.sqlite3")) as database:
        of_tables = {
            table: database.execute(f"SELECT id, {moment} FROM {table} ORDER BY id").fetchall()
            for table, moment in WORK.items()
        }
    files = [each for place in ("evidence", "static") for each in (data / place).rglob("*") if each.is_file()]
    assert files
    return {**of_tables, "files": sorted((str(each), each.stat().st_mtime_ns) for each in files)}


def test_evidence_that_changed_is_analysed_again_and_what_is_gone_has_no_say(
    tmp_path: Path, evidence: Path, with_tables: Callable[[Path], Path]
) -> None:
    with started(with_tables(tmp_path), "--incident", "INC-5", str(evidence)):
        pass
    file = evidence / "alert.json"
    file.write_text(file.read_text().replace("DiskFull", "DiskSlow"))
    with started(tmp_path, "--incident", "INC-5", str(evidence)) as (address, told):
        assert "INC-5: 1 event," in told
        body = pages(address, told)("/incidents/INC-5/?show=all")
        assert "DiskSlow" in body
        assert "DiskFull" not in body


def test_static_files_have_hashed_names_and_never_expire(tmp_path: Path, with_tables: Callable[[Path], Path]) -> None:
    with started(with_tables(tmp_path), "--web-only") as (address, _):
        with urllib.request.urlopen(address + "/", timeout=10) as answer:
            body = answer.read().decode()
            assert "/accounts/login/" in answer.url
        name = body.split("/static/css/app.", 1)[1].split('"', 1)[0]
        with urllib.request.urlopen(f"{address}/static/css/app.{name}", timeout=10) as answer:
            assert "immutable" in answer.headers["Cache-Control"]


def test_the_secret_key_is_kept_and_private(tmp_path: Path, with_tables: Callable[[Path], Path]) -> None:
    with started(with_tables(tmp_path), "--web-only"):
        key = tmp_path / "data" / "secret.key"
        assert key.stat().st_mode & 0o077 == 0
        before = key.read_text()
    with started(tmp_path, "--web-only"):
        assert key.read_text() == before


def test_a_port_in_use_gets_one_line_that_says_what_to_type(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = subprocess.run(
            [COMMAND, "serve", "--demo", "--port", str(port)], env=environment(tmp_path), capture_output=True, text=True
        )
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [f"Port {port} is in use. Type: make run PORT={port + 1}"]
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_made_gets_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = subprocess.run(
        [COMMAND, "serve", "--port", "18473"], capture_output=True, text=True,
        env=environment(tmp_path, AFTERACTION_DATA=str(tmp_path / "file" / "data")),
    )  # fmt: skip
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert "export AFTERACTION_DATA=" in ended.stderr


def test_a_demo_that_is_not_there_gets_one_line(tmp_path: Path, with_tables: Callable[[Path], Path]) -> None:
    with_tables(tmp_path)
    ended = subprocess.run(
        [COMMAND, "serve", "--demo", "--port", "18474"], capture_output=True, text=True,
        env=environment(tmp_path, AFTERACTION_DEMO=str(tmp_path / "none")),
    )  # fmt: skip
    assert ended.returncode == 1
    assert "make demo" in ended.stderr


def test_originals_are_shared_but_what_was_read_is_not(db, settings, tmp_path: Path) -> None:
    from afteraction.web.incidents.actions import open_incident
    from afteraction.web.incidents.citations import store_of

    settings.EVIDENCE_STORE = tmp_path / "store"
    incident = open_incident("INC-1", title="x")
    kept = store_of(incident, "one").freeze(io.BytesIO(b"a\n"), "a.log")
    assert store_of(incident).raw_lines(kept.id, 1, 1) == [(1, "a")]
    assert store_of(incident, "one").places.case != store_of(incident, "two").places.case


def test_a_key_that_no_address_can_hold_is_refused(tmp_path: Path) -> None:
    ended = subprocess.run(
        [COMMAND, "serve", "--incident", "INC 5/6", str(tmp_path)], capture_output=True, text=True,
        env=environment(tmp_path),
    )  # fmt: skip
    assert ended.returncode == 2
    assert "e.g. INC-7" in ended.stderr

"""Running an incident from its frozen originals: as often as one likes, with what people said, broken off or not."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from django.utils import timezone

from afteraction.core.reading import ReadOptions
from afteraction.pipeline import analyze as pipeline
from afteraction.web.evidence.actions import analyse_files, analyse_originals
from afteraction.web.evidence.models import EvidenceFile
from afteraction.web.evidence.tasks import analyse
from afteraction.web.incidents import queries
from afteraction.web.incidents.models import Incident, StoredAnalysis
from tests.web.evidence.conftest import ALERT, log


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    """A folder with these files; `__` in a name is a slash, `_` a dot."""
    root = tmp_path / "given"
    for name, content in files.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def run(incident: Incident, root: Path, zone: str | None = None) -> tuple[StoredAnalysis, bool]:
    stored, is_new = analyse_files(incident, [root], options=ReadOptions(zone=zone), importer="test")
    assert stored is not None
    return stored, is_new


def states(incident: Incident) -> dict[str, str]:
    return dict(EvidenceFile.objects.filter(incident=incident).values_list("name", "state"))


def test_the_job_does_what_the_command_did(empty: Incident, tmp_path: Path) -> None:
    stored, is_new = run(empty, folder(tmp_path, alert_json=ALERT, app_log=log()))
    assert is_new
    assert analyse.func(empty.pk) == stored.event_count > 0
    assert queries.latest_analysis(empty) == stored
    assert states(empty) == {"alert.json": "read", "app.log": "read"}


def test_without_evidence_there_is_nothing_to_run(empty: Incident) -> None:
    assert analyse.func(empty.pk) is None
    assert queries.latest_analysis(empty) is None


def test_a_deleted_incident_is_left_alone(empty: Incident, tmp_path: Path) -> None:
    run(empty, folder(tmp_path, app_log=log()))
    empty.title, empty.deleted_at = "other", timezone.now()
    empty.save()
    assert analyse.func(empty.pk) is None
    assert StoredAnalysis.objects.count() == 1


def test_a_changed_title_makes_a_new_run_that_reads_nothing(
    empty: Incident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(empty, folder(tmp_path, alert_json=ALERT, app_log=log()))
    empty.title = "Store is full"
    empty.save()
    monkeypatch.setattr(pipeline, "read_one", lambda *_: pytest.fail("read again"))
    stored, is_new = analyse_originals(empty)
    assert is_new
    assert stored.head["incident"]["title"] == "Store is full"


def test_a_run_that_was_broken_off_goes_on_where_it_stopped(
    empty: Incident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path, a_log=log(minute=2), b_log=log(minute=3), c_log=log(minute=4))

    def stopping(step: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        analyse_files(empty, [root], options=ReadOptions(), importer="test", progress=stopping)
    assert queries.latest_analysis(empty) is None
    read, before = [], pipeline.read_one
    monkeypatch.setattr(pipeline, "read_one", lambda item, *rest: read.append(item.name) or before(item, *rest))
    analyse.func(empty.pk)
    assert read == ["c.log"]
    assert set(states(empty).values()) == {"read"}


def test_what_a_folder_no_longer_gives_is_left_out_and_comes_back(empty: Incident, tmp_path: Path) -> None:
    root = folder(tmp_path, a_log=log(minute=2), b_log=log(minute=3))
    run(empty, root)
    (root / "b.log").rename(tmp_path / "b.log")
    stored, is_new = run(empty, root)
    assert is_new
    assert states(empty) == {"a.log": "read", "b.log": "left_out"}
    assert stored.head["coverage"]["kinds"]["log"]["files"] == ["E1"]
    (tmp_path / "b.log").rename(root / "b.log")
    run(empty, root)
    assert states(empty) == {"a.log": "read", "b.log": "read"}


def test_a_zone_of_the_command_holds_for_the_job_too(empty: Incident, tmp_path: Path) -> None:
    stored, _ = run(empty, folder(tmp_path, a_log=log(zone="")), zone="Europe/Berlin")
    assert states(empty) == {"a.log": "read"}
    assert analyse_originals(empty) == (stored, False)


def test_members_of_an_archive_are_listed_under_it(empty: Incident, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("in/app.log", log())
    run(empty, folder(tmp_path, all_zip=buffer.getvalue(), more_log_gz=gzip.compress(log(minute=5).encode())))
    rows = {row.name: row for row in EvidenceFile.objects.filter(incident=empty)}
    assert {name: row.state for name, row in rows.items()} == {
        "all.zip": "unpacked", "all.zip!in/app.log": "read", "more.log.gz": "unpacked", "more.log": "read",
    }  # fmt: skip
    assert rows["all.zip!in/app.log"].container == rows["all.zip"]
    assert rows["more.log"].container == rows["more.log.gz"]
    assert [row.name for row in rows.values() if row.is_given] == ["all.zip", "more.log.gz"]


def test_labels_stay_when_evidence_is_added(empty: Incident, tmp_path: Path) -> None:
    root = folder(tmp_path, m_log=log(minute=2))
    run(empty, root)
    (root / "a.log").write_text(log(minute=3))
    run(empty, root)
    assert dict(EvidenceFile.objects.values_list("name", "label")) == {"m.log": "E1", "a.log": "E2"}

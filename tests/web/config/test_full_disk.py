"""A full disk: what does not fit leaves nothing behind, and work goes on when there is room."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.models import AuditEntry
from afteraction.web.evidence.actions.take_in import Coming, take_in_bytes
from afteraction.web.evidence.models import EvidenceFile, Origin
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import Incident
from afteraction.web.jobs.models import Job, JobState
from afteraction.web.jobs.queue import retry
from afteraction.web.jobs.running import drain
from tests.web import documents


@pytest.fixture
def small_disk(tmp_path: Path, settings) -> Iterator[Path]:
    """An evidence store on a disk of 1 MB."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, check=False
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("A FULL DISK WAS NOT TRIED: mounting a small one takes root on Linux.")
    settings.EVIDENCE_STORE = place / "evidence"
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def files_below(place: Path) -> list[str]:
    return [str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()]


def test_an_upload_that_does_not_fit_leaves_nothing(db, person, small_disk: Path):
    incident = open_incident("INC-9", person, title="x")
    before = AuditEntry.objects.count()
    with pytest.raises(AfteractionError, match=r"disk of this server is full.*room"):
        take_in_bytes(incident, os.urandom(3_000_000), Coming(name="big.log", origin=Origin.UPLOAD), actor=person)
    assert files_below(small_disk) == []
    assert (EvidenceFile.objects.count(), Job.objects.count(), AuditEntry.objects.count()) == (0, 0, before)


def test_an_analysis_on_a_full_disk_fails_with_a_next_step_and_goes_on_when_there_is_room(db, person, small_disk: Path):
    incident: Incident = open_incident("INC-9", person, title="x", zone="Europe/Berlin")
    for name, text in documents.FILES.items():
        coming = Coming(name=name, origin=Origin.UPLOAD)
        assert take_in_bytes(incident, text.encode(), coming, actor=person).is_new
    filler = small_disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(os.urandom(4096)):
            pass
    (job,) = drain()
    assert job.state == JobState.FAILED
    assert "full" in job.reason and "again" in job.reason
    assert incident.analyses.count() == 0
    filler.unlink()
    retry(job.pk)
    (job,) = drain()
    assert (job.state, job.reason) == (JobState.DONE, "")
    assert incident.analyses.count() == 1


def test_originals_are_whole_after_a_full_disk(db, person, small_disk: Path):
    incident = open_incident("INC-9", person, title="x")
    kept = take_in_bytes(incident, b"a line\n", Coming(name="a.log", origin=Origin.UPLOAD), actor=person).file
    with pytest.raises(AfteractionError):
        take_in_bytes(incident, os.urandom(3_000_000), Coming(name="big.log", origin=Origin.UPLOAD), actor=person)
    with store_of(incident).open_original(kept.sha256) as stream:
        assert stream.read() == b"a line\n"

"""Bringing evidence in: whole, in pieces, broken off, twice, too large, with nowhere to put it, by the wrong person."""

from __future__ import annotations

import errno
import hashlib
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.evidence.actions import (
    DiskFull,
    Refused,
    TooLarge,
    begin_upload,
    finish_upload,
    paste_text,
    upload,
)
from afteraction.web.evidence.actions.take_in import clean_name
from afteraction.web.evidence.models import EvidenceFile, Upload
from afteraction.web.evidence.tasks import clear
from afteraction.web.incidents import queries
from afteraction.web.incidents.models import Incident
from afteraction.web.jobs.models import Job
from tests.web.evidence.conftest import ALERT, log

HERE = "/incidents/INC-7/evidence/"


def began(client: Client, path: str, size: int, **more) -> dict:
    answer = client.post(f"{HERE}uploads/", {"path": path, "size": size, **more}, content_type="application/json")
    assert answer.status_code == 201, answer.content
    return answer.json()


def put(client: Client, token: str, offset: int, data: bytes):
    return client.put(f"{HERE}uploads/{token}?offset={offset}", data, content_type="application/octet-stream")


def finish(client: Client, token: str):
    return client.post(f"{HERE}uploads/{token}/finish", {}, content_type="application/json")


def staged(settings) -> list[Path]:
    return list(Path(settings.EVIDENCE_STORE, "staging").glob("*"))


def test_a_file_in_pieces_becomes_evidence_and_events(client: Client, empty: Incident, run_jobs, settings) -> None:
    data = ALERT.encode()
    token = began(client, "pager/alert.json", len(data))["token"]
    assert put(client, token, 0, data[:100]).json() == {"received": 100}
    assert put(client, token, 100, data[100:]).json() == {"received": len(data)}
    answer = finish(client, token)
    assert answer.status_code == 201
    assert answer.json()["sha256"] == hashlib.sha256(data).hexdigest()
    assert staged(settings) == []
    run_jobs()
    file = EvidenceFile.objects.get()
    assert (file.name, file.state, file.label, file.origin) == ("pager/alert.json", "read", "E1", "upload")
    assert queries.latest_analysis(empty).event_count == 1
    entry = AuditEntry.objects.get(verb="take_in")
    assert entry.detail["sha256"] == file.sha256 and entry.detail["name"] == "pager/alert.json"


def test_a_broken_off_upload_goes_on_where_it_stopped_after_a_reload(client: Client, empty: Incident) -> None:
    data = log().encode()
    token = began(client, "app.log", len(data), mark="app.log:1")["token"]
    put(client, token, 0, data[:40])
    again = began(client, "app.log", len(data), mark="app.log:1")
    assert (again["token"], again["received"]) == (token, 40)
    answer = put(client, token, 0, data)
    assert (answer.status_code, answer.json()["received"]) == (409, 40)
    assert finish(client, token).status_code == 409
    put(client, token, 40, data[40:])
    assert finish(client, token).status_code == 201


def test_finishing_twice_is_finishing_once(client: Client, empty: Incident) -> None:
    token = began(client, "app.log", 3)["token"]
    put(client, token, 0, b"a\nb")
    assert [finish(client, token).status_code for _ in range(2)] == [201, 200]
    assert EvidenceFile.objects.count() == AuditEntry.objects.filter(verb="take_in").count() == 1


def test_an_empty_file_is_evidence_too(client: Client, empty: Incident, run_jobs) -> None:
    finish(client, began(client, "nothing.log", 0)["token"])
    run_jobs()
    assert EvidenceFile.objects.get().state == "empty"


def test_the_same_bytes_again_change_nothing(client: Client, empty: Incident, run_jobs) -> None:
    paste_text(empty, log(), actor=empty.created_by)
    run_jobs()
    work = Job.objects.filter(subject=empty.subject)
    jobs, entries = work.count(), AuditEntry.objects.count()
    token = began(client, "other-name.log", len(log().encode()))["token"]
    put(client, token, 0, log().encode())
    answer = finish(client, token)
    assert answer.status_code == 200
    assert "already here as E1" in answer.json()["said"]
    assert (work.count(), AuditEntry.objects.count(), EvidenceFile.objects.count()) == (jobs, entries, 1)


def test_another_original_of_the_same_name_is_kept_beside_it(empty: Incident, person) -> None:
    for minute in (1, 2, 3):
        paste_text(empty, log(minute=minute), name="app.log", actor=person)
    assert sorted(EvidenceFile.objects.values_list("name", flat=True)) == ["app (2).log", "app (3).log", "app.log"]


def test_more_bytes_than_announced_are_refused(client: Client, empty: Incident) -> None:
    token = began(client, "app.log", 3)["token"]
    assert put(client, token, 0, b"abcdef").status_code == 413


def test_a_file_over_the_limit_is_refused_before_it_is_sent(empty: Incident, person, settings) -> None:
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(TooLarge, match="is larger than"):
        begin_upload(empty, "big.log", 11, actor=person)


@pytest.mark.parametrize("asked", [{}, {"path": "a"}, {"path": "", "size": 1}, {"path": "a", "size": "1"},
                                   {"path": "a", "size": -1}, {"path": "a", "size": True}])  # fmt: skip
def test_a_request_without_a_size_or_name_is_refused(client: Client, empty: Incident, asked: dict) -> None:
    assert client.post(f"{HERE}uploads/", asked, content_type="application/json").status_code == 422


@pytest.mark.parametrize("body", ["", "[", "[]", '"x"', "\0"])
def test_a_request_that_is_no_object_is_refused(client: Client, empty: Incident, body: str) -> None:
    assert client.post(f"{HERE}uploads/", body, content_type="application/json").status_code == 422


def test_a_full_disk_is_said_and_leaves_no_half_piece(client: Client, empty: Incident, monkeypatch) -> None:
    token = began(client, "app.log", 6)["token"]
    put(client, token, 0, b"abc")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(upload, "_copy", full)
        answer = put(client, token, 3, b"def")
    assert answer.status_code == 507
    assert "disk of this server is full" in answer.json()["detail"]
    assert put(client, token, 3, b"def").json() == {"received": 6}


def test_a_full_disk_at_the_end_leaves_no_row(empty: Incident, person, monkeypatch) -> None:
    from afteraction.core.errors import AfteractionError
    from afteraction.stores import originals

    def full(*_: object, **__: object) -> None:
        raise AfteractionError("the disk is full; nothing of this file was kept.")

    monkeypatch.setattr(originals, "freeze", full)
    with pytest.raises(DiskFull):
        paste_text(empty, "text", actor=person)
    assert not EvidenceFile.objects.exists()


def test_what_nobody_goes_on_with_is_gone_after_a_day(client: Client, empty: Incident, settings) -> None:
    token = began(client, "app.log", 6)["token"]
    put(client, token, 0, b"abc")
    assert clear.func() == 0
    Upload.objects.update(touched_at=timezone.now() - timedelta(hours=25))
    assert clear.func() == 1
    assert staged(settings) == [] and not Upload.objects.exists()
    assert put(client, token, 3, b"def").status_code == 404


def test_nobody_goes_on_with_somebody_elses_upload(client: Client, empty: Incident, member) -> None:
    token = began(client, "app.log", 6)["token"]
    other = Client()
    other.force_login(member("responder"))
    assert put(other, token, 0, b"abc").status_code == 404


@pytest.mark.parametrize(("seat", "status"), [("viewer", 403), ("responder", 201), ("", 404)])
def test_only_who_works_on_an_incident_brings_evidence(client, empty, member, make_person, seat, status) -> None:
    somebody = Client()
    somebody.force_login(member(seat) if seat else make_person("outsider@example.org"))
    asked = {"path": "a.log", "size": 1}
    assert somebody.post(f"{HERE}uploads/", asked, content_type="application/json").status_code == status
    assert Upload.objects.count() == (status == 201)


def test_a_plain_form_takes_several_files(client: Client, empty: Incident) -> None:
    given = [SimpleUploadedFile("a.log", b"one"), SimpleUploadedFile("b.log", b"two")]
    answer = client.post(f"{HERE}files", {"files": given}, follow=True)
    assert "2 files are here" in answer.content.decode()
    assert EvidenceFile.objects.count() == 2


def test_pasted_text_is_an_original_of_its_own(client: Client, empty: Incident, run_jobs) -> None:
    client.post(f"{HERE}paste", {"text": ALERT, "name": ""})
    run_jobs()
    file = EvidenceFile.objects.get()
    assert file.name.startswith("pasted ") and file.name.endswith(".json")
    assert (file.state, file.origin) == ("read", "paste")


@pytest.mark.parametrize("text", ["", "  \n "])
def test_pasting_nothing_is_refused(empty: Incident, person, text: str) -> None:
    with pytest.raises(Refused, match="no text"):
        paste_text(empty, text, actor=person)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("a/b.log", "a/b.log"), ("/etc/passwd", "etc/passwd"), ("../../x.log", "x.log"), ("a\\b.log", "a/b.log"),
        ("a\x00\x1b[31m\u202egol.exe", "a[31mgol.exe"), ("x!y.log", "x_y.log"), ("./a//b/./c", "a/b/c"),
        ("<script>.json", "<script>.json"), ("naïve ☃.log", "naïve ☃.log"),
    ],
)  # fmt: skip
def test_a_name_leads_nowhere_and_hides_nothing(told: str, kept: str) -> None:
    assert clean_name(told) == kept


@pytest.mark.parametrize("told", ["", "/", "..", "../..", "\x00", " / "])
def test_a_name_of_nothing_is_refused(told: str) -> None:
    with pytest.raises(Refused, match="needs a name"):
        clean_name(told)


def test_a_bomb_is_refused_with_its_name_and_the_rest_is_read(empty: Incident, person, run_jobs, monkeypatch) -> None:
    import zipfile

    from afteraction.pipeline import archives

    monkeypatch.setattr(archives, "RATIO_FLOOR", 2**20)
    monkeypatch.setattr(archives, "MAX_RATIO", 50)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.log", b"0" * 2**23)
    started = begin_upload(empty, "bomb.zip", len(buffer.getvalue()), actor=person)
    upload.add_piece(started, 0, io.BytesIO(buffer.getvalue()), actor=person)
    finish_upload(started, actor=person)
    paste_text(empty, log(), name="fine.log", actor=person)
    run_jobs()
    rows = {row.name: row for row in EvidenceFile.objects.all()}
    assert rows["fine.log"].state == "read"
    told = json.dumps([rows["bomb.zip"].report, *(row.report for row in rows.values())])
    assert "archive bomb" in told


def test_evidence_with_scripts_and_formulas_shows_as_text(client: Client, empty: Incident, person, run_jobs) -> None:
    hostile = '{"timestamp": "2026-05-12T14:02:03Z", "level": "error", "message": "<script>alert(1)</script>"}\n'
    paste_text(empty, hostile, name="<img src=x onerror=alert(1)>.log", actor=person)
    run_jobs()
    sha256 = EvidenceFile.objects.get().sha256
    for page in (HERE, f"{HERE}{sha256}/", f"{HERE}{sha256}/columns"):
        body = client.get(page).content.decode()
        assert "<script>alert" not in body and "<img src=x" not in body
    answer = client.get(f"{HERE}{sha256}/download")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_viewer_reads_lines_and_may_not_have_the_bytes(empty: Incident, person, member, run_jobs) -> None:
    paste_text(empty, log(word="password=hunter2secret"), name="app.log", actor=person)
    run_jobs()
    sha256 = EvidenceFile.objects.get().sha256
    viewer = Client()
    viewer.force_login(member("viewer"))
    assert "hunter2secret" not in viewer.get(f"{HERE}{sha256}/").content.decode()
    assert viewer.get(f"{HERE}{sha256}/download").status_code == 403
    worker = Client()
    worker.force_login(person)
    assert worker.get(f"{HERE}{sha256}/download").status_code == 200
    assert AuditEntry.objects.filter(verb="download", actor=person).count() == 1

"""Evidence in which NUL and halves of surrogate pairs stand, wherever its formats have a place for text: kept as it
came, read, and shown with the sign for NUL, on both databases."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from afteraction.web.accounts.actions.tokens import make_token
from afteraction.web.evidence.models import EvidenceFile
from afteraction.web.incidents import queries
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import AnalysedEvent, Incident, StoredAnalysis
from afteraction.web.jobs.models import JobState
from afteraction.web.ui.characters import refuse_unheld

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("either_database")]
HERE = "/incidents/INC-7/"
BAD = "a\x00b\ud800c"


def _lines() -> bytes:
    nul = BAD.replace("\ud800", "")
    rows = [
        {"timestamp": f"2026-05-12T14:02:0{n}Z", "level": "error", "message": f"refused {nul}", "service": f"pay{nul}",
         "host": nul, f"key{nul}": nul, "inner": {nul: [nul, {"x": nul}]}}
        for n in range(5)
    ]  # fmt: skip
    rows.append({"timestamp": "2026-05-12T14:02:07Z", "level": "error", "message": BAD})
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _alert() -> bytes:
    alert = {
        "status": "firing", "labels": {"alertname": f"Disk{BAD}", "service": f"pay{BAD}", f"l{BAD}": BAD},
        "annotations": {"summary": BAD, BAD: BAD}, "startsAt": "2026-05-12T14:11:08Z",
        "endsAt": "0001-01-01T00:00:00Z", "generatorURL": f"http://x/{BAD}", "fingerprint": BAD,
    }  # fmt: skip
    return json.dumps(
        {"version": "4", "status": "firing", "receiver": BAD, "groupLabels": {BAD: BAD}, "commonLabels": {},
         "commonAnnotations": {}, "externalURL": BAD, "groupKey": BAD, "alerts": [alert]}
    ).encode()  # fmt: skip


def _chat() -> bytes:
    files = {
        "export/users.json": [{"id": "U1", "name": BAD, "real_name": f"Robin {BAD}", "profile": {"title": BAD}}],
        "export/channels.json": [{"id": "C1", "name": "inc-7", "members": ["U1"], "topic": {"value": BAD}}],
        "export/inc-7/2026-05-12.json": [
            {"type": "message", "user": "U1", "text": f"rolling back {BAD}", "ts": "1778594643.000100",
             "reactions": [{"name": BAD, "users": ["U1"], "count": 1}]},
        ],
    }  # fmt: skip
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, json.dumps(content))
    return whole.getvalue()


def _named() -> bytes:
    """An archive whose names have what no file of ours may be called."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in (b"in/na\xff\xedme.log", b"in/two\nlines.log"):
            text = b'{"timestamp": "2026-05-12T14:07:00Z", "level": "error", "message": "x"}\n'
            member = tarfile.TarInfo(name.decode("utf-8", "surrogateescape"))
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
    return whole.getvalue()


GIVEN = {
    "app.log": _lines(),
    "alert.json": _alert(),
    "chat.zip": _chat(),
    "names.tar": _named(),
    "system.log": b"<165>1 2026-05-12T14:03:00Z host app 1 ID - refused a\x00b \xed\xa0\x80c\n" * 3,
    "error.log": b"2026/05/12 14:04:00 [error] 7#7: *1 upstream a\x00b timed out, client: 10.0.0.1\n" * 3,
    "timeline.csv": b"time,event,who\n2026-05-12T14:05:00Z,Robin a\x00b looked,Ro\x00bin\n",
    "note.md": b"# Checkout fails\n\n## Timeline\n\n- 2026-05-12 14:06 UTC a\x00b rolled back\n",
    "config.yaml": b"service: pay\nlimits:\n  name: a\x00b\n",
    "nothing.bin": bytes(range(32)) * 4,
}


@pytest.fixture
def read(client: Client, person, run_jobs) -> Incident:
    """An incident with all of it, taken in by the page and read by the job."""
    incident = open_incident("INC-7", person, title="Checkout fails", zone="UTC")
    for name, content in GIVEN.items():
        answer = client.post(f"{HERE}evidence/files", {"files": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302
    assert [job.state for job in run_jobs() if job.state != JobState.DONE] == []
    assert StoredAnalysis.objects.filter(incident=incident).count() >= 1
    return incident


def test_every_original_is_the_bytes_that_came(read: Incident) -> None:
    kept = {file.name: file.sha256 for file in EvidenceFile.objects.filter(incident=read)}
    store = store_of(read)
    for name, content in GIVEN.items():
        assert kept[name] == hashlib.sha256(content).hexdigest()
        with store.open_original(kept[name]) as frozen:
            assert frozen.read() == content


def test_what_is_shown_has_the_sign_where_the_original_has_nul(read: Incident) -> None:
    events = [row.value for row in AnalysedEvent.objects.filter(incident=read)]
    titles = " | ".join(event["title"] for event in events)
    assert "Diska\u2400b" in titles and "rolling back a\u2400b" in titles
    refuse_unheld(events)
    read_by = dict(EvidenceFile.objects.filter(incident=read).values_list("name", "reader"))
    assert (read_by["app.log"], read_by["system.log"], read_by["alert.json"]) == (
        "json_lines", "syslog", "alertmanager_webhook",
    )  # fmt: skip
    assert "names.tar!in/na??me.log" in read_by
    assert "paya\u2400b\ufffdc" in json.dumps(events, ensure_ascii=False)


def test_every_page_of_it_comes(read: Incident, client: Client, person) -> None:
    _, secret = make_token("test", ("read",), days=1, actor=person)
    program = Client(headers={"authorization": f"Bearer {secret}"})
    pages = ["", "?show=all", "?q=a%E2%90%80b", "events/", "report/", "report.html", "report.md", "report.json",
             "report.pdf", "report.csv", "evidence/", "settings/"]  # fmt: skip
    events = [row.event_id for row in AnalysedEvent.objects.filter(incident=read)]
    pages += [f"events/{event_id}/" for event_id in events]
    for file in EvidenceFile.objects.filter(incident=read):
        pages += [f"evidence/{file.sha256}/", f"evidence/{file.sha256}/download"]
    broken = [page for page in pages if client.get(HERE + page).status_code >= 400]
    assert broken == []
    assert client.get("/search?q=refused").status_code == client.get("/incidents/?q=a%00b").status_code == 200
    for address in ("", "/events?triage=all", "/analysis", "/evidence", "/jobs", f"/events/{events[0]}"):
        answer = program.get(f"/api/v1/incidents/INC-7{address}")
        assert answer.status_code == 200
        refuse_unheld(answer.json())


def test_what_people_do_with_it_works_as_ever(read: Incident, client: Client, run_jobs) -> None:
    one = AnalysedEvent.objects.filter(incident=read).get(title__contains="rolling back").event_id
    said = {"verb": "note", "events": [one], "text": "see a\u2400b", "edit_id": "n1"}
    answer = client.post(f"{HERE}edits/", json.dumps(said), content_type="application/json")
    assert answer.status_code == 200
    run_jobs()
    assert queries.latest_analysis(read) is not None
    assert "see a\u2400b" in client.get(f"{HERE}events/{one}/").content.decode()

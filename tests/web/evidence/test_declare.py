"""What people declare: it moves records only once it is said, it is written down, and it can be taken back."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from afteraction.web.accounts.models import AuditEntry
from afteraction.web.evidence.actions import Refused, declare, map_columns, paste_text, withdraw_declaration
from afteraction.web.evidence.assumptions import open_assumptions
from afteraction.web.evidence.declared import holding
from afteraction.web.evidence.models import Declaration, EvidenceFile, SavedMapping
from afteraction.web.incidents import queries
from afteraction.web.incidents.models import AnalysedEvent, Incident
from afteraction.web.jobs.models import Job
from tests.web.evidence.conftest import ALERT, log

HERE = "/incidents/INC-7/evidence/"


def only(name: str = "") -> EvidenceFile:
    return EvidenceFile.objects.get(**({"name": name} if name else {}))


def questions(incident: Incident) -> list:
    analysis = queries.latest_analysis(incident)
    head = analysis.head if analysis else None
    return open_assumptions(incident, head, list(EvidenceFile.objects.order_by("id")), holding(incident))


def test_a_zone_is_asked_for_and_nothing_moves_before(client: Client, empty: Incident, person, run_jobs) -> None:
    paste_text(empty, log(zone=""), name="app.log", actor=person)
    run_jobs()
    assert only().state == "failed"
    (question,) = questions(empty)
    assert (question.about, question.subject) == ("zone", "app.log")
    body = client.get(HERE).content.decode()
    assert "1 assumption to confirm" in body and "names no time zone" in body
    client.post(f"{HERE}said/", {"about": "zone", "value": "Europe/Berlin", "file": only().sha256})
    assert only().state == "failed"
    run_jobs()
    assert (only().state, only().report["rows"]) == ("read", 2)
    assert questions(empty) == []
    entry = AuditEntry.objects.get(verb="declare")
    assert entry.actor == person and entry.detail["value"] == "Europe/Berlin"
    client.post(f"{HERE}said/{Declaration.objects.get().pk}/back")
    run_jobs()
    assert only().state == "failed"
    assert len(questions(empty)) == 1


def test_a_clock_is_shifted_once_confirmed_and_back_again(empty: Incident, person, run_jobs) -> None:
    paste_text(empty, ALERT, name="alert.json", actor=person)
    run_jobs()
    event = AnalysedEvent.objects.get()
    clock = "alerts"
    said = declare(empty, "clock", 41, thing=clock, actor=person)
    assert AnalysedEvent.objects.get().at_us == event.at_us
    run_jobs()
    newest = queries.latest_analysis(empty)
    (moved,) = AnalysedEvent.objects.filter(first_run__lte=newest.number, last_run__gt=newest.number)
    assert event.at_us - moved.at_us == 41_000_000
    assert any(offset["confirmed"] for offset in newest.head["clock_offsets"])
    withdraw_declaration(empty, said.pk, actor=person)
    run_jobs()
    newest = queries.latest_analysis(empty)
    (back,) = AnalysedEvent.objects.filter(first_run__lte=newest.number, last_run__gt=newest.number)
    assert back.at_us == event.at_us


def test_an_offset_is_proposed_and_not_shifting_it_is_an_answer(empty: Incident, person) -> None:
    offset = {"clock": "chat", "reference": "alerts", "offset_s": 41.0, "spread_s": 1, "pairs": 3, "confirmed": False}
    head = {"clock_offsets": [offset, {**offset, "clock": "near", "offset_s": 0.4}]}
    (question,) = open_assumptions(empty, head, [], holding(empty))
    assert question.sentence == (
        "runs 41 s ahead of alerts, by 3 moments that both saw. Shift by 41 s? Nothing moves until confirmed."
    )
    declare(empty, "clock", None, thing="chat", actor=person)
    assert open_assumptions(empty, head, [], holding(empty)) == []


def test_the_same_again_is_one_declaration_and_one_job(empty: Incident, person, run_jobs) -> None:
    paste_text(empty, log(zone=""), actor=person)
    run_jobs()
    for _ in range(2):
        declare(empty, "zone", "UTC", file=only(), actor=person)
    assert Declaration.objects.count() == 1
    assert Job.objects.filter(state="queued").count() == 1


def test_a_file_left_out_keeps_its_place_and_says_nothing(empty: Incident, person, run_jobs) -> None:
    paste_text(empty, log(minute=2), name="a.log", actor=person)
    paste_text(empty, log(minute=3), name="b.log", actor=person)
    run_jobs()
    declare(empty, "left_out", "", file=only("a.log"), actor=person)
    run_jobs()
    assert (only("a.log").state, only("a.log").label) == ("left_out", "E1")
    assert (only("b.log").state, only("b.log").label) == ("read", "E2")


def test_a_reader_is_chosen(empty: Incident, person, run_jobs) -> None:
    paste_text(empty, "12 May 2026 14:02 UTC: it broke\n", name="notes.txt", actor=person)
    run_jobs()
    declare(empty, "reader", "postmortem", file=only(), actor=person)
    run_jobs()
    assert only().reader == "postmortem"


@pytest.mark.parametrize(
    ("about", "value"),
    [
        ("zone", "Mars/Olympus"), ("zone", ""), ("year", "12"), ("year", "soon"), ("year", None), ("reader", "magic"),
        ("clock", "fast"), ("clock", 1e9), ("clock", float("nan")), ("mapping", {}), ("mapping", "time"),
        ("captured_at", "yesterday"), ("captured_at", {"at": "2026-13-05"}), ("unavailable", ""), ("place", "  "),
        ("nonsense", "x"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(empty: Incident, person, about: str, value) -> None:
    with pytest.raises(Refused):
        declare(empty, about, value, thing="log", actor=person)
    assert not Declaration.objects.exists() and not Job.objects.exists()


def test_evidence_of_another_incident_is_not_touched(client: Client, empty: Incident, incident, person) -> None:
    theirs = EvidenceFile.objects.filter(incident=incident).first()
    with pytest.raises(Refused, match="no such evidence"):
        declare(empty, "zone", "UTC", file=theirs, actor=person)
    assert client.post(f"{HERE}said/", {"about": "zone", "value": "UTC", "file": theirs.sha256}).status_code == 404


def test_a_viewer_declares_nothing(empty: Incident, member) -> None:
    viewer = Client()
    viewer.force_login(member("viewer"))
    assert viewer.post(f"{HERE}said/", {"about": "unavailable", "value": "none", "thing": "log"}).status_code == 403


def test_a_picture_is_dated_and_placed_by_hand(empty: Incident, person, run_jobs, client: Client) -> None:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    png += chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    from afteraction.web.evidence.actions import Coming, take_in_bytes
    from afteraction.web.evidence.models import Origin

    take_in_bytes(empty, png, Coming(name="shot.png", origin=Origin.UPLOAD), actor=person)
    run_jobs()
    (document,) = queries.latest_analysis(empty).head["documents"]
    assert document["captured_at"] is None
    assert "1 undated" in client.get(HERE).content.decode()
    said = {"about": "captured_at", "value": "2026-05-12 14:20", "zone": "Europe/Berlin", "file": only().sha256}
    client.post(f"{HERE}said/", said)
    declare(empty, "place", "checkout latency", file=only(), actor=person)
    run_jobs()
    (document,) = queries.latest_analysis(empty).head["documents"]
    assert document["captured_at"]["value"] == "2026-05-12T12:20:00Z"
    assert (document["captured_from"], document["place"]) == ("typed", "checkout latency")


CSV = "opened,what,who\n2026-05-12T14:05:00Z,cannot pay,buyer 7\n2026-05-12T14:06:00Z,cannot pay either,buyer 8\n"


def test_a_saved_mapping_reads_later_files_of_the_same_columns(client, empty: Incident, person, run_jobs) -> None:
    paste_text(empty, CSV, name="desk.csv", actor=person)
    run_jobs()
    page = f"{HERE}{only().sha256}/columns"
    body = client.get(page).content.decode()
    assert "opened" in body and "what" in body
    client.post(page, {"column-0": "time", "column-1": "subject", "reader": "ticket_table", "name": "Our desk"})
    run_jobs()
    assert (only().reader, only().state, only().report["rows"]) == ("ticket_table", "read", 2)
    assert SavedMapping.objects.get().columns == {"time": "opened", "subject": "what"}
    paste_text(empty, CSV.replace("14:0", "15:0"), name="desk-2.csv", actor=person)
    run_jobs()
    assert (only("desk-2.csv").reader, only("desk-2.csv").report["rows"]) == ("ticket_table", 2)
    assert Declaration.objects.filter(file=only("desk-2.csv"), thing="mapping:Our desk").count() == 2


def test_a_mapping_of_a_team_is_not_open_to_others(empty: Incident, person, run_jobs) -> None:
    from afteraction.web.accounts.models import Team

    team = Team.objects.create(name="Payments", slug="payments")
    paste_text(empty, CSV, name="desk.csv", actor=person)
    with pytest.raises(Refused, match="not in the team"):
        map_columns(only(), {"time": "opened"}, name="Ours", team=team, actor=person)
    assert not SavedMapping.objects.exists()
    team.people.add(person)
    map_columns(only(), {"time": "opened"}, name="Ours", team=team, actor=person)
    paste_text(empty, CSV.replace("14:", "16:"), name="later.csv", actor=person)
    assert not Declaration.objects.filter(file=only("later.csv")).exists()


def test_columns_of_a_restricted_incident_are_saved_for_nobody_outside(empty: Incident, person) -> None:
    empty.restricted = True
    empty.save()
    paste_text(empty, CSV, name="desk.csv", actor=person)
    with pytest.raises(Refused, match="restricted"):
        map_columns(only(), {"time": "opened"}, name="Ours", actor=person)
    assert not SavedMapping.objects.exists()
    assert not Declaration.objects.exists()


def test_coverage_says_what_is_not_there_and_why(client: Client, empty: Incident, person, run_jobs) -> None:
    paste_text(empty, ALERT, actor=person)
    run_jobs()
    before = Job.objects.count()
    client.post(f"{HERE}said/", {"about": "unavailable", "thing": "trace", "value": "tracing is off in checkout"})
    body = client.get(HERE).content.decode()
    assert "tracing is off in checkout" in body
    assert Job.objects.count() == before
    assert json.dumps("E1")[1:-1] in body

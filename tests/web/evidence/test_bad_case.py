"""A broken case through the upload: the same failures are listed as `afteraction analyze` lists."""

from __future__ import annotations

from pathlib import Path

from django.test import Client

from afteraction.web.evidence.tasks import analyse
from afteraction.web.incidents.models import Incident
from tests.pipeline.bad_cases.shop import alert, as_text, ask, changes, metric_rows, write

BROKEN = {
    "metrics.csv": as_text("metrics.csv", [*metric_rows()[:40], "2026-05-12T14:05:00Z,cart", *metric_rows()[41:]]),
    "changes.json": as_text("changes.json", [*changes(), {"kind": "deploy", "id": "d-9"}, None]),
    "alert.json": as_text("alert.json", alert(fired_at="2026-05-12 14:29")),
    "half.parquet": "PAR1" + "x" * 90,
    "notes.bin": "\x00\x01",
}


def test_what_the_command_could_not_read_the_upload_could_not_either(
    client: Client, empty: Incident, tmp_path: Path
) -> None:
    told = ask(write(tmp_path, BROKEN)).document["files"]
    told_order = [one["name"] for one in told]
    for name, text in BROKEN.items():
        answer = client.post(
            "/incidents/INC-7/evidence/uploads/", {"path": name, "size": len(text)}, content_type="application/json"
        )
        place = f"/incidents/INC-7/evidence/uploads/{answer.json()['token']}"
        client.put(f"{place}?offset=0", text.encode(), content_type="application/octet-stream")
        client.post(f"{place}/finish", {}, content_type="application/json")
    assert analyse.func(empty.pk) is not None
    listed = sorted(empty.analyses.latest("pk").head["files"], key=lambda one: told_order.index(one["name"]))
    kept = ("name", "state", "reader", "rows", "failures_total")
    assert [{key: one[key] for key in kept} for one in listed] == [{key: one[key] for key in kept} for one in told]
    assert [one["failures"] for one in listed] == [one["failures"] for one in told]
    page = client.get("/incidents/INC-7/evidence/").content.decode()
    assert all(name in page for name in BROKEN)
    assert "cut off while it was written" in page and "its header has 4" in page and "states no zone" in page

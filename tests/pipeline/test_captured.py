"""Pictures and configuration snapshots, from files to the three reports of the command line (SPEC R174, R076, R053)."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import jsonschema
import pytest

from tests.cli.case import alert, file_of, run
from tests.formats.picture.test_reader import chunk, png, text
from tests.pipeline.test_analysis_document import SCHEMA

SECRETS = ("hunter2swordfish", "s3cr3t-passphrase", "AKIAIOSFODNN7EXAMPLE", "bm90LWEtc2VjcmV0", "Mira Okafor")
SETTINGS = """service: lookup
pool:
  hold: {hold}
database:
  password: hunter2swordfish
aws_key: AKIAIOSFODNN7EXAMPLE
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """An alert at 14:11 after a deployment at 13:55; snapshots before and during, one undated; pictures."""
    folder = tmp_path / "case"
    (folder / "config").mkdir(parents=True)
    (folder / "alerts.json").write_text(json.dumps(alert()))
    deployed = {
        "action": "created", "deployment": {"id": 7, "sha": "a" * 40, "ref": "v2", "environment": "production",
        "created_at": "2026-05-12T13:55:00Z", "creator": {"login": "bot[bot]", "type": "Bot"}},
        "repository": {"name": "lookup", "full_name": "acme/lookup"},
    }  # fmt: skip
    (folder / "deployment.json").write_text(json.dumps(deployed))
    for clock, hold in (("13-50", "statement"), ("14-33", "request")):
        (folder / f"config/lookup.2026-05-12T{clock}Z.yaml").write_text(SETTINGS.format(hold=hold))
    (folder / "config/undated.env").write_text("DB_PASSWORD=s3cr3t-passphrase\nPOOL=4\n")
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "lookup"}, "data": {"k": "bm90LWEtc2VjcmV0"}}
    (folder / "config/lookup-secret.json").write_text(json.dumps(secret))
    (folder / "broken.yaml").write_text("password: hunter2swordfish\n\t- [unclosed")
    board = png(text("Author", "Mira Okafor"), text("Creation Time", "2026-05-12T14:20:00Z"))
    (folder / "pool-board.png").write_bytes(board)
    (folder / "again.png").write_bytes(board)
    (folder / "undated-board.png").write_bytes(png(text("Title", "Undated board")))
    (folder / "large.png").write_bytes(png(chunk(b"IDAT", b"\0" * 400_000)))
    (folder / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>")
    return folder


@pytest.fixture
def told(case: Path, tmp_path: Path) -> dict[str, str]:
    done = run("analyze", case, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    return {kind: (tmp_path / "out" / f"report.{kind}").read_text() for kind in ("json", "html", "md")} | {
        "terminal": done.output
    }


@pytest.fixture
def document(told: dict[str, str]) -> dict:
    return json.loads(told["json"])


def test_it_fits_the_schema(document):
    jsonschema.validate(document, SCHEMA)


def test_two_snapshots_that_differ_in_one_key_give_exactly_that_key_before_and_during(document, told):
    (change,) = document["settings_changes"]
    assert change["changed"] == [{"key": "pool.hold", "before": "statement", "after": "request"}]
    assert change["is_before"]
    assert change["before"]["file"].endswith("13-50Z.yaml")
    assert (change["before_at"]["value"], change["at"]["value"]) == ("2026-05-12T13:50:00Z", "2026-05-12T14:33:00Z")
    assert ">Before</th>" in told["html"]
    assert "| Setting | Before | During |" in told["md"]


def test_one_taken_after_the_trigger_is_not_offered_as_before(case, tmp_path):
    (case / "config/lookup.2026-05-12T13-50Z.yaml").rename(case / "config/lookup.2026-05-12T14-05Z.yaml")
    run("analyze", case, "--out", tmp_path / "later")
    (change,) = json.loads((tmp_path / "later/report.json").read_text())["settings_changes"]
    assert not change["is_before"]
    page = (tmp_path / "later/report.html").read_text()
    assert ">Before</th>" not in page
    assert "Neither is offered as the state before the incident." in page


def test_secrets_and_owners_appear_in_no_report(told):
    pictures = re.findall(r"base64,([^\"]+)", told["html"])
    shown = {**told, **{f"picture {n}": base64.b64decode(p).decode("latin-1") for n, p in enumerate(pictures)}}
    assert [(place, secret) for place, text in shown.items() for secret in SECRETS if secret in text] == []
    assert "••••" in told["json"]


def test_the_same_bytes_twice_are_one_item(document):
    boards = [d for d in document["documents"] if (d["captured_at"] or {}).get("value") == "2026-05-12T14:20:00Z"]
    assert len(boards) == 1
    assert {file_of(document, name)["state"] for name in ("pool-board.png", "again.png")} == {"read", "duplicate"}


def test_a_picture_stands_on_the_timeline_at_its_own_time_with_its_thumbnail(document, told):
    (event,) = [e for e in document["events"] if e["attributes"].get("captured") == "picture"]
    assert event["value"] == "2026-05-12T14:20:00Z"
    sha256 = event["evidence"][0]["sha256"]
    assert f'<use href="#img-{sha256[:16]}"/>' in told["html"]
    assert told["html"].count(f'<image id="img-{sha256[:16]}"') == 1


def test_undated_items_are_said_to_be_so_and_stand_nowhere(document, told):
    undated = [d for d in document["documents"] if d["captured_at"] is None]
    assert {"Undated board"} <= {d["title"] for d in undated}
    placed = {e["evidence"][0]["sha256"] for e in document["events"]}
    assert not placed & {d["evidence"]["sha256"] for d in undated}
    assert "undated: nothing in it says when it was taken" in told["html"]
    assert "compared with nothing" in told["md"]


def test_large_pictures_and_drawings_are_named_and_not_carried(document, told):
    assert told["html"].count("data:image/png") == 2
    assert "data:image/svg" not in told["html"]
    assert told["html"].count("Not shown in this file") == 2
    media = {file: d["picture"]["media_type"] for d in document["documents"] if d["picture"]
             for file in [d["evidence"]["file"]]}  # fmt: skip
    assert media["drawing.svg"] == "image/svg+xml"
    assert media["large.png"] == "image/png"


def test_the_report_stays_one_file_without_script(told):
    assert "<script" not in told["html"]
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", told["html"])

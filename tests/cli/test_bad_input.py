"""Whatever is wrong with a file, the command names the place and the next step and keeps everything else."""

import gzip
import json
import os
import resource
import subprocess
import sys
import zipfile

import pytest

from tests.cli.case import alert, analysis, file_of, log_line, run

GOOD = "2026-05-12T14:0{}:00Z"


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "good.json").write_text(json.dumps(alert()))
    return folder


def test_a_truncated_file_keeps_what_came_before(case):
    lines = [log_line(GOOD.format(i)) for i in range(5)]
    (case / "app.jsonl").write_text("\n".join(lines)[:-20])
    file = file_of(analysis(case), "app.jsonl")
    assert file["rows"] == 4
    assert file["failures_total"] == 1
    assert file["failures"][0]["line"] == 5


def test_a_binary_file_is_listed_as_unread(case):
    (case / "core.dump").write_bytes(bytes(range(256)) * 40)
    file = file_of(analysis(case), "core.dump")
    assert file["state"] == "unread"
    assert file["first_line"].startswith("binary")


def test_the_extension_is_not_believed(case):
    (case / "alerts.txt").write_text(json.dumps(alert("Other", fingerprint="beef")))
    assert file_of(analysis(case), "alerts.txt")["reader"] == "alertmanager_webhook"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_utf_16_are_read(case, encoding):
    text = "\n".join(log_line(GOOD.format(i), "grüße") for i in range(3)) + "\n"
    (case / "app.jsonl").write_bytes(text.encode(encoding))
    assert file_of(analysis(case), "app.jsonl")["rows"] == 3


def test_invalid_utf_8_costs_at_most_its_own_line(case):
    lines = [log_line(GOOD.format(i)).encode() for i in range(4)]
    lines[2] = lines[2].replace(b"handled", b"h\xff\xfendled")
    (case / "app.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    file = file_of(analysis(case), "app.jsonl")
    assert file["rows"] + file["failures_total"] == 4
    assert file["rows"] >= 3


@pytest.mark.parametrize("size_mb", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_one_endless_line_is_named_and_costs_no_memory(case, size_mb):
    with (case / "app.jsonl").open("wb") as stream:
        stream.write(log_line(GOOD.format(1)).encode() + b"\n")
        stream.write(b'{"timestamp": "2026-05-12T14:02:00Z", "message": "')
        for _ in range(size_mb):
            stream.write(b"x" * 1_000_000)
        stream.write(b'"}\n' + log_line(GOOD.format(3)).encode() + b"\n")
    file = file_of(analysis(case), "app.jsonl")
    assert file["rows"] + file["failures_total"] == 3
    assert file["rows"] >= 2


def test_json_nested_ten_thousand_deep_is_named(case):
    (case / "deep.json").write_text("[" * 10_000 + "]" * 10_000)
    assert file_of(analysis(case), "deep.json")["state"] in ("failed", "unread")


def test_an_archive_bomb_is_refused_and_the_rest_is_read(case):
    (case / "bomb.gz").write_bytes(gzip.compress(gzip.compress(b"\0" * 400_000_000, 9), 9))
    document = analysis(case)
    assert file_of(document, "good.json")["rows"] >= 1
    reasons = [failure["reason"] for file in document["files"] for failure in file["failures"]]
    assert any("bomb" in reason for reason in reasons)


def test_a_member_that_points_outside_is_left_out(case, tmp_path):
    with zipfile.ZipFile(case / "case.zip", "w") as archive:
        archive.writestr("../../escaped.jsonl", log_line(GOOD.format(1)))
        archive.writestr("inside.jsonl", log_line(GOOD.format(2)))
    document = analysis(case)
    assert file_of(document, "case.zip!inside.jsonl")["rows"] == 1
    assert not (tmp_path / "escaped.jsonl").exists()
    assert any("outside the archive" in f["reason"] for file in document["files"] for f in file["failures"])


def test_times_without_a_zone_are_refused_until_somebody_declares_one(case):
    lines = [log_line(f"2026-05-12 14:0{i}:00") for i in range(3)]
    (case / "app.jsonl").write_text("\n".join(lines))
    refused = file_of(analysis(case), "app.jsonl")
    assert refused["rows"] == 0
    assert "--zone" in refused["failures"][0]["next_step"] + refused["failures"][0]["reason"]
    read = analysis(case, "--zone", "Europe/Berlin")
    assert file_of(read, "app.jsonl")["rows"] == 3


def test_a_year_of_five_digits_is_not_corrected(case):
    bad = alert("Typo", at="22025-03-18T09:36:00Z", fingerprint="5d")
    (case / "typo.json").write_text(json.dumps(bad))
    document = analysis(case)
    failure = file_of(document, "typo.json")["failures"][0]
    assert "22025" in failure["reason"]
    assert failure["next_step"]
    assert not any("2025-03-18" in event["value"] for event in document["events"])


def test_milliseconds_and_nanoseconds_in_one_file_are_told_apart(case):
    whole = 1_778_594_400
    lines = [json.dumps({"ts": stamp, "msg": "x", "level": "info"}) for stamp in (whole * 1000, whole * 1_000_000_000)]
    (case / "app.jsonl").write_text("\n".join(lines))
    assert file_of(analysis(case), "app.jsonl")["rows"] == 2


def test_the_same_bytes_twice_count_once(case):
    (case / "copy.json").write_text((case / "good.json").read_text())
    document = analysis(case)
    states = sorted((file["name"], file["state"]) for file in document["files"])
    assert ("copy.json", "read") in states
    assert ("good.json", "duplicate") in states
    assert len(document["detections"]) == 1


def test_an_empty_file_is_said_to_be_empty(case):
    (case / "nothing.log").write_text("")
    assert file_of(analysis(case), "nothing.log")["state"] == "empty"


def test_a_file_that_may_not_be_read_is_named(case, monkeypatch):
    from pathlib import Path

    opened = Path.open

    def refuse(self, *args, **kwargs):
        if self.name == "secret.log":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **kwargs)

    (case / "secret.log").write_text("x")
    monkeypatch.setattr(Path, "open", refuse)
    file = file_of(analysis(case), "secret.log")
    assert file["state"] == "failed"
    assert "chmod" in file["failures"][0]["next_step"]


def test_a_full_disk_is_one_clear_line_and_leaves_no_half_report(case, tmp_path):
    out = tmp_path / "out"
    (case / "app.jsonl").write_text("\n".join(log_line(GOOD.format(i % 10)) for i in range(20_000)))

    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = subprocess.run(
        [sys.executable, "-m", "afteraction", "analyze", str(case), "--out", str(out)],
        capture_output=True,
        text=True,
        preexec_fn=no_room,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    assert done.returncode not in (0, 4)
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()[-1]) > 20
    assert not (out / "report.html").exists()


def test_a_path_that_does_not_exist_is_a_usage_error(tmp_path):
    result = run("analyze", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "nowhere" in result.output


def test_a_file_nobody_reads_is_listed_with_its_first_line(case):
    (case / "notes.xyz").write_text("lorem ipsum dolor\nsit amet\n")
    file = file_of(analysis(case), "notes.xyz")
    assert (file["state"], file["first_line"]) == ("unread", "lorem ipsum dolor")


def test_a_reader_that_does_not_exist_is_named(case):
    file = file_of(analysis(case, "--format", "nonsense=good.json"), "good.json")
    assert "afteraction formats" in file["failures"][0]["next_step"]


def test_strict_turns_failures_into_an_exit_code(case, tmp_path):
    (case / "notes.xyz").write_text("lorem ipsum dolor")
    assert run("analyze", case, "--out", tmp_path / "a").exit_code == 0
    assert run("analyze", case, "--out", tmp_path / "b", "--strict").exit_code == 3


def test_nothing_that_can_be_read_has_its_own_exit_code(tmp_path):
    (tmp_path / "notes.xyz").write_text("lorem ipsum dolor")
    assert run("analyze", tmp_path, "--out", tmp_path / "out").exit_code == 4

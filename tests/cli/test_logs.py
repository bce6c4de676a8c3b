"""`afteraction logs templates`: one id a line, templates with counts, for raw text and for what a reader knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from afteraction.cli.main import main


def run(*words: str | Path) -> str:
    outcome = CliRunner().invoke(main, ["logs", "templates", *map(str, words)])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def ids(folder: Path, raw: bytes, *options: str) -> list[str]:
    path = folder / "some.log"
    path.write_bytes(raw)
    return run(path, "--ids", *options).splitlines()


def test_every_physical_line_has_one_id_blank_ones_too(tmp_path):
    found = ids(tmp_path, b"took 5 ms\n\nstopped\r\n  \r\ntook 7 ms\nlast took 1 ms")
    assert len(found) == 6
    assert found[0] == found[4]
    assert found[1] == found[3]
    assert len(set(found)) == 4


def test_an_empty_file_has_no_ids(tmp_path):
    assert ids(tmp_path, b"") == []
    assert ids(tmp_path, b"\n") == ids(tmp_path, b"\r\n")


def test_bytes_that_are_no_text_and_overlong_lines_have_ids_too(tmp_path):
    found = ids(tmp_path, b"\xfe\xfd\x00\n" + b"x" * (9 * 2**20) + b"\nagain\n\x00\x1b[31mred\n")
    assert len(found) == 4


def test_the_json_counts_templates_and_shows_their_first_line(tmp_path):
    path = tmp_path / "shop.log"
    path.write_text("order 7 paid by visa\norder 8 paid by visa\nsold out\n", encoding="utf-8")
    told = json.loads(run(path, "--json"))
    assert (told["schema"], told["lines"]) == ("afteraction/log-templates/1", 3)
    first, second = told["templates"]
    assert (first["template"], first["count"], first["first_line"]) == ("order <*> paid by visa", 2, 1)
    assert first["example"] == "order 7 paid by visa"
    assert (second["template"], second["count"], second["first_line"]) == ("sold out", 1, 3)
    assert [first["id"]] * 2 + [second["id"]] == run(path, "--ids").splitlines()


def test_json_lines_are_grouped_by_their_message_with_levels_services_and_times(tmp_path):
    path = tmp_path / "app.jsonl"
    rows = [
        {
            "time": f"2026-05-12T14:02:{second:02}Z",
            "level": level,
            "service": "shop",
            "msg": text,
            "trace": f"t{second}",
        }
        for second, (level, text) in enumerate(
            [
                ("info", "order 1 paid"),
                ("error", "cannot reach stock"),
                ("info", "order 22 paid"),
                ("warn", "order 3 paid"),
            ]
        )
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    paid, unreachable = json.loads(run(path, "--json"))["templates"]
    assert (paid["template"], paid["count"], paid["levels"]) == ("order <*> paid", 3, {"info": 2, "warning": 1})
    assert paid["services"] == {"shop": 3}
    assert (paid["first_seen"], paid["last_seen"]) == ("2026-05-12T14:02:00Z", "2026-05-12T14:02:03Z")
    assert run(path, "--ids").splitlines() == [paid["id"], unreachable["id"], paid["id"], paid["id"]]


def test_a_line_that_is_no_json_keeps_its_place_among_those_that_are(tmp_path):
    rows = [
        json.dumps({"time": f"2026-05-12T14:02:{second:02}Z", "msg": f"order {second} paid"}) for second in range(20)
    ]
    rows.insert(3, "Traceback (most recent call last):")
    found = ids(tmp_path, "\n".join(rows).encode())
    assert len(found) == 21
    assert len(set(found)) == 2
    assert found.count(found[3]) == 1


def test_a_header_neither_splits_nor_merges(tmp_path):
    said = ["cache cleared", "user 7 logged in", "cache cleared", "user 8 logged out", "user 9 logged in"]
    levels = ["INFO", "DEBUG", "WARN", "INFO", "ERROR"]
    plain = ids(tmp_path, "\n".join(said).encode())
    raw = ids(
        tmp_path,
        "\n".join(
            f"2026-05-12 14:02:{place:02},123 {level} [worker-{place}] shop.Cart: {text}"
            for place, (level, text) in enumerate(zip(levels, said, strict=True))
        ).encode(),
    )
    assert raw == plain


@pytest.mark.parametrize("options", [("--ids", "--json"), ("--format", "nonsense"), ("--zone", "Mars/Base")])
def test_what_cannot_be_done_is_said(tmp_path, options):
    path = tmp_path / "some.log"
    path.write_text("hello\n", encoding="utf-8")
    outcome = CliRunner().invoke(main, ["logs", "templates", str(path), *options])
    assert outcome.exit_code != 0
    assert "Error" in outcome.output

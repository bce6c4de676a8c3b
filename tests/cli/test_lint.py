"""`afteraction lint`: what is printed, for people and machines, and what the exit status says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from afteraction.cli.main import main
from tests.cli.test_main import modules_after

GATE = "## Root cause\n\nIt was human error.\n"
NUDGE = "## Impact\n\nIt was human error.\n"
CLEAN = "## Root cause\n\nThe deploy job let two versions run at once.\n"
KEYS = ["file", "line", "column", "end_line", "end_column", "sentence", "rule", "category", "severity", "message", "suggestion"]  # fmt: skip  # noqa: E501


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lint(*words: str | Path, given: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, ["lint", *map(str, words)], input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def rows(*words: str | Path, given: bytes | None = None) -> list[dict[str, Any]]:
    return json.loads(lint("--json", *words, given=given).stdout)


def test_the_json_is_a_list_of_findings_with_exactly_these_members(folder):
    (folder / "a.md").write_text(GATE)
    (row,) = rows("a.md")
    assert list(row) == KEYS
    place = [row[key] for key in KEYS[:5]]
    assert place == ["a.md", 3, 8, 3, 19]
    assert (row["rule"], row["category"], row["severity"]) == ("L4", "HUMAN_ERROR", "gate")
    (folder / "a.md").write_text(CLEAN)
    assert lint("--json", "a.md").stdout == "[]\n"


@pytest.mark.parametrize(
    ("text", "fail_on", "status"),
    [
        (GATE, None, 1),
        (NUDGE, None, 0),
        (NUDGE, "nudge", 1),
        (NUDGE, "note", 1),
        (GATE, "never", 0),
        (CLEAN, "note", 0),
    ],
)
def test_the_exit_status_says_whether_something_is_as_loud(folder, text, fail_on, status):
    (folder / "a.md").write_text(text)
    assert lint("a.md", *(["--fail-on", fail_on] if fail_on else [])).exit_code == status


def test_what_cannot_be_read_is_named_with_its_byte_and_the_rest_is_read(folder):
    (folder / "good.md").write_text(NUDGE)
    (folder / "latin.md").write_bytes("Line\ncafé\n".encode("latin-1"))
    (folder / "blob.md").write_bytes(b"\x89PNG\0\0")
    (folder / "cut.md").write_bytes(b"\xff\xfea")
    result = lint("good.md", "latin.md", "blob.md", "cut.md", "missing.md", "--json")
    assert result.exit_code == 2
    assert [row["file"] for row in json.loads(result.stdout)] == ["good.md"]
    assert "latin.md: Byte 9 (0xe9, line 2) is not UTF-8." in result.stderr
    assert "blob.md: Byte 5 is a zero byte" in result.stderr
    assert "cut.md: Byte 3 (0x61, line 1) is not UTF-16." in result.stderr
    assert "missing.md: This is not there." in result.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_with_a_mark_and_crlf_have_the_same_places(folder, encoding):
    (folder / "a.md").write_bytes(GATE.replace("\n", "\r\n").encode(encoding))
    assert [(row["line"], row["column"]) for row in rows("a.md")] == [(3, 8)]


def test_folders_are_read_to_their_ends_but_not_what_tools_keep_there(folder):
    for name in ("b/deep/x.txt", "a.md", "node_modules/x.md", ".git/x.md", "app.py", "data.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(GATE)
    (folder / "r.json").write_text('{"schema": "afteraction/review/1", "parts": {"remark": {"R1": {"text": "Bob forgot the flag."}}}}')  # fmt: skip  # noqa: E501
    assert [row["file"] for row in rows(".")] == ["a.md", "r.json", "b/deep/x.txt"]
    assert [row["file"] for row in rows(folder, "--include", "*.txt")] == [f"{folder}/b/deep/x.txt"]
    assert [row["file"] for row in rows(".", "--exclude", "b", "--exclude", "*.json")] == ["a.md"]
    assert "2 other files in folders passed over" in lint(".").stdout


def test_standard_input_is_read_as_what_it_is_called():
    assert [row["file"] for row in rows("-", given=GATE.encode())] == ["<stdin>"]
    page = b"<h2>Root cause</h2><p>It was human error.</p>"
    assert [(row["file"], row["severity"]) for row in rows("-", "--name", "p.html", given=page)] == [("p.html", "gate")]


def test_the_text_marks_the_words_and_counts_at_the_end(folder):
    (folder / "a.md").write_text("🙂 It was human error.\n")
    lines = lint("a.md").stdout.splitlines()
    assert lines[0].startswith("a.md:1:10 nudge HUMAN_ERROR (L4) ")
    assert lines[1] == "    🙂 It was human error."
    assert lines[2] == "    " + " " * 10 + "^" * 11
    assert "1 file, 4 words, 1 sentence: 0 gates, 1 nudge, 0 notes, 250.0 for 1,000 words." in lines
    assert "\x1b" not in lint("a.md").stdout


def test_what_a_terminal_would_obey_is_shown_as_a_blank(folder):
    (folder / "a.md").write_bytes(b"It was \x1b[31m\x07 human error.\n")
    assert "\x1b" not in lint("a.md").stdout


def test_rules_are_chosen_by_code_or_category_whatever_their_case(folder):
    (folder / "a.md").write_text("Bob forgot the flag. It was human error.\n")
    assert [row["rule"] for row in rows("a.md", "--off", "person")] == ["L4"]
    assert [row["rule"] for row in rows("a.md", "--rule", "l1")] == ["L1"]
    wrong = lint("a.md", "--off", "L77")
    assert wrong.exit_code == 2
    assert 'There is no rule "L77"' in wrong.output


def test_a_whole_file_is_read_as_a_field_or_as_actions(folder):
    (folder / "a.txt").write_text("Improve monitoring\nBe more careful.\n")
    assert rows("a.txt") == []
    assert {(row["rule"], row["line"]) for row in rows("a.txt", "--actions")} >= {("A2", 1), ("A4", 2)}
    (folder / "b.md").write_text(NUDGE)
    assert [row["severity"] for row in rows("b.md", "--field", "cause")] == ["gate"]


def test_known_people_are_known(folder):
    (folder / "people.txt").write_text("# on call\njdoe\n")
    (folder / "a.md").write_text("It broke because jdoe dropped the wrong table.\n")
    assert [row["severity"] for row in rows("a.md", "--known-people", "people.txt")] == ["gate"]


def test_the_nearest_settings_above_a_file_hold_for_it(folder):
    (folder / "in").mkdir()
    (folder / "in" / "a.md").write_text(NUDGE)
    (folder / "b.md").write_text(NUDGE)
    (folder / "pyproject.toml").write_text('[tool.afteraction.lint]\nfail-on = "nudge"\noff = ["LA"]\n')
    (folder / "in" / ".afteraction.toml").write_text('off = ["HUMAN_ERROR"]\n')
    assert [row["file"] for row in rows(".")] == ["b.md"]
    assert (lint("b.md").exit_code, lint("in").exit_code) == (1, 0)
    (folder / "in" / ".afteraction.toml").write_text('[loudness]\nL4 = "note"\n')
    assert [row["severity"] for row in rows("in")] == ["note"]
    (folder / "in" / ".afteraction.toml").write_text('exclude = ["a.*"]\n')
    assert rows("in") == []


def test_another_tools_pyproject_is_no_settings(folder):
    (folder / "pyproject.toml").write_text("[tool.ruff]\nline-length = 120\n")
    (folder / "a.md").write_text(NUDGE)
    assert len(rows("a.md")) == 1


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("of = []", '"of" is no setting. The settings are off,'),
        ("off = 'L4'", ", line 1: off = 'L4' cannot be used. Use a list"),
        ('off = ["L77"]', 'off: There is no rule "L77".'),
        ("\n[loudness]\nL5 = 'gate'", ", line 3: loudness.L5 = 'gate' cannot be used. Only L1 and L4 can be a gate."),
        ("\nfail-on = 'all'", ", line 2: fail-on = 'all' cannot be used."),
        ("off = [", "line 1"),
        ("packs = ['none.toml']", "none.toml: No such file or directory. Check the path"),
    ],
)
def test_wrong_settings_are_told_with_file_place_and_next_step(folder, settings, told):
    (folder / ".afteraction.toml").write_text(settings)
    (folder / "a.md").write_text(NUDGE)
    result = lint("a.md")
    assert result.exit_code == 2
    assert told in result.stderr
    assert ".toml" in result.stderr


def test_a_team_adds_its_own_words(folder):
    (folder / "a.md").write_text("The outage began when the wizard forgot the flag.\n")
    (folder / "words.toml").write_text('language = "en"\n[words]\npeople = ["wizard"]\n')
    assert rows("a.md") == []
    assert [row["rule"] for row in rows("a.md", "--pack", "words.toml")] == ["L1"]
    (folder / ".afteraction.toml").write_text('packs = ["words.toml"]\n')
    assert [row["rule"] for row in rows("a.md")] == ["L1"]
    (folder / "words.toml").write_text('language = "en"\nsorcerers = ["wizard"]\n')
    wrong = lint("a.md")
    assert wrong.exit_code == 2
    assert "words.toml, line 2: sorcerers" in wrong.stderr


def test_a_sentence_of_another_language_is_left_alone_and_counted(folder):
    (folder / "a.md").write_text("El error humano fue la causa de todo el problema que hubo en la noche.\n")
    result = lint("a.md")
    assert result.exit_code == 0
    assert "Left alone, no pack reads them: 1 es." in result.stdout
    wrong = lint("a.md", "--language", "xx")
    assert wrong.exit_code == 2
    assert 'There is no pack for "xx".' in wrong.stderr


def test_what_was_dismissed_stays_quiet_until_its_line_is_deleted(folder):
    (folder / "a.md").write_text(GATE)
    first = lint("a.md", "--dismiss")
    assert first.exit_code == 0
    assert "1 new line" in first.stderr
    kept = (folder / ".afteraction-dismissed").read_text()
    assert kept.splitlines()[1].endswith(" L4")
    assert "human" not in kept
    again = lint("a.md")
    assert again.exit_code == 0
    assert "1 dismissed before." in again.stdout
    (folder / "a.md").write_text(GATE.replace("It was", "It was  "))
    assert rows("a.md") == []
    (folder / "a.md").write_text(GATE.replace("It was", "This was"))
    assert len(rows("a.md")) == 1
    (folder / ".afteraction-dismissed").write_text("nonsense\n")
    wrong = lint("a.md")
    assert wrong.exit_code == 2
    assert ".afteraction-dismissed, line 1" in wrong.stderr


def test_what_the_text_switches_off_is_counted(folder):
    (folder / "a.md").write_text(f"<!-- afteraction: off L4 -->\n\n{GATE}")
    result = lint("a.md")
    assert result.exit_code == 0
    assert "1 switched off in the text." in result.stdout


def test_github_gets_commands_that_a_text_cannot_break(folder):
    (folder / "a,b:c%.md").write_text("## Root cause\n\nBob forgot\nthe flag, 100% of it.\n")
    (line,) = lint("a,b:c%.md", "--format", "github").stdout.splitlines()
    head, _, said = line.removeprefix("::").partition("::")
    assert head.startswith("error file=a%2Cb%3Ac%25.md,line=3,endLine=3,col=1,endColumn=11,title=PERSON (L1)")
    assert said
    assert "%25" in said or "100" not in said


def test_sarif_has_the_rules_the_places_and_a_fix(folder):
    (folder / "a b.md").write_text(
        "🙂 Bob forgot to run the check.\n\nIt was human error. <!-- afteraction: ignore -->\n"
    )
    sarif = json.loads(lint("a b.md", "--format", "sarif").stdout)
    (run,) = sarif["runs"]
    assert (sarif["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    rules = run["tool"]["driver"]["rules"]
    person, error = run["results"]
    assert rules[person["ruleIndex"]]["id"] == person["ruleId"] == "L1"
    place = person["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.md"
    assert place["region"] == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 13}
    assert error["suppressions"] == [{"kind": "inSource"}]
    (change,) = person["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    text = (folder / "a b.md").read_text()
    region = replacement["deletedRegion"]
    replaced = text[region["charOffset"] : region["charOffset"] + region["charLength"]]
    assert replaced.endswith("Bob forgot to run the check.")
    assert "Bob" not in replacement["insertedContent"]["text"]


def test_half_a_character_of_a_page_is_printed_all_the_same(folder):
    (folder / "a.html").write_text("<p>It was human error &#xD800;.</p>")
    assert len(rows("a.html")) == 1
    assert lint("a.html").exit_code == 0


def test_the_linter_needs_neither_numbers_nor_a_database(folder):
    (folder / "a.md").write_text(CLEAN)
    loaded = modules_after(
        "from afteraction.cli.main import main\n"
        f"try:\n    main(['lint', {str(folder / 'a.md')!r}])\n"
        "except SystemExit as stop:\n    assert stop.code == 0"
    )
    heavy = ("django", "duckdb", "numpy", "pyarrow", "jinja2", "afteraction.stores", "afteraction.web", "orjson")
    assert [name for name in heavy if name in loaded] == []


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_the_texts_of_a_folder_are_not_kept(folder, form, monkeypatch):
    import tracemalloc

    from afteraction.cli import lint as command

    for number in range(8):
        (folder / f"{number}.md").write_text(f"Farid forgot the backup {number}.\n\n```\n{'x' * 200_000}\n```\n")
    held: list[int] = []
    ended = command._Told.end

    def ending(told: Any, linting: Any) -> None:
        held.append(tracemalloc.get_traced_memory()[0])
        ended(told, linting)

    monkeypatch.setattr(command._Told, "end", ending)
    lint(folder / "0.md", "--format", form)
    tracemalloc.start()
    try:
        assert lint(folder, "--format", form).exit_code == 1
    finally:
        tracemalloc.stop()
    # The texts are 1.6 MB.
    assert len(held) == 2 and held[1] < 800_000

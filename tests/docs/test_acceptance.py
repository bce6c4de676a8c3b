"""The acceptance table names every row once, in one of three states, and every named test exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|\n ").split(" | ")]
    for line in (ROOT / "docs/acceptance.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| R\d{3} ", line)
]


def test_all_rows_are_there_once_and_in_order():
    assert [row[0] for row in ROWS] == [f"R{number:03}" for number in range(1, 175)]


def test_every_state_is_one_of_three():
    assert {row[2].rstrip(" |") for row in ROWS} <= {"shown", "part", "not yet"}


def test_a_part_row_says_what_is_missing():
    assert [row[0] for row in ROWS if row[2] == "part" and len(row) < 4] == []


def named_tests(row: list[str]) -> list[tuple[str, str]]:
    return re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row[3] if len(row) > 3 else "")


def test_every_shown_row_names_a_test():
    assert [row[0] for row in ROWS if row[2] == "shown" and not named_tests(row)] == []


def test_every_named_test_exists():
    for row in ROWS:
        for path, function in named_tests(row):
            assert (ROOT / path).is_file(), f"{row[0]} names {path}, which does not exist"
            known = (ROOT / path).read_text(encoding="utf-8")
            assert not function or f"def {function}(" in known, f"{row[0]} names {function}, which is not in {path}"

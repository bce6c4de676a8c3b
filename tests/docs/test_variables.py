"""Every environment variable that is read is documented, and none that is not."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\bAFTERACTION_[A-Z_]+\b")
# What a parent process tells its children.
BETWEEN_PROCESSES = {
    "AFTERACTION_HELD", "AFTERACTION_INSTEAD_OF", "AFTERACTION_PARENT", "AFTERACTION_TOGETHER", "AFTERACTION_WORKER",
}  # fmt: skip


def named_in(*places: str, ending: str) -> set[str]:
    files = [file for place in places for file in (ROOT / place).rglob(f"*.{ending}")]
    assert files
    return {name for file in files for name in NAME.findall(file.read_text(encoding="utf-8"))}


def test_every_variable_stands_in_the_docs_and_no_other() -> None:
    read = named_in("src", ending="py") - BETWEEN_PROCESSES
    assert read == named_in("docs", ending="md") - BETWEEN_PROCESSES


def test_children_are_told_only_what_their_parents_say() -> None:
    assert named_in("src", ending="py") >= BETWEEN_PROCESSES

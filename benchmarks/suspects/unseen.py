"""Scenarios that somebody else wrote, unseen by who wrote the rules: scored by half.

Knows `examined` and how an answer is compared. Refuses to say of the held-out half more than figures.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.suspects.examined.__main__ import main as write_scenarios
from benchmarks.suspects.root_causes import Score, score

HALVES = ("tune", "held_out")


def cases(out: Path, half: str, work: Path) -> Iterator[tuple[str, str, Path]]:
    """(name, answer, folder without its answer) of one half of what was written to `out`."""
    halves = json.loads((out / "index.json").read_text(encoding="utf-8"))
    for name in sorted(name for name, where in halves.items() if where == half):
        told = json.loads((out / name / "answer.json").read_text(encoding="utf-8"))
        yield name, str(told["culprit"] or "none"), Path(shutil.copytree(out / name / "data", work / name))


def score_halves() -> dict[str, Score]:
    """Both halves, once."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "written"
        write_scenarios([str(out)])
        for half in HALVES:
            work = Path(name) / half
            work.mkdir()
            found[half] = score(half, cases(out, half, work), work)
    return found


if __name__ == "__main__":
    for half, told in score_halves().items():
        print(told.row())
        # Names of the held-out half would be a look at it.
        if half == "tune" and "--names" in sys.argv:
            print("wrong:", "; ".join(told.wrong) or "none")

"""Scenarios that somebody else wrote, unseen by who wrote the rules: scored by half, and with one kind of evidence
left out at a time.

Knows `examined`, how an answer is compared and which terms belong together. Refuses to say of the held-out half more
than figures.
"""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

import numpy as np

from afteraction.core.suspects import Suspect, SuspectKind, Term
from afteraction.engine.suspects.case import Case
from afteraction.engine.suspects.changes import Weighed
from afteraction.engine.suspects.changes.symptoms.picture import Picture
from benchmarks.suspects.examined.__main__ import main as write_scenarios
from benchmarks.suspects.root_causes import Score, score, wilson

HALVES = ("tune", "held_out")
HEADING = "## Suspects: scenarios that somebody else wrote"
# As scored once, in one go, at commit aeae494: before any rule was changed for what these scenarios showed.
FIRST_LOOK = {"tune": (14, 12, 2, 0, 0, 0.389), "held_out": (14, 10, 3, 1, 0, 0.374)}
# Which terms are one kind of evidence.
PARTS: dict[str, Callable[[str], bool]] = {
    "what the diff does": lambda name: name.startswith(("what it does", "changes nothing", "no known effect")),
    "words": lambda name: name in ("words in common", "file in the errors", "library in the errors",
                                   "new value in the errors", "names the place"),
    "place": lambda name: name in ("place", "release"),
    "time": lambda name: name == "time",
    "instances and rollbacks": lambda name: name.startswith(("only where", "also where", "rolled back")),
}  # fmt: skip
# The package gives its function the same name.
ranking = importlib.import_module("afteraction.engine.suspects.rank")
Weighing = tuple[list[Weighed], list[Term], Picture]


@dataclass
class Told:
    """One half's score and every probability that was told, with whether it was right."""

    score: Score
    pairs: list[tuple[float, bool]] = field(default_factory=list)


def cases(out: Path, half: str, work: Path) -> Iterator[tuple[str, str, Path]]:
    """(name, answer, folder without its answer) of one half of what was written to `out`."""
    halves = json.loads((out / "index.json").read_text(encoding="utf-8"))
    for name in sorted(name for name, where in halves.items() if where == half):
        told = json.loads((out / name / "answer.json").read_text(encoding="utf-8"))
        yield name, str(told["culprit"] or "none"), Path(shutil.copytree(out / name / "data", work / name))


def score_half(out: Path, half: str) -> Told:
    """What the product answers for one half."""
    told = Told(Score(half))

    class Noted(Score):
        def take(self, name: str, answer: str, listed: list[Suspect], abstained: bool, seconds: float) -> None:
            told.pairs.extend((one.probability, _is(one, answer)) for one in listed)
            super().take(name, answer, listed, abstained, seconds)

    with tempfile.TemporaryDirectory() as name, patch("benchmarks.suspects.root_causes.Score", Noted):
        told.score = score(half, cases(out, half, Path(name)), Path(name))
    return told


def _is(one: Suspect, answer: str) -> bool:
    return (one.kind is SuspectKind.NONE and answer == "none") or (
        one.kind is SuspectKind.CHANGE and one.change == answer
    )


def without(part: str) -> Callable[[Case], Weighing]:
    """The weighing with one kind of evidence left out."""
    leaves = PARTS.get(part)
    whole = ranking.weigh_changes

    def weigh(case: Case) -> Weighing:
        bare = replace(case, spans=None) if part == "spans" else case
        found, outside, picture = whole(bare)
        if part == "outside causes":
            outside = [term for term in outside if term.name == "no change"]
        if leaves:
            found = [replace(one, terms=tuple(t for t in one.terms if not leaves(t.name))) for one in found]
        return found, outside, picture

    return weigh


def ablations(out: Path, half: str) -> list[str]:
    """One row per kind of evidence that is left out."""
    rows = []
    for part in (*PARTS, "spans", "outside causes"):
        origins = ranking.find_origins
        with patch.object(ranking, "weigh_changes", without(part)), patch.object(
            ranking, "find_origins",
            (lambda case, of=origins: of(replace(case, spans=None))) if part == "spans" else origins,
        ):  # fmt: skip
            found = score_half(out, half).score
        low, high = wilson(found.first, found.cases)
        rows.append(f"| {part} | {found.first}/{found.cases} | {low:.2f} to {high:.2f} | {found.decoys} |"
                    f" {found.missed} |"
                    f" {found.brier / max(found.cases, 1):.3f} |")  # fmt: skip
    return rows


def reliability(pairs: Sequence[tuple[float, bool]]) -> list[str]:
    """Told probability against how often it was right, in five bins."""
    told = np.array([odds for odds, _ in pairs])
    right = np.array([ok for _, ok in pairs])
    rows = []
    for low, high in ((0.0, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.0)):
        chosen = (told >= low) & (told < high)
        if chosen.any():
            rows.append(f"| {low:.2f} to {high:.2f} | {int(chosen.sum())} | {told[chosen].mean():.3f} |"
                        f" {right[chosen].mean():.3f} |")  # fmt: skip
    return rows


def _row(half: str, reading: str, figures: tuple[int, int, int, int, int, float]) -> str:
    number, first, decoys, missed, abstained, brier = figures
    low, high = wilson(first, number)
    return (
        f"| {half} | {reading} | **{first}/{number}** | {low:.2f} to {high:.2f} | {decoys} | {missed} | {abstained} |"
        f" {brier:.3f} |"
    )


def _figures(found: Score) -> tuple[int, int, int, int, int, float]:
    return (
        found.cases, found.first, found.decoys, found.missed, found.abstained, found.brier / max(found.cases, 1)
    )  # fmt: skip


def report() -> str:
    """The section of the results."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "written"
        write_scenarios([str(out)])
        told = {half: score_half(out, half) for half in HALVES}
        left_out = ablations(out, "held_out")
    both = tuple(np.add(FIRST_LOOK["tune"], FIRST_LOOK["held_out"]))
    first_both = (*(int(each) for each in both[:5]), float(both[5]) / 2)
    rows = [_row(half, "first look", FIRST_LOOK[half]) for half in HALVES]
    rows.append(_row("both", "first look", first_both))
    rows += [_row(half, "after tuning on the half “tune”", _figures(told[half].score)) for half in HALVES]
    return "\n".join([
        HEADING, "",
        "Written by somebody who did not know the rules, for people who did not know the scenarios; split by name",
        "before any was written. The first look was scored once. Rules were then mended with the half “tune” alone, by",
        "mechanism, and the held-out half was scored once more. A decoy pick is an innocent change named first; missed",
        "is “none” named although a change did it.", "",
        "| half | reading | right | 95% interval | decoy picks | missed | abstained | Brier |",
        "|---|---|---|---|---|---|---|---|", *rows, "",
        "Held-out half with one kind of evidence left out:", "",
        "| left out | right | 95% interval | decoy picks | missed | Brier |", "|---|---|---|---|---|---|",
        *left_out, "",
        "Reliability on the held-out half, every suspect that was listed:", "",
        "| told | suspects | mean told | right |", "|---|---|---|---|", *reliability(told["held_out"].pairs), "",
    ])  # fmt: skip


if __name__ == "__main__":
    if "--names" in sys.argv:
        # Only of the tuned half: names of the other would be a look at it.
        with tempfile.TemporaryDirectory() as folder:
            write_scenarios([folder])
            tuned = score_half(Path(folder), "tune").score
        print(tuned.row(), "wrong:", "; ".join(tuned.wrong) or "none")
    else:
        print(report())

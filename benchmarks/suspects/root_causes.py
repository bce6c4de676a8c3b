"""Which change, or none: RootCauseBench and our own labelled incidents, each case without its answer.

Knows where the sets lie and how an answer is compared. Refuses to hand the product anything but a case.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from afteraction.core.reading import ReadOptions
from afteraction.core.suspects import Suspect, SuspectKind
from afteraction.pipeline.analyze import Request, analyze
from afteraction.pipeline.findings import Question
from afteraction.stores.evidence import EvidenceStore
from benchmarks.suspects.own_cases import read_cases, write_case

HEADING = "## Suspects: which change, or none"
_HERE = Path(__file__).parent
_OWN = (
    ("tuning.txt", "own, rules chosen on"),
    ("heldout.txt", "own, held out at first"),
    ("traps.txt", "own, harder traps"),
    ("fresh.txt", "own, written after"),
)
_TOLD = 1000


@dataclass
class Score:
    """What one set came to."""

    name: str
    cases: int = 0
    first: int = 0
    third: int = 0
    decoys: int = 0
    missed: int = 0
    abstained: int = 0
    brier: float = 0.0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def take(self, name: str, answer: str, listed: list[Suspect], abstained: bool, seconds: float) -> None:
        """Counts one case; only changes and "none" are answers, services are left out."""
        told = [(_answer(one), one.probability) for one in listed if one.kind in (SuspectKind.CHANGE, SuspectKind.NONE)]
        names = [name for name, _ in told]
        self.cases += 1
        right = bool(names) and names[0] == answer
        self.first += right
        self.third += answer in names[:3]
        self.decoys += bool(names) and not right and names[0] != "none"
        self.missed += bool(names) and not right and names[0] == "none"
        self.abstained += abstained
        self.brier += sum((odds - (each == answer)) ** 2 for each, odds in told)
        self.seconds = max(self.seconds, seconds)
        if not right:
            self.wrong.append(name)

    def row(self) -> str:
        """One row of the table."""
        low, high = wilson(self.first, self.cases)
        return (
            f"| {self.name} | {self.cases} | **{self.first}/{self.cases}** | {low:.2f} to {high:.2f} |"
            f" {self.third}/{self.cases} | {self.decoys} | {self.missed} | {self.abstained} |"
            f" {self.brier / max(self.cases, 1):.3f} | {self.seconds:.1f} s |"
        )


def wilson(hits: int, number: int, z: float = 1.96) -> tuple[float, float]:
    """The 95% interval of a share."""
    if not number:
        return 0.0, 1.0
    share, spread = hits / number, z * z / number
    middle = (share + spread / 2) / (1 + spread)
    reach = z * math.sqrt(share * (1 - share) / number + spread / (4 * number)) / (1 + spread)
    return middle - reach, middle + reach


def _answer(one: Suspect) -> str:
    return "none" if one.kind is SuspectKind.NONE else one.change


def _shared() -> Path:
    named = os.environ.get("AFTERACTION_SHARED")
    root = Path(named) if named else _HERE.parents[2] / "shared"
    return root / "corpus" / "datasets" / "open" / "root_cause_bench"


def _benchmark(work: Path) -> Iterator[tuple[str, str, Path]]:
    """The public set: the files of a case alone are copied."""
    for folder in sorted(path for path in _shared().iterdir() if (path / "data").is_dir()):
        answer = json.loads((folder / "ground_truth.json").read_text(encoding="utf-8"))["root_cause_commit"]
        yield folder.name, answer, Path(shutil.copytree(folder / "data", work / folder.name))


def _own(file: str, work: Path) -> Iterator[tuple[str, str, Path]]:
    for case in read_cases(_HERE / file):
        folder = work / case.name
        write_case(case, folder)
        yield case.name, case.culprit, folder


def score(name: str, cases: Iterator[tuple[str, str, Path]], work: Path) -> Score:
    """What the product answers for each case."""
    found = Score(name)
    for case, answer, folder in cases:
        store = EvidenceStore(work / f"store-{case}")
        started = time.perf_counter()
        told = analyze(
            Request(paths=(folder,), options=ReadOptions(), question=Question(suspects=_TOLD)), store, lambda *_: None
        )
        taken = time.perf_counter() - started
        store.close()
        if told.suspects is None:
            raise RuntimeError(f"{case}: no suspects were told.")
        found.take(case, answer, list(told.suspects.listed), told.suspects.abstained, taken)
    return found


def report() -> str:
    """The section of the results."""
    rows = []
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        sets = [(title, _own(file, work)) for file, title in _OWN]
        if _shared().is_dir():
            sets.insert(0, ("RootCauseBench, 7 of 24 scenarios", _benchmark(work)))
        else:
            rows.append(
                f"| RootCauseBench | not measured: there is no {_shared().name} beside the repository |||||||||"
            )
        for title, cases in sets:
            found = score(title, cases, work)
            rows.append(found.row())
            wrong += [f"{title}: {case}" for case in found.wrong]
    return "\n".join([
        HEADING, "",
        "First answer among changes and “no change explains this”; each case is read from its files alone. A decoy",
        "pick is an innocent change named first; missed is “none” named although a change did it. No language model",
        "is used.", "",
        "| set | cases | right | 95% interval | among three | decoy picks | missed | abstained | Brier |"
        " slowest, with reading |",
        "|---|---|---|---|---|---|---|---|---|---|", *rows, "",
        f"Wrong: {'; '.join(wrong) or 'none'}.", "",
        "What the figures are worth: the rules come from a table of mechanisms with a reason each; the seven public",
        "scenarios were read before the table was written, so that 7/7 says nothing of the other 17. Our own sets were",
        "written first and scored once before anybody looked: 17/18 (held out at first), 14/18 with two decoy picks",
        "(harder traps), 15/20 with two decoy picks (written after). Every set was looked at since, and the rules were",
        "mended for what they lacked; the table above is therefore no forecast. 46/56 at the first look is: 0.82, 95%",
        "interval 0.70 to 0.90.", "",
    ])  # fmt: skip


if __name__ == "__main__":
    print(report())

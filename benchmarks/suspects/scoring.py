"""Runs the product on case folders and counts how often the answer is among the first suspects.

Knows the pipeline and intervals. Refuses to know how suspects are ranked.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from afteraction.core.digests import Material
from afteraction.core.suspects import Suspects
from afteraction.engine.suspects import rank
from afteraction.pipeline.analyze import Request, read_all, read_one
from afteraction.pipeline.intake import take_in
from afteraction.pipeline.suspects import case_of
from afteraction.stores.evidence import EvidenceStore
from benchmarks.suspects.folders import Asked


@dataclass
class Score:
    """Ranks of the right answers (0: not listed), the probability that each got, and seconds of ranking."""

    name: str
    ranks: list[int] = field(default_factory=list)
    given: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    abstained: int = 0
    missed: list[str] = field(default_factory=list)

    def at(self, top: int) -> float:
        """The share of cases with the answer among the first `top`."""
        return sum(0 < one <= top for one in self.ranks) / len(self.ranks)

    def average(self) -> float:
        """The mean of the shares at 1 to 5."""
        return sum(self.at(top) for top in range(1, 6)) / 5

    def brier(self) -> float:
        """Squared error of the first suspect's probability."""
        pairs = zip(self.first, self.ranks, strict=True)
        return sum((probability - (one == 1)) ** 2 for probability, one in pairs) / len(self.ranks)

    def row(self) -> str:
        """A line of the table."""
        low, high = wilson(sum(one == 1 for one in self.ranks), len(self.ranks))
        slowest = max(self.seconds)
        return (
            f"| {self.name} | {len(self.ranks)} | {self.at(1):.3f} ({low:.2f}–{high:.2f}) | {self.at(3):.3f} |"
            f" {self.average():.3f} | {self.brier():.3f} | {self.abstained} |"
            f" {sum(self.seconds) / len(self.seconds):.2f} s, at most {slowest:.2f} s |"
        )


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    z = 1.96
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def score(name: str, cases: Iterable[Asked]) -> Score:
    """Ranks every case; folders are read as any user's folder is."""
    found = Score(name)
    for asked in cases:
        suspects, seconds = ranked(asked.folder)
        names = [one.name for one in suspects.listed]
        place = names.index(asked.answer) + 1 if asked.answer in names else 0
        found.ranks.append(place)
        found.seconds.append(seconds)
        found.abstained += suspects.abstained
        found.first.append(suspects.listed[0].probability if suspects.listed else 0.0)
        found.given.append(suspects.listed[place - 1].probability if place else 0.0)
        if place != 1:
            before = ", ".join(names[: min(2, max(place - 1, 1))])
            found.missed.append(f"{asked.name}: {asked.answer} at {place or 'none'}, before it {before}")
    return found


def ranked(folder: Path) -> tuple[Suspects, float]:
    """(suspects of a case folder, seconds that the ranking took once everything was read)."""
    with tempfile.TemporaryDirectory(prefix="suspects-") as work:
        store = EvidenceStore(Path(work))
        request = Request(paths=[folder])
        found = take_in(request.paths, store, importer="benchmark")
        read_all(
            found,
            lambda: store,
            request,
            lambda *_: None,
            lambda item, source, chosen: read_one(item, source, store, chosen),
        )
        material = Material(
            events=store.events(), changes=store.changes(), documents=store.documents(), series=store.series()
        )
        case = case_of(store, material)
        began = time.perf_counter()
        suspects = rank(case, top=1000)
        seconds = time.perf_counter() - began
        store.close()
    return suspects, seconds

"""How often a suspect is named where nothing happened: normal against normal.

Knows quiet windows of the public and the made-up sets. Refuses to know how suspects are ranked.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks.suspects import folders
from benchmarks.suspects.folders import Asked
from benchmarks.suspects.scoring import ranked, wilson

TOLD = (
    "Quiet windows: nothing is known to have happened in them, and an alert is put in their midst. Named is a suspect"
    " at even odds or better; a list that abstains names nobody."
)
HEAD = (
    "| quiet windows | number | named (95 %) | at nine in ten or better | abstained | mean probability of the first |\n"
    "|---|---|---|---|---|---|"
)
SEEDS = range(2000, 2020)


def rows() -> list[str]:
    """One row per set."""
    found = []
    for name, cases in _sets():
        with tempfile.TemporaryDirectory() as work:
            found.append(_row(name, cases(Path(work))))
        print(found[-1], flush=True)
    return found


def _sets() -> Iterator[tuple[str, Callable[[Path], Iterable[Asked]]]]:
    yield "made-up requests", lambda work: folders.made_up_requests(work, SEEDS, fault="none")
    yield (
        "made-up requests, logs alone",
        lambda work: folders.made_up_requests(work, SEEDS, only_logs=True, fault="none"),
    )
    if (folders.OPEN / "petshop").exists():
        yield "PetShop, hours without an issue", folders.quiet_petshop
    if (folders.OPEN / "nezha").exists():
        yield (
            "Nezha, metrics of hours without a fault",
            lambda work: folders.quiet_nezha(folders.unpack_nezha(work), work),
        )


def _row(name: str, cases: Iterable[Asked]) -> str:
    first, named, abstained = [], [], 0
    for asked in cases:
        suspects, _ = ranked(asked.folder)
        abstained += suspects.abstained
        first.append(suspects.listed[0].probability if suspects.listed else 0.0)
        named.append(0.0 if suspects.abstained else first[-1])
    if not first:
        return f"| {name} | 0 | | | | |"
    often = sum(one >= 0.5 for one in named)
    low, high = wilson(often, len(first))
    surely = sum(one >= 0.9 for one in named)
    return (
        f"| {name} | {len(first)} | {often} ({low:.2f}–{high:.2f}) | {surely} | {abstained} |"
        f" {sum(first) / len(first):.2f} |"
    )

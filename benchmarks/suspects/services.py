"""How often the service where it began stands first: Nezha, PetShop and made-up incidents, through case folders.

`python -m benchmarks.suspects.services` prints the table; `--only` takes one set. Sets that are not beside the
repository are left out, loudly.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.suspects import folders, quiet
from benchmarks.suspects.folders import Asked
from benchmarks.suspects.scoring import score

HEAD = (
    "| set | cases | first (95 %) | among three | mean of 1 to 5 | Brier of the first | abstained | seconds |\n"
    "|---|---|---|---|---|---|---|---|"
)
HEADING = "## Suspects: which service"
WORTH = (
    "What the figures are worth: the misses of all 28 cases of Nezha were looked at while rules were chosen, and so was"
    " PetShop, so that neither is a test. The made-up sets share their author with the rules."
)
SCORED = range(1000, 1030)


def main() -> None:
    """Reads the options and prints the table, then the cases whose answer does not stand first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("nezha", "petshop", "made-up", "requests", "quiet"))
    only = parser.parse_args().only
    if only != "quiet":
        print(HEAD)
        _, missed = _measured(only)
        print("\n".join(["", "Not first:", *missed]))
    if only in (None, "quiet"):
        print("\n".join(["", quiet.HEAD, *quiet.rows()]))


def report() -> str:
    """The table as a part of RESULTS.md."""
    rows, missed = _measured(None)
    told = "Where it began, as services alone are ranked, through the whole product; a case is read without its answer."
    return "\n".join([HEADING, "", told, "", HEAD, *rows, "", WORTH, "", "Not first:", "", *missed, "",
                      quiet.TOLD, "", quiet.HEAD, *quiet.rows(), ""])  # fmt: skip


def _measured(only: str | None) -> tuple[list[str], list[str]]:
    rows, missed = [], []
    for name, cases in _sets(only):
        with tempfile.TemporaryDirectory() as work:
            found = score(name, cases(Path(work)))
        print(found.row(), flush=True)
        rows.append(found.row())
        missed += [f"- {name}, {one}" for one in found.missed]
    return rows, missed


def _sets(only: str | None) -> Iterator[tuple[str, Callable[[Path], Iterator[Asked]]]]:
    if only in (None, "nezha"):
        yield from _if_there(
            "nezha", [("Nezha 2023-01-29", lambda work: folders.nezha(folders.unpack_nezha(work), work))]
        )
    if only in (None, "petshop"):
        parts = [
            ("PetShop, train (looked at)", lambda work: folders.petshop(work, part="train")),
            ("PetShop, test", lambda work: folders.petshop(work, part="test")),
        ]
        yield from _if_there("petshop", parts)
    if only in (None, "made-up"):
        for title, shift in (("", 0.0), (", alert 5 min late", 300.0), (", 5 min early", -300.0), (", no alert", None)):
            yield f"made up{title}", lambda work, shift=shift: folders.made_up(work, SCORED, shift)
    if only in (None, "requests"):
        yield "made-up requests, spans and logs", lambda work: folders.made_up_requests(work, SCORED)
        yield (
            "made-up requests, logs alone without ids",
            lambda work: folders.made_up_requests(work, SCORED, only_logs=True),
        )


def _if_there(
    name: str, sets: list[tuple[str, Callable[[Path], Iterator[Asked]]]]
) -> Iterator[tuple[str, Callable[[Path], Iterator[Asked]]]]:
    if (folders.OPEN / name).exists():
        yield from sets
    else:
        print(f"NOT MEASURED: {folders.OPEN / name} is absent; set AFTERACTION_SHARED to the folder of the corpus")


if __name__ == "__main__":
    main()

"""Sentences per second on one core.

Knows the clock of the processor. Measures both ways the product reads: one text of many sentences, and one sentence at
a time as somebody types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Sized
from random import Random
from statistics import median
from time import process_time

from afteraction.engine.language.documents.document import check_document
from afteraction.engine.language.findings import check_text, forget_texts
from benchmarks.language import corpus
from benchmarks.language.unseen import AS_LINTED

WANTED = 3_000
LARGE = 10_000_000
_END = re.compile(r"\.(?=\s)")


def report(sentences: Sequence[str], rounds: int = 7) -> list[str]:
    """The section of the results: medians and extremes of several rounds."""
    rows = list(sentences)
    Random(1).shuffle(rows)
    page = "\n".join(f"{' '.join(rows[at : at + 4])}\n" for at in range(0, len(rows), 4))
    rates: dict[str, list[float]] = {"one text": [], "one sentence at a time": []}
    for _ in range(rounds):
        # Sentences that were read before are remembered, which is not what is measured.
        forget_texts()
        begun = process_time()
        check_text(page)
        rates["one text"].append(len(rows) / (process_time() - begun))
        begun = process_time()
        for row in rows:
            check_text(row)
        rates["one sentence at a time"].append(len(rows) / (process_time() - begun))
    told = (
        f"Sentences per second of processor time on one core (aim {WANTED:,}): {len(rows)} sentences, most of them with"
        f" a finding, which is the slow case; {rounds} rounds."
    )
    lines = ["## Speed", "", told, "", "| read as | median | slowest | fastest |", "|---|---|---|---|"]
    lines += [f"| {name} | {median(each):,.0f} | {min(each):,.0f} | {max(each):,.0f} |" for name, each in rates.items()]
    return [*lines, ""]


_PAGES_OF_REFERENCE = 3
# Finding every word is the least that reading costs in Python: what a busy machine slows is slowed in both.
_REFERENCE = re.compile(r"\w+")


def _as_linted(page: str) -> Sized:
    return check_document(page, rules=AS_LINTED).findings


def large() -> list[str]:
    """The section on a text of ten megabytes: the public reviews, again and again, with other digits and a mark in each
    sentence, so that nothing that was remembered counts."""
    if not corpus.OPEN.exists():
        return ["NOT MEASURED at 10 MB: the corpus is absent.", ""]
    once = "\n\n".join(each.text for each in corpus.documents())
    pages: list[str] = []
    size = 0
    while size < LARGE:
        turn = len(pages)
        digits = str.maketrans("0123456789", "".join(str((each + turn) % 10) for each in range(10)))
        pages.append(_END.sub(f" in case {turn}.", once.translate(digits)) if turn else once)
        size += len(pages[-1].encode())
    lines = ["### Ten megabytes", ""]
    begun = process_time()
    for page in pages[:_PAGES_OF_REFERENCE]:
        for _ in _REFERENCE.finditer(page):
            pass
    reference = sum(len(page.encode()) for page in pages[:_PAGES_OF_REFERENCE]) / 1e6 / (process_time() - begun)
    ways: dict[str, Callable[[str], Sized]] = {
        "as prose, the language rules alone": check_text,
        "by section and with its actions, as `afteraction lint` does": _as_linted,
    }
    for name, read in ways.items():
        forget_texts()
        begun = process_time()
        found = sum(len(read(page)) for page in pages)
        spent = process_time() - begun
        rate = size / 1e6 / spent
        told = f"{rate:.2f} MB per second of processor time, {rate / reference:.3f} of the reference"
        lines.append(f"- read {name}: {told}, {found:,} findings")
    lines.append(f"- reference, Python's `re` finding every word: {reference:.2f} MB per second")
    told = f"{size / 1e6:.1f} MB of public reviews in {len(pages)} texts on one core of a shared machine (aim 1 MB/s)."
    return [*lines, "", told, ""]

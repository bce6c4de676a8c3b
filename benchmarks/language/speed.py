"""Sentences per second on one core.

Knows the clock of the processor. Measures both ways the product reads: one text of many sentences, and one sentence at
a time as somebody types.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from statistics import median
from time import process_time

from afteraction.engine.language.findings import check_text, forget_texts

WANTED = 3_000


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

"""The labelled sentences, and which of them are held out.

Knows where they lie and the seed of the split. Refuses to show a held-out sentence that was missed: only counts of
those leave this room, so that nobody tunes on them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

SEED = 20261121
HERE = Path(__file__).parent
SHARED = Path(os.environ.get("AFTERACTION_SHARED") or HERE.parent.parent.parent / "shared")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence, what it is, what may be said of it besides, and where it is from. `held` sentences were never looked
    at with what the product says of them."""

    text: str
    label: str
    also: frozenset[str]
    origin: str
    held: bool


def is_held(key: str) -> bool:
    """Whether the half of a document or a sentence of our own is held out."""
    return sha256(f"{SEED}:{key}".encode()).digest()[0] % 2 == 1


def own(name: str = "own.tsv") -> Iterator[Labelled]:
    """Sentences written for this: label, sentence and, where more than one holds, further labels."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        label, text, *also = line.split("\t")
        yield Labelled(text, label, frozenset(also[0].split()) if also else frozenset(), "written", is_held(text))


def later() -> Iterator[Labelled]:
    """Sentences written after the first tuning, to widen it: none of them is held out."""
    for row in own("later.tsv"):
        yield Labelled(row.text, row.label, row.also, "written later", False)


def of_reviews() -> Iterator[Labelled]:
    """The labelled sentences of real reviews: all were looked at before this split, so none is held out."""
    names = {"CF": "COUNTERFACTUAL"}
    for line in (SHARED / "corpus/language/sentences_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(row["text"], names.get(row["label"], row["label"]), frozenset(), "reviews", False)

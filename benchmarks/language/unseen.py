"""The sets of the examiner: sentences and actions written by somebody who had not read the rules, and real sentences.

Knows what counts as right: the label itself, or one that either pass of labelling allowed besides. Refuses to name a
held-out sentence that was missed, and to hold a text of somebody else: a real sentence is found again by its mark.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from afteraction.engine.language.findings import Severity, check_text
from afteraction.engine.language.rules import Rules
from benchmarks.language import corpus
from benchmarks.language.scoring import Counts, agreement, score

# The command line weighs words where no rule finds anybody.
AS_LINTED = Rules(likeness=True)
FOLDER = Path(__file__).with_name("unseen")
CATEGORIES = ("PERSON", "HUMAN_ERROR", "COUNTERFACTUAL", "GATE", "HINDSIGHT", "SELF", "WHO_WHY", "JUDGEMENT",
              "SINGLE_CAUSE", "AGENCY", "DIMINISHING", "ANIMATED", "RESIDUE", "OUTAGE", "INFERENCE",
              "PERSONAL_DATA")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as it was labelled. `kind` is hit, harmless or trap; `second` is the label of the second pass, and
    `also` are labels that count neither way."""

    id: str
    organisation: str
    half: str
    field: str
    kind: str
    label: str
    second: str
    also: frozenset[str]
    text: str


def written(name: str = "sentences.jsonl", folder: Path = FOLDER) -> list[Row]:
    """Sentences written for this."""
    return [_row(raw, raw["text"]) for raw in _lines(folder / name)]


def held_out() -> list[Row]:
    """The written sentences that nobody who writes the rules was shown, where they are there; else all that are."""
    rows = [*written(), *written("fresh.jsonl")]
    return [row for row in rows if row.half == "held"] or rows


def real(folder: Path = FOLDER) -> list[Row]:
    """Sentences of public reviews; those whose text is not there are left out, all of them where the corpus is not."""
    rows = list(_lines(folder / "real.jsonl"))
    if not corpus.OPEN.exists():
        return []
    texts: dict[str, str] = {}
    for name in {raw["file"] for raw in rows}:
        texts |= {corpus.mark(each): each for each in corpus.sentences_of(corpus.read(corpus.OPEN / name))}
    return [_row(raw, texts[raw["mark"]]) for raw in rows if raw["mark"] in texts]


def loud_of(row: Row) -> dict[str, Severity]:
    """What the product says of a sentence read alone: the category and how loud."""
    return {found.category: found.severity for found in check_text(row.text, field=row.field, rules=AS_LINTED)}


def by_rules_alone(row: Row) -> set[str]:
    """The categories that rules find in a sentence, without what the weights of its words say."""
    return {found.category for found in check_text(row.text, field=row.field)}


def count(rows: Iterable[Row], said: Callable[[Row], Iterable[str]]) -> dict[str, Counts]:
    """Counts by category."""
    return score(rows, said, CATEGORIES)


def disturbed(rows: Iterable[Row], kind: str) -> tuple[int, int]:
    """How many sentences of a kind draw a gate or a nudge that neither pass allowed, and how many there are."""
    quiet = [row for row in rows if row.kind == kind]
    return sum(
        any(each is not Severity.NOTE and name not in row.also for name, each in loud_of(row).items()) for row in quiet
    ), len(quiet)


def agreements(rows: Sequence[Row]) -> dict[str, tuple[int, float]]:
    """By label: how many the first pass gave it, and Cohen's kappa of the two passes."""
    names = [name for name in (*CATEGORIES, "NONE") if any(row.label == name for row in rows)]
    return {
        name: (
            sum(row.label == name for row in rows),
            agreement([row.label == name for row in rows], [row.second == name for row in rows]),
        )
        for name in names
    }


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        yield json.loads(line)


def _row(raw: dict[str, Any], text: str) -> Row:
    words = {name: str(raw.get(name, "")) for name in ("organisation", "half", "field", "kind", "label")}
    also = raw["also"]
    assert isinstance(also, list)
    return Row(str(raw.get("id") or raw.get("mark")), second=str(raw.get("second", raw["label"])),
               also=frozenset(also), text=text, **words)  # fmt: skip

"""Action bullets of the examiner: rules A1 to A6 and the four kinds of change.

Knows that an action may draw more than one rule rightly. What is no action at all (A5) has no kind of change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from afteraction.engine.language.actions.changes import classify
from afteraction.engine.language.actions.checking import check_action
from afteraction.engine.language.findings import Severity
from benchmarks.language.scoring import Counts, agreement, score
from benchmarks.language.unseen import FOLDER

RULES = ("A1", "A2", "A3", "A4", "A5", "A6")
CHANGES = ("process change", "assisted practice", "one-off task", "intention")


@dataclass(frozen=True, slots=True)
class Action:
    """A bullet, its rule (NONE: nothing to say) and its kind of change, both by either pass."""

    half: str
    label: str
    second: str
    also: frozenset[str]
    change: str
    second_change: str
    text: str


def actions(folder: Path = FOLDER) -> list[Action]:
    """All bullets of the set."""
    path = folder / "actions.jsonl"
    raws = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    return [
        Action(raw["half"], raw["label"], raw["second"], frozenset(raw["also"]), raw["change"], raw["second_change"],
               raw["text"])
        for raw in raws
    ]  # fmt: skip


def rules_of(text: str) -> dict[str, Severity]:
    """What the product says of the sentence alone: owner, date and checks are fields, and not asked for."""
    return {found.rule: found.severity for found in check_action(text)}


def count_rules(rows: Iterable[Action]) -> dict[str, Counts]:
    """Counts by rule."""
    return score(rows, lambda row: rules_of(row.text), RULES)


def count_changes(rows: Iterable[Action]) -> dict[str, Counts]:
    """Counts by kind of change. Where the passes differ, either kind is right."""
    counts = {name: Counts() for name in CHANGES}
    for row in rows:
        if row.label == "A5":
            continue
        said = classify(row.text).change_class.replace("_", " ").replace("one off", "one-off task")
        if said in (row.change, row.second_change):
            counts[said].right += 1
        else:
            counts[said].wrong.append(f"[{row.change}] {row.text}")
            counts[row.change].missed.append(row.text)
    return counts


def told_off(rows: Iterable[Action]) -> tuple[int, int]:
    """How many good actions draw a finding that must be settled, and how many good ones there are."""
    good = [row for row in rows if row.label == "NONE"]
    must = sum(
        any(each is not Severity.NOTE and rule not in row.also for rule, each in rules_of(row.text).items())
        for row in good
    )
    return must, len(good)


def agreements(rows: Sequence[Action]) -> dict[str, tuple[int, float]]:
    """By rule and by kind: how many, and Cohen's kappa of the two passes."""
    found: dict[str, tuple[int, float]] = {}
    for names, pairs in (
        (("NONE", *RULES), [(row.label, row.second) for row in rows]),
        (CHANGES, [(row.change, row.second_change) for row in rows]),
    ):
        for name in names:
            first, second = [one == name for one, _ in pairs], [two == name for _, two in pairs]
            found[name] = sum(first), agreement(first, second)
    return found

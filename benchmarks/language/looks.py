"""What the held-out halves said at named moments of the work: counts alone, so that a later figure cannot replace the
first.

Knows where the counts are kept. Refuses to keep a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.language import unseen, unseen_actions
from benchmarks.language.scoring import Counts, shown

KEPT = unseen.FOLDER / "looks.json"
Tallies = dict[str, list[int]]


def look(name: str, state: str, folder: Path) -> None:
    """Scores what is held out in `folder` and keeps the counts under `name`. `state` says which state of the product
    was read. ValueError where the name was used before: a look happens once."""
    looks = kept()
    if any(each["name"] == name for each in looks):
        raise ValueError(f"The look {name!r} was taken already. Use another name.")
    sentences = [row for row in unseen.written(folder=folder) if row.half == "held"]
    fresh = [row for row in unseen.written("fresh.jsonl", folder) if row.half == "held"]
    real = [row for row in unseen.real(folder) if row.half == "held"]
    actions = [row for row in unseen_actions.actions(folder) if row.half == "held"]
    sets = {
        "written": _sentences(sentences),
        "fresh": _sentences(fresh),
        "real": _sentences(real),
        "actions": _tallies(unseen_actions.count_rules(actions)) | _quiet("told off", unseen_actions.told_off(actions)),
        "changes": _tallies(unseen_actions.count_changes(actions)),
    }
    looks.append({"name": name, "state": state, "sets": sets})
    KEPT.write_text(json.dumps(looks, indent=1) + "\n", encoding="utf-8")


def kept() -> list[dict[str, object]]:
    """All looks, the first first: name, state, and by set and category the counts [right, wrong, missed]."""
    if not KEPT.exists():
        return []
    looks = json.loads(KEPT.read_text(encoding="utf-8"))
    assert isinstance(looks, list)
    return looks


def report() -> list[str]:
    """The section of the results: precision and recall of each set at each moment."""
    looks = kept()
    if not looks:
        return []
    names = [str(each["name"]) for each in looks]
    states = "; ".join(f"{each['name']}: {each['state']}" for each in looks)
    lines = ["## Held out, at each look", "", f"Precision and recall. States of the product: {states}.", ""]
    for which in ("written", "fresh", "real", "actions", "changes"):
        tallies = [_set(each, which) for each in looks]
        rows = list(dict.fromkeys(name for each in tallies for name in each))
        if rows:
            lines += [
                f"### {which.capitalize()}",
                "",
                f"| | {' | | '.join(names)} | |",
                f"|---{'|---' * 2 * len(names)}|",
            ]
            lines += [f"| {row} | {' | '.join(_cells(row, each.get(row)) for each in tallies)} |" for row in rows]
            lines += [""]
    return lines


def _sentences(rows: Sequence[unseen.Row]) -> Tallies:
    if not rows:
        return {}
    counts = _tallies(unseen.count(rows, unseen.loud_of))
    for kind in ("harmless", "trap"):
        counts |= _quiet(kind, unseen.disturbed(rows, kind))
    return counts


def _tallies(counts: Mapping[str, Counts]) -> Tallies:
    told = {name: [each.right, len(each.wrong), len(each.missed)] for name, each in counts.items()}
    return {name: each for name, each in told.items() if any(each)}


def _quiet(name: str, share: tuple[int, int]) -> Tallies:
    return {name: list(share)} if share[1] else {}


def _set(each: Mapping[str, object], which: str) -> Tallies:
    sets = each["sets"]
    assert isinstance(sets, dict)
    found: Tallies = sets.get(which, {})
    return found


def _cells(row: str, tally: Iterable[int] | None) -> str:
    """Precision and recall, or for what should be quiet the share that is not, in one cell of the two."""
    match list(tally or ()):
        case [right, wrong, missed]:
            return f"{shown(right, right + wrong)} | {shown(right, right + missed)}"
        case [disturbed, of]:
            return f"{shown(disturbed, of)} drew a gate or nudge | "
    return " | "

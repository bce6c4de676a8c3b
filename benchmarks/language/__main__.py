"""Scores the language rules and the classifier of changes, measures their speed and writes RESULTS.md beside itself.

`--misses` shows what the development half misses, and never anything of the held-out half.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Iterable
from pathlib import Path

from afteraction.engine.language.actions.changes import classify
from afteraction.engine.language.findings import check_text
from benchmarks.language import density, examined, looks, real_actions, speed, unseen
from benchmarks.language.scoring import Counts, score
from benchmarks.language.sentences import SEED, SHARED, Labelled, later, of_reviews, own
from benchmarks.language.unseen import AS_LINTED

RESULTS = Path(__file__).with_name("RESULTS.md")
CATEGORIES = ("PERSON", "HUMAN_ERROR", "COUNTERFACTUAL", "GATE", "HINDSIGHT", "SELF", "WHO_WHY", "JUDGEMENT",
              "SINGLE_CAUSE", "AGENCY", "DIMINISHING")  # fmt: skip
CHANGES = ("process change", "assisted practice", "one-off task", "intention")


def categories_of(text: str) -> set[str]:
    """What the rules say of a sentence in plain prose."""
    return {finding.category for finding in check_text(text, rules=AS_LINTED)}


def class_of(text: str) -> set[str]:
    """The class of change that an action is proposed to be."""
    name = classify(text).change_class.replace("_", " ")
    return {"one-off task" if name == "one off" else name}


def main() -> None:
    """Reads the options, scores, and writes or shows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.language", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show what the development half misses; write nothing")
    parser.add_argument("--look", help="score what is held out once, under this name, and keep the counts")
    parser.add_argument("--state", default="", help="which state of the product --look reads")
    parser.add_argument("--folder", type=Path, default=unseen.FOLDER, help="where --look finds what is held out")
    options = parser.parse_args()
    if options.look:
        looks.look(options.look, options.state, options.folder)
        print("\n".join(looks.report()))
        return
    written, actions = list(own()), list(own("actions.tsv"))
    parts: list[tuple[str, list[Labelled]]] = [
        ("written, development half", [row for row in written if not row.held]),
        ("written, held-out half", [row for row in written if row.held]),
        ("written later (development)", list(later())),
    ]
    if (SHARED / "corpus/language").exists():
        parts.append(("real reviews (development)", list(of_reviews())))
    else:
        print(f"NOT SCORED: {SHARED}/corpus is absent; set AFTERACTION_SHARED to the folder that holds it.")
    if options.misses:
        for name, rows in parts:
            if not any(row.held for row in rows):
                _show(name, score(rows, lambda row: categories_of(row.text), CATEGORIES))
        _show("actions", score([row for row in actions if not row.held], lambda row: class_of(row.text), CHANGES))
        for name, found in examined.misses():
            _show(name, found)
        _show("action items of public reviews", real_actions.misses())
        return
    rates = [*speed.report([row.text for row in written]), *speed.large()]
    earlier = [*_language(parts), *_changes(actions)]
    text = "\n".join(
        [*_heading(), *examined.report(), *real_actions.report(), *density.report(unseen.held_out()), *earlier, *rates]
    )
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


def _show(name: str, counts: dict[str, Counts]) -> None:
    print(f"== {name}")
    for category, count in counts.items():
        print(f"{category}: {count.row()}")
        for kind, texts in (("missed", count.missed), ("wrong", count.wrong)):
            for text in texts:
                print(f"   {kind}: {text}")


def _heading() -> list[str]:
    text = (
        "`python -m benchmarks.language` writes this page. Shares stand with their counts and Wilson's 95 % interval."
        f" The written sentences are halved by a hash with seed {SEED}, and only counts of the held-out half are ever"
        " shown. All written sets are ours: they show what is missed of the English that we thought of, and are no"
        " sample of real reviews. `GUIDE.md` says how they were labelled and what their halves are worth."
    )
    return ["# Language rules: precision, recall and speed", "", text, ""]


def _language(parts: Iterable[tuple[str, list[Labelled]]]) -> list[str]:
    lines: list[str] = []
    for name, rows in parts:
        counts = score(rows, lambda row: categories_of(row.text), CATEGORIES)
        quiet = [row for row in rows if row.label == "NONE"]
        alarmed = sum(bool(categories_of(row.text)) for row in quiet)
        lines += [f"## Earlier set, labelled once: {name}, {len(rows)} sentences", ""]
        lines += ["| category | precision | recall |", "|---|---|---|"]
        told = [(each, count) for each, count in counts.items() if count.right or count.missed or count.wrong]
        lines += [f"| {category} | {count.row()} |" for category, count in told]
        lines += ["", f"Harmless sentences with any finding: {alarmed} of {len(quiet)}.", ""]
    return lines


def _changes(actions: list[Labelled]) -> list[str]:
    lines = ["## Earlier set: kinds of change", ""]
    lines += ["| class | development: precision | recall | held out: precision | recall |", "|---|---|---|---|---|"]
    halves = [
        score([row for row in actions if row.held is held], lambda row: class_of(row.text), CHANGES)
        for held in (False, True)
    ]
    lines += [f"| {name} | {halves[0][name].row()} | {halves[1][name].row()} |" for name in CHANGES]
    means = [sum(each.f1 for each in half.values()) / len(half) for half in halves]
    called = sum(text.startswith("[intention]") for half in halves for text in half["process change"].wrong)
    told = (
        f"Macro-F1: {means[0]:.2f} in development, {means[1]:.2f} held out (aim 0.80)."
        f" Intentions called a process change: {called}. Python {platform.python_version()}."
    )
    return [*lines, "", told, ""]


if __name__ == "__main__":
    main()

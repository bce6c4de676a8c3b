"""The sets of the examiner as a section of the results.

Knows which tables stand there. Refuses to show a held-out sentence: of those, counts alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.language import looks, unseen, unseen_actions
from benchmarks.language.scoring import Counts, shown

_SETS = {
    "tenth writer, held out": ("tenth.jsonl", "held"),
    "fourth writer, held-out half": ("fourth.jsonl", "held"),
    "fifth writer, held-out half": ("fifth.jsonl", "held"),
    "second writer, held-out half": ("second.jsonl", "held"),
    "third writer, held-out half": ("third.jsonl", "held"),
    "second writer, development half": ("second.jsonl", "dev"),
    "third writer, development half": ("third.jsonl", "dev"),
    "fourth writer, development half": ("fourth.jsonl", "dev"),
    "fifth writer, development half": ("fifth.jsonl", "dev"),
    "sixth writer": ("sixth.jsonl", "dev"),
    "seventh writer": ("seventh.jsonl", "dev"),
    "eighth writer": ("eighth.jsonl", "dev"),
    "ninth writer": ("ninth.jsonl", "dev"),
    "written, development half": ("sentences.jsonl", "dev"),
    "written, held-out half": ("sentences.jsonl", "held"),
    "fresh organisations, held out": ("fresh.jsonl", "held"),
    "real reviews, development organisations": ("", "dev"),
    "real reviews, held-out organisations": ("", "held"),
}

_LEARNT = "Shown to those who write the rules, and the weights are fitted on it: it forecasts nothing."
_WORTH = {
    "tenth writer, held out": "Plain sentences as software teams write them, by somebody who read thirty public reviews"
    " and was asked not to be rare; labelled twice; nothing of this writer was shown or learnt from. The first look,"
    " 2026-11-22 03:15: PERSON 53/54 and 53/55, HUMAN_ERROR 45/47 and 45/45, COUNTERFACTUAL 39/41 and"
    " 39/40, GATE 27/31 and 27/30. The sets below were asked to vary everything and hold rarer English.",
    "fourth writer, held-out half": "Twelve imagined authors, written after reading public reviews, labelled twice;"
    " never shown, never fitted, scored alone. First look, rules of 2026-11-22 01:20: PERSON 22/24 and 22/40,"
    " HUMAN_ERROR 23/24 and 23/35, COUNTERFACTUAL 19/20 and 19/30, GATE 7/7 and 7/17.",
    "fifth writer, held-out half": "Sentences of thirty imagined reviews, labelled twice; never shown, never fitted,"
    " scored alone. First look, rules of 2026-11-22 01:20: PERSON 21/23 and 21/42, HUMAN_ERROR 13/15 and 13/34,"
    " COUNTERFACTUAL 20/20 and 20/30, GATE 5/5 and 5/18.",
    "fourth writer, development half": f"{_LEARNT} First look, rules alone: PERSON 27/27 and 27/40, HUMAN_ERROR 30/31"
    " and 30/35, COUNTERFACTUAL 17/17 and 17/30, GATE 12/13 and 12/18.",
    "fifth writer, development half": f"{_LEARNT} First look, rules alone: PERSON 19/20 and 19/42, HUMAN_ERROR 18/19"
    " and 18/33, COUNTERFACTUAL 18/19 and 18/30, GATE 4/4 and 4/17.",
    "sixth writer": f"Forty imagined authors, labelled once. {_LEARNT} First look, rules alone: PERSON 90/92 and"
    " 90/200, HUMAN_ERROR 61/61 and 61/90, COUNTERFACTUAL 63/64 and 63/110, GATE 10/10 and 10/90.",
    "seventh writer": f"Forty-four imagined authors, labelled once. {_LEARNT} First look, rules and weights of the sets"
    " before: PERSON 124/137 and 124/152, HUMAN_ERROR 112/112 and 112/132, COUNTERFACTUAL 66/68 and 66/76, GATE 32/33"
    " and 32/64.",
    "ninth writer": f"Thirty-two imagined people with strong ways of writing, labelled once. {_LEARNT} First look,"
    " rules and weights of the sets before: PERSON 112/126 and 112/190, HUMAN_ERROR 93/103 and 93/150, COUNTERFACTUAL"
    " 45/51 and 45/60, GATE 38/41 and 38/70.",
    "eighth writer": f"Fifty imagined authors, labelled once. {_LEARNT} First look, rules and weights of the sets"
    " before: PERSON 93/108 and 93/150, HUMAN_ERROR 73/76 and 73/120, COUNTERFACTUAL 60/63 and 60/70, GATE 34/40 and"
    " 34/70.",
    "written, development half": "Those who write the rules see these sentences: the figures say how far they came with"
    " what they were shown, and forecast nothing.",
    "written, held-out half": "Held out until 2026-11-21 23:12 (what it said until then stands under the looks below),"
    " and a development set since: it forecasts nothing any more.",
    "fresh organisations, held out": "Other invented organisations, held out until 2026-11-21 23:12, and a development"
    " set since: it forecasts nothing any more.",
    "second writer, held-out half": "Written and labelled once by somebody who knew neither the rules nor the other"
    " sets. Those who write the rules were shown the other half alone: with the next set the best forecast here. First"
    " look, before any rule was written for the half below: PERSON 43/43 and 41/65, HUMAN_ERROR 23/27 and 23/49,"
    " COUNTERFACTUAL 23/23 and 23/44, GATE 13/14 and 13/26 (right of found, found of all).",
    "third writer, held-out half": "A small one, labelled once, by somebody who knew how findings are built and not"
    " which words they hang on; not shown to those who write the rules. First look: PERSON 31/32 and 31/50,"
    " HUMAN_ERROR 19/22 and 19/20, COUNTERFACTUAL 7/10 and 7/19, GATE 11/12 and 11/12.",
    "second writer, development half": "Shown since 23:45; it forecasts nothing. First look: PERSON 51/52 and 47/85,"
    " HUMAN_ERROR 28/29 and 28/41, COUNTERFACTUAL 18/18 and 16/46, GATE 7/10 and 7/24.",
    "third writer, development half": "Shown since 22:55; it forecasts nothing. First look: PERSON 46/46 and 46/58,"
    " HUMAN_ERROR 22/22 and 22/24, COUNTERFACTUAL 11/12 and 11/20, GATE 12/13 and 12/14.",
    "real reviews, development organisations": "Nobody's invention, half drawn by suspicious words and half at random;"
    " few hits, so that the harmless share says most.",
    "real reviews, held-out organisations": "Organisations that were not shown, apart from what SPEC cites of them. Too"
    " few hits to tell recall: the harmless share is what it is good for.",
}


def report() -> list[str]:
    """Tables of every set that is there, of the actions, of the two passes of labelling, and of the looks."""
    lines = [
        "The sets of the examiners come first. Their halves are parted by a hash of the text (the first examiner's with"
        " seed 20261122), the fresh and the real ones by organisation, the third writer's by when they were written.",
        "",
    ]
    for name, rows in _rows():
        harmless, traps = (unseen.disturbed(rows, kind) for kind in ("harmless", "trap"))
        lines += [
            f"## {name.capitalize()}: {len(rows)} sentences",
            "",
            _WORTH[name],
            "",
            *_both(unseen.count(rows, unseen.loud_of), unseen.count(rows, unseen.by_rules_alone)),
            "",
        ]
        lines += [f"Harmless sentences with a gate or nudge: {shown(*harmless)}. Traps: {shown(*traps)}.", ""]
    return [*lines, *_actions(), *looks.report(), *_agreements()]


def misses() -> Iterator[tuple[str, dict[str, Counts]]]:
    """Counts of the development halves, with the sentences."""
    for name, rows in _rows():
        if all(row.half == "dev" for row in rows):
            yield name, unseen.count(rows, unseen.loud_of)
    shared = [row for row in unseen_actions.actions() if row.half == "dev"]
    yield "rules of actions", unseen_actions.count_rules(shared)
    yield "kinds of change", unseen_actions.count_changes(shared)


def _rows() -> Iterator[tuple[str, list[unseen.Row]]]:
    real = unseen.real()
    for name, (file, half) in _SETS.items():
        rows = [row for row in (unseen.written(file) if file else real) if row.half == half]
        if rows:
            yield name, rows


def _table(counts: Mapping[str, Counts]) -> list[str]:
    told = [(name, each) for name, each in counts.items() if each.right or each.wrong or each.missed]
    return [
        "| category | precision | recall |",
        "|---|---|---|",
        *(f"| {name} | {each.row()} |" for name, each in told),
    ]


def _both(counts: Mapping[str, Counts], alone: Mapping[str, Counts]) -> list[str]:
    told = [(name, each) for name, each in counts.items() if each.right or each.wrong or each.missed]
    return [
        "| category | precision | recall | rules alone: precision | recall |",
        "|---|---|---|---|---|",
        *(f"| {name} | {each.row()} | {alone[name].row()} |" for name, each in told),
    ]


def _actions() -> list[str]:
    lines: list[str] = []
    for half, name in (("dev", "development half"), ("held", "held-out half")):
        rows = [row for row in unseen_actions.actions() if row.half == half]
        if not rows:
            continue
        changes = unseen_actions.count_changes(rows)
        mean = sum(each.f1 for each in changes.values()) / len(changes)
        over = sum(text.startswith("[intention]") for text in changes["process change"].wrong)
        lines += [f"## Actions, {name}: {len(rows)} bullets", "", *_table(unseen_actions.count_rules(rows)), ""]
        lines += [f"Good actions with a finding to settle: {shown(*unseen_actions.told_off(rows))}.", ""]
        lines += [
            *_table(changes),
            "",
            f"Macro-F1 {mean:.2f} (aim 0.80). Intentions called a process change: {over}.",
            "",
        ]
    return lines


def _agreements() -> list[str]:
    lines = ["## Self-agreement of the two passes of labelling", ""]
    lines += ["Cohen's kappa, with how many the first pass gave the label. One rater, one day: an upper bound.", ""]
    files = {"written": "sentences.jsonl", "fresh": "fresh.jsonl"}
    sets = {name: unseen.agreements(rows) for name, file in files.items() if (rows := unseen.written(file))}
    sets |= {"real": unseen.agreements(rows)} if (rows := unseen.real()) else {}
    sets |= {"actions": unseen_actions.agreements(bullets)} if (bullets := unseen_actions.actions()) else {}
    for name, labels in sets.items():
        told = ", ".join(f"{label} {kappa:.2f} ({number})" for label, (number, kappa) in labels.items())
        lines += [f"- {name}: {told}"]
    return [*lines, ""]

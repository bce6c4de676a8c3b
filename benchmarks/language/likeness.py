"""Fits what words weigh (`python -m benchmarks.language.likeness`) and writes it beside the packs.

Knows which sentences may be learnt from: the labelled ones, never a half that is held out; those of the tests of the
rules, as the rules judge them, which the tests hold; and those of the public reviews that no rule accuses, as harmless
ones. Of the reviews every second document is left out, so that notes can be counted on the others. Refuses to write
without the reviews, since all it would know of plain prose is ours.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from afteraction.engine.language import packs
from afteraction.engine.language.findings import check_text
from afteraction.engine.language.likeness import RULES, features_of
from afteraction.engine.language.packs import english
from afteraction.engine.language.people.agents import agents_in, tokens_of
from afteraction.engine.language.texts.masking import mask
from benchmarks.language import corpus, unseen
from benchmarks.language.sentences import is_held, later, own

FILE = Path(packs.__file__).with_name("en.likeness.tsv")
SETS = ("sentences", "fresh", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
# Sets whose held-out half was shown to those who write the rules, and is a development set since.
_SPENT = frozenset({"sentences", "fresh"})
_TESTS = Path(__file__).parents[2] / "tests/engine/language"
_SENTENCE = re.compile(r"[A-Z“\"@][^\n]*\w [^\n]*\w [^\n]*\w [^\n]*[.!]")
_ACCUSING = frozenset({*RULES, "SELF", "WHO_WHY"})
_STRENGTH = 60.0
_LEAST_SEEN = 2
_LEAST_WEIGHT = 1.0
_ROUNDS = 3000


def features(sentence: str) -> frozenset[str]:
    """What a sentence is known by, read as the product reads it."""
    tokens = tokens_of(mask(sentence).replace("\n", " "))
    return features_of(tokens, agents_in(tokens, english()))


def labelled() -> Iterator[tuple[str, str]]:
    """Label and text of every written sentence that may be learnt from: a kind that has weights, or NONE."""
    rows = [(row.label, row.text) for row in (*own(), *later())]
    for name in SETS:
        rows += [
            (row.label, row.text)
            for row in unseen.written(f"{name}.jsonl")
            if (row.half == "dev" or name in _SPENT) and row.field in ("", "prose")
        ]
    for label, text in dict.fromkeys(rows):
        yield (label if label in RULES or label == "SELF" else "NONE"), text


def tested() -> Iterator[tuple[str, str]]:
    """Every sentence that a test of the rules quotes, with the kind that the rules find, or NONE; those in which they
    find several kinds are left out."""
    for file in sorted(set(_TESTS.glob("test_*.py")) - {_TESTS / "test_likeness.py"}):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SENTENCE.fullmatch(node.value):
                kinds = _ACCUSING & {each.category for each in check_text(node.value)}
                if len(kinds) < 2:
                    label = next(iter(kinds), "NONE")
                    yield ("NONE" if label == "WHO_WHY" else label), node.value


def quiet(*, held: bool) -> Iterator[str]:
    """Sentences of the public reviews that no rule accuses, of the documents that are held out or of the others."""
    for document in corpus.documents():
        if is_held(document.name) is held:
            for sentence in dict.fromkeys(corpus.sentences_of(document.text)):
                if _ACCUSING.isdisjoint(each.category for each in check_text(sentence)):
                    yield sentence


def main() -> int:
    """Fits and writes; 1 where the reviews are not there."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    if not corpus.OPEN.exists():
        print(f"NOT WRITTEN: {corpus.OPEN} is absent. Set AFTERACTION_SHARED to the folder that holds corpus/.")
        return 1
    rows = [(label, features(text)) for label, text in dict.fromkeys([*labelled(), *tested()])]
    written = len(rows)
    rows += [("NONE", features(text)) for text in quiet(held=False)]
    seen = Counter(each for _, found in rows for each in found)
    names = sorted(each for each, times in seen.items() if times >= _LEAST_SEEN)
    column = {name: at for at, name in enumerate(names)}
    places = [
        (at, column[each], len(found) ** -0.5)
        for at, (_, found) in enumerate(rows)
        for each in sorted(found)
        if each in column
    ]
    row, col, values = zip(*places, strict=True)
    matrix = csr_matrix((values, (row, col)), shape=(len(rows), len(names)))
    model = LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS).fit(matrix, [label for label, _ in rows])
    weights = model.coef_ - model.coef_.mean(axis=0)
    kept = np.flatnonzero(np.abs(weights).max(axis=0) >= _LEAST_WEIGHT)
    lines = [
        "# What a sentence's features add to each kind it may be. Written by `python -m benchmarks.language.likeness`",
        f"# from {written} labelled sentences and {len(rows) - written} of public reviews that no rule accuses.",
        "\t".join(["kind", *model.classes_]),
        "\t".join(["begin", *(f"{each:.2f}" for each in model.intercept_)]),
        *("\t".join([names[at], *(f"{each:.1f}" for each in weights[:, at])]) for at in kept),
    ]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(kept)} of {len(names)} features, {FILE.stat().st_size // 1000} kB")
    print(dict(Counter(label for label, _ in rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The scorer of the language rules: agreement, what counts as wrong, and how a real sentence is found again."""

from __future__ import annotations

import pytest
from benchmarks.language.scoring import agreement

from benchmarks.language import corpus, unseen


def row(label: str, *also: str, kind: str = "hit") -> unseen.Row:
    return unseen.Row("1", "nobody", "dev", "prose", kind, label, label, frozenset(also), "The text.")


def test_agreement_takes_away_what_chance_agrees_on():
    # 20 both yes, 5 and 10 apart, 15 both no: (0.7 - 0.5) / (1 - 0.5).
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    assert agreement(first, second) == pytest.approx(0.4)


def test_a_category_that_either_pass_allowed_is_neither_right_nor_wrong():
    counts = unseen.count([row("PERSON", "JUDGEMENT")], lambda _: {"JUDGEMENT", "GATE"})
    assert counts["JUDGEMENT"].right == 0
    assert counts["JUDGEMENT"].wrong == []
    assert len(counts["GATE"].wrong) == 1
    assert len(counts["PERSON"].missed) == 1


def test_a_sentence_is_known_by_its_words_and_not_by_its_marks_and_spaces():
    assert corpus.mark("The  pool, was *full*.") == corpus.mark("the pool was full")
    assert corpus.mark("The pool was full.") != corpus.mark("The pool was empty.")


def test_blocks_of_code_are_no_sentences_and_marks_of_lists_are_left_out():
    text = "- The pool was full at nine.\n- It was empty again at noon.\n\n```\nfull pool of code in here\n```\n"
    assert list(corpus.sentences_of(text)) == ["The pool was full at nine.", "It was empty again at noon."]


def test_every_row_of_the_committed_sets_has_labels_that_the_guide_knows():
    rows = [row for name in ("sentences", "fresh", "second", "third") for row in unseen.written(f"{name}.jsonl")]
    known = {*unseen.CATEGORIES, "NONE"}
    assert len(rows) > 300
    assert {each.label for each in rows} <= known
    assert {each.second for each in rows} <= known
    assert len({each.text for each in rows}) == len(rows)

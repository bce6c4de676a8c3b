"""What is held out is never learnt from."""

from __future__ import annotations

from benchmarks.language import likeness, unseen


def test_no_half_that_is_held_out_is_learnt_from() -> None:
    learnt = {text for _, text in likeness.labelled()}
    sets = [unseen.written(f"{name}.jsonl") for name in ("second", "third", "fourth", "fifth", "tenth")]
    held = {row.text for rows in sets for row in rows if row.half == "held"}
    assert len(held) > 800 and len(learnt) > 3_000
    assert held.isdisjoint(learnt)


def test_the_sentences_of_the_tests_are_learnt_as_the_rules_judge_them() -> None:
    judged = {text: label for label, text in likeness.tested()}
    assert len(judged) > 500
    assert {"NONE", "PERSON", "HUMAN_ERROR", "COUNTERFACTUAL", "GATE"} <= set(judged.values())

"""Phrases about careless people are read, and the same words about something else are left alone."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text


@pytest.mark.parametrize(
    "sentence",
    [
        "The on-call engineer dropped the ball.",
        "The change was approved by someone who had not read it.",
        "The contractor we hired made a terrible decision.",
        "The operator confused staging with production.",
        "The developer should be held accountable.",
        "Sarah was told to wait but went ahead.",
        "The deployer left the admin port open.",
    ],
)
def test_what_is_said_of_careless_people_in_several_words_is_found(sentence: str) -> None:
    assert "L1" in {each.rule for each in check_text(sentence)}


@pytest.mark.parametrize(
    "sentence",
    [
        "The operator left the ticket open until Monday.",
        "Around 16:00 the engineer took down elastic1001 to set up its partition.",
        "The support agent dropped the call and rang back.",
        "The release manager took down the notes of the meeting.",
        "The retry loop was slow to give up.",
        "The scheduler confused staging with production.",
    ],
)
def test_the_same_words_about_things_or_in_another_sense_are_left_alone(sentence: str) -> None:
    assert "L1" not in {each.rule for each in check_text(sentence)}

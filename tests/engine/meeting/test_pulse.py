"""The pulse: shares only where they give nobody away."""

from __future__ import annotations

from dataclasses import fields
from itertools import permutations

from afteraction.engine.meeting.pulse import PulseAnswer, take_pulse

YES = PulseAnswer(learnt=True, again=True, hard=False)
NO = PulseAnswer(learnt=False, again=False, hard=True)


def test_below_five_answers_only_their_number_is_shown() -> None:
    for count in range(5):
        pulse = take_pulse([YES] * count)
        assert (pulse.sheets, pulse.worth_it) == (count, None)
        assert all(each.yes is None and each.share is None for each in pulse.tallies)
        assert "learnt something" not in pulse.sentence


def test_from_five_on_the_shares_are_shown() -> None:
    pulse = take_pulse([YES, YES, YES, NO, NO])
    assert [(each.answered, each.yes) for each in pulse.tallies] == [(5, 3), (5, 3), (5, 2)]
    assert pulse.sentence == (
        "5 answers: 3 of 5 learnt something, 3 of 5 would come again, 2 of 5 found something hard to say."
    )


def test_a_question_that_few_answered_is_withheld_by_itself() -> None:
    pulse = take_pulse([PulseAnswer(learnt=True, again=True)] * 5 + [PulseAnswer(hard=True)])
    assert {each.question: each.yes for each in pulse.tallies} == {"learnt": 5, "again": 5, "hard": None}
    assert pulse.sheets == 6


def test_it_was_worth_it_with_one_learner_and_half_who_would_come_again() -> None:
    one, half = PulseAnswer(learnt=True, again=False), PulseAnswer(learnt=False, again=True)
    assert take_pulse([one, half, half, half, NO, NO]).worth_it is True
    assert take_pulse([one, half, half, NO, NO, NO]).worth_it is False
    assert take_pulse([half] * 6).worth_it is False


def test_a_sheet_has_no_author_and_no_order() -> None:
    assert {each.name for each in fields(PulseAnswer)} == {"learnt", "again", "hard"}
    assert len({take_pulse(order) for order in permutations([YES, NO, YES, NO, YES])}) == 1
    assert take_pulse([PulseAnswer()] * 9).sheets == 0

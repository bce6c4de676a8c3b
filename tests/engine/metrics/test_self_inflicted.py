"""The share of incidents that a change of one's own set off, with what is not known told beside it."""

from __future__ import annotations

import pytest

from afteraction.engine.metrics.self_inflicted import self_inflicted


def test_eleven_of_seventeen_with_four_unknown():
    told = self_inflicted([True] * 11 + [False] * 6 + [None] * 4)
    assert told.sentence == (
        "11 of 17 incidents with a known trigger were set off by a change (65 %, 95 % interval 41 % to 83 %); "
        "of 4 the trigger is unknown, so among all it is between 52 % and 71 %."
    )
    assert told.share is not None and told.share[0] == pytest.approx(11 / 17)


def test_fewer_than_five_are_counted_and_no_share_is_printed():
    told = self_inflicted([True, True, False, None])
    assert told.share is None and told.with_unknown is None
    assert told.sentence == (
        "2 of 3 incidents with a known trigger were set off by a change; of 1 the trigger is unknown."
    )


def test_nothing_known_is_no_share_of_nought():
    assert self_inflicted([None, None]).share is None


def test_an_unknown_trigger_never_moves_the_share():
    few, many = self_inflicted([True, False] * 4), self_inflicted([True, False] * 4 + [None] * 40)
    assert few.share == many.share
    assert many.with_unknown is not None and many.with_unknown[0] < 0.1 and many.with_unknown[1] > 0.9

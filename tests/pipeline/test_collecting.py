"""While an analysis is made garbage is looked for rarely; afterwards as before."""

from __future__ import annotations

import gc

import pytest

from afteraction.pipeline.collecting import collecting_rarely


def test_the_usual_pace_comes_back_with_the_last_analysis():
    usual = gc.get_threshold()
    with collecting_rarely():
        rarely = gc.get_threshold()
        with collecting_rarely():
            pass
        assert gc.get_threshold() == rarely > usual
        assert gc.isenabled()
    assert gc.get_threshold() == usual


def test_the_usual_pace_comes_back_after_an_error():
    usual = gc.get_threshold()
    with pytest.raises(ValueError), collecting_rarely():
        raise ValueError
    assert gc.get_threshold() == usual

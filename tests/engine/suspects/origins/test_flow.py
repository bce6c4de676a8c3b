"""How much each service accounts for: along the calls, and alike in whatever order services and calls come."""

import random

import numpy as np
import pytest

from afteraction.engine.suspects.origins.departures import Window
from afteraction.engine.suspects.origins.flow import Series, find_shares

TIMES = np.arange(0.0, 100.0, 10.0)
WINDOW = Window(normal_until=40.0, begins=50.0, ends=100.0, recorded_until=100.0)
# Added up from left to right, these give another sum than from right to left.
EXCESS = {"bank": 0.1, "cart": 0.2, "mail": 0.3, "pay": 0.7, "quote": 1e-17, "ship": 1.1, "stock": 2.3, "tax": 0.4}


def slow(service: str, excess: float) -> Series:
    values = np.where(TIMES >= 50.0, 1.0 + excess, 1.0)
    return Series(service=service, metric="mean", times=TIMES, values=values, usual=1.0)


SYMPTOMS = [slow("web", 9.0), *(slow(*each) for each in EXCESS.items())]
CALLS = [("web", name) for name in EXCESS]


def test_the_rest_of_a_callers_wait_is_its_own() -> None:
    shares = find_shares(SYMPTOMS, {}, CALLS, WINDOW, "web")
    assert shares["web"].own == pytest.approx((9.0 - 5.1) / 9.0)
    assert shares["stock"].whole == pytest.approx(2.3 / 9.0)
    assert all(share.reached for share in shares.values())


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_services_and_calls_shows_nowhere(seed: int) -> None:
    shuffled = random.Random(seed)
    symptoms, calls = shuffled.sample(SYMPTOMS, len(SYMPTOMS)), shuffled.sample(CALLS, len(CALLS))
    found = find_shares(symptoms, {}, calls, WINDOW, "web")
    assert list(found.items()) == sorted(find_shares(SYMPTOMS, {}, CALLS, WINDOW, "web").items())

"""Incidents told by log lines alone, without ids of requests."""

import numpy as np
import pytest

from afteraction.engine.suspects import Alert, Case, rank
from afteraction.engine.suspects.origins import find_origins
from tests.engine.suspects.requests import Requests

FAULT = 900.0


def _day(seed: int = 3, *, rush: float = 1.0, fault: str = "", noise: float = 0.02) -> Case:
    """Web asks pay, pay asks bank. From second 900 on, half of what bank does fails where `fault` says so: it "writes"
    an error or falls "silent" for good, while those that ask complain."""
    found, random = Requests(), np.random.default_rng(seed)
    moments = np.concatenate((random.uniform(0, FAULT, 900), random.uniform(FAULT, 1200, int(300 * rush))))
    for at in np.sort(moments):
        bad = at >= FAULT and fault and random.random() < 0.5
        found.line(at, "web", "GET /buy", -1)
        found.line(at, "pay", "charge of <*>", -1)
        if random.random() < noise:
            found.line(at, "pay", "cache entry <*> is stale", -1, bad=True)
        if not bad:
            found.line(at, "bank", "booked <*>", -1)
            continue
        if fault == "writes":
            found.line(at, "bank", "ledger is read only", -1, bad=True)
        found.line(at, "pay", "call to bank failed: status <*>", -1, bad=True)
        found.line(at, "web", "upstream pay answered <*>", -1, bad=True)
        found.line(at, "web", "GET /buy ended with <*>", -1, bad=True)
    return Case(log_columns=found.line_table(), alert=Alert(fired_at=960.0))


@pytest.mark.parametrize("fault", ["writes", "silent"])
@pytest.mark.parametrize("rush", [0.5, 3.0])
def test_the_service_that_all_complaints_lead_to_stands_before_those_that_complain(fault: str, rush: float) -> None:
    told = rank(_day(fault=fault, rush=rush))
    assert told.listed[0].name == "bank"
    assert not told.abstained
    assert told.listed[0].terms[0].evidence[0].locator.line


@pytest.mark.parametrize("seed", range(8))
def test_more_lines_and_the_usual_errors_name_nobody(seed: int) -> None:
    told = rank(_day(seed, rush=3.0, noise=0.05))
    assert told.abstained
    assert all(one.log_odds < 1 for one in find_origins(_day(seed, rush=3.0)).values())


def test_errors_that_ended_before_the_alert_accuse_nobody() -> None:
    found = Requests()
    for at in np.arange(0.0, 1200.0, 1.0):
        found.line(at, "pay", "charge of <*>", -1)
        found.line(at, "bank", "booked <*>", -1)
        if at < 880:
            found.line(at, "bank", "ledger is read only", -1, bad=True)
    given = Case(log_columns=found.line_table(), alert=Alert(fired_at=900.0))
    assert find_origins(given)["bank"].log_odds < find_origins(_day(fault="writes"))["bank"].log_odds / 2


def test_few_lines_or_none_before_the_incident_say_nothing() -> None:
    found = Requests()
    for at in (955.0, 956.0, 957.0, 958.0):
        found.line(at, "bank", "ledger is read only", -1, bad=True)
        found.line(at, "pay", "charge of <*>", -1)
    told = rank(Case(log_columns=found.line_table(), alert=Alert(fired_at=960.0)))
    assert told.abstained
    assert "before" in told.why

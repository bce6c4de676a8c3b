"""Impact during which nothing of the impaired service spoke (R126)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from afteraction.engine.signals.blind_spots import Span, blind_spots

START = datetime(2031, 5, 12, 14, 2, tzinfo=UTC)
END = START + timedelta(minutes=50)
LEDGER = Span(service="ledger", start=START, end=END)


def spoke(service: str, minutes: float, lasted: float | None = None) -> Span:
    start = START + timedelta(minutes=minutes)
    return Span(service=service, start=start, end=start + timedelta(minutes=lasted) if lasted is not None else None)


def test_impact_without_a_signal_of_its_service_in_that_time_is_a_blind_spot() -> None:
    checkout, search = (Span(service=name, start=START, end=END) for name in ("checkout", "search"))
    signals = [spoke("Checkout", 9), spoke("ledger", -1), spoke("search", 50.1), spoke("payments", 0)]
    assert blind_spots([search, LEDGER, checkout], signals) == (LEDGER, search)
    assert blind_spots([], signals) == ()


def test_impact_that_is_not_over_waits_for_its_signal() -> None:
    lasting = Span(service="ledger", start=START)
    assert blind_spots([lasting], [spoke("ledger", 24 * 60)]) == ()
    assert blind_spots([lasting], [spoke("ledger", -1)]) == (lasting,)


def test_a_signal_that_began_before_and_still_spoke_is_heard() -> None:
    assert blind_spots([LEDGER], [spoke("ledger", -30, lasted=90)]) == ()
    assert blind_spots([LEDGER], [spoke("ledger", -30, lasted=29)]) == (LEDGER,)


def test_a_signal_that_names_no_service_may_be_anybodys() -> None:
    assert blind_spots([LEDGER], [spoke("", 9)]) == ()
    assert blind_spots([LEDGER], [spoke("", 51)]) == (LEDGER,)

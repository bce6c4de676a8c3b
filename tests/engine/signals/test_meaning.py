"""Names and units: what a metric says it is."""

from __future__ import annotations

import numpy as np
import pytest

from afteraction.engine.signals.meaning import Role, print_value, read_meaning
from tests.engine.signals.cast import series

SHARES = np.linspace(0, 0.9, 20)


@pytest.mark.parametrize(
    ("metric", "values", "role", "unit", "subject"),
    [
        ("http_server_duration_p99_ms", SHARES * 900, Role.LATENCY, "ms", "ledger duration"),
        ("ledger_pool_wait_seconds:p95", SHARES, Role.LATENCY, "s", "ledger pool wait"),
        ("error_rate_5xx_ratio", SHARES, Role.ERROR_SHARE, "share", "ledger error rate 5xx"),
        ("errors:share_rate1m", SHARES, Role.ERROR_SHARE, "share", "ledger error share"),
        ("charge_error_rate_pct", SHARES * 80, Role.ERROR_SHARE, "share", "ledger charge error rate"),
        ("errors_per_second", SHARES * 80, Role.ERROR_COUNT, "/s", "ledger errors"),
        ("disk_used_pct", SHARES, Role.SATURATION, "share", "ledger disk used"),
        ("memory_bytes", SHARES * 1e9, Role.SATURATION, "B", "ledger memory"),
        ("up", SHARES > 0.5, Role.AVAILABILITY, "", "ledger"),
        (
            'sum(rate(http_requests_total{code=~"5.."}[1m])) / sum(rate(http_requests_total[1m]))',
            SHARES, Role.ERROR_SHARE, "share", None,
        ),
    ],
)  # fmt: skip
def test_names_are_read_as_people_mean_them(metric, values, role, unit, subject):
    meaning = read_meaning(series(values, metric))
    assert (meaning.role, meaning.unit) == (role, unit)
    if subject is not None:
        assert meaning.subject == subject


def test_a_stated_unit_wins_over_the_name():
    assert read_meaning(series(SHARES, "response_time", unit="milliseconds")).unit == "ms"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.052, "s", "52 ms"), (2.4, "s", "2.4 s"), (52, "ms", "52 ms"), (4100, "ms", "4,100 ms"),
        (0.92, "share", "92 %"), (0.0654, "share", "6.54 %"), (3.2e9, "B", "3.2 GB"), (633.1, "/s", "633/s"),
        (0, "ms", "0 ms"), (34.7, "", "34.7"), (12_345_678, "", "12,300,000"),
    ],
)  # fmt: skip
def test_values_are_printed_with_their_units(value, unit, text):
    assert print_value(value, unit) == text

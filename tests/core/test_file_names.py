from __future__ import annotations

import pytest

from afteraction.core.errors import NaiveTime
from afteraction.core.file_names import stem_of, subject_in_name, time_in_name
from afteraction.core.instant import Precision


@pytest.mark.parametrize(
    ("name", "utc", "precision"),
    [
        ("grafana-2026-05-12T14-20Z.png", "2026-05-12T14:20:00+00:00", Precision.MINUTE),
        ("a/b.zip!c/payments-api.2026-05-12T13-50Z.yaml", "2026-05-12T13:50:00+00:00", Precision.MINUTE),
        ("board 2026-05-12 14.20.11 UTC.png", "2026-05-12T14:20:11+00:00", Precision.SECOND),
        ("db-20260512T142011Z.json", "2026-05-12T14:20:11+00:00", Precision.SECOND),
        ("pool_2026-05-12T16-20-11+0200.png", "2026-05-12T14:20:11+00:00", Precision.SECOND),
        ("pool_2026-05-12T09-20-0500.png", "2026-05-12T14:20:00+00:00", Precision.MINUTE),
    ],
)
def test_a_name_that_states_its_zone_needs_nothing_else(name: str, utc: str, precision: Precision) -> None:
    instant = time_in_name(name)
    assert instant is not None and instant.tz_known
    assert (instant.utc.isoformat(), instant.precision) == (utc, precision)


@pytest.mark.parametrize(
    ("name", "utc"),
    [
        ("screenshot 2026-05-12 at 14.20.11.png", "2026-05-12T12:20:11+00:00"),
        ("Screen Shot 2026-05-12 at 2.20.11\u202fPM.png", "2026-05-12T12:20:11+00:00"),
        ("Screenshot 2026-05-12 at 12.05.00 AM.png", "2026-05-11T22:05:00+00:00"),
        ("Screenshot 2026-05-12 142011.png", "2026-05-12T12:20:11+00:00"),
        ("Screenshot_20260512-142011.png", "2026-05-12T12:20:11+00:00"),
        ("Screenshot from 2026-05-12 14-20-11.png", "2026-05-12T12:20:11+00:00"),
        ("Bildschirmfoto 2026-05-12 um 14.20.11.png", "2026-05-12T12:20:11+00:00"),
        ("IMG_20260512_142011.jpg", "2026-05-12T12:20:11+00:00"),
        ("PXL_20260512_142011123.jpg", "2026-05-12T12:20:11+00:00"),
        ("config-2026-05-12.yaml", "2026-05-11T22:00:00+00:00"),
    ],
)
def test_a_name_without_a_zone_is_read_in_the_declared_one_or_refused(name: str, utc: str) -> None:
    instant = time_in_name(name, "Europe/Berlin")
    assert instant is not None and not instant.tz_known
    assert instant.utc.isoformat() == utc
    with pytest.raises(NaiveTime):
        time_in_name(name)


@pytest.mark.parametrize("name", ["board.png", "build-20261399.png", "v2.14.0.yaml", "1778595600000.png", "88213.png"])
def test_a_name_without_a_date_states_no_time(name: str) -> None:
    assert time_in_name(name) is None


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("x/grafana-ledger-pool-2026-05-12T14-20Z.png", "grafana-ledger-pool"),
        ("payments-api.2026-05-12T13-50Z.yaml", "payments-api"),
        ("Screenshot 2026-05-12 at 14.20.11 (2).png", ""),
        ("IMG_20260512_142011.jpg", ""),
        ("search-api.yaml", "search-api"),
    ],
)
def test_the_rest_of_a_name_says_what_it_shows(name: str, subject: str) -> None:
    assert subject_in_name(name) == subject


def test_a_stem_keeps_what_is_not_an_ending() -> None:
    assert stem_of("a/payments-api.2026-05-12T13-50Z.yaml") == "payments-api.2026-05-12T13-50Z"
    assert stem_of("app.properties.gz") == "app"

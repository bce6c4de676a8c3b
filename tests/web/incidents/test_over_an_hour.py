"""An outage of more than an hour is named as one, by the union of its impact windows."""

from __future__ import annotations

import pytest

from afteraction.web.incidents.finding.listed import lasted_over_an_hour
from afteraction.web.incidents.models import Incident


@pytest.mark.parametrize(
    ("minutes", "is_long"), [(59 + 59 / 60, False), (60.0, False), (60 + 1 / 60, True), (120, True), (None, False)]
)
def test_the_line_is_at_sixty_minutes_and_unknown_is_not_long(minutes: float | None, is_long: bool) -> None:
    assert lasted_over_an_hour(Incident(figures={"impact_min": minutes})) is is_long

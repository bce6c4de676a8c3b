"""M29: near-miss reports per month, and beside incidents."""

from __future__ import annotations

from datetime import date

from afteraction.engine.metrics.near_miss_reports import near_miss_reports

TODAY = date(2026, 2, 14)


def test_every_month_is_there_also_across_a_year_and_without_any() -> None:
    filed = [(date(2025, 12, 31), True), (date(2026, 2, 1), True), (date(2026, 2, 28), True), (date(2026, 2, 3), False)]
    found = near_miss_reports(filed, TODAY, 3)
    assert [(each.month, each.near_misses, each.incidents) for each in found.months] == [
        (date(2025, 12, 1), 1, 0), (date(2026, 1, 1), 0, 0), (date(2026, 2, 1), 2, 1),
    ]  # fmt: skip
    assert (found.near_misses, found.incidents, found.ratio) == (3, 1, 3.0)


def test_what_was_filed_before_is_not_counted_and_no_incident_is_no_ratio() -> None:
    found = near_miss_reports([(date(2025, 1, 31), False), (date(2026, 2, 1), True)], TODAY)
    assert (len(found.months), found.near_misses, found.incidents, found.ratio) == (12, 1, 0, None)


def test_one_more_report_raises_it_and_changes_no_count_of_incidents() -> None:
    before = [(date(2026, 2, 1), True), (date(2026, 2, 2), False)]
    less, more = near_miss_reports(before, TODAY), near_miss_reports([*before, (TODAY, True)], TODAY)
    assert more.near_misses == less.near_misses + 1 and more.incidents == less.incidents
    assert (less.ratio, more.ratio) == (1.0, 2.0)

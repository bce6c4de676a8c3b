"""Every clock gets its day and its zone from the text, and says when that had to be inferred."""

# Small documents stand in one line each.
# ruff: noqa: E501

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.formats.postmortem.writing import Reading


def test_a_list_that_crosses_midnight_goes_on_to_the_next_day_and_says_so() -> None:
    reading = Reading("# Outage\n\n### 2031-05-06\n\n- 23:50: alert\n- 00:10: restart\n- 00:30: fine\n")
    assert reading.times() == ["2031-05-06 23:50", "2031-05-07 00:10", "2031-05-07 00:30"]
    after = reading.events[1].instant
    assert after.inferred
    assert "date_inferred" in after.flags
    assert after.alternatives == (datetime(2031, 5, 6, 0, 10, tzinfo=UTC),)
    assert not reading.events[0].instant.inferred


def test_an_entry_slightly_out_of_order_stays_on_its_day() -> None:
    reading = Reading("# Outage 2031-05-06\n\n- 14:49: a\n- 14:43: b\n- 12:50: c\n- 14:55: d\n")
    assert reading.times() == ["2031-05-06 14:49", "2031-05-06 14:43", "2031-05-06 12:50", "2031-05-06 14:55"]
    assert "date_inferred" not in reading.events[1].instant.flags
    assert "date_inferred" in reading.events[2].instant.flags


def test_a_list_with_its_newest_entry_first_does_not_run_into_the_future() -> None:
    reading = Reading("# Outage 2031-05-06\n\n- 21:00 up\n- 14:50 stalled\n- 12:30 back\n- 06:20 down\n")
    assert reading.times() == ["2031-05-06 21:00", "2031-05-06 14:50", "2031-05-06 12:30", "2031-05-06 06:20"]


@pytest.mark.parametrize(
    "words",
    ["the next day 05:39", "Next day, 05:39", "05:39 the next day", "following morning 05:39", "05:39 (+1 day)"],
)
def test_the_next_day_follows_from_the_entry_before(words: str) -> None:
    reading = Reading(f"# Outage 2031-05-06\n\n- 04:30 latency high\n- {words}: latency normal\n")
    assert reading.times() == ["2031-05-06 04:30", "2031-05-07 05:39"]
    assert reading.events[1].instant.inferred


def test_a_date_in_one_entry_holds_for_the_next() -> None:
    reading = Reading("# Outage\n\n- 2031-05-06 10:15: a\n- 10:20: b\n- 2031-05-08 09:00: c\n- 09:05: d\n")
    assert reading.times() == ["2031-05-06 10:15", "2031-05-06 10:20", "2031-05-08 09:00", "2031-05-08 09:05"]


def test_an_entry_that_looks_back_does_not_move_the_day() -> None:
    text = (
        "# Docs down\n\n## Timeline\n\nUnless noted all events happened on 2031-05-06, and all times are in\nUTC.\n\n"
    )
    text += "- 2031-05-05 00:55: builds fail\n- 01:38: site down\n"
    assert Reading(text).times() == ["2031-05-05 00:55", "2031-05-06 01:38"]


def test_days_in_headings_hold_for_their_own_section() -> None:
    text = "# Outages\n\n## Incidents\n\n### May 6, 2031 - cache\n\n**Timeline:**\n\n- 21:45 UTC a\n\n"
    text += "### May 9, 2031 - limits\n\n**Timeline:**\n\n- 18:00 UTC b\n- 18:10 UTC c\n"
    assert Reading(text).times() == ["2031-05-06 21:45", "2031-05-09 18:00", "2031-05-09 18:10"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Outage of 6 May 2031\n\n- 10:15 a\n", "x.md"),
        ("# 2031-05-06, outage\n\n- 10:15 a\n", "x.md"),
        ('---\ntitle: "Report for 2031-05-06"\ndate: 2031-06-01\n---\n\n- 10:15 a\n', "x.md"),
        ("# Outage\n\nDate: 2031-05-06\n\n- 10:15 a\n", "x.md"),
        ("# Outage\n\n- **Date of incident**: May 6, 2031\n- 10:15 a\n", "x.md"),
    ],
)
def test_a_day_that_the_title_states_is_no_inference(text: str, name: str) -> None:
    reading = Reading(text, name)
    assert reading.times() == ["2031-05-06 10:15"]
    assert not reading.events[0].instant.inferred


@pytest.mark.parametrize(
    ("text", "name", "options"),
    [
        ("# Outage\n\n- 10:15 a\n", "2031-05-06-outage.md", {}),
        ("# Outage\n\n- 10:15 a\n", "reports/20310506-outage.md", {}),
        ("# Outage\n\nOn May 6, 2031 the shop was down.\n\n- 10:15 a\n", "x.md", {}),
        ("---\nauthor: nobody\ndate: 2031-05-06\n---\n# Outage\n\n- 10:15 a\n", "x.md", {}),
        ("# Outage\n\n- 10:15 a\n", "x.md", {"incident_start": "2031-05-06T10:00:00Z"}),
    ],
)
def test_a_day_from_elsewhere_is_an_inference(text: str, name: str, options: dict[str, str]) -> None:
    reading = Reading(text, name, **options)
    assert reading.times() == ["2031-05-06 10:15"]
    assert reading.events[0].instant.inferred
    assert "date_inferred" in reading.events[0].instant.flags


def test_without_any_date_nothing_is_invented() -> None:
    reading = Reading("# Outage\n\n- 10:15 a\n- 10:20 b\n- 10:25 c\n")
    assert reading.events == []
    (failure,) = reading.failures
    assert failure.lost == 3
    assert failure.locator.line == 3
    assert "--incident-start" in failure.next_step


@pytest.mark.parametrize("spelling", ["Dec 11, 23:19", "11. December, 23:19", "11 Dec 23:19", "December 11th at 23:19"])
def test_a_missing_year_follows_from_the_document(spelling: str) -> None:
    reading = Reading(f"# Outage of 2031-12-10\n\n- {spelling} UTC: fixed\n")
    assert reading.times() == ["2031-12-11 23:19"]
    assert "year_inferred" in reading.events[0].instant.flags


def test_a_missing_year_across_new_year_is_the_nearer_one() -> None:
    assert Reading("# Outage of 2031-12-31\n\n- Jan 1, 00:43 UTC: noticed\n").times() == ["2032-01-01 00:43"]


def test_the_year_may_come_from_outside() -> None:
    assert Reading("# Outage\n\n- Dec 11, 23:19 UTC: fixed\n", year=2031).times() == ["2031-12-11 23:19"]
    assert Reading("# Outage\n\n- Dec 11, 23:19 UTC: fixed\n").failures[0].next_step != ""


@pytest.mark.parametrize(
    ("statement", "hour"),
    [
        ("## Timeline\n\nAll times in CET.", 9),
        ("## Timeline (times in BST)", 9),
        ("## Timeline (UTC)", 10),
        ("## Timeline (all times PST)", 18),
        ("## Timeline\n\nAll times in CEST (UTC+2)", 8),
        ("## Timeline\n\n_All times are in UTC._", 10),
        ("## Timeline\n\nAll times in GMT+2", 8),
        ("## Timeline\n\nAll times in UTC+1 (Zurich time)", 9),
        ("## Timeline\n\nTimes are in Pacific Time (US & Canada).", 17),
        ("## Timeline\n\n*All times listed in this report are in\nBucharest.", 7),
        ("## Timeline\n\nTimezone: Europe/Berlin", 8),
        ("## Timeline\n\n2031-05-06 (all times UTC)", 10),
    ],
)
def test_a_zone_stated_for_the_timeline_holds_for_its_entries(statement: str, hour: int) -> None:
    reading = Reading(f"# Outage of 2031-05-06\n\n{statement}\n\n- 10:15 disk full\n")
    instant = reading.events[-1].instant
    assert instant.utc.hour == hour
    assert not instant.tz_known
    assert "zone_assumed" in instant.flags


def test_a_zone_may_stand_below_the_timeline_or_in_the_head_of_a_column() -> None:
    assert Reading("# Outage 2031-05-06\n\n- 10:15 a\n\nAll times in CET.\n").times() == ["2031-05-06 09:15"]
    table = "# Outage 2031-05-06\n\n| Time (PST) | Event |\n|---|---|\n| 10:15 | a |\n"
    assert Reading(table).times() == ["2031-05-06 18:15"]


def test_a_zone_beside_the_time_wins_and_is_known() -> None:
    reading = Reading(
        "# Outage 2031-05-06\n\nAll times in CET.\n\n- 04:15 EDT a\n- 10:20+02:00 b\n- 2031-05-06T10:25-05:00 c\n- 16:30 d\n"
    )
    assert reading.times() == ["2031-05-06 08:15", "2031-05-06 08:20", "2031-05-06 15:25", "2031-05-06 15:30"]
    assert [event.instant.tz_known for event in reading.events] == [True, True, True, False]
    assert reading.events[0].instant.source_tz == "EDT"


def test_a_document_without_zone_is_read_as_utc_or_as_declared_and_says_so() -> None:
    silent = Reading("# Outage 2031-05-06\n\n- 10:15 a\n").events[0].instant
    assert (silent.utc.hour, silent.tz_known, silent.flags) == (10, False, ("zone_assumed",))
    declared = Reading("# Outage 2031-05-06\n\n- 10:15 a\n", zone="Europe/Berlin").events[0].instant
    assert (declared.utc.hour, declared.source_tz) == (8, "Europe/Berlin")


def test_a_zone_wrapped_onto_the_next_line_is_read() -> None:
    text = "# Outage 2031-05-06\n\nAll times in PST.\n\nViolation started: May 6, 2031 at 5:02PM\nUTC (less than 1 sec ago)\n"
    assert "2031-05-06 17:02" in Reading(text).times()


def test_a_zone_with_several_meanings_is_named() -> None:
    reading = Reading("# Outage 2031-05-06\n\n- 10:15 IST a\n")
    assert not reading.events[0].instant.tz_known
    assert "IST" in reading.failures[0].reason


def test_local_times_of_a_clock_change_keep_both_candidates() -> None:
    fold = Reading("# Outage 2030-10-27\n\nTimezone: Europe/Berlin\n\n- 02:30 a\n").events[0].instant
    assert "ambiguous_local_time" in fold.flags
    assert len(fold.alternatives) == 1
    gap = Reading("# Outage 2031-03-30\n\nTimezone: Europe/Berlin\n\n- 02:30 a\n").events[0].instant
    assert "nonexistent_local_time" in gap.flags


def test_twelve_hour_clocks() -> None:
    reading = Reading(
        "# Outage 2031-05-06\n\n- 11:59 am a\n- 12:00 PM b\n- 12:01 p.m. c\n- 5pm d\n- 17:30pm e\n- 12:05 AM f\n"
    )
    assert [time[-5:] for time in reading.times()] == ["11:59", "12:00", "12:01", "17:00", "17:30", "00:05"]
    assert reading.times()[-1].startswith("2031-05-07")


def test_a_missing_half_of_the_day_is_flagged_not_filled_in() -> None:
    reading = Reading("# Outage 2031-05-06\n\n- 9:40 AM a\n- 11:50 AM b\n- 1:10 c\n- 2:00 PM d\n")
    assert "ampm_missing" in reading.events[2].instant.flags
    assert reading.events[2].instant.utc.hour == 1
    assert "ampm_missing" not in reading.events[1].instant.flags


def test_a_clock_after_noon_without_its_half_offers_the_afternoon() -> None:
    reading = Reading("# Outage 2031-05-06\n\n- 11:50 a\n- 1:10 b\n")
    assert "ampm_missing" in reading.events[1].instant.flags
    assert datetime(2031, 5, 6, 13, 10, tzinfo=UTC) in reading.events[1].instant.alternatives


def test_dots_instead_of_colons_are_read_and_flagged() -> None:
    reading = Reading(
        "# Outage 2031-05-06\n\n- 22.00 - 22.25 : a\n- 22.26 : b\n- Repaired 2031-05-06 22.30\n- 2031-05-06 9.05 c\n"
    )
    assert [time[-5:] for time in reading.times()] == ["22:00", "22:26", "22:30", "09:05"]
    assert all("dot_notation" in event.instant.flags for event in reading.events)


def test_version_numbers_and_ratios_are_no_times() -> None:
    text = "# Outage 2031-05-06\n\nOn Monday 3. May 2031, an upgrade from version 1.13 to 1.14 failed.\n\n- 10.12 is the new release\n- 1.14 rolled back\n"
    assert Reading(text).events == []


def test_day_and_month_follow_the_document_or_are_flagged() -> None:
    told = Reading("# Outage\n\n- 10/14/2031 10:00 a\n- 11/03/2031 10:00 b\n")
    assert told.times() == ["2031-10-14 10:00", "2031-11-03 10:00"]
    assert "day_month_swap" not in told.events[1].instant.flags
    open_question = Reading("# Outage\n\n- 07/08/31 01:02 a\n", "20310707-messages.txt").events[0].instant
    assert open_question.utc.date().isoformat() == "2031-07-08"
    assert "day_month_swap" in open_question.flags
    assert open_question.alternatives == (datetime(2031, 8, 7, 1, 2, tzinfo=UTC),)


def test_impossible_times_are_named_and_the_rest_is_kept() -> None:
    reading = Reading("# Outage 2031-05-06\n\n- 2031-13-05 10:00 a\n- 25:10 b\n- 10:15 c\n- 2031-02-30 10:20 d\n")
    assert reading.times() == ["2031-05-06 10:15"]
    assert [failure.locator.line for failure in reading.failures] == [3, 4, 6]
    assert all("The line says:" in failure.reason and failure.next_step for failure in reading.failures)


def test_a_weekday_alone_is_the_next_such_day() -> None:
    reading = Reading("# Outage 2031-05-06\n\n- Tue 21:00: a\n- Wed 09:00: b\n- Thursday 10:00: c\n")
    assert reading.times() == ["2031-05-06 21:00", "2031-05-07 09:00", "2031-05-08 10:00"]
    assert all("date_inferred" in event.instant.flags for event in reading.events)


def test_a_label_with_a_date_alone_is_precise_to_the_day() -> None:
    reading = Reading(
        "# Incident on 2031-01-05\n\n- First detected 2031-01-04 (Time TBC)\n- Resolved 2031-01-05 10:30\n"
    )
    assert reading.milestones() == [("t_detect", "2031-01-04 00:00"), ("t_resolved", "2031-01-05 10:30")]
    assert reading.events[0].instant.precision.value == "day"


def test_a_range_whose_written_end_lies_before_its_start_is_flagged() -> None:
    event = Reading("# Outage 2031-05-06\n\nImpact: 2031-05-06 10:00 to 2031-05-05 11:00\n").events[0]
    assert event.until is not None
    assert "before_start" in event.until.flags

"""Timelines are read in every style that people write them in. Services and dates are made up."""

# Small documents stand in one line each.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from tests.formats.postmortem.writing import Reading

TABLE = """# Basket service returned errors

## Timeline

All times in UTC.

| Time             | Event                                  |
| :--------------- | -------------------------------------- |
| 2031-05-06 08:14 | New basket release rolled out          |
| 2031-05-06 08:31 | First report of an error by a customer |
| 2031-05-06 09:02 | Release rolled back                    |
"""


def test_a_table_gives_one_event_per_row() -> None:
    reading = Reading(TABLE)
    assert reading.times() == ["2031-05-06 08:14", "2031-05-06 08:31", "2031-05-06 09:02"]
    assert reading.titles()[1] == "First report of an error by a customer"
    assert [event.evidence.locator.line for event in reading.events] == [9, 10, 11]
    assert reading.events[0].evidence.excerpt.startswith("| 2031-05-06 08:14 | New basket release")


def test_a_table_may_split_date_and_time_over_columns_and_put_year_and_zone_into_its_header() -> None:
    text = "# Proxy\n\n| Day | Date (2031) | Time (PST) | Event |\n|---|---|---|---|\n"
    text += "| Mon | Jun 27 | 13:47 | Node stopped |\n| Tues | Jun 28 | 7:05 | Node removed from the proxy |\n"
    reading = Reading(text)
    assert reading.times() == ["2031-06-27 21:47", "2031-06-28 15:05"]
    assert reading.titles() == ["Node stopped", "Node removed from the proxy"]
    assert "year_inferred" not in reading.events[0].instant.flags


def test_a_table_without_outer_bars() -> None:
    reading = Reading("# Outage 2031-05-06\n\nTime | Event\n--- | ---\n10:15 | Disk full\n10:40 | Disk cleared\n")
    assert reading.times() == ["2031-05-06 10:15", "2031-05-06 10:40"]


def test_a_table_of_labels_states_milestones() -> None:
    text = "# Incident 2031-05-06\n\n| Milestone | Time |\n|---|---|\n| Detected | 10:15 |\n| Resolved | 11:40 |\n"
    assert Reading(text).milestones() == [("t_detect", "2031-05-06 10:15"), ("t_resolved", "2031-05-06 11:40")]


@pytest.mark.parametrize(
    "entry",
    [
        "- 08:14: release rolled out",
        "* 08:14 release rolled out",
        "• 08:14 – release rolled out",
        "•08:14 release rolled out",
        "1. 08:14 release rolled out",
        "- [08:14] release rolled out",
        "- **08:14**: release rolled out",
        "- **08:14 UTC** - release rolled out",
        "- _**08:14**: release rolled out_",
        "- `08:14` release rolled out",
        "- 8:14 AM release rolled out",
        "- 08:14:00 release rolled out",
        "- 2031-05-06T08:14Z release rolled out",
        "- 20310506T0814 release rolled out",
        "- May 6, 08:14 UTC: release rolled out",
        "- 6th May 2031 08:14: release rolled out",
        "- 08:14 UTC (May 6): release rolled out",
        "- [2031/05/06 08:14 UTC] release rolled out",
        "- 0814 UTC release rolled out",
        "- 09:14 CET: release rolled out",
        "- 10:14 CEST (08:14 UTC): release rolled out",
        "08:14 - release rolled out",
        "08:14 – release rolled out",
        "[08:14] release rolled out",
        "Update 2031-05-06 08:14 UTC: release rolled out",
        "## 08:14\n\nrelease rolled out",
        "### 2031-05-06 08:14 - release rolled out",
        "== 08:14 ==\nrelease rolled out",
    ],
)
def test_one_entry_in_many_spellings(entry: str) -> None:
    reading = Reading(f"# Incident 2031-05-06\n\n## Timeline (UTC)\n\n{entry}\n")
    assert reading.times() == ["2031-05-06 08:14"]
    assert reading.titles() == ["release rolled out"]


@pytest.mark.parametrize(
    "spelling", ["17:45-18:00", "17:45 – 18:00", "[17:45 -> 18:00]", "17:45 to 18:00", "17:45UTC-18:00UTC"]
)
def test_a_range_has_an_end(spelling: str) -> None:
    event = Reading(f"# Incident 2031-05-06\n\n- {spelling} cache rebuilt\n").events[0]
    assert event.until is not None
    assert (event.instant.utc.hour, event.until.utc.hour, event.until.utc.minute) == (17, 18, 0)
    assert event.title == "cache rebuilt"


def test_a_range_may_end_with_its_minutes_only_or_after_midnight() -> None:
    reading = Reading("# Incident 2031-05-06\n\n- 18:04-05: confusion\n- 23:50 - 00:20: restart\n")
    assert [event.until.utc.isoformat() for event in reading.events if event.until] == [
        "2031-05-06T18:05:00+00:00",
        "2031-05-07T00:20:00+00:00",
    ]


def test_two_times_of_one_entry_are_two_events_at_places_of_their_own() -> None:
    reading = Reading("# Incident 2031-05-06\n\n- 19:31 & 19:54: more workers started\n")
    assert reading.times() == ["2031-05-06 19:31", "2031-05-06 19:54"]
    assert len({event.own_id for event in reading.events}) == 2


def test_headings_that_are_times_take_their_paragraph_along() -> None:
    text = "# 2031-05-06, Queue stuck\n\n## Timeline\n\nAll times in CET\n\n"
    text += "### 2031-05-06 08:14\n\nThe queue of the mailer grows,\nnobody is paged.\n\n### 08:40\n\nDrained.\n"
    reading = Reading(text)
    assert reading.times() == ["2031-05-06 07:14", "2031-05-06 07:40"]
    assert reading.titles() == ["The queue of the mailer grows, nobody is paged.", "Drained."]


def test_a_wrapped_list_entry_is_one_title_and_deeper_lines_are_its_body() -> None:
    text = "# Incident 2031-05-06\n\n- 10:15: the author of the plugin\n  reports it as broken\n  - ticket 17\n- 10:20: fixed\n"
    reading = Reading(text)
    assert reading.titles() == ["the author of the plugin reports it as broken", "fixed"]
    assert reading.events[0].body == "ticket 17"


def test_bare_lines() -> None:
    reading = Reading("Outage of the shop\n\n08:14 - release\n\n08:31 - errors\n", "20310506-shop.txt")
    assert reading.times() == ["2031-05-06 08:14", "2031-05-06 08:31"]


def test_a_pdf_export_with_lone_dates_page_feet_and_wrapped_lines() -> None:
    text = """IMPACT TIME
Feb 11 at 08:46 to Feb 11 at 22:44
DURATION
13h 58m
*All times listed in this report are in
Bucharest.
Servers do not start
Timeline
Feb 11, 2031
Report - https://pages.example/export
1 of 3 20.02.2031, 14:50
8:46 AM Alert is triggered, but is outside
working hours of engineers
10:44 PM Community confirms everything is ok
Feb 12, 2031
3:15 PM Outage is closed
"""
    reading = Reading(text, "servers.pdf.txt")
    assert reading.times() == ["2031-02-11 06:46", "2031-02-11 06:46", "2031-02-11 20:44", "2031-02-12 13:15"]
    assert reading.titles()[1] == "Alert is triggered, but is outside working hours of engineers"
    assert reading.milestones() == [("t_impact_start", "2031-02-11 06:46"), ("t_closed", "2031-02-12 13:15")]
    assert reading.events[0].until is not None
    assert reading.events[0].until.utc.isoformat() == "2031-02-11T20:44:00+00:00"
    assert reading.stated() == {"stated_duration": "13h 58m"}


def test_a_status_page_puts_the_time_below_its_message_and_the_newest_first() -> None:
    text = "# Incident: checkout down\n\nResolved - Checkout works.\nMay 06, 2031 - 09:12 UTC\n\n"
    text += "Investigating - Checkout is slow.\nMay 06, 2031 - 08:31 UTC\n"
    reading = Reading(text)
    assert reading.times() == ["2031-05-06 09:12", "2031-05-06 08:31"]
    assert reading.titles() == ["Resolved - Checkout works.", "Investigating - Checkout is slow."]


def test_running_text_is_read_where_there_is_no_timeline() -> None:
    text = "At 16:15 UTC a check warned. We looked. At 17:01 UTC all shards were assigned.\n"
    reading = Reading(text, "20310506-search.txt")
    assert reading.times() == ["2031-05-06 16:15", "2031-05-06 17:01"]
    assert reading.titles() == ["At 16:15 UTC a check warned.", "At 17:01 UTC all shards were assigned."]
    assert all(event.instant.confidence <= 0.6 for event in reading.events)


def test_running_text_does_not_repeat_the_timeline() -> None:
    text = "# Incident 2031-05-06\n\nAt 10:15 UTC the disk was full.\n\n- 10:15 UTC: disk full\n- 10:30 UTC: cleared\n- 10:31 UTC: ok\n"
    assert Reading(text).times() == ["2031-05-06 10:15", "2031-05-06 10:30", "2031-05-06 10:31"]


def test_code_addresses_action_items_and_office_hours_hold_no_events() -> None:
    text = """# Incident 2031-05-06

- 10:15 disk full, see https://logs.example/2031-05-06T10:11:12Z?to=10:30
- Time to resolve: 7h (during support hours 10:00-17:00)

```
2031-05-06 10:16:00 ERROR disk
```

<!-- 10:17 not yet checked -->

## Action items

- 10:30 meeting every day
- 2031-06-01: buy a bigger disk
"""
    assert Reading(text).times() == ["2031-05-06 10:15"]


def test_days_without_clocks_are_events_a_day_long() -> None:
    text = "# Key leaked\n\n## Timeline\n\n- 2031-03-03: image with the key published\n- 2031-03-07 7:09 AM UTC: key revoked\n"
    reading = Reading(text)
    assert reading.times() == ["2031-03-03 00:00", "2031-03-07 07:09"]
    assert [event.instant.precision.value for event in reading.events] == ["day", "min"]


@pytest.mark.parametrize(
    "spelling", ["~13:25", "ca. 13:25", "Around 13:25", "13:25 (approx)", "13:25 or so", "approximately 13:25"]
)
def test_a_rough_time_is_approximate(spelling: str) -> None:
    assert Reading(f"# Incident 2031-05-06\n\n- {spelling} disk full\n").events[0].instant.precision.value == "≈"


def test_a_document_may_call_all_its_times_approximate() -> None:
    reading = Reading("# Outage 5-6-31\n\n## Timeline (all times approximate)\n\n- 04:49 PM UTC branch renamed\n")
    assert reading.times() == ["2031-05-06 16:49"]
    assert reading.events[0].instant.precision.value == "≈"


def test_precision_follows_the_spelling() -> None:
    reading = Reading("# Incident 2031-05-06\n\n- 10:15 a\n- 10:15:33 b\n- 5 PM c\n")
    assert [event.instant.precision.value for event in reading.events] == ["min", "s", "h"]
    assert all(event.instant.source.value == "human" for event in reading.events)


def test_rows_of_html_tables_in_one_line() -> None:
    text = "# Incident 2031-05-06\n\n<table>\n<tr><td>10:15</td><td>Disk full</td></tr>\n<tr><td>10:20</td><td>Cleared</td></tr>\n</table>\n"
    reading = Reading(text)
    assert reading.times() == ["2031-05-06 10:15", "2031-05-06 10:20"]
    assert reading.titles() == ["Disk full", "Cleared"]


def test_entries_sewn_onto_one_line_are_taken_apart() -> None:
    reading = Reading(
        "# Incident 2031-05-06\n\n18:20 - Package uploaded. 18:30 - Reports of failing commands come in.\n"
    )
    assert reading.times() == ["2031-05-06 18:20", "2031-05-06 18:30"]
    assert reading.titles() == ["Package uploaded.", "Reports of failing commands come in."]

"""Timelines are read in every style that people write them in."""

from __future__ import annotations

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
    assert [event.title for event in reading.events][1] == "First report of an error by a customer"
    assert [event.evidence.locator.line for event in reading.events] == [9, 10, 11]


def test_a_list_under_a_dated_heading() -> None:
    reading = Reading("# Outage\n\n## Timeline (UTC)\n\n### 2031-05-06\n\n- 08:14: release\n- 08:31: errors\n")
    assert reading.times() == ["2031-05-06 08:14", "2031-05-06 08:31"]


def test_headings_that_are_times() -> None:
    text = "# 2031-05-06, Queue stuck\n\n## Timeline\n\nAll times in CET\n\n"
    text += "### 2031-05-06 08:14\n\nQueue grows.\n\n### 08:40\n\nDrained.\n"
    reading = Reading(text)
    assert reading.times() == ["2031-05-06 07:14", "2031-05-06 07:40"]
    assert [event.title for event in reading.events] == ["Queue grows.", "Drained."]


def test_bare_lines() -> None:
    reading = Reading("Outage of 6 May 2031\n\n08:14 - release\n\n08:31 - errors\n", "20310506-basket.txt")
    assert reading.times() == ["2031-05-06 08:14", "2031-05-06 08:31"]

"""What looks mistyped is flagged with a proposal, and stays as it was written."""

# Small documents stand in one line each.
# ruff: noqa: E501

from __future__ import annotations

from datetime import UTC, datetime

from tests.formats.postmortem.writing import Reading

TWO_REPAIRS = """# Incident on 2031-07-25 - Metrics down

- **Key events**
  - First detected: 2031-07-25 14:05
  - Repaired: 2031-07-25 15:55
  - Resolved 2031-09-25 15:55

- **Second occurrence**
  - Repaired: 2031-07-25 16:18
  - Resolved 2031-07-05 16:18

- **Time to repair**: 1h 50m
"""


def test_two_repairs_and_two_mistyped_resolutions() -> None:
    reading = Reading(TWO_REPAIRS)
    assert [time for name, time in reading.milestones() if name == "t_mitigated"] == [
        "2031-07-25 15:55",
        "2031-07-25 16:18",
    ]
    wrong_month, before = (event for event in reading.events if event.attributes["milestone"] == "t_resolved")
    assert "implausible_month" in wrong_month.instant.flags
    assert wrong_month.instant.utc == datetime(2031, 9, 25, 15, 55, tzinfo=UTC)
    assert datetime(2031, 7, 25, 15, 55, tzinfo=UTC) in wrong_month.instant.alternatives
    assert "before_start" in before.instant.flags
    assert before.instant.utc == datetime(2031, 7, 5, 16, 18, tzinfo=UTC)
    assert reading.stated() == {"stated_time_to_repair": "1h 50m"}


def test_last_year_in_january_is_a_usual_slip() -> None:
    text = "# Incident on 2031-01-05\n\n- First detected 2031-01-05 08:56\n- Incident declared 2030-01-05 08:56\n- Resolved 2030-02-01 10:30\n"
    first, declared, resolved = (event.instant for event in Reading(text).events)
    assert "implausible_year" not in first.flags
    assert "implausible_year" in declared.flags
    assert datetime(2031, 1, 5, 8, 56, tzinfo=UTC) in declared.alternatives
    assert "implausible_year" in resolved.flags
    assert resolved.utc.year == 2030


def test_a_year_of_five_digits_is_a_failure_and_a_proposal() -> None:
    text = "# Incident on 2031-03-18\n\n- First detected 20231-03-18 09:36\n- Repaired 2031-03-18 10:40\n- **Time to repair**: 1h 37m\n"
    reading = Reading(text)
    proposed = reading.events[0]
    assert proposed.instant.utc == datetime(2031, 3, 18, 9, 36, tzinfo=UTC)
    assert "five_digit_year" in proposed.instant.flags
    assert proposed.instant.confidence <= 0.3
    assert proposed.instant.original_text == "20231-03-18 09:36"
    (failure,) = reading.failures
    assert failure.locator.line == 3
    assert "5 digits" in failure.reason
    assert "20231-03-18 09:36" in failure.reason


def test_a_year_that_cannot_be_repaired_is_a_failure_only() -> None:
    reading = Reading("# Incident on 2031-03-18\n\n- First detected 98765-03-18 09:36\n- Repaired 2031-03-18 10:40\n")
    assert reading.times() == ["2031-03-18 10:40"]
    assert "98765" in reading.failures[0].reason


def test_declared_after_repair_is_allowed() -> None:
    reading = Reading("# Incident on 2031-07-12\n\n- Repaired 2031-07-12 15:51\n- Incident declared 2031-07-12 16:09\n")
    assert all(set(event.instant.flags) <= {"zone_assumed"} for event in reading.events)


def test_a_time_far_from_its_neighbours_is_flagged() -> None:
    text = "# Incident on 2031-07-12\n\n- 2031-02-01 10:00: rule merged\n- 2031-07-12 10:00: mail fails\n- 2031-07-12 10:10: fixed\n"
    flags = [event.instant.flags for event in Reading(text).events]
    assert "far_from_neighbours" in flags[0]
    assert "far_from_neighbours" not in flags[1]


def test_a_time_after_the_evidence_was_collected_is_flagged() -> None:
    text = "# Incident on 2031-07-12\n\n- 2031-07-12 10:00: mail fails\n- 2031-07-14 10:10: fixed\n"
    flags = [event.instant.flags for event in Reading(text, collected_at="2031-07-13T00:00:00+00:00").events]
    assert "in_future" not in flags[0]
    assert "in_future" in flags[1]

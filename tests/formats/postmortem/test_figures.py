"""Figures that the text states are quoted with their line, never computed."""

# Small documents stand in one line each.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from tests.formats.postmortem.writing import Reading


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("- Time to detection: 7 min", "stated_time_to_detect", "7 min"),
        ("- Time to recovery:  87 minutes", "stated_time_to_recover", "87 minutes"),
        ("- Time to detection: ?", "stated_time_to_detect", "?"),
        ("- **Time to repair**: 0h 16m", "stated_time_to_repair", "0h 16m"),
        ("- **Time to repair**: 4h45", "stated_time_to_repair", "4h45"),
        ("- **Time to resolve**: 33h15 support hours 10-17", "stated_time_to_resolve", "33h15 support hours 10-17"),
        ("- **Mean Time to Repair**: 35h 36m", "stated_mean_time_to_repair", "35h 36m"),
        ("**Duration:** 21:45 to 23:28 UTC (103 minutes)", "stated_duration", "103 minutes"),
        ("DURATION\n2h 13m 22s", "stated_duration", "2h 13m 22s"),
        ("| Total downtime | 47 min |", "stated_duration", "47 min"),
        (
            "The outage lasted approximately five minutes, in all it lasted for 46 minutes.",
            "stated_duration",
            "46 minutes",
        ),
        ("Customers affected: 1,204", "stated_users", "1,204"),
        ("About 12,000 users were unable to log in.", "stated_users", "About 12,000 users"),
        ("Roughly 3.7M requests failed.", "stated_requests", "Roughly 3.7M requests"),
        ("~38% of evaluation requests returned errors.", "stated_share", "~38% of evaluation requests"),
        ("Estimated cost: £4,200", "stated_cost", "£4,200"),
        ("We lost $12,500 in fees.", "stated_cost", "$12,500"),
    ],
)
def test_a_stated_figure(line: str, name: str, value: str) -> None:
    text = f"# Incident 2031-05-06\n\n{line}\n"
    reading = Reading(text)
    assert reading.stated().get(name) == value
    ref = next(ref for found, _, ref in reading.document.stated if found == name)
    assert ref.locator.line is not None
    assert value.split()[0] in text.split("\n")[ref.locator.line - 1]


def test_severity_services_zone_and_sections_are_kept() -> None:
    text = "# Incident 2031-05-06\n\nSeverity: SEV-2\n\nAffected services: basket, checkout\n\n## Timeline (UTC)\n\n## Impact\n"
    attributes = Reading(text).document.attributes
    assert attributes["severity"] == "SEV-2"
    assert attributes["services"] == "basket, checkout"
    assert attributes["zone"] == "UTC"
    assert attributes["day"] == "2031-05-06"
    assert attributes["sections"] == "Incident 2031-05-06; Timeline (UTC); Impact"


def test_ordinary_numbers_are_no_figures() -> None:
    assert Reading("# Incident 2031-05-06\n\n1. Users came back\n2. We run 12 nodes of 3 sizes\n").document.stated == ()

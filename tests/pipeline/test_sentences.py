"""Figures are said in the unit that reads best, with the margin only where it matters."""

import pytest

from afteraction.pipeline.report.sentences import clock, figure, seconds


@pytest.mark.parametrize(
    ("value", "said"),
    [(44, "44 s"), (104, "1 min 44 s"), (-96, "−1 min 36 s"), (3540, "59 min"), (17_100, "4 h 45 min"), (7200, "2 h"),
     (9735 * 60, "6.8 days"), (7.5 * 365.25 * 86_400, "7.5 years")],
)  # fmt: skip
def test_a_length_of_time(value, said):
    assert seconds(value) == said


def metric(**given):
    return {
        "state": "value",
        "value": None,
        "low": None,
        "high": None,
        "unit": "s",
        "alternatives": [],
        "note": "",
    } | given


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (metric(value=519, low=488, high=549), "9 min ± 1"),
        (metric(value=540, low=480, high=600), "9 min ± 1"),
        (metric(value=104, low=103, high=105), "1 min 44 s"),
        (metric(state="unknown"), "unknown"),
        (metric(state="not_applicable"), "not applicable"),
        (metric(state="at_least", value=4320), "at least 72 min"),
        (metric(state="conflict", alternatives=[metric(value=4800), metric(value=5280)]), "80 min or 88 min"),
        (metric(value=59, unit="min"), "59 min"),
        (metric(value=164_388, unit="GBP"), "£164,388"),
    ],
)
def test_a_figure(given, said):
    assert figure(given) == said


@pytest.mark.parametrize(
    ("precision", "low", "high", "said"),
    [
        ("s", "14:02:02", "14:02:03", "14:02:02"),
        ("min", "14:02:02", "14:03:02", "14:02"),
        ("≈", "14:01:54", "14:02:09", "≈ 14:02"),
        ("≈", "14:02:00", "14:02:04", "≈ 14:02:02"),
    ],
)
def test_a_time_is_shown_no_more_precisely_than_it_is_known(precision, low, high, said):
    instant = {name: f"2026-05-12T{text}Z" for name, text in (("value", "14:02:02"), ("low", low), ("high", high))}
    assert clock(instant | {"precision": precision}) == said

"""Working hours as a clock of their own, and the glossary."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from afteraction.engine.metrics import business, compute, explain
from afteraction.engine.metrics.business import working_hours
from afteraction.engine.metrics.figures import spoken
from afteraction.engine.metrics.stated import read_duration
from tests.engine.metrics.cast import figures, milestones


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_nights_weekends_and_free_days_do_not_count():
    clock = business(working_hours("09:00", "17:00", free=[date(2030, 1, 8)]))
    friday, monday, wednesday = "2030-01-04T16:00", "2030-01-07T10:00", "2030-01-09T09:30"
    assert clock.seconds(moment(friday), moment(monday)) == 2 * 3600
    assert clock.seconds(moment(monday), moment(wednesday)) == 7.5 * 3600
    assert clock.seconds(moment(monday), moment(friday)) == -2 * 3600


def test_a_working_day_keeps_its_length_over_a_clock_change():
    clock = business(working_hours("09:00", "17:00", zone="Europe/Berlin"))
    # Summer time began on Sunday 31 March 2030: Friday's end and Monday's beginning are an hour closer in UTC.
    assert clock.seconds(moment("2030-03-29T15:00"), moment("2030-04-01T08:00")) == 2 * 3600


def test_only_single_differences_are_restated():
    clock = business(working_hours("09:00", "17:00"))
    metrics = figures(milestones=milestones(detected="2030-01-07 10:00"))
    assert clock.restate(metrics["M07"]).value is None


@pytest.mark.parametrize(
    ("term", "metrics"),
    [("mttr", {"M08", "M09"}), ("MTTD", {"M01", "M02"}), ("TTR", {"M03", "M07", "M08", "M09"}), ("ttd", {"M01"})],
)
def test_the_glossary_says_which_metric_answers(term, metrics):
    found = explain(term)
    assert found is not None and set(found.metrics) == metrics


def test_every_metric_of_the_glossary_exists():
    from afteraction.core.analysis import Facts
    from afteraction.core.digests import Settings
    from afteraction.engine.metrics import GLOSSARY

    assert {metric for word in GLOSSARY for metric in word.metrics} <= set(compute(Facts(), Settings()))


def test_a_word_nobody_defined_is_not_explained():
    assert explain("MTBX") is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("4h45", 285), ("1h50m", 110), ("1h 37m", 97), ("2 hours 5 minutes", 125), ("90 min", 90), ("1d 2h", 1560)],
)
def test_written_durations_are_read(text, minutes):
    assert read_duration(text) == minutes * 60


@pytest.mark.parametrize("text", ["", "soon", "17", "10:45", "about two hours"])
def test_what_is_no_duration_is_not_read_as_one(text):
    assert read_duration(text) is None


def test_lengths_are_spoken_in_two_units():
    assert [spoken(s) for s in (-96, 2700, 4320, 100_000)] == ["1 min 36 s", "45 min", "1 h 12 min", "1 d 3 h"]

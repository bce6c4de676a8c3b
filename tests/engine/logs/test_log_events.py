"""What logs put on a timeline: the onset of errors, new errors, and processes speaking of themselves."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import numpy as np
import pytest

from afteraction.core.digests import LogMinute, LogTemplate
from afteraction.core.evidence import EvidenceRef, Locator
from afteraction.core.instant import Precision
from afteraction.core.records import EventKind, Lane
from afteraction.engine.logs import log_events
from afteraction.engine.logs.lifecycle import read_lifecycle

BEGIN = datetime(2031, 5, 6, 12, tzinfo=UTC).timestamp()


def ref(line):
    return EvidenceRef("c" * 64, Locator(line=line))


def counted(errors, service="till", *, failures=None, requests=0, begin=BEGIN):
    return [
        LogMinute(
            minute=begin + 60 * i, service=service, lines=100, errors=int(count), requests=requests,
            failures=int(failures[i]) if failures is not None else 0, evidence=ref(10_000 + i),
        )
        for i, count in enumerate(errors)
    ]  # fmt: skip


def template(example, minute, *, level="error", service="till", lines=5, last=None, line=7):
    first = BEGIN + 60 * minute
    return LogTemplate(
        template=example, service=service, level=level, lines=lines, first=first,
        last=first + 600 if last is None else BEGIN + 60 * last, example=example, evidence=ref(line),
    )  # fmt: skip


def clock(instant):
    return instant.utc.strftime("%H:%M:%S")


def test_the_first_loud_minute_is_the_onset_and_the_first_calm_one_its_end():
    errors = [0, 1, 0, 0, 1, 0, 0, 0, 1, 0, *[40] * 10, *[0] * 15]
    (event,) = log_events([], counted(errors))
    assert (event.lane, event.kind, event.service) == (Lane.LOGS, EventKind.SIGNAL, "till")
    assert (clock(event.instant), event.instant.precision) == ("12:10:00", Precision.MINUTE)
    assert clock(event.until) == "12:20:00"
    assert event.title == "till: error lines rise to 40 a minute"
    assert event.evidence == ref(10_010)


def test_an_error_message_of_that_minute_tells_the_second_and_is_told_once():
    errors = [0] * 10 + [40] * 10
    found = log_events([template("no lock within 2 s", 10.4, lines=390, line=812)], counted(errors))
    assert [(clock(event.instant), event.evidence) for event in found] == [("12:10:24", ref(812))]
    assert found[0].instant.precision is Precision.SECOND
    assert "no lock within 2 s" in found[0].body


def test_answers_of_500_and_above_count_where_lines_have_no_level():
    calm, loud = [0] * 12, [30] * 6
    (event,) = log_events([], counted([0] * 18, failures=calm + loud, requests=60))
    assert "answers with a status of 500 or above rise to 30 a minute" in event.title


def test_a_log_that_begins_with_errors_gives_a_note_since_nobody_saw_the_onset():
    (event,) = log_events([], counted([40] * 10 + [0] * 30))
    assert event.kind is EventKind.NOTE
    assert "from its first minute on" in event.title


@pytest.mark.parametrize("usual", [0.05, 1, 20])
def test_chance_is_no_onset(usual):
    random = np.random.default_rng(5)
    false = sum(bool(log_events([], counted(random.poisson(usual, 240)))) for _ in range(60))
    assert false <= 1


def test_a_few_calm_minutes_do_not_make_a_second_onset_but_a_long_calm_does():
    short = [0] * 10 + [40] * 3 + [0] * 3 + [40] * 3 + [0] * 20
    long = [0] * 10 + [40] * 3 + [0] * 30 + [40] * 3 + [0] * 20
    assert len(log_events([], counted(short))) == 1
    assert [clock(event.instant) for event in log_events([], counted(long))] == ["12:10:00", "12:43:00"]


def test_minutes_without_any_line_count_as_calm_even_across_years():
    minutes = counted([0] * 10) + counted([40] * 5, begin=BEGIN + 3600) + counted([0], begin=BEGIN + 9e8)
    (event,) = log_events([], minutes)
    assert (clock(event.instant), clock(event.until)) == ("13:00:00", "13:05:00")


def test_errors_that_were_there_before_are_not_new():
    minutes = counted([1] * 30 + [40] * 10)
    old = template("card refused by issuer", 3, lines=60, last=39, line=1)
    new = template("no lock within 2 s", 31, lines=300, last=39, line=2)
    titles = [event.title for event in log_events([old, new], minutes)]
    assert "till: no lock within 2 s" in titles
    assert not any("card refused" in title for title in titles)


def test_a_failed_request_of_an_access_log_is_no_new_message():
    found = log_events([template("POST /pay HTTP/1.1", 31, lines=300)], counted([0] * 40))
    assert found == []


@pytest.mark.parametrize(
    ("message", "word", "kind"),
    [
        ("starting checkout", "start", EventKind.NOTE),
        ("Server listening on :8080", "start", EventKind.NOTE),
        ("received SIGTERM, shutting down", "stop", EventKind.NOTE),
        ("Memory cgroup out of memory: Killed process 4121 (java)", "out of memory", EventKind.SIGNAL),
        ("panic: runtime error: invalid memory address", "crash", EventKind.SIGNAL),
        ("write failed: no space left on device", "disk full", EventKind.SIGNAL),
        ("Rolling back to release 41", "rollback", EventKind.ACTION),
        ("deploy v2 finished", "deployment", EventKind.ACTION),
        ("feature flag new_basket enabled for 50 %", "flag", EventKind.ACTION),
        ("failover to replica-2 complete", "failover", EventKind.ACTION),
        ("scaled out to 12 pods", "scaling", EventKind.ACTION),
    ],
)
def test_lines_about_a_process_are_understood(message, word, kind):
    found = read_lifecycle(message)
    assert found is not None and (found.word, found.kind) == (word, kind)
    (event,) = log_events([template(message, 20, level="info", lines=1)], [])
    assert (event.kind, event.evidence) == (kind, ref(7))


@pytest.mark.parametrize(
    "message", ["order 51 paid", "request started", "request handled in 5 ms", "user restarted their trial of a movie"]
)
def test_ordinary_lines_are_none_of_these(message):
    assert log_events([template(message, 20, level="info", lines=3000)], []) == []


def test_the_line_of_every_request_is_no_lifecycle_line():
    assert log_events([template("starting request", 1, level="info", lines=50_000)], []) == []


def test_there_are_never_more_than_fifty_per_service():
    many = [template(f"migration step {i} done", i / 10, level="info", lines=1, line=i + 1) for i in range(300)]
    assert len(log_events(many, [])) == 50


def test_many_templates_cost_little():
    many = [
        template(f"thing {i} moved from here to there with a long tail of words", i / 100, line=i)
        for i in range(20_000)
    ]
    begin = time.process_time()
    log_events(many, [])
    assert time.process_time() - begin < 5.0

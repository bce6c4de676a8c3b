"""Feeds of status pages: the same updates as in JSON, with times that state no year."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.instant import Precision
from afteraction.core.records import EventKind, Lane
from afteraction.formats.statuspage import reader as module
from afteraction.formats.statuspage.reader import READER
from tests.effort import examples
from tests.formats.originals import file, original, read, winner

SAMPLE = Path(module.__file__).parent / "sample.atom"
TEXT = SAMPLE.read_text()


def feed(*entries: str) -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>X Status - Incident History</title>{"".join(entries)}</feed>'
    )


def entry(time: str, published: str = "2026-01-02T10:00:00Z") -> str:
    content = html.escape(f"<p><small>{time}</small><br><strong>Update</strong> - We look into it.</p>")
    return f"<entry><published>{published}</published><title>t</title><content>{content}</content></entry>"


def test_an_entry_of_atom_holds_its_updates():
    assert winner(file(SAMPLE)) == "statuspage"
    (resolved, investigating), failures = read(READER, file(SAMPLE))
    assert failures == []
    assert (resolved.title, resolved.body) == ("Resolved: Checkout errors", "Payments work again.")
    assert resolved.attributes["milestone"] == "t_resolved" and resolved.attributes["number"] == "k3v9q2"
    assert resolved.attributes["page"] == "Example Status - Incident History"
    assert investigating.attributes["promised_update"] == "2026-05-12T14:50:00+00:00"
    for event, clock in ((resolved, "15:30"), (investigating, "14:19")):
        assert (event.kind, event.lane) == (EventKind.COMMUNICATION, Lane.STATUS)
        assert event.instant.utc.isoformat() == f"2026-05-12T{clock}:00+00:00"
        assert event.instant.precision is Precision.MINUTE and event.instant.tz_known
        assert event.instant.flags == ("year_inferred",)
    assert resolved.evidence.locator.line == 9


@pytest.mark.parametrize(
    ("time", "instant"),
    [
        ("Dec <var data-var='date'>31</var>, <var data-var='time'>23:50</var> UTC", "2025-12-31T23:50:00+00:00"),
        ("Jan <var data-var='date'> 2</var>, <var data-var='time'>09:05</var> CET", "2026-01-02T08:05:00+00:00"),
        ("Jan 2, 2025 - 20:33 UTC", "2025-01-02T20:33:00+00:00"),
        ("Jan 2, 07:42:00 GMT+0", "2026-01-02T07:42:00+00:00"),
    ],
)
def test_a_time_without_a_year_is_put_nearest_to_its_entry(time, instant):
    (event,), failures = read(READER, original(feed(entry(time)), "history.atom"))
    assert failures == [] and event.instant.utc.isoformat() == instant


def test_a_time_without_a_zone_needs_one_declared():
    text = feed(entry("Jan 2, 09:05"))
    found, failures = read(READER, original(text, "history.atom"))
    assert found == [] and failures[0].next_step
    (event,), _ = read(READER, original(text, "history.atom", zone="Europe/Berlin"))
    assert event.instant.utc.isoformat() == "2026-01-02T08:05:00+00:00" and not event.instant.tz_known


def test_rss_and_entries_in_running_text_are_read():
    text = (
        "<rss version='2.0'><channel><title>Cloud Service Status</title><item><title>Service disruption: errors</title>"
        "<pubDate>Tue, 12 May 2026 14:20:00 GMT</pubDate><description>We see errors.</description>"
        "<link>https://status.example.com/#ec2</link></item></channel></rss>"
    )
    assert winner(original(text, "feed.rss")) == "statuspage"
    (event,), failures = read(READER, original(text, "feed.rss"))
    assert failures == [] and event.body == "We see errors."
    assert event.instant.utc.isoformat() == "2026-05-12T14:20:00+00:00"


def test_a_feed_of_something_else_is_left_alone():
    text = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Release notes of cart</title><entry/></feed>"
    assert READER.sniff(original(text, "releases.atom")) == 0.0


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.sampled_from([entry("Jan 2, 09:05 UTC"), entry("soon"), entry("Feb 30, 09:05 UTC"), "<entry/>"])))
def test_every_entry_is_a_record_or_a_failure(entries):
    found, failures = read(READER, original(feed(*entries), "history.atom"))
    assert len(found) + sum(failure.lost for failure in failures) == len(entries)


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 200))
def test_a_damaged_feed_gives_what_is_left(cut, gap):
    read(READER, original(TEXT[:cut] + TEXT[cut + gap :], "history.atom"))

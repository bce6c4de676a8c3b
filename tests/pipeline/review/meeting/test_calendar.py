"""The calendar file, read back by rules of RFC 5545 that are written down here a second time.

`moment_of` does what a calendar does: it takes the wall time and the VTIMEZONE of the file alone, and knows no zones.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from afteraction.pipeline.review.meeting.calendar import Guest, MeetingDate, calendar_file, changed
from afteraction.pipeline.review.meeting.zones import WallTimeUnusable, moment_at

STAMP = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
MEETING = MeetingDate(
    review="42", host="reviews.example.org", start=datetime(2027, 3, 4, 14, 0, tzinfo=ZoneInfo("Europe/Berlin")),
    zone="Europe/Berlin", minutes=60, title="Review of INC-2041: checkout answers 503; part 1, 2",
    description="Objective:\nWhat happened?\nWhy?", place="Room 4",
)  # fmt: skip
# The nights on which clocks change, and a zone that changes by half an hour and one that never does.
NIGHTS = [
    ("Europe/Berlin", datetime(2027, 3, 28)), ("Europe/Berlin", datetime(2027, 10, 31)),
    ("America/New_York", datetime(2027, 3, 14)), ("America/New_York", datetime(2027, 11, 7)),
    ("Australia/Lord_Howe", datetime(2027, 4, 4)), ("Australia/Lord_Howe", datetime(2027, 10, 3)),
    ("Africa/Casablanca", datetime(2027, 2, 7)), ("Asia/Kolkata", datetime(2027, 3, 28)),
]  # fmt: skip


def lines(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


def wall(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S")


def offset(text: str) -> timedelta:
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]), seconds=int(text[5:7] or 0))


def moment_of(file: bytes) -> datetime:
    start = next(line for line in lines(file) if line.startswith("DTSTART") and "VTIMEZONE" not in line
                 and line in lines(file)[lines(file).index("BEGIN:VEVENT"):])  # fmt: skip
    if start.endswith("Z"):
        return wall(start.removeprefix("DTSTART:")[:-1]).replace(tzinfo=UTC)
    zone, local = start.removeprefix("DTSTART;TZID=").split(":")
    assert f"TZID:{zone}" in lines(file)
    onsets = []
    for part in Calendar.from_ical(file).walk():
        if part.name in ("STANDARD", "DAYLIGHT"):
            text = part.to_ical().decode()
            fields = dict(line.split(":", 1) for line in text.split("\r\n") if ":" in line)
            onsets.append((wall(fields["DTSTART"]), offset(fields["TZOFFSETTO"])))
    held = max(onset for onset in onsets if onset[0] <= wall(local))
    return (wall(local) - held[1]).replace(tzinfo=UTC)


@pytest.mark.parametrize(("zone", "night"), NIGHTS)
def test_every_half_hour_around_a_clock_change_is_read_back_as_the_moment_that_was_meant(
    zone: str, night: datetime
) -> None:
    first = night.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(hours=6)
    for step in range(48):
        moment = first + timedelta(minutes=30 * step)
        file = calendar_file(replace(MEETING, start=moment, zone=zone), stamp=STAMP)
        assert moment_of(file) == moment


def test_an_hour_stays_an_hour_while_clocks_are_put_back() -> None:
    start = moment_at(datetime(2027, 10, 31, 2, 30), "Europe/Berlin")
    meeting = replace(MEETING, start=start)
    assert "DURATION:PT1H" in lines(calendar_file(meeting, stamp=STAMP))
    assert meeting.ends - start == timedelta(hours=1)
    assert meeting.pre_read_due == start - timedelta(hours=24)


def test_a_wall_time_that_is_left_out_is_refused_with_a_way_out() -> None:
    with pytest.raises(WallTimeUnusable, match="28 Mar 2027 02:30 does not exist in Europe/Berlin") as refused:
        moment_at(datetime(2027, 3, 28, 2, 30), "Europe/Berlin")
    assert "before or after" in str(refused.value.next_step)


def test_of_a_wall_time_that_comes_twice_the_first_is_meant_unless_it_is_said() -> None:
    twice = datetime(2027, 10, 31, 2, 30)
    assert moment_at(twice, "Europe/Berlin") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert moment_at(twice.replace(fold=1), "Europe/Berlin") == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    file = calendar_file(replace(MEETING, start=moment_at(twice.replace(fold=1), "Europe/Berlin")), stamp=STAMP)
    assert "DTSTART:20271031T013000Z" in lines(file)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(WallTimeUnusable):
        calendar_file(replace(MEETING, zone=zone), stamp=STAMP)


def test_the_identity_never_changes_and_each_change_is_counted() -> None:
    same = changed(MEETING, replace(MEETING, sequence=9, review="other", host="elsewhere"))
    assert same == MEETING
    later = changed(MEETING, replace(MEETING, start=MEETING.start + timedelta(days=1)))
    off = changed(later, replace(later, cancelled=True))
    assert [each.sequence for each in (MEETING, later, off)] == [0, 1, 2]
    assert len({each.uid for each in (MEETING, later, off)}) == 1
    assert "UID:review-42-meeting@reviews.example.org" in lines(calendar_file(off, stamp=STAMP))
    assert {"SEQUENCE:2", "STATUS:CANCELLED", "METHOD:CANCEL"} <= set(lines(calendar_file(off, stamp=STAMP)))


def test_the_same_moment_in_another_zone_is_a_change_and_in_another_object_is_none() -> None:
    in_utc = replace(MEETING, start=MEETING.start.astimezone(UTC))
    assert changed(MEETING, in_utc).sequence == 0
    assert changed(MEETING, replace(MEETING, zone="Europe/Vienna")).sequence == 1
    berlin = ZoneInfo("Europe/Berlin")
    first = replace(MEETING, start=datetime(2027, 10, 31, 2, 30, tzinfo=berlin))
    second = replace(MEETING, start=datetime(2027, 10, 31, 2, 30, tzinfo=berlin, fold=1))
    assert changed(first, second).sequence == 1


def test_the_file_is_well_formed_whatever_the_words_are() -> None:
    title = "Ümläut; comma, back\\slash\nand \N{FIRE}" * 9
    guests = (Guest(email="kim@example.org", name='Kim "K", B;'), Guest(email="lee@example.org", optional=True))
    file = calendar_file(
        replace(MEETING, title=title, organiser="zoe@example.org", guests=guests), stamp=STAMP
    )  # fmt: skip
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"\n" not in file.replace(b"\r\n", b"")
    event = Calendar.from_ical(file).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == " ".join(title.split())
    assert str(event["DESCRIPTION"]) == MEETING.description
    assert [each.params["ROLE"] for each in event["ATTENDEE"]] == ["REQ-PARTICIPANT", "OPT-PARTICIPANT"]
    assert "METHOD:REQUEST" in lines(file)


def test_a_meeting_in_utc_needs_no_zone_and_tells_nobody() -> None:
    file = calendar_file(replace(MEETING, zone="UTC"), stamp=STAMP)
    assert b"VTIMEZONE" not in file
    assert {"DTSTART:20270304T130000Z", "METHOD:PUBLISH", "DTSTAMP:20270301T090000Z"} <= set(lines(file))
    assert b"ATTENDEE" not in file


def test_the_same_meeting_is_the_same_file() -> None:
    assert calendar_file(MEETING, stamp=STAMP) == calendar_file(MEETING, stamp=STAMP)

"""A meeting as a calendar file (RFC 5545) that any calendar takes, on both sides of a clock change.

Knows one meeting. Refuses to know who may be told of it, and to send anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

from afteraction.pipeline.review.meeting.zones import describe_zone, zone_named

PRODUCT = "-//Afteraction//Meeting of a review//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who is asked to come; `name` may be empty."""

    email: str
    name: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDate:
    """One meeting. `review` is the key of its review and `host` the server's name: together they are its identity for
    good. `start` is aware, `zone` the name under which people read it, `minutes` how long it takes in time that
    passes. `sequence` counts changes from 0."""

    review: str
    host: str
    start: datetime
    zone: str
    minutes: int
    title: str
    description: str = ""
    place: str = ""
    organiser: str = ""
    guests: tuple[Guest, ...] = ()
    sequence: int = 0
    cancelled: bool = False

    @property
    def uid(self) -> str:
        """The identity of the meeting in every calendar; it never changes."""
        return f"review-{self.review}-meeting@{self.host}"

    @property
    def ends(self) -> datetime:
        """The moment (UTC) at which it is over."""
        return self.start.astimezone(UTC) + timedelta(minutes=self.minutes)

    @property
    def pre_read_due(self) -> datetime:
        """The moment (UTC) by which the pre-read is sent: a day before."""
        return self.start.astimezone(UTC) - timedelta(hours=24)


def changed(before: MeetingDate, after: MeetingDate) -> MeetingDate:
    """`after` as the next version of `before`: with the same identity, counted one further if anything that a calendar
    shows is different."""
    same = replace(after, review=before.review, host=before.host, sequence=before.sequence)
    return replace(same, sequence=before.sequence + 1) if _shown(same) != _shown(before) else same


def calendar_file(meeting: MeetingDate, *, stamp: datetime) -> bytes:
    """The file. `stamp` (aware) is when it was written. The start stands in the meeting's zone, the length as time that
    passes, so that an hour stays an hour while clocks change. Raises WallTimeUnusable for an unknown zone."""
    zone = zone_named(meeting.zone)
    local = meeting.start.astimezone(zone)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", _method(meeting))
    # The second of two equal wall times can only be written in UTC.
    in_utc = bool(local.fold) or meeting.zone == "UTC"
    if not in_utc:
        calendar.add_component(describe_zone(zone, local))
    calendar.add_component(_event(meeting, local.astimezone(UTC) if in_utc else local, stamp))
    return bytes(calendar.to_ical())


def _shown(meeting: MeetingDate) -> MeetingDate:
    # Times of one zone compare by the wall clock, on which two moments look alike when clocks are put back.
    return replace(meeting, start=meeting.start.astimezone(UTC))


def _event(meeting: MeetingDate, start: datetime, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=meeting.minutes))
    event.add("summary", " ".join(meeting.title.split()))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    if meeting.description:
        event.add("description", meeting.description)
    if meeting.place:
        event.add("location", " ".join(meeting.place.split()))
    if meeting.organiser:
        event.add("organizer", vCalAddress(f"MAILTO:{meeting.organiser}"))
        for guest in meeting.guests:
            event.add("attendee", _attendee(guest), encode=False)
    return event


def _attendee(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"MAILTO:{guest.email}")
    if guest.name:
        address.params["cn"] = vText(guest.name)
    address.params["role"] = vText("OPT-PARTICIPANT" if guest.optional else "REQ-PARTICIPANT")
    address.params["partstat"] = vText("NEEDS-ACTION")
    address.params["rsvp"] = vText("TRUE")
    return address


def _method(meeting: MeetingDate) -> str:
    """An invitation where somebody invites, otherwise a note for one's own calendar."""
    if meeting.cancelled:
        return "CANCEL"
    return "REQUEST" if meeting.organiser and meeting.guests else "PUBLISH"

"""Private notes and sheets as their readers see them.

Knows who reads a note: the facilitator, and its author where it has one. Refuses everybody else, owners and admins
too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from afteraction.engine.meeting.people import Seat
from afteraction.engine.meeting.pulse import Pulse, PulseAnswer, take_pulse
from afteraction.web.reviews.meeting.occasion import Occasion
from afteraction.web.reviews.models import AnonymousNote, NamedNote, PulseSheet, Review


@dataclass(frozen=True)
class ShownNote:
    """One note: its text, the day it came, who wrote it ("" for nobody), and whether that is the reader."""

    text: str
    day: date
    author: str = ""
    is_mine: bool = False


def notes_for(occasion: Occasion) -> list[ShownNote]:
    """Every note to the facilitator; to anybody else their own named ones."""
    reader, leads = occasion.work.reader, Seat.FACILITATOR in occasion.my_seats
    named = NamedNote.objects.filter(review=occasion.review).select_related("author")
    if not leads:
        named = named.filter(author=reader)
    shown = [ShownNote(each.text, each.at.date(), str(each.author), each.author_id == reader.pk) for each in named]
    if leads:
        anonymous = AnonymousNote.objects.filter(review=occasion.review)
        shown += [ShownNote(each.text, each.day) for each in anonymous]
    return shown


def readers_of(occasion: Occasion) -> str:
    """Who will be able to read a note, in words for its sender."""
    one = occasion.cast.seats.facilitator
    if one == occasion.me:
        return "You, as facilitator. Whoever takes that seat after you reads it too."
    if one:
        return f"{occasion.name(one)}, the facilitator, and nobody else; whoever has that seat later reads it instead."
    return "Nobody yet: there is no facilitator. Whoever takes that seat will read it."


def pulse_of(review: Review) -> Pulse:
    """All sheets together."""
    sheets = PulseSheet.objects.filter(review=review)
    return take_pulse(PulseAnswer(learnt=each.learnt, again=each.again, hard=each.hard) for each in sheets)

"""Seats and guests as rows of the page.

Knows what each row shows to whom. Refuses to show who could take a seat, and why not, to those who do not choose.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from afteraction.engine.meeting.conflicts import Outcome, Standing, Verdict
from afteraction.engine.meeting.invitations import Invitation
from afteraction.engine.meeting.lacking import Lack, Missing
from afteraction.engine.meeting.people import SEAT_TITLES, Person, Seat
from afteraction.web.reviews.meeting.occasion import Occasion

# How many of each standing are offered before "all".
FIRST_SHOWN = 6


@dataclass(frozen=True)
class Lacking:
    """A fact that is not recorded, in words, and the page where it is entered; "" where only an admin opens it."""

    words: str
    address: str


@dataclass(frozen=True)
class Candidate:
    """Somebody for a seat: the verdict with a name."""

    verdict: Verdict
    name: str
    lacking: tuple[Lacking, ...] = ()

    @property
    def rules(self) -> str:
        """Rules by which something is not known, with commas."""
        return ",".join(dict.fromkeys(each.rule for each in self.verdict.of(Outcome.NOT_CHECKED)))

    @property
    def barred_by(self) -> tuple[str, ...]:
        """Rules that stand against it."""
        return tuple(dict.fromkeys(each.rule for each in self.verdict.of(Outcome.CONFLICT)))

    @property
    def look(self) -> str:
        """How the mark of the row looks."""
        return {Standing.ELIGIBLE: "pass", Standing.NOT_CHECKED: "unknown", Standing.CONFLICT: "fail"}[
            self.verdict.standing
        ]


@dataclass(frozen=True)
class SeatRow:
    """One seat: who holds it, and for whoever leads who could."""

    seat: Seat
    title: str
    holders: tuple[Candidate, ...]
    candidates: tuple[Candidate, ...]
    more: tuple[Candidate, ...]


@dataclass(frozen=True)
class GuestRow:
    """One invited person."""

    invitation: Invitation
    name: str
    person: Person
    why: str
    consented: bool


def seat_rows(occasion: Occasion) -> list[SeatRow]:
    """Every seat in order."""
    rows = []
    for seat in Seat:
        ranked: tuple[Candidate, ...] = ()
        held = tuple(_candidate(each, occasion) for each in occasion.seated[seat])
        if occasion.work.may_lead:
            holders = {each.verdict.person for each in held}
            found = [each for each in occasion.ranked(seat) if each.person not in holders]
            ranked = tuple(_candidate(each, occasion) for each in found)
        title = SEAT_TITLES[seat].capitalize()
        rows.append(SeatRow(seat, title, held, ranked[:FIRST_SHOWN], ranked[FIRST_SHOWN:]))
    return rows


def _candidate(verdict: Verdict, occasion: Occasion) -> Candidate:
    lacking = tuple(Lacking(words, _entered_at(one, occasion)) for one, words in occasion.lacking(verdict))
    return Candidate(verdict, occasion.name(verdict.person), lacking)


def _entered_at(missing: Missing, occasion: Occasion) -> str:
    """The page that takes the fact. Teams are open to everybody, who is asked of a person's account is an admin."""
    if missing.lack is Lack.LEADS:
        return reverse("accounts:team", args=[occasion.slug(missing.about)]) + "#leads"
    if missing.lack is Lack.TEAM:
        return reverse("accounts:teams")
    if missing.lack is Lack.LINE:
        known = missing.about.isdecimal() and occasion.work.reader.is_admin
        return reverse("accounts:person", args=[missing.about]) + "#line" if known else ""
    return reverse("incidents:members", args=[occasion.work.incident.key]) + "#part"


def guests_of(occasion: Occasion) -> list[GuestRow]:
    """Everybody who is invited, required first."""
    found = []
    for each in occasion.invites.invited:
        why = "; ".join(dict.fromkeys(reason.text for reason in each.reasons))
        person = occasion.cast.people.get(each.person, Person(id=each.person))
        found.append(GuestRow(each, occasion.name(each.person), person, why, each.person in occasion.plan.consented))
    return found

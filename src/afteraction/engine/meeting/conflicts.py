"""Who may hold which seat of a review (SPEC §9.1, rules F1 to F6, F9, F11 and F12).

Knows the rules and their waivers. Refuses to seat anybody, and to call somebody eligible of whom something that a rule
asks for is not known: that reads not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from afteraction.engine.meeting.lacking import Missing, each_once
from afteraction.engine.meeting.people import (
    RELATION_WORDS,
    SEAT_TITLES,
    Involvement,
    Known,
    Person,
    Relation,
    Role,
    Seat,
    Seats,
    relations_of,
)
from afteraction.engine.review.findings import ReviewFinding, Severity


class Standing(StrEnum):
    """Where somebody stands for a seat."""

    ELIGIBLE = "eligible"
    NOT_CHECKED = "not_checked"
    CONFLICT = "conflict"


class Outcome(StrEnum):
    """What one rule says. NOTE bars nobody; WAIVED is a conflict that was set aside and is printed."""

    CONFLICT = "conflict"
    NOT_CHECKED = "not_checked"
    WAIVED = "waived"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What one rule says of one person in one seat, in one line; `because` is the reason of a waiver, `other` the seat
    that does not go together with this one, `missing` what would have to be recorded for a verdict. `plain` is a
    conflict without where it is seen."""

    rule: str
    outcome: Outcome
    reason: str
    because: str = ""
    other: Seat | None = None
    missing: tuple[Missing, ...] = ()
    plain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether somebody may hold a seat, and all that speaks for or against it in the order of the rules."""

    person: str
    seat: Seat
    standing: Standing
    rulings: tuple[Ruling, ...] = ()

    def of(self, outcome: Outcome) -> tuple[Ruling, ...]:
        """Rulings of one outcome."""
        return tuple(each for each in self.rulings if each.outcome is outcome)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Facts that are not recorded and that a rule asks for, each once."""
        return each_once(one for each in self.of(Outcome.NOT_CHECKED) for one in each.missing)

    @property
    def line(self) -> str:
        """The verdict in one line."""
        if self.standing is Standing.CONFLICT:
            first = self.of(Outcome.CONFLICT)[0]
            return f"Conflict, {first.rule}: {first.reason}."
        if self.standing is Standing.NOT_CHECKED:
            rules = ", ".join(dict.fromkeys(each.rule for each in self.of(Outcome.NOT_CHECKED)))
            return f"Not checked, {rules}: {self.of(Outcome.NOT_CHECKED)[0].reason}."
        waived = self.of(Outcome.WAIVED)
        return f"Eligible by waiver of {waived[0].rule}: {waived[0].reason}." if waived else "Eligible."


@dataclass(frozen=True, kw_only=True)
class Room:
    """Everything that verdicts are made from. `participants` are ids of those who will be there, `size` how many they
    are (counted from `participants` where it is 0). `waivers` are reasons by rule, as `Frame.waivers` keeps them.
    `cleared` says by `rule:person` how people checked by hand what is not known here; it never clears a conflict.
    `solo` is a review by one person alone."""

    people: Mapping[str, Person]
    involvement: Involvement = field(default_factory=Involvement)
    seats: Seats = field(default_factory=Seats)
    participants: tuple[str, ...] = ()
    waivers: Mapping[str, str] = field(default_factory=dict)
    cleared: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    solo: bool = False

    @property
    def in_the_room(self) -> tuple[str, ...]:
        """Ids of all participants and holders of seats, each once."""
        return tuple(dict.fromkeys((*self.participants, *self.seats.everybody())))

    @property
    def heads(self) -> int:
        """How many will be there."""
        return self.size or len(self.in_the_room)


_BARRED_BY: Mapping[Seat, tuple[tuple[str, Relation], ...]] = {
    Seat.OWNER: (),
    Seat.FACILITATOR: (
        ("F1", Relation.RESPONDER),
        ("F1", Relation.TIMELINE_ACTOR),
        ("F1", Relation.ON_CALL),
        ("F1", Relation.CHANGE_AUTHOR),
        ("F1", Relation.CHANGE_REVIEWER),
        ("F2", Relation.LEADS_SHIPPING),
        ("F2", Relation.LEADS_SERVICE),
        ("F3", Relation.AUTHORITY),
        ("F4", Relation.SHIPPING_TEAM),
    ),
    Seat.SCRIBE: (),
    Seat.DEVILS_ADVOCATE: (("F9", Relation.CHANGE_AUTHOR),),
}
_APART: Mapping[frozenset[Seat], str] = {
    frozenset({Seat.OWNER, Seat.FACILITATOR}): "F5",
    frozenset({Seat.FACILITATOR, Seat.SCRIBE}): "F6",
    frozenset({Seat.FACILITATOR, Seat.DEVILS_ADVOCATE}): "F9",
    frozenset({Seat.OWNER, Seat.DEVILS_ADVOCATE}): "F9",
}
# SPEC R033: owner and facilitator are one only where one person does the review alone, whatever the reason.
_ONLY_ALONE = frozenset({"F5"})
# SPEC R040: of two people one has to lead and to write.
_SMALL = 2
SOLO_REASON = "One person does this review alone"


def judge(person: Person, seat: Seat, room: Room) -> Verdict:
    """The verdict on one person in one seat, the other seats being as they are in `room`."""
    known = relations_of(person, room.involvement, room.people, room.in_the_room)
    rulings = [*_by_relations(person.id, seat, known, room), *_by_other_seats(person.id, seat, room)]
    if seat is Seat.OWNER:
        rulings += _on_owner(known)
    rulings.sort(key=lambda each: each.rule)
    outcomes = {each.outcome for each in rulings}
    if Outcome.CONFLICT in outcomes:
        standing = Standing.CONFLICT
    elif Outcome.NOT_CHECKED in outcomes:
        standing = Standing.NOT_CHECKED
    else:
        standing = Standing.ELIGIBLE
    return Verdict(person=person.id, seat=seat, standing=standing, rulings=tuple(rulings))


def rank(seat: Seat, room: Room) -> tuple[Verdict, ...]:
    """Verdicts on everybody: eligible first, those by waiver after them, then not checked, then conflicts. Among
    equals a facilitator is preferred who is trained, then who is of QA or engineering excellence (F4); an owner of the
    response is preferred, then who led it, then who has most entries in the timeline (R033)."""
    verdicts = [judge(person, seat, room) for person in room.people.values()]
    return tuple(sorted(verdicts, key=lambda each: _order(each, room)))


def judge_seats(room: Room) -> tuple[Verdict, ...]:
    """Verdicts on everybody who holds a seat now. Holders whose account is gone are judged by their id alone."""
    return tuple(
        judge(room.people.get(holder) or Person(id=holder), seat, room)
        for seat in Seat
        for holder in room.seats.holders(seat)
    )


def disclosures(room: Room) -> tuple[str, ...]:
    """What is printed on the review (F12): each rule that was set aside, what it was about and why."""
    lines = [
        f"{ruling.rule} waived: {SEAT_TITLES[verdict.seat]} {ruling.reason}. {_sentence(ruling.because)}"
        for verdict in _told_once(room)
        for ruling in verdict.of(Outcome.WAIVED)
    ]
    return tuple(dict.fromkeys(lines))


def disclosures_outside(room: Room) -> tuple[str, ...]:
    """The same for readers outside: by role, without where it is seen and why, which name things of the inside."""
    lines = [
        f"The {SEAT_TITLES[verdict.seat]} {ruling.plain or ruling.reason}."
        for verdict in _told_once(room)
        for ruling in verdict.of(Outcome.WAIVED)
    ]
    return tuple(dict.fromkeys(lines))


def not_checked(room: Room) -> tuple[str, ...]:
    """What is shown beside the seats as not checked (F11)."""
    lines = [
        f"{ruling.rule} not checked: {SEAT_TITLES[verdict.seat]}, {ruling.reason}."
        for verdict in judge_seats(room)
        for ruling in verdict.of(Outcome.NOT_CHECKED)
    ]
    return tuple(dict.fromkeys(lines))


def check_seats(room: Room) -> tuple[ReviewFinding, ...]:
    """Open points of the seats: conflicts must be settled or waived, empty seats and what was not checked may be."""
    found = _empty_seats(room)
    for verdict in _told_once(room):
        title = SEAT_TITLES[verdict.seat]
        for rule in dict.fromkeys(each.rule for each in verdict.of(Outcome.CONFLICT)):
            reasons = [each.reason for each in verdict.of(Outcome.CONFLICT) if each.rule == rule]
            found.append(
                ReviewFinding(
                    code=rule,
                    severity=Severity.MUST,
                    subject=verdict.seat,
                    sentence=f"The {title} {' and '.join(reasons)}.",
                    question=f"Who else could be {title}?",
                    next_step=_way_out(rule),
                )
            )
        for rule in dict.fromkeys(each.rule for each in verdict.of(Outcome.NOT_CHECKED)):
            reasons = [each.reason for each in verdict.of(Outcome.NOT_CHECKED) if each.rule == rule]
            found.append(
                ReviewFinding(
                    code=rule,
                    severity=Severity.MAY,
                    subject=f"{verdict.seat}-unknown",
                    sentence=f"Not checked for the {title}: {'; '.join(reasons)}.",
                    question="What is known about this?",
                    next_step="Add the missing list or team, or confirm it by hand.",
                )
            )
    return tuple(found)


def _by_relations(person: str, seat: Seat, known: Mapping[Relation, Known], room: Room) -> Iterable[Ruling]:
    for rule, relation in _BARRED_BY[seat]:
        found = known[relation]
        words = RELATION_WORDS[relation]
        by_hand = room.cleared.get(f"{rule}:{person}", "").strip()
        if found.holds is None and by_hand:
            yield Ruling(rule=rule, outcome=Outcome.NOTE, reason=f"not {words}, checked by hand: {by_hand}")
        elif found.holds is None:
            yield Ruling(
                rule=rule, outcome=Outcome.NOT_CHECKED, reason=f"not known whether {words}", missing=found.missing
            )
        elif found.holds:
            place = f" ({found.seen})" if found.seen else ""
            yield replace(_barred(rule, f"was also {words}{place}", room), plain=f"was also {words}")


def _by_other_seats(person: str, seat: Seat, room: Room) -> Iterable[Ruling]:
    for other in room.seats.held_by(person):
        rule = _APART.get(frozenset({seat, other}))
        if rule:
            yield _barred(rule, f"was also {SEAT_TITLES[other]}", room, other)
        elif {seat, other} == {Seat.OWNER, Seat.SCRIBE}:
            yield Ruling(rule="F6", outcome=Outcome.NOTE, reason=f"is also {SEAT_TITLES[other]}; two people are better")


def _on_owner(known: Mapping[Relation, Known]) -> Iterable[Ruling]:
    responded, acted = known[Relation.RESPONDER].holds, known[Relation.TIMELINE_ACTOR].holds
    if not responded and not acted:
        if responded is None or acted is None:
            missing = (*known[Relation.RESPONDER].missing, *known[Relation.TIMELINE_ACTOR].missing)
            reason = "not known whether part of the response"
            yield Ruling(rule="F5", outcome=Outcome.NOT_CHECKED, reason=reason, missing=missing)
        else:
            yield Ruling(rule="F5", outcome=Outcome.NOTE, reason="was not part of the response")
    if known[Relation.CHANGE_AUTHOR].holds:
        reason = "was author of the change: ask whether they want it, owning a review is no penalty"
        yield Ruling(rule="F5", outcome=Outcome.NOTE, reason=reason)


def _told_once(room: Room) -> tuple[Verdict, ...]:
    """The verdicts on the seats, two seats of one person being told of at the first alone."""
    told: list[Verdict] = []
    for verdict in judge_seats(room):
        said = {each.seat for each in told if each.person == verdict.person}
        told.append(replace(verdict, rulings=tuple(each for each in verdict.rulings if each.other not in said)))
    return tuple(told)


def _barred(rule: str, reason: str, room: Room, other: Seat | None = None) -> Ruling:
    because = _waiver(rule, room)
    outcome = Outcome.WAIVED if because else Outcome.CONFLICT
    return Ruling(rule=rule, outcome=outcome, reason=reason, because=because, other=other)


def _waiver(rule: str, room: Room) -> str:
    given = room.waivers.get(rule, "").strip()
    if given and rule not in _ONLY_ALONE:
        return given
    if room.solo:
        return SOLO_REASON
    if rule == "F6" and 0 < room.heads <= _SMALL:
        return f"A meeting of {room.heads}"
    return ""


def _empty_seats(room: Room) -> list[ReviewFinding]:
    found = []
    owners = len(set(room.seats.owners))
    if owners != 1:
        found.append(
            ReviewFinding(
                code="F5",
                severity=Severity.MUST,
                subject="owners",
                sentence="This review has no owner." if not owners else f"This review has {owners} owners.",
                question="Who of the response leads the writing?",
                next_step="Choose exactly one owner.",
            )
        )
    for seat in (Seat.FACILITATOR, Seat.SCRIBE, Seat.DEVILS_ADVOCATE):
        if not room.seats.holders(seat) and not room.solo:
            found.append(
                ReviewFinding(
                    code="SEAT",
                    severity=Severity.MAY,
                    subject=seat,
                    sentence=f"Nobody is {SEAT_TITLES[seat]} yet.",
                    question=f"Who could be {SEAT_TITLES[seat]}?",
                    next_step=f"Choose a {SEAT_TITLES[seat]}.",
                )
            )
    return found


def _order(verdict: Verdict, room: Room) -> tuple[int, bool, int, int, int, str]:
    standing = (Standing.ELIGIBLE, Standing.NOT_CHECKED, Standing.CONFLICT).index(verdict.standing)
    person = room.people[verdict.person]
    preferred, entries = 0, 0
    if verdict.seat is Seat.FACILITATOR:
        preferred = 0 if person.trained else 1 if person.role in (Role.QA, Role.EXCELLENCE) else 2
    elif verdict.seat is Seat.OWNER:
        preferred = 2 * len(verdict.of(Outcome.NOTE)) + (person.id != room.involvement.commander)
        entries = -room.involvement.entries.get(person.id, 0)
    waived = bool(verdict.of(Outcome.WAIVED))
    return standing, waived, preferred, entries, len(verdict.person), verdict.person


def _way_out(rule: str) -> str:
    if rule in _ONLY_ALONE:
        return "Choose another person; only a review by one person alone can join these seats."
    return f"Choose another person, or waive {rule} with a reason that is printed on the review."


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

"""Every combination of what is known of one person, against a table written down here a second time.

The product asks rule by rule; the table below says for each seat which combination leads to which verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from afteraction.engine.meeting.conflicts import Outcome, Room, Standing, judge
from afteraction.engine.meeting.people import Involvement, Person, Seat, Seats

YES, NO, UNKNOWN = "yes", "no", "unknown"
PARTS = ("responder", "actor", "on_call", "author", "reviewer")
LEADS = ("shipping", "service", "nobody", "unknown")
OTHER_SEATS = (None, Seat.OWNER, Seat.FACILITATOR, Seat.SCRIBE, Seat.DEVILS_ADVOCATE)

Case = dict[str, str]

# Seat, what is known, and the rule it breaks (SPEC §9.1, read as a table).
BREAKS: dict[Seat, dict[tuple[str, str], str]] = {
    Seat.OWNER: {},
    Seat.FACILITATOR: {
        ("responder", YES): "F1", ("actor", YES): "F1", ("on_call", YES): "F1", ("author", YES): "F1",
        ("reviewer", YES): "F1", ("leads", "shipping"): "F2", ("leads", "service"): "F2", ("authority", YES): "F3",
        ("team", YES): "F4",
    },
    Seat.SCRIBE: {},
    Seat.DEVILS_ADVOCATE: {("author", YES): "F9"},
}  # fmt: skip
ASKS: dict[Seat, dict[str, str]] = {
    Seat.OWNER: {},
    Seat.FACILITATOR: {
        "responder": "F1", "actor": "F1", "on_call": "F1", "author": "F1", "reviewer": "F1", "leads": "F2",
        "authority": "F3", "team": "F4",
    },
    Seat.SCRIBE: {},
    Seat.DEVILS_ADVOCATE: {"author": "F9"},
}  # fmt: skip
# Rows: the seat in question; columns: the seat that the person holds already.
TOGETHER: dict[tuple[Seat, Seat], str] = {
    (Seat.OWNER, Seat.FACILITATOR): "F5", (Seat.FACILITATOR, Seat.OWNER): "F5",
    (Seat.SCRIBE, Seat.FACILITATOR): "F6", (Seat.FACILITATOR, Seat.SCRIBE): "F6",
    (Seat.DEVILS_ADVOCATE, Seat.FACILITATOR): "F9", (Seat.FACILITATOR, Seat.DEVILS_ADVOCATE): "F9",
    (Seat.DEVILS_ADVOCATE, Seat.OWNER): "F9", (Seat.OWNER, Seat.DEVILS_ADVOCATE): "F9",
}  # fmt: skip


def cases() -> Iterator[Case]:
    for values in product((YES, NO, UNKNOWN), repeat=len(PARTS)):
        for leads, authority, team in product(LEADS, (YES, NO, UNKNOWN), (YES, NO, UNKNOWN)):
            yield {**dict(zip(PARTS, values, strict=True)), "leads": leads, "authority": authority, "team": team}


def room_for(case: Case, held: Seat | None) -> tuple[Person, Room]:
    """Somebody (x) of whom is known what the case says, and a participant (p)."""
    listed = {YES: {"x": "15:51"}, NO: {}, UNKNOWN: None}
    leads = {"shipping": frozenset({"shop"}), "service": frozenset({"pay"}), "nobody": frozenset(), "unknown": None}
    teams = {YES: frozenset({"shop"}), NO: frozenset({"other"}), UNKNOWN: None}
    above = {YES: "x", NO: "", UNKNOWN: None}
    person = Person(id="x", teams=teams[case["team"]], is_lead_of=leads[case["leads"]], reports_to="")
    room = Room(
        people={"x": person, "p": Person(id="p", reports_to=above[case["authority"]])},
        involvement=Involvement(
            responders=listed[case["responder"]], timeline_actors=listed[case["actor"]],
            on_call=listed[case["on_call"]], change_authors=listed[case["author"]],
            change_reviewers=listed[case["reviewer"]], shipping_teams=frozenset({"shop"}),
            service_teams=frozenset({"pay"}),
        ),
        seats=Seats(**{"owners": ("x",)} if held is Seat.OWNER else {held.value: "x"} if held else {}),
        participants=("p", "x", "q1", "q2"),
    )  # fmt: skip
    # q1 and q2 make the meeting larger than two without bringing in anybody's reporting line.
    outsiders = {name: Person(id=name, reports_to="") for name in ("q1", "q2")}
    return person, Room(**{**vars(room), "people": {**room.people, **outsiders}})


def expected(case: Case, seat: Seat, held: Seat | None) -> tuple[Standing, set[str], set[str]]:
    broken = {rule for (what, value), rule in BREAKS[seat].items() if case[what] == value}
    if held and (seat, held) in TOGETHER:
        broken.add(TOGETHER[seat, held])
    open_rules = {rule for what, rule in ASKS[seat].items() if case[what] == UNKNOWN}
    if seat is Seat.OWNER and YES not in (case["responder"], case["actor"]):
        open_rules |= {"F5"} if UNKNOWN in (case["responder"], case["actor"]) else set()
    standing = Standing.CONFLICT if broken else Standing.NOT_CHECKED if open_rules else Standing.ELIGIBLE
    return standing, broken, open_rules


@pytest.mark.parametrize("seat", list(Seat))
def test_every_combination_leads_to_the_verdict_of_the_table(seat: Seat) -> None:
    seen: set[Standing] = set()
    for case in cases():
        # Holding another seat bears on the pair alone; the full product is taken where little else is known.
        quiet = NO not in (case["on_call"], case["reviewer"]) and case["leads"] == "nobody"
        for held in OTHER_SEATS if quiet else (None,):
            person, room = room_for(case, held)
            verdict = judge(person, seat, room)
            broken = {each.rule for each in verdict.of(Outcome.CONFLICT)}
            unknown = {each.rule for each in verdict.of(Outcome.NOT_CHECKED)}
            assert (verdict.standing, broken, unknown) == expected(case, seat, held), (case, held)
            seen.add(verdict.standing)
    assert Standing.ELIGIBLE in seen
    assert Standing.CONFLICT in seen


@pytest.mark.parametrize("seat", list(Seat))
def test_a_waiver_of_every_rule_leaves_what_is_unknown_unknown(seat: Seat) -> None:
    every_rule = {f"F{number}": "team of three" for number in range(1, 13)}
    for case in cases():
        person, room = room_for(case, None)
        _, broken, unknown = expected(case, seat, None)
        verdict = judge(person, seat, Room(**{**vars(room), "waivers": every_rule}))
        assert {each.rule for each in verdict.of(Outcome.WAIVED)} == broken
        assert verdict.standing is (Standing.NOT_CHECKED if unknown else Standing.ELIGIBLE)

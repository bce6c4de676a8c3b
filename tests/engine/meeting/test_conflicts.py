"""Seats: waivers are printed, a review by one person works, and what is not known is never taken for fine.

The cast: kim and lee responded, ada wrote the change, max leads her team, eve is of QA, zoe is a trained facilitator.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from afteraction.engine.meeting.conflicts import (
    Room,
    Standing,
    check_seats,
    disclosures,
    judge,
    judge_seats,
    not_checked,
    rank,
)
from afteraction.engine.meeting.people import Involvement, Person, Relation, Role, Seat, Seats, authority_over
from afteraction.engine.review.findings import Severity


def of(name: str, team: str, role: Role = Role.ENGINEER, boss: str | None = "", **more: object) -> Person:
    leads = more.pop("leads", frozenset())
    return Person(id=name, role=role, teams=frozenset({team}), is_lead_of=leads, reports_to=boss, **more)


PEOPLE = {
    one.id: one
    for one in (
        of("kim", "pay", boss="pat"), of("lee", "pay", boss="pat"), of("ada", "shop", boss="max"),
        of("max", "shop", Role.MANAGER, leads=frozenset({"shop"})), of("pat", "pay", Role.MANAGER, boss="top"),
        of("top", "board", Role.MANAGER), of("eve", "quality", Role.QA), of("zoe", "search", trained=True),
        of("ben", "search"),
    )
}  # fmt: skip
INVOLVED = Involvement(
    responders={"kim": "15:51", "lee": "15:58"}, timeline_actors={"kim": "15:51"}, on_call={"kim": "primary"},
    change_authors={"ada": "change 4711"}, change_reviewers={}, shipping_teams=frozenset({"shop"}),
    service_teams=frozenset({"pay"}), commander="lee", entries={"kim": 7, "lee": 3},
)  # fmt: skip
ROOM = Room(people=PEOPLE, involvement=INVOLVED, participants=("kim", "lee", "ada"))


def seated(**seats: object) -> Room:
    return replace(ROOM, seats=Seats(**seats))


def test_eligible_facilitators_come_first_the_trained_before_quality_and_conflicts_last() -> None:
    order = [(each.person, each.standing) for each in rank(Seat.FACILITATOR, ROOM)]
    assert order[:3] == [("zoe", Standing.ELIGIBLE), ("eve", Standing.ELIGIBLE), ("ben", Standing.ELIGIBLE)]
    assert {standing for _, standing in order[3:]} == {Standing.CONFLICT}


def test_a_conflict_says_in_one_line_where_it_is_seen() -> None:
    assert judge(PEOPLE["kim"], Seat.FACILITATOR, ROOM).line == "Conflict, F1: was also responder (15:51)."
    assert "lead of the team that shipped the change (shop)" in judge(PEOPLE["max"], Seat.FACILITATOR, ROOM).line


def test_authority_reaches_over_two_steps_of_the_reporting_line() -> None:
    assert judge(PEOPLE["top"], Seat.FACILITATOR, ROOM).line.startswith("Conflict, F3")


def test_a_reporting_line_that_goes_in_a_circle_ends() -> None:
    circle = {"a": Person(id="a", reports_to="b"), "b": Person(id="b", reports_to="a"), "c": Person(id="c")}
    assert authority_over("b", ["a"], circle).holds is True
    assert authority_over("c", ["a"], circle).holds is False
    assert authority_over("a", ["c"], circle).holds is None


def test_without_any_data_nobody_is_eligible_to_facilitate() -> None:
    blank = Room(people={"x": Person(id="x")}, participants=("y", "z"))
    verdict = judge(blank.people["x"], Seat.FACILITATOR, blank)
    assert verdict.standing is Standing.NOT_CHECKED
    assert {each.rule for each in verdict.rulings} == {"F1", "F2", "F3", "F4"}


def test_what_was_not_checked_is_shown_beside_the_seat() -> None:
    room = replace(seated(owners=("kim",), facilitator="zoe"), involvement=replace(INVOLVED, on_call=None))
    assert not_checked(room) == ("F1 not checked: facilitator, not known whether on call during the incident.",)
    assert [each.id for each in check_seats(room) if each.subject == "facilitator-unknown"] == [
        "F1:facilitator-unknown"
    ]


def test_a_waiver_is_printed_with_its_reason() -> None:
    room = replace(seated(owners=("kim",), facilitator="lee"), waivers={"F1": "We are three people", "F4": " "})
    assert disclosures(room) == ("F1 waived: facilitator was also responder (15:58). We are three people.",)
    assert not [each for each in check_seats(room) if each.code == "F1"]


def test_a_waiver_without_a_reason_is_none() -> None:
    room = replace(seated(owners=("kim",), facilitator="lee"), waivers={"F1": "  "})
    assert disclosures(room) == ()
    assert [each.severity for each in check_seats(room) if each.code == "F1"] == [Severity.MUST]


@pytest.mark.parametrize(("owners", "words"), [((), "no owner"), (("kim", "lee"), "2 owners")])
def test_a_review_has_exactly_one_owner(owners: tuple[str, ...], words: str) -> None:
    found = [each for each in check_seats(seated(owners=owners)) if each.subject == "owners"]
    assert words in found[0].sentence
    assert found[0].severity is Severity.MUST


def test_the_owner_comes_from_the_response_the_commander_first() -> None:
    suggested = rank(Seat.OWNER, ROOM)
    assert [each.person for each in suggested[:2]] == ["lee", "kim"]
    without = rank(Seat.OWNER, replace(ROOM, involvement=replace(INVOLVED, commander="")))
    assert [each.person for each in without[:2]] == ["kim", "lee"]


def test_an_owner_outside_the_response_is_allowed_with_a_note() -> None:
    verdict = judge(PEOPLE["ben"], Seat.OWNER, ROOM)
    assert verdict.standing is Standing.ELIGIBLE
    assert [each.reason for each in verdict.rulings] == ["was not part of the response"]


def test_who_wrote_the_change_owns_the_review_only_by_wish() -> None:
    room = replace(ROOM, involvement=replace(INVOLVED, responders={"ada": "16:02"}))
    assert "no penalty" in judge(PEOPLE["ada"], Seat.OWNER, room).rulings[0].reason


def test_owner_and_facilitator_are_one_only_alone_whatever_is_waived() -> None:
    both = replace(seated(owners=("zoe",), facilitator="zoe"), waivers={"F5": "small team"})
    assert "F5" in {each.code for each in check_seats(both) if each.severity is Severity.MUST}
    alone = Room(
        people={"kim": PEOPLE["kim"]}, involvement=INVOLVED, solo=True,
        seats=Seats(owners=("kim",), facilitator="kim", scribe="kim", devils_advocate="kim"),
    )  # fmt: skip
    assert {each.standing for each in judge_seats(alone)} == {Standing.ELIGIBLE}
    assert not [each for each in check_seats(alone) if each.severity is Severity.MUST]
    printed = " ".join(disclosures(alone))
    assert "facilitator was also responder (15:51). One person does this review alone." in printed
    assert "F5 waived" in printed


def test_the_facilitator_takes_no_notes_unless_two_people_meet() -> None:
    both = {"owners": ("kim",), "facilitator": "zoe", "scribe": "zoe"}
    three = [each.code for each in check_seats(seated(**both)) if each.severity is Severity.MUST]
    assert three == ["F6"]
    assert "F6" in {each.code for each in check_seats(replace(seated(**both), participants=("kim", "zoe", "lee")))}
    two = replace(seated(**both), participants=("kim", "zoe"))
    assert [each for each in disclosures(two) if "F6" in each] == [
        "F6 waived: facilitator was also scribe. A meeting of 2.",
    ]


def test_an_account_that_is_gone_keeps_its_seat_and_reads_not_checked() -> None:
    room = seated(owners=("kim",), facilitator="gone")
    assert {each.standing for each in judge_seats(room) if each.person == "gone"} == {Standing.NOT_CHECKED}


def test_where_somebody_of_the_timeline_is_no_account_nobody_is_cleared_of_being_them() -> None:
    partly = replace(INVOLVED, partial=frozenset({Relation.TIMELINE_ACTOR}))
    room = replace(ROOM, involvement=partly)
    assert judge(PEOPLE["ben"], Seat.FACILITATOR, room).line == (
        "Not checked, F1: not known whether part of the timeline."
    )
    assert judge(PEOPLE["kim"], Seat.FACILITATOR, room).standing is Standing.CONFLICT


def test_what_was_checked_by_hand_clears_what_is_not_known_and_no_conflict() -> None:
    partly = replace(INVOLVED, partial=frozenset({Relation.TIMELINE_ACTOR}))
    room = replace(ROOM, involvement=partly, cleared={"F1:ben": "asked them", "F1:kim": "asked them", "F1:zoe": " "})
    assert judge(PEOPLE["ben"], Seat.FACILITATOR, room).standing is Standing.ELIGIBLE
    assert judge(PEOPLE["kim"], Seat.FACILITATOR, room).standing is Standing.CONFLICT
    assert judge(PEOPLE["zoe"], Seat.FACILITATOR, room).standing is Standing.NOT_CHECKED

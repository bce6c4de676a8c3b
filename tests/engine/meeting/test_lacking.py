"""What a verdict lacks is named by fact, and what is recorded elsewhere is not asked for again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afteraction.engine.meeting.conflicts import Room, Standing, judge
from afteraction.engine.meeting.lacking import Lack, Missing, missing_in_words
from afteraction.engine.meeting.people import Involvement, Person, Seat, Seats, authority_over

NOBODY = Involvement(
    responders={}, timeline_actors={}, on_call={}, change_authors={"ada": "change 4711"}, change_reviewers={},
    shipping_teams=frozenset({"shop"}), service_teams=frozenset({"pay"}),
)  # fmt: skip
ZOE = Person(id="zoe", label="Zoe", teams=frozenset({"search"}))
ADA = Person(id="ada", label="Ada", teams=frozenset({"shop"}))


def room(*people: Person, involvement: Involvement = NOBODY) -> Room:
    known = {one.id: one for one in (ZOE, ADA)} | {one.id: one for one in people}
    return Room(people=known, involvement=involvement, seats=Seats(owners=("ada",)))


def test_it_names_the_team_whose_lead_is_not_recorded_and_the_person_whose_line_ends() -> None:
    verdict = judge(ZOE, Seat.FACILITATOR, room())
    assert verdict.standing is Standing.NOT_CHECKED
    assert verdict.missing == (Missing(Lack.LEADS, "pay"), Missing(Lack.LEADS, "shop"), Missing(Lack.LINE, "ada"))
    words = [missing_in_words(one, {"ada": "Ada"}) for one in verdict.missing]
    assert words == ["who leads pay", "who leads shop", "whom Ada reports to"]


def test_recorded_leads_decide_without_anything_more_about_the_person() -> None:
    told = replace(NOBODY, leads={"shop": frozenset({"max"}), "pay": frozenset()})
    ada = replace(ADA, under=frozenset({"max"}))
    top = Person(id="max", label="Max", reports_to="")
    assert judge(ZOE, Seat.FACILITATOR, room(ada, top, involvement=told)).line == "Eligible."
    verdict = judge(top, Seat.FACILITATOR, room(ada, top, involvement=told))
    assert verdict.line.startswith("Conflict, F2: was also lead of the team that shipped the change (shop)")
    assert "F3" in {each.rule for each in verdict.rulings}, "who leads the team of somebody there is above them"


def test_one_team_without_a_recorded_lead_is_asked_for_alone() -> None:
    told = replace(NOBODY, leads={"shop": frozenset({"max"})})
    missing = judge(ZOE, Seat.FACILITATOR, room(replace(ADA, reports_to=""), involvement=told)).missing
    assert missing == (Missing(Lack.LEADS, "pay"),)


def test_a_line_that_ends_at_somebody_to_whom_one_reports_is_known_well_enough() -> None:
    people = {
        "kim": Person(id="kim", under=frozenset({"pat"})), "pat": Person(id="pat", reports_to="top"),
        "top": Person(id="top"), "zoe": replace(ZOE, reports_to="top"), "ben": Person(id="ben"),
    }  # fmt: skip
    assert authority_over("zoe", ["kim"], people).holds is False, "nobody is above whom they report to"
    assert authority_over("ben", ["kim"], people).missing == (Missing(Lack.LINE, "top"),)
    assert authority_over("pat", ["kim"], people).holds is True
    assert authority_over("top", ["kim"], people).holds is True


def test_a_team_that_may_be_missing_clears_nobody_who_leads_another() -> None:
    gap = Missing(Lack.TEAM, "ada")
    told = replace(NOBODY, shipping_teams=None, shipping_gaps=(gap,), leads={"pay": frozenset()})
    missing = judge(ZOE, Seat.FACILITATOR, room(replace(ADA, reports_to=""), involvement=told)).missing
    assert missing == (gap,)
    knows_all = replace(ZOE, is_lead_of=frozenset(), teams=frozenset())
    assert judge(knows_all, Seat.FACILITATOR, room(replace(ADA, reports_to=""), involvement=told)).line == "Eligible."


@pytest.mark.parametrize("field", ["responders", "timeline_actors", "on_call", "change_authors", "change_reviewers"])
def test_every_list_of_the_incident_is_asked_for_by_name(field: str) -> None:
    told = replace(NOBODY, leads={"shop": frozenset(), "pay": frozenset()}, **{field: None})
    missing = judge(ZOE, Seat.FACILITATOR, room(replace(ADA, reports_to=""), involvement=told)).missing
    assert len(missing) == 1
    assert missing_in_words(missing[0], {}).startswith("wh")

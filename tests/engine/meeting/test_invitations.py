"""Whom to invite: every name has a reason, every gap is told once, and who follows is not invited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.engine.meeting.group import executive_cap
from afteraction.engine.meeting.invitations import Artefact, Gathering, InviteList, invite
from afteraction.engine.meeting.people import Involvement, Person, Role, Seats
from afteraction.engine.review.findings import Severity


def of(name: str, team: str, role: Role = Role.ENGINEER, **more: object) -> Person:
    return Person(id=name, role=role, teams=frozenset({team}), **{"executive": False, **more})


PEOPLE = {
    one.id: one
    for one in (
        of("kim", "pay"), of("lee", "pay", Role.SRE), of("ada", "shop"), of("eve", "shop", Role.QA),
        of("dev", "shop", Role.DEVOPS), of("pia", "shop", Role.PRODUCT), of("sue", "pay", Role.SUPPORT),
        of("oli", "pay", Role.OPERATIONS), of("far", "search", Role.QA), of("zoe", "search"),
        of("nat", "net"), of("led", "pay", Role.MANAGER, is_lead_of=frozenset({"pay"})),
    )
}  # fmt: skip
GATHERING = Gathering(
    people=PEOPLE,
    involvement=Involvement(
        responders={"kim": "15:51", "lee": "15:58"}, timeline_actors={"kim": "15:51", "nat": "16:20"},
        change_authors={"ada": "change 4711"}, change_reviewers={"zoe": "change 4711"},
        shipping_teams=frozenset({"shop"}), service_teams=frozenset({"pay"}),
    ),
    seats=Seats(owners=("kim",), facilitator="zoe"),
    severity=1,
)  # fmt: skip


def invited(found: InviteList) -> set[str]:
    return {each.person for each in found.invited}


def codes(found: InviteList) -> list[str]:
    return [each.id for each in found.findings]


def test_every_invitation_says_why() -> None:
    found = invite(GATHERING)
    why = {each.person: [reason.text for reason in each.reasons] for each in found.invited}
    assert why["kim"] == ["owner of this review", "responded (15:51)", "is in the timeline (15:51)"]
    assert why["ada"] == ["wrote the change (change 4711)"]
    assert why["eve"] == ["knows what the tests cover"]
    assert why["led"] == ["leads pay, which owns the service"]
    assert all(why.values())


def test_the_author_has_the_seat_of_who_knows_the_change_best() -> None:
    assert {each.person: each.label for each in invite(GATHERING).invited if each.label} == {
        "ada": "knows the change best"
    }


def test_the_four_roles_are_invited_and_support_and_operations_for_grave_incidents() -> None:
    assert {"ada", "eve", "dev", "pia", "sue", "oli"} <= invited(invite(GATHERING))
    assert {"sue", "oli"} <= invited(invite(replace(GATHERING, severity=2)))
    light = invited(invite(replace(GATHERING, severity=3)))
    assert {"ada", "eve", "dev", "pia"} <= light
    assert not {"sue", "oli"} & light


def test_support_brings_what_is_known_of_tickets() -> None:
    found = invite(replace(GATHERING, support_record="43 tickets, first at 18:10"))
    sue = next(each for each in found.invited if each.person == "sue")
    assert sue.reasons[0].text == "knows what users met: 43 tickets, first at 18:10"


def test_nobody_of_a_team_that_has_no_part_is_picked_for_a_role() -> None:
    people = {name: person for name, person in PEOPLE.items() if name != "eve"}
    found = invite(replace(GATHERING, people=people))
    assert "far" not in invited(found)
    assert [(each.role, each.candidates) for each in found.missing] == [("QA lead", ("far",))]


def test_a_missing_role_is_listed_once_and_a_waiver_is_stored() -> None:
    nobody = replace(GATHERING, people={"kim": PEOPLE["kim"]}, involvement=Involvement(), seats=Seats())
    roles = [each.role for each in invite(nobody).missing]
    assert sorted(roles) == sorted(set(roles))
    assert len(roles) == 6
    assert codes(invite(nobody)).count("R152:QA-lead") == 1
    waived = invite(replace(nobody, waived_roles={"customer support": "no tickets came", "operations": " "}))
    assert "R035:customer-support" not in codes(waived)
    assert [each.severity for each in waived.findings if each.id == "R035:operations"] == [Severity.MUST]
    assert {each.role: each.waived for each in waived.missing}["customer support"] == "no tickets came"


def test_every_team_of_the_timeline_is_there_or_says_why_not() -> None:
    alone = replace(GATHERING, followers=("nat",))
    assert "R034:net" in codes(invite(alone))
    said = invite(replace(alone, not_invited={"net": "their link only carried the alarm"}))
    assert "R034:net" not in codes(said)
    assert [(each.team, each.represented_by, each.not_invited_because) for each in said.teams if each.team == "net"] \
        == [("net", (), "their link only carried the alarm")]  # fmt: skip


def test_who_follows_gets_the_document_and_is_never_invited() -> None:
    found = invite(replace(GATHERING, followers=("ada", "eve", "zoe"), recorded=False))
    assert not {"ada", "eve"} & invited(found)
    assert "zoe" in invited(found), "the facilitator's seat is in the room"
    assert {each.person: each.gets for each in found.following} == {
        "ada": (Artefact.DOCUMENT, Artefact.SUMMARY),
        "eve": (Artefact.DOCUMENT, Artefact.SUMMARY),
    }
    assert [each.role for each in found.missing].count("code author") == 1


def test_a_recording_is_offered_only_where_everybody_agreed() -> None:
    found = invite(replace(GATHERING, followers=("ada",), recorded=True))
    assert Artefact.RECORDING in found.following[0].gets


@pytest.mark.parametrize(
    ("group", "executives", "hint"), [(10, 3, True), (9, 2, False), (4, 2, True), (1, 1, False), (11, 3, False)]
)
def test_executives_are_at_most_a_fifth_of_the_room(group: int, executives: int, hint: bool) -> None:
    people = {f"p{n}": of(f"p{n}", "t", executive=n < executives) for n in range(group)}
    found = invite(Gathering(people=people, added=dict.fromkeys(people, "asked"), consented=frozenset(people)))
    assert len(found.invited) == group
    assert ("F8" in codes(found)) is hint
    assert executive_cap(group) >= 1


def test_an_executive_speaks_last_and_comes_with_the_owners_consent() -> None:
    people = {**PEOPLE, "ceo": of("ceo", "board", Role.OTHER, executive=True)}
    found = invite(replace(GATHERING, people=people, added={"ceo": "asked to come"}))
    assert [each.person for each in found.invited if each.speaks_last] == ["ceo"]
    assert "F8:ceo" in codes(found)
    agreed = invite(replace(GATHERING, people=people, added={"ceo": "asked"}, consented=frozenset({"ceo"})))
    assert "F8:ceo" not in codes(agreed)


def test_whether_somebody_is_an_executive_is_not_assumed() -> None:
    people = {**PEOPLE, "kim": of("kim", "pay", executive=None)}
    assert "F8:unknown" in codes(invite(replace(GATHERING, people=people)))


def test_eleven_are_a_hint_with_who_is_optional_and_no_block() -> None:
    people = {f"p{n:02}": of(f"p{n:02}", "t", Role.SRE if n else Role.ENGINEER) for n in range(11)}
    many = Gathering(people=people, involvement=Involvement(responders=dict.fromkeys(people, "")))
    found = [each for each in invite(many).findings if each.code == "F7"]
    assert [each.severity for each in found] == [Severity.MAY]
    assert "11 people are invited, 11 of them are optional" in found[0].sentence
    ten = dict.fromkeys(list(people)[:10], "")
    assert "F7" not in codes(invite(replace(many, involvement=Involvement(responders=ten))))


def test_one_team_alone_is_a_hint_that_can_be_waived() -> None:
    alone = Gathering(people={"a": of("a", "t"), "b": of("b", "t", Role.SRE)}, added={"a": "x", "b": "y"})
    assert "R113" in codes(invite(alone))
    assert "R113" not in codes(invite(replace(alone, waivers={"R113": "one team runs it all"})))


@pytest.mark.parametrize(
    ("second", "is_mixed"),
    [(("u", Role.SRE), True), (("t", Role.SRE), False), (("u", Role.ENGINEER), False), (("t", Role.ENGINEER), False)],
)
def test_two_teams_and_two_roles_are_mixed_and_either_alone_is_a_hint(second: tuple[str, Role], is_mixed: bool) -> None:
    pair = Gathering(people={"a": of("a", "t"), "b": of("b", *second)}, added={"a": "x", "b": "y"})
    found = [each for each in invite(pair).findings if each.code == "R113"]
    assert (not found) is is_mixed
    teams, roles = len({"t", second[0]}), len({Role.ENGINEER, second[1]})
    for each in found:
        assert each.severity is Severity.MAY
        said = f"{teams} team{'s' * (teams > 1)} and {roles} role{'s' * (roles > 1)} are known here"
        assert each.sentence.startswith(said)


def test_a_team_that_owns_an_action_is_represented() -> None:
    found = invite(replace(GATHERING, action_teams=frozenset({"infra", "pay"})))
    assert [each.role for each in found.missing] == ["somebody of infra"]


@settings(max_examples=60, deadline=None)
@given(
    actors=st.sets(st.sampled_from(sorted(PEOPLE))), followers=st.sets(st.sampled_from(sorted(PEOPLE))),
    responders=st.sets(st.sampled_from(sorted(PEOPLE))), severity=st.integers(1, 4),
)  # fmt: skip
def test_whoever_is_left_out_as_optional_leaves_no_team_without_a_voice(
    actors: set[str], followers: set[str], responders: set[str], severity: int
) -> None:
    found = invite(
        replace(
            GATHERING, severity=severity, followers=tuple(sorted(followers)),
            involvement=replace(
                GATHERING.involvement, timeline_actors=dict.fromkeys(actors, ""),
                responders=dict.fromkeys(responders, ""),
            ),
        )
    )  # fmt: skip
    names = [each.person for each in found.invited]
    assert len(names) == len(set(names))
    assert all(each.reasons for each in found.invited)
    assert not {each.person for each in found.following} & set(names)
    required = {each.person for each in found.invited if not each.optional}
    for team in found.teams:
        assert not team.represented_by or required & set(team.represented_by)

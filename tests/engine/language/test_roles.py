"""Roles stand in for people wherever a name could stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Actor, EventKind, Lane
from afteraction.engine.language.people.roles import assign_roles, replace_names
from tests.effort import examples
from tests.engine.timeline.cast import ANNA, BEN, BOT, CLEO, event, says, ticket

NAMES = {ANNA.key: "Anna Arlt", BEN.key: "Ben Bose", CLEO.key: "cleo"}
ROLES = {ANNA.key: "On-call payments", BEN.key: "Incident commander", CLEO.key: "Responder 1"}


def test_what_people_say_they_are_makes_their_role() -> None:
    roles = assign_roles([
        says("14:17", ANNA, "declaring this SEV-2, I am incident commander"),
        says("14:18", BEN, "I take communications"),
        says("14:19", CLEO, "database on-call here, reading along"),
    ])  # fmt: skip
    assert roles[ANNA.key] == "Incident commander"
    assert roles[BEN.key] == "Communications lead"
    assert roles[CLEO.key] == "On-call database"


def test_a_stated_title_is_a_role_without_its_rank() -> None:
    lead = Actor(key="slack:U9", name="Dora", role="Senior Database Engineer")
    praise = Actor(key="slack:U8", name="Ede", role="10x rockstar 🚀")
    roles = assign_roles([says("14:00", lead, "hello"), says("14:01", praise, "restarting the pods")])
    assert roles["slack:U9"] == "Database Engineer"
    assert "rockstar" not in roles["slack:U8"]


def test_two_holders_of_one_title_are_told_apart_by_number() -> None:
    first, second = (Actor(key=f"slack:U{n}", name=n, role="Account manager") for n in ("x1", "x2"))
    roles = assign_roles([says("14:00", first, "a"), says("14:01", second, "b")])
    assert [roles["slack:Ux1"], roles["slack:Ux2"]] == ["Account manager 1", "Account manager 2"]


def test_machines_customers_and_others_have_a_word_each() -> None:
    buyer = Actor(key="ticket:77", name="Frida Falk")
    roles = assign_roles([
        says("14:00", BOT, "[FIRING]"),
        ticket("14:01", "card charged", actor=buyer),
        says("14:02", BEN, "hm"),
        event("14:03", "disabled the flag", Lane.CHANGES, actor=ANNA, kind=EventKind.ACTION),
    ])  # fmt: skip
    assert roles == {BOT.key: "Automation", buyer.key: "Customer 1", BEN.key: "Participant 1", ANNA.key: "Responder 1"}


def test_roles_do_not_depend_on_the_order_of_events() -> None:
    events = [says("14:17", ANNA, "I am IC"), says("14:18", BEN, "ok"), says("14:19", CLEO, "hm")]
    assert assign_roles(events) == assign_roles(reversed(events))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna Arlt restarted it", "On-call payments restarted it"),
        ("asked Anna, she knows", "asked On-call payments, she knows"),
        ("@anna arlt can you look?", "On-call payments can you look?"),
        ("Ben's dashboard", "Incident commander's dashboard"),
        ("CLEO: on it", "Responder 1: on it"),
        ("<@U1> please", "<On-call payments> please"),
        ("mail anna.arlt@example.test today", "mail On-call payments today"),
        ("mail someone.else@example.test", "mail [e-mail address]"),
        ("the annals of Benin", "the annals of Benin"),
        ("Ben\nBose", "Incident commander"),
    ],
)
def test_names_become_roles_in_text(text: str, shown: str) -> None:
    assert replace_names(text, ROLES, NAMES) == shown


def test_a_name_that_is_a_plain_word_is_replaced_only_as_a_name() -> None:
    names = {"slack:U5": "Grace Okoro", "slack:U6": "Mark Long"}
    roles = {"slack:U5": "Finance partner", "slack:U6": "Responder 2"}
    assert replace_names("Grace, mark the long ones", roles, names) == "Finance partner, mark the long ones"


def test_machines_keep_their_names() -> None:
    assert replace_names("pagerbot fired", {BOT.key: "Automation"}, {BOT.key: "pagerbot"}) == "pagerbot fired"


names = st.from_regex(r"[A-Z][a-zéöñ]{3,9}( [A-Z][a-zéöñ]{3,11}){0,2}", fullmatch=True)
glue = st.sampled_from([" ", ", ", ": ", "'s ", "\n", " @", "(", ") ", "“", "” ", "! ", "/", "-", " <@"])


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(names, min_size=1, max_size=5, unique=True), st.data())
def test_no_name_leaks_in_any_case_or_company(people: list[str], data: st.DataObject) -> None:
    known = {f"slack:U{number:03}": name for number, name in enumerate(people)}
    roles = {key: f"Role {number}" for number, key in enumerate(known)}
    pieces: list[str] = []
    for _ in range(data.draw(st.integers(1, 6))):
        person = data.draw(st.sampled_from(people))
        form = data.draw(
            st.sampled_from([person, person.upper(), person.lower(), person.split()[0], person.split()[-1]])
        )
        pieces += [data.draw(glue), form, data.draw(glue), data.draw(st.sampled_from(["looks", "v2.14", "db_1", ""]))]
    shown = replace_names("".join(pieces), roles, known)
    for person in people:
        for part in (person, *person.split()):
            assert not re.search(rf"(?<!\w){re.escape(part)}(?!\w)", shown, re.IGNORECASE) or part.casefold() == "role"

"""The pack: everything that a meeting needs, readable without the server."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from math import ceil

from tests.engine.meeting.occasion import FACTS

from afteraction.engine.causes.graph import CauseGraph, Node, NodeKind, Status
from afteraction.engine.meeting.agenda import park, plan_agenda, skip_item
from afteraction.engine.meeting.invitations import Gathering, invite
from afteraction.engine.meeting.people import Involvement, Person, Role, Seats
from afteraction.engine.meeting.phrases import PHRASE_CARD
from afteraction.engine.meeting.sheet import facilitator_sheet
from afteraction.engine.review.document import Frame, Review
from afteraction.pipeline.review.meeting.calendar import MeetingDate
from afteraction.pipeline.review.meeting.pack import Pack, facilitator_page, meeting_pack, pre_read

AGENDA = plan_agenda(FACTS, severity=1, objective="Learn how the canary was skipped.\nAgree on one change.")
GATHERING = Gathering(
    people={
        "7": Person(id="7", role=Role.ENGINEER, teams=frozenset({"shop"}), executive=False),
        "8": Person(id="8", role=Role.QA, teams=frozenset({"shop"}), executive=False),
    },
    involvement=Involvement(change_authors={"7": "change 4711"}, shipping_teams=frozenset({"shop"})),
    seats=Seats(owners=("8",)), waived_roles={"product manager": "nothing was specified"},
)  # fmt: skip
REVIEW = Review(
    frame=Frame(summary="Checkout failed for 74 min."),
    graph=CauseGraph(
        nodes={
            "N1": Node(id="N1", kind=NodeKind.CONDITION, statement="The pool was full", status=Status.CONFIRMED),
            "N2": Node(id="N2", kind=NodeKind.CONDITION, statement="The cache was cold", status=Status.REFUTED),
        }
    ),
)
PACK = Pack(
    title="Review of INC-2041",
    agenda=AGENDA,
    when=MeetingDate(
        review="42", host="example.org", start=datetime(2027, 3, 4, 13, 0, tzinfo=UTC), zone="Europe/Berlin",
        minutes=60, title="Review", place="Room 4",
    ),
    invites=invite(GATHERING),
    names={"8": "Eve"},
    seats=("owner: Eve",),
    waivers=("F1 waived: facilitator was also responder (15:51). We are three people.",),
    not_checked=("F3 not checked: facilitator, not known whether in the reporting line above somebody.",),
    started="Started without locked timeline: the commander is away",
    pre_read=pre_read(REVIEW, FACTS),
)  # fmt: skip
TEXT = meeting_pack(PACK)


def test_it_stands_alone() -> None:
    assert "http" not in TEXT
    assert not re.search(r"\]\(|<[a-z]|!\[", TEXT)
    for heading in ("Objective", "Seats", "Agenda", "Pre-read", "Phrase card", "To fill in by hand"):
        assert f"## {heading}\n" in TEXT


def test_the_time_is_written_in_the_zone_of_the_meeting_and_in_utc() -> None:
    assert "Thu 4 Mar 2027 14:00 CET (Europe/Berlin), Thu 4 Mar 2027 13:00 UTC, 60 minutes." in TEXT
    assert "No date yet; 60 minutes." in meeting_pack(replace(PACK, when=None))
    assert "**Called off.**" in meeting_pack(replace(PACK, when=replace(PACK.when, cancelled=True)))


def test_the_objective_and_all_items_are_there_in_order() -> None:
    assert "> Learn how the canary was skipped.\n> Agree on one change." in TEXT
    places = [TEXT.index(f"### {each.begins}–{each.ends} min: {each.title}") for each in AGENDA.items]
    assert places == sorted(places)
    for item in AGENDA.items:
        assert item.asks in TEXT


def test_waivers_and_what_was_not_checked_are_printed() -> None:
    for line in (*PACK.waivers, *PACK.not_checked, PACK.started):
        assert f"- {line}" in TEXT


def test_everybody_invited_has_a_reason_and_nobody_is_named_by_a_number() -> None:
    assert "- Eve: owner of this review; knows what the tests cover" in TEXT
    assert "- a member: wrote the change (change 4711) (knows the change best)" in TEXT
    assert "- product manager: set the acceptance criteria. Waived: nothing was specified" in TEXT


def test_the_pre_read_says_supported_and_ruled_out_and_what_is_not_known() -> None:
    assert "- The pool was full (supported)" in TEXT
    assert "- The cache was cold (ruled out)" in TEXT
    assert "### Timeline, v7" in TEXT
    empty = pre_read(Review(), replace(FACTS, timeline_version=None, stations=()))
    assert ("Timeline, no version is locked", ("Nothing yet.",)) in [(each.title, each.lines) for each in empty]


def test_what_people_wrote_does_not_become_markup() -> None:
    nasty = "# no heading | `no code` [no](link) <b>\n1. no list"
    text = meeting_pack(replace(PACK, title=nasty, agenda=park(AGENDA, nasty, during="q1")))
    assert "\\# no heading \\| \\`no code\\` \\[no\\](link) \\<b\\> 1. no list" in text
    assert "\n1. no list" not in text
    quoted = meeting_pack(replace(PACK, agenda=plan_agenda(FACTS, severity=1, objective="- a\n2) b")))
    assert "> \\- a\n> 2\\) b" in quoted


def test_what_was_left_out_or_parked_is_told() -> None:
    text = meeting_pack(replace(PACK, agenda=park(skip_item(AGENDA, "q5", "no metrics"), "Queue age", during="q5")))
    assert "Left out: no metrics" in text
    assert "- Parked: Queue age" in text


def test_the_facilitators_sheet_is_one_page() -> None:
    page = facilitator_page(facilitator_sheet(AGENDA, PACK.waivers))
    rows = page.splitlines()
    # A sheet of A4 takes 60 rows of 90 letters.
    assert sum(max(1, ceil(len(each) / 90)) for each in rows) <= 60
    assert [int(each[0]) for each in rows if re.match(r"\d\. \*\*", each)] == [1, 2, 3, 4, 5]
    assert PACK.waivers[0] in page
    assert all(phrase in page for _, phrase in PHRASE_CARD)
    assert "most likely to blame themselves" in page
    assert "most likely to blame themselves" not in TEXT

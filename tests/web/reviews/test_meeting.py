"""The page of a meeting: who may be there and why, what is planned, and who is told what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import escape

from afteraction.engine.review.document import MeetingPlan, Profile
from afteraction.web.accounts.models import AuditEntry, Team, User
from afteraction.web.incidents.models import IncidentMember, Seat, StoredAnalysis
from afteraction.web.reviews.models import Following
from afteraction.web.reviews.queries import document_of

PAGE = "/incidents/INC-2041/review/meeting/"
IDENTITIES = {"roles": {"slack:U1": "Responder 1"}, "names": {"slack:U1": "Kim Larsen"}}


@pytest.fixture
def seated(review, make_person) -> Callable[..., tuple[User, Client]]:
    """Gives a seat to somebody new, and their browser."""

    def make(seat: Seat, name: str) -> tuple[User, Client]:
        person = make_person(f"{name.split()[0].lower()}@example.org", name=name)
        IncidentMember.objects.create(incident=review.incident, person=person, seat=seat)
        browser = Client()
        browser.force_login(person)
        return person, browser

    return make


def plan(review) -> MeetingPlan:
    return document_of(review).meeting


def page(browser: Client) -> str:
    answer = browser.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_what_a_review_begins_with(review, client) -> None:
    text = page(client)
    assert "Gather the right people" in text and "Set an objective" in text and "Write it down fast" in text
    assert "What needs to change to stop it happening again?" in text, "the four questions are proposed"


def test_whoever_is_in_the_timeline_conflicts_with_the_facilitators_seat(review, client, seated) -> None:
    StoredAnalysis.objects.update(identities=IDENTITIES)
    kim, _ = seated(Seat.VIEWER, "Kim Larsen")
    noor, _ = seated(Seat.VIEWER, "Noor Haddad")
    text = page(client)
    assert "Conflict, F1: was also part of the timeline (14:13)." in text
    client.post(PAGE + "seats", {"do": "seat", "seat": "facilitator", "person": noor.pk})
    assert IncidentMember.objects.get(person=noor).seat == Seat.FACILITATOR
    client.post(PAGE + "seats", {"do": "seat", "seat": "facilitator", "person": kim.pk})
    assert IncidentMember.objects.get(person=kim).seat == Seat.FACILITATOR
    assert IncidentMember.objects.get(person=noor).seat == Seat.VIEWER, "one facilitator, and back to the seat before"


def test_a_waiver_is_kept_with_its_reason_and_printed(review, client, seated) -> None:
    StoredAnalysis.objects.update(identities=IDENTITIES)
    seated(Seat.FACILITATOR, "Kim Larsen")
    client.post(PAGE + "seats", {"do": "waive", "rule": "F1", "because": " "})
    assert document_of(review).frame.waivers == {}
    client.post(PAGE + "seats", {"do": "waive", "rule": "F1", "because": "We are three people"})
    assert document_of(review).frame.waivers == {"F1": "We are three people"}
    printed = "F1 waived: facilitator was also part of the timeline (14:13). We are three people."
    assert printed in page(client)
    assert "We are three people" in client.get(PAGE + "pack.md").content.decode()


def test_a_responder_stays_one_whatever_seat_they_take(review, client, seated) -> None:
    sam, _ = seated(Seat.RESPONDER, "Sam Oduya")
    client.post(PAGE + "seats", {"do": "seat", "seat": "facilitator", "person": sam.pk})
    assert "Conflict, F1: was also responder (had the seat)." in page(client)


def test_what_is_not_known_reads_so_until_somebody_checked_it(review, client, seated) -> None:
    noor, _ = seated(Seat.FACILITATOR, "Noor Haddad")
    Team.objects.create(name="Search", slug="search").people.add(noor)
    assert "F3 not checked: facilitator, not known whether in the reporting line" in page(client)
    said = {"do": "clear", "rules": "F1,F2,F3,F4", "person": noor.pk, "because": "asked them"}
    client.post(PAGE + "seats", said)
    assert "F3 not checked: facilitator" not in page(client)


def test_leads_and_lines_decide_what_was_not_checked(review, client, person, seated) -> None:
    noor, _ = seated(Seat.FACILITATOR, "Noor Haddad")
    kim, _ = seated(Seat.RESPONDER, "Kim Larsen")
    search, pay = (Team.objects.create(name=name, slug=name.lower()) for name in ("Search", "Payments"))
    search.people.add(noor)
    pay.people.add(kim, person)
    review.incident.teams.add(pay)
    text = page(client)
    assert '<a class="link" href="/teams/payments/#leads">who leads Payments</a>' in text
    assert "whom Kim Larsen reports to (an admin enters it)" in text
    mona, _ = seated(Seat.VIEWER, "Mona Vik")
    pay.leads.add(mona)
    text = page(client)
    assert "who leads Payments" not in text and "whom Robin Keller reports to" not in text
    assert "whom Mona Vik reports to" in text, "the line of the team's lead goes on"
    User.objects.filter(pk=mona.pk).update(reports_to_nobody=True)
    assert "F3 not checked: facilitator" not in page(client)
    client.post(PAGE + "seats", {"do": "seat", "seat": "facilitator", "person": mona.pk})
    assert "Conflict, F2: was also lead of the team that owns the service (Payments)." in page(client)


def test_only_a_lead_seats_people(review, seated) -> None:
    sam, browser = seated(Seat.SCRIBE, "Sam Oduya")
    assert browser.post(PAGE + "seats", {"do": "seat", "seat": "owner", "person": sam.pk}).status_code == 403
    assert "Choose all the same" not in page(browser)


def test_the_last_owner_stays(review, client, person) -> None:
    client.post(PAGE + "seats", {"do": "seat", "seat": "scribe", "person": person.pk})
    assert IncidentMember.objects.get(person=person).seat == Seat.OWNER


def test_a_date_is_kept_in_its_zone_and_counted_when_it_moves(review, client) -> None:
    said = {
        "start": "2026-05-14T15:00",
        "zone": "Europe/Berlin",
        "minutes": "45",
        "profile": "debrief",
        "objective": "Why?",
    }
    client.post(PAGE + "plan", said)
    kept = plan(review)
    assert kept.start and kept.start.utc.isoformat() == "2026-05-14T13:00:00+00:00"
    assert (kept.minutes, kept.profile, kept.changes) == (45, Profile.DEBRIEF, 0)
    assert document_of(review).frame.objective == "Why?"
    client.post(PAGE + "plan", {**said, "start": "2026-05-14T16:00"})
    told = client.get(PAGE + "meeting.ics").content.decode()
    assert "SEQUENCE:1" in told and "DTSTART;TZID=Europe/Berlin:20260514T160000" in told


@pytest.mark.parametrize(
    ("start", "zone", "why"),
    [("soon", "UTC", "is no date"), ("2026-03-29T02:30", "Europe/Berlin", "does not exist"),
     ("2026-05-14T15:00", "Mars/Olympus", "is no time zone")],
)  # fmt: skip
def test_a_date_that_there_is_not_is_refused_and_nothing_is_kept(review, client, start, zone, why) -> None:
    answer = client.post(PAGE + "plan", {"start": start, "zone": zone}, follow=True)
    assert why in answer.content.decode() and plan(review) == MeetingPlan()


def test_without_locked_facts_it_starts_for_a_reason_only(review, client) -> None:
    answer = client.post(PAGE + "run", {"do": "begin", "override": " "}, follow=True)
    assert "Not ready: facts confirmed" in answer.content.decode() and plan(review).began is None
    answer = client.post(PAGE + "run", {"do": "begin", "override": "Everybody is here"}, follow=True)
    assert plan(review).began is not None
    assert "Everybody is here" in answer.content.decode()


def test_a_debrief_walks_the_timeline_and_starts_without_locked_facts(review, client) -> None:
    client.post(PAGE + "plan", {"profile": "debrief"})
    client.post(PAGE + "run", {"do": "begin"})
    assert plan(review).began is not None
    assert "Open when the debrief started" in page(client)


def test_the_scribe_writes_drafts_as_parts(review, client, seated) -> None:
    _, scribe = seated(Seat.SCRIBE, "Sam Oduya")
    client.post(PAGE + "run", {"do": "begin", "override": "Everybody is here"})
    for what in ("node", "gap", "action", "quote", "park"):
        answer = scribe.post(
            PAGE + "write", {"what": what, "text": f"A {what}", "during": "q1"}, headers={"accept": "application/json"}
        )
        assert answer.status_code == 200, answer.content
    document = document_of(review)
    assert [each.statement for each in document.graph.nodes.values()] == ["A node"]
    assert [each.title for each in document.gates.values()] == ["A gap"]
    assert [each.text for each in document.changes.values()] == ["A action"]
    assert [each.text for each in document.meeting.quotes] == ["A quote"]
    assert [each.text for each in document.meeting.parked] == ["A park"]
    assert "Parked" in client.get(PAGE + "pack.md").content.decode()


def test_leaving_out_and_more_time_are_kept(review, client) -> None:
    client.post(PAGE + "write", {"what": "skip", "during": "q5", "text": "No series at hand"})
    client.post(PAGE + "write", {"what": "vote", "during": "q2", "from": "close", "minutes": "3"})
    client.post(PAGE + "write", {"what": "vote", "during": "q2", "from": "close", "minutes": "many"})
    agenda = client.get(PAGE).context["agenda"]
    assert agenda.item("q5").skipped_because == "No series at hand"
    assert (agenda.item("q2").minutes, agenda.item("close").minutes) == (15, 2)
    assert sum(each.minutes for each in agenda.items) == agenda.length


def test_prompts_are_for_whose_entries_they_are_about(review, client, seated) -> None:
    StoredAnalysis.objects.update(identities=IDENTITIES)
    _, kim = seated(Seat.RESPONDER, "Kim Larsen")
    assert "looking, checkout 5xx climbing" in page(kim) and "To think of before" in page(kim)
    assert "To think of before" not in page(client)


def test_the_sheet_of_challenges_is_the_devils_advocates(review, client, save, seated) -> None:
    told = (("N1", "outcome", "Checkout failed"), ("N2", "event", "All were in use"))
    nodes = [
        {"sort": "node", "id": ident, "body": {"kind": kind, "statement": said}, "based_on": 0}
        for ident, kind, said in told
    ]
    save(*nodes, {"sort": "edge", "id": "L1", "body": {"source": "N2", "target": "N1"}, "based_on": 0})
    _, advocate = seated(Seat.DEVILS_ADVOCATE, "Ada Brandt")
    assert "To challenge" in page(advocate) and "To challenge" not in page(client)


def test_only_the_facilitator_is_reminded(review, client, seated) -> None:
    _, noor = seated(Seat.FACILITATOR, "Noor Haddad")
    reminder = "Talk first to the person most likely to blame themselves"
    assert reminder in page(noor) and reminder not in page(client)
    assert reminder in noor.get(PAGE + "sheet.md").content.decode()
    assert reminder not in client.get(PAGE + "sheet.md").content.decode()


def test_who_follows_is_not_invited(review, seated) -> None:
    kim, browser = seated(Seat.RESPONDER, "Kim Larsen")
    assert str(kim.pk) in [each.person for each in browser.get(PAGE).context["occasion"].invites.invited]
    browser.post(PAGE + "follow", {"do": "begin"})
    assert Following.objects.get().person == kim
    assert str(kim.pk) not in [each.person for each in browser.get(PAGE).context["occasion"].invites.invited]
    browser.post(PAGE + "follow", {"do": "stop"})
    assert not Following.objects.exists() and AuditEntry.objects.filter(verb="unfollow").count() == 1


def test_everybody_is_invited_for_a_reason(review, client, seated) -> None:
    noor, _ = seated(Seat.VIEWER, "Noor Haddad")
    client.post(PAGE + "guests", {"do": "add", "person": noor.pk, "why": " "})
    assert plan(review).added == {}
    client.post(PAGE + "guests", {"do": "add", "person": noor.pk, "why": "knows the queue"})
    client.post(PAGE + "guests", {"do": "describe", "person": noor.pk, "works_as": "qa", "executive": "yes"})
    text = page(client)
    assert "knows the queue" in text and "speaks last" in text
    assert "An executive is invited without the owner&#x27;s consent." in text
    assert "Qa lead" not in text and all(each.role != "QA lead" for each in client.get(PAGE).context["missing"])
    client.post(PAGE + "guests", {"do": "without", "role": "product manager", "why": "nobody has that job"})
    assert "Goes without: nobody has that job" in page(client)


def test_a_deactivated_account_keeps_its_seat_and_is_offered_none(review, client, seated) -> None:
    noor, _ = seated(Seat.FACILITATOR, "Noor Haddad")
    kim, _ = seated(Seat.VIEWER, "Kim Larsen")
    seated(Seat.VIEWER, "Sam Oduya")
    User.objects.filter(pk__in=(noor.pk, kim.pk)).update(is_active=False)
    context = client.get(PAGE).context
    offered = {each.name for row in context["seat_rows"] for each in (*row.candidates, *row.more)}
    assert "Sam Oduya" in offered and not offered & {"Noor Haddad", "Kim Larsen"}
    assert [each.name for each in context["seat_rows"][1].holders] == ["Noor Haddad"]
    left = {each.label for each in context["occasion"].uninvited.values()}
    assert "Sam Oduya" in left and "Kim Larsen" not in left


def test_the_room_hears_first_whoever_the_fewest_people_report_to(review, client, person, seated) -> None:
    mona, _ = seated(Seat.RESPONDER, "Mona Vik")
    kim, _ = seated(Seat.RESPONDER, "Kim Larsen")
    seated(Seat.RESPONDER, "Sam Oduya")
    User.objects.filter(pk=kim.pk).update(reports_to=mona)
    User.objects.filter(pk=person.pk).update(reports_to=mona)
    client.post(PAGE + "guests", {"do": "describe", "person": person.pk, "executive": "yes"})
    client.post(PAGE + "run", {"do": "begin", "override": "Everybody is here"})
    heard = client.get(PAGE + "room").context["heard"]
    assert [each["name"] for each in heard] == ["Kim Larsen", "Mona Vik", "Sam Oduya", str(person)]
    assert [each["name"] for each in heard if each["unknown"]] == ["Sam Oduya"]
    told = client.get("/api/v1/incidents/INC-2041/review/meeting").json()["speaking_order"]
    assert [each["name"] for each in told] == [each["name"] for each in heard]
    assert [each["place_known"] for each in told] == [True, True, False, True]


def test_no_owner_is_seen_in_the_room_before_both_halves_of_the_priority_are_set(review, client, save) -> None:
    body = {"text": "Deploy stops without traffic", "owner_role": "pipeline engineer", "state": "provisional"}
    answer = save({"sort": "change", "id": "C1", "body": body, "based_on": 0})
    assert answer.status_code == 200, answer.content
    client.post(PAGE + "run", {"do": "begin", "override": "Everybody is here"})
    api = "/api/v1/incidents/INC-2041/review/meeting"

    def seen() -> list[bool]:
        told = client.get(api)
        pages = (client.get(PAGE + "room"), client.get(PAGE), client.get(PAGE + "pack.md"), told)
        assert told.json()["priorities"][0]["owner_hidden"] is ("pipeline engineer" not in told.content.decode())
        return ["pipeline engineer" in each.content.decode() for each in pages]

    assert not any(seen()) and "The owner shows once both are set." in client.get(PAGE + "room").content.decode()
    told = {"what": "priority", "during": "C1"}
    client.post(PAGE + "write", {**told, "impact": "high", "urgency": "soon"})
    client.post(PAGE + "write", {**told, "during": "C9", "impact": "high", "urgency": "low"})
    assert not any(seen()) and document_of(review).changes["C1"].impact is None
    client.post(PAGE + "write", {**told, "impact": "high", "urgency": "low"})
    kept = document_of(review).changes["C1"]
    assert (kept.impact, kept.urgency, kept.owner_role) == ("high", "low", "pipeline engineer")
    assert all(seen()) and AuditEntry.objects.filter(verb="set_priority").count() == 1
    sent = {**told, "impact": "low", "urgency": "low"}
    assert client.post(api + "/lines", sent, content_type="application/json").status_code == 200
    assert document_of(review).changes["C1"].impact == "low"


def test_a_step_is_judged_from_its_own_minute(review, client, save) -> None:
    at = {"utc": "2026-05-12T14:13:00Z", "precision": "min"}
    node = {"kind": "decision", "statement": "Rolled back at once", "valid_from": at}
    assert save({"sort": "node", "id": "N1", "body": node, "based_on": 0}).status_code == 200
    client.post(PAGE + "run", {"do": "begin", "override": "Everybody is here"})
    room = client.get(PAGE + "room")
    step = next(each for each in room.context["steps"] if each.title == "Rolled back at once")
    assert room.context["then"] is None and "hidden while a step is judged" not in room.content.decode()
    line = next(line for item in room.context["agenda"].items for line in item.lines)
    then = client.get(f"{PAGE}room?known={step.known}")
    seen = then.context["then"]
    assert seen.hidden and all(each.at <= step.at for each in seen.reached)
    assert len(seen.reached) + seen.hidden == len(room.context["steps"]) - 1
    assert escape(line) in room.content.decode() and escape(line) not in then.content.decode()
    assert f"/incidents/INC-2041/?known={step.known}" in then.content.decode()
    told = client.get("/api/v1/incidents/INC-2041/review/meeting?known_at=2026-05-12T14:13:00Z").json()
    assert told["known_then"]["hidden"] == seen.hidden and not told["pre_read"]
    assert not any(item["lines"] for item in told["agenda"]["items"])


def test_addresses_of_guests_are_for_whoever_leads(review, client, seated) -> None:
    client.post(PAGE + "plan", {"start": "2026-05-14T15:00"})
    _, viewer = seated(Seat.VIEWER, "Vi Ewer")
    assert "ATTENDEE" in client.get(PAGE + "meeting.ics").content.decode()
    assert "example.org" not in viewer.get(PAGE + "meeting.ics").content.decode()


def test_shares_of_the_pulse_are_shown_from_five_sheets_on(review, client) -> None:
    client.post(PAGE + "run", {"do": "begin", "override": "Everybody is here"})
    client.post(PAGE + "run", {"do": "end"})
    for number in range(1, 6):
        client.post(PAGE + "pulse", {"learnt": "yes" if number % 2 else "no", "again": "yes"})
        assert ("learnt something" in page(client)) is (number == 5)
    assert "5 answers: 3 of 5 learnt something, 5 of 5 would come again." in page(client)

"""Who had which part: shown from the evidence, corrected and completed by those who lead, seen by nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from afteraction.web.accounts.models import AuditEntry, Team, User
from afteraction.web.incidents.models import ActorSaid, IncidentMember, Part, PartSaid, Seat, StoredAnalysis
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.incidents.taking_part import taking_part

PAGE = "/incidents/INC-2041/members/"
IDENTITIES = {"roles": {"slack:U1": "Responder 1"}, "names": {"slack:U1": "kim-larsen"}}


@pytest.fixture
def kim(incident, make_person) -> User:
    StoredAnalysis.objects.update(identities=IDENTITIES)
    return make_person("k.larsen@example.org", name="Kim Larsen")


def told(incident):
    return taking_part(incident, latest_analysis(incident))


def say(browser: Client, **said: str) -> int:
    return browser.post(PAGE + "parts", said).status_code


def test_a_handle_with_hyphens_is_the_name_of_one_account(incident, kim) -> None:
    found = told(incident)
    assert list(found.entries) == [str(kim.pk)] and found.unknown == ()


def test_a_handle_that_two_accounts_fit_is_nobody_until_somebody_says_so(incident, client, kim, make_person) -> None:
    make_person("kim2@example.org", name="Kim Larsen")
    assert told(incident).unknown == ("Responder 1",)
    assert "not known as an account" in client.get(PAGE).content.decode()
    say(client, do="actor", role="Responder 1", email=kim.email)
    found = told(incident)
    assert found.unknown == () and list(found.entries) == [str(kim.pk)]
    assert "Kim" not in str(list(ActorSaid.objects.values())), "an actor is kept without a name"
    say(client, do="actor", role="Responder 1", email="")
    found = told(incident)
    assert found.unknown == () and found.entries == {}, "somebody without an account here"


def test_the_rest_of_the_timeline_has_no_account(incident, client) -> None:
    StoredAnalysis.objects.update(identities=IDENTITIES)
    assert told(incident).unknown == ("Responder 1",)
    say(client, do="rest")
    assert told(incident).unknown == ()


def test_who_acknowledged_was_on_call_until_somebody_corrects_it(incident, client, kim, person) -> None:
    analysis = latest_analysis(incident)
    own = told(incident).entries[str(kim.pk)]
    analysis.head["milestones"]["t_ack"] = [{"event_ids": [own[0].event_id]}]
    StoredAnalysis.objects.filter(pk=analysis.pk).update(head=analysis.head)
    on_call = told(incident).parts[Part.ON_CALL]
    assert on_call.people == {str(kim.pk): f"acknowledged {own[0].value[11:16]}"}
    assert not on_call.is_everybody, "others may have been on call as well"
    say(client, do="had_not", part="on_call", email=kim.email)
    say(client, do="had", part="on_call", email=person.email)
    say(client, do="everybody", part="on_call")
    on_call = told(incident).parts[Part.ON_CALL]
    assert (dict(on_call.people), on_call.denied) == ({str(person.pk): "said by hand"}, (str(kim.pk),))
    assert on_call.is_everybody
    text = client.get(PAGE).content.decode()
    assert "Not Kim Larsen" in text and "Nobody else." in text
    say(client, do="take_back", part="on_call", email=kim.email)
    say(client, do="not_everybody", part="on_call")
    on_call = told(incident).parts[Part.ON_CALL]
    assert str(kim.pk) in on_call.people and not on_call.is_everybody
    kept = list(AuditEntry.objects.filter(verb__in=("say_part", "say_everybody")).values_list("verb", flat=True))
    assert len(kept) == 5


def test_only_those_who_lead_see_and_say_it(incident, client, make_person) -> None:
    reader = make_person("reader@example.org")
    IncidentMember.objects.create(incident=incident, person=reader, seat=Seat.RESPONDER)
    browser = Client()
    browser.force_login(reader)
    assert "Part in it" not in browser.get(PAGE).content.decode()
    assert say(browser, do="everybody", part="on_call") == 403
    assert browser.get("/api/v1/incidents/INC-2041/parts").status_code == 403
    assert not PartSaid.objects.exists()
    assert "Part in it" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [({"do": "had", "part": "on_call", "email": "x@nowhere.example"}, "Nobody here has the address"),
     ({"do": "had", "part": "cook", "email": "owner@example.org"}, "is no part"),
     ({"do": "actor", "role": "Nobody 9", "email": ""}, "Nobody in the timeline is called")],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_with_a_way_out(incident, client, said, words) -> None:
    assert words in client.post(PAGE + "parts", said, follow=True).content.decode()
    assert not PartSaid.objects.exists() and not ActorSaid.objects.exists()


def test_the_api_says_the_same(incident, client, kim) -> None:
    place = "/api/v1/incidents/INC-2041/"
    said = {"email": kim.email, "everybody": True}
    answer = client.put(place + "parts/reviewer", said, content_type="application/json")
    assert answer.status_code == 200, answer.content
    reviewer = next(each for each in answer.json()["parts"] if each["part"] == "reviewer")
    expected = {"id": kim.pk, "email": kim.email, "seen": "said by hand"}
    assert reviewer == {"part": "reviewer", "is_everybody": True, "people": [expected], "denied": []}
    answer = client.put(place + "who-is-who", {"role": "Responder 1"}, content_type="application/json")
    assert answer.json()["unknown"] == []
    assert client.put(place + "parts/cook", {}, content_type="application/json").status_code == 422


def test_parts_and_leads_settle_every_conflict_of_the_facilitator(incident, client, person, kim, make_person) -> None:
    """The one way from "not checked" to a verdict: every missing fact is named on the meeting's page and entered."""
    client.post("/incidents/INC-2041/review/open", {})
    noor = make_person("noor@example.org", name="Noor Haddad")
    IncidentMember.objects.create(incident=incident, person=noor, seat=Seat.FACILITATOR)
    meeting = "/incidents/INC-2041/review/meeting/"
    text = client.get(meeting).content.decode()
    assert f'<a class="link" href="{PAGE}#part">who was on call, all of them</a>' in text
    assert f'<a class="link" href="{PAGE}#part">who reviewed the change, all of them</a>' in text
    say(client, do="had", part="author", email=kim.email)
    for part in Part.values:
        say(client, do="everybody", part=part)
    pay, search = (Team.objects.create(name=name, slug=name.lower()) for name in ("Payments", "Search"))
    pay.people.add(kim, person)
    search.people.add(noor)
    incident.teams.add(pay)
    pay.leads.add(kim)
    User.objects.filter(pk=kim.pk).update(reports_to_nobody=True)
    text = client.get(meeting).content.decode()
    row = text[text.index('id="seat-facilitator"') :]
    assert row.index("Eligible.") < row.index("</p>"), row[:600]
    search.people.remove(noor)
    pay.people.add(noor)
    text = client.get(meeting).content.decode()
    assert "Conflict, F4: was also on the team that shipped the change (Payments)." in text
    assert text.count("not checked: facilitator") == 0

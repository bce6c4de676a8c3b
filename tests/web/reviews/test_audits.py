"""What the next sprint audits: which line, on which day, by whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo, NotAdmin
from afteraction.web.accounts.models import AuditEntry, SiteRole, Team
from afteraction.web.reviews.actions.say_sprints import say_sprints
from afteraction.web.reviews.audits import audits_for
from afteraction.web.reviews.commitments import taken_on
from afteraction.web.reviews.models import ReviewPart, SprintRhythm

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
FIRST = date(2026, 11, 2)
BY_HAND = {"text": "A rollback was rehearsed", "auditor": "Head of operations"}


@pytest.fixture
def admin(make_person):
    return make_person("admin@example.org", role=SiteRole.ADMIN)


@pytest.fixture
def promised(review, person):
    bodies = [
        {"text": "Bound the pool", "state": "committed", "due": "2026-11-27", "owner": str(person.pk),
         "done_when": [{"text": "The pool has a bound", "check": "V03"}, {"text": "Somebody should look"}]},
        {"text": "Rehearse it", "state": "claimed", "due": "2026-12-10", "owner": str(person.pk),
         "done_when": [BY_HAND]},
        {"text": "Not taken yet", "state": "proposed", "due": "2026-11-27", "done_when": [BY_HAND]},
        {"text": "Seen to hold", "state": "verified", "due": "2026-11-27", "done_when": [BY_HAND]},
    ]  # fmt: skip
    for number, body in enumerate(bodies, start=1):
        ReviewPart.objects.create(review=review, sort="change", ident=f"c{number}", body=body, rev=number)
    return review


def test_each_line_of_a_commit_has_its_day_and_who_audits_it(promised, person, admin) -> None:
    say_sprints(FIRST, 14, actor=admin)
    told = [(day.day, day.is_next, [(each.line, each.by) for each in day.audits]) for day in audits_for(person, TODAY)]
    assert told == [
        (date(2026, 11, 30), True, [("The pool has a bound", "check V03")]),
        (date(2026, 12, 14), False, [("A rollback was rehearsed", "Head of operations")]),
    ]


def test_without_a_word_of_sprints_no_audit_has_a_day(promised, person) -> None:
    [day] = audits_for(person, TODAY)
    assert (day.day, day.is_next, len(day.audits)) == (None, False, 2)
    assert [each.audit for each in taken_on(person, person, TODAY).commitments] == [None, None]


def test_a_date_at_the_end_of_the_calendar_has_no_audit_day(promised, person, admin) -> None:
    say_sprints(FIRST, 14, actor=admin)
    part = promised.parts.get(ident="c1")
    part.body = part.body | {"due": date.max.isoformat()}
    part.save()
    assert [day.day for day in audits_for(person, TODAY)] == [date(2026, 12, 14), None]


def test_the_sprints_of_the_incidents_team_go_before_everybodys(promised, person, admin) -> None:
    team = Team.objects.create(name="Payments", slug="payments")
    say_sprints(FIRST, 14, actor=admin)
    say_sprints(date(2026, 11, 25), 7, team=team, actor=admin)
    assert audits_for(person, TODAY)[0].day == date(2026, 11, 30)
    promised.incident.teams.add(team)
    assert [each.day for each in audits_for(person, TODAY)] == [date(2026, 12, 2), date(2026, 12, 16)]


def test_who_may_not_see_the_incident_gets_no_line_of_it(promised, admin) -> None:
    say_sprints(FIRST, 14, actor=admin)
    assert audits_for(admin, TODAY) == []


def test_what_somebody_took_on_says_when_it_is_audited(promised, person, admin) -> None:
    say_sprints(FIRST, 14, actor=admin)
    assert {each.text: each.audit for each in taken_on(person, person, TODAY).commitments} == {
        "Bound the pool": date(2026, 11, 30), "Rehearse it": date(2026, 12, 14),
    }  # fmt: skip


def test_leads_say_it_of_their_team_and_admins_of_everybody(person, admin) -> None:
    team = Team.objects.create(name="Payments", slug="payments")
    with pytest.raises(NotAdmin):
        say_sprints(FIRST, 14, team=team, actor=person)
    team.leads.add(person)
    say_sprints(FIRST, 14, team=team, actor=person)
    with pytest.raises(NotAdmin):
        say_sprints(FIRST, 14, actor=person)
    for begins, days in ((FIRST, 0), (FIRST, 367), (date(1, 1, 1), 14)):
        with pytest.raises(CannotDo):
            say_sprints(begins, days, actor=admin)
    entry = AuditEntry.objects.get(verb="say_sprints")
    assert (entry.subject, entry.detail) == (team.subject, {"begins": "2026-11-02", "days": 14})
    assert SprintRhythm.objects.count() == 1


def test_the_page_says_it_and_takes_it(client, promised, person) -> None:
    assert "nobody said when sprints begin" in client.get("/commitments/audit/").content.decode()
    said = {"begins": timezone.now().date().isoformat(), "days": "14"}
    assert client.post("/commitments/audit/", said).status_code == 403
    person.role = SiteRole.ADMIN
    person.save()
    for wrong in ({"begins": "soon"}, {"days": "x"}, {"days": "²"}, {"team": "nobody"}, {"days": "9999"}):
        answer = client.post("/commitments/audit/", said | wrong)
        assert answer.status_code == 400 and 'role="alert"' in answer.content.decode(), wrong
    assert client.post("/commitments/audit/", said)["Location"] == "/commitments/audit/"
    page = client.get("/commitments/audit/").content.decode()
    assert (
        "The pool has a bound" in page and "check V03: Regression test passes" in page and "and every 14 days" in page
    )
    assert "Somebody should look" not in page

"""The list of incidents: narrowing, paging, what a reader may not see, and ten thousand of them."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.actions.visibility import publish, restrict
from afteraction.web.incidents.finding.narrowing import Asked, facets, list_page, read_asked
from afteraction.web.incidents.models import Incident, IncidentMember, IncidentService, SearchEntry, State
from afteraction.web.incidents.record import Record

pytestmark = pytest.mark.django_db
START = datetime(2025, 1, 1, tzinfo=UTC)


def many(person, count: int, first: int = 1) -> None:
    """Incidents an hour apart, of three kinds and five services, all owned by one person."""
    kinds = itertools.cycle(["outage", "bug", "near_miss"])
    services = itertools.cycle(["checkout", "search", "mailer", "ledger", "gateway"])
    made = Incident.objects.bulk_create(
        Incident(key=f"INC-{n}", title=f"Number {n}", kind=next(kinds), state=State.RESOLVED,
                 listed_at=START + timedelta(hours=n // 2), created_by=person)
        for n in range(first, count + 1)
    )  # fmt: skip
    IncidentMember.objects.bulk_create(IncidentMember(incident=one, person=person, seat="owner") for one in made)
    IncidentService.objects.bulk_create(IncidentService(incident=one, name=next(services)) for one in made)
    SearchEntry.objects.bulk_create(
        SearchEntry(incident=one, kind="record", title=f"{one.key} {one.title}", text="") for one in made
    )


def keys(response) -> list[str]:
    return re.findall(r'name="key" value="(INC-\d+)"', response.content.decode())


def test_pages_follow_each_other_without_gap_or_repeat(client, person):
    many(person, 120)
    seen, address = [], "/incidents/"
    while address:
        page = client.get(address)
        assert page.status_code == 200
        seen += keys(page)
        more = re.search(r'class="btn small ghost" href="(\?[^"]+)"[^>]*>Earlier', page.content.decode())
        address = f"/incidents/{more[1]}".replace("&amp;", "&") if more else ""
    assert seen == [f"INC-{n}" for n in range(120, 0, -1)]


def test_the_address_narrows_by_facet_words_and_day(client, person):
    many(person, 30)
    assert set(keys(client.get("/incidents/?kind=bug"))) == {f"INC-{n}" for n in range(2, 31, 3)}
    assert set(keys(client.get("/incidents/?service=mailer&kind=bug"))) == {"INC-8", "INC-23"}
    assert keys(client.get("/incidents/?q=number+17")) == ["INC-17"]
    assert keys(client.get("/incidents/?to=2025-01-01&q=9")) == ["INC-9"]
    assert keys(client.get("/incidents/?from=2026-01-01")) == []
    assert keys(client.get("/incidents/?year=2025&state=open")) == []


@pytest.mark.parametrize(
    "query",
    [
        "kind=%00", "after=x", "after=99999999999999999.1", "year=0000", "year=9999", "from=tomorrow", "to=9999-12-31",
        "q=%22%27%3B--", "q=*", "q=NEAR(a%20b)", "q=%26%7C!", "service=" + "x" * 5000, "after=-1.-1", "year=%C2%B2025",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_a_list_all_the_same(client, incident, query):
    assert client.get(f"/incidents/?{query}").status_code == 200
    assert client.get(f"/search?{query}").status_code == 200


def test_nothing_of_others_is_listed_or_counted(client, person, make_person):
    other = make_person("other@example.org")
    many(other, 10)
    page = client.get("/incidents/")
    assert keys(page) == []
    assert "No incident yet" in page.content.decode()
    assert facets(person, Asked()) == ([], 0)


def test_a_restricted_incident_is_in_no_facet_of_an_outsider(incident, person, make_person):
    outsider = make_person("outsider@example.org")
    publish(incident, actor=person)
    assert len(list_page(outsider, Asked()).incidents) == 1
    restrict(incident, "legal", actor=person)
    assert list_page(outsider, Asked()).incidents == []
    assert facets(outsider, read_asked({"service": "checkout"}))[0][0].choices[0].count == 0


def test_the_record_and_the_analysis_are_shown_without_reading_the_analysis(client, incident):
    page = client.get("/incidents/").content.decode()
    for told in ("SEV-2", "Tue 12 May 2026", "59 min", "checkout", "Resolved", "disputed"):
        assert told in page, told


def test_ten_thousand_incidents_cost_as_many_queries_as_ten(client, person):
    def cost() -> list[int]:
        found = []
        for address in ("/incidents/", "/incidents/?kind=bug", "/incidents/?q=number", "/", "/search?q=number"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found

    many(person, 100)
    few = cost()
    many(person, 10_000, first=101)
    assert cost() == few


@pytest.mark.both_databases
@pytest.mark.parametrize("place", [1_990, 1_000, 200])
def test_a_page_far_down_reads_the_index_by_time(either_database, person, place):
    many(person, 2_000)
    last = Incident.objects.get(key=f"INC-{place}")
    after = (int((last.listed_at - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)), last.pk)
    with CaptureQueriesContext(connection) as asked:
        page = list_page(person, Asked(after=after))
    assert page.incidents[0].key == f"INC-{place - 1}"
    with connection.cursor() as cursor:
        if either_database == "postgresql":
            # A server does so by itself; a plan made before it rests on guesses.
            cursor.execute("ANALYZE")
        explain = "EXPLAIN" if either_database == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} {asked.captured_queries[0]['sql']}")
        plan = "\n".join(str(row) for row in cursor.fetchall())
    assert "incidents_by_time" in plan, plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
    # Near the end PostgreSQL rightly prefers to sort the few that are left.
    assert "Sort" not in plan or place == 200, plan


def test_selected_incidents_are_published_and_refusals_say_why(client, incident, person, make_person):
    empty = create_incident(Record(title="Empty"), actor=person)
    foreign = create_incident(Record(title="Foreign"), actor=make_person("other@example.org"))
    answer = client.post(
        "/incidents/publish",
        {"key": [incident.key, empty.key, foreign.key], "back": "https://evil.example/"},
        follow=True,
    )
    incident.refresh_from_db()
    page = answer.content.decode()
    assert incident.published_at
    assert answer.redirect_chain[0][0] == "/incidents/"
    assert "Published: INC-2041" in page
    assert "no evidence" in page
    assert f"{foreign.key}: there is nothing here for you" in page

"""Searching: the sentence that hits, on both databases, and nothing of what a reader may not see."""

from __future__ import annotations

import pytest
from django.test import Client

from afteraction.web.accounts.models import User
from afteraction.web.incidents import queries
from afteraction.web.incidents.actions import Wish, hide_events, keep_events, withdraw_edit
from afteraction.web.incidents.actions.change_record import change_record
from afteraction.web.incidents.actions.create_incident import create_incident
from afteraction.web.incidents.actions.visibility import delete_incident, publish, restrict
from afteraction.web.incidents.finding.narrowing import Asked, facets, list_page, read_asked
from afteraction.web.incidents.finding.search import search, suggest
from afteraction.web.incidents.finding.search_index import forget_evidence
from afteraction.web.incidents.finding.search_terms import terms_of
from afteraction.web.incidents.models import AnalysedEvent, Incident, SearchEntry
from afteraction.web.incidents.record import Record

# Twelve incidents with what was said of each, and what somebody would type to find it again.
STORIES = {
    "Sign-in fails for European tenants": ("gateway", "The certificate of the identity provider expired at midnight."),
    "Order e-mails arrive hours late": ("mailer", "The outbound queue grew because retries had no budget."),
    "Search results are stale after a rebuild": ("search", "The alias still pointed at the old index."),
    "Checkout answers with errors": ("payments-api", "The connection pool of ledger-db was exhausted by v2.14."),
    "Invoices show the wrong currency": ("billing", "A feature flag switched rounding for everybody."),
    "Uploads break off at 4 GB": ("storage", "A proxy kept a limit of 32 bits for the content length."),
    "Pages load without styles": ("cdn", "The cache kept an empty stylesheet for an hour."),
    "Push messages come twice": ("notifier", "A consumer group was rebalanced during the deployment."),
    "Reports time out on Mondays": ("warehouse", "The nightly job held a lock on the table of events."),
    "Passwords cannot be reset": ("identity", "The mail template named a domain that was sold."),
    "Videos stop after ten seconds": ("player", "The token of the edge expired before the playlist did."),
    "Node is drained in the middle of a backup": ("kubernetes", "The eviction policy ignored the disruption budget."),
}
QUERIES = {
    "expired certificate": "Sign-in fails for European tenants",
    "retry budget": "Order e-mails arrive hours late",
    "stale index": "Search results are stale after a rebuild",
    "pool exhausted": "Checkout answers with errors",
    "ledger-db": "Checkout answers with errors",
    "v2.14": "Checkout answers with errors",
    "feature flags": "Invoices show the wrong currency",
    "content length limit": "Uploads break off at 4 GB",
    "cached stylesheets": "Pages load without styles",
    "rebalancing consumers": "Push messages come twice",
    "table locks": "Reports time out on Mondays",
    "reset password": "Passwords cannot be reset",
    "playlist token": "Videos stop after ten seconds",
    "evictions": "Node is drained in the middle of a backup",
    "what was in the mail template": "Passwords cannot be reset",
    "warehou": "Reports time out on Mondays",
}


def tell(person: User) -> None:
    for title, (service, sentence) in STORIES.items():
        incident = create_incident(Record(title=title, services=(service,)), actor=person)
        said = f"It began in the morning. {sentence} Somebody looked at it."
        SearchEntry.objects.create(incident=incident, kind="report", ref="1", position=1, text=said)


@pytest.mark.django_db(transaction=True)
def test_nine_of_ten_queries_find_their_incident_among_the_first_five(either_database):
    person = User.objects.create_user(f"seeker-{either_database}@example.org", "correct horse battery")
    tell(person)
    found = {query: [hit.incident.title for hit in search(person, Asked(text=query), size=5).hits] for query in QUERIES}
    missed = [query for query, title in QUERIES.items() if title not in found[query]]
    assert len(missed) <= len(QUERIES) // 10, missed
    best = search(person, Asked(text="pool exhausted")).hits[0]
    told = "".join(piece.text for piece in best.sentences[0][1])
    assert told == "The connection pool of ledger-db was exhausted by v2.14."
    assert [piece.text for piece in best.sentences[0][1] if piece.is_hit] == ["pool", "exhausted"]
    # Changed and removed rows leave the index too, by the database's own means.
    SearchEntry.objects.filter(text__contains="alias").update(text="Nothing of the kind.")
    forget_evidence(Incident.objects.get(title="Pages load without styles"))
    assert search(person, Asked(text="alias")).total == 0
    assert search(person, Asked(text="stylesheet")).total == 0
    for hostile in ('"', "'", "*", "NEAR(a b)", "a AND", "-x", "(", ":*", "& | !", "\\", "%", "a:b", "^a", "{a}"):
        search(person, Asked(text=hostile))
    assert search(person, Asked(text="europaean tennants")).near == ("Sign-in fails for European tenants",)
    assert search(person, Asked(text="xylophone")).near == ()
    named = {facet.name: [choice.value for choice in facet.choices] for facet in facets(person, Asked())[0]}
    assert len(named["service"]) == 12
    year = Incident.objects.filter(title="Pages load without styles").values_list("listed_at", flat=True).get().year
    chosen, total = facets(person, read_asked({"year": str(year), "kind": "outage", "q": "certificate"}))
    assert total == 1
    assert {facet.name: facet.chosen.count for facet in chosen if facet.chosen} == {"kind": 1, "year": 1}
    assert len(list_page(person, read_asked({"service": "identity", "mine": "1"})).incidents) == 1
    stranger = User.objects.create_user(f"stranger-{either_database}@example.org", "correct horse battery")
    assert search(stranger, Asked(text="certificate")).total == 0
    assert search(stranger, Asked(text="certifikate")).near == ()
    Incident.objects.all().delete()


@pytest.mark.django_db
def test_key_events_and_the_report_are_found(client, incident):
    page = client.get("/search?q=payments-api+pods").content.decode()
    assert "INC-2041" in page
    assert "<mark>payments</mark>" in page
    assert "?event=ev0001" in page


def events_found(person, text: str) -> set[str]:
    """Ids of the events that search finds an incident by."""
    hits = search(person, Asked(text=text)).hits
    return {entry.ref for hit in hits for entry, _ in hit.sentences if entry.kind == "event"}


@pytest.mark.django_db
def test_what_people_hide_is_found_no_more_and_what_comes_back_is_found_again_at_once(incident, person):
    assert "ev0001" in events_found(person, "payments-api pods")
    hidden = hide_events(incident, Wish(["ev0001"]), actor=person)
    assert "ev0001" not in events_found(person, "payments-api pods")
    withdraw_edit(incident, hidden.edit_id, actor=person)
    assert "ev0001" in events_found(person, "payments-api pods")
    hide_events(incident, Wish(["ev0001"]), actor=person)
    keep_events(incident, Wish(["ev0001"]), actor=person)
    assert "ev0001" in events_found(person, "payments-api pods")


@pytest.mark.django_db
def test_an_event_that_is_no_key_event_is_not_found_for_having_been_hidden(incident, person):
    analysis = queries.latest_analysis(incident)
    told = set(SearchEntry.objects.filter(incident=incident).values_list("kind", "ref"))
    plain = AnalysedEvent.objects.filter(incident=incident, is_key=False).first()
    assert queries.event_of(analysis, plain.event_id) == plain
    hidden = hide_events(incident, Wish([plain.event_id]), actor=person)
    withdraw_edit(incident, hidden.edit_id, actor=person)
    assert set(SearchEntry.objects.filter(incident=incident).values_list("kind", "ref")) == told


@pytest.mark.django_db
@pytest.mark.parametrize("close", [restrict, delete_incident])
def test_a_closed_incident_is_in_no_answer_of_an_outsider(incident, person, make_person, close):
    outsider = Client()
    outsider.force_login(make_person("outsider@example.org"))
    publish(incident, actor=person)
    assert "INC-2041" in outsider.get("/search?q=checkout").content.decode()
    said = {"reason": "legal"} if close is restrict else {}
    close(incident, actor=person, **said)
    page = outsider.get("/search?q=checkout").content.decode()
    assert "INC-2041" not in page
    assert "0 incidents" in page
    assert outsider.get("/search/suggest?q=checkout").json() == {"groups": []}
    assert "Checkout" not in outsider.get("/search?q=chekout").content.decode()


@pytest.mark.django_db
def test_suggestions_have_titles_and_addresses(client, incident):
    groups = client.get("/search/suggest?q=check").json()["groups"]
    assert groups[0]["title"] == "Incidents"
    assert groups[0]["items"][0]["title"] == "INC-2041 Checkout errors after payments-api v2.14"
    assert client.get(groups[0]["items"][0]["url"]).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("term", ["MTTR", "ttr", "mttd"])
def test_the_words_people_know_are_explained(client, incident, term):
    page = client.get(f"/search?q={term}").content.decode()
    assert f"<b>{term.upper()}.</b>" in page
    assert client.get(f"/search/suggest?q={term}").json()["groups"][-1]["title"] == "Words"


@pytest.mark.django_db
def test_a_search_without_result_says_what_was_searched(client, incident):
    page = client.get("/search?q=pgbouncer").content.decode()
    assert "No incident mentions “pgbouncer”" in page
    assert "of 1 incident that you may see" in page


@pytest.mark.django_db
def test_a_changed_title_is_found_by_its_new_words(incident, person):
    said = Record(title="Basket empties itself", severity="SEV-2", services=("checkout",), zone="Europe/Berlin")
    change_record(incident, said, based_on=1, actor=person)
    assert [hit.incident.key for hit in suggest(person, "basket")] == ["INC-2041"]


@pytest.mark.django_db
def test_what_people_typed_is_shown_as_text(client, incident):
    page = client.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
    assert "<script>alert" not in page


def test_small_words_are_left_out_unless_they_are_all():
    assert terms_of("What was in the Mail-template?") == ["mail", "template"]
    assert terms_of("the") == ["the"]
    assert terms_of("MTTR of checkout") == ["checkout"]
    assert terms_of("checkout downtime") == ["checkout", "downtime"]
    assert terms_of("x " * 100) == ["x"]
    assert len(terms_of(" ".join(f"w{n}" for n in range(100)))) == 8

"""Events of one kind: the list, its counts and its marks, with every other filter, at the same cost (SPEC R120)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afteraction.core.records import EventKind
from afteraction.web.incidents import queries
from afteraction.web.incidents.actions import open_incident, store_analysis
from afteraction.web.incidents.models import AnalysedEvent, CountedBlock, StoredAnalysis, Triage
from afteraction.web.incidents.timeline.event_list import triage_counts
from afteraction.web.incidents.timeline.picture import look
from afteraction.web.ui.drawing.scale import Scale
from tests.web import documents

Json = dict[str, Any]
PAGE = "/incidents/INC-2041/"


def told(client, address: str) -> str:
    return client.get(PAGE + address).content.decode()


def shown(page: str) -> list[str]:
    return re.findall(r'data-event="(ev\d+)" data-revision', page)


def counts(page: str) -> dict[str, int]:
    return {name: int(count) for name, count in re.findall(r'data-count="([\w:]+)">(\d+)<', page)}


@pytest.mark.django_db
def test_the_list_shows_one_kind_with_every_other_filter(client, incident) -> None:
    assert shown(told(client, "?kind=communication")) == ["ev0005", "ev0006", "ev0009"]
    assert shown(told(client, "?kind=user_report&show=all")) == ["ev0002"]
    assert shown(told(client, "?kind=communication&show=kept")) == []
    client.post(PAGE + "edits/", {"verb": "keep:ev0006", "back": PAGE})
    assert shown(told(client, "?kind=communication&show=kept")) == ["ev0006"]
    assert shown(told(client, "?kind=communication")) == ["ev0005", "ev0009"]
    at = int(datetime(2026, 5, 12, 14, 30, tzinfo=UTC).timestamp())
    assert shown(told(client, f"?kind=communication&show=all&known={at}")) == ["ev0005"]
    assert len(shown(told(client, "?kind=nonsense&show=all"))) == queries.PAGE


@pytest.mark.django_db
def test_each_kind_stands_there_with_its_count_and_its_link(client, incident) -> None:
    page = told(client, "?show=all")
    assert {name: count for name, count in counts(page).items() if ":" in name} == {
        "all:trigger": 1, "all:detection": 1, "all:user_report": 1, "all:action": 1, "all:mitigation": 1,
        "all:recovery": 1, "all:communication": 3, "all:note": 120,
    }  # fmt: skip
    assert 'href="?show=all&amp;kind=user_report#h-events"' in page
    of_kind = counts(told(client, "?kind=communication"))
    assert (of_kind["triage:communication"], of_kind["kept:communication"], of_kind["all:communication"]) == (3, 0, 3)
    assert "No event of this kind was kept" in told(client, "?kind=trigger&show=kept")


@pytest.mark.django_db
def test_the_next_page_and_the_links_of_rows_stay_with_the_kind(client, incident) -> None:
    page = told(client, "?kind=note&show=all")
    following = re.search(r'data-part="([^"]+)"', page[page.index("more-row") :])
    assert following
    later = client.get(following[1].replace("&amp;", "&")).content.decode()
    assert len(shown(page)) + len(shown(later)) == 120
    assert "&amp;kind=note#h-evidence" in later
    panel = client.get(f"{PAGE}events/ev0006/", {"kind": "communication"}).content.decode()
    assert "?event=ev0005" in panel and "?event=ev0009" in panel


@pytest.mark.django_db
def test_marks_are_of_the_kind_and_a_crowded_lane_says_that_it_counts_all(incident) -> None:
    stored = queries.latest_analysis(incident)
    assert stored is not None
    begin = datetime(2026, 5, 12, 13, 30, tzinfo=UTC)
    seen = look(stored, Scale(begin, begin + timedelta(hours=3)), kind="mitigation")
    assert [mark.event_id for marks in seen.marks.values() for mark in marks] == ["ev0007"]


def _many() -> StoredAnalysis:
    """Twelve hundred events of all kinds and lanes, some of them known a while after they happened, some decided."""
    kinds, lanes = list(EventKind), ("logs", "chat")
    begin = datetime(2026, 5, 12, 9, tzinfo=UTC)
    events = []
    for n in range(1_200):
        at = begin + timedelta(seconds=n)
        late = f"{at + timedelta(seconds=600):%Y-%m-%dT%H:%M:%SZ}" if n % 7 == 0 else None
        more = {"known_at": late} if late else {}
        events.append(documents.event(n, f"{at:%H:%M:%S}", lanes[n // 12 % 2], kinds[n * n % 12].value, "e", **more))
    stored = store_analysis(open_incident("INC-1", title="x"), documents.document(events=events), "f1")
    for verb, part in ((Triage.KEPT, 5), (Triage.HIDDEN, 3)):
        AnalysedEvent.objects.filter(incident=stored.incident_id, event_id__endswith=f"{part}1").update(triage=verb)
    return stored


_TRIAGES = (None, Triage.OPEN, Triage.KEPT, Triage.HIDDEN)


def test_pages_and_counts_agree_with_counting_one_by_one_and_read_an_index(either_database: str) -> None:
    stored = _many()
    rows = list(queries.rows_of_run(stored).order_by("at_us", "event_id"))
    moments = (None, rows[0].at_us - 1, rows[400].at_us, rows[900].at_us + 400_000, rows[-1].known_us)
    for known_by in moments:
        known = [row for row in rows if known_by is None or row.known_us <= known_by]
        of_kinds = queries.counted_kinds(stored, known_by=known_by)
        for kind in ("signal", "note", "trigger"):
            alike = [row for row in known if row.kind == kind]
            for is_key in (True, False):
                told_now = of_kinds.get((kind, is_key), queries.Counted(0, 0, 0))
                same = [row for row in alike if row.is_key is is_key]
                assert told_now.events == len(same)
                assert told_now.kept == sum(row.triage == Triage.KEPT for row in same)
            for only_key in (True, False):
                for triage in _TRIAGES:
                    wanted = [
                        row.event_id for row in alike
                        if (row.is_key or not only_key) and triage in (None, row.triage)
                    ]  # fmt: skip
                    found: list[str] = []
                    after = None
                    while True:
                        page = queries.event_page(
                            stored, only_key=only_key, after=after, size=70, triage=triage, known_by=known_by, kind=kind
                        )
                        found += [row.event_id for row in page.events]
                        after = page.following
                        if after is None:
                            break
                    assert found == wanted, (kind, only_key, triage, known_by)


def test_a_page_of_a_kind_reads_its_index_alone(either_database: str) -> None:
    stored = _many()
    place = queries.Key(queries.rows_of_run(stored).order_by("at_us")[600].at_us, "")
    for only_key in (True, False):
        for triage in _TRIAGES:
            with CaptureQueriesContext(connection) as asked:
                queries.event_page(stored, only_key=only_key, after=place, triage=triage, kind="note")
            for each in asked.captured_queries:
                explain = "EXPLAIN " if either_database == "postgresql" else "EXPLAIN QUERY PLAN "
                with connection.cursor() as cursor:
                    cursor.execute(explain + each["sql"])
                    plan = "\n".join(str(row) for row in cursor.fetchall())
                index = "decided_events" if triage in (Triage.KEPT, Triage.HIDDEN) else "_events_by_kind"
                assert index in plan, (triage, plan)
                assert "Seq Scan" not in plan and "SCAN" not in plan, plan
                if index == "_events_by_kind":
                    assert "TEMP B-TREE" not in plan and "Sort" not in plan, plan


def test_a_run_from_before_kinds_were_counted_is_counted_by_its_rows(either_database: str) -> None:
    stored = _many()
    known = queries.moment_at(stored.first_us or 0) + timedelta(seconds=900)
    before = [queries.counted_kinds(stored, known_by=by) for by in (None, queries.microseconds(known))]
    CountedBlock.objects.filter(incident=stored.incident_id).update(kinds={})
    assert [queries.counted_kinds(stored, known_by=by) for by in (None, queries.microseconds(known))] == before


@pytest.mark.django_db
def test_what_was_hidden_when_it_was_computed_counts_among_all(incident, keep_small_incident) -> None:
    document = documents.document()
    document["hidden"] = [document["events"].pop(0)]
    stored = keep_small_incident(**document)
    analysis = queries.latest_analysis(stored)
    assert analysis is not None
    AnalysedEvent.objects.filter(event_id=document["hidden"][0]["id"]).update(triage=Triage.HIDDEN)
    counted = triage_counts(analysis)
    assert counted["all:trigger"] == 1 and counted["triage:trigger"] == 0
